// SPDX-License-Identifier: Apache-2.0
#include "castner/tables/xlsx.h"

#include <gtest/gtest.h>

#include "castner/readings/time_zone.h"
#include "castner/tables/table_reader.h"
#include "castner/tables/zip_for_tests.h"

namespace castner::tables {
namespace {

constexpr const char* kBook =
    R"(<workbook xmlns:r="x"><workbookPr/><sheets><sheet name="Data" sheetId="1" r:id="rId7"/></sheets></workbook>)";
constexpr const char* kRelations =
    R"(<Relationships><Relationship Id="rId7" Type="x" Target="worksheets/readings.xml"/></Relationships>)";
/// Style 0 is general, 1 Excel's own date and time, 2 a format of the user's own, 3 a number with a unit in quotes.
constexpr const char* kStyles =
    R"(<styleSheet><numFmts><numFmt numFmtId="164" formatCode="yyyy\-mm\-dd hh:mm:ss"/>
       <numFmt numFmtId="165" formatCode="0.00 &quot;h/d&quot;"/></numFmts>
       <cellXfs><xf numFmtId="0"/><xf numFmtId="22"/><xf numFmtId="164"/><xf numFmtId="165"/></cellXfs></styleSheet>)";
constexpr const char* kStrings =
    R"(<sst><si><t>time</t></si><si><t>FI-101 (t/h)</t></si><si><r><t>TI-</t></r><r><t>102 [°C]</t></r></si>
                                        <si><t>Bad</t></si><si><t># synthetic</t></si></sst>)";

std::string workbook(const std::string& rows, const char* book = kBook) {
  return zip_of({{"xl/workbook.xml", book},
                 {"xl/_rels/workbook.xml.rels", kRelations},
                 {"xl/styles.xml", kStyles},
                 {"xl/sharedStrings.xml", kStrings},
                 {"xl/worksheets/readings.xml", "<worksheet><sheetData>" + rows + "</sheetData></worksheet>"}});
}
Result<Table> read(const std::string& bytes) { return read_table(bytes, "data.xlsx", {.time_zone = "Asia/Shanghai"}); }

constexpr const char* kHeader =
    R"(<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c><c r="C1" t="s"><v>2</v></c></row>)";

TEST(Xlsx, ReadsDatesNumbersStringsBooleansAndErrors) {
  const auto t = read(workbook(
      std::string(R"(<row r="1"><c r="A1" t="s"><v>4</v></c></row>)") +
      R"(<row r="3"><c r="A3" t="s"><v>0</v></c><c r="B3" t="s"><v>1</v></c><c r="C3" t="s"><v>2</v></c></row>)"
      R"(<row r="4"><c r="A4" s="1"><v>46329.586805555555</v></c><c r="B4"><v>12.1</v></c><c r="C4" t="b"><v>1</v></c></row>)"
      R"(<row r="5"><c r="A5" s="2"><v>46329.5875</v></c><c r="B5" t="e"><v>#N/A</v></c><c r="C5" s="3"><v>80.5</v></c></row>)"
      R"(<row r="6"><c r="A6" t="d"><v>2026-11-03T14:07:00</v></c><c r="B6" t="s"><v>3</v></c><c r="C6"><v>8.1E1</v></c></row>)"
      R"(<row><c t="inlineStr"><is><t>2026-11-03 14:08</t></is></c><c t="str"><v>12.4</v></c></row>)"));
  ASSERT_TRUE(t) << t.error().text();
  EXPECT_EQ(t->facts.format, "XLSX");
  EXPECT_EQ(t->facts.comment_lines, 1);
  EXPECT_EQ(t->facts.rows, 4);
  ASSERT_EQ(t->series.size(), 2u);
  EXPECT_EQ(t->series[0].tag, "FI-101");
  EXPECT_EQ(t->series[0].unit, "t/h");
  EXPECT_EQ(t->series[1].tag, "TI-102");
  EXPECT_EQ(t->series[1].unit, "degC");
  const auto& f = t->series[0].samples;
  const auto& temperature = t->series[1].samples;
  EXPECT_EQ(readings::time_text(f.at(0).time), "2026-11-03T06:05:00Z");
  EXPECT_EQ(readings::time_text(f.at(1).time), "2026-11-03T06:06:00Z");
  EXPECT_EQ(readings::time_text(f.at(3).time), "2026-11-03T06:08:00Z");
  EXPECT_EQ(f[0].value, 12.1);
  EXPECT_EQ(f[1].quality, readings::Quality::bad);
  EXPECT_EQ(f[2].quality, readings::Quality::bad);
  EXPECT_EQ(f[3].value, 12.4);
  EXPECT_EQ(temperature[0].value, 1.0);
  EXPECT_EQ(temperature[1].value, 80.5);
  EXPECT_EQ(temperature[3].quality, readings::Quality::bad) << "no cell there";
}

TEST(Xlsx, CountsDaysFrom1904WhereTheBookDoes) {
  const auto t = read(workbook(
      std::string(kHeader) +
          R"(<row r="2"><c r="A2" s="1"><v>44867.5</v></c><c r="B2"><v>1</v></c><c r="C2"><v>2</v></c></row>)",
      R"(<workbook xmlns:r="x"><workbookPr date1904="1"/><sheets><sheet name="Data" r:id="rId7"/></sheets></workbook>)"));
  ASSERT_TRUE(t) << t.error().text();
  EXPECT_EQ(readings::time_text(t->series[0].samples[0].time), "2026-11-03T04:00:00Z");
}

TEST(Xlsx, TakesTheFirstSheetAndSaysSo) {
  const auto t = read(workbook(
      std::string(kHeader) +
          R"(<row r="2"><c r="A2" s="1"><v>46329.5</v></c><c r="B2"><v>1</v></c><c r="C2"><v>2</v></c></row>)",
      R"(<workbook xmlns:r="x"><sheets><sheet name="读数" r:id="rId7"/><sheet name="Notes" r:id="rId8"/></sheets></workbook>)"));
  ASSERT_TRUE(t) << t.error().text();
  ASSERT_FALSE(t->facts.notes.empty());
  EXPECT_EQ(t->facts.notes[0], "the first of 2 sheets was read: \"读数\"");
}

TEST(Xlsx, NamesTheCellOfAProblem) {
  const auto t =
      read(workbook(std::string(kHeader) +
                    R"(<row r="2"><c r="A2" s="1"><v>46329.5</v></c><c r="B2"><v>1</v></c><c r="C2"><v>2</v></c></row>
      <row r="7"><c r="A7" s="1"><v>46329.6</v></c><c r="B7" t="str"><v>12,5</v></c><c r="C7"><v>1</v></c></row>
      <row r="8"><c r="A8"><v>46329.7</v></c><c r="B8"><v>1</v></c><c r="C8"><v>1</v></c></row>)"));
  ASSERT_FALSE(t);
  EXPECT_EQ(t.error().problems.at(0).where, "data.xlsx:B7");
  EXPECT_EQ(t.error().problems.at(1).where, "data.xlsx:A8") << "a number without a date's format is not a time";
}

TEST(Xlsx, ASnapshotNeedsNoTimes) {
  const auto t =
      read_table(workbook(R"(<row r="1"><c r="A1" t="str"><v>tag</v></c><c r="B1" t="str"><v>value</v></c></row>
      <row r="2"><c r="A2" t="str"><v>FI-101</v></c><c r="B2"><v>0.875</v></c></row>)"),
                 "s.xlsx");
  ASSERT_TRUE(t) << t.error().text();
  EXPECT_EQ(t->snapshot.at(0).value, 0.875);
}

TEST(Xlsx, RefusesWhatIsNoWorkbook) {
  const auto refusal = [](const std::string& bytes) {
    const auto t = read(bytes);
    return t ? std::string("accepted") : t.error().text();
  };
  EXPECT_NE(refusal(zip_of({{"readme.txt", "hello"}})).find("is a zip but not an Excel workbook"), std::string::npos);
  EXPECT_NE(refusal(zip_of({{"xl/workbook.xml", kBook}})).find("lacks its first sheet"), std::string::npos);
  EXPECT_NE(refusal(zip_of({{"xl/workbook.xml", "<workbook><sheets>"}})).find("is not XML"), std::string::npos);
  EXPECT_NE(refusal(workbook(R"(<row r="9999999"/>)")).find("is damaged"), std::string::npos);
  EXPECT_NE(refusal(workbook(R"(<row r="1"><c r="B1"/><c r="A1"/></row>)")).find("out of place"), std::string::npos);
  std::string cut = workbook(kHeader);
  cut.resize(cut.size() / 2);
  EXPECT_NE(refusal(cut).find("damaged"), std::string::npos);
}

TEST(Xlsx, AZipBombIsRefusedBeforeItIsUnpacked) {
  const std::string zeros(std::size_t{64} << 20, ' ');  // packs to about a thousandth
  const auto t = read(zip_of({{"xl/workbook.xml", kBook + zeros}}));
  ASSERT_FALSE(t);
  EXPECT_NE(t.error().text().find("unpacks to"), std::string::npos) << t.error().text();
}

}  // namespace
}  // namespace castner::tables

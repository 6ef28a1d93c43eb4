// SPDX-License-Identifier: Apache-2.0
#include "castner/tables/xlsx.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "castner/readings/time_zone.h"
#include "castner/tables/table_reader.h"
#include "castner/tables/zip_for_tests.h"

namespace castner::tables {
namespace {

constexpr const char* kBook =
    R"(<workbook xmlns:r="x"><workbookPr/><sheets><sheet name="Data" sheetId="1" r:id="rId7"/></sheets></workbook>)";
constexpr const char* kRelations =
    R"(<Relationships><Relationship Id="rId7" Type="x" Target="worksheets/readings.xml"/></Relationships>)";
/// Style 0 is general, 1 Excel's own date and time, 2 a format of the user's own, 3 a number with a word in quotes.
constexpr const char* kStyles =
    R"(<styleSheet><numFmts><numFmt numFmtId="164" formatCode="yyyy\-mm\-dd hh:mm:ss"/>
       <numFmt numFmtId="165" formatCode="0.00 &quot;dry&quot;"/></numFmts>
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
  EXPECT_EQ(temperature[0].quality, readings::Quality::bad) << "a state among temperatures is no temperature";
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

TEST(Xlsx, DaysThatExcelExchangedThroughoutAreRefused) {
  constexpr double kEleventhOfJanuary = 46033.0;
  constexpr double kMonths[] = {0, 31, 59, 90, 120, 151};
  std::string rows = kHeader;
  int line = 2;
  for (const double month : kMonths)
    for (int i = 0; i < 60; ++i, ++line) {
      const std::string n = std::to_string(line), time = std::to_string(kEleventhOfJanuary + month + i / 1440.0);
      rows += "<row r=\"" + n + "\"><c r=\"A" + n + "\" s=\"1\"><v>" + time + "</v></c><c r=\"B" + n +
              "\"><v>1.5</v></c><c r=\"C" + n + "\"><v>80.5</v></c></row>";
    }
  const auto t = read(workbook(rows));
  ASSERT_FALSE(t);
  EXPECT_TRUE(
      t.error().text().starts_with("data.xlsx:A62: has the time \"2026-02-11\", line 2 has \"2026-01-11\": the days"))
      << t.error().text();
}

/// Two sheets, the first with `first` as its state; the second is xl/worksheets/notes.xml.
std::string two_sheets(const char* first, const std::string& rows, const std::string& others) {
  const std::string book = std::string(R"(<workbook xmlns:r="x"><sheets><sheet name="读数" )") + first +
                           R"( r:id="rId7"/><sheet name="Notes" r:id="rId8"/></sheets></workbook>)";
  return zip_of({{"xl/workbook.xml", book},
                 {"xl/_rels/workbook.xml.rels",
                  R"(<Relationships><Relationship Id="rId7" Target="worksheets/readings.xml"/>
                     <Relationship Id="rId8" Target="/xl/worksheets/notes.xml"/></Relationships>)"},
                 {"xl/styles.xml", kStyles},
                 {"xl/sharedStrings.xml", kStrings},
                 {"xl/worksheets/readings.xml", "<worksheet><sheetData>" + rows + "</sheetData></worksheet>"},
                 {"xl/worksheets/notes.xml", "<worksheet><sheetData>" + others + "</sheetData></worksheet>"}});
}
std::string one_row(double value) {
  return std::string(kHeader) + R"(<row r="2"><c r="A2" s="1"><v>46329.5</v></c><c r="B2"><v>)" +
         std::to_string(value) + R"(</v></c><c r="C2"><v>2</v></c></row>)";
}
constexpr const char* kCover = R"(<row r="1"><c r="A1" t="str"><v>Daily report</v></c></row>
                                  <row r="2"><c r="A2" t="str"><v>Printed by</v></c><c r="C2" t="str"><v>shift A</v></c></row>)";

TEST(Xlsx, TakesTheFirstVisibleSheetThatHoldsReadingsAndSaysSo) {
  const auto first = read(two_sheets("", one_row(1.0), one_row(999.0)));
  ASSERT_TRUE(first) << first.error().text();
  EXPECT_EQ(first->facts.notes.at(0),
            "of 2 sheets \"读数\" was read, the first visible one that holds readings; --sheet names another");
  EXPECT_EQ(first->series.at(0).samples.at(0).value, 1.0);
  for (const char* state : {R"(state="hidden")", R"(state="veryHidden")"}) {
    const auto visible = read(two_sheets(state, one_row(999.0), one_row(1.0)));
    ASSERT_TRUE(visible) << visible.error().text();
    EXPECT_EQ(visible->series.at(0).samples.at(0).value, 1.0);
  }
  const auto covered = read(two_sheets("", kCover, one_row(1.0)));
  ASSERT_TRUE(covered) << covered.error().text();
  EXPECT_EQ(covered->series.at(0).samples.at(0).value, 1.0);
  const auto none = read(two_sheets("", kCover, kCover));
  ASSERT_FALSE(none);
  EXPECT_NE(none.error().text().find("no visible sheet begins like a table of readings: \"读数\", \"Notes\""),
            std::string::npos)
      << none.error().text();
}

TEST(Xlsx, ASheetMayBeNamed) {
  const std::string bytes = two_sheets("", one_row(1.0), one_row(2.0));
  for (const char* name : {"Notes", "notes"}) {
    const auto t = read_table(bytes, "data.xlsx", {.time_zone = "Asia/Shanghai", .sheet = name});
    ASSERT_TRUE(t) << t.error().text();
    EXPECT_EQ(t->series.at(0).samples.at(0).value, 2.0);
  }
  const auto wrong = read_table(bytes, "data.xlsx", {.time_zone = "Asia/Shanghai", .sheet = "Blatt3"});
  ASSERT_FALSE(wrong);
  EXPECT_EQ(wrong.error().text(), "data.xlsx: has no sheet \"Blatt3\"; its sheets are \"读数\", \"Notes\"\n");
}

constexpr const char* kPercentStyles =
    R"(<styleSheet><numFmts><numFmt numFmtId="170" formatCode="0.0&quot; of &quot;0%"/><numFmt numFmtId="171" formatCode="0.0&quot;%&quot;"/>
       <numFmt numFmtId="172" formatCode="h:mm"/></numFmts>
       <cellXfs><xf numFmtId="0"/><xf numFmtId="22"/><xf numFmtId="10"/><xf numFmtId="170"/><xf numFmtId="171"/><xf numFmtId="14"/><xf numFmtId="172"/></cellXfs></styleSheet>)";
std::string percent_book(const std::string& header, const std::string& cells) {
  return zip_of({{"xl/workbook.xml", kBook},
                 {"xl/_rels/workbook.xml.rels", kRelations},
                 {"xl/styles.xml", kPercentStyles},
                 {"xl/worksheets/readings.xml",
                  R"(<worksheet><sheetData><row r="1"><c r="A1" t="str"><v>time</v></c><c r="B1" t="str"><v>)" +
                      header + "</v></c></row>" + cells + "</sheetData></worksheet>"}});
}
std::string percent_row(int row, const char* style, const char* value) {
  const std::string n = std::to_string(row);
  return "<row r=\"" + n + "\"><c r=\"A" + n + R"(" s="1"><v>)" + std::to_string(46329.0 + row / 1440.0) +
         "</v></c><c r=\"B" + n + "\" s=\"" + style + "\"><v>" + value + "</v></c></row>";
}

TEST(Xlsx, APercentFormatIsReadAsPeopleSeeIt) {
  for (const char* header : {"NaOH (%)", "NaOH"}) {
    const auto t = read(percent_book(header, percent_row(2, "2", "0.321") + percent_row(3, "3", "3.21E-1")));
    ASSERT_TRUE(t) << t.error().text();
    EXPECT_EQ(t->series.at(0).unit, "%");
    for (const auto& s : t->series[0].samples) EXPECT_EQ(s.value, 32.1) << "to the last bit";
  }
  const auto fraction = read(percent_book("NaOH (1)", percent_row(2, "2", "0.321")));
  ASSERT_TRUE(fraction) << fraction.error().text();
  EXPECT_NEAR(fraction->series.at(0).samples.at(0).value, 0.321, 1e-15);
  const auto quoted = read(percent_book("NaOH (%)", percent_row(2, "4", "32.1")));
  ASSERT_TRUE(quoted) << "a percent sign in quotes is a word";
  EXPECT_EQ(quoted->series.at(0).samples.at(0).value, 32.1);
  EXPECT_FALSE(read(percent_book("FI-1 (t/h)", percent_row(2, "2", "0.321"))));
  EXPECT_FALSE(read(percent_book("NaOH (%)", percent_row(2, "2", "0.321") + percent_row(3, "0", "32.1"))))
      << "some with, some without";
}

TEST(Xlsx, ADateAndATimeOfDayInTwoCellsAreJoined) {
  const auto t = read(zip_of(
      {{"xl/workbook.xml", kBook},
       {"xl/_rels/workbook.xml.rels", kRelations},
       {"xl/styles.xml", kPercentStyles},
       {"xl/worksheets/readings.xml",
        R"(<worksheet><sheetData><row r="1"><c r="A1" t="str"><v>日期</v></c><c r="B1" t="str"><v>时间</v></c><c r="C1" t="str"><v>A</v></c></row>
           <row r="2"><c r="A2" s="5"><v>46329</v></c><c r="B2" s="6"><v>0</v></c><c r="C2"><v>1</v></c></row>
           <row r="3"><c r="A3" s="5"><v>46329</v></c><c r="B3" s="6"><v>0.58680555555</v></c><c r="C3"><v>2</v></c></row></sheetData></worksheet>)"}}));
  ASSERT_TRUE(t) << t.error().text();
  EXPECT_EQ(readings::time_text(t->series.at(0).samples.at(1).time), "2026-11-03T06:05:00Z");
}

TEST(Xlsx, FormulasThatNoProgramComputedAreSaid) {
  const auto t = read(workbook(
      std::string(kHeader) +
      R"(<row r="2"><c r="A2" s="1"><v>46329.5</v></c><c r="B2"><f>C2*2</f></c><c r="C2"><v>2</v></c></row>)"));
  ASSERT_FALSE(t);
  EXPECT_EQ(t.error().text(),
            "data.xlsx:B2: \"FI-101 (t/h)\" holds formulas without a computed value; open the workbook in Excel and "
            "save it, or save "
            "the sheet as CSV\n");
  EXPECT_TRUE(read(workbook(
      std::string(kHeader) +
      R"(<row r="2"><c r="A2" s="1"><v>46329.5</v></c><c r="B2"><f>C2*2</f><v>4</v></c><c r="C2"><v>2</v></c></row>)")));
}

TEST(Xlsx, AColumnOfBooleansIsASwitch) {
  const auto t = read(
      workbook(std::string(kHeader) +
               R"(<row r="2"><c r="A2" s="1"><v>46329.5</v></c><c r="B2" t="b"><v>1</v></c><c r="C2"><v>2</v></c></row>
         <row r="3"><c r="A3" s="1"><v>46329.6</v></c><c r="B3" t="b"><v>0</v></c><c r="C3"><v>2</v></c></row>)"));
  ASSERT_TRUE(t) << t.error().text();
  EXPECT_EQ(t->series.at(0).samples.at(0).value, 1.0);
  EXPECT_EQ(t->series.at(0).samples.at(1).value, 0.0);
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
  EXPECT_NE(refusal(zip_of({{"xl/workbook.xml", kBook}})).find("lacks its sheet"), std::string::npos);
  EXPECT_NE(refusal(zip_of({{"xl/workbook.xml", "<workbook><sheets>"}})).find("is not XML"), std::string::npos);
  EXPECT_NE(refusal(workbook(R"(<row r="9999999"/>)")).find("has more than 1048576 rows"), std::string::npos);
  EXPECT_NE(refusal(workbook(R"(<row r="4"/><row r="4"/>)")).find("is damaged: row 4 stands"), std::string::npos);
  EXPECT_NE(refusal(workbook(R"(<row><c r="XFE1"/></row>)")).find("has more than 16384 columns"), std::string::npos);
  EXPECT_NE(refusal(workbook("<row>")).find("is not XML"), std::string::npos);
  EXPECT_NE(refusal(workbook("<row><c></row>")).find("is not XML"), std::string::npos);
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

/// The parts are unpacked piece by piece: wherever a piece ends, and whatever looks like a row and is none, the table is the same.
TEST(Xlsx, RowsAreFoundAmongWhatLooksLikeThem) {
  const std::string comment = "<!-- <row r='1'> " + std::string(70'000, '>') + " -->";
  std::string rows = comment + "<?x <row> ?>" + kHeader;
  for (int k = 2; k < 3000; ++k)
    rows += "<x:row r=\"" + std::to_string(k) + "\" x='>' ><c s=\"1\"><v>" + std::to_string(46329 + k) +
            "</v></c><c t='inlineStr'><is><t><![CDATA[</row><row>]]></t></is></c><c><v>" + std::to_string(k) +
            "</v></c></x:row >" + (k % 500 == 0 ? comment : "");
  const auto t =
      read(zip_of({{"xl/workbook.xml", kBook},
                   {"xl/_rels/workbook.xml.rels", kRelations},
                   {"xl/styles.xml", kStyles},
                   {"xl/sharedStrings.xml", kStrings},
                   {"xl/worksheets/readings.xml", "<worksheet><cols><row/></cols><x:sheetData>" + rows +
                                                      "</x:sheetData><legacy><row>5</row></legacy></worksheet>"}}));
  ASSERT_TRUE(t) << t.error().text();
  ASSERT_EQ(t->facts.rows, 2998);
  EXPECT_EQ(t->series.back().tag, "TI-102");
  for (int k = 2; k < 3000; ++k) EXPECT_EQ(t->series.back().samples.at(k - 2).value, k);
}

TEST(Xlsx, NumberFormatsShowUnitsAndThousands) {
  const auto format = [](const char* code) { return read_number_format(-1, code); };
  for (const auto& [code, behind, thousands] :
       {std::tuple{R"(0.00" kg/s")", "kg/s", 0}, std::tuple{R"(#,##0" kg/h")", "kg/h", 0},
        std::tuple{R"(0.0\ \k\W)", "kW", 0}, std::tuple{R"(General" t/h")", "t/h", 0},
        std::tuple{"0.0[$ bar-407]", "bar", 0}, std::tuple{R"(#,##0.0 "MPa";[Red]-#,##0.0 "kPa")", "MPa", 0},
        std::tuple{"0.00,", "", 1}, std::tuple{R"(0,.0" t")", "t", 1}, std::tuple{R"(0.00,,\ "MW")", "MW", 2},
        std::tuple{R"(0.00\ "kg"\/s)", "kg/s", 0}, std::tuple{"0.0 d", "d", 0}, std::tuple{"#,##0.00_)", "", 0},
        std::tuple{"# ?/?", "", 0}, std::tuple{"0.00E+00", "", 0}}) {
    EXPECT_EQ(format(code).behind, behind) << code;
    EXPECT_EQ(format(code).thousands, thousands) << code;
    EXPECT_EQ(format(code).shows, NumberFormat::Shows::number) << code;
  }
  for (const char* code : {"[h]:mm", "hh:mm:ss.000", "yyyy\\-mm\\-dd", "d/m/yyyy h:mm"})
    EXPECT_EQ(format(code).shows, NumberFormat::Shows::date) << code;
  EXPECT_EQ(format("0.0%").shows, NumberFormat::Shows::percent);
}

/// Style 0 is general, 1 a date and time, 2 the one under test, 3 another one.
Result<Table> with_formats(const std::string& one, const std::string& other, const std::string& rows) {
  const std::string styles = R"(<styleSheet><numFmts><numFmt numFmtId="170" formatCode=")" + one +
                             R"("/><numFmt numFmtId="171" formatCode=")" + other +
                             R"("/></numFmts><cellXfs><xf numFmtId="0"/><xf numFmtId="22"/><xf numFmtId="170"/>)"
                             R"(<xf numFmtId="171"/></cellXfs></styleSheet>)";
  return read(zip_of({{"xl/workbook.xml", kBook},
                      {"xl/_rels/workbook.xml.rels", kRelations},
                      {"xl/styles.xml", styles},
                      {"xl/worksheets/readings.xml", "<worksheet><sheetData>" + rows + "</sheetData></worksheet>"}}));
}
std::string two_rows(const std::string& name, int second) {
  return R"(<row r="1"><c t="str"><v>time</v></c><c t="str"><v>)" + name +
         R"(</v></c></row><row r="2"><c s="1"><v>46329.5</v></c><c s="2"><v>120390</v></c></row>)"
         R"(<row r="3"><c s="1"><v>46329.6</v></c><c s=")" +
         std::to_string(second) + R"("><v>1.2E5</v></c></row>)";
}

TEST(Xlsx, AUnitBehindNumbersIsTheirUnit) {
  const auto t = with_formats("#,##0&quot; kg/h&quot;", "0", two_rows("FI-101", 2));
  ASSERT_TRUE(t) << t.error().text();
  EXPECT_EQ(t->series.at(0).unit, "kg/h");
  EXPECT_EQ(t->series[0].samples.at(0).value, 120390.0);
  EXPECT_NE(std::find(t->facts.notes.begin(), t->facts.notes.end(),
                      "the number format of \"FI-101\" gives its unit: \"kg/h\""),
            t->facts.notes.end());
  const auto against = with_formats("#,##0&quot; kg/h&quot;", "0", two_rows("FI-101 (t/h)", 2));
  ASSERT_FALSE(against);
  EXPECT_EQ(against.error().text(),
            "data.xlsx:B2: gives \"FI-101\" the unit \"kg/h\", and line 1 says \"FI-101 (t/h)\"; keep the unit that is "
            "right, and take the other out\n");
  const auto mixed = with_formats("0.0&quot; kg/h&quot;", "0.0&quot; t/h&quot;", two_rows("FI-101", 3));
  ASSERT_FALSE(mixed);
  EXPECT_NE(mixed.error().text().find("data.xlsx:B3: gives \"FI-101\" the unit \"t/h\", and line 2 says \"kg/h\""),
            std::string::npos)
      << mixed.error().text();
  const auto words = with_formats("0.0&quot; approx.&quot;", "0", two_rows("FI-101 (t/h)", 2));
  ASSERT_TRUE(words) << words.error().text();
  EXPECT_EQ(words->series.at(0).unit, "t/h");
}

TEST(Xlsx, AUnitBehindSomeNumbersOnlyIsAskedBack) {
  for (const int plain : {0, 3}) {
    const auto t = with_formats("#,##0&quot; kg/h&quot;", "0.00", two_rows("FI-101", plain));
    ASSERT_FALSE(t);
    EXPECT_EQ(
        t.error().text(),
        "data.xlsx:B3: \"FI-101\" shows no unit here, and \"kg/h\" by the number format of line 2; write the unit "
        "into the name of the column where it holds for every row: \"FI-101 (kg/h)\"\n");
    EXPECT_TRUE(with_formats("#,##0&quot; kg/h&quot;", "0.00", two_rows("FI-101 (kg/h)", plain)));
  }
  const std::string sum = two_rows("FI-101", 2) + R"(<row r="4"><c t="str"><v>Sum</v></c><c><v>240780</v></c></row>)";
  EXPECT_TRUE(with_formats("#,##0&quot; kg/h&quot;", "0", sum)) << "a sum below them is no reading";
}

/// Three tags; `above` and `below` are rows over and under their names.
Result<Table> with_merged(const std::string& above, const std::string& below, const std::string& range) {
  return read(zip_of(
      {{"xl/workbook.xml", kBook},
       {"xl/_rels/workbook.xml.rels", kRelations},
       {"xl/styles.xml", kStyles},
       {"xl/worksheets/readings.xml",
        "<worksheet><sheetData>" + above +
            R"(<row><c t="str"><v>time</v></c><c t="str"><v>FI-1</v></c><c t="str"><v>FI-2</v></c><c t="str"><v>FI-3</v></c></row>)" +
            below + R"(<row><c s="1"><v>46329.5</v></c><c><v>33.4</v></c><c><v>19.5</v></c><c><v>13.9</v></c></row>)" +
            R"(</sheetData><mergeCells count="1"><mergeCell ref=")" + range + R"("/></mergeCells></worksheet>)"}}));
}

TEST(Xlsx, AUnitInAMergedCellIsThatOfEveryTagUnderIt) {
  const std::string first = R"(<row r="1"><c r="B1" t="str"><v>kg/s</v></c><c r="C1"/><c r="D1"/></row>)",
                    two = R"(<row r="1"><c r="B1" t="str"><v>kg/s</v></c></row>)",
                    below = R"(<row r="2"><c r="B2" t="str"><v>kg/s</v></c></row>)";
  for (const auto& t :
       {with_merged(first, "", "B1:D1"), with_merged(two, "", "B1:D1"), with_merged("", below, "B2:D2")}) {
    ASSERT_TRUE(t) << t.error().text();
    for (const auto& s : t->series) EXPECT_EQ(s.unit, "kg/s") << s.tag;
  }
  const auto some = with_merged(two, "", "B1:C1");
  ASSERT_TRUE(some) << some.error().text();
  EXPECT_EQ(some->series.at(1).unit, "kg/s");
  EXPECT_EQ(some->series.at(2).unit, "");
  EXPECT_EQ(some->facts.notes.back(), "the row of units in line 1 gives none to \"FI-3\"");
}

TEST(Xlsx, AMergedTitleIsNoName) {
  const auto t = with_merged(R"(<row r="1"><c r="A1" t="str"><v>Daily report</v></c></row>)", "", "A1:D1");
  ASSERT_TRUE(t) << t.error().text();
  EXPECT_EQ(t->series.at(0).tag, "FI-1");
}

TEST(Xlsx, ASheetThatMergesWithoutEndIsRefused) {
  std::string many = "A1:XFD1";
  for (int i = 0; i < 25'000; ++i) many += R"("/><mergeCell ref="A1:XFD1)";
  const auto t = with_merged(R"(<row r="1"><c r="A1" t="str"><v>Daily report</v></c></row>)", "", many);
  ASSERT_FALSE(t);
  EXPECT_EQ(t.error().problems.at(0).what, "merges cells more than 20000 times");
}

TEST(Xlsx, ThousandsThatAFormatLeavesOutAreLeftOut) {
  const auto t = with_formats("0.00,", "0.00,,", two_rows("FI-101 (t/h)", 3));
  ASSERT_TRUE(t) << t.error().text();
  EXPECT_EQ(t->series.at(0).samples.at(0).value, 120.39);
  EXPECT_EQ(t->series[0].samples.at(1).value, 0.12);
  EXPECT_NE(
      std::find(t->facts.notes.begin(), t->facts.notes.end(),
                "the number format of \"FI-101 (t/h)\" leaves thousands out: its numbers are taken as they are shown"),
      t->facts.notes.end());
}

TEST(Xlsx, UnitsBehindTheValuesOfALongTableBelongIntoAColumn) {
  const std::string rows =
      R"(<row><c t="str"><v>time</v></c><c t="str"><v>tag</v></c><c t="str"><v>value</v></c></row>)"
      R"(<row><c s="1"><v>46329.5</v></c><c t="str"><v>FI-101</v></c><c s="2"><v>120390</v></c></row>)"
      R"(<row><c s="1"><v>46329.6</v></c><c t="str"><v>FI-101</v></c><c s="2"><v>120391</v></c></row>)";
  const auto t = with_formats("#,##0&quot; kg/h&quot;", "0", rows);
  ASSERT_FALSE(t);
  EXPECT_EQ(
      t.error().text(),
      "data.xlsx:C2: shows the unit \"kg/h\" by the number format of its cell only; give the units in a column of "
      "their own, called unit\n");
}

/// A small file can hold millions of whatever is kept: all of it is counted while it is read.
TEST(Xlsx, CountsWhatItHolds) {
  const auto many = [](const char* text, int n) {
    std::string all;
    for (int k = 0; k < n; ++k) all += text;
    return all;
  };
  const auto refusal = [](const std::string& bytes, std::size_t most = kUnlimited) {
    const auto t = read_table(bytes, "data.xlsx", {.time_zone = "UTC", .most_cells = most});
    return t ? std::string("accepted") : t.error().text();
  };
  const auto says = [](const std::string& text, const char* what) {
    EXPECT_NE(text.find(what), std::string::npos) << text;
    EXPECT_EQ(std::count(text.begin(), text.end(), '\n'), 1) << "one problem: " << text;
  };
  std::string rows, spaces;  // numbered, since what repeats itself packs too well to be believed
  for (int k = 1; k <= 1'048'577; ++k)
    rows += "<row r='" + std::to_string(k) + "'/>", spaces += std::to_string(k) + " ";
  says(refusal(workbook(rows)), "has more than 1048576 rows");
  says(refusal(workbook("<row>" + many("<c s='7' x='0'/>", 16'385) + "</row>")), "has more than 16384 columns");
  says(refusal(workbook("<row>" + spaces + spaces + "<c/></row>")), "has a row or a text of more than 8 MiB");
  says(refusal(zip_of({{"xl/workbook.xml", kBook}, {"xl/styles.xml", "<s><cellXfs>" + many("<xf i='12'/>", 65'537)}})),
       "has more than 65536 styles");
  const std::string cells = std::string(kHeader) + many("<row><c r='XFD'/></row>", 100);
  says(refusal(workbook(cells), 1'000'000), "has more than 1000000 cells");
  // Ten texts of 30,000 bytes each that a million cells share.
  const std::string texts = "<sst><si><t>" + std::string(30'000, 'x') + "</t></si></sst>";
  says(refusal(zip_of(
           {{"xl/workbook.xml", kBook},
            {"xl/_rels/workbook.xml.rels", kRelations},
            {"xl/sharedStrings.xml", texts},
            {"xl/worksheets/readings.xml",
             "<worksheet><sheetData>" + many("<row><c t='s'><v>0</v></c></row>", 5000) + "</sheetData></worksheet>"}})),
       "holds more text than a sheet of readings can need");
}

TEST(Xlsx, EndsWhereItIsAskedToStop) {
  std::stop_source source;
  source.request_stop();
  const auto bytes = workbook(kHeader);
  const auto stopped = read_table(bytes, "data.xlsx", {.time_zone = "UTC", .stop = source.get_token()});
  ASSERT_FALSE(stopped);
  EXPECT_NE(stopped.error().text().find("its reading was stopped"), std::string::npos) << stopped.error().text();
}

}  // namespace
}  // namespace castner::tables

// SPDX-License-Identifier: Apache-2.0
#include "castner/report/terminal.h"

#include <gtest/gtest.h>

#include <sstream>

#include "castner/drawing/text_width.h"
#include "castner/report/csv.h"
#include "castner/report/digest.h"
#include "castner/report/fixture.h"
#include "castner/report/html.h"
#include "castner/report/html_parts.h"
#include "castner/report/terminal_page.h"

namespace castner::report {
namespace {

using testing::Case;

std::vector<std::string> lines(const std::string& text) {
  std::vector<std::string> out;
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);) out.push_back(line);
  return out;
}

TEST(TextWidth, CountsChineseTwice) {
  EXPECT_EQ(drawing::columns_of("abc"), 3);
  EXPECT_EQ(drawing::columns_of("碱液"), 4);
  EXPECT_EQ(drawing::columns_of("95 ± 3 °C"), 9);
  EXPECT_EQ(drawing::columns_of("（折百）"), 8);
  EXPECT_EQ(drawing::columns_of("\xff\xff"), 2);
  EXPECT_EQ(drawing::padded("碱", 4), "碱  ");
  EXPECT_EQ(drawing::padded("碱", 4, true), "  碱");
  EXPECT_EQ(drawing::cut("电流效率", 5), "电流…");
  EXPECT_EQ(drawing::cut("abc", 3), "abc");
}

TEST(Terminal, FitsItsColumnsInBothLanguages) {
  for (const Case& c : {testing::small_network(), testing::steam_network(), testing::cell_room(), testing::evaporator(),
                        testing::empty_plant()})
    for (const auto language : {words::Language::en, words::Language::zh})
      for (const int columns : {80, 96})
        for (const auto& line : lines(
                 assess_text(c.plant, c.assessment,
                             {.language = language, .columns = columns, .colour = false, .html_file = "report.html"})))
          EXPECT_LE(drawing::columns_of(line), columns) << line;
}

TEST(Terminal, AnswersFirst) {
  const auto c = testing::cell_room();
  const auto text = lines(assess_text(c.plant, c.assessment));
  EXPECT_EQ(text[0], "Cell room 100 kt/a  ·  2026-03-01 00:00 to 2026-03-03 00:00, UTC+08:00");
  EXPECT_EQ(text[2],
            "▲ Look at 3 things, first: E103 draws 112 ± 17 kW more than it would if it were as good as E104.");
  EXPECT_EQ(text.back(), "Castner advises; it is not a safety instrumented system.");
}

TEST(Terminal, NamesWhatIsWrongBeforeWhatAgrees) {
  const auto c = testing::cell_room();
  const std::string text = assess_text(c.plant, c.assessment, {.columns = 120});
  EXPECT_LT(text.find("  FI-204  L32.flow_mass"), text.find("  FI-100  B0.flow_mass"));
  EXPECT_NE(text.find("◆ reads wrong"), std::string::npos);
  EXPECT_NE(text.find("○ not checked"), std::string::npos);
}

TEST(Terminal, IsNotSteeredByNames) {
  auto c = testing::small_network();
  c.plant.name =
      "evil\x1b[2J\x07\xc2\x9b"
      "31m";
  c.plant.measurements[0].tag = "FI\r\n-1\x1b]0;owned\x07";
  const std::string text = assess_text(c.plant, c.assessment);
  for (const char ch : text) EXPECT_TRUE(static_cast<unsigned char>(ch) >= 0x20 || ch == '\n') << static_cast<int>(ch);
  EXPECT_EQ(text.find("\xc2\x9b"), std::string::npos);
}

TEST(Terminal, UsesColourOnlyWhenAsked) {
  const auto c = testing::small_network();
  EXPECT_EQ(assess_text(c.plant, c.assessment).find('\x1b'), std::string::npos);
  EXPECT_NE(assess_text(c.plant, c.assessment, {.colour = true}).find("\x1b[1m"), std::string::npos);
}

TEST(Terminal, WrapsChineseWithoutOpeningALineWithPunctuation) {
  Screen s({.language = words::Language::zh, .columns = 60});
  s.text("在装置文件的全部平衡精确成立的条件下，使读数的加权校正量最小，数值加减一倍标准差，不确定度经全部平衡传递。",
         "  ");
  const auto out = lines(s.take());
  ASSERT_GE(out.size(), 2u);
  for (const auto& line : out) {
    EXPECT_LE(drawing::columns_of(line), 60);
    EXPECT_FALSE(line.starts_with("  ，") || line.starts_with("  。")) << line;
  }
}

TEST(Terminal, ShowsAReconciliation) {
  const auto c = testing::small_network();
  const std::string text = reconcile_text(c.plant, *c.assessment.windows[0].state);
  EXPECT_NE(text.find("once the accused readings are set aside, the balances close"), std::string::npos);
  EXPECT_NE(text.find("FI-2 reads 1.00 ± 0.32 t/h too high, statistic 4.4, critical 2.39"), std::string::npos) << text;
  EXPECT_NE(text.find("B.flow_mass"), std::string::npos);
  EXPECT_NE(text.find("cannot tell"), std::string::npos);
  auto failed = *c.assessment.windows[0].state;
  failed.reconciliation.report.status = solve::Status::infeasible;
  failed.reconciliation.report.advice = {"widen the bounds", "N1", "N1: mass balance", "A.flow_mass"};
  const std::string said = reconcile_text(c.plant, failed);
  EXPECT_NE(said.find("cannot all hold inside the bounds"), std::string::npos);
  EXPECT_NE(said.find("Try: widen the bounds"), std::string::npos);
  EXPECT_EQ(said.find("10.0"), std::string::npos);  // no numbers where there is no result
}

TEST(Terminal, ShowsASimulationAndACheck) {
  const auto c = testing::small_network();
  assess::PlantSimulation s;
  s.result.report.status = solve::Status::converged;
  s.result.report.iterations = 7;
  s.result.x = {3.0, 2.0, 1.0, 3.0};
  EXPECT_NE(simulate_text(c.plant, s).find("Solved in 7 iterations."), std::string::npos);
  EXPECT_NE(simulate_text(c.plant, s).find("10.80 t/h"), std::string::npos);
  const auto steam = testing::steam_network();
  const std::string check = check_text(steam.plant, assess::check_structure(steam.plant));
  EXPECT_NE(check.find("17 degrees of freedom are left"), std::string::npos) << check;
  EXPECT_NE(check.find("Degrees of redundancy: 11."), std::string::npos);
  EXPECT_NE(models_text().find("caustic_evaporator"), std::string::npos);
}

/// Screen, page and file show the same digits: every instrument's two values, in all three faces.
TEST(Faces, ShowTheSameDigits) {
  for (const Case& c : {testing::steam_network(), testing::small_network(), testing::evaporator()}) {
    const Digest d = digest(c.plant, c.assessment);
    const std::string screen = assess_text(c.plant, c.assessment, {.columns = 120});
    const std::string page = html_report(c.plant, c.assessment, words::Language::zh);
    const std::string file = reconciled_csv(c.plant, c.assessment);
    for (const auto& i : d.instruments)
      for (const auto& value : {i.measured, i.reconciled}) {
        ASSERT_TRUE(value.known()) << i.tag;
        EXPECT_NE(screen.find(words::sentence_number(value)), std::string::npos)
            << i.tag << " " << words::sentence_number(value);
        EXPECT_NE(page.find(">" + words::grouped(value.value) + " <span"), std::string::npos)
            << i.tag << " " << value.value;
        EXPECT_NE(file.find("," + value.value + ","), std::string::npos) << i.tag << " " << value.value;
      }
  }
}

}  // namespace
}  // namespace castner::report

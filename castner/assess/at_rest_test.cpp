// SPDX-License-Identifier: Apache-2.0
// Units that meters at rest show badly: a transformer's power about the limit of standstill, a current that nothing reads.
#include "castner/assess/idle_for_tests.h"

namespace castner::assess {
namespace {

using namespace idle_tests;

class AtRest : public StoppedWithinTheDay {
 protected:
  /// What a tag reads of its load while electrolysers are kept polarised and flushed, and nothing is made.
  static double share(const std::string& tag, int minute) {
    // The power meter of E1 reads now above, now below the 2 % of load that are standstill.
    if (tag == "JI-1101") return minute / 6 % 2 ? 0.022 : 0.017;
    if (tag.starts_with("JI-")) return 0.017;
    if (tag.starts_with("II-")) return 0.015;
    if (tag.starts_with("EI-")) return 0.75;
    if (std::regex_match(tag, std::regex("FI-1([1-4]02|001|003)"))) return 0.3;
    if (std::regex_match(tag, std::regex("FI-(1...|2002)"))) return 1.0;
    return tag.starts_with("FI-") ? 0.01 : 1.0;
  }
  void rest(tables::Table& table, const std::regex& tags, int from, int to) const {
    for (Series& s : table.series)
      for (int k = from; k < std::min(to, static_cast<int>(s.samples.size())); ++k)
        if (std::regex_match(s.tag, tags)) s.samples[static_cast<std::size_t>(k)].value *= share(s.tag, k);
  }
  /// "E1 60-240 R1 60-240", in minutes, of electrolysers and rectifiers.
  std::string stops(const Assessment& a) const {
    const auto minute = [](const std::optional<Time>& t) {
      return t ? std::to_string(t->time_since_epoch() / std::chrono::minutes(1)) : "";
    };
    std::string text;
    for (const auto& s : a.stops)
      if (const std::string& name = plant_.units[static_cast<std::size_t>(s.unit)].name;
          name[0] == 'R' || name[1] < 'A')
        text += name + " " + minute(s.from) + "-" + minute(s.to) + " ";
    return text;
  }
};

TEST_F(AtRest, TheWholePlantHasOneStopAndNobodyIsAccused) {
  for (const auto& [from, to] : {std::pair{60, 240}, std::pair{67, 222}, std::pair{0, 90}, std::pair{130, 1000}}) {
    SCOPED_TRACE(from);
    auto table = day(300, 1000, 1000);
    rest(table, std::regex(".*"), from, to);
    const auto a = assess(plant_, table, "day.csv");
    ASSERT_TRUE(a) << a.error().text();
    const std::string stop =
        " " + (from > 0 ? std::to_string(from) : "") + "-" + (to < 300 ? std::to_string(to) : "") + " ";
    std::string all;
    for (const char* unit : {"E1", "E2", "E3", "E4", "R1", "R2", "R3", "R4"}) all += unit + stop;
    EXPECT_EQ(stops(*a), all);
    for (std::size_t w = 0; w < a->windows.size(); ++w) {
      const auto& window = a->windows[w];
      const int begin = 30 * static_cast<int>(w);
      if (begin >= from && begin + 30 <= to) {
        EXPECT_EQ(window.at_rest.size(), 14u) << "with three effects and their exchangers";
        EXPECT_FALSE(window.steady || window.state);
      } else if (begin + 30 <= from || begin >= to) {
        ASSERT_TRUE(window.state) << w;
        EXPECT_TRUE(window.state->idle.empty());
      }
      if (window.state) {
        EXPECT_TRUE(window.state->reconciliation.gross_errors.empty()) << w;
      }
    }
  }
}

// Such data never show what the meters read at load; the plant file's simulation does.
TEST_F(AtRest, TheWholePlantStandsStillInAllTheData) {
  auto table = day(60, 1000, 1000);
  rest(table, std::regex(".*"), 0, 60);
  const auto a = assess(plant_, table, "day.csv");
  ASSERT_TRUE(a) << a.error().text();
  EXPECT_EQ(stops(*a), "");
  ASSERT_EQ(a->windows.size(), 2u);
  for (const auto& w : a->windows) EXPECT_EQ(w.at_rest.size(), 14u);
}

// The ammeter shows its last value all day, as if nothing had happened; the power meter is right.
TEST_F(AtRest, AnAmmeterThatHangsAllDayIsNamedAndNotThePowerMeter) {
  auto table = day(240, 60, 180);
  std::erase_if(table.series, [](const Series& s) { return s.tag.starts_with("FI-14"); });
  for (Series& s : table.series)
    for (std::size_t k = 0; k < s.samples.size(); ++k)
      if (s.tag == "II-1401")
        s.samples[k].value = 14.49;
      else if (s.tag == "EI-1401" && k >= 60 && k < 180)
        s.samples[k].value = 0.75 * s.samples[0].value;
  const auto a = assess(plant_, table, "day.csv");
  ASSERT_TRUE(a) << a.error().text();
  int balanced = 0;
  for (std::size_t w = 2; w < 6; ++w) {
    const auto& state = a->windows.at(w).state;
    if (!state) continue;
    ++balanced;
    EXPECT_EQ((Told{plant_, *state}.idle()), (Names{"E4", "R4"})) << w;
    ASSERT_EQ(state->contradicted.size(), 1u) << w;
    EXPECT_EQ(state->contradicted[0].tag, "II-1401") << w;
    EXPECT_TRUE(state->reconciliation.gross_errors.empty()) << w;
  }
  EXPECT_GT(balanced, 1);
  EXPECT_EQ(std::count_if(a->stops.begin(), a->stops.end(),
                          [&](const auto& s) { return plant_.units[static_cast<std::size_t>(s.unit)].name == "E4"; }),
            1);
}

// A scanner that is down for hours within the stop, in windows of which some have no balance: what nobody sees is no start.
TEST_F(AtRest, AStopOfWhichNothingIsReadForAWhileIsOne) {
  auto table = day(300, 60, 240);
  for (Series& s : table.series)
    for (std::size_t k = 105; k < 195; ++k)
      if (std::regex_match(s.tag, std::regex("..-14..")))
        s.samples[k].quality = Quality::bad;
      else if (s.tag == "TI-1001" && k >= 135)
        s.samples[k].value += k < 165 ? 10.0 : 0.0;  // neither of the two windows is steady
  const auto a = assess(plant_, table, "day.csv");
  ASSERT_TRUE(a) << a.error().text();
  EXPECT_EQ(stops(*a), "E4 60-240 R4 60-240 ");
  EXPECT_FALSE(a->windows.at(4).steady);
  EXPECT_FALSE(a->windows.at(5).steady);
}

// Its kA are read as A; that the others read a thousandth of it is no standstill.
TEST_F(AtRest, AnAmmeterInAnotherUnitStopsNobodyElse) {
  auto table = day(60, 1000, 1000);
  for (Series& s : table.series)
    for (Sample& x : s.samples)
      if (s.tag == "II-1101") x.value *= 1000.0;
  const auto a = assess(plant_, table, "day.csv");
  ASSERT_TRUE(a) << a.error().text();
  EXPECT_EQ(stops(*a), "");
  for (const auto& w : a->windows) {
    ASSERT_TRUE(w.state);
    EXPECT_TRUE(w.state->contradicted.empty());
    EXPECT_TRUE(w.state->idle.empty());
  }
}

// The header's gas meters read a little above what is standstill; that outvotes nothing, though they speak against all electrolysers.
TEST_F(AtRest, HeadersNearTheirZeroDoNotLetThePlantRun) {
  auto table = day(300, 1000, 1000);
  rest(table, std::regex(".*"), 60, 240);
  for (Series& s : table.series)
    for (int k = 60; k < 240; ++k)
      if (s.tag == "FI-3001" || s.tag == "FI-4001")
        s.samples[static_cast<std::size_t>(k)].value *= s.tag == "FI-3001" ? 2.5 : 5.5;
  const auto a = assess(plant_, table, "day.csv");
  ASSERT_TRUE(a) << a.error().text();
  std::string all;
  for (const char* unit : {"E1", "E2", "E3", "E4", "R1", "R2", "R3", "R4"}) all += std::string(unit) + " 60-240 ";
  EXPECT_EQ(stops(*a), all);
}

// E4 has no meter of current, voltage and power: the others tell its current, to about 90 A.
TEST_F(AtRest, WhatIsNotClearOfStandstillIsIdleAndWhatRunsIsNot) {
  for (const auto& [amps, idle] :
       {std::pair{"320 A", true}, std::pair{"350 A", true}, std::pair{"900 A", false}, std::pair{"4.05 kA", false}}) {
    SCOPED_TRACE(amps);
    const auto truth = simulate(plant_of(replaced(text_, "of = \"E4.current\"\nvalue = \"14.5418 kA\"",
                                                  std::string("of = \"E4.current\"\nvalue = \"") + amps + "\"")))
                           .result;
    ASSERT_EQ(truth.report.status, solve::Status::converged) << truth.report.advice.text;
    std::vector<Measured> readings;
    for (const auto& m : plant_.measurements) {
      const double value = truth.x[static_cast<std::size_t>(m.variable)];
      readings.emplace_back();
      if (!std::regex_match(m.tag, std::regex("(II|EI|JI)-1401"))) readings.back().value = value;
    }
    const State s = PlantReconciler(plant_).reconcile(readings, {}, true);
    EXPECT_EQ((Told{plant_, s}.idle()), idle ? (Names{"E4", "R4"}) : Names{});
    EXPECT_TRUE(s.reconciliation.global_test.passed.value());
    EXPECT_TRUE(s.reconciliation.gross_errors.empty());
  }
}

}  // namespace
}  // namespace castner::assess

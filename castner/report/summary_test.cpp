// SPDX-License-Identifier: Apache-2.0
#include "castner/report/summary.h"

#include <gtest/gtest.h>

#include "castner/report/finding_text.h"
#include "castner/report/fixture.h"

namespace castner::report {
namespace {

using testing::Case;

PlantSummary summary(const Case& c, words::Language language = words::Language::en) {
  return summarise(c.plant, c.assessment, digest(c.plant, c.assessment), words::Words(language));
}

TEST(Summary, SaysFiveThings) {
  for (const Case& c : {testing::small_network(), testing::steam_network(), testing::evaporator(), testing::cell_room(),
                        testing::empty_plant()})
    for (const auto language : {words::Language::en, words::Language::zh}) {
      const auto s = summary(c, language);
      ASSERT_EQ(s.sentences.size(), 5u);
      for (const auto& sentence : s.sentences) EXPECT_FALSE(sentence.text.empty()) << sentence.label;
    }
}

TEST(Summary, OfACellRoomNamesEnergyMoneyAndInstruments) {
  const auto s = summary(testing::cell_room());
  EXPECT_EQ(s.health, PlantHealth::look);
  EXPECT_EQ(s.sentences[1].text,
            "Electricity: 2,161.4 ± 8.9 kWh/t AC, of it 2,113.8 ± 8.6 kWh/t DC at the cells, per tonne of NaOH as "
            "100\u00a0%. "
            "Steam: 0.5713 ± 0.0041 t/t, per tonne of NaOH as 100\u00a0%.");
  EXPECT_EQ(s.sentences[2].text,
            "Avoidable loss: 4,090 ± 630 CNY a day, most of it at EV1: 2,880 ± 450 CNY a day against the ideal of the "
            "same train.");
  EXPECT_EQ(s.sentences[3].text,
            "FI-204 reads 2.04 ± 0.42 t/h too high and AI-300 reads 0.350 ± 0.090 % too low; 24 others are checked "
            "and agree.");
  EXPECT_EQ(s.sentences[4].text,
            "87 of 96 windows were steady and reconciled; the balances close in 86 of them. One instrument is not "
            "checked: no error in it would be seen. Cannot be told: Comprehensive energy per tonne of NaOH (100 %).");
}

// What was taken for true is no instrument: nobody is told that it was checked, or cannot be.
TEST(Summary, CountsInstrumentsAndNothingThatIsAssumed) {
  auto c = testing::cell_room();
  const auto before = digest(c.plant, c.assessment);
  int agreeing = 0, unchecked = 0;
  for (std::size_t k = 0; k < c.plant.measurements.size(); ++k) {
    const Verdict v = before.instruments[k].verdict;
    int& kind = v == Verdict::agrees ? agreeing : unchecked;
    if ((v != Verdict::agrees && v != Verdict::unchecked) || kind > 0) continue;
    ++kind;
    c.plant.measurements[k].tag = "assumed: E1.heat_loss";
  }
  ASSERT_EQ(agreeing + unchecked, 2);
  const auto after = digest(c.plant, c.assessment);
  EXPECT_EQ(after.checkable, before.checkable - 1);
  EXPECT_EQ(after.agreeing, before.agreeing - 1);
  EXPECT_EQ(after.unchecked, before.unchecked - 1);
  EXPECT_EQ(after.instruments.size(), before.instruments.size()) << "shown all the same";
}

TEST(Summary, IsAllRightOnlyWhereSomethingWasTested) {
  auto c = testing::steam_network();
  auto& w = c.assessment.windows[0];
  c.assessment.findings.clear();
  EXPECT_EQ(summary(c).health, PlantHealth::look) << "a window that calls an instrument wrong";
  w.state->reconciliation.gross_errors.clear();
  EXPECT_EQ(summary(c).health, PlantHealth::ok);
  w.state->reconciliation.after_elimination->passed = false;
  EXPECT_EQ(summary(c).health, PlantHealth::look);
  w.state->reconciliation.after_elimination.reset();
  w.state->reconciliation.global_test.passed.reset();
  w.state->reconciliation.global_test.critical.reset();
  EXPECT_EQ(summary(c).health, PlantHealth::cannot_tell);
  EXPECT_NE(summary(c).sentences[0].text.find("no redundancy"), std::string::npos);
}

TEST(Summary, TakesAsManyOpenWindowsAsChanceLeavesForAllRight) {
  auto c = testing::steam_network();
  c.assessment.findings.clear();
  auto w = c.assessment.windows[0];
  w.state->reconciliation.gross_errors.clear();
  c.assessment.windows.assign(12, w);
  const auto leave_open = [&](std::size_t k) {
    c.assessment.windows[k].state->reconciliation.after_elimination->passed = false;
    return summary(c);
  };
  EXPECT_EQ(leave_open(3).health, PlantHealth::ok);
  const auto two = leave_open(7);
  EXPECT_EQ(two.health, PlantHealth::ok);
  EXPECT_TRUE(two.sentences[0].text.ends_with("In 2 of 12 windows they stay open, as chance may leave them."));
  const auto three = leave_open(8);
  EXPECT_EQ(three.health, PlantHealth::look);
  EXPECT_NE(three.sentences[0].text.find("in 3 of 12 windows the balances do not close"), std::string::npos);
  c.assessment.windows.assign(480, w);
  for (std::size_t k = 0; k < 33; ++k) leave_open(k);
  EXPECT_EQ(summary(c).health, PlantHealth::ok);
  EXPECT_EQ(leave_open(33).health, PlantHealth::look) << "a tenth of many is no chance";
}

TEST(Summary, PutsACriticalFindingFirst) {
  auto c = testing::cell_room();
  insight::Finding f;
  f.code = "solver.no_convergence";
  f.severity = insight::Finding::Severity::critical;
  f.blanks = {{"text", "the steam pressure is held below what EV1 needs"}};
  c.assessment.findings.push_back(f);
  const auto s = summary(c);
  EXPECT_EQ(s.health, PlantHealth::act);
  EXPECT_NE(s.sentences[0].text.find("the steam pressure is held"), std::string::npos);
}

TEST(Summary, DoesNotEndAQuestionTwice) {
  auto c = testing::cell_room();
  std::erase_if(c.assessment.findings,
                [](const auto& f) { return f.code != insight::kReadsWrong || f.path != "FI-204"; });
  ASSERT_EQ(c.assessment.findings.size(), 1u);
  auto& f = c.assessment.findings.front();
  f.wording = "by_unit";
  EXPECT_TRUE(describe(c.plant, words::Words(words::Language::en), f).title.ends_with(": is its unit right?"));
  EXPECT_EQ(summary(c).sentences[0].text,
            "Look at one thing: FI-204 reads 2.04 ± 0.42 t/h too high: is its unit right?");
  EXPECT_EQ(summary(c).sentences[3].text, "FI-204 reads 2.04 ± 0.42 t/h too high; 24 others are checked and agree.");
  const auto zh = summary(c, words::Language::zh).sentences[0].text;
  EXPECT_TRUE(zh.ends_with("请核对其单位。")) << zh;
  const auto rest = summary(c, words::Language::zh).sentences[3].text;
  EXPECT_EQ(rest.find("请核对"), std::string::npos) << rest;
  f.severity = insight::Finding::Severity::critical;
  EXPECT_TRUE(summary(c).sentences[0].text.ends_with("right?")) << summary(c).sentences[0].text;
}

TEST(Summary, SaysWhyNothingCanBeTold) {
  auto c = testing::cell_room();
  for (auto& w : c.assessment.windows) w.state.reset(), w.steady = false;
  auto s = summary(c);
  EXPECT_EQ(s.health, PlantHealth::cannot_tell);
  EXPECT_NE(s.sentences[0].text.find("None was steady long enough"), std::string::npos);
  c.assessment.why_none = "rows";
  EXPECT_NE(summary(c).sentences[0].text.find("read too seldom"), std::string::npos);
}

TEST(Summary, SteadyWindowsWithoutABalanceAreNotCountedAsUnsteady) {
  auto c = testing::cell_room();
  int gone = 0;
  for (auto& w : c.assessment.windows)
    if (w.steady && w.state && gone < 3) w.state.reset(), ++gone;
  ASSERT_EQ(gone, 3);
  EXPECT_NE(summary(c).sentences[4].text.find("84 of 96 windows were steady and reconciled"), std::string::npos);
  EXPECT_NE(summary(c).sentences[4].text.find("Steady too, but without a balance: 3 windows."), std::string::npos)
      << summary(c).sentences[4].text;
}

TEST(Summary, HasNoMoneyWithoutPrices) {
  auto c = testing::cell_room();
  for (auto& l : c.assessment.losses) l.cost_per_year.value.reset();
  EXPECT_NE(summary(c).sentences[2].text.find("gives no price"), std::string::npos);
  c.assessment.losses.clear();
  EXPECT_NE(summary(c).sentences[2].text.find("No loss can be told"), std::string::npos);
}

// What the plant has not is told by its file alone, never by an answer that is empty.
TEST(Summary, SaysThatNoWindowWasReconciledRatherThanWhatThePlantHasNot) {
  auto c = testing::cell_room();
  for (auto& w : c.assessment.windows) w.state.reset(), w.steady = false;
  c.assessment.losses.clear();
  c.assessment.indicators.clear();
  for (const std::size_t i : {1u, 2u, 3u})
    EXPECT_EQ(summary(c).sentences[i].text, "Cannot tell without a reconciled window.") << i;
  auto without = testing::steam_network();  // nodes alone
  EXPECT_NE(summary(without).sentences[1].text.find("neither electrolysers nor evaporators"), std::string::npos);
  EXPECT_NE(summary(without).sentences[2].text.find("has no electrolyser, rectifier or evaporator"), std::string::npos);
  for (auto& w : without.assessment.windows) w.state.reset(), w.steady = false;
  EXPECT_NE(summary(without).sentences[2].text.find("has no electrolyser, rectifier or evaporator"), std::string::npos);
}

TEST(Digest, AveragesWindowsButNotTheirUncertainty) {
  const auto c = testing::cell_room();
  const auto d = digest(c.plant, c.assessment);
  EXPECT_EQ(d.windows, 96);
  EXPECT_EQ(d.reconciled, 87);
  EXPECT_EQ(d.closing, 86);
  const auto flow = d.streams[0];
  EXPECT_EQ(flow.name, "B0");
  EXPECT_NEAR(*flow.flow * 3.6, 137.525, 0.3);  // the load swings by 0.4 %
  EXPECT_EQ(flow.shown_flow.sd, "0.55");        // 0.4 % of the flow, not 87 times better
}

TEST(Digest, AveragesTheWindowsThatTell) {
  auto c = testing::cell_room();
  const auto flow = [&] { return digest(c.plant, c.assessment).streams[0].flow; };
  const double all = *flow();
  const auto v = static_cast<std::size_t>(*c.plant.flowsheet->find("B0.flow_mass"));
  std::vector<solve::Estimate*> estimates;
  for (auto& w : c.assessment.windows)
    if (reconciled(w)) estimates.push_back(&w.state->reconciliation.estimates[v]);
  *estimates.front() = {.value = 1e9, .kind = solve::Class::unobservable};
  ASSERT_TRUE(flow());
  EXPECT_NEAR(*flow(), all, 0.01 * all);
  for (auto* e : estimates) e->kind = solve::Class::unobservable;
  EXPECT_FALSE(flow());
}

TEST(FindingText, SaysSinceWhen) {
  const auto c = testing::small_network();
  insight::Finding f{.code = insight::kReadsWrong, .path = "FI-1", .blanks = {{"tag", "FI-1"}}};
  f.evidence = {{"", {0.5, 0.1, "kg/s"}, "bias"}};
  f.since = "2026-11-02 18:00";
  EXPECT_TRUE(
      describe(c.plant, words::Words(words::Language::en), f).title.ends_with("too high (since 2026-11-02 18:00)"));
  f.growing = true;
  EXPECT_TRUE(
      describe(c.plant, words::Words(words::Language::en), f).title.ends_with("(since 2026-11-02 18:00, and growing)"));
  EXPECT_TRUE(
      describe(c.plant, words::Words(words::Language::zh), f).title.ends_with("（自 2026-11-02 18:00 起，且在增大）"));
}

TEST(Digest, JudgesEachInstrument) {
  auto c = testing::cell_room();
  const auto verdict = [&](const std::string& tag) {
    for (const auto& i : digest(c.plant, c.assessment).instruments)
      if (i.tag == tag) return i.verdict;
    return Verdict::not_used;
  };
  EXPECT_EQ(verdict("FI-204"), Verdict::wrong);
  EXPECT_EQ(verdict("TI-103"), Verdict::unchecked);
  EXPECT_EQ(verdict("FI-100"), Verdict::agrees);
  // Without the finding, which needs more than half of the windows or the latest, an accusation is a doubt.
  c.assessment.findings.clear();
  EXPECT_EQ(verdict("FI-204"), Verdict::doubtful);
  c.assessment.findings.push_back({.code = "gross_error.cannot_tell",
                                   .severity = {},
                                   .path = "FI-204",
                                   .evidence = {},
                                   .cost_per_day = {},
                                   .blanks = {}});
  EXPECT_EQ(verdict("FI-204"), Verdict::one_of_several);
  for (auto& w : c.assessment.windows)
    if (w.state) {
      auto& i = w.state->instruments[0];
      i.reading = -1;
      i.why_not = "stuck";
    }
  const auto d = digest(c.plant, c.assessment);
  EXPECT_EQ(d.instruments[0].verdict, Verdict::not_used);
  EXPECT_EQ(d.instruments[0].why_not, "stuck");
}

TEST(Digest, NamesWhatWasNotUsedWhileItsUnitStoodStill) {
  auto c = testing::cell_room();
  const auto said = [&](words::Language language) {
    const auto d = digest(c.plant, c.assessment);
    return verdict_words(words::Words(language), d.instruments[0], d);
  };
  std::vector<assess::Instrument*> of_all;
  for (auto& w : c.assessment.windows)
    if (reconciled(w)) of_all.push_back(&w.state->instruments[0]);
  const auto idle = [&](std::size_t k) { of_all[k]->reading = -1, of_all[k]->why_not = "idle"; };
  c.assessment.findings.clear();
  EXPECT_EQ(said(words::Language::en), "agrees");
  idle(0), idle(1);
  EXPECT_EQ(said(words::Language::en), "agrees, out of service and not used in 2 of 87 windows");
  EXPECT_EQ(said(words::Language::zh), "一致，停运未使用：87 个时段中 2 个");
  for (std::size_t k = 0; k < of_all.size(); ++k) idle(k);
  EXPECT_EQ(said(words::Language::en), "not used: out of service");
  EXPECT_EQ(said(words::Language::zh), "未使用：停运");
}

TEST(Digest, FindsTheInstrumentOfAStreamWhateverItMeasuresOfTheFlow) {
  auto c = testing::small_network();
  EXPECT_EQ(digest(c.plant, c.assessment).streams[0].instrument, 0);
  EXPECT_EQ(digest(c.plant, c.assessment).streams[2].instrument, -1);  // B
  c.plant.measurements[2].of = "B.flow_vol";
  EXPECT_EQ(digest(c.plant, c.assessment).streams[2].instrument, 2);
  c.plant.measurements[2].of = "B.temperature";
  EXPECT_EQ(digest(c.plant, c.assessment).streams[2].instrument, -1);
}

TEST(FindingText, HasASentenceForEveryCodeOfAssess) {
  const auto c = testing::small_network();
  for (const auto language : {words::Language::en, words::Language::zh}) {
    const words::Words words(language);
    for (const char* code : {"gross_error.bias",
                             "gross_error.leak",
                             "gross_error.cannot_tell",
                             "balance.does_not_close",
                             "solver.infeasible",
                             "electrolyser.above_best_peer",
                             "evaporation.steam_excess",
                             "cannot_tell.load",
                             "no_price.electricity",
                             "no_price.steam",
                             "data.no_steady_window",
                             "data.gap",
                             "data.stuck",
                             "data.silent",
                             "data.not_in_file",
                             "data.bad_quality",
                             "data.too_many_gaps",
                             "data.partly_missing",
                             "data.unknown_columns",
                             "instrument.no_uncertainty",
                             "instrument.no_redundancy"}) {
      insight::Finding f;
      f.code = code;
      const auto text = describe(c.plant, words, f);
      EXPECT_EQ(text.title.find(code), std::string::npos) << code << ": " << text.title;
      EXPECT_FALSE(text.title.empty()) << code;
      EXPECT_FALSE(text.next.empty()) << code;
    }
    insight::Finding strange;
    strange.code = "something.new";
    strange.path = "E101";
    EXPECT_EQ(describe(c.plant, words, strange).title, "something.new E101");
  }
}

TEST(FindingText, OfATieNamesInstrumentsAndUnitsApart) {
  const auto c = testing::small_network();
  const words::Words en(words::Language::en);
  insight::Finding f{.code = "gross_error.cannot_tell", .blanks = {{"tag", "FI-1"}, {"others", "FI-2, FI-3"}}};
  EXPECT_EQ(describe(c.plant, en, f).title, "One of FI-1, FI-2, FI-3 is wrong; the data cannot tell which");
  f.blanks["units"] = "N1";
  f.wording = "or_leak";
  EXPECT_EQ(describe(c.plant, en, f).title,
            "One of FI-1, FI-2, FI-3 is wrong, or material is lost or gained at N1; the data cannot tell which");
  f.blanks["others"] = "";
  f.wording = "alone_or_leak";
  EXPECT_EQ(describe(c.plant, en, f).title,
            "FI-1 is wrong, or material is lost or gained at N1; the data cannot tell which");
  f.blanks["units"] = "";
  f.wording = "alone";
  EXPECT_EQ(describe(c.plant, en, f).title, "FI-1 disagrees with the balances, but nothing is left to confirm it");
  f.blanks = {{"unit", "N1"}, {"units", "N2"}};
  f.wording = "leak";
  f.evidence = {{"N1", {0.5, 0.1, "kg/s"}, "leak"}};
  EXPECT_EQ(describe(c.plant, en, f).title, "Material is lost or gained at N1 or N2; the data cannot tell where");
}

TEST(FindingText, OfBalancesThatDoNotCloseSaysOfAUnitThatItLosesOrGains) {
  const auto c = testing::small_network();
  insight::Finding f{.code = insight::kOpenBalance,
                     .evidence = {{"", {24.0, {}, "1"}, "windows_named"}, {"", {24.0, {}, "1"}, "windows_reconciled"}},
                     .blanks = {{"likeliest", "FI-1, N1"}},
                     .wording = "likeliest"};
  EXPECT_EQ(
      describe(c.plant, words::Words(words::Language::en), f).title,
      "The balances do not close in 24 of 24 windows; likeliest: FI-1 is wrong, or material is lost or gained at N1");
  EXPECT_EQ(describe(c.plant, words::Words(words::Language::zh), f).title,
            "24 个时段中有 24 个平衡不能闭合；最可能：FI-1 有误，或 N1 有物料去向或来源不明");
}

TEST(FindingText, CallsUnitsByTheirTitleAndCode) {
  auto c = testing::small_network();
  ASSERT_GE(c.plant.units.size(), 2u);
  c.plant.units[0].title = {"brine header", "盐水总管"};
  const auto first = c.plant.units[0].name, second = c.plant.units[1].name;
  insight::Finding f{.code = "gross_error.cannot_tell",
                     .blanks = {{"unit", first}, {"units", first + ", " + second}},
                     .wording = "leak"};
  f.evidence = {{first, {0.5, 0.1, "kg/s"}, "leak"}};
  const auto text = describe(c.plant, words::Words(words::Language::en), f);
  EXPECT_EQ(text.title, "Material is lost or gained at brine header " + first + " or brine header " + first + ", " +
                            second + "; the data cannot tell where");
  EXPECT_EQ(text.next.find("brine header"), std::string::npos) << text.next;
  const auto zh = describe(c.plant, words::Words(words::Language::zh), f);
  EXPECT_NE(zh.title.find("盐水总管 " + first), std::string::npos) << zh.title;
}

TEST(FindingText, OfWhatCannotBeToldSaysWhatIsMissing) {
  const auto c = testing::small_network();
  insight::Finding f{.code = "cannot_tell.comprehensive_energy_per_naoh", .wording = "auxiliaries"};
  EXPECT_NE(describe(c.plant, words::Words(words::Language::en), f).next.find("[economics] auxiliaries"),
            std::string::npos);
  EXPECT_NE(describe(c.plant, words::Words(words::Language::zh), f).next.find("[economics]"), std::string::npos);
  f.blanks = {{"paths", "ST.flow_mass"}};
  f.wording = "instruments";
  EXPECT_NE(describe(c.plant, words::Words(words::Language::en), f).next.find("ST.flow_mass"), std::string::npos);
  EXPECT_NE(describe(c.plant, words::Words(words::Language::zh), f).next.find("ST.flow_mass"), std::string::npos);
}

TEST(Digest, WhoeverWouldExplainTheErrorAsWellDoesNotAgree) {
  auto c = testing::small_network();
  auto& a = c.assessment;
  auto& state = *a.windows[0].state;
  a.findings[0].code = "gross_error.cannot_tell";
  state.reconciliation.gross_errors[0].alternatives = {
      {solve::GrossError::Kind::bias, state.instruments[0].reading},
      {solve::GrossError::Kind::leak, state.instruments[2].reading}};  // a unit's number, not an instrument's
  const auto d = digest(c.plant, a);
  EXPECT_EQ(d.instruments[0].verdict, Verdict::one_of_several);
  EXPECT_EQ(d.instruments[1].verdict, Verdict::one_of_several);
  EXPECT_EQ(d.instruments[2].verdict, Verdict::agrees);
  EXPECT_EQ(d.agreeing, 1);
}

TEST(Summary, IsNotAllRightAboveWindowsThatAccuse) {
  auto c = testing::cell_room();  // some of its windows accuse FI-204
  auto& a = c.assessment;
  std::erase_if(a.findings, [](const auto& f) { return f.severity != insight::Finding::Severity::info; });
  for (auto& w : a.windows)
    if (w.state) {
      auto& r = w.state->reconciliation;
      r.global_test.passed = r.gross_errors.empty();
      r.after_elimination = r.global_test;
      r.after_elimination->passed = true;
    }
  ASSERT_GT(digest(c.plant, a).accusing, 0);
  const auto s = summary(c);
  EXPECT_EQ(s.sentences[0].text.find("All right"), std::string::npos) << s.sentences[0].text;
  EXPECT_NE(s.sentences[0].text.find("FI-204"), std::string::npos) << s.sentences[0].text;
  EXPECT_NE(s.sentences[3].text.find("FI-204"), std::string::npos) << s.sentences[3].text;
  for (auto& w : a.windows)
    if (w.state) {
      w.state->reconciliation.gross_errors.clear();
      w.state->reconciliation.global_test.passed = true;
    }
  EXPECT_NE(summary(c).sentences[0].text.find("All right"), std::string::npos) << summary(c).sentences[0].text;
}

TEST(Summary, CountsOnlyWhatIsChecked) {
  auto c = testing::small_network();
  auto& a = c.assessment;
  a.findings.clear();
  auto& state = *a.windows[0].state;
  auto& r = state.reconciliation;
  r.gross_errors.clear();
  r.after_elimination.reset();
  r.global_test = {.statistic = 0.4, .degrees_of_freedom = 1, .alpha = 0.05, .critical = 3.84, .passed = true};
  std::fill(r.used.begin(), r.used.end(), true);
  for (const auto& i : state.instruments)
    if (i.reading >= 0) r.estimates[static_cast<std::size_t>(i.variable)].kind = solve::Class::redundant;
  const auto all_see = [&](double sds) {
    for (const auto& i : state.instruments)
      if (i.reading >= 0) r.smallest_seen[static_cast<std::size_t>(i.reading)] = sds * *i.sd;
  };
  all_see(5.0);
  const auto well = summary(c);
  EXPECT_EQ(well.health, PlantHealth::ok);
  EXPECT_EQ(well.sentences[0].text, "All right: the balances close and no instrument is accused.");
  EXPECT_EQ(well.sentences[3].text, "3 agree; an error of 5.0 standard deviations would be seen in each of them.");
  r.smallest_seen[0] = 2.0 / 3.6;  // FI-1 of 0.1 t/h: 20 sd
  const auto some = summary(c);
  EXPECT_EQ(some.health, PlantHealth::ok);
  EXPECT_NE(some.sentences[0].text.find("1 of 3 are hardly checked"), std::string::npos) << some.sentences[0].text;
  EXPECT_EQ(some.sentences[3].text,
            "2 agree; an error of 5.0 standard deviations would be seen in each of them. 1 more is hardly checked: an "
            "error may go unseen below 2 t/h in FI-1.");
  EXPECT_EQ(digest(c.plant, a).instruments[0].verdict, Verdict::hardly_checked);
  all_see(9.0);
  r.smallest_seen[1].reset();  // whom only a bound checks
  const auto none = summary(c);
  EXPECT_EQ(none.health, PlantHealth::cannot_tell);
  EXPECT_EQ(none.sentences[0].text.find("All right"), std::string::npos) << none.sentences[0].text;
  EXPECT_NE(none.sentences[3].text.find("2 agree, but are hardly checked: an error may go unseen below "),
            std::string::npos)
      << none.sentences[3].text;
  EXPECT_EQ(digest(c.plant, a).instruments[1].verdict, Verdict::unchecked) << "no error of it would be seen";
}

TEST(Summary, KeepsTheCapitalOfAName) {
  auto c = testing::small_network();
  c.assessment.findings = {{.code = insight::kReadsWrong,
                            .severity = insight::Finding::Severity::warning,
                            .path = "Feed",
                            .blanks = {{"tag", "Feed"}}}};
  EXPECT_NE(summary(c).sentences[0].text.find("Feed reads"), std::string::npos) << summary(c).sentences[0].text;
  c.assessment.findings[0] = {.code = insight::kOpenBalance, .severity = insight::Finding::Severity::warning};
  EXPECT_NE(summary(c).sentences[0].text.find(": the balances do not close"), std::string::npos)
      << summary(c).sentences[0].text;
}

TEST(FindingText, NamesEachOfALargeGroupOnce) {
  const auto c = testing::small_network();
  insight::Finding f{.code = insight::kOneOfSeveral, .wording = "many"};
  f.blanks = {{"tag", "FI-1"}, {"each", "FI-1, FI-2, FI-3, N1, N2, N3"}};
  f.evidence = {{"", {6.0, {}, "1"}, "suspects"}};
  const auto text = describe(c.plant, words::Words(words::Language::en), f);
  EXPECT_EQ(text.title, "One thing is wrong, and the data cannot tell which of 6 it is");
  for (const char* name : {"FI-1", "FI-2", "FI-3", "N1", "N2", "N3"}) {
    const auto first = text.next.find(name);
    ASSERT_NE(first, std::string::npos) << name << " in " << text.next;
    EXPECT_EQ(text.next.find(name, first + 1), std::string::npos) << name << " twice in " << text.next;
  }
}

TEST(Summary, SaysOfMoneyAndEnergyWhetherTheyAreFacts) {
  auto c = testing::cell_room();
  for (const auto& l : c.assessment.losses)
    if (l.path == "EV1") c.assessment.rests_on["EV1." + l.kind] = {"FI-204"};
  EXPECT_NE(summary(c).sentences[2].text.find("Not counted, as it rests on FI-204"), std::string::npos)
      << summary(c).sentences[2].text;
  c.assessment.open = true;
  EXPECT_NE(summary(c).sentences[1].text.find("no facts"), std::string::npos) << summary(c).sentences[1].text;
  EXPECT_EQ(summary(c).sentences[2].text.find("CNY"), std::string::npos) << summary(c).sentences[2].text;
}

TEST(Digest, ShowsWhatTheOthersSayOfOneThatMayBeWrongThoughItIsInUse) {
  auto c = testing::small_network();
  auto& state = *c.assessment.windows[0].state;
  auto& r = state.reconciliation;
  const int reading = state.instruments[0].reading;
  const double measured = *state.instruments[0].measured, sd = *state.instruments[0].sd;
  r.estimates[static_cast<std::size_t>(state.instruments[0].variable)].value = measured;  // it follows the reading
  r.gross_errors[0].also_possible = {{solve::GrossError::Kind::bias, reading, 8.0, 10.0 * sd, 1.25 * sd}};
  c.assessment.findings = {{.code = insight::kOneOfSeveral,
                            .severity = insight::Finding::Severity::warning,
                            .path = "FI-2",
                            .blanks = {{"tag", "FI-2"}, {"others", "FI-1"}}}};
  const auto i = digest(c.plant, c.assessment).instruments[0];
  ASSERT_EQ(i.verdict, Verdict::one_of_several);
  EXPECT_NEAR(i.in_sd.value(), -10.0, 1e-9) << "not 0.0 sd as though it agreed";
  EXPECT_NEAR(i.others_say.value(), measured - 10.0 * sd, 1e-9);
  EXPECT_NEAR(i.reconciled_sd.value(), 0.75, 1e-9);
}

TEST(Summary, OfAGroupSaysASentenceOfItsOwn) {
  auto c = testing::small_network();
  auto& a = c.assessment;
  ASSERT_EQ(a.findings[0].code, insight::kReadsWrong);
  a.findings.push_back({.code = insight::kOneOfSeveral,
                        .severity = insight::Finding::Severity::warning,
                        .blanks = {{"tag", "FI-1"}, {"others", "FI-3, FI-4"}}});
  const auto en = summary(c).sentences[3].text, zh = summary(c, words::Language::zh).sentences[3].text;
  EXPECT_NE(en.find("too high. One of FI-1, FI-3, FI-4 is wrong; the data cannot tell which"), std::string::npos) << en;
  EXPECT_EQ(en.find("which and"), std::string::npos) << en;
  EXPECT_NE(zh.find("。FI-1、FI-3、FI-4 之一有误，现有数据无法区分"), std::string::npos) << zh;
  EXPECT_EQ(zh.find(", "), std::string::npos) << zh;
}

TEST(Digest, NobodyCallsOneUncheckedWhomItDoubts) {
  auto c = testing::small_network();
  auto& state = *c.assessment.windows[0].state;
  auto& r = state.reconciliation;
  c.assessment.findings.clear();
  r.gross_errors[0].also_possible = {{solve::GrossError::Kind::bias, state.instruments[0].reading, 3.0, 0.1, 0.1}};
  r.estimates[static_cast<std::size_t>(state.instruments[0].variable)].kind = solve::Class::nonredundant;
  const auto d = digest(c.plant, c.assessment);
  EXPECT_EQ(d.instruments[0].verdict, Verdict::doubtful);
  EXPECT_EQ(d.instruments[0].accused, 1);
  EXPECT_EQ(d.accusing, 1);
  EXPECT_EQ(d.doubted.size(), 2u);
}

TEST(Summary, OfWindowsWithoutRedundancyDoesNotCountOpenBalances) {
  auto c = testing::cell_room();
  for (auto& w : c.assessment.windows)
    if (w.state) {
      w.state->reconciliation.after_elimination.reset();
      w.state->reconciliation.global_test.passed.reset();
    }
  EXPECT_NE(summary(c).sentences[4].text.find("without redundancy"), std::string::npos);
  EXPECT_EQ(summary(c).sentences[4].text.find("close in 0"), std::string::npos);
}

TEST(FindingText, SaysTooLowWithoutAMinus) {
  const auto c = testing::small_network();
  auto f = c.assessment.findings[0];
  f.evidence[0].amount.value = -1.0 / 3.6;
  f.wording = "low";
  EXPECT_EQ(describe(c.plant, words::Words(words::Language::en), f).title, "FI-2 reads 1.00 ± 0.32 t/h too low");
  f.code = "gross_error.leak";
  f.blanks = {{"unit", "N1"}};
  f.evidence = {{"N1", {-0.5, 0.1, "kg/s"}, "leak"}};
  EXPECT_EQ(describe(c.plant, words::Words(words::Language::en), f).title,
            "N1 gains 1.80 ± 0.36 t/h that no stream accounts for");
}

}  // namespace
}  // namespace castner::report

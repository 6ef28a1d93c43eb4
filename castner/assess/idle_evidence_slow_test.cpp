// SPDX-License-Identifier: Apache-2.0
// Whether a unit runs, all readings tell together: one meter that fails, a unit that is exported in many ways, days in which one is switched.
#include <functional>
#include <map>
#include <set>

#include "castner/assess/idle_for_tests.h"

namespace castner::assess {
namespace {

using namespace idle_tests;

/// What one reading says against the rest: it is named, or it is not used.
bool is_named(const State& s, const std::string& tag) {
  for (const auto& c : s.contradicted)
    if (c.tag == tag) return true;
  for (const auto& i : s.instruments) {
    if (i.tag != tag) continue;
    if (i.reading < 0) return true;
    for (const auto& g : s.reconciliation.gross_errors) {
      if (g.kind == solve::GrossError::Kind::bias && g.index == i.reading) return true;
      for (const auto& other : g.alternatives)
        if (other.kind == solve::GrossError::Kind::bias && other.index == i.reading) return true;
    }
  }
  return false;
}

bool all_closes(const State& s) {
  const auto& r = s.reconciliation;
  return r.report.status == solve::Status::converged &&
         (r.global_test.passed.value_or(false) || (r.after_elimination && r.after_elimination->passed.value_or(false)));
}

class CellRoomReadings : public StoppedWithinTheDay {
 protected:
  std::vector<Measured> readings(const std::vector<double>& x) const {
    std::vector<Measured> all;
    for (const auto& m : plant_.measurements) {
      const double v = x[static_cast<std::size_t>(m.variable)];
      // What nothing determines is still read, as it was.
      const double load = runs_[static_cast<std::size_t>(m.variable)];
      all.push_back({.value = std::isfinite(v) ? v : load, .at_load = load});
    }
    return all;
  }
  Measured& of(std::vector<Measured>& all, const std::string& tag) const {
    for (std::size_t i = 0; i < all.size(); ++i)
      if (plant_.measurements[i].tag == tag) return all[i];
    ADD_FAILURE() << tag;
    return all.front();
  }
  State balanced(const std::vector<Measured>& all, std::vector<plant::IdleWord> words = {}) const {
    PlantReconciler reconciler(plant_);
    return reconciler.reconcile(all, {}, false, words);
  }
  /// Whether a measurement may show that something runs.
  bool shows(const plant::Measurement& m) const {
    const std::string& of = plant_.flowsheet->variables()[static_cast<std::size_t>(m.variable)].name;
    return of.find(".flow_") != std::string::npos || of.find(".current") != std::string::npos ||
           of.find("voltage") != std::string::npos || of.find("power") != std::string::npos;
  }
};

TEST_F(CellRoomReadings, OneMeterAtZeroSwitchesNothingOff) {
  for (std::size_t i = 0; i < plant_.measurements.size(); ++i) {
    if (!shows(plant_.measurements[i])) continue;
    for (const double zero : {0.0, -0.003, 0.004}) {
      auto all = readings(runs_);
      const std::string& tag = plant_.measurements[i].tag;
      if (zero != 0.0 && i % 3 != 0) continue;
      *all[i].value *= zero;
      const State s = balanced(all);
      EXPECT_TRUE(s.idle.empty()) << tag << " at " << zero;
      EXPECT_TRUE(all_closes(s)) << tag << " at " << zero << ": " << s.reconciliation.report.advice.text;
      EXPECT_TRUE(is_named(s, tag)) << tag << " at " << zero;
    }
  }
}

TEST_F(CellRoomReadings, OneElectrolyserIsIdleHoweverItIsExported) {
  using Change = std::function<void(Measured&, double load, bool volts)>;
  const auto lost = [](Measured& r, double, bool) { r.value.reset(); };
  const auto bad = [](double share) -> Change {
    return [=](Measured& r, double load, bool) { r = {.value = share * load, .quality = Quality::bad}; };
  };
  const std::map<std::string, Change> ways = {
      {"zero", [](Measured& r, double, bool) { r.value = 0.0; }},
      {"an offset", [](Measured& r, double load, bool volts) { r.value = (volts ? 0.02 : 0.002) * load; }},
      {"a live zero", [](Measured& r, double load, bool) { r.value = -0.003 * load; }},
      {"a broken wire", [](Measured& r, double load, bool) { r.value = -0.25 * load; }},
      {"kept polarised", [](Measured& r, double load, bool volts) { r.value = (volts ? 0.75 : 0.0) * load; }},
      {"stood at 2.65 V a cell", [](Measured& r, double load, bool volts) { r.value = (volts ? 0.883 : 0.0) * load; }},
      {"a voltmeter that hangs", [](Measured& r, double load, bool volts) { r.value = volts ? load : 0.0; }},
      {"all hang", [](Measured& r, double load, bool) { r = {.value = load, .why_not = "stuck"}; }},
      {"hangs at 0", [](Measured& r, double, bool) { r = {.value = 0.0, .why_not = "stuck"}; }},
      {"bad at 0", bad(0.0)},
      {"bad at the last value", bad(1.0)},
      {"gaps", [](Measured& r, double load, bool) { r = {.value = load, .why_not = "gaps"}; }},
      {"no data", lost},
  };
  for (const auto& [how, change] : ways) {
    SCOPED_TRACE(how);
    auto all = readings(stands_);
    for (std::size_t i = 0; i < all.size(); ++i) {
      const auto& m = plant_.measurements[i];
      const auto v = static_cast<std::size_t>(m.variable);
      const bool its = m.tag.find("-14") != std::string::npos;
      const bool state = how == "no data" || how == "all hang" || how == "gaps" || how.starts_with("bad");
      if (its && (shows(m) || state)) change(all[i], runs_[v], m.tag == "EI-1401");
    }
    const State s = balanced(all);
    EXPECT_EQ((Told{plant_, s}.idle()), (Names{"E4", "R4"}));
    EXPECT_TRUE(all_closes(s)) << s.reconciliation.report.advice.text;
    EXPECT_TRUE(s.reconciliation.gross_errors.empty());
    EXPECT_NEAR((Told{plant_, s}["E1.current_efficiency"].value), 0.96, 2e-3);
    EXPECT_EQ(s.contradicted.size(), how == "a voltmeter that hangs" || how.starts_with("stood") ? 1u : 0u);
  }
  // An ammeter or a power meter that hangs at its load.
  for (const char* tag : {"II-1401", "JI-1401"}) {
    auto all = readings(stands_);
    of(all, "EI-1401").value = 0.0;
    of(all, tag).value = *of(all, std::string(tag).replace(3, 2, "11")).value;
    const State s = balanced(all);
    EXPECT_EQ((Told{plant_, s}.idle()), (Names{"E4", "R4"})) << tag;
    EXPECT_TRUE(all_closes(s)) << tag;
    EXPECT_TRUE(is_named(s, tag)) << tag;
  }
  // Nothing but its flows is read, all 0; and a tag of its own.
  auto flows = readings(stands_), silent = flows;
  for (std::size_t i = 0; i < flows.size(); ++i)
    if (const std::string& tag = plant_.measurements[i].tag; tag.find("-14") != std::string::npos) {
      silent[i].value.reset();
      if (!tag.starts_with("FI")) flows[i].value.reset();
    }
  std::vector<plant::IdleWord> words(plant_.units.size(), plant::IdleWord::nothing);
  for (std::size_t u = 0; u < words.size(); ++u)
    if (plant_.units[u].name == "E4") words[u] = plant::IdleWord::idle;
  for (const State& s : {balanced(flows), balanced(silent, words)}) {
    EXPECT_EQ((Told{plant_, s}.idle()), (Names{"E4", "R4"}));
    EXPECT_TRUE(all_closes(s)) << s.reconciliation.report.advice.text;
    EXPECT_TRUE(s.silent.empty());
  }
}

// E4 stands still, and nothing is read of it nor of others that run: these are not switched off with it.
TEST_F(CellRoomReadings, OfSilentUnitsThoseThatRunGoOn) {
  const auto without = [&](const std::vector<double>& x, const std::vector<std::string>& tags) {
    auto all = readings(x);
    for (std::size_t i = 0; i < all.size(); ++i)
      for (const std::string& tag : tags)
        if (plant_.measurements[i].tag.find(tag) != std::string::npos) all[i].value.reset();
    return balanced(all);
  };
  const std::vector<std::string> effect = {"FI-5302", "TI-5302", "AI-5301", "TI-5301", "PI-5301"};
  auto both = effect;
  both.push_back("-14");
  const State one = without(stands_, both);
  EXPECT_TRUE(all_closes(one)) << one.reconciliation.report.advice.text;
  EXPECT_EQ((Told{plant_, one}.idle()), (Names{"E4", "R4"}));
  EXPECT_EQ(one.silent.size(), 1u);
  // E3 runs: with its readings lost as well, E3 and E4 together make as much as one; nobody can tell how.
  const State two = without(stands_, {"-13", "-14"});
  EXPECT_TRUE(all_closes(two)) << two.reconciliation.report.advice.text;
  EXPECT_EQ((Told{plant_, two}.idle()), Names{});
  // All run.
  EXPECT_TRUE(without(runs_, {"-13", "-14"}).idle.empty());
  EXPECT_TRUE(without(runs_, effect).idle.empty());
}

TEST_F(CellRoomReadings, ARoughMeterAtLoadIsNotAtRest) {
  for (const char* tag : {"JI-1101", "FI-5101", "FI-5102", "FI-2004"})
    for (const Quality quality : {Quality::good, Quality::uncertain}) {
      auto all = readings(runs_);
      Measured& r = of(all, tag);
      r.sd = 0.35 * *r.value;
      r.quality = quality;
      EXPECT_TRUE(balanced(all).idle.empty()) << tag;
    }
  for (auto& m : plant_.measurements)  // and said of the instrument in the plant file
    if (m.tag == "JI-1101" || m.tag == "FI-5101") m.uncertainty = {.fraction = 0.35, .floor = 50.0};
  EXPECT_TRUE(balanced(readings(runs_)).idle.empty());
}

TEST(IdleKey, IsDoubtedWhereReadingsShowLoad) {
  const auto plant = plant_of(pair(14.54, 34.4, 58.0, "idle=true\n"));
  const State s = state_of(plant);
  ASSERT_EQ(s.contradicted.size(), 1u);
  EXPECT_EQ(s.contradicted[0].tag, "I2");
  EXPECT_TRUE(s.contradicted[0].load && s.contradicted[0].said);
  const auto& warnings = s.reconciliation.report.warnings;
  EXPECT_TRUE(std::any_of(warnings.begin(), warnings.end(), [](const Warning& w) {
    return w.text == "E2 is declared out of service, by idle in the plant file or its tag, but load is shown by: I2";
  }));
  EXPECT_TRUE(state_of(plant_of(pair(0.0, 17.2, 29.0, "idle=true\n"))).contradicted.empty());
}

/// Two hours of the pair, minute by minute; E2's current [kA] and voltage [V] as given.
Result<Assessment> pair_through_time(const std::function<double(int)>& current, const std::function<double(int)>& flow,
                                     double voltage, const std::string& of_e2 = "", const Series* more = nullptr) {
  const auto plant =
      plant_of(pair(14.54, 34.4, 58.0, of_e2) + "[[measurement]]\ntag='U2'\nof='E2.voltage'\nsd=1.0\nunit='V'\n");
  tables::Table table;
  std::mt19937_64 random(7);
  std::normal_distribution<double> normal;
  for (const auto& m : plant.measurements) {
    Series s{.tag = m.tag, .unit = "", .samples = {}};
    for (int k = 0; k < 120; ++k) {
      double v = m.value ? m.unit.from_si(*m.value) : voltage;
      if (m.tag == "I2") v = current(k);
      if (m.tag == "FB2" || m.tag == "FL2") v *= flow(k);
      const double noise =
          v == 0.0 ? 0.0 : 0.1 * m.unit.difference_from_si(m.uncertainty.sd(m.unit.to_si(v))) * normal(random);
      s.samples.push_back({Time{} + std::chrono::minutes(k), v + noise, Quality::good});
    }
    if (m.tag != "U2" || voltage > 0.0) table.series.push_back(std::move(s));
  }
  if (more) table.series.push_back(*more);
  return assess(plant, table, "data.csv");
}
double always(int) { return 1.0; }
double at_full_load(int) { return 14.54; }

TEST(IdleInTime, ARampAndAnOscillationAreUnsteadyAndNotIdle) {
  const auto ramp = [](int k) { return 1.0 + 0.4 * (k % 30); };
  const auto swing = [](int k) { return 14.54 * (1.0 + 0.6 * std::sin(2 * 3.14159 * k / 45.0)); };
  for (const std::function<double(int)>& current :
       {std::function<double(int)>(ramp), std::function<double(int)>(swing)}) {
    const auto a = pair_through_time(current, always, 0.0);
    ASSERT_TRUE(a) << a.error().text();
    for (const auto& w : a->windows) {
      EXPECT_FALSE(w.state && !w.state->idle.empty());
      EXPECT_FALSE(w.steady);
      EXPECT_TRUE(w.switched.empty());
    }
  }
}

TEST(IdleInTime, ADeadAmmeterAndALoneZeroAreNoSwitch) {
  const auto dead = [](int k) { return k < 45 ? 14.54 : 0.0; };
  const auto lone = [](int k) { return k == 59 ? 0.0 : 14.54; };  // the last row of a window
  for (const std::function<double(int)>& current :
       {std::function<double(int)>(dead), std::function<double(int)>(lone)}) {
    const auto a = pair_through_time(current, always, 450.0);
    ASSERT_TRUE(a) << a.error().text();
    for (const auto& w : a->windows) {
      EXPECT_TRUE(w.switched.empty());
      EXPECT_FALSE(w.state && !w.state->idle.empty());
    }
  }
  const auto without_voltmeter = pair_through_time(lone, always, 0.0);
  ASSERT_TRUE(without_voltmeter);
  for (const auto& w : without_voltmeter->windows) EXPECT_TRUE(w.switched.empty());
  const auto stops = [](int k) { return k < 45 ? 14.54 : 0.0; };
  const auto shuts = [](int k) { return k < 45 ? 1.0 : 0.0; };
  const auto a = pair_through_time(stops, shuts, 0.0);
  ASSERT_TRUE(a);
  EXPECT_EQ(a->windows[1].switched.size(), 1u);
  ASSERT_TRUE(a->windows[3].state);
  EXPECT_EQ(a->windows[3].state->idle.size(), 1u);
}

TEST(IdleInTime, AnOnOffDutyIsACycleAndNoSwitch) {
  const auto a = pair_through_time([](int k) { return k % 10 < 8 ? 14.54 : 0.0; },
                                   [](int k) { return k % 10 < 8 ? 1.0 : 0.0; }, 0.0);
  ASSERT_TRUE(a);
  for (const auto& w : a->windows) EXPECT_TRUE(w.switched.empty());
}

TEST(IdleInTime, ATagReportedOnChangeHolds) {
  Series xs{.tag = "XS-2",
            .unit = "",
            .samples = {{Time{}, 1.0, Quality::good}, {Time{} + std::chrono::minutes(30), 0.0, Quality::good}}};
  const auto a = pair_through_time([](int k) { return k < 30 ? 14.54 : 0.0; }, [](int k) { return k < 30 ? 1.0 : 0.0; },
                                   0.0, "idle={tag='XS-2',when=0}\n", &xs);
  ASSERT_TRUE(a);
  for (std::size_t w = 0; w < a->windows.size(); ++w) {
    ASSERT_TRUE(a->windows[w].state) << w;
    EXPECT_EQ(a->windows[w].state->idle.size(), w == 0 ? 0u : 1u) << w;
  }
  const auto misspelt = pair_through_time(at_full_load, always, 0.0, "idle={tag='XS-02',when=0}\n", &xs);
  ASSERT_TRUE(misspelt);
  const auto& notes = misspelt->table.notes;
  EXPECT_TRUE(std::any_of(notes.begin(), notes.end(), [](const std::string& note) {
    return note.find("idle tells of E2") != std::string::npos && note.ends_with(": XS-02, XS-2");
  }));
}

// Instruments that come and go beside units that run make no state of their own: one solver is kept, not one for each of 512.
TEST_F(CellRoomReadings, HasOneStateWhateverIsReadOfWhatRuns) {
  PlantReconciler reconciler(plant_);
  std::set<plant::IdleSigns> states;
  std::mt19937 random(3);
  for (int n = 0; n < 40; ++n) {
    auto all = readings(runs_);
    for (std::size_t i = 0; i < all.size(); ++i)
      if (plant_.measurements[i].tag.starts_with("FI-1") && random() % 3 == 0) all[i].value.reset();
    states.insert(reconciler.choose(all).signs);
  }
  EXPECT_EQ(states.size(), 1u);
}

}  // namespace
}  // namespace castner::assess

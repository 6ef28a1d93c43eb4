// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <functional>
#include <random>

#include "castner/assess/assess.h"
#include "castner/base/file.h"
#include "castner/insight/findings.h"
#include "castner/plant_file/plant_file.h"
#include "castner/readings/time_zone.h"
#include "tests/support/root.h"

namespace castner::insight {
namespace {

using namespace assess;

using namespace std::chrono;

Judged judged_readings(const plant::Plant& plant, const std::vector<Measured>& readings) {
  return judged(plant, assess_readings(plant, readings));
}
Result<Judged> judged_table(const plant::Plant& plant, const tables::Table& table, const std::string& file,
                            const AssessOptions& options = {}) {
  return assess::assess(plant, table, file, options).map([&](Assessment a) { return judged(plant, std::move(a)); });
}

// Two nodes in a row with a bypass: A -> N1 -> B, C; B -> N2 -> D, E. Truth: 100 = 60 + 40, 60 = 25 + 35.
constexpr const char* kPlant = R"(
[plant]
name = "Two nodes"
currency = "CNY"
[[unit]]
name = "N1"
model = "node"
inlets = ["A"]
outlets = ["B", "C"]
[[unit]]
name = "N2"
model = "node"
inlets = ["B"]
outlets = ["D", "E"]
[[measurement]]
tag = "FI-1"
of = "A.flow_mass"
unit = "t/h"
sd = "1 %"
[[measurement]]
tag = "FI-2"
of = "B.flow_mass"
unit = "t/h"
sd = "1 %"
[[measurement]]
tag = "FI-3"
of = "C.flow_mass"
unit = "t/h"
sd = "1 %"
[[measurement]]
tag = "FI-4"
of = "D.flow_mass"
unit = "t/h"
sd = "1 %"
[[measurement]]
tag = "FI-5"
of = "E.flow_mass"
unit = "t/h"
sd = "1 %"
)";
const std::vector<std::pair<const char*, double>> kTruth{
    {"FI-1", 100}, {"FI-2", 60}, {"FI-3", 40}, {"FI-4", 25}, {"FI-5", 35}};

plant::Plant plant() {
  auto p = plant_file::read_plant(kPlant, "plant.toml");
  EXPECT_TRUE(p) << p.error().text();
  return std::move(*p);
}

tables::SnapshotRow row(const char* tag, double value, int line = 2) {
  return {.tag = tag, .value = value, .line = line};
}

std::vector<tables::SnapshotRow> truth_rows() {
  std::vector<tables::SnapshotRow> rows;
  for (const auto& [tag, value] : kTruth) rows.push_back(row(tag, value));
  return rows;
}

const Finding* find(const Judged& a, const std::string& code) {
  const auto it = std::find_if(a.findings.begin(), a.findings.end(), [&](const auto& f) { return f.code == code; });
  return it == a.findings.end() ? nullptr : &*it;
}

/// Two hours of minutes, four windows; `change` may bend a tag's value.
tables::Table table(const std::function<double(const std::string&, int, double)>& change, int length = 120) {
  tables::Table t;
  t.facts.shape = tables::TableShape::wide;
  std::mt19937 random(5);
  std::normal_distribution<double> noise(0.0, 0.05);
  const auto start = readings::parse_time("2026-11-03T00:00:00+08:00", std::nullopt).value();
  for (const auto& [tag, value] : kTruth) {
    readings::Series s{.tag = tag};
    for (int i = 0; i < length; ++i) s.samples.push_back({start + minutes(i), change(tag, i, value) + noise(random)});
    t.series.push_back(std::move(s));
  }
  return t;
}
double unchanged(const std::string&, int, double v) { return v; }

TEST(Snapshot, EveryProblemIsNamedAtOnceWithItsLine) {
  const auto p = plant();
  auto rows = truth_rows();
  rows.push_back(row("FI-l", 1.0, 7));
  rows.push_back(row("FI-1", 1.0, 8));
  rows[1].unit = "degC";
  rows[2].sd = 0.0;
  const auto result = snapshot_readings(p, rows, "data.csv");
  ASSERT_FALSE(result);
  const std::string text = result.error().text();
  EXPECT_EQ(result.error().problems.size(), 4u) << text;
  EXPECT_NE(text.find("data.csv:7: tag \"FI-l\" is not in the plant file; did you mean \"FI-1\"?"), std::string::npos)
      << text;
  EXPECT_NE(text.find("data.csv:8: tag \"FI-1\" occurs twice"), std::string::npos) << text;
}

TEST(Snapshot, ReadsUnitsSdAndQuality) {
  const auto p = plant();
  auto rows = truth_rows();
  rows[0].unit = "kg/s";
  rows[0].value = 100.0 / 3.6;
  rows[1].sd = 0.9;
  rows[2].quality = readings::Quality::uncertain;
  rows[3].quality = readings::Quality::bad;
  const auto readings = snapshot_readings(p, rows, "data.csv").value();
  EXPECT_NEAR(*readings[0].value, 100.0 / 3.6, 1e-12);
  PlantReconciler reconciler(p);
  const auto state = reconciler.reconcile(readings, {}, false);
  EXPECT_NEAR(*state.instruments[1].sd, 0.9 / 3.6, 1e-12);
  EXPECT_NEAR(*state.instruments[2].sd, 2 * 0.4 / 3.6, 1e-12) << "uncertain counts with twice the sd";
  EXPECT_EQ(state.instruments[3].why_not, "bad_quality");
  EXPECT_EQ(state.instruments[3].reading, -1);
  EXPECT_EQ(state.reconciliation.global_test.degrees_of_freedom, 1);
}

TEST(Assess, TheTrueReadingsRaiseNoSuspicion) {
  const auto a = judged_readings(plant(), snapshot_readings(plant(), truth_rows(), "x").value());
  EXPECT_EQ(find(a, "gross_error.bias"), nullptr);
  EXPECT_EQ(find(a, "balance.does_not_close"), nullptr);
  EXPECT_EQ(find(a, "data.no_steady_window"), nullptr);
}

TEST(Assess, AFlowmeterThatLiesIsNamedWithItsSize) {
  auto rows = truth_rows();
  rows[1].value += 10.0;  // FI-2, in both balances, 16 sd
  const auto p = plant();
  const auto a = judged_readings(p, snapshot_readings(p, rows, "x").value());
  const Finding* f = find(a, "gross_error.bias");
  ASSERT_NE(f, nullptr);
  EXPECT_EQ(f->path, "FI-2");
  EXPECT_NEAR(*f->evidence.at(0).amount.value, 10.0 / 3.6, *f->evidence.at(0).amount.sd);
}

TEST(Assess, FlowmetersThatCannotBeToldApartAreNamedTogether) {
  auto rows = truth_rows();
  rows[3].value += 5.0;  // FI-4 and FI-5 leave the same node and nothing else sees them
  const auto p = plant();
  const auto a = judged_readings(p, snapshot_readings(p, rows, "x").value());
  const Finding* f = find(a, "gross_error.cannot_tell");
  ASSERT_NE(f, nullptr);
  EXPECT_EQ(f->blanks.at("tag"), "FI-4");
  EXPECT_EQ(f->blanks.at("others"), "FI-5");
  EXPECT_EQ(f->blanks.at("units"), "N2") << "a leak explains it as well, and is no instrument";
}

TEST(Assess, ASuspectKeptForWantOfOthersExplainsTheOpenBalance) {
  const auto p = plant_file::read_plant(R"(
[[unit]]
name = "N1"
model = "node"
inlets = ["A"]
outlets = ["B"]
[[measurement]]
tag = "FI-1"
of = "A.flow_mass"
value = 10
sd = 0.1
[[measurement]]
tag = "FI-2"
of = "B.flow_mass"
value = 12
sd = 0.1
)",
                                        "plant.toml");
  const auto a = judged_readings(*p, plant_readings(*p));
  ASSERT_NE(find(a, "gross_error.cannot_tell"), nullptr);
  EXPECT_EQ(find(a, "balance.does_not_close"), nullptr) << "one thing is wrong, not two";
}

TEST(Assess, ReadingsThatWereNeverUsedAreNamedWithTheReason) {
  const auto p = plant();
  auto t = table([](const std::string& tag, int i, double v) {
    return tag == "FI-1" || (tag == "FI-2" && i >= 30 && i < 60) ? std::nan("") : v;
  });
  for (auto& s : t.series[4].samples) s.value = 0.0;
  const auto a = judged_table(p, t, "x");
  ASSERT_TRUE(a) << a.error().text();
  EXPECT_EQ(find(*a, "data.not_in_file")->blanks.at("tags"), "FI-1");
  EXPECT_EQ(find(*a, "data.partly_missing")->blanks.at("tags"), "FI-2");
  EXPECT_EQ(find(*a, "instrument.no_uncertainty")->blanks.at("tags"), "FI-5") << "1 % of 0";
  EXPECT_EQ(find(*a, "data.stuck"), nullptr) << "nobody repeats a value";
  EXPECT_EQ(find(*a, "data.silent"), nullptr) << "what has been told is not told again";
}

TEST(Assess, SilenceThatNoWindowShowsIsStillTold) {
  auto p = plant();
  p.assess.strict = true;
  // FI-2 is silent in the first hour, while FI-1 ramps: nothing of that hour is reconciled.
  const auto a = judged_table(p, table([](const std::string& tag, int i, double v) {
                                if (tag == "FI-2" && i < 60) return std::nan("");
                                return tag == "FI-1" && i < 60 ? v + i : v;
                              }),
                              "x");
  ASSERT_TRUE(a) << a.error().text();
  ASSERT_NE(find(*a, "data.silent"), nullptr);
  EXPECT_EQ(find(*a, "data.silent")->blanks.at("tag"), "FI-2");
  EXPECT_EQ(find(*a, "data.partly_missing"), nullptr);
}

TEST(Assess, AnIndicatorWithoutAValueSaysWhatIsMissing) {
  const std::string file = testing::root() + "/plants/caustic_evaporator/geankoplis.toml";
  const auto p = plant_file::read_plant(read_file(file).value(), file);  // no instruments
  ASSERT_TRUE(p) << p.error().text();
  const auto a = judged_readings(*p, plant_readings(*p));
  const Finding* f = find(a, "cannot_tell.evaporator_economy");
  ASSERT_NE(f, nullptr);
  EXPECT_EQ(f->wording, "instruments");
  EXPECT_EQ(f->blanks.at("paths"), "ST.flow_mass, V1.flow_mass");
}

TEST(Assess, SteadyWindowsAreReconciledAndOthersListed) {
  auto p = plant();
  // From minute 60 to 90 everything ramps up by a tenth.
  const auto t = table(
      [](const std::string&, int i, double v) { return v * (1.0 + 0.1 * std::clamp((i - 60) / 30.0, 0.0, 1.0)); });
  // A flow follows within a minute: 1/30 of 10 % is stored meanwhile, which is small against three times 1 %.
  const auto drifting = judged_table(p, t, "data.csv", {.time_zone = "+08:00"});
  ASSERT_TRUE(drifting);
  EXPECT_TRUE(drifting->windows[2].steady);
  EXPECT_EQ(drifting->windows[2].drifting_tags.size(), 5u);
  EXPECT_NE(find(*drifting, "data.drift"), nullptr);

  p.assess.strict = true;
  const auto a = judged_table(p, t, "data.csv", {.time_zone = "+08:00"});
  ASSERT_TRUE(a) << a.error().text();
  ASSERT_EQ(a->windows.size(), 4u);
  EXPECT_TRUE(a->windows[0].steady && a->windows[1].steady && a->windows[3].steady);
  EXPECT_FALSE(a->windows[2].steady);
  EXPECT_EQ(a->windows[2].unsteady_tags.size(), 5u);
  EXPECT_FALSE(a->windows[2].state);
  EXPECT_EQ(a->windows[3].state->reconciliation.report.status, solve::Status::converged);
  EXPECT_EQ(a->rows, 120);
}

TEST(Assess, ALiarMustLieInMostWindowsToBeAFinding) {
  const auto p = plant();
  const auto once = judged_table(
      p, table([](const std::string& tag, int i, double v) { return v + (tag == "FI-2" && i < 30 ? 10.0 : 0.0); }),
      "x");
  const auto always = judged_table(
      p, table([](const std::string& tag, int, double v) { return v + (tag == "FI-2" ? 10.0 : 0.0); }), "x");
  EXPECT_EQ(find(*once, "gross_error.bias"), nullptr);
  ASSERT_NE(find(*always, "gross_error.bias"), nullptr);
  EXPECT_EQ(find(*always, "gross_error.bias")->path, "FI-2");
}

/// Twelve windows in which one tag is bent, by the minute.
Judged six_hours(const std::string& bent, const std::function<double(int)>& by) {
  return judged_table(plant(),
                      table([&](const std::string& tag, int i, double v) { return tag == bent ? v + by(i) : v; }, 360),
                      "x", {.time_zone = "+08:00"})
      .value();
}
const Finding* wrong(const Judged& a) { return find(a, "gross_error.bias"); }

TEST(LatestWindows, AnErrorThatBeganWithinTheDataSaysSinceWhen) {
  const auto late = six_hours("FI-2", [](int i) { return i < 270 ? 0.0 : 10.0; });
  ASSERT_NE(wrong(late), nullptr);
  EXPECT_EQ(wrong(late)->path, "FI-2");
  EXPECT_EQ(wrong(late)->since, "2026-11-03 04:30");
  EXPECT_FALSE(wrong(late)->growing) << "a step";
  EXPECT_NEAR(*wrong(late)->evidence.at(0).amount.value, 10.0 / 3.6, *wrong(late)->evidence.at(0).amount.sd);
  EXPECT_EQ(wrong(six_hours("FI-2", [](int i) { return i < 300 ? 0.0 : 10.0; })), nullptr) << "two windows";
  EXPECT_EQ(wrong(six_hours("FI-2", [](int i) { return i < 120 || i >= 240 ? 0.0 : 10.0; })), nullptr) << "over";
}

TEST(LatestWindows, AnErrorOfMostWindowsSaysSinceWhenOnlyWhereItBegan) {
  const auto from_third = six_hours("FI-2", [](int i) { return i < 90 ? 0.0 : 10.0; });
  ASSERT_NE(wrong(from_third), nullptr);
  EXPECT_EQ(wrong(from_third)->since, "2026-11-03 01:30");
  const auto one_spared = six_hours("FI-2", [](int i) { return i < 30 ? 0.0 : 10.0; });
  ASSERT_NE(wrong(one_spared), nullptr);
  EXPECT_EQ(wrong(one_spared)->since, "") << "one window that did not find it is chance";
}

TEST(LatestWindows, ADriftIsToldToGrowWithTheSizeThatItHasNow) {
  for (const double sign : {1.0, -1.0}) {
    const auto a = six_hours("FI-2", [&](int i) { return sign * 8.0 * i / 360.0; });
    ASSERT_NE(wrong(a), nullptr);
    EXPECT_TRUE(wrong(a)->growing);
    EXPECT_NE(wrong(a)->since, "");
    EXPECT_EQ(wrong(a)->wording, sign < 0.0 ? "low" : "");
    const auto& size = wrong(a)->evidence.at(0).amount;
    EXPECT_NEAR(*size.value, sign * 8.0 * 345.0 / 360.0 / 3.6, *size.sd) << "that of the last window";
  }
}

TEST(LatestWindows, ErrorsToOneSideAndTheOtherAreNotOneError) {
  const auto a = six_hours("FI-2", [](int i) { return i < 270 ? 0.0 : i >= 300 && i < 330 ? -10.0 : 10.0; });
  EXPECT_EQ(wrong(a), nullptr);
}

TEST(LatestWindows, AWindowWithoutTheInstrumentIsPassedOver) {
  const auto a = six_hours("FI-2", [](int i) { return i < 240 ? 0.0 : i >= 300 && i < 330 ? std::nan("") : 10.0; });
  ASSERT_NE(wrong(a), nullptr);
  EXPECT_EQ(wrong(a)->since, "2026-11-03 04:00");
}

TEST(LatestWindows, OneOfSeveralSaysSinceWhenToo) {
  const auto a = six_hours("FI-4", [](int i) { return i < 270 ? 0.0 : 5.0; });
  const Finding* f = find(a, "gross_error.cannot_tell");
  ASSERT_NE(f, nullptr);
  EXPECT_EQ(f->since, "2026-11-03 04:30");
  EXPECT_FALSE(f->growing);
}

TEST(Assess, AWindowWithoutAnyFlowIsNotSteady) {
  const auto a = judged_table(
      plant(), table([](const std::string&, int i, double v) { return i >= 30 && i < 60 ? std::nan("") : v; }), "x");
  ASSERT_TRUE(a) << a.error().text();
  EXPECT_FALSE(a->windows.at(1).steady);
  EXPECT_FALSE(a->windows[1].state);
  EXPECT_TRUE(a->windows[0].steady && a->windows[2].steady && a->windows[3].steady);
  // One flow that goes on is a balance of little, but one.
  const auto one = judged_table(plant(), table([](const std::string& tag, int i, double v) {
                                  return tag != "FI-4" && i >= 30 && i < 60 ? std::nan("") : v;
                                }),
                                "x");
  EXPECT_TRUE(one->windows.at(1).steady);
}

TEST(Assess, ColumnsThePlantDoesNotKnowAreAFindingAndAForeignFileIsRefused) {
  const auto p = plant();
  auto t = table(unchanged);
  t.series[2].tag = "PI-9";
  const auto a = judged_table(p, t, "data.csv");
  ASSERT_TRUE(a);
  EXPECT_EQ(find(*a, "data.unknown_columns")->blanks.at("tags"), "PI-9");
  EXPECT_EQ(find(*a, "data.not_in_file")->blanks.at("tags"), "FI-3");
  t.series[2].tag = "FI-3 (furlongs)";
  EXPECT_FALSE(judged_table(p, t, "data.csv")) << "a column of the plant is never left out";
  for (auto& s : t.series) s.tag = "X" + s.tag;
  EXPECT_FALSE(judged_table(p, t, "data.csv"));
}

TEST(Assess, AUnitThatDoesNotFitIsRefused) {
  auto t = table(unchanged);
  t.series[0].unit = "degC";
  const auto a = judged_table(plant(), t, "data.csv");
  ASSERT_FALSE(a);
  EXPECT_NE(a.error().text().find("data.csv:1: column \"FI-1\""), std::string::npos) << a.error().text();
}

TEST(Assess, WindowsFollowTheClockOfTheFileWhereNoZoneIsStated) {
  auto t = table(unchanged);
  t.facts.clock = "+08:30";
  const auto a = judged_table(plant(), t, "x");
  EXPECT_EQ(a->time_zone, "+08:30");
  ASSERT_TRUE(a->windows.at(0).from);
  EXPECT_EQ(*a->windows[0].from, readings::parse_time("2026-11-03T00:30:00+08:30", std::nullopt).value());
}

TEST(Assess, WithoutASteadyWindowItSaysSo) {
  auto p = plant();
  p.assess.strict = true;
  const auto a = judged_table(p, table([](const std::string&, int i, double v) { return v * (1.0 + 0.01 * i); }), "x");
  EXPECT_NE(find(*a, "data.no_steady_window"), nullptr);
  EXPECT_TRUE(std::none_of(a->windows.begin(), a->windows.end(), [](const auto& w) { return w.state.has_value(); }));
}

}  // namespace
}  // namespace castner::insight

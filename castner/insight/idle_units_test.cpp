// SPDX-License-Identifier: Apache-2.0
// Units that stood still for different times: each finding counts the readings of its own.
#include <gtest/gtest.h>

#include "castner/insight/catalogue.h"
#include "castner/insight/findings.h"
#include "castner/plant_file/plant_file.h"

namespace castner::insight {
namespace {

/// A chain of four units with a meter on each of its five streams: FI-1 before N1 to FI-5 behind N4.
plant::Plant chain() {
  std::string text;
  for (int k = 1; k <= 4; ++k) {
    const std::string n = std::to_string(k), next = std::to_string(k + 1);
    text +=
        "[[unit]]\nname = \"N" + n + "\"\nmodel = \"node\"\ninlets = [\"S" + n + "\"]\noutlets = [\"S" + next + "\"]\n";
  }
  for (int k = 1; k <= 5; ++k) {
    const std::string n = std::to_string(k);
    text += "[[measurement]]\ntag = \"FI-" + n + "\"\nof = \"S" + n + ".flow_mass\"\nunit = \"t/h\"\nsd = \"1 %\"\n";
  }
  return plant_file::read_plant(text, "plant.toml").value();
}

struct Stands {
  std::vector<int> units;           ///< idle in a window
  std::vector<std::size_t> unused;  ///< instruments that mean nothing meanwhile
};

/// The readings that each finding counts, by the units it names.
std::map<std::string, double> counted(const plant::Plant& plant, const std::vector<Stands>& windows) {
  assess::Assessment a;
  for (const Stands& s : windows) {
    assess::AssessedWindow w;
    w.state.emplace();
    w.state->reconciliation.report.status = solve::Status::converged;
    w.state->reconciliation.estimates.resize(plant.flowsheet->variables().size());
    w.state->idle = s.units;
    for (const auto& m : plant.measurements)
      w.state->instruments.push_back({.tag = m.tag, .path = m.of, .variable = m.variable});
    for (const std::size_t i : s.unused) w.state->instruments[i].why_not = "idle";
    a.windows.push_back(std::move(w));
  }
  std::map<std::string, double> found;
  for (const auto& f : judged(plant, std::move(a)).findings)
    if (f.code == "units.idle") found[f.blanks.at("units")] = *f.evidence.at(0).amount.value;
  return found;
}

using Counts = std::map<std::string, double>;

TEST(IdleUnits, EachFindingCountsTheReadingsOfItsOwnUnits) {
  const auto plant = chain();
  const Stands one{{0}, {0}}, both{{0, 3}, {0, 3, 4}}, none{};
  EXPECT_EQ(counted(plant, {one, one, both}), (Counts{{"N1", 1.0}, {"N4", 2.0}}));
  EXPECT_EQ(counted(plant, {both, both}), (Counts{{"N1, N4", 3.0}}));
  EXPECT_EQ(counted(plant, {one, none, {{3}, {3, 4}}, {{3}, {4}}}), (Counts{{"N1", 1.0}, {"N4", 2.0}}));
}

TEST(IdleUnits, AReadingBetweenTwoIdleUnitsCountsForBoth) {
  EXPECT_EQ(counted(chain(), {{{0}, {0, 1}}, {{0, 1}, {0, 1, 2}}}), (Counts{{"N1", 2.0}, {"N2", 2.0}}));
}

TEST(IdleUnits, WhatStandsStillFurtherOnCountsForThoseThatMayBeWhy) {
  EXPECT_EQ(counted(chain(), {{{0}, {0, 4}}, {}}), (Counts{{"N1", 2.0}}));
}

/// "units.idle N1 at 370-580" of each finding that names units, in minutes.
std::vector<std::string> said_of_stops(const plant::Plant& plant, const std::vector<Stands>& windows,
                                       std::vector<assess::Outage> stops, const std::vector<int>& switched = {}) {
  assess::Assessment a;
  for (const Stands& s : windows) {
    assess::AssessedWindow w{.switched = switched};
    w.state.emplace();
    w.state->reconciliation.report.status = solve::Status::converged;
    w.state->reconciliation.estimates.resize(plant.flowsheet->variables().size());
    w.state->idle = s.units;
    a.windows.push_back(std::move(w));
  }
  a.stops = std::move(stops);
  std::vector<std::string> all;
  for (const auto& f : judged(plant, std::move(a)).findings)
    if (f.code.starts_with("units.")) {
      all.push_back(f.code + " " + f.blanks.at("units") + " at");
      for (const auto& s : f.stops) all.back() += " " + std::to_string(s.unit);
    }
  return all;
}

TEST(IdleUnits, OneFindingTellsWhenAUnitStoodStill) {
  const auto plant = chain();
  const Time t{};
  using All = std::vector<std::string>;
  EXPECT_EQ(said_of_stops(plant, {{{0}, {}}, {}}, {{0, t, t}}), (All{"units.idle N1 at 0"}));
  EXPECT_EQ(said_of_stops(plant, {{{0}, {}}, {}}, {{0, t, t}}, {0}),
            (All{"units.idle N1 at 0", "units.switched N1 at"}));
  EXPECT_EQ(said_of_stops(plant, {{}, {}}, {{0, t, t}, {0, t, t}, {3, t, {}}}),
            (All{"units.switched N1 at 0 0", "units.switched N4 at 3"}))
      << "too short for a window of its own, or over before the window of a server";
  EXPECT_EQ(said_of_stops(plant, {{}, {}}, {{1, t, t}}, {1}), (All{"units.switched N2 at 1"}));
}

}  // namespace
}  // namespace castner::insight

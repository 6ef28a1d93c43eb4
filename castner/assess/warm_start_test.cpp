// SPDX-License-Identifier: Apache-2.0
// A window starts from the answer of the one before, and what comes out owes nothing to that: for every plant in plants/ the answer
// is that of a start without any window before.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <random>
#include <string>

#include "castner/assess/running.h"
#include "castner/assess/simulation.h"
#include "castner/assess/state.h"
#include "castner/base/file.h"
#include "castner/plant_file/plant_file.h"
#include "tests/support/root.h"

namespace castner::assess {
namespace {

using solve::Status;

/// A plant that gives no instruments is read where it is specified, to 1 %.
void read_what_is_specified(plant::Plant& plant) {
  if (!plant.measurements.empty()) return;
  const auto variables = plant.flowsheet->variables();
  for (const auto& s : plant.specifications) {
    const auto& name = variables[static_cast<std::size_t>(s.variable)].name;
    plant::Measurement m;
    m.tag = "spec " + name, m.of = name, m.variable = s.variable;
    m.uncertainty.absolute = std::max(0.01 * std::abs(s.value), 1e-6);
    plant.measurements.push_back(std::move(m));
  }
}

/// The plant at specifications that differ by up to 3 %; as it is where these have no state, or where it has none.
std::vector<double> state_of_a_day(const plant::Plant& plant, std::mt19937_64& random) {
  std::uniform_real_distribution<double> factor(0.97, 1.03);
  for (const bool other : {true, false}) {
    auto held = held_for_simulation(plant);
    for (std::size_t k = plant.parameters.size(); other && k < held.size(); ++k) {
      const auto& unit = plant.flowsheet->variables()[static_cast<std::size_t>(held[k].variable)].unit;
      if (unit == "kg/s" || unit == "A") held[k].value *= factor(random);
    }
    if (plant.specifications.empty()) break;
    const auto out = solve::simulate(*plant.flowsheet, held, first_values(plant, held));
    if (out.report.status == Status::converged) return out.x;
  }
  return {};
}

/// Readings of such a day with their noise; in every second draw one of them is far off.
std::vector<Measured> readings_of_a_day(const plant::Plant& plant, std::mt19937_64& random, bool slip) {
  const auto x = state_of_a_day(plant, random);
  std::normal_distribution<double> normal;
  std::uniform_int_distribution<std::size_t> any(0, plant.measurements.size() - 1);
  const std::size_t wrong = any(random);
  auto all = plant_readings(plant);
  for (std::size_t i = 0; i < all.size(); ++i) {
    const auto& m = plant.measurements[i];
    const double truth = x.empty() ? m.value.value_or(0.0) : x[static_cast<std::size_t>(m.variable)];
    const double sd = m.uncertainty.sd(truth);
    all[i].value = truth + sd * normal(random) + (slip && i == wrong ? 12.0 * sd : 0.0);
  }
  return all;
}

/// What differs between two answers; empty: nothing that anyone could see.
std::string difference(const plant::Plant& plant, const State& cold, const State& warm) {
  const auto &c = cold.reconciliation, &w = warm.reconciliation;
  if (c.report.status != w.report.status)
    return fmt::format("{} and {}", solve::status_name(c.report.status), solve::status_name(w.report.status));
  if (c.report.status != Status::converged) return "";
  if (c.gross_errors.size() != w.gross_errors.size())
    return fmt::format("{} and {} accused", c.gross_errors.size(), w.gross_errors.size());
  for (std::size_t k = 0; k < c.gross_errors.size(); ++k)
    if (c.gross_errors[k].index != w.gross_errors[k].index || c.gross_errors[k].kind != w.gross_errors[k].kind)
      return fmt::format("another one accused at place {}", k);
  for (std::size_t v = 0; v < c.estimates.size(); ++v) {
    const auto &a = c.estimates[v], &b = w.estimates[v];
    const std::string& name = plant.flowsheet->variables()[v].name;
    if (a.kind != b.kind) return name + " is of another class";
    if (a.kind == solve::Class::unobservable || !(a.sd > 0.0)) continue;
    if (std::abs(a.value - b.value) > 0.01 * a.sd)
      return fmt::format("{} is {:.10g} and {:.10g}, sd {:.2g}", name, a.value, b.value, a.sd);
  }
  return "";
}

TEST(WarmStart, GivesTheAnswerOfAColdOneOnEveryShippedPlant) {
  const char* asked = std::getenv("CASTNER_STARTS");
  int plants = 0;
  for (const auto& file : std::filesystem::recursive_directory_iterator(testing::root() + "/plants")) {
    if (file.path().extension() != ".toml") continue;
    auto plant = plant_file::read_plant(read_file(file.path().string()).value_or(""), file.path().string());
    if (!plant) continue;  // settings of another kind
    read_what_is_specified(*plant);
    const std::string name = std::filesystem::relative(file.path(), testing::root()).string();
    ASSERT_FALSE(plant->measurements.empty()) << name;
    const int draws = asked ? std::atoi(asked) : plant->measurements.size() > 50 ? 4 : 12;
    int solved = 0;
    for (int k = 0; k < draws; ++k) {
      std::mt19937_64 random(static_cast<std::uint64_t>(k) + 1);
      const auto before = readings_of_a_day(*plant, random, k % 3 == 1), now = readings_of_a_day(*plant, random, k % 2);
      PlantReconciler cold(*plant), warm(*plant);
      const State alone = cold.reconcile(now, {}, true);
      (void)warm.reconcile(before, {}, true);
      EXPECT_EQ(difference(*plant, alone, warm.reconcile(now, {}, true)), "") << name << ", draw " << k;
      solved += alone.reconciliation.report.status == Status::converged;
    }
    EXPECT_GE(2 * solved, draws) << name;
    ++plants;
  }
  EXPECT_GE(plants, 5);
}

}  // namespace
}  // namespace castner::assess

// SPDX-License-Identifier: Apache-2.0
// A plant that is measured exactly once per degree of freedom has one right answer: its own simulation. From wherever the
// solver starts, it must come back to it, and must never call such a plant infeasible.
#include <gtest/gtest.h>

#include <cmath>
#include <cstdlib>
#include <random>
#include <string>

#include "castner/base/file.h"
#include "castner/plant_file/plant_file.h"
#include "castner/solve/reconcile.h"
#include "castner/solve/simulate.h"

namespace castner {
namespace {

using solve::Held;
using solve::MeasuredValue;
using solve::Status;

/// A plant whose specifications are turned into readings, one for each degree of freedom.
class Plant {
 public:
  explicit Plant(const std::string& file) {
    const auto text = read_file(std::string(CASTNER_ROOT) + "/" + file);
    EXPECT_TRUE(text) << file;
    auto read = plant_file::read_plant(text.value_or(""), file);
    EXPECT_TRUE(read) << (read ? "" : read.error().text());
    if (!read) return;
    plant_ = std::move(*read);
    for (const auto& [variable, value] : plant_.parameters) held_.push_back({variable, value});
    for (const auto& s : plant_.specifications) nominal_.push_back({s.variable, s.value, sd(s.variable, s.value)});
    base_ = simulate(nominal_, {});
    EXPECT_FALSE(base_.empty()) << file;
  }

  const EquationSystem& system() const { return *plant_.flowsheet; }
  const std::vector<Held>& held() const { return held_; }
  const std::vector<double>& base() const { return base_; }
  const std::vector<MeasuredValue>& nominal() const { return nominal_; }

  /// The state in which every reading is exact; empty where the plant cannot be in it.
  std::vector<double> simulate(const std::vector<MeasuredValue>& readings, std::vector<double> start) const {
    auto held = held_;
    std::vector<std::pair<int, double>> known(plant_.parameters);
    for (const auto& y : readings) {
      held.push_back({y.variable, y.value});
      known.emplace_back(y.variable, y.value);
    }
    if (start.empty()) start = plant_.flowsheet->initialise(known);
    const auto out = solve::simulate(system(), held, start);
    return out.report.status == Status::converged ? out.x : std::vector<double>{};
  }

  double clamped(int variable, double value) const {
    const auto& v = system().variables()[static_cast<std::size_t>(variable)];
    return std::clamp(value, v.low, v.high);
  }

 private:
  double sd(int variable, double value) const {
    return system().variables()[static_cast<std::size_t>(variable)].unit == "K"
               ? 0.5
               : std::max(0.01 * std::abs(value), 1e-6);
  }

  plant::Plant plant_;
  std::vector<Held> held_;
  std::vector<MeasuredValue> nominal_;
  std::vector<double> base_;
};

struct Tally {
  int right = 0, infeasible = 0, starts = 0;
  std::string wrong;  ///< the first that was neither
};

void reconcile_to(Tally& t, const Plant& p, const std::vector<MeasuredValue>& readings,
                  const std::vector<double>& start, const std::vector<double>& truth) {
  const auto out = solve::reconcile(p.system(), readings, p.held(), {}, start, {.covariance = false});
  double worst = 0.0;
  for (std::size_t i = 0; i < truth.size(); ++i)
    worst = std::max(worst,
                     std::abs(out.x[i] - truth[i]) / std::max(std::abs(truth[i]), p.system().variables()[i].nominal));
  ++t.starts;
  t.infeasible += out.report.status == Status::infeasible;
  // simulate closes balances to 1e-10 of their sizes, which leaves a few digits more or less of each variable.
  const bool right = out.report.status == Status::converged && worst < 1e-6;
  t.right += right;
  if (!right && t.wrong.empty())
    t.wrong = std::string(solve::status_name(out.report.status)) + ", " + std::to_string(worst) + " off; " +
              out.report.advice.text;
}

/// How many draws: few in every `make test`; CASTNER_STARTS=500 for the claim of docs/models/reconciliation.md.
int draws(int few) {
  const char* asked = std::getenv("CASTNER_STARTS");
  return asked ? std::atoi(asked) : few;
}

/// Readings up to three sd from the state that the solver starts from.
Tally from_another_state(const Plant& p, int few) {
  Tally t;
  for (int k = 0; k < draws(few); ++k) {
    std::mt19937_64 random(static_cast<std::uint64_t>(k) + 1);
    std::normal_distribution<double> normal;
    auto readings = p.nominal();
    for (auto& y : readings) y.value = p.clamped(y.variable, y.value + (k % 3 + 1) * y.sd * normal(random));
    if (const auto truth = p.simulate(readings, p.base()); !truth.empty())
      reconcile_to(t, p, readings, p.base(), truth);
  }
  return t;
}

/// The state itself, every variable of the start off by up to `share`.
Tally from_random_starts(const Plant& p, int few, double share) {
  Tally t;
  for (int k = 0; k < draws(few); ++k) {
    std::mt19937_64 random(static_cast<std::uint64_t>(k) + 1);
    std::uniform_real_distribution<double> uniform(1.0 - share, 1.0 + share);
    auto start = p.base();
    for (std::size_t i = 0; i < start.size(); ++i)
      start[i] = p.clamped(static_cast<int>(i), start[i] * uniform(random));
    reconcile_to(t, p, p.nominal(), start, p.base());
  }
  return t;
}

void expect_right(const Tally& t, const std::string& what) {
  EXPECT_EQ(t.infeasible, 0) << what << ": " << t.wrong;
  EXPECT_GE(t.right * 100, t.starts * 99) << what << ": " << t.wrong;
}

TEST(ReconcilesToItself, APlantOfThirtyOneUnitsFromItsStateOfAnotherDay) {
  const Plant p("tests/support/thirty_one_units.toml");
  ASSERT_EQ(p.nominal().size(), 42u);
  expect_right(from_another_state(p, 12), "31 units");
}

TEST(ReconcilesToItself, APlantOfThirtyOneUnitsFromRandomStarts) {
  const Plant p("tests/support/thirty_one_units.toml");
  expect_right(from_random_starts(p, 12, 0.05), "31 units");
}

TEST(ReconcilesToItself, EveryShippedPlant) {
  for (const char* name : {"caustic_evaporator/geankoplis", "caustic_evaporator/mccabe",
                           "caustic_evaporator/three_effects", "cell_room/plant"}) {
    const Plant p("plants/" + std::string(name) + ".toml");
    expect_right(from_another_state(p, 6), name);
    expect_right(from_random_starts(p, 6, 0.05), name);
  }
}

}  // namespace
}  // namespace castner

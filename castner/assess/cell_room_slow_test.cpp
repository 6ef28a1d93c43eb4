// SPDX-License-Identifier: Apache-2.0
// Is what Castner says of its own uncertainty true? Thousands of cell rooms with known truth, each seen through
// instruments with a bias and noise of the stated size.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <fstream>
#include <map>
#include <random>
#include <sstream>

#include "castner/assess/indicators.h"
#include "castner/assess/simulation.h"
#include "castner/assess/state.h"
#include "castner/base/file.h"
#include "castner/plant_file/plant_file.h"
#include "castner/solve/detectable.h"
#include "castner/solve/gross_error.h"
#include "tests/support/root.h"

namespace castner::assess {
namespace {

constexpr double kAlpha = 0.05;
constexpr double kNoiseShare = 0.3;  // random error of a window's mean, as a share of the instrument's systematic sd

class CellRoom {
 public:
  CellRoom() {
    const std::string path = testing::root() + "/plants/cell_room/plant.toml";
    auto text = read_file(path);
    EXPECT_TRUE(text) << path;
    auto plant = plant_file::read_plant(*text, path);
    if (!plant) ADD_FAILURE() << plant.error().text();
    plant_ = std::move(*plant);
    auto simulated = simulate(plant_);
    EXPECT_EQ(simulated.result.report.status, solve::Status::converged) << simulated.result.report.advice.text;
    truth_ = simulated.result.x;
    true_indicators_ = simulated.indicators;
  }

  const plant::Plant& plant() const { return plant_; }
  const std::map<std::string, Amount>& true_indicators() const { return true_indicators_; }

  /// Window means of every instrument: truth, one bias draw, noise of the mean; and faults of so many systematic sd.
  /// @param errors  0: the truth itself, and the faults
  std::vector<Measured> readings(unsigned seed, const std::map<std::string, double>& faults = {},
                                 double errors = 1.0) const {
    std::mt19937_64 random(seed);
    std::normal_distribution<double> normal;
    std::vector<Measured> all;
    for (const auto& m : plant_.measurements) {
      const double truth = truth_[static_cast<std::size_t>(m.variable)], sd = m.uncertainty.sd(truth);
      const auto fault = faults.find(m.tag);
      Measured r;
      r.sd_random = kNoiseShare * sd;
      r.sd = sd;  // of the true value: a percentage of a reading would make sd follow the error
      const double bias = sd * normal(random), noise = r.sd_random * normal(random);
      r.value = truth + errors * (bias + noise) + (fault == faults.end() ? 0.0 : fault->second * sd);
      all.push_back(r);
    }
    return all;
  }

 private:
  plant::Plant plant_;
  std::vector<double> truth_;
  std::map<std::string, Amount> true_indicators_;
};

struct Study {
  int seeds = 0, converged = 0, accused = 0;
  std::map<std::string, int> covered;  ///< indicator -> seeds whose 95 % interval holds the truth
  std::map<std::string, int> named;    ///< tag -> seeds that named it
  int all_faults_named = 0;
};

Study study(const CellRoom& room, int seeds, const std::map<std::string, double>& faults) {
  PlantReconciler reconciler(room.plant());
  Study s;
  for (int seed = 0; seed < seeds; ++seed) {
    const auto state =
        reconciler.reconcile(room.readings(static_cast<unsigned>(seed) + 1u, faults), {.alpha = kAlpha}, true);
    ++s.seeds;
    const auto& r = state.reconciliation;
    if (r.report.status != solve::Status::converged) continue;
    ++s.converged;
    s.accused += !r.gross_errors.empty();
    for (const auto& [path, amount] : state.indicators) {
      const auto truth = room.true_indicators().at(path).value;
      if (amount.value && amount.sd && truth)
        s.covered[path] += std::abs(*amount.value - *truth) <= 1.959964 * *amount.sd;  // 97.5 % point of the normal
    }
    std::size_t found = 0;
    for (const auto& g : r.gross_errors)
      for (const auto& i : state.instruments)
        if (g.kind == solve::GrossError::Kind::bias && i.reading == g.index && faults.contains(i.tag)) {
          ++s.named[i.tag];
          ++found;
        }
    s.all_faults_named += !faults.empty() && found == faults.size();
  }
  return s;
}

/// docs/validation/cell_room.md is made of these lines when CASTNER_STUDY names a file.
void keep(const std::string& title, const Study& s) {
  const char* file = std::getenv("CASTNER_STUDY");
  if (!file) return;
  std::ofstream out(file, std::ios::app);
  out << "## " << title << "\n\n"
      << s.seeds << " seeds, " << s.converged << " converged, " << 100.0 * s.accused / s.seeds
      << " % with an accusation"
      << (s.named.empty() ? "" : "; every fault named in " + std::to_string(s.all_faults_named) + " seeds")
      << "\n\n| indicator | 95 % interval covers the truth |\n| --- | --- |\n";
  for (const auto& [path, n] : s.covered) out << "| " << path << " | " << 100.0 * n / s.seeds << " % |\n";
  out << "\n";
}

TEST(CellRoomStudy, IntervalsCoverTheTruthAndInnocentInstrumentsAreSeldomAccused) {
  const CellRoom room;
  const int seeds = 2000;
  const Study s = study(room, seeds, {});
  keep("Without faults", s);
  EXPECT_EQ(s.converged, seeds);
  // Three standard errors of a share observed in so many seeds.
  EXPECT_LE(s.accused, seeds * (kAlpha + 3.0 * std::sqrt(kAlpha * (1 - kAlpha) / seeds)));
  EXPECT_GE(s.covered.size(), 10u);
  for (const auto& [path, n] : s.covered) {
    EXPECT_GE(n, 0.93 * seeds) << path;
    EXPECT_LE(n, 0.97 * seeds) << path;
  }
}

TEST(CellRoomStudy, TwoFaultyInstrumentsAreBothNamed) {
  const CellRoom room;
  const int seeds = 200;
  const std::map<std::string, double> faults{{"FI-2004", 8.0}, {"TI-1203", -8.0}};
  for (const auto& [tag, size] : faults) {
    const auto& all = room.plant().measurements;
    ASSERT_TRUE(std::any_of(all.begin(), all.end(), [&](const auto& m) { return m.tag == tag; })) << tag;
  }
  const Study s = study(room, seeds, faults);
  keep("With two faults of 8 sd", s);
  EXPECT_EQ(s.converged, seeds);
  EXPECT_GE(s.all_faults_named, 0.95 * seeds);
}

/// Shares of draws in which an instrument that is off by a share of the smallest error seen is named, alone or with others, over
/// all instruments of one kind.
struct Seen {
  int named = 0, draws = 0;
  double share() const { return static_cast<double>(named) / draws; }
};

TEST(CellRoomStudy, AnErrorOfTheSizeThatIsToldWouldBeSeen) {
  const CellRoom room;
  PlantReconciler reconciler(room.plant());
  const auto truth = reconciler.reconcile(room.readings(1, {}, 0.0), {.alpha = kAlpha}, true);
  Seen well, hardly, well_third, hardly_third;
  unsigned seed = 5000;
  for (const auto& i : truth.instruments) {
    const auto smallest = smallest_seen(truth, i);
    if (!smallest) continue;
    const bool weak = solve::hardly_checked(smallest, *i.sd);
    const double systematic = *i.sd / std::hypot(1.0, kNoiseShare);
    for (int draw = 0; draw < 3; ++draw) {
      ++seed;
      const double size = (draw % 2 ? 1.0 : -1.0) * *smallest / systematic;
      for (const double share : {1.0, 1.0 / 3.0}) {
        const auto state = reconciler.reconcile(room.readings(seed, {{i.tag, share * size}}), {.alpha = kAlpha}, true);
        const auto& errors = state.reconciliation.gross_errors;
        auto& seen = share < 1.0 ? (weak ? hardly_third : well_third) : (weak ? hardly : well);
        ++seen.draws;
        seen.named += std::any_of(errors.begin(), errors.end(), [&](const auto& g) {
          return solve::names(g, solve::GrossError::Kind::bias, i.reading);
        });
      }
    }
  }
  // Four of five, less the few of which another is accused, and what curved balances change.
  EXPECT_GT(well.draws, 150);
  EXPECT_NEAR(well.share(), 0.8, 0.1);
  EXPECT_GT(hardly.draws, 60);
  EXPECT_NEAR(hardly.share(), 0.8, 0.15);
  // A third moves z by 1.4 of a critical 3.4: one of fifty by itself.
  EXPECT_LT(well_third.share(), 0.1);
  EXPECT_LT(hardly_third.share(), 0.15);
}

}  // namespace
}  // namespace castner::assess

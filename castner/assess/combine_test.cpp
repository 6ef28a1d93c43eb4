// SPDX-License-Identifier: Apache-2.0
#include "castner/assess/combine.h"

#include <gtest/gtest.h>

#include <cmath>
#include <memory>

namespace castner::assess {
namespace {

/// One measured variable without any equation: the estimate is the reading and its covariance the reading's variance.
class OneReading final : public solve::Covariance {
 public:
  explicit OneReading(double variance) : variance_(variance) {}
  using Gradient = std::span<const std::pair<int, double>>;
  std::optional<double> variance(Gradient g) const override { return covariance(g, g); }
  std::optional<double> covariance(Gradient a, Gradient b) const override {
    return variance_ * a[0].second * b[0].second;
  }
  std::optional<std::vector<double>> times(Gradient g) const override {
    return std::vector<double>{variance_ * g[0].second};
  }
  std::optional<std::vector<double>> influence(Gradient g) const override { return std::vector<double>{g[0].second}; }

 private:
  double variance_;
};

State reading(double value, double systematic, double random) {
  State s;
  const double sd = std::hypot(systematic, random);
  s.instruments.push_back(
      {.tag = "T", .path = "x", .variable = 0, .reading = 0, .measured = value, .sd = sd, .sd_random = random});
  s.reconciliation.report.status = solve::Status::converged;
  s.reconciliation.used = {true};
  s.reconciliation.x = {value};
  s.reconciliation.covariance = std::make_shared<OneReading>(sd * sd);
  return s;
}

Amount mean_of(const std::vector<State>& states) {
  std::vector<std::pair<const State*, Traced>> windows;
  for (const auto& s : states) windows.emplace_back(&s, Traced{2.0 * s.reconciliation.x[0], {{0, 2.0}}});
  return mean_over_windows(windows, 10.0, "u");
}

TEST(MeanOverWindows, AveragesRandomErrorButNotTheSystematicOne) {
  const std::vector<State> four{reading(1, 0.3, 0.4), reading(2, 0.3, 0.4), reading(3, 0.3, 0.4), reading(4, 0.3, 0.4)};
  const Amount mean = mean_of(four);
  EXPECT_NEAR(*mean.value, 50.0, 1e-12);
  EXPECT_NEAR(*mean.sd, 20.0 * std::sqrt(0.3 * 0.3 + 0.4 * 0.4 / 4.0), 1e-12);
}

// What one ramp stores has one sign in all its windows and does not average out; up and down cancel.
TEST(MeanOverWindows, CountsOneRampInCommon) {
  const auto drift = [](double stored, double ahead) {
    State s = reading(1, 0.3, 0.4);
    s.instruments[0].stored = stored, s.instruments[0].ahead = ahead;
    s.instruments[0].sd = std::hypot(0.5, stored, ahead);
    s.reconciliation.covariance = std::make_shared<OneReading>(*s.instruments[0].sd * *s.instruments[0].sd);
    return s;
  };
  const double rest = 0.3 * 0.3 + 0.4 * 0.4 / 4.0;
  EXPECT_NEAR(*mean_of({drift(1, 0), drift(1, 0), drift(1, 0), drift(1, 0)}).sd, 20.0 * std::sqrt(rest + 1.0), 1e-12);
  EXPECT_NEAR(*mean_of({drift(1, 0), drift(1, 0), drift(-1, 0), drift(-1, 0)}).sd, 20.0 * std::sqrt(rest), 1e-12);
  EXPECT_NEAR(*mean_of({drift(0, 1), drift(0, 1), drift(0, 1), drift(0, -1)}).sd, 20.0 * std::sqrt(rest + 0.25), 1e-12);
}

TEST(MeanOverWindows, OfOneWindowIsItsOwnUncertainty) { EXPECT_NEAR(*mean_of({reading(1, 0.3, 0.4)}).sd, 10.0, 1e-12); }

/// The mean of two readings without any equation.
class MeanOfTwo final : public solve::Covariance {
 public:
  using Gradient = std::span<const std::pair<int, double>>;
  std::optional<double> variance(Gradient) const override { return std::nullopt; }
  std::optional<double> covariance(Gradient, Gradient) const override { return std::nullopt; }
  std::optional<std::vector<double>> times(Gradient) const override { return std::nullopt; }
  std::optional<std::vector<double>> influence(Gradient) const override { return std::vector<double>{0.5, 0.5}; }
};

TEST(MeanOverWindows, KeepsACommonErrorCommonOverInstrumentsAndWindows) {
  State both = reading(1, 0.3, 0.4);
  both.instruments.push_back(both.instruments.front());
  both.instruments.back().reading = 1;
  both.reconciliation.used = {true, true};
  both.reconciliation.covariance = std::make_shared<MeanOfTwo>();
  both.correlations = {{0, 1, 0.8}};
  const std::vector<std::pair<const State*, Traced>> windows(4, {&both, Traced{1.0, {{0, 1.0}}}});
  // Systematic: 0.3^2 (1 + 0.8)/2, the same in each window. Random: 0.4^2/2 of each instrument, over four windows.
  EXPECT_NEAR(*mean_over_windows(windows, 1.0, "u").sd, std::sqrt(0.09 * 0.9 + 0.16 / 2.0 / 4.0), 1e-12);
}

/// A balance in which nothing tells the amount.
class Blind final : public solve::Covariance {
 public:
  using Gradient = std::span<const std::pair<int, double>>;
  std::optional<double> variance(Gradient) const override { return std::nullopt; }
  std::optional<double> covariance(Gradient, Gradient) const override { return std::nullopt; }
  std::optional<std::vector<double>> times(Gradient) const override { return std::nullopt; }
  std::optional<std::vector<double>> influence(Gradient) const override { return std::nullopt; }
};

TEST(MeanOverWindows, IsThatOfTheWindowsThatTell) {
  State blind = reading(100, 0.3, 0.4), without = reading(std::nan(""), 0.3, 0.4);
  blind.reconciliation.covariance = std::make_shared<Blind>();
  const std::vector<State> some{blind, reading(1, 0.3, 0.4), without, reading(3, 0.3, 0.4)};
  std::vector<std::pair<const State*, Traced>> windows;
  for (const auto& s : some) windows.emplace_back(&s, Traced{2.0 * s.reconciliation.x[0], {{0, 2.0}}});
  int told = 0;
  const Amount mean = mean_over_windows(windows, 10.0, "u", &told);
  EXPECT_EQ(told, 2);
  ASSERT_TRUE(mean.value);
  EXPECT_NEAR(*mean.value, 40.0, 1e-12);
  EXPECT_NEAR(*mean.sd, 20.0 * std::sqrt(0.3 * 0.3 + 0.4 * 0.4 / 2.0), 1e-12);
  windows = {windows[0], windows[2]};
  EXPECT_FALSE(mean_over_windows(windows, 10.0, "u", &told).value);
  EXPECT_EQ(told, 0);
}

TEST(MeanOverWindows, IsUnknownWithoutAWindow) { EXPECT_FALSE(mean_of({}).value); }

}  // namespace
}  // namespace castner::assess

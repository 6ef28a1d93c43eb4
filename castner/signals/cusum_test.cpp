// SPDX-License-Identifier: Apache-2.0
#include "castner/signals/cusum.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <random>
#include <vector>

#include "castner/signals/long_run.h"
#include "tests/support/agreement.h"

namespace castner::signals {
namespace {

/// Samples until the alarm, mean and its error, of white noise with a shift.
struct RunLength {
  double mean, sd;
};
RunLength run_length(CusumLimits limits, double shift, int runs) {
  std::mt19937_64 random(1954);
  std::normal_distribution<double> z(shift, 1.0);
  double sum = 0.0, squares = 0.0;
  for (int run = 0; run < runs; ++run) {
    Cusum cusum;
    int n = 0;
    for (; cusum.size() <= limits.threshold; ++n) cusum.add(z(random), limits.reference);
    sum += n;
    squares += static_cast<double>(n) * n;
  }
  const double mean = sum / runs;
  return {mean, std::sqrt((squares / runs - mean * mean) / runs)};
}

TEST(Cusum, AlarmsAsOftenAsPublished) {
  const struct {
    double shift, of_4, of_5;  // samples on the average, thresholds 4 and 5
  } table[] = {{0.0, 168, 465},   {0.25, 74.2, 139}, {0.5, 26.6, 38.0}, {0.75, 13.3, 17.0}, {1.0, 8.38, 10.4},
               {1.5, 4.75, 5.75}, {2.0, 3.34, 4.01}, {2.5, 2.62, 3.11}, {3.0, 2.19, 2.57},  {4.0, 1.71, 2.01}};
  for (const auto& row : table)
    for (double h : {4.0, 5.0}) {
      const double published = h == 4.0 ? row.of_4 : row.of_5;
      const auto [mean, sd] = run_length({0.5, h}, row.shift, 20000);
      const std::string what =
          "h " + std::to_string(static_cast<int>(h)) + ", shift " + std::to_string(row.shift).substr(0, 4);
      // three digits, and three sd of so many runs
      testing::expect_agreement({"Montgomery 2009, CUSUM", "samples to an alarm, " + what, published, mean,
                                 0.005 * published + 3.0 * sd, "montgomery-2009, remembered"});
      EXPECT_NEAR(average_run_length({0.5, h}, row.shift) / published, 1.0, row.shift > 2.0 ? 0.18 : 0.05) << what;
    }
}

TEST(Cusum, ThresholdLeavesAsManySamplesBetweenFalseAlarms) {
  for (double k : {0.25, 0.5, 1.0})
    for (double samples : {200.0, 1000.0, 1e6})
      EXPECT_NEAR(average_run_length({k, cusum_threshold(samples, k)}, 0.0) / samples, 1.0, 1e-9);
  EXPECT_NEAR(cusum_threshold(465.0, 0.5), 5.0, 0.05);
}

TEST(Cusum, SaysWhenAShiftBeganAndHowLargeItIs) {
  Cusum cusum;
  for (int k = 0; k < 50; ++k) cusum.add(k % 2 ? 0.3 : -0.3, 0.5);
  EXPECT_EQ(cusum.size(), 0.0);
  EXPECT_EQ(cusum.shift(0.5), 0.0);
  for (int k = 0; k < 8; ++k) cusum.add(-1.5, 0.5);
  EXPECT_NEAR(cusum.low(), 8.0, 1e-12);
  EXPECT_EQ(cusum.high(), 0.0);
  EXPECT_EQ(cusum.since(), 8);
  EXPECT_NEAR(cusum.shift(0.5), -1.5, 1e-12);
  cusum.add(std::numeric_limits<double>::quiet_NaN(), 0.5);
  EXPECT_NEAR(cusum.size(), 8.0, 1e-12);
  cusum.reset();
  EXPECT_EQ(cusum.size(), 0.0);
  for (int k = 0; k < 4; ++k) cusum.add(2.5, 0.5);
  EXPECT_NEAR(cusum.shift(0.5), 2.5, 1e-12);
}

// Noise with lag-1 correlation r and sd 1 has the long-run sd sqrt((1 + r)/(1 - r)).
TEST(LongRunSd, IsThatOfAnAutoregressiveSeries) {
  std::mt19937_64 random(7);
  std::normal_distribution<double> normal;
  for (double r : {-0.5, 0.0, 0.5, 0.8}) {
    std::vector<double> series;
    double x = 0.0;
    for (int k = 0; k < 200000; ++k) series.push_back(x = r * x + std::sqrt(1.0 - r * r) * normal(random));
    // 6 %: the weights of 100 lags cost 2 % at r = 0.8, chance 1.3 %
    EXPECT_NEAR(long_run_sd(series, 100) / std::sqrt((1.0 + r) / (1.0 - r)), 1.0, 0.06) << r;
  }
  EXPECT_EQ(long_run_sd(std::vector<double>{1.0}, 3), 0.0);
}

// Residuals that wander alarm far more often than white ones, unless they are standardised by what their sums do.
TEST(LongRunSd, KeepsFalseAlarmsOfAWanderingResidualAsRareAsOfAWhiteOne) {
  std::mt19937_64 random(8);
  std::normal_distribution<double> normal;
  const CusumLimits limits{0.25, 16.0};  // of white noise, some 25 000 samples between false alarms
  std::vector<double> series;
  double x = 0.0;
  for (int k = 0; k < 200000; ++k) series.push_back(x = 0.8 * x + 0.6 * normal(random));
  const double sd = long_run_sd(series, 40);
  int naive = 0, standardised = 0;
  Cusum one, other;
  for (double value : series) {
    one.add(value, limits.reference);
    other.add(value / sd, limits.reference);
    if (one.size() > limits.threshold) ++naive, one.reset();
    if (other.size() > limits.threshold) ++standardised, other.reset();
  }
  EXPECT_GT(naive, 1000);
  EXPECT_LT(standardised, 40);
}

}  // namespace
}  // namespace castner::signals

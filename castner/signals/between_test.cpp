// SPDX-License-Identifier: Apache-2.0
#include "castner/signals/between.h"

#include <gtest/gtest.h>

#include <cmath>

namespace castner::signals {
namespace {

using std::chrono::minutes;

const Time kMidnight{};

WindowMean mean_of(const std::vector<std::pair<int, double>>& at_minutes, Between between, int gap = 30) {
  std::vector<readings::Sample> s;
  for (const auto& [minute, value] : at_minutes) s.push_back({kMidnight + minutes(minute), value});
  const WindowOptions o{.max_gap = minutes(gap), .between = between};
  return mean_between(s, kMidnight + minutes(30), kMidnight + minutes(60), o, [](double) { return 0.1; });
}

// 10 for the first 10 of 30 minutes, 13 for the rest: 12.
TEST(BetweenReadings, HoldsTheEarlierOne) {
  const auto m = mean_of({{20, 10.0}, {40, 13.0}, {70, 13.0}}, Between::hold);
  EXPECT_TRUE(m.usable);
  EXPECT_NEAR(m.mean, 12.0, 1e-12);
  EXPECT_NEAR(m.sd_of_mean, 3.0 / 3.0 / std::sqrt(12.0), 1e-12);  // 3 uncertain over a third of the window
  EXPECT_FALSE(m.steady);
}

// A line from 10 at 20 min to 16 at 80 min: 12.5 in the middle of the window, and 3 more at its end.
TEST(BetweenReadings, GoesStraight) {
  const auto m = mean_of({{20, 10.0}, {80, 16.0}}, Between::line, 60);
  EXPECT_TRUE(m.usable);
  EXPECT_NEAR(m.mean, 12.5, 1e-12);
  EXPECT_NEAR(m.variance, 9.0 / 12.0, 1e-12);
  EXPECT_FALSE(mean_of({{20, 10.0}, {80, 16.0}}, Between::line, 30).usable)
      << "further apart than a reading is believed";
}

TEST(BetweenReadings, KnowsNothingAfterTooLongOrAfterABadOne) {
  EXPECT_FALSE(mean_of({{0, 10.0}}, Between::hold, 45).usable);
  EXPECT_TRUE(mean_of({{0, 10.0}}, Between::hold, 60).usable);
  EXPECT_FALSE(mean_of({{20, 10.0}, {40, NAN}}, Between::hold).usable);
  EXPECT_EQ(mean_of({{70, 10.0}}, Between::hold).good, 0);
}

TEST(BetweenReadings, OneHeldReadingIsSteady) {
  const auto m = mean_of({{25, 10.0}, {65, 10.02}}, Between::hold, 60);
  EXPECT_TRUE(m.usable && m.steady);
  EXPECT_NEAR(m.mean, 10.0, 1e-12);
}

}  // namespace
}  // namespace castner::signals

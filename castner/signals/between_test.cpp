// SPDX-License-Identifier: Apache-2.0
#include "castner/signals/between.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <random>

namespace castner::signals {
namespace {

using std::chrono::minutes;

using Samples = std::vector<readings::Sample>;

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
  // On its way to 13: 1.5 to 3 ahead in the first third of the window.
  EXPECT_NEAR(m.ahead, 2.25 / 3.0, 1e-12);
  EXPECT_FALSE(m.steady);
}

// The last reading of all may be left behind as it left the one before it.
TEST(BetweenReadings, TheNewestIsHeldWithADoubt) {
  const auto m = mean_of({{20, 10.0}, {40, 13.0}}, Between::hold);
  EXPECT_NEAR(m.ahead, 2.25 / 3.0 + 2.0 / 3.0, 1e-12);  // 13 + 3 half an hour on, of which two thirds are here
  EXPECT_EQ(mean_of({{20, 10.0}}, Between::hold, 40).ahead, 0.0) << "nothing is known of how it moves";
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

// What is kept of many courses, read every 10 s, by a historian; the mean of the second of three windows and its sd against
// the truth.
struct Course {
  const char* name;
  std::function<double(double)> (*draw)(std::mt19937&);  ///< over windows
};

double uniform(std::mt19937& random, double a, double b) {
  return std::uniform_real_distribution<double>(a, b)(random);
}

const Course kCourses[] = {
    {"ramp",
     [](std::mt19937& random) -> std::function<double(double)> {
       return [slope = uniform(random, -8, 8)](double t) { return slope * t; };
     }},
    {"step",
     [](std::mt19937& random) -> std::function<double(double)> {
       return [size = uniform(random, -6, 6), at = uniform(random, 0.5, 2.5)](double t) { return t > at ? size : 0.0; };
     }},
    {"late",  // in the last tenth
     [](std::mt19937& random) -> std::function<double(double)> {
       return [size = uniform(random, -6, 6), at = uniform(random, 1.9, 2.0), within = uniform(random, 0.01, 0.1)](
                  double t) { return size * std::clamp((t - at) / within, 0.0, 1.0); };
     }},
    {"sinus",
     [](std::mt19937& random) -> std::function<double(double)> {
       return [size = uniform(random, 1, 6), period = uniform(random, 0.2, 4),
               phase = uniform(random, 0, 6.3)](double t) { return size * std::sin(6.2832 * t / period + phase); };
     }},
    {"still",
     [](std::mt19937& random) -> std::function<double(double)> {
       return [level = uniform(random, -1, 1)](double) { return level; };
     }},
};

// A ramp of 6 in every half hour, reported when it is 1 away from what was reported last: each piece is held half of 1 too low on
// the mean, and the truth is 103.
TEST(BetweenReadings, ARampThatIsHeldIsBehindByHalfAStep) {
  Samples s;
  for (int k = -24; k <= 24; ++k) s.push_back({kMidnight + minutes(30 + 5 * k), 100.0 + k});
  const auto m = mean_between(s, kMidnight + minutes(30), kMidnight + minutes(60),
                              {.max_gap = minutes(30), .between = Between::hold}, [](double) { return 0.1; });
  EXPECT_NEAR(m.mean, 102.5, 1e-9);
  EXPECT_NEAR(m.mean + m.ahead, 103.0, 1e-9);
  EXPECT_GE(std::hypot(m.sd_of_mean, m.ahead), 0.5);
  EXPECT_LE(std::hypot(m.sd_of_mean, m.ahead), 0.53);
}

// What was read hours before says nothing of how the signal moves now.
TEST(BetweenReadings, AnOldReadingBendsNothing) {
  for (const Between between : {Between::hold, Between::line}) {
    const auto m = mean_of({{-600, 50.0}, {-300, 60.0}, {32, 10.0}, {45, 10.0}}, between, 20);
    EXPECT_NEAR(m.mean, 10.0, 1e-12);
    EXPECT_NEAR(m.ahead, 0.0, 1e-12);
    EXPECT_NEAR(m.sd_of_mean, 0.0, 1e-12);
  }
}

/// Reported when it is 1 away from what was reported last.
Samples by_exception(const Samples& all) {
  Samples kept{all.front()};
  for (const auto& s : all)
    if (std::abs(s.value - kept.back().value) >= 1.0) kept.push_back(s);
  return kept;
}

/// A swinging door of 1.
Samples by_swinging_door(const Samples& all) {
  Samples kept{all.front()};
  const auto none = std::pair(-1e300, 1e300);
  auto door = none;
  for (std::size_t k = 1; k < all.size(); ++k) {
    const double away = std::chrono::duration<double>(all[k].time - kept.back().time).count();
    door.first = std::max(door.first, (all[k].value - 1.0 - kept.back().value) / away);
    door.second = std::min(door.second, (all[k].value + 1.0 - kept.back().value) / away);
    if (door.first <= door.second) continue;
    kept.push_back(all[--k]);
    door = none;
  }
  if (kept.back().time != all.back().time) kept.push_back(all.back());
  return kept;
}

/// The rms of error over sd. @param own  sd of the instrument itself
double error_over_sd(const Course& course, double noise, Samples (*keep)(const Samples&), Between between, double own) {
  constexpr int kWindow = 180, kRuns = 300;
  std::mt19937 random(11);
  std::normal_distribution<double> normal;
  const WindowOptions o{.max_gap = minutes(120), .between = between};
  double squares = 0.0;
  for (int run = 0; run < kRuns; ++run) {
    const auto f = course.draw(random);
    Samples all;
    double truth = 0.0;
    for (int k = 0; k <= 3 * kWindow; ++k) {
      const double t = static_cast<double>(k) / kWindow;
      all.push_back({kMidnight + std::chrono::seconds(10 * k), f(t) + noise * normal(random)});
      if (k >= kWindow && k < 2 * kWindow) truth += (f(t) + f(t + 1.0 / kWindow)) / 2.0 / kWindow;
    }
    const auto m =
        mean_between(keep(all), kMidnight + minutes(30), kMidnight + minutes(60), o, [](double) { return 0.1; });
    const double z = (m.mean - truth) / std::max(1e-9, std::hypot(own, m.sd_of_mean, m.ahead));
    squares += z * z / kRuns;
  }
  return std::sqrt(squares);
}

// What moves less than the deadband leaves no reading: the instrument's sd is half of it.
TEST(BetweenReadings, CoverWhatADeadbandLeftOut) {
  for (const Course& c : kCourses)
    for (const double noise : {0.0, 0.3}) {
      const double rms = error_over_sd(c, noise, by_exception, Between::hold, 0.5);
      EXPECT_LT(rms, 1.1) << c.name << ", noise " << noise;
    }
}

// A swinging door lets a course bend by its width, and no reading tells that: width and instrument's sd are alike.
TEST(BetweenReadings, CoverWhatASwingingDoorLeftOut) {
  for (const Between between : {Between::line, Between::hold})
    for (const Course& c : kCourses)
      for (const double noise : {0.0, 0.3}) {
        const double rms = error_over_sd(c, noise, by_swinging_door, between, 1.0);
        EXPECT_LT(rms, 1.1) << c.name << ", noise " << noise << (between == Between::line ? ", line" : ", held");
      }
}

}  // namespace
}  // namespace castner::signals

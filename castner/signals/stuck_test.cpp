// SPDX-License-Identifier: Apache-2.0
#include "castner/signals/stuck.h"

#include <gtest/gtest.h>

#include <cmath>
#include <random>

#include "castner/readings/time_zone.h"

namespace castner::signals {
namespace {

using namespace std::chrono;

const Time kStart = readings::parse_time("2026-11-03T00:00:00Z", std::nullopt).value();
constexpr nanoseconds kFive = minutes(5);

/// One sample a minute; value(minute).
template <class F>
std::vector<readings::Sample> each_minute(int count, F value) {
  std::vector<readings::Sample> all;
  for (int i = 0; i < count; ++i) all.push_back({kStart + minutes(i), value(i)});
  return all;
}
/// A level with white noise of sd 1, kept to `decimals` decimals as transmitters send it.
std::vector<readings::Sample> noisy(int count, int decimals, unsigned seed) {
  std::mt19937 random(seed);
  std::normal_distribution<double> normal(50.0, 1.0);
  const double scale = std::pow(10.0, decimals);
  return each_minute(count, [&](int) { return std::round(normal(random) * scale) / scale; });
}
void hang(std::vector<readings::Sample>& s, std::size_t from, std::size_t count) {
  for (std::size_t i = from + 1; i < from + count; ++i) s[i].value = s[from].value;
}

TEST(Stuck, ANoisyInstrumentThatHangsIsFoundWithItsStretch) {
  for (const int decimals : {1, 2, 6}) {
    auto s = noisy(600, decimals, 1);
    hang(s, 200, 60);
    const auto found = stuck_stretches(s, kFive);
    ASSERT_EQ(found.size(), 1u) << decimals;
    EXPECT_EQ(found[0].from, kStart + minutes(200));
    EXPECT_GE(found[0].to, kStart + minutes(259));
  }
}

TEST(Stuck, OneThatHangsForMostOfTheFileIsFound) {
  auto s = noisy(600, 2, 2);
  hang(s, 60, 540);
  EXPECT_EQ(stuck_stretches(s, kFive).size(), 1u);
}

TEST(Stuck, TwoStretchesAtDifferentValuesAreBothFound) {
  auto s = noisy(900, 2, 3);
  hang(s, 100, 80);
  hang(s, 500, 200);
  EXPECT_EQ(stuck_stretches(s, kFive).size(), 2u);
}

TEST(Stuck, BadSamplesInsideDoNotHideIt) {
  auto s = noisy(600, 2, 4);
  hang(s, 200, 60);
  s[220] = {s[220].time, std::nan(""), readings::Quality::bad};
  EXPECT_EQ(stuck_stretches(s, kFive).size(), 1u);
}

/// Whatever the resolution, from fine to so coarse that noise hardly shows, a healthy instrument is not accused.
TEST(Stuck, HealthyNoiseOfAnyResolutionIsNotAccused) {
  for (unsigned seed = 1; seed <= 40; ++seed)
    for (const double resolution : {0.001, 0.1, 0.5, 1.0, 2.0, 4.0, 8.0}) {
      std::mt19937 random(seed);
      std::normal_distribution<double> normal(50.0, 1.0);
      const auto s = each_minute(1440, [&](int) { return std::round(normal(random) / resolution) * resolution; });
      EXPECT_TRUE(stuck_stretches(s, kFive).empty()) << "seed " << seed << " resolution " << resolution;
    }
}

/// A slow level with a little noise on a coarse display: still for an hour, then flickering at the edge of a step.
TEST(Stuck, SlowSignalsOnACoarseDisplayAreNotAccused) {
  for (unsigned seed = 1; seed <= 40; ++seed)
    for (const double noise : {0.0, 0.05, 0.2, 0.4}) {
      std::mt19937 random(seed);
      std::normal_distribution<double> normal;
      double level = 50.0;
      const auto s = each_minute(2880, [&](int i) {
        level += 0.02 * std::sin(i / 300.0) + 0.01 * normal(random);
        return std::round(level + noise * normal(random));
      });
      EXPECT_TRUE(stuck_stretches(s, kFive).empty()) << "seed " << seed << " noise " << noise;
    }
}

TEST(Stuck, SetpointsConstantsAndIdlePumpsAreNotAccused) {
  EXPECT_TRUE(stuck_stretches(each_minute(600, [](int) { return 85.0; }), kFive).empty()) << "a constant";
  EXPECT_TRUE(stuck_stretches(each_minute(600, [](int i) { return i < 300 ? 85.0 : 87.0; }), kFive).empty())
      << "a setpoint";
  EXPECT_TRUE(stuck_stretches(each_minute(600, [](int i) { return 80.0 + std::min(i, 40) * 0.25; }), kFive).empty())
      << "a ramp, then rest";
  EXPECT_TRUE(stuck_stretches(each_minute(600, [](int i) { return std::floor(i / 40.0); }), kFive).empty())
      << "a staircase";
  std::mt19937 random(5);
  std::normal_distribution<double> normal(30.0, 1.0);
  const auto batch = each_minute(1440, [&](int i) { return i % 240 < 120 ? 0.0 : normal(random); });
  EXPECT_TRUE(stuck_stretches(batch, kFive).empty()) << "a pump that runs every other two hours";
}

TEST(Stuck, AShortRestIsNoFault) {
  auto s = noisy(600, 2, 6);
  hang(s, 200, 5);
  EXPECT_TRUE(stuck_stretches(s, kFive).empty());
}

TEST(Dead, ARunOfBadValuesIsDeadFromTheFirstToTheLast) {
  auto s = noisy(600, 2, 7);
  for (std::size_t i = 100; i < 130; ++i) s[i] = {s[i].time, std::nan(""), readings::Quality::bad};
  for (std::size_t i = 300; i < 303; ++i) s[i].quality = readings::Quality::bad;  // too short to mention
  const auto found = dead_stretches(s, s, kFive);
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].from, kStart + minutes(100));
  EXPECT_EQ(found[0].to, kStart + minutes(129));
}

TEST(Dead, ATagThatStopsReportingWhileOthersGoOnIsDead) {
  const auto other = noisy(600, 2, 8);
  auto s = other;
  s.erase(s.begin() + 400, s.end());
  const auto found = dead_stretches(s, other, kFive);
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].from, kStart + minutes(399));
  EXPECT_EQ(found[0].to, kStart + minutes(599));
  s.clear();
  ASSERT_EQ(dead_stretches(s, other, kFive).size(), 1u) << "never reported at all";
}

TEST(Dead, WhereNothingIsWrittenNobodyIsDead) {
  auto s = noisy(600, 2, 9);
  s.erase(s.begin() + 100, s.begin() + 300);
  EXPECT_TRUE(dead_stretches(s, s, kFive).empty()) << "the whole file has a gap there";
  EXPECT_TRUE(dead_stretches({}, {}, kFive).empty());
}

TEST(Dead, SlowlySampledTagsAreNotDead) {
  const auto busy = noisy(600, 2, 10);
  for (const std::size_t every : {8u, 60u}) {
    std::vector<readings::Sample> slow;
    for (std::size_t i = 0; i < busy.size(); i += every) slow.push_back(busy[i]);
    EXPECT_TRUE(dead_stretches(slow, busy, kFive).empty()) << every;
  }
}

TEST(Dead, ATagThatWasWellCenturiesAgoIsFoundToo) {
  const auto busy = noisy(600, 2, 11);
  std::vector<readings::Sample> s{{readings::parse_time("1690-05-06T00:00:00Z", std::nullopt).value(), 1.0}};
  for (int i = 100; i < 120; ++i) s.push_back({kStart + minutes(i), 1.0, readings::Quality::bad});
  s.push_back({kStart + minutes(300), 1.0});
  const auto dead = dead_stretches(s, busy, kFive);
  ASSERT_EQ(dead.size(), 1u);
  EXPECT_EQ(dead[0].from, kStart + minutes(100));
  EXPECT_EQ(dead[0].to, kStart + minutes(119));
}

}  // namespace
}  // namespace castner::signals

// SPDX-License-Identifier: Apache-2.0
#include "castner/signals/windows.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <random>

#include "castner/readings/time_zone.h"

namespace castner::signals {
namespace {

using namespace std::chrono;

const Time kFirst = readings::parse_time("2026-11-03T00:00:00Z", std::nullopt).value();

/// One sample a minute; value(minute).
template <class F>
readings::Series series(const char* tag, int count, F value) {
  readings::Series s{.tag = tag};
  for (int i = 0; i < count; ++i) s.samples.push_back({kFirst + minutes(i), value(i)});
  return s;
}
/// White noise of sd 1 around a level, the same for the same seed.
readings::Series noisy(const char* tag, int count, double level, unsigned seed = 1) {
  std::mt19937 random(seed);
  std::normal_distribution<double> normal(level, 1.0);
  return series(tag, count, [&](int) { return normal(random); });
}
WindowedData cut(const std::vector<readings::Series>& all, WindowOptions o = {}, double sd = 0.01) {
  return cut_windows(all, o, [sd](std::size_t, double) { return sd; });
}

TEST(Windows, StartAtMidnightAndDoNotOverlap) {
  auto s = noisy("T", 200, 50.0);
  s.samples.erase(s.samples.begin(), s.samples.begin() + 40);  // first sample at 00:40
  const auto d = cut({s});
  ASSERT_EQ(d.windows.size(), 6u);
  EXPECT_EQ(d.windows[0].from, kFirst + minutes(30));
  for (std::size_t i = 1; i < d.windows.size(); ++i) EXPECT_EQ(d.windows[i].from, d.windows[i - 1].to);
}

TEST(Windows, CountFromTheMidnightOfTheZone) {
  WindowOptions o{.window = hours(7)};  // does not divide a day: the last window is cut short
  o.time_zone = "Asia/Shanghai";
  const auto d = cut({noisy("T", 3000, 50.0)}, o);
  for (const auto& w : d.windows)
    EXPECT_EQ((w.from - readings::local_midnight(w.from, o.time_zone)) % o.window, nanoseconds(0));
  EXPECT_EQ(d.windows[0].from, kFirst - hours(1));  // 07:00 in Shanghai
  EXPECT_EQ(d.windows[2].to - d.windows[2].from, hours(3));
}

TEST(Windows, MeanAndItsUncertaintyAreThoseOfTheGoodSamples) {
  auto s = series("T", 30, [](int i) { return i % 2 ? 11.0 : 9.0; });
  s.samples[3] = {s.samples[3].time, 1e9, readings::Quality::bad};
  s.samples[4] = {s.samples[4].time, std::numeric_limits<double>::quiet_NaN(), readings::Quality::good};
  const auto m = cut({s}).windows.at(0).tags.at(0);
  EXPECT_EQ(m.good, 28);
  EXPECT_NEAR(m.mean, 10.0, 1e-12);
  // alternating values: lag-1 autocorrelation is negative and counts as 0; s^2 = 28/27
  EXPECT_NEAR(m.sd_of_mean, std::sqrt(28.0 / 27.0 / 28.0), 1e-12);
  EXPECT_TRUE(m.usable);
}

TEST(Windows, SlowNoiseLeavesFewerIndependentSamples) {
  std::mt19937 random(3);
  std::normal_distribution<double> normal;
  double x = 0.0;
  const auto slow = series("T", 30, [&](int) { return x = 0.9 * x + normal(random); });
  const auto m = cut({slow}).windows.at(0).tags.at(0);
  double variance = 0.0;
  for (const auto& p : slow.samples) variance += (p.value - m.mean) * (p.value - m.mean) / 29.0;
  EXPECT_GT(m.sd_of_mean, 1.5 * std::sqrt(variance / 30.0));
}

TEST(Windows, ARampIsUnsteadyUnlessTheInstrumentCannotTell) {
  const auto ramp = series("T", 30, [](int i) { return 100.0 + 0.1 * i; });  // thirds differ by 2.0, s = 0.3
  EXPECT_FALSE(cut({ramp}, {}, 0.5).windows.at(0).tags.at(0).steady);
  EXPECT_TRUE(cut({ramp}, {}, 2.5).windows.at(0).tags.at(0).steady);
  EXPECT_TRUE(cut({noisy("T", 30, 5.0)}).windows.at(0).tags.at(0).steady);
}

TEST(Windows, GapsAreFoundAndMakeAWindowUnusable) {
  auto s = noisy("T", 60, 50.0);
  s.samples.erase(s.samples.begin() + 35, s.samples.begin() + 45);
  const auto d = cut({s});
  ASSERT_EQ(d.gaps.size(), 1u);
  EXPECT_EQ(d.gaps[0].from, kFirst + minutes(34));
  EXPECT_EQ(d.gaps[0].to, kFirst + minutes(45));
  EXPECT_TRUE(d.windows.at(0).tags.at(0).usable);
  EXPECT_FALSE(d.windows.at(1).tags.at(0).usable);
}

TEST(Windows, AnInstrumentThatFreezesIsStuckButOnlyWhileItDoes) {
  auto s = noisy("T", 240, 50.0);
  for (std::size_t i = 100; i < 160; ++i) s.samples[i].value = 51.25;
  const auto d = cut({s, noisy("U", 240, 10.0, 2)});
  ASSERT_EQ(d.stuck.size(), 1u);
  EXPECT_EQ(d.stuck[0].tag, "T");
  EXPECT_EQ(d.stuck[0].from, kFirst + minutes(100));
  EXPECT_FALSE(d.windows[0].tags[0].stuck);
  EXPECT_TRUE(d.windows[4].tags[0].stuck);
  EXPECT_FALSE(d.windows[4].tags[1].stuck);
}

TEST(Windows, SetpointsAndCoarseSignalsAreNotStuck) {
  EXPECT_TRUE(cut({series("SP", 240, [](int) { return 85.0; })}).stuck.empty());
  EXPECT_TRUE(cut({series("SP", 240, [](int i) { return i < 120 ? 85.0 : 87.0; })}).stuck.empty());
  EXPECT_TRUE(cut({series("T", 480, [](int i) { return std::floor(i / 40.0); })}).stuck.empty())
      << "a slow ramp in steps";
}

TEST(Windows, AnInstrumentWithOnlyBadValuesIsDead) {
  auto s = noisy("T", 120, 50.0);
  for (std::size_t i = 40; i < 90; ++i) s.samples[i] = {s.samples[i].time, std::nan(""), readings::Quality::bad};
  const auto d = cut({s, noisy("U", 120, 10.0, 2)});
  ASSERT_EQ(d.stuck.size(), 1u);
  EXPECT_EQ(d.bad_quality, 50);
}

TEST(Windows, UncertainSamplesCountOnlyWhereTheGoodOnesDoNotSuffice) {
  auto s = series("T", 60, [](int i) { return i % 2 ? 11.0 : 9.0; });
  for (std::size_t i = 26; i < 30; ++i)
    s.samples[i] = {s.samples[i].time, 500.0, readings::Quality::uncertain};  // 26 good ones remain
  for (std::size_t i = 30; i < 60; ++i) s.samples[i].quality = readings::Quality::uncertain;
  const auto d = cut({s});
  EXPECT_FALSE(d.windows[0].tags[0].uncertain);
  EXPECT_EQ(d.windows[0].tags[0].good, 26);
  EXPECT_LT(d.windows[0].tags[0].mean, 11.0);
  EXPECT_TRUE(d.windows[1].tags[0].uncertain);
  EXPECT_TRUE(d.windows[1].tags[0].usable);
  EXPECT_NEAR(d.windows[1].tags[0].mean, 10.0, 1e-12);
}

/// The rule of docs/reference/commands.md, figures worked by hand: thirds of 10, means 10 and 10 + d,
/// s1 = s3 = 1/3 with n = 10, so that t sqrt(s1^2/n1 + s3^2/n3) = 3.4754 sqrt(2/90) = 0.5181; t of 18 degrees of freedom that noise
/// exceeds in 0.27 % of windows.
TEST(Windows, SteadyIsDecidedByTheThirdsTheirNoiseAndTheInstrument) {
  const auto shifted = [](double d) {
    return series("T", 30, [d](int i) {
      return 10.0 + (i < 10 ? 0.0 : i < 20 ? d / 2.0 : d) + (i % 2 ? 1.0 : -1.0) * std::sqrt(0.1);
    });
  };
  EXPECT_TRUE(cut({shifted(0.517)}, {}, 0.0).windows.at(0).tags.at(0).steady);
  EXPECT_FALSE(cut({shifted(0.519)}, {}, 0.0).windows.at(0).tags.at(0).steady);
  EXPECT_TRUE(cut({shifted(0.519)}, {}, 0.52).windows.at(0).tags.at(0).steady);
  EXPECT_FALSE(cut({shifted(0.519)}, {}, std::nan("")).windows.at(0).tags.at(0).steady) << "no instrument known";
  EXPECT_TRUE(cut({series("SP", 30, [](int) { return 7.0; })}, {}, 0.0).windows.at(0).tags.at(0).steady)
      << "a constant";
}

// Noise alone makes a steady tag drift in one of 370 windows, by each of two tests, however few rows there are: 3 standard errors
// would be exceeded in one of ten where the error itself is known from four values.
TEST(Windows, NoiseIsNoDriftHoweverFewRows) {
  std::mt19937 random(41);
  std::normal_distribution<double> normal;
  constexpr int kWindows = 20'000;
  for (const int rows : {3, 4, 5, 6, 8, 12, 18, 30, 60}) {
    readings::Series s{.tag = "T", .unit = "K", .samples = {}};
    const auto step = std::chrono::nanoseconds(std::chrono::minutes(30)) / rows;
    for (int k = 0; k < kWindows * rows; ++k) s.samples.push_back({Time{} + k * step, 350.0 + normal(random)});
    WindowOptions o;
    o.min_rows = 1;
    o.max_gap = std::chrono::hours(1);
    const auto data = cut_windows({&s, 1}, o, [](std::size_t, double) { return 0.05; });
    int drifting = 0, moving = 0;
    for (const auto& w : data.windows) {
      drifting += w.tags[0].steady ? 0 : 1;
      moving += w.tags[0].moves ? 1 : 0;
    }
    const auto share = [&](int n) { return static_cast<double>(n) / static_cast<double>(data.windows.size()); };
    EXPECT_LT(share(drifting), 2.2 * 0.0027) << rows << " rows";
    EXPECT_LT(share(moving), 6.0 * 0.0027) << rows << " rows: its ends are looked at too";
  }
}
TEST(Windows, ARampOfFewRowsIsADrift) {
  std::mt19937 random(43);
  std::normal_distribution<double> normal;
  for (const int rows : {4, 5, 6, 8, 12, 18}) {
    int found = 0;
    for (int run = 0; run < 200; ++run) {
      readings::Series s{.tag = "T", .unit = "K", .samples = {}};
      const auto step = std::chrono::nanoseconds(std::chrono::minutes(30)) / rows;
      for (int k = 0; k < rows; ++k)
        s.samples.push_back({Time{} + k * step, 350.0 + 4.0 * k / rows + 0.1 * normal(random)});
      WindowOptions o;
      o.min_rows = 1;
      o.max_gap = std::chrono::hours(1);
      const auto data = cut_windows({&s, 1}, o, [](std::size_t, double) { return 0.3; });
      found += data.windows.at(0).tags[0].steady ? 0 : 1;
    }
    EXPECT_GT(found, rows < 6 ? 150 : 198) << rows << " rows";
  }
}

TEST(Windows, TagsWithTimesOfTheirOwnShareTheRows) {
  auto a = noisy("A", 60, 5.0), b = noisy("B", 60, 5.0, 2);
  for (auto& s : b.samples) s.time += seconds(20);
  b.samples.resize(30);
  const auto d = cut({a, b});
  EXPECT_EQ(d.rows, 90);
  EXPECT_EQ(d.windows.at(0).rows, 60);
  EXPECT_EQ(d.windows.at(1).rows, 30);
  EXPECT_FALSE(d.windows.at(1).tags.at(1).usable) << "no sample of B there";
}

TEST(Windows, AWindowThatBeginsOrEndsWithoutDataIsNotUsable) {
  auto s = noisy("T", 60, 5.0);
  s.samples.erase(s.samples.begin(), s.samples.begin() + 8);
  const auto d = cut({s});
  EXPECT_EQ(d.windows[0].tags[0].good, 22);
  EXPECT_FALSE(d.windows[0].tags[0].usable) << "its first eight minutes are missing";
  EXPECT_TRUE(d.windows[1].tags[0].usable);
}

TEST(Windows, LongPausesHaveNoWindows) {
  auto s = noisy("T", 30, 5.0);
  auto later = noisy("T", 30, 5.0, 2);
  for (auto& x : later.samples) s.samples.push_back({x.time + days(3650), x.value});
  const auto d = cut({s});
  ASSERT_EQ(d.windows.size(), 2u);
  EXPECT_EQ(d.windows[1].from, kFirst + days(3650));
  EXPECT_EQ(d.gaps.size(), 1u);
}

TEST(Windows, OnAShortDayTheyStillCountFromMidnight) {
  WindowOptions o{.window = hours(2)};
  o.time_zone = "Europe/Berlin";
  auto s = noisy("T", 60 * 72, 5.0);
  const Time before = readings::parse_time("2026-03-28T00:00", o.time_zone).value();
  for (std::size_t i = 0; i < s.samples.size(); ++i) s.samples[i].time = before + minutes(i);
  int short_ones = 0;
  for (const auto& w : cut({s}, o).windows) {
    EXPECT_EQ((w.from - readings::local_midnight(w.from, o.time_zone)) % o.window, nanoseconds(0));
    short_ones += w.to - w.from == hours(1);
  }
  EXPECT_EQ(short_ones, 1) << "23 hours hold eleven windows and a half";
}

TEST(Windows, OneLongerThanADayStartsAtMidnight) {
  const auto d = cut({noisy("T", 5 * 1440, 5.0)}, {.window = days(2)});
  ASSERT_EQ(d.windows.size(), 3u);
  EXPECT_EQ(d.windows[1].from, kFirst + days(2));
}

TEST(Windows, OneWindowIsAllThatWasAskedFor) {
  WindowOptions o{.from = kFirst + minutes(7), .to = kFirst + minutes(50), .one_window = true};
  const auto d = cut({noisy("T", 200, 50.0)}, o);
  ASSERT_EQ(d.windows.size(), 1u);
  EXPECT_EQ(d.windows[0].from, kFirst + minutes(7));
  EXPECT_EQ(d.windows[0].to, kFirst + minutes(50));
  EXPECT_EQ(d.windows[0].rows, 43);
}

TEST(Windows, NoDataGivesNoWindows) {
  EXPECT_TRUE(cut({}).windows.empty());
  EXPECT_TRUE(cut({readings::Series{.tag = "T"}}).windows.empty());
}

TEST(Windows, FromAndToAreHalfOpen) {
  WindowOptions o;
  o.from = kFirst + minutes(30);
  o.to = kFirst + minutes(60);
  const auto d = cut({noisy("T", 200, 5.0)}, o);
  EXPECT_EQ(d.rows, 30);
  EXPECT_EQ(d.windows.size(), 1u);
  o.from = kFirst + minutes(40);
  EXPECT_EQ(cut({noisy("T", 200, 5.0)}, o).windows.at(0).tags.at(0).good, 20) << "samples before from are not used";
}

/// Twice what signed nanoseconds hold lies between the first and the last time that is kept.
TEST(Windows, ReadingsCenturiesApartAreCutAndTheirGapIsTold) {
  const Time early = readings::parse_time("1690-05-06T00:00:00Z", std::nullopt).value(),
             late = readings::parse_time("2261-12-31T23:30:00Z", std::nullopt).value();
  auto s = noisy("T", 60, 50.0);
  for (std::size_t i = 0; i < 60; ++i) s.samples[i].time = (i < 30 ? early : late - minutes(30)) + minutes(i);
  for (const auto between : {Between::nothing, Between::hold, Between::line}) {
    WindowOptions o;
    o.between = between;
    const auto d = cut({s}, o);
    ASSERT_EQ(d.windows.size(), 2u);
    for (const auto& w : d.windows) EXPECT_EQ(w.tags.at(0).good, 30);
    ASSERT_EQ(d.gaps.size(), 1u);
    EXPECT_EQ(d.gaps[0].from, early + minutes(29));
    EXPECT_EQ(d.gaps[0].to, late);
    EXPECT_TRUE(d.stuck.empty());
    o.window = hours(24 * 36500);
    EXPECT_EQ(cut({s}, o).windows.back().to, Time::max()) << "a century from 2261 on";
    o.one_window = true;
    o.from = early;
    o.to = late + minutes(30);
    const auto whole = cut({s}, o).windows.at(0).tags.at(0);
    EXPECT_FALSE(whole.usable) << "570 years without a reading";
  }
}

}  // namespace
}  // namespace castner::signals

// SPDX-License-Identifier: Apache-2.0
#include "castner/virtual_plant/instrument.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cmath>
#include <set>

#include "castner/virtual_plant/virtual_file.h"

namespace castner::virtual_plant {
namespace {

using Kind = InstrumentFault::Kind;

VirtualInstrument quiet(double resolution = 0.001) {
  return VirtualInstrument({"FI-1", 1.0, resolution}, {.bias = 0.0, .noise = 0.0, .drift = 0.0}, 1);
}

TEST(VirtualInstrument, ErrsAsMuchAsItsUncertaintySays) {
  double sum = 0.0, squares = 0.0;
  constexpr int kInstruments = 400;
  for (int i = 0; i < kInstruments; ++i) {
    VirtualInstrument one({"FI-" + std::to_string(i), 2.0, 0.0}, {.bias = 1.0, .noise = 0.0, .drift = 0.0}, 7);
    const double error = one.read(100.0, 1.0).value - 100.0;
    sum += error;
    squares += error * error;
  }
  EXPECT_NEAR(sum / kInstruments, 0.0, 4.0 * 2.0 / std::sqrt(kInstruments));  // four standard errors
  EXPECT_NEAR(std::sqrt(squares / kInstruments), 2.0, 4.0 * 2.0 / std::sqrt(2.0 * kInstruments));
}

TEST(VirtualInstrument, NoiseKeepsItsSizeAndForgets) {
  VirtualInstrument one({"TI-1", 1.0, 1e-9}, {.bias = 0.0, .noise = 0.3, .noise_memory = 270.0, .drift = 0.0}, 3);
  constexpr int kSamples = 200000;
  double squares = 0.0, lagged = 0.0, before = one.read(0.0, 0.0).value;
  for (int i = 1; i <= kSamples; ++i) {
    const double now = one.read(0.0, 60.0 * i).value;
    squares += now * now;
    lagged += now * before;
    before = now;
  }
  EXPECT_NEAR(std::sqrt(squares / kSamples), 0.3, 0.005);        // 200000 of which each tenth is independent
  EXPECT_NEAR(lagged / squares, std::exp(-60.0 / 270.0), 0.01);  // as make_data.py's 0.8 a minute
}

TEST(VirtualInstrument, RoundsToItsResolution) {
  VirtualInstrument volts({"EI-1", 1e-3, 1e-4}, {.bias = 0.0, .noise = 0.0, .drift = 0.0}, 1);
  EXPECT_EQ(volts.read(3.00174, 1.0).value, 3.0017);
  EXPECT_DOUBLE_EQ(VirtualInstrument({"FI-1", 0.17, 0.0}, {}, 1).resolution(), 1e-3);  // a hundredth of 0.1
}

TEST(VirtualInstrument, FaultsAreWhatTheySay) {
  struct Case {
    Kind kind;
    double size, at_5, at_15, at_25;
  };
  // Truth is the time; the fault is on from 10 s to 20 s, and comes and goes within 2 s.
  for (const Case& c : {Case{Kind::bias, 3.0, 5.0, 18.0, 25.0}, Case{Kind::drift, 0.5, 5.0, 17.5, 25.0},
                        Case{Kind::stuck, 0.0, 5.0, 10.0, 25.0}}) {
    VirtualInstrument one = quiet();
    one.add_fault({c.kind, {10.0, 20.0, 2.0}, c.size});
    for (double t = 0.0; t <= 25.0; t += 5.0) {
      const double value = one.read(t, t).value;
      if (t == 5.0) {
        EXPECT_EQ(value, c.at_5);
      }
      if (t == 15.0) {
        EXPECT_EQ(value, c.at_15);
      }
      if (t == 25.0) {
        EXPECT_EQ(value, c.at_25);
      }
    }
  }
  VirtualInstrument one = quiet();
  one.add_fault({Kind::bad, {10.0, 20.0, 1.0}, 0.0});
  one.add_fault({Kind::dead, {30.0, dynamics::kForever, 1.0}, 0.0});
  EXPECT_EQ(one.read(1.0, 5.0).status, readings::StatusCode::good);
  EXPECT_EQ(one.read(1.0, 15.0).status, readings::StatusCode::bad_sensor_failure);
  EXPECT_TRUE(one.read(1.0, 25.0).sent);
  EXPECT_FALSE(one.read(1.0, 35.0).sent);
}

TEST(Chance, IsTheSameEverywhereAndDiffersByName) {
  EXPECT_EQ(Chance(20261102, "FI-1001").bits(), Chance(20261102, "FI-1001").bits());
  std::set<std::uint64_t> first;
  for (int i = 0; i < 1000; ++i) first.insert(Chance(1, "tag " + std::to_string(i)).bits());
  for (std::uint64_t seed = 2; seed < 1000; ++seed) first.insert(Chance(seed, "tag 0").bits());
  EXPECT_EQ(first.size(), 1998u);
}

RC_GTEST_PROP(Spell, NeverJumpsAndEndsWhereItBegan, (int at, int lasts, int over)) {
  const dynamics::Spell spell{double(std::abs(at % 1000)), 0.0, 1.0 + std::abs(over % 100)};
  dynamics::Spell s = spell;
  s.until = s.at + s.over + std::abs(lasts % 1000);
  double before = 0.0;
  for (double t = s.at - 2.0; t < s.until + s.over + 2.0; t += 0.25) {
    RC_ASSERT(std::abs(s.share(t) - before) <= 0.25 / s.over + 1e-9);
    before = s.share(t);
  }
  RC_ASSERT(before == 0.0);
}

TEST(LoadProfile, GoesRoundTheClock) {
  const dynamics::LoadProfile day{{{0.0, 1.0}, {8.0, 1.0}, {9.0, 0.8}, {20.0, 0.8}, {24.0, 1.0}}, 24.0};
  EXPECT_EQ(day.at(4.0), 1.0);
  EXPECT_NEAR(day.at(8.5), 0.9, 1e-12);
  EXPECT_NEAR(day.at(48.0 + 22.0), 0.9, 1e-12);
  EXPECT_EQ(day.next_bend(3.0), 8.0);
  EXPECT_EQ(day.next_bend(8.0), 9.0);
  EXPECT_EQ(day.next_bend(24.0 + 20.0), 48.0);
  EXPECT_EQ(day.next_bend(48.0), 56.0);
  // A past repeats the same day.
  EXPECT_DOUBLE_EQ(day.at(-0.5), day.at(23.5));
  EXPECT_DOUBLE_EQ(day.at(-38.5), day.at(9.5));
  EXPECT_EQ(day.next_bend(-38.5), -28.0);
  EXPECT_EQ(day.next_bend(-24.0), -16.0);
  EXPECT_EQ(dynamics::LoadProfile{}.next_bend(5.0), dynamics::kForever);
}

}  // namespace
}  // namespace castner::virtual_plant

// SPDX-License-Identifier: Apache-2.0
#include "castner/service/live_assess.h"

#include <gtest/gtest.h>

#include <cmath>
#include <random>

#include "castner/base/file.h"
#include "castner/historian/memory_store.h"
#include "castner/plant_file/plant_file.h"
#include "castner/service/live_pair_for_tests.h"
#include "tests/support/metered_node.h"
#include "tests/support/root.h"

namespace castner::service {
namespace {

using namespace std::chrono_literals;

class LiveAssess : public ::testing::Test {
 protected:
  /// Readings of one tag, evenly over the two minutes of the window.
  void fill(const std::string& tag, std::size_t count, const std::function<double(double)>& value) {
    const auto id = store_.define(tag, "t/h").value();
    std::vector<historian::TaggedReading> some;
    for (std::size_t k = 0; k < count; ++k) {
      const double part = static_cast<double>(k) / static_cast<double>(count);
      const Time time = now_ - 2min + std::chrono::nanoseconds(std::llround(part * 120e9));
      some.push_back({id, {.time = time, .value = value(part), .arrival = time}});
    }
    ASSERT_TRUE(store_.append(some));
  }
  Result<LiveAttempt> assess() { return fresh(plant_, store_, now_); }

  const Time now_{std::chrono::hours(490'000)};
  historian::MemoryStore store_;
  const plant::Plant plant_ = plant_file::read_plant(castner::testing::kMeteredNode, "plant.toml").value();
};

TEST_F(LiveAssess, AFloodCountsUpToTheEndOfTheWindow) {
  // 10.0 t/h, and 10.1 in the last fifth: less than the instrument can tell, so steady. What is read of 300 000 must not end
  // with the 200 000th.
  fill("FI-101", 300'000, [](double part) { return part < 0.8 ? 10.0 : 10.1; });
  fill("FI-102", 120, [](double part) { return 6.0 + 0.01 * std::sin(1e4 * part); });
  fill("FI-103", 120, [](double part) { return 4.0 + 0.01 * std::sin(1e4 * part + 1.0); });
  const auto attempt = assess();
  ASSERT_TRUE(attempt) << attempt.error().text();
  ASSERT_TRUE(attempt->good()) << attempt->why_not;
  EXPECT_EQ(attempt->made->to, now_);
  const auto& flood = attempt->made->assessment.windows.at(0).state->instruments.at(0);
  EXPECT_GE(flood.reading, 0) << flood.why_not;
  // To the part of the window that one stretch of 100 000 is.
  EXPECT_NEAR(*flood.measured * 3.6, 10.0 + 0.1 * 0.2, 1e-5);
}

TEST_F(LiveAssess, AFloodOfOneValueIsAStuckInstrumentStill) {
  fill("FI-101", 300'000, [](double part) { return part < 0.3 ? 10.0 + 0.01 * std::sin(1e6 * part) : 10.007; });
  fill("FI-102", 120, [](double part) { return 6.0 + 0.01 * std::sin(1e4 * part); });
  fill("FI-103", 120, [](double part) { return 4.0 + 0.01 * std::sin(1e4 * part + 1.0); });
  const auto attempt = assess();
  ASSERT_TRUE(attempt) << attempt.error().text();
  ASSERT_TRUE(attempt->made);
  ASSERT_FALSE(attempt->made->assessment.stuck_tags.empty());
  EXPECT_EQ(attempt->made->assessment.stuck_tags.front().tag, "FI-101");
}

TEST_F(LiveAssess, AFloodOfBadReadingsIsNoData) {
  const auto id = store_.define("FI-101", "t/h").value();
  std::vector<historian::TaggedReading> some;
  for (int k = 0; k < 250'000; ++k)
    some.push_back({id, {.time = now_ - 2min + k * 400us, .value = 10.0, .status = readings::StatusCode::bad}});
  ASSERT_TRUE(store_.append(some));
  fill("FI-102", 120, [](double part) { return 6.0 + 0.01 * std::sin(1e4 * part); });
  fill("FI-103", 120, [](double part) { return 4.0 + 0.01 * std::sin(1e4 * part + 1.0); });
  const auto attempt = assess();
  ASSERT_TRUE(attempt) << attempt.error().text();
  ASSERT_TRUE(attempt->made);
  EXPECT_GT(attempt->made->assessment.bad_quality, 10'000);
  EXPECT_EQ(attempt->made->assessment.windows.at(0).state->instruments.at(0).why_not, "no_data");
}

// Held between readings, two a window are enough, and min_rows asks nothing; without that they are too few.
TEST_F(LiveAssess, WhatIsHeldNeedsNoRows) {
  for (const auto& [tag, value] : {std::pair{"FI-101", 10.0}, std::pair{"FI-102", 6.0}, std::pair{"FI-103", 4.0}}) {
    const auto id = store_.define(tag, "t/h").value();
    std::vector<historian::TaggedReading> some;
    for (const auto ago : {170s, 75s, 10s})
      some.push_back({id, {.time = now_ - ago, .value = value, .arrival = now_ - ago}});
    ASSERT_TRUE(store_.append(some));
  }
  EXPECT_EQ(assess()->why_not, "too_short");
  for (const char* between : {"hold", "line"}) {
    std::string toml = castner::testing::kMeteredNode;
    toml.erase(toml.find("min_rows"));
    const auto plant = plant_file::read_plant(toml + "min_rows = 1000\nbetween = \"" + between + "\"\n", "plant.toml");
    ASSERT_TRUE(plant) << plant.error().text();
    const auto attempt = fresh(*plant, store_, now_);
    ASSERT_TRUE(attempt) << attempt.error().text();
    EXPECT_TRUE(attempt->good()) << attempt->why_not;
    EXPECT_EQ(fresh(*plant, store_, now_ + 5min)->why_not, "no_data") << "held no longer than max_gap";
  }
}

TEST_F(LivePair, OneIsStoppedAndStartedAgainAndTheBalanceGoesOn) {
  read(60, 150, 240);
  const auto idle = [](const LiveAttempt& a) { return a.made->assessment.windows.at(0).state->idle; };
  const auto efficiency = [&](const LiveAttempt& a) {
    return a.made->assessment.windows.at(0)
        .state->reconciliation.estimates.at(static_cast<std::size_t>(*plant_.flowsheet->find("E1.current_efficiency")))
        .value;
  };
  const auto running = at(60), just_stopped = at(65), stopped = at(81), long_stopped = at(140), started = at(171);
  ASSERT_TRUE(running.good()) << running.why_not;
  EXPECT_TRUE(idle(running).empty());
  EXPECT_EQ(just_stopped.why_not, "too_short") << "the new state is five minutes old";
  for (const auto* a : {&stopped, &long_stopped}) {
    ASSERT_TRUE(a->good()) << a->why_not;
    EXPECT_EQ(idle(*a), (std::vector<int>{3}));  // E2
    EXPECT_NEAR(efficiency(*a), efficiency(running), 1e-3);
  }
  EXPECT_EQ(stopped.made->from, begin_ + std::chrono::minutes(60)) << "since the switch";
  ASSERT_TRUE(started.good()) << started.why_not;
  EXPECT_TRUE(idle(started).empty());
}

/// Counts what is asked of it.
class CountingStore final : public historian::MemoryStore {
 public:
  Result<std::vector<readings::Reading>> read(const historian::Range& range, std::size_t limit) const override {
    ++reads;
    return MemoryStore::read(range, limit);
  }
  mutable int reads = 0;
};

// Looks that remember say the same as looks that do not, through a stop and a start, and read the weeks before once an hour.
TEST_F(LivePair, ALookRemembersTheOneBefore) {
  read(60, 150, 240);
  LiveMemory memory(plant_);
  for (int minute = 40; minute < 240; minute += 7) {
    const Time now = begin_ + std::chrono::minutes(minute);
    const auto warm = assess_newest(plant_, {}, store_, now, memory).value(), cold = fresh(plant_, store_, now).value();
    ASSERT_EQ(warm.why_not, cold.why_not) << minute;
    if (!warm.good()) continue;
    const auto &a = *warm.made->assessment.windows.at(0).state, &b = *cold.made->assessment.windows.at(0).state;
    EXPECT_EQ(a.idle, b.idle) << minute;
    const auto &x = a.reconciliation.x, &y = b.reconciliation.x;
    for (std::size_t v = 0; v < x.size(); ++v) {
      if (b.reconciliation.estimates[v].kind == solve::Class::unobservable) continue;
      EXPECT_NEAR(x[v], y[v], 1e-6 * (1.0 + std::abs(y[v]))) << minute << " " << plant_.flowsheet->variables()[v].name;
    }
  }
}

TEST_F(LiveAssess, TheWeeksBeforeAreReadOnceAnHour) {
  CountingStore store;
  for (const auto& m : plant_.measurements) {
    const auto id = store.define(m.tag, "t/h").value();
    std::vector<historian::TaggedReading> some;
    for (Time t = now_ - 3h; t < now_ + 3h; t += 2s) some.push_back({id, {.time = t, .value = 5.0, .arrival = t}});
    ASSERT_TRUE(store.append(some));
  }
  const int tags = static_cast<int>(plant_.measurements.size());
  LiveMemory memory(plant_);
  std::vector<int> reads;
  for (const auto after : {0min, 1min, 59min, 61min, 62min}) {
    store.reads = 0;
    ASSERT_TRUE(assess_newest(plant_, {}, store, now_ + after, memory));
    reads.push_back(store.reads);
  }
  EXPECT_EQ(reads, (std::vector<int>{11 * tags, tags, tags, 11 * tags, tags}));
  store.reads = 0;
  ASSERT_TRUE(assess_newest(plant_, {}, store, now_, memory));
  EXPECT_EQ(store.reads, 11 * tags) << "a clock that was set back";
}

/// The same two, read every second from their start on, with noise that remembers itself for minutes.
class LiveStart : public LivePair {
 protected:
  LiveAttempt after(int seconds, double kelvins_a_minute = 0.0) {
    historian::MemoryStore store;
    std::mt19937 random(31);
    std::normal_distribution<double> normal;
    const double keep = std::exp(-1.0 / 270.0);
    for (const auto& m : plant_.measurements) {
      const auto id = store.define(m.tag, m.unit.text).value();
      const double value = m.tag == "I2"    ? 14.54e3
                           : m.tag == "FB2" ? m.unit.to_si(34.4)
                           : m.tag == "FL2" ? m.unit.to_si(58.0)
                                            : *m.value;
      const bool warm = plant_.flowsheet->variables()[static_cast<std::size_t>(m.variable)].unit == "K";
      std::vector<historian::TaggedReading> some;
      double noise = normal(random);
      for (int k = 0; k < seconds; ++k) {
        noise = keep * noise + std::sqrt(1.0 - keep * keep) * normal(random);
        const double si = value + 0.3 * m.uncertainty.sd(value) * noise + (warm ? kelvins_a_minute * k / 60.0 : 0.0);
        const Time time = begin_ + std::chrono::seconds(k);
        some.push_back({id, {.time = time, .value = m.unit.from_si(si), .arrival = time}});
      }
      EXPECT_TRUE(store.append(some));
    }
    auto attempt = fresh(plant_, store, begin_ + std::chrono::seconds(seconds));
    EXPECT_TRUE(attempt) << attempt.error().text();
    return attempt ? std::move(*attempt) : LiveAttempt{};
  }
};

TEST_F(LiveStart, TheFirstBalanceStandsWithTheFirstReadings) {
  EXPECT_EQ(after(15).why_not, "too_short");
  for (const int seconds : {21, 40, 90, 240, 600, 1200}) {
    const auto a = after(seconds);
    ASSERT_TRUE(a.good()) << a.why_not << " after " << seconds << " s";
    const auto& state = *a.made->assessment.windows.at(0).state;
    EXPECT_TRUE(state.reconciliation.global_test.passed) << seconds << " s";
    EXPECT_TRUE(state.reconciliation.gross_errors.empty()) << seconds << " s";
    for (std::size_t i = 0; i < state.instruments.size(); ++i) {
      const auto& m = plant_.measurements[i];
      EXPECT_LT(*state.instruments[i].sd, 1.5 * m.uncertainty.sd(*m.value))
          << m.tag << " says little, " << seconds << " s";
    }
  }
}

TEST_F(LiveStart, APlantThatWarmsUpHasNoBalance) {
  for (const int seconds : {60, 240, 900}) EXPECT_EQ(after(seconds, 1.0).why_not, "not_steady") << seconds << " s";
}

}  // namespace
}  // namespace castner::service

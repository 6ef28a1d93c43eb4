// SPDX-License-Identifier: Apache-2.0
#include "castner/service/past_balances.h"

#include <gtest/gtest.h>
#include <sys/resource.h>
#include <unistd.h>

#include <atomic>
#include <cmath>
#include <new>
#include <random>

#include "castner/base/manual_clock.h"
#include "castner/historian/memory_store.h"
#include "castner/plant_file/plant_file.h"
#include "castner/service/live_state.h"
#include "tests/support/metered_node.h"

namespace castner::service {
namespace {

using namespace std::chrono_literals;
using State = PastProgress::State;

/// A plant of three meters, windows of two minutes, and a day that began at midnight UTC.
class PastBalancesTest : public ::testing::Test {
 protected:
  /// Readings every two seconds that do not quite close: 10.1 in, 6 and 4 out.
  void fill(Time from, Time to) {
    const double truth[] = {10.1, 6.0, 4.0};
    for (int k = 0; k < 3; ++k) {
      const auto id = store_.define("FI-10" + std::to_string(k + 1), "t/h").value();
      std::vector<historian::TaggedReading> some;
      for (Time t = from; t < to; t += 2s) {
        const double wave = 0.01 * std::sin(1e3 * static_cast<double>((t - kMidnight) / 1s) + k);
        some.push_back({id, {.time = t, .value = truth[k] + wave, .arrival = t}});
      }
      ASSERT_TRUE(store_.append(some));
    }
  }
  std::vector<readings::Reading> balances() const {
    const auto tag = store_.find(reconciled_tag("S1.flow_mass"));
    return tag ? store_.read({.tag = tag->id}, 1000).value() : std::vector<readings::Reading>{};
  }
  /// Its thread gives way to everybody: on a busy machine it may be long.
  static ::testing::AssertionResult ended(const PastBalances& past) {
    for (int k = 0; k < 6000; ++k, std::this_thread::sleep_for(10ms))
      if (past.progress().state != State::running) return ::testing::AssertionSuccess();
    return ::testing::AssertionFailure() << "still running after a minute";
  }

  const Time kMidnight{std::chrono::days(20'416)};
  ManualClock clock_{kMidnight + 6h};
  historian::MemoryStore store_;
  std::atomic<bool> busy_{false};
  std::shared_ptr<const plant::Plant> plant_ =
      std::make_shared<plant::Plant>(plant_file::read_plant(castner::testing::kMeteredNode, "plant.toml").value());
  PastBalances past_{store_, clock_, [this] { return busy_.load(); }, {.share = 1.0}};
};

/// Readings that do not fit into memory, while it is told so.
class ThrowingHistory final : public historian::MemoryStore {
 public:
  Result<std::vector<readings::Reading>> read(const historian::Range& range, std::size_t limit) const override {
    if (throws) throw std::bad_alloc();
    return MemoryStore::read(range, limit);
  }
  std::atomic<bool> throws = true;
};

TEST_F(PastBalancesTest, WhatIsThrownEndsTheRequestAsFailedAndTheNextOneIsTaken) {
  ThrowingHistory history;
  for (const char* tag : {"FI-101", "FI-102", "FI-103"}) {
    const auto id = history.define(tag, "t/h").value();
    ASSERT_TRUE(history.append(std::vector<historian::TaggedReading>{{id, {.time = kMidnight + 1h, .value = 1.0}}}));
  }
  PastBalances past(history, clock_, [] { return false; }, {.share = 1.0});
  past.watch(plant_, {{.name = "FI-101"}, {.name = "FI-102"}, {.name = "FI-103"}});
  ASSERT_TRUE(past.ask(kMidnight, kMidnight + 4h));
  ASSERT_TRUE(ended(past));
  EXPECT_EQ(past.progress().state, State::failed);
  EXPECT_NE(past.progress().error.find("its log says why"), std::string::npos) << past.progress().error;
  history.throws = false;
  ASSERT_TRUE(past.ask(kMidnight, kMidnight + 4h));
  ASSERT_TRUE(ended(past));
  EXPECT_EQ(past.progress().state, State::done);
}

TEST_F(PastBalancesTest, EveryWindowWithReadingsGetsItsBalance) {
  fill(kMidnight + 1h, kMidnight + 1h + 10min);
  past_.watch(plant_, {});
  ASSERT_TRUE(past_.ask(kMidnight, kMidnight + 2h));
  ASSERT_TRUE(ended(past_));
  const auto p = past_.progress();
  EXPECT_EQ(p.state, State::done);
  EXPECT_EQ(p.windows, 60u);
  EXPECT_EQ(p.looked_at, 60u);
  EXPECT_EQ(p.balanced, 5u);
  EXPECT_EQ(p.without_answer, 55u);
  const auto made = balances();
  ASSERT_EQ(made.size(), 5u);
  for (std::size_t k = 0; k < made.size(); ++k) {
    EXPECT_EQ(made[k].time, kMidnight + 1h + 2min * static_cast<int>(k + 1)) << "at its window's end";
    EXPECT_EQ(made[k].arrival, clock_.now());
    // 0.1 t/h does not close; 4/6 of it falls to FI-101, whose variance is 0.04 of 0.06.
    EXPECT_NEAR(std::get<double>(made[k].value) * 3.6, 10.1 - 0.1 * 4 / 6, 0.005);
  }
}

TEST_F(PastBalancesTest, AWindowWithABalanceKeepsItAndTheRestIsDone) {
  fill(kMidnight + 1h, kMidnight + 1h + 10min);
  past_.watch(plant_, {});
  ASSERT_TRUE(past_.ask(kMidnight + 1h + 4min, kMidnight + 1h + 8min));
  ASSERT_TRUE(ended(past_));
  EXPECT_EQ(past_.progress().balanced, 2u);
  clock_.advance(1h);
  ASSERT_TRUE(past_.ask(kMidnight + 1h, kMidnight + 1h + 10min));
  ASSERT_TRUE(ended(past_));
  EXPECT_EQ(past_.progress().had_one, 2u);
  EXPECT_EQ(past_.progress().balanced, 3u);
  const auto tag = store_.find(reconciled_tag("S1.flow_mass"));
  EXPECT_EQ(store_.versions({.tag = tag->id}, 100).value().size(), 5u) << "none was made twice";
}

TEST_F(PastBalancesTest, TheLastWindowOfADayIsShorterWhereTheLengthDoesNotDivideIt) {
  auto other = plant_file::read_plant(castner::testing::kMeteredNode, "plant.toml").value();
  other.assess.window = 7 * 3600.0;
  other.assess.max_gap = 60.0;
  const auto plant = std::make_shared<plant::Plant>(std::move(other));
  clock_.advance(48h);
  fill(kMidnight + 21h, kMidnight + 24h);
  past_.watch(plant, {});
  ASSERT_TRUE(past_.ask(kMidnight, kMidnight + 24h));
  ASSERT_TRUE(ended(past_));
  EXPECT_EQ(past_.progress().windows, 4u);
  EXPECT_EQ(past_.progress().balanced, 1u);
  ASSERT_EQ(balances().size(), 1u);
  EXPECT_EQ(balances()[0].time, kMidnight + 24h);
}

TEST_F(PastBalancesTest, ItWaitsWhileLiveWorkWaitsAndCanBeStopped) {
  fill(kMidnight + 1h, kMidnight + 1h + 10min);
  busy_ = true;
  past_.watch(plant_, {});
  ASSERT_TRUE(past_.ask(kMidnight, kMidnight + 2h));
  for (int k = 0; k < 5; ++k) {
    clock_.advance(1s);
    std::this_thread::sleep_for(2ms);
  }
  EXPECT_EQ(past_.progress().looked_at, 0u);
  EXPECT_FALSE(past_.ask(kMidnight, kMidnight + 1h)) << "one at a time";
  past_.stop();
  EXPECT_EQ(past_.progress().state, State::stopped);
  EXPECT_TRUE(balances().empty());
  busy_ = false;
  ASSERT_TRUE(past_.ask(kMidnight, kMidnight + 2h));
  ASSERT_TRUE(ended(past_));
  EXPECT_EQ(balances().size(), 5u);
}

/// Holds the reader after so many readings until it is let go.
class GateStore final : public historian::MemoryStore {
 public:
  Result<std::vector<readings::Reading>> read(const historian::Range& range, std::size_t limit) const override {
    if (++reads == stop_at) {
      stands = true;
      while (!open) std::this_thread::sleep_for(1ms);
    }
    return MemoryStore::read(range, limit);
  }
  mutable std::atomic<int> reads{0}, stop_at{-1};
  mutable std::atomic<bool> stands{false}, open{false};
};

// Of the many windows of one stretch: among those that may have a balance already, and while readings are read.
TEST_F(PastBalancesTest, AStopIsHeardWithinAStretch) {
  for (const int at : {5, 190, 205}) {
    SCOPED_TRACE(at);
    GateStore store;
    for (int k = 0; k < 3; ++k) {
      const auto id = store.define("FI-10" + std::to_string(k + 1), "t/h").value();
      std::vector<historian::TaggedReading> some;
      for (Time t = kMidnight; t < kMidnight + 2h; t += 2s)
        some.push_back({id,
                        {.time = t,
                         .value = (k == 0   ? 10.0
                                   : k == 1 ? 6.0
                                            : 4.0) +
                                  0.001 * static_cast<double>((t - kMidnight) / 2s % 7)}});
      ASSERT_TRUE(store.append(some));
    }
    PastBalances past(store, clock_, [] { return false; }, {.share = 1.0});
    past.watch(plant_, {});
    ASSERT_TRUE(past.ask(kMidnight, kMidnight + 2min));
    ASSERT_TRUE(ended(past));
    ASSERT_EQ(past.progress().balanced, 1u);
    store.reads = 0;
    store.stop_at = at;
    ASSERT_TRUE(past.ask(kMidnight, kMidnight + 2h));
    while (!store.stands) std::this_thread::sleep_for(1ms);
    std::jthread stops([&] { past.stop(); });
    std::this_thread::sleep_for(20ms);
    store.open = true;
    stops.join();
    EXPECT_EQ(past.progress().state, State::stopped);
    EXPECT_EQ(past.progress().looked_at, 0u);
    EXPECT_LT(store.reads, at + 15) << "what one window or tag takes";
    EXPECT_EQ(store.read({.tag = store.find(reconciled_tag("S1.flow_mass"))->id}, 100).value().size(), 1u);
  }
}

TEST_F(PastBalancesTest, ItsThreadGivesWayToEveryOther) {
  std::atomic<int> nice{-1};
  PastBalances past(store_, clock_, [&] {
    nice = getpriority(PRIO_PROCESS, static_cast<id_t>(gettid()));
    return false;
  });
  past.watch(plant_, {});
  ASSERT_TRUE(past.ask(kMidnight, kMidnight + 1h));
  for (int k = 0; k < 1000 && nice < 0; ++k) std::this_thread::sleep_for(1ms);
  EXPECT_EQ(nice, 19);
  EXPECT_NE(getpriority(PRIO_PROCESS, static_cast<id_t>(gettid())), 19) << "the others keep theirs";
}

// Who asks as soon as a request is seen to be done is written down after that one was forgotten.
TEST_F(PastBalancesTest, ARequestIsForgottenBeforeTheNextIsWrittenDown) {
  std::mutex mutex;
  std::vector<std::string> notes;
  std::vector<State> seen;
  const auto note = [&](const char* what) {
    const std::lock_guard lock(mutex);
    notes.emplace_back(what);
    seen.push_back(past_.progress().state);
    return Result<void>();
  };
  past_.write_down({.keep = [&](Time, Time) { return note("keep"); }, .forget = [&] { return note("forget"); }});
  past_.watch(plant_, {});
  EXPECT_FALSE(past_.ask(kMidnight + 1min, kMidnight + 2min)) << "refused, and not written down";
  ASSERT_TRUE(past_.ask(kMidnight, kMidnight + 10min));
  ASSERT_TRUE(ended(past_));
  ASSERT_TRUE(past_.ask(kMidnight, kMidnight + 10min));
  ASSERT_TRUE(ended(past_));
  EXPECT_EQ(notes, (std::vector<std::string>{"keep", "forget", "keep", "forget"}));
  EXPECT_EQ(seen, (std::vector<State>{State::none, State::running, State::done, State::running}));
  busy_ = true;
  ASSERT_TRUE(past_.ask(kMidnight, kMidnight + 10min));
  past_.stop();
  EXPECT_EQ(notes.size(), 5u) << "what is stopped with the server goes on after it";
  EXPECT_TRUE(past_.give_up());
  EXPECT_EQ(notes.back(), "forget");
}

TEST_F(PastBalancesTest, WhatCannotBeWrittenDownIsNotBegun) {
  past_.write_down(
      {.keep = [](Time, Time) -> Result<void> { return world_refused("castner.db", "no space left", ""); }});
  past_.watch(plant_, {});
  EXPECT_FALSE(past_.ask(kMidnight, kMidnight + 10min));
  EXPECT_EQ(past_.progress().state, State::none);
}

TEST_F(PastBalancesTest, OnlyWholeWindowsUpToNowCount) {
  past_.watch(plant_, {});
  ASSERT_TRUE(past_.ask(kMidnight + 5h + 1min, kMidnight + 300h));
  ASSERT_TRUE(ended(past_));
  EXPECT_EQ(past_.progress().windows, 29u);  // 5:02 to 6:00
  EXPECT_EQ(past_.progress().to, clock_.now());
}

// Over all times that may be asked for, by windows of minutes, hours and a day: 584 years are more than signed nanoseconds hold.
TEST_F(PastBalancesTest, HowManyWindowsThereAreIsCountedRightInEveryCentury) {
  constexpr Time kFirst = std::chrono::sys_days(std::chrono::year(1678) / 1 / 1);
  constexpr auto kHours = static_cast<std::int64_t>(584) * 8766 - 48;
  busy_ = true;  // nothing but the count
  std::mt19937 random(19);
  std::uniform_int_distribution<std::int64_t> hour(0, kHours);
  for (const std::int64_t minutes : {2, 120, 1440}) {
    auto other = plant_file::read_plant(castner::testing::kMeteredNode, "plant.toml").value();
    other.assess.window = 60.0 * static_cast<double>(minutes);
    past_.watch(std::make_shared<plant::Plant>(std::move(other)), {});
    for (int k = 0; k < 40; ++k) {
      const std::int64_t a = k == 0 ? 0 : hour(random), b = k < 2 ? kHours : hour(random);
      const Time from = kFirst + a * 1h, to = kFirst + b * 1h, end = std::min(to, clock_.now());
      const auto whole = [](Time t) { return t.time_since_epoch() / 1min; };
      const std::int64_t windows = (whole(end) - whole(from)) / minutes;
      const bool possible = windows >= 1 && windows <= 1'051'200;
      if (possible && windows > 200'000) continue;  // right, and long to list
      const auto asked = past_.ask(from, to);
      past_.stop();
      if (windows > 1'051'200) {
        ASSERT_FALSE(asked) << k;
        EXPECT_EQ(asked.error().problems.front().what, "there are more than 1051200 windows from then to `to`") << k;
      } else if (windows < 0) {
        EXPECT_FALSE(asked) << k;
      } else if (windows > 24) {
        ASSERT_TRUE(asked) << k << ": " << asked.error().text();
        EXPECT_NEAR(static_cast<double>(past_.progress().windows), static_cast<double>(windows), 24.0) << k;
      }
    }
  }
}

TEST_F(PastBalancesTest, WhatCannotBeAskedIsRefused) {
  const auto refused = [&](Time from, Time to) {
    const auto done = past_.ask(from, to);
    return done ? "" : done.error().problems.front().what;
  };
  EXPECT_EQ(refused(kMidnight, kMidnight + 1h), "this server has no plant file, so there is no balance");
  past_.watch(plant_, {});
  EXPECT_EQ(refused(kMidnight + 7h, kMidnight + 8h), "there is no whole window from then to `to`");
  EXPECT_EQ(refused(kMidnight + 1min, kMidnight + 3min), "there is no whole window from then to `to`");
  EXPECT_EQ(refused(Time{}, kMidnight), "there are more than 1051200 windows from then to `to`");
  EXPECT_EQ(past_.progress().state, State::none);
}

}  // namespace
}  // namespace castner::service

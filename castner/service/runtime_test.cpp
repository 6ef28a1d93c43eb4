// SPDX-License-Identifier: Apache-2.0
#include <atomic>

#include "castner/service/runtime_for_tests.h"

namespace castner::service {
namespace {

TEST_F(RuntimeTest, ReadingsBecomeABalanceAndTheBalanceBecomesHistory) {
  Runtime runtime(store_, clock_, options_);
  ASSERT_TRUE(runtime.watch(watched()));
  seconds(40, 10.1, 6.0, 4.0);
  ASSERT_TRUE(eventually([&] { return store_.health().acknowledged >= 120; }));
  const auto state = runtime.reconcile_now();
  ASSERT_TRUE(state->last_good) << state->not_reconciled;
  EXPECT_EQ(state->not_reconciled, "");
  const auto& reconciliation = state->last_good->assessment.windows.at(0).state->reconciliation;
  const auto id = store_.find(reconciled_tag("S1.flow_mass"));
  ASSERT_TRUE(id);
  EXPECT_EQ(id->unit, "kg/s");
  const auto latest = store_.latest(std::vector{id->id}).value().at(0);
  ASSERT_TRUE(latest);
  EXPECT_EQ(latest->time, state->last_good->to);
  const double reconciled = std::get<double>(latest->value);
  EXPECT_EQ(reconciled, reconciliation.estimates[0].value);
  // Weights by variance: 4 : 1 : 1, so two thirds of the 0.1 t/h that do not close fall to FI-101.
  EXPECT_NEAR(reconciled * 3.6, 10.1 - 0.1 * 4.0 / 6.0, 0.01);
  EXPECT_TRUE(store_.find(reconciled_sd_tag("S2.flow_mass")));
}

TEST_F(RuntimeTest, SaysWhyThereIsNoBalance) {
  Runtime runtime(store_, clock_, options_);
  EXPECT_EQ(runtime.live()->not_reconciled, "no_plant");
  ASSERT_TRUE(runtime.watch(watched()));
  EXPECT_EQ(runtime.reconcile_now()->not_reconciled, "no_data");
  seconds(5, 10, 6, 4);
  ASSERT_TRUE(eventually([&] { return store_.health().acknowledged >= 15; }));
  EXPECT_EQ(runtime.reconcile_now()->not_reconciled, "too_short");
  for (int k = 0; k < 60; ++k) seconds(1, 10 + 0.05 * k, 6 + 0.05 * k, 4);
  ASSERT_TRUE(eventually([&] { return store_.health().acknowledged >= 195; }));
  const auto state = runtime.reconcile_now();
  EXPECT_EQ(state->not_reconciled, "not_steady");
  ASSERT_TRUE(state->last);
  EXPECT_FALSE(state->last->assessment.windows.at(0).unsteady_tags.empty());
}

TEST_F(RuntimeTest, ATagThatNeverHadDataIsToldOnce) {
  auto text = std::string(castner::testing::kMeteredNode);
  text += R"([[measurement]]
tag = "FI-104"
of = "S3.flow_mass"
unit = "t/h"
sd = 0.1
)";
  plant_ = std::make_shared<plant::Plant>(plant_file::read_plant(text, "plant.toml").value());
  auto with_fourth = watched();
  with_fourth.tags.push_back({.name = "FI-104", .source = "plc", .unit = "t/h"});
  Runtime runtime(store_, clock_, options_);
  ASSERT_TRUE(runtime.watch(std::move(with_fourth)));
  seconds(40, 10, 6, 4);
  ASSERT_TRUE(eventually([&] { return store_.health().acknowledged >= 120; }));
  const auto state = runtime.reconcile_now();
  ASSERT_TRUE(state->last_good) << state->not_reconciled;
  std::vector<std::string> codes;
  for (const auto& f : state->last_good->assessment.findings)
    if (std::any_of(f.blanks.begin(), f.blanks.end(), [](const auto& w) { return w.second == "FI-104"; }))
      codes.push_back(f.code);
  EXPECT_EQ(codes, std::vector<std::string>{"data.not_in_file"});
}

TEST_F(RuntimeTest, AfterASilenceOfAllTheWindowBeginsAnew) {
  Runtime runtime(store_, clock_, options_);
  ASSERT_TRUE(runtime.watch(watched()));
  seconds(30, 10, 6, 4);
  clock_.advance(30s);
  const Time again = clock_.now();
  seconds(30, 10, 6, 4);
  ASSERT_TRUE(eventually([&] { return store_.health().acknowledged >= 180; }));
  const auto state = runtime.reconcile_now();
  ASSERT_TRUE(state->last_good) << state->not_reconciled;
  EXPECT_EQ(state->last_good->from, again);
}

TEST_F(RuntimeTest, TheFirstBalanceComesByItself) {
  Runtime runtime(store_, clock_, options_);
  ASSERT_TRUE(runtime.watch(watched()));
  seconds(30, 10, 6, 4);
  EXPECT_TRUE(eventually([&] { return clock_.advance(100ms), runtime.live()->last_good != nullptr; }));
}

TEST_F(RuntimeTest, TheLastGoodBalanceStaysWhileThePlantMoves) {
  options_.reconcile = std::chrono::hours(1);  // only when asked
  Runtime runtime(store_, clock_, options_);
  ASSERT_TRUE(runtime.watch(watched()));
  seconds(30, 10, 6, 4);
  ASSERT_TRUE(eventually([&] { return store_.health().acknowledged >= 90; }));
  ASSERT_TRUE(eventually([&] { return clock_.advance(100ms), runtime.live()->last_good != nullptr; })) << "by itself";
  const auto good = runtime.reconcile_now()->last_good;
  ASSERT_TRUE(good);
  seconds(30, 14, 10, 4);
  ASSERT_TRUE(eventually([&] { return store_.health().acknowledged >= 180; }));
  const auto state = runtime.reconcile_now();
  EXPECT_EQ(state->not_reconciled, "not_steady");
  EXPECT_EQ(state->last_good, good);
  EXPECT_NE(state->last, good);
}

TEST_F(RuntimeTest, ABadConfigurationIsRefusedWholeAndTheOldOneStays) {
  Runtime runtime(store_, clock_, options_);
  ASSERT_TRUE(runtime.watch(watched()));
  seconds(30, 10, 6, 4);
  auto next = watched("bad");
  const auto refused = runtime.watch(std::move(next));
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().text(), "castner.toml:3: no such device; name another\n");
  EXPECT_TRUE(puppet_.deliver({{{"FI-101", Reading{.time = clock_.now(), .value = 10.0}}}, {}}))
      << "the old source still delivers";
  EXPECT_EQ(runtime.live()->sources.count("plc"), 1u);
}

TEST_F(RuntimeTest, TheLedgerSaysWhenATagWasSilentAndWhy) {
  Runtime runtime(store_, clock_, options_);
  ASSERT_TRUE(runtime.watch(watched()));
  seconds(10, 10, 6, 4);
  const Time last = clock_.now() - 1s;
  unwell("FI-102", "timed out");
  const auto gaps = [&] { return store_.gaps(Time::min(), Time::max()).value(); };
  ASSERT_TRUE(eventually([&] { return clock_.advance(1s), !gaps().empty(); }));
  EXPECT_EQ(gaps().size(), 1u);
  EXPECT_EQ(gaps()[0].tag, store_.find("FI-102")->id);
  EXPECT_EQ(gaps()[0].from, last);
  EXPECT_EQ(gaps()[0].why, "timed out");
  EXPECT_FALSE(gaps()[0].to);
  say(10, 6, 4);
  ASSERT_TRUE(eventually([&] { return clock_.advance(1s), gaps()[0].to.has_value(); }));
  EXPECT_GT(*gaps()[0].to, last);
}

TEST_F(RuntimeTest, TimeWithoutAServerStandsInTheLedger) {
  {
    Runtime runtime(store_, clock_, options_);
    ASSERT_TRUE(runtime.watch(watched()));
    seconds(10, 10, 6, 4);
  }
  const Time last = clock_.now() - 1s;
  clock_.advance(std::chrono::hours(3));
  Runtime runtime(store_, clock_, options_);
  ASSERT_TRUE(runtime.watch(watched()));
  const auto gaps = store_.gaps(Time::min(), Time::max()).value();
  ASSERT_EQ(gaps.size(), 3u);
  EXPECT_EQ(gaps[0].from, last);
  EXPECT_EQ(gaps[0].why, "the server was not running");
  say(10, 6, 4);
  ASSERT_TRUE(
      eventually([&] { return clock_.advance(1s), store_.gaps(Time::min(), Time::max()).value()[0].to.has_value(); }));
}

TEST_F(RuntimeTest, AClockSetForwardSilencesNobodyAndTheBalanceBeginsAnew) {
  Runtime runtime(store_, clock_, options_);
  ASSERT_TRUE(runtime.watch(watched()));
  seconds(30, 10, 6, 4);
  ASSERT_TRUE(eventually([&] { return store_.health().acknowledged >= 90; }));
  ASSERT_TRUE(runtime.reconcile_now()->last_good);
  ::testing::internal::CaptureStderr();
  clock_.jump(1h);
  const Time after = clock_.now();
  seconds(30, 10, 6, 4);
  ASSERT_TRUE(eventually([&] { return clock_.advance(100ms), runtime.live()->at >= after; })) << "it looks";
  ASSERT_TRUE(eventually([&] { return store_.health().acknowledged >= 180; }));
  const auto state = runtime.reconcile_now();
  EXPECT_NE(::testing::internal::GetCapturedStderr().find("clock_was_set by_seconds=3600"), std::string::npos);
  EXPECT_EQ(state->not_reconciled, "");
  EXPECT_EQ(state->last_good->from, after) << "an hour without readings lies between";
  EXPECT_TRUE(store_.gaps(Time::min(), Time::max()).value().empty());
}

TEST_F(RuntimeTest, AClockSetBackLosesNoReadingAndTheBalanceGoesOn) {
  Runtime runtime(store_, clock_, options_);
  ASSERT_TRUE(runtime.watch(watched()));
  const Time start = clock_.now();
  seconds(30, 10, 6, 4);
  ::testing::internal::CaptureStderr();
  clock_.jump(-1h);
  seconds(30, 10, 6, 4);
  ASSERT_TRUE(eventually([&] { return clock_.advance(100ms), runtime.live()->at < start; })) << "it looks";
  ASSERT_TRUE(eventually([&] { return store_.health().acknowledged >= 180; }));
  const auto state = runtime.reconcile_now();
  const std::string said = ::testing::internal::GetCapturedStderr();
  EXPECT_NE(said.find("clock_was_set by_seconds=-3600"), std::string::npos) << said;
  EXPECT_EQ(state->not_reconciled, "");
  EXPECT_LT(state->last_good->to, start);
  EXPECT_TRUE(store_.gaps(Time::min(), Time::max()).value().empty());
  const auto all = store_.read({.tag = store_.find("FI-101")->id}, 1000).value();
  EXPECT_EQ(all.size(), 60u) << "what was measured at what time stays, on both sides of the jump";
}

TEST_F(RuntimeTest, ASilenceAfterTheClockWasSetBackBeginsNotInTheFuture) {
  Runtime runtime(store_, clock_, options_);
  ASSERT_TRUE(runtime.watch(watched()));
  seconds(10, 10, 6, 4);
  clock_.jump(-1h);
  unwell("FI-102", "timed out");
  const auto gaps = [&] { return store_.gaps(Time::min(), Time::max()).value(); };
  ASSERT_TRUE(eventually([&] { return clock_.advance(1s), !gaps().empty(); }));
  EXPECT_LE(gaps()[0].from, clock_.now());
  clock_.advance(20s);
  say(10, 6, 4);
  ASSERT_TRUE(eventually([&] { return clock_.advance(1s), gaps()[0].to.has_value(); }));
  EXPECT_GE(*gaps()[0].to - gaps()[0].from, 20s);
}

TEST_F(RuntimeTest, AReadingFromTheFutureIsMarkedCountedAndInNoWindow) {
  ::testing::internal::CaptureStderr();
  options_.clock_tolerance = 2min;
  Runtime runtime(store_, clock_, options_);
  ASSERT_TRUE(runtime.watch(watched()));
  const Time year_3 = clock_.now() + 24h * 365 * 3;
  const auto one = [&](Time t, double v, StatusCode status = StatusCode::good) {
    EXPECT_TRUE(puppet_.deliver({{{"FI-101", Reading{.time = t, .value = v, .status = status}}}, {}}));
  };
  one(year_3, 1e6);
  one(year_3 + 1s, 1e6, StatusCode::bad_timeout);
  one(clock_.now() + 121s, 1e6);
  one(clock_.now() + 119s, 10.0);
  seconds(40, 10.1, 6.0, 4.0);
  ASSERT_TRUE(eventually([&] { return store_.health().acknowledged >= 124; }));
  const auto id = store_.find("FI-101")->id;
  const auto all = store_.read({id}, 1000).value();
  EXPECT_EQ(all.back().status, StatusCode::bad_time_ahead);
  EXPECT_EQ(all[all.size() - 2].status, StatusCode::uncertain_time_ahead);
  EXPECT_LT(store_.latest(std::span(&id, 1)).value()[0]->time, year_3);
  clock_.advance(120s);
  seconds(40, 10.1, 6.0, 4.0);  // the one that was two minutes ahead lies in the window now
  ASSERT_TRUE(eventually([&] { return store_.health().acknowledged >= 244; }));
  const auto state = runtime.reconcile_now();
  EXPECT_EQ(state->sources.at("plc").ahead, 3u);
  EXPECT_EQ(state->ahead, 3u);
  ASSERT_TRUE(state->last_good) << state->not_reconciled;
  // A million t/h in the window would leave no balance near the truth.
  const auto flow = store_.find(reconciled_tag("S1.flow_mass"));
  ASSERT_TRUE(flow);
  EXPECT_NEAR(historian::number_of(store_.latest(std::span(&flow->id, 1)).value()[0]->value), 10.07 / 3.6, 0.05);
  EXPECT_NE(::testing::internal::GetCapturedStderr().find("readings_from_the_future source=plc"), std::string::npos);
}

TEST_F(RuntimeTest, WhatTheHistorianRefusesWaitsAndIsStoredLater) {
  FullStore store;
  options_.queue = 3;
  Runtime runtime(store, clock_, options_);
  ASSERT_TRUE(runtime.watch(watched()));
  store.full = true;
  int taken = 0;
  for (int k = 0; k < 50; ++k) {
    taken += puppet_.deliver({{{"FI-101", Reading{.time = clock_.now(), .value = 1.0 * k}}}, {}});
    clock_.advance(1s);
    std::this_thread::sleep_for(2ms);
  }
  EXPECT_LT(taken, 50) << "the queue has a limit, and the source is told";
  ASSERT_TRUE(eventually([&] { return clock_.advance(1s), !runtime.live()->storage_error.empty(); }));
  EXPECT_EQ(runtime.live()->storage_error, "history.db: no space left on device; free some");
  EXPECT_EQ(runtime.live()->turned_away, static_cast<std::uint64_t>(50 - taken));
  EXPECT_EQ(runtime.live()->refused, 0u) << "later is not never";
  store.full = false;
  ASSERT_TRUE(
      eventually([&] { return clock_.advance(1s), runtime.live()->stored == static_cast<std::uint64_t>(taken); }));
  EXPECT_EQ(runtime.live()->storage_error, "");
}

/// Keeps numbers only, as some historians do.
class NumberStore final : public historian::MemoryStore {
 public:
  using MemoryStore::append;
  Result<void> append(std::span<const historian::Numbers> columns,
                      std::span<const historian::TaggedReading> readings) override {
    for (const auto& r : readings)
      if (std::holds_alternative<std::string>(r.reading.value)) return bad_input("", "a text", "send numbers");
    return MemoryStore::append(columns, readings);
  }
};

TEST_F(RuntimeTest, WhatTheHistorianCanNeverKeepDoesNotHoldUpTheRest) {
  NumberStore store;
  Runtime runtime(store, clock_, options_);
  ASSERT_TRUE(runtime.watch(watched()));
  std::atomic<bool> durable = false;
  const Time now = clock_.now();
  ::testing::internal::CaptureStderr();
  EXPECT_TRUE(puppet_.deliver({{{"FI-101", Reading{.time = now, .value = 1.0}},
                                {"FI-102", Reading{.time = now, .value = std::string("running")}},
                                {"a\nb", Reading{.time = now, .value = 2.0}},
                                {"FI-103", Reading{.time = now, .value = 3.0}}},
                               [&durable] { durable = true; }}));
  ASSERT_TRUE(eventually([&] { return clock_.advance(1s), store.health().acknowledged == 2; }));
  ASSERT_TRUE(eventually([&] { return durable.load(); }));
  EXPECT_EQ(runtime.live()->storage_error, "");
  ASSERT_TRUE(eventually([&] { return clock_.advance(1s), runtime.live()->refused == 2; }));
  EXPECT_EQ(runtime.live()->stored, 2u);
  const std::string said = ::testing::internal::GetCapturedStderr();
  EXPECT_NE(said.find("error readings_refused count=2 why="), said.npos) << "one line, not one a reading: " << said;
}

TEST_F(RuntimeTest, WhatWaitsIsBoundedByReadings) {
  FullStore store;
  options_.queue = 10'000;
  Runtime runtime(store, clock_, options_);
  ASSERT_TRUE(runtime.watch(watched()));
  store.full = true;
  const auto deliver = [&](std::size_t n) {
    return puppet_.deliver({std::vector<TagReading>(n, {"FI-101", Reading{.time = clock_.now(), .value = 1.0}}), {}});
  };
  ASSERT_TRUE(deliver(1));
  ASSERT_TRUE(eventually([&] { return clock_.advance(1s), !runtime.live()->storage_error.empty(); }))
      << "the storing thread is busy with the first";
  EXPECT_TRUE(deliver(6'000));
  EXPECT_FALSE(deliver(6'000)) << "a thousand deliveries may be a hundred million readings";
  EXPECT_TRUE(deliver(4'000));
  ASSERT_TRUE(eventually([&] { return clock_.advance(1s), runtime.live()->waiting == 10'000; }));
}

TEST_F(RuntimeTest, ANewConfigurationTakesOverWhatTheOldSourcesStillHold) {
  FullStore store;
  options_.queue = 2;
  Runtime runtime(store, clock_, options_);
  ASSERT_TRUE(runtime.watch(watched()));
  store.full = true;
  const auto reading = [&](double v) { return TagReading{"FI-101", {.time = clock_.now(), .value = v}}; };
  std::uint64_t taken = 0;
  while (puppet_.deliver({{reading(static_cast<double>(taken))}, {}})) {
    ++taken;
    clock_.advance(1s);
    std::this_thread::sleep_for(2ms);
    ASSERT_LT(taken, 100u);
  }
  puppet_.at_end = [&] {
    EXPECT_TRUE(puppet_.deliver({.readings = {reading(-1.0), reading(-2.0)}, .durable = {}, .last = true}));
    puppet_.at_end = [] {};
  };
  ASSERT_TRUE(runtime.watch(watched()));
  store.full = false;
  EXPECT_TRUE(eventually([&] { return clock_.advance(1s), runtime.live()->stored == taken + 2; }))
      << runtime.live()->stored;
}

TEST_F(RuntimeTest, SaysHowManyReadingsAreLostWhenItStopsWhileTheHistorianRefuses) {
  FullStore store;
  ::testing::internal::CaptureStderr();
  {
    Runtime runtime(store, clock_, options_);
    ASSERT_TRUE(runtime.watch(watched()));
    store.full = true;
    const TagReading r{"FI-101", {.time = clock_.now(), .value = 1.0}};
    EXPECT_TRUE(puppet_.deliver({{r, r, r}, {}}));
    EXPECT_TRUE(puppet_.deliver({.readings = {r, r}, .durable = [] { FAIL(); }, .sent_again = true}));
    ASSERT_TRUE(eventually([&] { return clock_.advance(1s), !runtime.live()->storage_error.empty(); }));
    puppet_.at_end = [this, r] { puppet_.deliver({.readings = {r, r}, .durable = {}, .last = true}); };
  }
  puppet_.at_end = [] {};
  const std::string said = ::testing::internal::GetCapturedStderr();
  int lost = 0, sent_again = 0;
  for (const auto& [word, sum] : {std::pair{"readings_lost count=", &lost}, {"sent_again count=", &sent_again}})
    for (std::size_t at = said.find(word); at != said.npos; at = said.find(word, at + 1))
      *sum += std::stoi(said.substr(at + std::string(word).size()));
  EXPECT_EQ(lost, 5) << said;
  EXPECT_EQ(sent_again, 2) << said;
}

/// Counts the waits for the disk, holds up whoever reads, and refuses what a test says.
class SlowStore final : public historian::MemoryStore {
 public:
  Result<std::vector<Reading>> read(const historian::Range& range, std::size_t limit) const override {
    reading = true;
    while (hold) std::this_thread::sleep_for(1ms);
    if (refuse_reading) return world_refused("history.db", "input/output error", "look after the disk");
    return MemoryStore::read(range, limit);
  }
  Result<void> open_gaps(std::span<const historian::Gap> gaps) override {
    ++commits;
    return MemoryStore::open_gaps(gaps);
  }
  Result<void> close_gaps(std::span<const historian::GapEnd> ends) override {
    ++commits;
    return MemoryStore::close_gaps(ends);
  }
  Result<void> set_retention(std::span<const historian::Retention> rules) override {
    if (refuse_retention) return bad_input("", "this historian forgets by itself", "leave the rules out");
    return MemoryStore::set_retention(rules);
  }
  Result<std::vector<historian::TagId>> define_all(std::span<const historian::TagName> names) override {
    if (refuse_tags) return world_refused("history.db", "no space left on device", "free some");
    return MemoryStore::define_all(names);
  }
  std::atomic<bool> hold = false, refuse_retention = false, refuse_tags = false, refuse_reading = false;
  mutable std::atomic<bool> reading = false;
  std::atomic<int> commits = 0;
};

TEST_F(RuntimeTest, WhoWritesOverHttpWaitsForNoBalance) {
  SlowStore store;
  Runtime runtime(store, clock_, options_);
  ASSERT_TRUE(runtime.watch(watched()));
  store.hold = true;
  std::jthread balance([&] { runtime.reconcile_now(); });
  ASSERT_TRUE(eventually([&] { return store.reading.load(); }));
  std::atomic<bool> through = false;
  std::jthread push([&] { runtime.pushed({}), through = true; });
  EXPECT_TRUE(eventually([&] { return through.load(); }));
  store.hold = false;
}

TEST_F(RuntimeTest, WhoWritesOverHttpWaitsForNoDeviceThatIsLeft) {
  Runtime runtime(store_, clock_, options_);
  ASSERT_TRUE(runtime.watch(watched()));
  std::atomic<bool> ending = false, hold = true;
  puppet_.at_end = [&] {
    ending = true;
    while (hold) std::this_thread::sleep_for(1ms);
  };
  std::jthread reload([&] { EXPECT_TRUE(runtime.watch(watched())); });
  ASSERT_TRUE(eventually([&] { return ending.load(); }));
  std::atomic<bool> through = false;
  std::jthread push([&] { runtime.pushed({}), through = true; });
  EXPECT_TRUE(eventually([&] { return through.load(); }));
  hold = false;
}

TEST_F(RuntimeTest, AHistoryThatCannotBeReadLeavesTheLastBalanceAndSaysSo) {
  SlowStore store;
  Runtime runtime(store, clock_, options_);
  ASSERT_TRUE(runtime.watch(watched()));
  seconds(30, 10, 6, 4);
  ASSERT_TRUE(eventually([&] { return store.health().acknowledged >= 90; }));
  const auto good = runtime.reconcile_now()->last_good;
  ASSERT_TRUE(good);
  store.refuse_reading = true;
  const auto state = runtime.reconcile_now();
  EXPECT_EQ(state->not_reconciled, "historian");
  EXPECT_EQ(state->last_good, good);
}

TEST_F(RuntimeTest, SourcesEndAllAtOnce) {
  constexpr int kSources = 4;
  std::atomic<int> ending = 0, met = 0;
  puppet_.at_end = [&] {
    ++ending;
    met += static_cast<bool>(eventually([&] { return ending == kSources; }));  // each waits for all the others
  };
  {
    Runtime runtime(store_, clock_, options_);
    auto four = watched();
    four.sources.resize(kSources, four.sources.front());
    ASSERT_TRUE(runtime.watch(std::move(four)));
  }
  EXPECT_EQ(met, kSources) << "else a dead device after the other would be waited for";
}

TEST_F(RuntimeTest, AThousandTagsThatFallSilentAreOneWaitForTheDisk) {
  SlowStore store;
  Runtime runtime(store, clock_, options_);
  ASSERT_TRUE(runtime.watch(watched()));
  seconds(3, 10, 6, 4);
  for (const char* tag : {"FI-101", "FI-102", "FI-103"}) unwell(tag, "the switch died");
  const auto open = [&] {
    const auto gaps = store.gaps(Time::min(), Time::max()).value();
    return std::count_if(gaps.begin(), gaps.end(), [](const auto& g) { return !g.to; });
  };
  ASSERT_TRUE(eventually([&] { return clock_.advance(1s), open() == 3; }));
  EXPECT_EQ(store.commits, 1);
  say(10, 6, 4);
  ASSERT_TRUE(eventually([&] { return clock_.advance(1s), open() == 0; }));
  EXPECT_EQ(store.commits, 2);
}

TEST_F(RuntimeTest, ASilenceThatANewConfigurationMeetsBeginsWithTheLastReading) {
  Runtime runtime(store_, clock_, options_);
  ASSERT_TRUE(runtime.watch(watched()));
  seconds(10, 10, 6, 4);
  const Time last = clock_.now() - 1s;
  ASSERT_TRUE(eventually([&] { return store_.health().acknowledged >= 30; }));
  ASSERT_TRUE(runtime.watch(watched()));  // its sources know nothing yet, and nothing comes
  const auto gaps = [&] { return store_.gaps(Time::min(), Time::max()).value(); };
  ASSERT_TRUE(eventually([&] { return clock_.advance(1s), gaps().size() == 3; }));
  EXPECT_EQ(gaps()[0].from, last) << "not with the start of the server, which may be weeks ago";
}

TEST_F(RuntimeTest, ARefusedConfigurationLeavesUnitsAndRetentionAlone) {
  SlowStore store;
  Runtime runtime(store, clock_, options_);
  auto first = watched();
  first.retention = {{"*", 24h}};
  ASSERT_TRUE(runtime.watch(std::move(first)));
  seconds(30, 10, 6, 4);
  ASSERT_TRUE(eventually([&] { return store.health().acknowledged >= 90; }));
  auto next = watched();
  for (auto& tag : next.tags) tag.unit = "kg/s";
  next.retention = {{"*", 10s}};
  store.refuse_retention = true;
  EXPECT_FALSE(runtime.watch(next));
  EXPECT_EQ(store.find("FI-101")->unit, "t/h") << "what is shown would be wrong by 3.6";
  store.refuse_retention = false;
  store.refuse_tags = true;
  EXPECT_FALSE(runtime.watch(next));
  store.refuse_tags = false;
  next.tags.push_back({.name = "a\nb", .source = "plc", .unit = "t/h"});
  EXPECT_FALSE(runtime.watch(next));
  EXPECT_EQ(store.find("FI-101")->unit, "t/h");
  EXPECT_EQ(store.forget(clock_.now(), historian::Deletion::usual)->gone, 0u) << "a day is kept, not ten seconds";
}

}  // namespace
}  // namespace castner::service

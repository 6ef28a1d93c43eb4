// SPDX-License-Identifier: Apache-2.0
// What was said before a stretch counts in it, live and in balances of the past alike.
#include "castner/service/stored_series.h"

#include <gtest/gtest.h>

#include <cmath>
#include <map>
#include <optional>
#include <random>
#include <thread>

#include "castner/assess/assess.h"
#include "castner/base/file.h"
#include "castner/base/manual_clock.h"
#include "castner/historian/memory_store.h"
#include "castner/plant_file/plant_file.h"
#include "castner/service/live_assess.h"
#include "castner/service/past_balances.h"
#include "tests/support/metered_node.h"
#include "tests/support/root.h"

namespace castner::service {
namespace {

using namespace std::chrono_literals;

const Time kMidnight{std::chrono::days(20'416)};

class StoredSeries : public ::testing::Test {
 protected:
  std::shared_ptr<const plant::Plant> plant_of(std::string toml, const std::string& what = "",
                                               const std::string& by = "") {
    if (const auto at = toml.find(what); at != std::string::npos) toml.replace(at, what.size(), by);
    auto read = plant_file::read_plant(toml, "plant.toml");
    EXPECT_TRUE(read) << (read ? "" : read.error().text());
    return read ? std::make_shared<const plant::Plant>(std::move(*read)) : nullptr;
  }
  void say(const std::string& tag, const std::string& unit, const std::vector<std::pair<Time, double>>& values) {
    const auto id = store_->define(tag, unit).value();
    std::vector<historian::TaggedReading> some;
    for (const auto& [time, value] : values) some.push_back({id, {.time = time, .value = value, .arrival = time}});
    ASSERT_TRUE(store_->append(some));
  }
  /// Balances of the past, in stretches of so long.
  PastProgress balance(const std::shared_ptr<const plant::Plant>& plant, Time from, Time to,
                       std::chrono::nanoseconds stretch) {
    PastBalances past(*store_, clock_, [] { return false; }, {.stretch = stretch, .share = 1.0});
    past.watch(plant, {});
    EXPECT_TRUE(past.ask(from, to));
    for (int k = 0; k < 6000 && past.progress().state == PastProgress::State::running; ++k)
      std::this_thread::sleep_for(10ms);
    EXPECT_EQ(past.progress().state, PastProgress::State::done) << past.progress().error;
    return past.progress();
  }
  std::vector<readings::Reading> kept(const std::string& path) const {
    const auto tag = store_->find(reconciled_tag(path));
    return tag ? store_->read({.tag = tag->id}, 100'000).value() : std::vector<readings::Reading>{};
  }

  ManualClock clock_{kMidnight + 24h};
  std::optional<historian::MemoryStore> store_{std::in_place};
};

// However a day is cut into stretches, each window has the balance that the same readings have as a file.
// A server that has looked at an empty history knows what is pushed into it afterwards, and not an hour later.
TEST_F(StoredSeries, WhatIsPushedAfterTheFirstLookCountsAtTheNext) {
  const auto plant = plant_of(castner::testing::kMeteredNode);
  EarlierReadings kept;
  say("FI-101", "t/h", {});
  const Time from = kMidnight + 10h, to = from + 2min;
  EXPECT_TRUE(stored_series(*plant, {}, *store_, from, to, kept).value().at(0).samples.empty());
  say("FI-101", "t/h", {{from - 3h, 10.0}, {from + 1min, 0.0}});
  EXPECT_EQ(stored_series(*plant, {}, *store_, from, to, kept).value().at(0).samples.size(), 2u);
}

TEST_F(StoredSeries, ABalanceOfThePastIsThatOfAFile) {
  for (const std::string between : {"", "\nbetween = \"hold\"", "\nbetween = \"line\""}) {
    SCOPED_TRACE(between);
    store_.emplace();
    const auto plant = plant_of(castner::testing::kMeteredNode, "max_gap = \"10 s\"", "max_gap = \"90 s\"" + between);
    const double truth[] = {10.1, 6.0, 4.0};
    std::mt19937 random(11);
    std::uniform_int_distribution<int> rare(20, 85);
    std::normal_distribution<double> noise(0.0, 0.004);
    for (int k = 0; k < 3; ++k) {
      std::vector<std::pair<Time, double>> values;
      for (Time t = kMidnight; t < kMidnight + 1h; t += between.empty() ? 2s : std::chrono::seconds(rare(random)))
        values.emplace_back(t, truth[k] + noise(random));
      say("FI-10" + std::to_string(k + 1), "t/h", values);
    }
    tables::Table table;
    EarlierReadings earlier;
    table.series = stored_series(*plant, {}, *store_, kMidnight, kMidnight + 1h, earlier).value();
    const auto file = assess::assess(*plant, table, "data.csv").value();
    const auto progress = balance(plant, kMidnight, kMidnight + 1h, 10min);
    std::map<Time, double> made;
    for (const auto& r : kept("S1.flow_mass")) made[r.time] = std::get<double>(r.value);
    int balanced = 0;
    for (const auto& w : file.windows) {
      if (!w.state) continue;
      ++balanced;
      ASSERT_TRUE(made.contains(*w.to)) << (*w.to - kMidnight) / 1min;
      EXPECT_NEAR(made[*w.to], w.state->reconciliation.x[0], 1e-6) << (*w.to - kMidnight) / 1min;
    }
    EXPECT_GE(balanced, 25);
    EXPECT_EQ(progress.balanced, static_cast<std::uint64_t>(balanced));
  }
}

/// Two electrolysers, read once a minute; E2 carries a current [kA] and a flow of brine and of caustic [t/h].
class StoredPair : public StoredSeries {
 protected:
  struct Load {
    double current, brine, caustic;
  };
  void read(const plant::Plant& plant, Time from, Time to, Load e2) {
    for (const auto& m : plant.measurements) {
      std::vector<std::pair<Time, double>> values;
      for (Time t = from; t < to; t += 1min) {
        const double value = m.tag == "I2"    ? e2.current
                             : m.tag == "FB2" ? e2.brine
                             : m.tag == "FL2" ? e2.caustic
                                              : m.unit.from_si(*m.value);
        values.emplace_back(t, value * (1.0 + 1e-4 * std::sin(37.0 * static_cast<double>((t - from) / 1min))));
      }
      say(m.tag, m.unit.text, values);
    }
  }
  const std::string toml_ =
      read_file(castner::testing::root() + "/tests/cases/reconcile/electrolyser_flushed/plant.toml").value();
};

TEST_F(StoredPair, AUnitThatStandsStillAllDayIsKnownByWhatItReadAtLoad) {
  const auto plant = plant_of(toml_);
  read(*plant, kMidnight - 30h, kMidnight - 26h, {14.54, 34.4, 58.0});
  read(*plant, kMidnight, kMidnight + 8h,
       {0.285, 17.2, 29.0});  // flushed, and 2 % of its current protects its coatings
  const auto progress = balance(plant, kMidnight, kMidnight + 8h, 2h);
  EXPECT_EQ(progress.balanced, 16u);
  const auto current = kept("E2.current");
  ASSERT_EQ(current.size(), 16u);
  for (const auto& r : current) EXPECT_EQ(std::get<double>(r.value), 0.0) << (r.time - kMidnight) / 1min << " min";
  LiveMemory memory(*plant);
  const auto live = assess_newest(*plant, {}, *store_, kMidnight + 7h, memory);
  ASSERT_TRUE(live && live->good());
  EXPECT_EQ(live->made->assessment.windows.at(0).state->idle, (std::vector<int>{3}));
}

TEST_F(StoredPair, ATextOfAnIdleTagCounts) {
  const auto plant = plant_of(toml_, "name='E2'\n", "name='E2'\nidle = { tag = 'XS-2', when = ['Stopped', '停运'] }\n");
  for (const char* word : {"STOPPED", "停运", "Running", "运行"}) {
    SCOPED_TRACE(word);
    store_.emplace();
    const bool idle = word[0] == 'S' || std::string_view(word) == "停运";
    read(*plant, kMidnight, kMidnight + 4h, idle ? Load{3.0, 17.2, 29.0} : Load{14.54, 34.4, 58.0});
    const auto id = store_->define("XS-2", "").value();
    std::vector<historian::TaggedReading> texts;
    for (const auto& [ago, text] : {std::pair{30 * 24h, idle ? "Running" : "Stopped"}, std::pair{20 * 24h, word}})
      texts.push_back({id, {.time = kMidnight - ago, .value = std::string(text), .arrival = kMidnight - ago}});
    ASSERT_TRUE(store_->append(texts));
    LiveMemory memory(*plant);
    const auto live = assess_newest(*plant, {}, *store_, kMidnight + 3h, memory);
    ASSERT_TRUE(live && live->good()) << live->why_not;
    EXPECT_EQ(live->made->assessment.windows.at(0).state->idle, idle ? std::vector<int>{3} : std::vector<int>{});
  }
}

// The last word counts, also where the tag said much before it, and also where it said it weeks ago.
TEST_F(StoredPair, TheLastWordOfAnIdleTagHolds) {
  const auto plant = plant_of(toml_, "name='E2'\n", "name='E2'\nidle = { tag = 'XS-2', when = 0 }\n");
  const auto flat = [&](Time at, double last) {
    std::vector<std::pair<Time, double>> words;
    for (int k = 9; k >= 0; --k) words.emplace_back(at - k * 1min, k % 2 ? 1.0 - last : last);
    return words;
  };
  struct Case {
    std::chrono::minutes ago;
    double last;
  };
  for (const Case& c : {Case{20min, 0.0}, Case{20min, 1.0}, Case{3h, 0.0}, Case{3h, 1.0}, Case{40 * 24h, 0.0}}) {
    SCOPED_TRACE(::testing::Message() << c.ago.count() << " min ago: " << c.last);
    store_.emplace();
    const bool idle = c.last == 0.0;
    read(*plant, kMidnight, kMidnight + 4h, idle ? Load{3.0, 17.2, 29.0} : Load{14.54, 34.4, 58.0});
    say("XS-2", "", flat(kMidnight - c.ago, c.last));
    LiveMemory memory(*plant);
    const auto live = assess_newest(*plant, {}, *store_, kMidnight + 3h, memory);
    ASSERT_TRUE(live && live->good()) << live->why_not;
    EXPECT_EQ(live->made->assessment.windows.at(0).state->idle, idle ? std::vector<int>{3} : std::vector<int>{});
    EXPECT_EQ(balance(plant, kMidnight, kMidnight + 4h, 1h).balanced, 8u);
    for (const auto& r : kept("E2.current"))
      EXPECT_EQ(std::get<double>(r.value) == 0.0, idle) << (r.time - kMidnight) / 1min << " min";
  }
}

}  // namespace
}  // namespace castner::service

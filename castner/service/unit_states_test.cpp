// SPDX-License-Identifier: Apache-2.0
// Which units of a running plant are out of service and since when: as castner assess says it of the same readings.
#include "castner/service/unit_states.h"

#include <gtest/gtest.h>

#include "castner/assess/assess.h"
#include "castner/base/manual_clock.h"
#include "castner/service/live_pair_for_tests.h"
#include "castner/service/live_state.h"
#include "castner/service/past_balances.h"

namespace castner::service {
namespace {

using namespace std::chrono_literals;

class UnitStatesTest : public LivePair {
 protected:
  static constexpr std::size_t kE2 = 3;
  Time minute(int k) const { return begin_ + std::chrono::minutes(k); }
  std::string text(const std::optional<Time>& t) const {
    return t ? std::to_string(std::chrono::floor<std::chrono::minutes>(*t - begin_).count()) : "";
  }
  /// "idle since 67 (67-)" in minutes; of E2, as a look at this minute has it.
  std::string look(UnitStates& units, int at) {
    for (looks_ = 0; looks_ == 0 || units.behind(); ++looks_)
      if (const auto done = units.look({}, store_, minute(at)); !done) return done.error().text();
    if (units.now().empty()) return "not known";
    const UnitState& s = units.now().at(kE2);
    std::string all = (s.idle ? "idle since " : "runs since ") + text(s.since);
    for (const auto& stop : s.stops) all += " (" + text(stop.from) + "-" + text(stop.to) + ")";
    return all;
  }
  int looks_ = 0;  ///< it took
  std::string fresh_look(int at) {
    UnitStates units(plant_);
    return look(units, at);
  }
  std::vector<assess::Outage> in_file() {
    tables::Table table;
    EarlierReadings none;
    table.series = stored_series(plant_, {}, store_, begin_, minute(1000), none).value();
    return assess::assess(plant_, table, "data.csv", {}).value().stops;
  }
};

TEST_F(UnitStatesTest, AreAsAFileOfTheSameReadingsSays) {
  read(67, 151, 300);
  UnitStates units(plant_);
  EXPECT_EQ(look(units, 60), "runs since ");
  for (int k = 61; k < 240; ++k) {
    const auto said = look(units, k);
    // Three samples are needed to see a switch, and three minutes of a window that has just begun.
    if ((k >= 67 && k <= 72) || (k >= 151 && k <= 156)) continue;
    EXPECT_EQ(said, k < 67 ? "runs since " : k < 151 ? "idle since 67 (67-)" : "runs since 151 (67-151)") << k;
  }
  const auto stops = in_file();
  ASSERT_EQ(stops.size(), 1u);
  EXPECT_EQ(stops[0].unit, static_cast<int>(kE2));
  EXPECT_EQ(stops[0].from, units.now()[kE2].stops[0].from);
  EXPECT_EQ(stops[0].to, units.now()[kE2].stops[0].to);
  EXPECT_EQ(look(units, 299), "runs since 151 (67-151)");
  EXPECT_TRUE(units.now()[0].stops.empty());
  EXPECT_EQ(units.stops_after(minute(150)).size(), 1u);
  EXPECT_TRUE(units.stops_after(minute(151)).empty());
}

// Whenever it is restarted, and whether the server of before wrote something down or not.
TEST_F(UnitStatesTest, ARestartKnowsThemFromTheHistory) {
  read(67, 151, 300);
  for (const int k : {85, 100, 140, 160, 200, 299})
    EXPECT_EQ(fresh_look(k), k < 151 ? "idle since 67 (67-)" : "runs since 151 (67-151)") << k;
  UnitStates one(plant_);
  EXPECT_EQ(look(one, 240), "runs since 151 (67-151)") << "a clock that was set back";
}

TEST_F(UnitStatesTest, ADayIsCaughtUpWithInPieces) {
  read(67, 151, 20 * 60);
  UnitStates units(plant_);
  EXPECT_EQ(look(units, 20 * 60 - 1), "runs since 151 (67-151)");
  EXPECT_GE(looks_, 4) << "the plant's balance does not wait for all of it";
  EXPECT_EQ(look(units, 20 * 60 - 1), "runs since 151 (67-151)");
  EXPECT_EQ(looks_, 1);
}

TEST_F(UnitStatesTest, WithoutReadingsNothingIsKnown) {
  EXPECT_EQ(fresh_look(100), "not known");
  read(67, 151, 80);
  UnitStates units(plant_);
  EXPECT_EQ(look(units, 80), "idle since 67 (67-)");
  EXPECT_EQ(look(units, 600), "idle since 67 (67-)") << "as long as nobody says otherwise";
}

TEST_F(UnitStatesTest, AStopOfMonthsKeepsItsBeginning) {
  read(67, 151, 100);
  ASSERT_EQ(fresh_look(99), "idle since 67 (67-)");
  std::vector<assess::Stand> stands;
  for (int k = 120; k < 200 * 24 * 60; k += 360)
    for (std::size_t u = 0; u < plant_.units.size(); ++u) stands.push_back({static_cast<int>(u), minute(k), u == kE2});
  ASSERT_TRUE(store_.append(*stand_readings(plant_, stands, minute(0), store_)));
  EXPECT_EQ(fresh_look(200 * 24 * 60), "idle since 67 (67-)");
}

TEST_F(UnitStatesTest, BalancesOfThePastTellOfTheirTime) {
  read(67, 151, 300);
  ManualClock clock(minute(300));
  PastBalances past(store_, clock, [] { return false; }, {.stretch = 1h, .share = 1.0});
  past.watch({std::shared_ptr<void>(), &plant_}, {});
  ASSERT_TRUE(past.ask(begin_, minute(300)));
  while (past.progress().state == PastProgress::State::running) std::this_thread::sleep_for(10ms);
  ASSERT_EQ(past.progress().state, PastProgress::State::done) << past.progress().error;
  EXPECT_EQ(fresh_look(299), "runs since 151 (67-151)");
  const auto tag = store_.find("indicator:E2.out_of_service");
  ASSERT_TRUE(tag);
  std::string values;  // one an hour, each change, and what was just before it
  const auto kept = store_.read({tag->id, begin_, minute(300)}, 1000).value();
  for (const auto& r : kept) values += " " + text(r.time) + (std::get<double>(r.value) > 0.0 ? " idle" : " runs");
  EXPECT_EQ(values, " 0 runs 60 runs 66 runs 67 idle 120 idle 150 idle 151 runs 180 runs 240 runs");
}

}  // namespace
}  // namespace castner::service

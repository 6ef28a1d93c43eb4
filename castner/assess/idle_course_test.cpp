// SPDX-License-Identifier: Apache-2.0
// When units stood still, put together from windows that each show a part of it.
#include "castner/assess/idle_course.h"

#include <gtest/gtest.h>

namespace castner::assess {
namespace {

using std::chrono::minutes;

Time at(int minute) { return Time{} + minutes(minute); }

/// "0: 370-580, 1: -30" in minutes; nothing where a stop has no beginning or no end.
std::string text(const std::vector<Outage>& all) {
  const auto minute = [](const std::optional<Time>& t) {
    return t ? std::to_string(std::chrono::duration_cast<minutes>(t->time_since_epoch()).count()) : "";
  };
  std::string out;
  for (const auto& s : all)
    out += (out.empty() ? "" : ", ") + std::to_string(s.unit) + ": " + minute(s.from) + "-" + minute(s.to);
  return out;
}

std::vector<Outage> said(const std::vector<IdleCourse>& courses, std::size_t units) {
  return stops(stands(courses, units));
}

IdleCourse window(int k, std::vector<char> at_first, std::vector<IdleCourse::Switch> switches = {}) {
  return {at(30 * k), at(30 * k + 30), std::move(at_first), std::move(switches)};
}

TEST(Stops, JoinWindowsToTheMinuteOfEachSwitch) {
  EXPECT_EQ(text(said(std::vector{window(0, {0}, {{0, at(10)}}), window(1, {1}), window(2, {1}, {{0, at(75)}})}, 1)),
            "0: 10-75");
  EXPECT_EQ(text(said(std::vector{window(0, {0}, {{0, at(5)}, {0, at(9)}}), window(1, {0}, {{0, at(31)}}),
                                  window(2, {1}, {{0, at(62)}})},
                      1)),
            "0: 5-9, 0: 31-62");
}

TEST(Stops, AreOfEachUnit) {
  EXPECT_EQ(text(said(std::vector{window(0, {0, 1}, {{0, at(10)}, {1, at(20)}}), window(1, {1, 0}, {{0, at(40)}})}, 2)),
            "0: 10-40, 1: -20");
}

TEST(Stops, HaveNoBeginningBeforeTheDataAndNoEndAfterThem) {
  EXPECT_EQ(text(said(std::vector{window(0, {1}), window(1, {1}, {{0, at(50)}})}, 1)), "0: -50");
  EXPECT_EQ(text(said(std::vector{window(0, {0}), window(1, {0}, {{0, at(50)}})}, 1)), "0: 50-");
  EXPECT_EQ(text(said(std::vector{window(0, {1}), window(1, {1})}, 1)), "") << "all the time is nothing to say";
  EXPECT_EQ(text(said({}, 1)), "");
}

TEST(Stops, BeginBetweenTwoWindowsWhereAPieceBeforeShowsIt) {
  EXPECT_EQ(text(said({window(1, {0}, {{0, at(29)}})}, 1)), "0: 29-") << "of the first window too";
  EXPECT_EQ(text(said({window(0, {0}), window(1, {0}, {{0, at(29)}}), window(2, {1})}, 1)), "0: 29-");
  EXPECT_EQ(text(said({window(0, {0}, {{0, at(29)}}), window(1, {0}, {{0, at(29)}}), window(2, {1})}, 1)), "0: 29-")
      << "and the window before as well";
}

TEST(Stands, AreWhatEachUnitWasAtFirstAndEachChange) {
  std::string all;
  for (const Stand& s : stands(std::vector{window(0, {0, 1}), window(1, {0, 1}, {{0, at(40)}}), window(2, {1, 0})}, 2))
    all += (s.idle ? " idle " : " runs ") + text({{s.unit, s.at, {}}});
  EXPECT_EQ(all, " runs 0: 0- idle 0: 40- idle 1: 0- runs 1: 60-");
}

TEST(Stops, BridgeASilenceWhereBothEndsAreAlike) {
  EXPECT_EQ(text(said(std::vector{window(0, {0}, {{0, at(10)}}), window(5, {1}, {{0, at(160)}})}, 1)), "0: 10-160");
  EXPECT_EQ(text(said(std::vector{window(0, {0}, {{0, at(10)}}), window(5, {0})}, 1)), "0: 10-150")
      << "the first window that shows it running";
}

TEST(Stops, AreAsTheBalanceSaysWhereReadingsShowNoSwitch) {
  auto silent = window(1, {0, 0}), switched = window(1, {0, 0}, {{0, at(40)}});
  silent.believe({1});
  switched.believe({});
  EXPECT_EQ(silent.at_first, (std::vector<char>{0, 1}));
  EXPECT_EQ(switched.at_first, (std::vector<char>{0, 0}));
  EXPECT_EQ(text(said(std::vector{window(0, {0, 0}), silent, window(2, {0, 0})}, 2)), "1: 30-60");
}

/// The first unit's readings leave open what it did.
IdleCourse open_window(int k, char at_first) {
  auto w = window(k, {at_first});
  w.open = {0};
  return w;
}
IdleCourse balanced(int k, char at_first, const std::vector<int>& idle) {
  auto w = open_window(k, at_first);
  w.believe(idle);
  return w;
}
std::string left_to_balances(std::vector<IdleCourse> courses, std::vector<char> overruled = {}) {
  leave_to_balances(courses, overruled);
  return text(said(courses, 1));
}

// A dead meter stops its unit where no balance can say otherwise, unless the balances beside do.
TEST(Stops, AreLeftToTheBalancesBesideThatOverruledTheSameReadings) {
  EXPECT_EQ(left_to_balances({balanced(0, 1, {}), open_window(1, 1), balanced(2, 1, {})}), "");
  EXPECT_EQ(left_to_balances({open_window(0, 1), balanced(1, 1, {}), open_window(2, 1)}), "") << "of one side too";
  EXPECT_EQ(left_to_balances({balanced(0, 0, {}), open_window(1, 1), balanced(2, 0, {})}), "0: 30-60")
      << "nobody overruled them";
  EXPECT_EQ(left_to_balances({balanced(0, 1, {}), window(1, {1}), balanced(2, 1, {})}), "0: 30-60")
      << "more than one reading speaks";
  EXPECT_EQ(left_to_balances({balanced(0, 0, {}), window(1, {0}, {{0, at(40)}}), balanced(2, 1, {0})}), "0: 40-");
}

// A meter that hangs at load speaks for running as loud as another for standstill; only balances know that it stands still.
TEST(Stops, OfAHangingMeterAreOne) {
  EXPECT_EQ(left_to_balances({balanced(0, 0, {}), open_window(1, 0), balanced(2, 0, {0}), open_window(3, 0),
                              balanced(4, 0, {0}), open_window(5, 0), window(6, {0})}),
            "0: 60-180")
      << "not started by a window that cannot tell; started by one that can";
  EXPECT_EQ(left_to_balances({open_window(0, 0)}, {1}), "") << "what a server saw before";
  std::vector<char> last;
  std::vector<IdleCourse> one = {balanced(0, 0, {0}), open_window(1, 0)};
  leave_to_balances(one, last);
  EXPECT_EQ(last, (std::vector<char>{1}));
}

}  // namespace
}  // namespace castner::assess

// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "castner/insight/findings.h"
#include "castner/insight/three_meters_for_tests.h"

namespace castner::insight {
namespace {

/// Tags that instrument.no_floor names where FI-2 is small in all windows, FI-3 in the last of them, and the last accuse FI-1.
std::string named(int windows, int accusing, int last_small) {
  const auto plant = three_meters();
  assess::Assessment a;
  for (int k = 0; k < windows; ++k) {
    auto w = good_window(plant);
    w.state->instruments[1].small = true;
    w.state->instruments[2].small = k >= windows - last_small;
    if (k >= windows - accusing)
      w.state->reconciliation.gross_errors.push_back({.index = 0, .size = 1.0, .size_sd = 0.1, .statistic = 9.0});
    a.windows.push_back(std::move(w));
  }
  for (const auto& f : judged(plant, std::move(a)).findings)
    if (f.code == "instrument.no_floor") return f.blanks.at("tags");
  return "";
}

TEST(SmallReadings, AreNamedWhereMoreWindowsAccuseThanChanceDoes) {
  EXPECT_EQ(named(1, 1, 0), "FI-2");
  EXPECT_EQ(named(24, 12, 0), "FI-2");
  EXPECT_EQ(named(24, 12, 12), "FI-2, FI-3");
}

TEST(SmallReadings, AreNotNamedForWindowsThatAccuseByChance) {
  EXPECT_EQ(named(24, 0, 0), "");
  EXPECT_EQ(named(24, 1, 0), "");  // 5 % of 24 are 1.2
  EXPECT_EQ(named(24, 3, 0), "");
}

TEST(SmallReadings, CountForEachMeterTheWindowsInWhichItIsSmall) { EXPECT_EQ(named(24, 2, 2), "FI-3"); }

}  // namespace
}  // namespace castner::insight

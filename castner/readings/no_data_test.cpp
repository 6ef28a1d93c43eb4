// SPDX-License-Identifier: Apache-2.0
#include "castner/readings/no_data.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cmath>

namespace castner::readings {
namespace {

std::vector<double> found(std::initializer_list<double> values) {
  NoDataFinder finder;
  for (const double v : values) finder.add(v);
  return finder.found();
}

TEST(NoData, ListsOfNumbersAsPeopleWriteThem) {
  EXPECT_EQ(read_no_data("-9999, 9.9999E+37 0x8000;0xFFFF"),
            (std::vector<double>{-9999.0, 9.9999e37, 32768.0, 65535.0}));
  EXPECT_EQ(read_no_data(""), std::vector<double>{});
  for (const char* text : {"none", "-9999, x", "0xZZ", "inf", "+-9999"}) EXPECT_FALSE(read_no_data(text)) << text;
  EXPECT_TRUE(is_no_data(std::vector<double>{9.9999e37}, static_cast<double>(9.9999e37F))) << "as a float keeps it";
  EXPECT_FALSE(is_no_data(std::vector<double>{-9999.0}, -9998.0));
}

TEST(NoData, WhatStandsOutIsFoundAndWhatOthersComeNearIsNot) {
  EXPECT_EQ(found({70.0, 70.1, -9999.0, 69.9}), std::vector<double>{-9999.0});
  EXPECT_EQ(found({70.0, 9.9999e37, -999.25}), (std::vector<double>{-999.25, 9.9999e37}));
  EXPECT_EQ(found({70.0, 65535.0}), std::vector<double>{65535.0});
  EXPECT_EQ(found({1500.0, 1490.0, -999.0}), std::vector<double>{-999.0}) << "below zero where nothing else is";
  EXPECT_EQ(found({9990.0, 9999.0, 10005.0}), std::vector<double>{});
  EXPECT_EQ(found({999.0, 998.5, 1001.0}), std::vector<double>{});
  EXPECT_EQ(found({-990.0, -999.0, -1003.0}), std::vector<double>{});
  EXPECT_EQ(found({30000.0, 32767.0}), std::vector<double>{});
  EXPECT_EQ(found({999.0, 999.0}), std::vector<double>{}) << "nothing to stand out from";
  EXPECT_EQ(found({-9999.0, -9999.0}), std::vector<double>{-9999.0});
  EXPECT_EQ(found({}), std::vector<double>{});
}

TEST(NoData, NumbersOfAPatternAreFoundWhereTheyComeAgain) {
  for (const double none :
       {1e20, -7999.0, 7999.0, 8888.0, -99.9, -99.0, -214748.3648, 214748.3647, -1.0, 4294967.295, 1e10, 888.8}) {
    EXPECT_EQ(found({70.0, none, 70.1, none, 69.9, none}), std::vector<double>{none}) << none;
    const bool once = std::abs(none) > 900.0;
    if (!once) {
      EXPECT_EQ(found({70.0, none, 70.1}), std::vector<double>{}) << none << ", which came once";
    }
  }
  EXPECT_EQ(found({1e20}), std::vector<double>{1e20});
  EXPECT_EQ(found({0.0, -1.0, 1.0, -1.0, 2.0, -1.0}), std::vector<double>{}) << "others come near";
  EXPECT_EQ(found({-95.0, -99.0, -97.0, -99.0, -99.0}), std::vector<double>{});
  EXPECT_EQ(found({8700.0, 8888.0, 8888.0, 8888.0, 8950.0}), std::vector<double>{});
  EXPECT_EQ(found({0.0, 1.2e9, 1.2e9, 1.2e9, 1.3e9}), std::vector<double>{}) << "a counter that was set back";
}

TEST(NoData, ANumberThroughoutIsAsked) {
  const auto throughout = [](std::initializer_list<double> values) {
    NoDataFinder finder;
    for (const double v : values) finder.add(v);
    return finder.throughout();
  };
  EXPECT_EQ(throughout({32767.0, 32767.0, 32767.0}), 32767.0);
  EXPECT_EQ(throughout({-1.0, -1.0, -1.0}), -1.0);
  EXPECT_EQ(throughout({-1.0, -1.0, -1.0, 0.0}), std::nullopt);
  EXPECT_EQ(throughout({-9999.0, -9999.0, -9999.0}), std::nullopt) << "found without being asked";
  EXPECT_EQ(throughout({70.0, 70.0, 70.0}), std::nullopt);
}

TEST(NoData, ALiveTagMustShowItAgainAndAgain) {
  NoDataFinder finder;
  for (const double v : {70.0, -9999.0, 69.9, -9999.0, 9.9999e37}) finder.add(v);
  EXPECT_EQ(finder.found(2), std::vector<double>{-9999.0});
  EXPECT_EQ(finder.found(3), std::vector<double>{});
  EXPECT_EQ(nearest_no_data(-32768.000000001), -32768.0) << "what scale and offset left of it";
  EXPECT_EQ(nearest_no_data(70.1), 70.1);
}

/// Readings that lie together are never taken for no data, whatever they are.
RC_GTEST_PROP(NoData, ReadingsThatLieTogetherAreKept, ()) {
  const double centre = *rc::gen::inRange(1, 100000);
  NoDataFinder finder;
  for (int i = 0; i < 20; ++i) finder.add(centre * (1.0 + 1e-3 * *rc::gen::inRange(-100, 100)));
  RC_ASSERT(finder.found().empty());
}

}  // namespace
}  // namespace castner::readings

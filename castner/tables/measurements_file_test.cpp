// SPDX-License-Identifier: Apache-2.0
#include "castner/tables/measurements_file.h"

#include <gtest/gtest.h>

#include <cmath>

#include "castner/base/file.h"
#include "tests/support/root.h"

namespace castner::tables {
namespace {

TEST(MeasurementsFile, ReadsTagsValuesUncertaintiesAndQualities) {
  const auto rows = read_measurements("tag,value,sd,quality\nx1,0.1858,0.0036,\nx2,4.79,,uncertain\nx3,,,\n", "m.csv");
  ASSERT_TRUE(rows) << rows.error().text();
  ASSERT_EQ(rows->size(), 3u);
  EXPECT_EQ((*rows)[0].sd, 0.0036);
  EXPECT_EQ((*rows)[1].quality, readings::Quality::uncertain);
  EXPECT_FALSE((*rows)[1].sd);
  EXPECT_TRUE(std::isnan((*rows)[2].value));
  EXPECT_EQ((*rows)[2].quality, readings::Quality::bad);
  EXPECT_EQ((*rows)[2].line, 4);
}

TEST(MeasurementsFile, ATableOfTimesIsNotOne) {
  for (const char* text : {"time,A\n2026-11-03 14:05,1\n", "time,tag,value\n2026-11-03T14:05Z,A,1\n"}) {
    const auto rows = read_measurements(text, "m.csv");
    ASSERT_FALSE(rows);
    EXPECT_EQ(rows.error().problems.at(0).what, "is a table of many times, not one set of readings");
  }
}

TEST(MeasurementsFile, ReadsTheShippedSnapshot) {
  const auto bytes = read_file(testing::root() + "/plants/steam_network/snapshot.csv");
  ASSERT_TRUE(bytes);
  const auto rows = read_measurements(*bytes, "snapshot.csv");
  ASSERT_TRUE(rows) << rows.error().text();
  EXPECT_GT(rows->size(), 10u);
  for (const auto& r : *rows) EXPECT_EQ(r.quality, readings::Quality::good) << r.tag;
}

}  // namespace
}  // namespace castner::tables

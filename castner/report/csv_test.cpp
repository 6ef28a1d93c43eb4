// SPDX-License-Identifier: Apache-2.0
#include "castner/report/csv.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "castner/report/fixture.h"

namespace castner::report {
namespace {

/// RFC 4180: rows of cells.
std::vector<std::vector<std::string>> parsed(const std::string& csv) {
  std::vector<std::vector<std::string>> rows(1, std::vector<std::string>(1));
  bool quoted = false;
  for (std::size_t i = 3; i < csv.size(); ++i) {
    const char c = csv[i];
    if (quoted) {
      if (c == '"' && i + 1 < csv.size() && csv[i + 1] == '"')
        rows.back().back() += '"', ++i;
      else if (c == '"')
        quoted = false;
      else
        rows.back().back() += c;
    } else if (c == '"')
      quoted = true;
    else if (c == ',')
      rows.back().emplace_back();
    else if (c == '\r' && i + 1 < csv.size() && csv[i + 1] == '\n')
      rows.emplace_back(1), ++i;
    else
      rows.back().back() += c;
  }
  rows.pop_back();  // after the last line's end
  return rows;
}

TEST(Csv, IsWhatExcelOnAChineseWindowsOpens) {
  const auto c = testing::small_network();
  const std::string csv = reconciled_csv(c.plant, c.assessment);
  EXPECT_TRUE(csv.starts_with("\xEF\xBB\xBFpath,tag,unit,measured,reconciled,sd,adjustment,class,used\r\n"));
  EXPECT_TRUE(csv.ends_with("\r\n"));
  EXPECT_EQ(csv.find("sep="), std::string::npos);
  for (std::size_t at = csv.find('\n'); at != std::string::npos; at = csv.find('\n', at + 1))
    EXPECT_EQ(csv[at - 1], '\r');
}

TEST(Csv, GivesASnapshotARowForEachQuantity) {
  const auto c = testing::small_network();
  const auto rows = parsed(reconciled_csv(c.plant, c.assessment));
  ASSERT_EQ(rows.size(), 5u);
  EXPECT_EQ(rows[1], (std::vector<std::string>{"F.flow_mass", "FI-1", "t/h", "10.05", "10.012", "0.071", "-0.04",
                                               "redundant", "yes"}));
  EXPECT_EQ(rows[2], (std::vector<std::string>{"A.flow_mass", "FI-2", "t/h", "7.20", "6.20", "0.31", "-1.00",
                                               "observable", "no"}));
  EXPECT_EQ(rows[3], (std::vector<std::string>{"B.flow_mass", "", "t/h", "", "", "", "", "unobservable", ""}));
}

TEST(Csv, GivesEachReconciledWindowARowWithUnitsInTheHeader) {
  const auto c = testing::cell_room();
  const auto rows = parsed(reconciled_csv(c.plant, c.assessment));
  ASSERT_EQ(rows.size(), 88u);  // 87 of the 96 windows were steady
  EXPECT_EQ(rows[0][0], "from");
  EXPECT_EQ(rows[0][2], "B0.flow_mass (t/h)");
  EXPECT_EQ(rows[0][3], "B0.flow_mass sd (t/h)");
  EXPECT_EQ(rows[1][0], "2026-03-01T00:00:00+08:00");
  for (const auto& row : rows) EXPECT_EQ(row.size(), rows[0].size());
  const auto temperature = std::find(rows[0].begin(), rows[0].end(), "K1.temperature (degC)") - rows[0].begin();
  EXPECT_EQ(rows[1][static_cast<std::size_t>(temperature)], "88.00");
  EXPECT_EQ(rows[0][static_cast<std::size_t>(temperature) + 1], "K1.temperature sd (K)");
  EXPECT_EQ(rows[0].back(), "FI-401 measured (t/h)");
}

TEST(Csv, NeverGivesASpreadsheetAFormulaToRun) {
  const auto c = testing::hostile_names();
  const auto rows = parsed(reconciled_csv(c.plant, c.assessment));
  EXPECT_EQ(rows[1][1], "'=cmd|' /C calc'!A0");
  EXPECT_EQ(rows[4][1], "'@SUM(1,\"2\")\nnext");
  EXPECT_EQ(rows[2][1], "\"><img src=x onerror=alert(1)>&amp;");
  for (const auto& row : rows)
    for (const auto& cell : row) {
      const bool starts_one = !cell.empty() && std::string("=+-@").find(cell[0]) != std::string::npos;
      EXPECT_TRUE(!starts_one || cell.find_first_not_of("-0123456789.e+") == std::string::npos)
          << cell;  // a number may
    }
}

TEST(Csv, HoldsOnlyAHeaderWhereThereIsNothing) {
  const auto c = testing::empty_plant();
  EXPECT_EQ(parsed(reconciled_csv(c.plant, c.assessment)).size(), 1u);
}

}  // namespace
}  // namespace castner::report

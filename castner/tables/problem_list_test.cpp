// SPDX-License-Identifier: Apache-2.0
#include "castner/tables/problem_list.h"

#include <gtest/gtest.h>

#include "castner/tables/table_reader.h"

namespace castner::tables {
namespace {

/// Rows with times that a function writes, refused.
std::vector<std::string> problems_of(int rows, auto time_of) {
  std::string text = "time;FI-1\n";
  for (int i = 0; i < rows; ++i) text += time_of(i) + ";1.5\n";
  const auto table = read_table(text, "d.csv", {.time_zone = "Europe/Berlin"});
  std::vector<std::string> all;
  if (!table)
    for (const auto& p : table.error().problems) all.push_back(p.text());
  return all;
}
std::string clock(int i) { return " " + std::to_string(10 + i / 60 % 10) + ":" + std::to_string(10 + i % 50); }

TEST(ProblemList, ManyRowsWithOneProblemAreOneLineWithTheFirstTwoAndACount) {
  // Day and month exchanged from row 100 on, in every way to write a date.
  const auto points = problems_of(288, [](int i) { return (i < 100 ? "24.11.2026" : "11.24.2026") + clock(i); });
  EXPECT_EQ(points, (std::vector<std::string>{
                        "d.csv:102: \"11.24.2026 11:10\" is no day or hour of the years 1900 to 2200, as in line "
                        "103 with \"11.24.2026 11:11\", in all 188 rows; write times as 2026-11-03 14:05:00"}));
  const auto years = problems_of(288, [](int i) { return (i < 100 ? "2026-11-24" : "2026-24-11") + clock(i); });
  EXPECT_EQ(years.size(), 1u) << years.at(0);
  const auto slashes = problems_of(288, [](int i) { return (i < 100 ? "11/24/2026" : "24/11/2026") + clock(i); });
  ASSERT_GE(slashes.size(), 1u);
  EXPECT_EQ(slashes[0],
            "d.csv:102: has the date \"24/11/2026 11:10\", line 2 has \"11/24/2026 10:10\": day first and month first "
            "in one file; write the year first: 2026-11-03 14:05");
  EXPECT_LE(slashes.size(), 2u);
  const auto kinds = problems_of(288, [](int i) { return (i < 100 ? "2026-11-24" : "24.11.2026") + clock(i); });
  EXPECT_EQ(kinds.size(), 1u);
}

TEST(ProblemList, AFewAreListedEachAndEveryColumnByItself) {
  ProblemList list("d.csv");
  for (int line : {9, 3, 7}) list.add(line, "\"x\" is not a time", "cure", 0);
  EXPECT_EQ(list.error().problems.size(), 3u);
  EXPECT_EQ(list.error().problems[0].where, "d.csv:3");
  for (int line = 20; line < 520; ++line) list.add(line, "\"y\" is not a number", "cure", line % 2);
  const auto e = list.error();
  ASSERT_EQ(e.problems.size(), 5u);
  EXPECT_EQ(e.problems[3].what, "\"y\" is not a number, as in line 22, in all 250 rows");
  list.add_uncounted(50);
  EXPECT_EQ(list.error().problems[4].what, "\"y\" is not a number, as in line 23, in all 300 rows");
}

TEST(ProblemList, NoMoreThanFiftyLinesComeOfAnyFile) {
  ProblemList list("d.csv");
  for (int k = 0; k < 30'000; ++k) list.add(k + 1, "\"" + std::to_string(k) + "\" is no good", "cure", k);
  const auto e = list.error();
  ASSERT_EQ(e.problems.size(), 51u);
  EXPECT_EQ(e.problems.back().what, "and 29950 more problems");
}

}  // namespace
}  // namespace castner::tables

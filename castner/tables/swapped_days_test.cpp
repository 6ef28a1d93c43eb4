// SPDX-License-Identifier: Apache-2.0
#include "castner/tables/swapped_days.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <functional>

#include "castner/tables/table_reader.h"

namespace castner::tables {
namespace {

using namespace std::chrono;

std::string iso_text(Time t) { return readings::time_text(t).substr(0, 19); }
/// As a spreadsheet reads 03/11/2026 where the month stands first.
std::string day_for_month(Time t) {
  const std::string text = iso_text(t), m = text.substr(5, 2), d = text.substr(8, 2);
  return d > "12" ? text : text.substr(0, 5) + d + "-" + m + text.substr(10);
}
using Written = std::function<std::string(Time)>;

Time at(const char* text) { return readings::parse_time(std::string(text) + "Z", std::nullopt).value(); }

/// A row every `pace` from `hour` on, `rows` of them, on each of the days.
std::string days_of_rows(const std::vector<Time>& starts, minutes pace, int rows, const Written& written) {
  std::string out = "time,FI-1\n";
  int n = 0;
  for (const Time start : starts)
    for (int i = 0; i < rows; ++i, ++n) out += written(start + i * pace) + "," + std::to_string(100 + n % 7) + ".5\n";
  return out;
}
std::vector<Time> days_from(const char* first, int count) {
  std::vector<Time> all;
  for (int i = 0; i < count; ++i) all.push_back(at(first) + days(i));
  return all;
}
std::string refusal(const std::string& text) {
  const auto table = read_table(text, "data.csv", {.time_zone = "+08:00"});
  return table ? "" : table.error().text();
}

TEST(SwappedDays, ThatBecameTheSameDayOfTwelveMonthsAreRefusedWithTheFirstTwo) {
  const std::string text = days_of_rows(days_from("2026-11-01T08:00", 12), minutes(1), 120, day_for_month);
  EXPECT_EQ(refusal(text),
            "data.csv:122: has the time \"2026-02-11T08:00:00\", line 2 has \"2026-01-11T08:00:00\": the days of the "
            "file lie weeks apart, and follow one another where day and month are exchanged, as spreadsheets exchange "
            "them; take the file as the historian wrote it, or write every date with the year first: 2026-11-03 14:05; "
            "where the dates are right, give each day a file of its own\n");
  EXPECT_EQ(refusal(days_of_rows(days_from("2026-11-01T08:00", 12), minutes(1), 120, iso_text)), "");
}

TEST(SwappedDays, AreFoundInEveryWayToWriteADateAndInEveryOrderOfRows) {
  const auto starts = days_from("2026-11-02T00:00", 8);
  const auto slashes = [](Time t) {
    const std::string text = day_for_month(t);
    return text.substr(0, 4) + "/" + text.substr(5, 2) + "/" + text.substr(8, 2) + " " + text.substr(11, 5);
  };
  const auto by_name = [](Time t) {
    constexpr const char* kNames[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov"};
    const std::string text = day_for_month(t);
    return text.substr(8, 2) + "-" + kNames[std::stoi(text.substr(5, 2)) - 1] + "-" + text.substr(0, 4) + " " +
           text.substr(11, 5);
  };
  const auto with_offset = [](Time t) { return day_for_month(t) + "+08:00"; };
  for (const Written& written : {Written(slashes), Written(by_name), Written(with_offset)})
    EXPECT_NE(refusal(days_of_rows(starts, minutes(15), 96, written)).find("exchanged"), std::string::npos);
  auto newest_first = starts;
  std::reverse(newest_first.begin(), newest_first.end());
  EXPECT_NE(refusal(days_of_rows(newest_first, minutes(15), 96, day_for_month)).find("exchanged"), std::string::npos);
  std::string out = "time,tag,value\n";
  for (const Time start : starts)
    for (int i = 0; i < 24; ++i)
      for (const char* tag : {"FI-1", "FI-2", "FI-3"}) out += day_for_month(start + hours(i)) + "," + tag + ",1.5\n";
  EXPECT_NE(refusal(out).find("exchanged"), std::string::npos) << "a long table";
}

TEST(SwappedDays, OfPartOfAMonthAreFoundBesideTheDaysThatHaveNoTwin) {
  for (const auto& [first, count] : {std::pair("2026-10-13T00:00", 30), std::pair("2026-11-09T00:00", 8),
                                     std::pair("2026-12-28T00:00", 10), std::pair("2026-11-12T00:00", 9)})
    EXPECT_NE(refusal(days_of_rows(days_from(first, count), minutes(30), 48, day_for_month)).find("exchanged"),
              std::string::npos)
        << first;
  EXPECT_NE(refusal(days_of_rows(days_from("2026-10-13T00:00", 30), minutes(30), 1, day_for_month)).find("exchanged"),
            std::string::npos)
      << "means by the day";
}

TEST(SwappedDays, OfWhichSomeAreMissingAreFound) {
  std::vector<Time> working;
  for (const int d : {2, 3, 4, 5, 6, 9, 10, 11, 12}) working.push_back(at("2026-11-01T06:00") + days(d - 1));
  EXPECT_NE(refusal(days_of_rows(working, minutes(10), 60, day_for_month)).find("exchanged"), std::string::npos);
}

TEST(SwappedDays, ARecordByTheMonthIsNone) {
  std::vector<Time> firsts, elevenths, mondays, twice;
  for (int m = 1; m <= 12; ++m) {
    const std::string month = "2026-" + std::string(m < 10 ? "0" : "") + std::to_string(m);
    firsts.push_back(at((month + "-01T08:00").c_str()));
    elevenths.push_back(at((month + "-11T08:00").c_str()));
    twice.push_back(at((month + "-01T00:00").c_str()));
    twice.push_back(at((month + "-15T00:00").c_str()));
  }
  for (int w = 0; w < 52; ++w) mondays.push_back(at("2026-01-05T00:00") + days(7 * w));
  EXPECT_EQ(refusal(days_of_rows(firsts, minutes(1), 1, iso_text)), "");
  EXPECT_EQ(refusal(days_of_rows(elevenths, hours(4), 3, iso_text)), "") << "three samples on one day of each month";
  EXPECT_EQ(refusal(days_of_rows(mondays, hours(1), 24, iso_text)), "");
  EXPECT_EQ(refusal(days_of_rows(twice, hours(1), 24, iso_text)), "");
  std::string lab = "time,tag,value\n";  // many tags, a sample a month of each
  for (const Time t : firsts)
    for (int k = 0; k < 20; ++k) lab += iso_text(t + minutes(5 * k)) + ",AI-" + std::to_string(k) + ",1.5\n";
  EXPECT_EQ(refusal(lab), "");
}

TEST(SwappedDays, AYearOfAllDaysIsNone) {
  // Exchanged it is a year again, in which 1 January is followed by 1 February.
  EXPECT_EQ(refusal(days_of_rows(days_from("2026-01-01T00:00", 365), hours(1), 24, iso_text)), "");
  EXPECT_EQ(refusal(days_of_rows(days_from("2026-01-01T08:00", 365), hours(1), 1, iso_text)), "");
  EXPECT_EQ(refusal(days_of_rows(days_from("2026-01-01T00:00", 346), hours(4), 6, iso_text)), "");
  EXPECT_EQ(refusal(days_of_rows(days_from("2025-01-01T00:00", 730), hours(8), 3, iso_text)), "");
}

TEST(SwappedDays, TwoDaysAMonthApartMustGoOnWithoutAGap) {
  EXPECT_EQ(refusal(days_of_rows({at("2026-10-03T08:00"), at("2026-11-03T08:00")}, minutes(1), 120, iso_text)), "");
  EXPECT_NE(refusal(days_of_rows({at("2026-10-03T00:00"), at("2026-11-03T00:00")}, minutes(1), 1440, iso_text))
                .find("exchanged"),
            std::string::npos)
      << "10 and 11 March may be meant";
}

RC_GTEST_PROP(SwappedDays, RowsInARowAreReadAsTheyAreOrRefused, ()) {
  const Time start = at("2025-01-01T00:00") + minutes(*rc::gen::inRange(0, 700 * 1440));
  const minutes pace(*rc::gen::element(1, 10, 60, 240, 720));
  const int rows = *rc::gen::inRange(5, 400);
  RC_ASSERT(refusal(days_of_rows({start}, pace, rows, iso_text)).empty());
  const std::string text = days_of_rows({start}, pace, rows, day_for_month);
  if (text == days_of_rows({start}, pace, rows, iso_text)) return;
  const bool one_day = floor<days>(start) == floor<days>(start + (rows - 1) * pace);
  RC_ASSERT(one_day || !refusal(text).empty());
}

RC_GTEST_PROP(SwappedDays, APlantThatStandsAtTimesIsReadAsItIs, ()) {
  std::vector<Time> days_on;
  Time day = at("2026-01-01T00:00") + days(*rc::gen::inRange(0, 300));
  for (int runs = *rc::gen::inRange(1, 8); runs > 0; --runs) {
    for (int n = *rc::gen::inRange(3, 25); n > 0; --n) days_on.push_back(day += days(1));
    day += days(*rc::gen::inRange(1, 25));
  }
  RC_ASSERT(refusal(days_of_rows(days_on, hours(1), 24, iso_text)).empty());
}

}  // namespace
}  // namespace castner::tables

// SPDX-License-Identifier: Apache-2.0
// Two hundred thousand rows: read completely, in seconds, in little more memory than the samples take.
#include <gtest/gtest.h>
#include <sys/resource.h>

#include <chrono>
#include <string>

#include "castner/readings/time_zone.h"
#include "castner/signals/windows.h"
#include "castner/tables/table_reader.h"

namespace castner::assess {
namespace {

using namespace std::chrono;

constexpr int kRows = 200000, kTags = 20;

std::string large_table(const char* zone) {
  const auto start = readings::parse_time("2026-01-01T00:00:00Z", std::nullopt).value();
  std::string text = "time";
  for (int k = 0; k < kTags; ++k) text += ",FI-" + std::to_string(100 + k) + " (t/h)";
  text += '\n';
  unsigned state = 12345;  // a linear congruential generator: the same file every time
  for (int i = 0; i < kRows; ++i) {
    text +=
        readings::time_text(start + minutes(i), zone ? std::optional<std::string>(zone) : std::nullopt).substr(0, 19);
    if (!zone) text += 'Z';
    for (int k = 0; k < kTags; ++k) {
      state = state * 1664525u + 1013904223u;
      const int noise = static_cast<int>(state >> 22);
      text += noise == 7 ? std::string(",Bad") : "," + std::to_string(100 + k) + "." + std::to_string(1000 + noise);
    }
    text += '\n';
  }
  return text;
}

long peak_bytes() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return usage.ru_maxrss * 1024;
}

TEST(LargeTable, TwoHundredThousandRowsAreReadInSecondsWithinThirtyTwoBytesASample) {
  const std::string text = large_table(nullptr);
  const long before = peak_bytes();
  const auto begin = steady_clock::now();
  const auto table = tables::read_table(text, "large.csv");
  const double seconds = duration<double>(steady_clock::now() - begin).count();
  const long used = peak_bytes() - before;
  ASSERT_TRUE(table) << table.error().text();
  EXPECT_EQ(table->facts.rows, kRows);
  std::size_t samples = 0, bad = 0;
  for (const auto& s : table->series) {
    samples += s.samples.size();
    for (const auto& x : s.samples) bad += x.quality == readings::Quality::bad;
  }
  EXPECT_EQ(samples, std::size_t{kRows} * kTags);
  EXPECT_EQ(bad, static_cast<std::size_t>(table->facts.bad_texts));
  EXPECT_GT(bad, 3000u);
  // 24 bytes a sample, 3 % kept free, and what the heap rounds up to.
  EXPECT_LT(used, static_cast<long>(samples) * 32);
  // Takes about half a second optimised on one slow core; this catches what grows with the square of the rows.
  EXPECT_LT(seconds, 20.0);
}

TEST(LargeTable, AYearOfMinutesInAZoneWithSummerTimeLosesNothing) {
  const auto table = tables::read_table(large_table("Europe/Berlin"), "large.csv", {.time_zone = "Europe/Berlin"});
  ASSERT_TRUE(table) << table.error().text();
  const auto& s = table->series.at(0).samples;
  ASSERT_EQ(s.size(), static_cast<std::size_t>(kRows));
  for (std::size_t i = 1; i < s.size(); ++i) ASSERT_EQ(s[i].time - s[i - 1].time, minutes(1)) << i;
  const auto windows =
      signals::cut_windows(table->series, {.time_zone = "Europe/Berlin"}, [](std::size_t, double) { return 0.1; });
  EXPECT_EQ(windows.rows, kRows);
  EXPECT_EQ(windows.windows.size(), static_cast<std::size_t>((kRows + 29) / 30));
  EXPECT_TRUE(windows.gaps.empty());
  EXPECT_TRUE(windows.stuck.empty());
}

TEST(LargeTable, EveryLineWrongGivesEachProblemOnceWithACount) {
  std::string text = "time,A\n";
  for (int i = 0; i < kRows; ++i) text += "yesterday,12 t/h\n";
  const auto table = tables::read_table(text, "wrong.csv");
  ASSERT_FALSE(table);
  ASSERT_EQ(table.error().problems.size(), 1u);
  for (const auto& p : table.error().problems)
    EXPECT_TRUE(p.what.ends_with(", in all " + std::to_string(kRows) + " rows")) << p.what;
}

}  // namespace
}  // namespace castner::assess

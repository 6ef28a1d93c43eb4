// SPDX-License-Identifier: Apache-2.0
// Every story to its end, months included.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <set>
#include <vector>

#include "castner/cell_bank/story.h"

namespace castner::cell_bank {
namespace {

constexpr int kHall = 24;  // cells, so that months are short

/// Readings are near the truth but for what is wrong, and faults act when the truth says.
TEST(EveryStory, IsTrueToItsTruth) {
  for (const auto name : story_names()) {
    Story story(*story_script(name, 3, kHall), 3);
    const StoryScript& s = story.script();
    std::set<int> wrong;
    for (const ScannerFault& f : s.scanner_faults) {
      wrong.insert(f.cell);
      if (f.with) wrong.insert(*f.with);
    }
    double last_effect = 0.0, largest_effect = 0.0;
    std::vector<double> largest_error(kHall, 0.0), last(kHall, 0.0);
    while (const StoryRow* row = story.next()) {
      ASSERT_EQ(row->cells.size(), static_cast<std::size_t>(kHall));
      ASSERT_TRUE(std::isfinite(row->current) && std::isfinite(row->voltage)) << name << ' ' << row->time;
      const bool hangs = std::any_of(s.hangs.begin(), s.hangs.end(),
                                     [&](const Pause& h) { return row->time >= h.from && row->time < h.until; });
      for (std::size_t i = 0; i < kHall; ++i) {
        ASSERT_TRUE(std::isfinite(row->true_cells[i])) << name << ' ' << row->time;
        ASSERT_GE(row->true_cells[i], 0.0) << name << ' ' << row->time;
        ASSERT_LT(row->true_cells[i], 7.0) << name << ' ' << row->time;
        // While it stands still: of one that falls or climbs the scanner sees an older voltage.
        if (!hangs && !std::isnan(row->cells[i]) && std::abs(row->true_cells[i] - last[i]) < 1e-3)
          largest_error[i] = std::max(largest_error[i], std::abs(row->cells[i] - row->true_cells[i]));
        last[i] = row->true_cells[i];
      }
      for (const auto& e : row->effects) {
        const auto truth =
            std::find_if(s.truth.begin(), s.truth.end(), [&](const Truth& t) { return t.cause && t.cell == e.cell; });
        ASSERT_NE(truth, s.truth.end());
        if (row->time < truth->onset) {
          EXPECT_EQ(e.voltage, 0.0) << name;
        }
        last_effect = std::abs(e.voltage);
        largest_effect = std::max(largest_effect, last_effect);
      }
      EXPECT_EQ(std::isnan(row->analyses.hydrogen_in_chlorine), !s.analyses);
    }
    for (int i = 0; i < kHall; ++i) {
      const double error = largest_error[static_cast<std::size_t>(i)];
      if (!wrong.contains(i)) {
        // seven sd of noise, half a step, the skew, and what is wild
        const double wild = s.scanner.wild > 0.0 ? s.scanner.wild_size : 0.0;
        EXPECT_LT(error, 0.0065 + 0.5 * s.scanner.resolution + wild) << name << ' ' << i;
      }
      const bool unseen = std::any_of(s.truth.begin(), s.truth.end(), [](const Truth& t) { return !t.visible; });
      const bool unread = std::any_of(s.truth.begin(), s.truth.end(), [](const Truth& t) { return t.unread; });
      if (wrong.contains(i) && !unseen && !unread) {
        EXPECT_GT(error, 0.02) << name << ' ' << i;
      }
    }
    if (!s.faults.empty() && name != "unseen_pinhole") {
      EXPECT_GT(largest_effect, 0.015) << name;
    }
    if (name == "unseen_pinhole") {
      EXPECT_LT(largest_effect, 0.004);
    }
  }
}
}  // namespace
}  // namespace castner::cell_bank

// SPDX-License-Identifier: Apache-2.0
/// Finds days of which a spreadsheet exchanged day and month: twelve days of November that became the 11th of twelve months.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "castner/readings/time_zone.h"
#include "castner/tables/problem_list.h"

namespace castner::tables {

class SwappedDays {
 public:
  /// Takes note of a time as the file shows it. @param rows  that its tag has had on this day up to this one
  void note(readings::LocalTime, std::string_view text, int line, int rows);
  /// Adds the problem, once all times are read, where the days must have been exchanged. @return whether it is so
  bool check(int column, ProblemList&) const;

 private:
  using Date = std::chrono::local_days;
  struct Day {
    int line = 0;      ///< of its first row
    std::string text;  ///< of that row's time
    int rows = 0;      ///< of the tag that has most
    readings::LocalTime first{}, last{};
  };
  struct Block {
    Date shown, meant;  ///< the same where nothing is exchanged
    const Day* day;
    bool moved() const { return shown != meant; }
    readings::LocalTime first() const { return day->first + (meant - shown); }
    readings::LocalTime last() const { return day->last + (meant - shown); }
  };
  std::vector<Block> blocks() const;
  static bool seamless(const std::vector<Block>&);

  std::map<Date, Day> days_;
  Date date_{};         ///< of the last time
  Day* now_ = nullptr;  ///< its day
};

}  // namespace castner::tables

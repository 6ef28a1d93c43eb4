// SPDX-License-Identifier: Apache-2.0
/// The times of one table become UTC, by the offsets in the file or a stated zone, and never by a guess.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "castner/readings/time_zone.h"
#include "castner/tables/problem_list.h"
#include "castner/tables/swapped_days.h"
#include "castner/tables/time_text.h"

namespace castner::tables {

/// Which way a series of times runs, so that an hour that occurs twice is taken in file order.
struct TimeOrder {
  std::optional<Time> last;
  bool descending = false;
  readings::LocalTime local{};  ///< of the last, as the file shows it; its line, and how far it was from the one before
  int line = 0;
  std::chrono::nanoseconds step{};
  int rows_of_day = 0;  ///< times on the day of the last
};

class TimeColumn {
 public:
  /// @param zone   for times without an offset, already checked; none: such times are a problem, said once
  /// @param order   of dates such as 11/3/2026
  /// @param stated  by a person, so that it is no assumption
  TimeColumn(std::optional<std::string> zone, DateOrder order, bool stated, ProblemList& problems)
      : problems_(problems),
        order_(order),
        stated_(stated),
        clock_(zone ? std::optional<readings::LocalClock>(*zone) : std::nullopt) {}

  /// The time of a cell; nothing where it is a problem, which is then noted. Dates of two kinds in one column are one: Excel turns
  /// some of a file's dates into its own, with day and month exchanged, and leaves the others as they are.
  /// @param order  of the series the cell belongs to; takes note of this time
  std::optional<Time> read(std::string_view text, int line, int column, TimeOrder& order);

  /// The time with the milliseconds that stand in a cell of their own, "250"; one that has them already must agree.
  std::optional<Time> with_millis(Time, std::string_view text, int line, int column);

  /// Times that fall back by nearly 12 hours within a day, while none is before 1:00 or after 12:59, are of a clock of 12 hours without AM
  /// and PM: a problem, once all times are read. @return whether it is so
  bool check_clock();
  /// Days of which a spreadsheet exchanged day and month are a problem (swapped_days.h). @return whether they are so
  bool check_days() { return days_.check(column_, problems_); }

  /// "offsets in the file", the zone, or both.
  std::string zone_text() const;
  /// The clock that the file shows: the stated zone, or the offset that every time has; nullopt if offsets differ.
  std::optional<std::string> clock_shown() const;
  /// Whether its dates are of a kind that is read by their order: 11/3/2026, not 2026-11-03.
  bool has_order() const { return kind_ != DateKind::none && kind_ != DateKind::clear && kind_ != DateKind::counted; }
  /// Assumptions, one sentence each.
  std::vector<std::string> notes() const;

 private:
  std::optional<Time> to_utc(const TimeText&, std::string_view text, int line, int column, TimeOrder& order);
  /// Times with an offset that is not the zone's beside times without one.
  void check_offsets(int line, std::string_view text, int column);
  void note_clock(readings::LocalTime local, std::string_view text, int line, int column, TimeOrder& order);
  /// A date that is one, but not in the order that was stated, is a problem; @return whether it is so.
  bool against_the_stated(const TimeText&, std::string_view text, int line, int column);
  bool fits_the_others(const TimeText&, std::string_view text, int line, int column);

  ProblemList& problems_;
  DateOrder order_;
  bool stated_;
  std::optional<readings::LocalClock> clock_;
  bool zone_missing_ = false, order_missing_ = false;
  DateKind kind_ = DateKind::none;  ///< of the first date
  std::chrono::nanoseconds one_{};  ///< what the first count counts
  std::string kind_text_;
  int kind_line_ = 0;
  bool kinds_mixed_ = false;
  bool offsets_ = false, locals_ = false, counted_ = false, short_years_ = false, dotted_ = false, ordered_ = false;
  std::optional<std::chrono::minutes> offset_;  ///< of the first time that has one
  bool several_offsets_ = false;
  struct Seen {
    int line = 0;
    std::string text;
  };
  Seen other_zone_, local_;  ///< the first time whose offset is not that of the zone, and the first without one
  bool offsets_said_ = false;
  int twice_ = 0, twice_line_ = 0;
  struct FallBack {
    int line = 0, column = -1, before_line = 0;
    readings::LocalTime time{}, before{};
  };
  FallBack fall_back_;    ///< the first time that falls back by nearly 12 hours
  bool half_day_ = true;  ///< all times are from 1:00 to 12:59
  SwappedDays days_;
  int column_ = -1;
  readings::LocalTime last_local_{};
  std::string last_text_;  ///< long tables repeat a time for every tag: read once
  std::optional<Time> last_time_;
};

}  // namespace castner::tables

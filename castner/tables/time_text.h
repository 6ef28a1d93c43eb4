// SPDX-License-Identifier: Apache-2.0
/// Times as people and historians write them, read without guessing: "2026-11-03T14:05:00+08:00", "03.11.2026 14:05",
/// "11/3/2026 2:05 p. m.", "03-Okt-26 14:05:00", "2026年11月3日 14:05", seconds since 1970.
#pragma once

#include <chrono>
#include <optional>
#include <string_view>

#include "castner/readings/time_zone.h"

namespace castner::tables {

/// Of dates such as 11/3/2026 and 26/11/03.
enum class DateOrder { unknown, day_month, month_day, year_month_day };
/// "dmy", "mdy" or "ymd", as people say it; nothing for any other text.
[[nodiscard]] std::optional<DateOrder> date_order_named(std::string_view name);
/// "dmy" of day first; "" of unknown.
[[nodiscard]] std::string_view name_of(DateOrder);

/// How a date is written. Those with the year first or a month by name leave no doubt; the others are of one kind in one file.
enum class DateKind { none, clear, slashes, hyphens, points, counted };

/// A text read as a time.
struct TimeText {
  enum class Status {
    ok,
    not_a_time,
    no_such_time,   ///< 2026-02-30, 25:00, a year out of 1900 to 2200, a count outside 2000 to 2049
    order_unknown,  ///< 11/3/2026 or 26.11.03 while the order is unknown; first and second hold the two numbers
    zone_name,      ///< "... CST": abbreviations name several zones
  } status = Status::not_a_time;
  readings::LocalTime local{};                 ///< UTC where the offset is 0
  std::optional<std::chrono::minutes> offset;  ///< where the text gives one
  int first = 0, second = 0;      ///< the numbers of a date whose year comes last, slashes or hyphens between
  bool maybe_year_first = false;  ///< 26/11/03, 26.11.03: the first and the last have two digits
  DateKind kind = DateKind::none;
  bool counted = false;  ///< seconds, ms, us or ns since 1970: UTC; of the years 2000 to 2049, or no_such_time
  std::chrono::nanoseconds one{};  ///< what such a count counts
  bool short_year = false;         ///< "26", taken as 2026
  bool dotted = false;             ///< "03.11.2026", taken as day.month.year
};

[[nodiscard]] TimeText read_time(std::string_view text, DateOrder order);

/// Whether the text looks like a time, in any order and zone: for finding the column of times.
[[nodiscard]] bool looks_like_time(std::string_view text);

}  // namespace castner::tables

// SPDX-License-Identifier: Apache-2.0
/// The names by which people and historians call the columns of a table.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

#include "castner/readings/status_text.h"
#include "castner/tables/unit_text.h"

namespace castner::tables {

enum class ColumnName {
  time,    ///< time, timestamp, Datum, 时间
  clock,   ///< a time of day beside a date
  millis,  ///< milliseconds beside a time: 毫秒
  tag,
  value,
  unit,
  sd,
  bound,       ///< the begin or the end of an interval: start, stop, from, to
  key,         ///< tells things of one kind apart: electrolyser, device, station
  row_number,  ///< counts the rows of the file: RECORD, 序号
  counter      ///< counts rows or hours, or may be a name of an instrument: n, hour, index
};

/// One header cell, taken apart.
struct ColumnTitle {
  std::string name;  ///< without case, blanks, separators and the part in brackets
  TagAndUnit parts;
  std::optional<std::string> zone;  ///< of "time (UTC)"
  std::string unknown_zone;         ///< of "time (CET)", which says no offset
  bool is(ColumnName) const;
};
[[nodiscard]] ColumnTitle read_title(std::string_view text);

/// What "Zeit [h]", "time (min)", "Laufzeit in Stunden", "hours" counts.
struct CountUnit {
  std::string_view name;  ///< "h", as --step takes it
  std::chrono::nanoseconds one{};
  bool in_words = false;  ///< the whole name is the unit, which may be the name of an instrument too
};
[[nodiscard]] std::optional<CountUnit> count_unit(std::string_view header);

/// The tag in "FI-101 time", "FI-101.Timestamp", "FI-101 时间", "Time - FI-101"; empty where the name is no such.
[[nodiscard]] std::string_view time_of(std::string_view header);

/// The tag whose quality a column holds, and how: "FI-101.quality", "FI-101 status", "FI-101_OPCQuality".
struct QualityOf {
  std::string_view tag;  ///< empty where the column is named quality alone
  readings::QualityColumn kind = readings::QualityColumn::code;
};
[[nodiscard]] std::optional<QualityOf> quality_of(std::string_view header);

}  // namespace castner::tables

// SPDX-License-Identifier: Apache-2.0
/// The role of each column of a table, from its header: time, tag, value, quality, unit.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "castner/tables/problem_list.h"
#include "castner/tables/table_reader.h"

namespace castner::tables {

/// One tag of a wide table.
struct ReadingColumn {
  int column = 0;
  int quality = -1;  ///< its column of qualities; -1 if it has none
  std::string tag, unit;
};

/// Columns count from 0; -1 where there is none.
struct TableLayout {
  TableShape shape = TableShape::wide;
  int time = -1;
  int clock = -1;                                              ///< the time of day, where `time` holds the date only
  int tag = -1, value = -1, unit = -1, sd = -1, quality = -1;  ///< long and snapshot
  bool one_is_good = false;                                    ///< WinCC's Validity: 1 or 0
  std::vector<ReadingColumn> readings;                         ///< wide
  std::string value_unit;                                      ///< of "value (t/h)"
  std::optional<std::string> zone;                             ///< of "time (UTC)"
  int needed = 0;                                              ///< cells that every row must have
  std::vector<std::string> notes;
};

/// @param header     the names   @param first_row  the cells of the first row of readings, empty where there is none
/// @return nothing where the columns make no table, or have faults; problems then say why
[[nodiscard]] std::optional<TableLayout> read_layout(std::span<const std::string_view> header,
                                                     std::span<const std::string_view> first_row, int line,
                                                     ProblemList& problems);

/// A second row of the header, such as one of units or of descriptions: no time, no number, no word for a bad reading.
[[nodiscard]] bool is_header_row(const TableLayout&, std::span<const std::string_view> row);
/// Takes the units out of such a row, where at least half of its cells are units.
void take_units(TableLayout&, std::span<const std::string_view> row);

}  // namespace castner::tables

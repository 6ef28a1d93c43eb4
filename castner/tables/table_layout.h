// SPDX-License-Identifier: Apache-2.0
/// The role of each column of a table, from its header: time, tag, value, quality, unit.
#pragma once

#include <chrono>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "castner/readings/status_text.h"
#include "castner/tables/header_rows.h"
#include "castner/tables/number_format.h"
#include "castner/tables/problem_list.h"
#include "castner/tables/table_reader.h"

namespace castner::tables {

/// A column of times, and what belongs to it. Columns count from 0; -1 where there is none.
struct TimeCells {
  int column = -1;
  int clock = -1;                   ///< the time of day, where `column` holds the date only
  std::optional<std::string> zone;  ///< of "time (UTC)"
  int millis = -1;                  ///< milliseconds, which `column` and `clock` do not have
};
struct QualityCells {
  int column = 0;
  readings::QualityColumn kind = readings::QualityColumn::code;
};

/// One tag of a wide table.
struct ReadingColumn {
  int column = 0;
  std::size_t time = 0;  ///< which of the layout's times is its own
  std::vector<QualityCells> qualities;
  std::string tag, unit;
  bool absolute = false;        ///< the header says "kPa(a)"
  std::string share;            ///< the header says "vol%" or "wt%"
  std::string unit_text;        ///< the cell that gives the unit
  int unit_line = 0;            ///< its line; 0 where none gives one
  bool unit_by_format = false;  ///< only the number format of its cells does
};

struct TableLayout {
  TableShape shape = TableShape::wide;
  std::vector<TimeCells> times;      ///< one, or in a wide table one for each group of tags; none in a snapshot
  bool counted = false;              ///< the column of times counts rows or hours from TableOptions::start on
  std::chrono::nanoseconds count{};  ///< what that column counts, as its name says: "Zeit [h]"; 0 where it does not
  int tag = -1, value = -1, unit = -1, sd = -1;  ///< long and snapshot
  std::vector<QualityCells> qualities;           ///< long and snapshot
  std::vector<ReadingColumn> readings;           ///< wide
  std::vector<int> unused;                       ///< columns with a name that hold none of these
  std::vector<int> keys;                         ///< columns that tell things of one kind apart, such as electrolysers
  std::string value_unit;                        ///< of "value (t/h)"
  bool value_absolute = false;
  std::string value_share;
  int needed = 0;  ///< cells that every row must have
  std::vector<std::string> notes;
};

/// @param header     the names   @param first_row  the cells of the first row of readings, empty where there is none
/// @param counted    no column of times is expected, but one that counts rows or hours, or none
/// @return nothing where the columns make no table, or have faults; problems then say why
[[nodiscard]] std::optional<TableLayout> read_layout(std::span<const std::string_view> header,
                                                     std::span<const std::string_view> first_row, int line,
                                                     bool counted, ProblemList& problems);

/// From one count of rows or hours to the next: as stated, else as the name of their column says, with which the stated must agree; else a
/// problem.
[[nodiscard]] std::chrono::nanoseconds step_of_counts(const TableLayout&, std::span<const std::string> names, int line,
                                                      std::chrono::nanoseconds stated, ProblemList& problems);

/// A second row of the header, such as one of units or of descriptions: no time, no number, no word for a bad reading.
[[nodiscard]] bool is_header_row(const TableLayout&, std::span<const std::string_view> row);
/// A row between the names and the readings: a second row of the header, or one of one text ("#TYPES", "Average").
/// @param before_first  it stands before the first row of readings   @param extra  how many such rows came before it
[[nodiscard]] bool passes_for_header(const TableLayout&, std::span<const std::string_view> row, bool before_first,
                                     int extra);
/// Takes the time zone out of such a row, under a column of times.
void take_zones(TableLayout&, std::span<const std::string_view> row, int line, ProblemList& problems);

}  // namespace castner::tables

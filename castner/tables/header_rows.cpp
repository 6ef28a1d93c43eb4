// SPDX-License-Identifier: Apache-2.0
// Which of a table's first rows holds the names of its columns:
//  1. A row of readings has a time, and a number or a word for a bad one beside it. The rows before it may be names.
//  2. Names are texts, no times and no numbers, in two cells or more. Best is the first row that names a tag and a value, then the
//     first that names the time where the readings have theirs, then the first with a name for each reading that is no row of units.
//  3. Where no row before the readings can be that, the row with the time belongs to a report ("From: 2026-11-03 ..."): on with the next.
//  4. Without any row of readings (a snapshot, a counter instead of times, a fault) a row that names its columns is taken, else the first.
//  5. Names that leave a column unnamed or name two alike are groups over the names in the next row, or stand themselves under groups.
#include "castner/tables/header_rows.h"

#include <algorithm>

#include "castner/tables/cell_text.h"
#include "castner/tables/column_names.h"
#include "castner/tables/time_text.h"

namespace castner::tables {
namespace {

using std::size_t, std::string, std::string_view;

string_view cell_of(const HeadRow& row, size_t column) {
  return column < row.cells.size() ? string_view(row.cells[column]) : string_view{};
}

/// A time that is no plain number.
bool holds_time(string_view text) {
  return text.find_first_not_of("0123456789.,") != string_view::npos && looks_like_time(text);
}

size_t filled(const HeadRow& row) {
  return static_cast<size_t>(
      std::count_if(row.cells.begin(), row.cells.end(), [](const string& c) { return !c.empty(); }));
}

/// The column of the time of a row of readings.
std::optional<size_t> time_in_readings(const HeadRow& row) {
  std::optional<size_t> time;
  bool reading = false;
  for (size_t i = 0; i < row.cells.size(); ++i) {
    const string_view text = row.cells[i];
    if (text.empty()) continue;
    if (!time && looks_like_time(text) && (i == 0 || holds_time(text)))
      time = i;
    else
      reading = reading || holds_number(text) || readings::is_status_text(text);
  }
  return reading ? time : std::nullopt;
}

bool names_tag_and_value(const HeadRow& row) {
  bool tag = false, value = false;
  for (const string& c : row.cells) {
    const ColumnTitle title = read_title(c);
    tag = tag || title.is(ColumnName::tag);
    value = value || title.is(ColumnName::value);
  }
  return tag && value;
}

bool could_name(const HeadRow& row) {
  return filled(row) >= 2 && std::none_of(row.cells.begin(), row.cells.end(),
                                          [](const string& c) { return holds_number(c) || holds_time(c); });
}

bool is_unit_row(const HeadRow& row) {
  size_t units = 0;
  for (const string& c : row.cells) units += !c.empty() && read_unit(c).has_value();
  return 2 * units >= filled(row);
}

std::optional<size_t> names_before(std::span<const HeadRow> rows, size_t first, size_t time) {
  const size_t cells = filled(rows[first]);
  const auto find = [&](auto fits) -> std::optional<size_t> {
    for (size_t r = 0; r < first; ++r)
      if (could_name(rows[r]) && fits(rows[r])) return r;
    return std::nullopt;
  };
  if (const auto r = find(names_tag_and_value)) return r;
  const auto names_time = [&](const HeadRow& row) {
    return 2 * filled(row) >= cells && read_title(cell_of(row, time)).is(ColumnName::time);
  };
  if (const auto r = find(names_time)) return r;
  const auto names_each = [&](const HeadRow& row) { return filled(row) + 1 >= cells; };
  if (const auto r = find([&](const HeadRow& row) { return names_each(row) && !is_unit_row(row); })) return r;
  return find(names_each);
}

/// Whether a name is missing over a filled column, or stands twice.
bool leaves_open(const HeadRow& names, const HeadRow& below) {
  for (size_t i = 0; i < std::max(names.cells.size(), below.cells.size()); ++i) {
    const string_view name = cell_of(names, i);
    if (name.empty() && i > 0 && !cell_of(below, i).empty()) return true;
  }
  return false;
}
bool names_twice(const HeadRow& names) {
  std::vector<string> all;
  for (const string& c : names.cells)
    if (!c.empty() && !read_title(c).is(ColumnName::time) && !quality_of(c)) all.push_back(c);
  std::sort(all.begin(), all.end());
  return std::adjacent_find(all.begin(), all.end()) != all.end();
}

void find_groups(std::span<const HeadRow> rows, HeaderRows& header, size_t time) {
  const size_t n = header.names;
  const bool has_lower = n + 1 < rows.size() && (!header.first || n + 1 < *header.first);
  if (has_lower && could_name(rows[n + 1]) && !is_unit_row(rows[n + 1]) &&
      (leaves_open(rows[n], rows[n + 1]) || names_twice(rows[n]))) {
    header.upper = n;
    header.lower = n + 1;
    return;
  }
  if (n == 0 || !names_twice(rows[n]) || filled(rows[n - 1]) < 2) return;
  // Over several columns of times each may stand under the name of its tag: "FI-1,,FI-2," over "Time,Value,Time,Value".
  const auto times = std::count_if(rows[n].cells.begin(), rows[n].cells.end(),
                                   [](const string& c) { return read_title(c).is(ColumnName::time); });
  const string_view corner = cell_of(rows[n - 1], time);
  if (times < 2 && !corner.empty() && !read_title(corner).is(ColumnName::time)) return;
  if (!could_name(rows[n - 1])) return;
  header.upper = n - 1;
  header.lower = n;
}

}  // namespace

HeaderRows find_header(std::span<const HeadRow> rows, bool counted) {
  HeaderRows header;
  // Without times a row of readings is one of two numbers and more, under names for each of them.
  for (size_t r = 1; counted && r < rows.size(); ++r) {
    const auto numbers = std::count_if(rows[r].cells.begin(), rows[r].cells.end(), holds_number);
    if (numbers < 2 || std::any_of(rows[r].cells.begin(), rows[r].cells.end(), holds_time)) continue;
    for (size_t n = r; n-- > 0;)
      if (could_name(rows[n]) && filled(rows[n]) + 1 >= filled(rows[r]) && !is_unit_row(rows[n])) {
        header.names = n;
        header.first = r;
        return header;
      }
  }
  for (size_t r = 0; r < rows.size(); ++r) {
    const auto time = time_in_readings(rows[r]);
    if (!time) continue;
    const auto names = names_before(rows, r, *time);
    if (!names) continue;
    header.names = *names;
    header.first = r;
    if (!names_tag_and_value(rows[*names])) find_groups(rows, header, *time);
    return header;
  }
  for (const auto fits : {+[](const HeadRow& row) { return names_tag_and_value(row); },
                          +[](const HeadRow& row) {
                            return std::any_of(row.cells.begin(), row.cells.end(),
                                               [](const string& c) { return read_title(c).is(ColumnName::time); });
                          }})
    for (size_t r = 0; r < rows.size(); ++r)
      if (could_name(rows[r]) && fits(rows[r])) {
        header.names = r;
        return header;
      }
  return header;
}

std::vector<string> header_names(std::span<const HeadRow> rows, const HeaderRows& header) {
  std::vector<string> names = rows[header.names].cells;
  if (!header.upper) return names;
  const HeadRow &upper = rows[*header.upper], &lower = rows[*header.lower];
  names.assign(std::max(upper.cells.size(), lower.cells.size()), "");
  string group;
  for (size_t i = 0; i < names.size(); ++i) {
    const string own(cell_of(upper, i)), part(cell_of(lower, i));
    const bool own_time = read_title(own).is(ColumnName::time), part_time = read_title(part).is(ColumnName::time);
    if (!own.empty()) group = own_time ? "" : own;
    if (own_time || part_time)
      names[i] = part_time ? part : own;
    else if (part.empty())
      names[i] = own;
    else
      names[i] = group.empty() ? part : read_title(part).is(ColumnName::value) ? group : group + "." + part;
  }
  return names;
}

}  // namespace castner::tables

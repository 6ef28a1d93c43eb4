// SPDX-License-Identifier: Apache-2.0
#include "castner/tables/conflict.h"

#include <algorithm>

#include "castner/base/suggest.h"
#include "castner/tables/cell_text.h"
#include "castner/tables/time_text.h"

namespace castner::tables {
namespace {

using std::string, std::vector;

string text_at(const Watch::Row& row, int column) {
  return static_cast<std::size_t>(column) < row.cells.size() ? row.cells[static_cast<std::size_t>(column)] : string();
}

/// A name, or a number such as an electrolyser's; no reading.
bool may_tell_apart(const string& text) {
  NumberReader numbers(true);
  const CellKind kind = numbers.read(text, 0).kind;
  return kind == CellKind::text || kind == CellKind::flagged ||
         (kind == CellKind::number && text.find_first_of(".,") == string::npos);
}

/// "14:05", "2:05 PM", 14时05分: a time of day.
bool time_of_day(const string& text) {
  return text.find_first_of(":时時点") != string::npos && !looks_like_time(text) &&
         looks_like_time("2026-11-03 " + text);
}

struct Difference {
  int column = -1;
  bool key = false;  ///< the column may tell two things of one name apart
};

/// First a column that no reading is taken from, then the reading and what belongs to it.
Difference difference(const Watch::Row& a, const Watch::Row& b, const Watch& watch, const TableLayout& layout) {
  const auto differs = [&](int c) { return c >= 0 && text_at(a, c) != text_at(b, c); };
  const bool wide = layout.shape == TableShape::wide;
  if (differs(watch.key)) return {watch.key, true};
  vector<int> keys = layout.unused, own{wide ? watch.column : layout.value};
  for (const ReadingColumn& r : layout.readings) {
    keys.push_back(r.column);
    if (r.column == watch.column)
      for (const QualityCells& q : r.qualities) own.push_back(q.column);
  }
  for (const QualityCells& q : layout.qualities) own.push_back(q.column);
  // A name tells more than a number, and in a wide table a number is a reading.
  const auto number = [&](int c) { return text_at(a, c).find_first_not_of("+-0123456789") == string::npos; };
  for (const bool numbers : {false, true})
    for (const int c : keys)
      if (differs(c) && may_tell_apart(text_at(a, c)) && number(c) == numbers && !(wide && numbers)) return {c, true};
  for (const int c : own)
    if (differs(c)) return {c, false};
  return {};
}

}  // namespace

void add_conflict(const Watch& watch, const TableLayout& layout, const vector<string>& names, std::size_t conflicts,
                  ProblemList& problems) {
  Difference found;
  const Watch::Row* other = nullptr;
  for (const Watch::Row& r : watch.rows) {
    found = difference(watch.rows[0], r, watch, layout);
    other = &r;
    if (found.column >= 0) break;
  }
  if (found.column < 0)
    return problems.add(0, in_quotes(watch.tag) + " has rows of one time that differ", "keep one row for each time");
  const auto column = static_cast<std::size_t>(found.column);
  const string name = column < names.size() ? names[column] : "";
  problems.add(
      other->line,
      "gives " + in_quotes(watch.tag) + " at the time of line " + std::to_string(watch.rows[0].line) +
          " again, and the two rows differ in the column " + in_quotes(name) +
          (conflicts > 1 ? ", the first of " + std::to_string(conflicts) + " such pairs" : ""),
      found.key && time_of_day(text_at(watch.rows[0], found.column)) && time_of_day(text_at(*other, found.column))
          ? "where that column holds the times of day, call it time: date,time,FI-101"
      : found.key
          ? "give each its own tags, such as " + in_quotes(text_at(watch.rows[0], found.column) + "." + watch.tag) +
                ", or keep the rows of one of them"
          : "keep the row that is right; where several rows have one minute, export the times with seconds",
      found.column);
}

void KeyWatch::look(std::string_view tag, const TableLayout& layout, const vector<string>& names, const RowReader& row,
                    ProblemList& problems) {
  if (layout.keys.empty() || differ_) return;
  auto seen = seen_.find(tag);
  if (seen == seen_.end()) seen = seen_.emplace(tag, vector<Text>(layout.keys.size())).first;
  for (std::size_t i = 0; i < layout.keys.size(); ++i) {
    const std::string_view text = cell_at(row.cells(), layout.keys[i]);
    Text& first = seen->second[i];
    if (text.empty() || text == first.text) continue;
    if (first.line == 0) {
      first = {row.line(), string(text)};
      continue;
    }
    differ_ = true;
    problems.add(row.line(),
                 "is of " + in_quotes(text) + " in the column " +
                     in_quotes(names[static_cast<std::size_t>(layout.keys[i])]) + ", and line " +
                     std::to_string(first.line) + " of " + in_quotes(first.text) + ", under the same tags",
                 "give each its own tags, such as " + in_quotes(first.text + "." + string(tag)) +
                     ", or keep the rows of one of them",
                 layout.keys[i]);
    return;
  }
}

}  // namespace castner::tables

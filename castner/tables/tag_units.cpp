// SPDX-License-Identifier: Apache-2.0
// Which unit each tag of a wide table has, where its name does not say it alone:
//  1. A row under or over the names whose cells are units, by the cell over or under the tag (RowOfUnits).
//  2. The number format of a worksheet's cells, where it writes a unit behind the number.
//  3. Two cells that state different units of one tag are a problem; one that only says less is none (contradicts).
#include "castner/tables/tag_units.h"

#include <cmath>
#include <optional>
#include <utility>

#include "castner/base/quantity.h"
#include "castner/base/suggest.h"
#include "castner/tables/cell_text.h"
#include "castner/tables/row_reader.h"
#include "castner/tables/unit_text.h"

namespace castner::tables {
namespace {

using std::size_t, std::string, std::string_view;
using Cells = std::span<const string_view>;

/// The cells of a row that stand over or under tags, without brackets, and how many of them are units.
struct RowOfUnits {
  RowOfUnits(TableLayout& layout, Cells row) {
    for (ReadingColumn& r : layout.readings) {
      string_view text = cell_at(row, r.column);
      if (text.empty() || text == "-") continue;
      const bool bracketed =
          text.size() > 2 && (text.front() == '[' || text.front() == '(') && (text.back() == ']' || text.back() == ')');
      if (bracketed) text = text.substr(1, text.size() - 2);
      read += !holds_number(text) && read_unit(text).has_value();
      cells.emplace_back(&r, text);
    }
  }
  std::vector<std::pair<ReadingColumn*, string_view>> cells;
  size_t read = 0;
};

/// Whether a unit is another than the one that its tag has already. "kPa" beside "kPa(g)" or "%" beside "vol%" says less, and nothing else.
bool contradicts(const ReadingColumn& r, const string& unit, bool absolute, const string& share) {
  if (!share.empty() && !r.share.empty() && share != r.share) return true;
  const auto ours = parse_unit(r.unit), theirs = parse_unit(unit);
  if (!ours || !theirs) return r.unit != unit;
  constexpr double kSame = 1e-9;
  if (ours->dimension != theirs->dimension || std::abs(ours->scale - theirs->scale) > kSame * ours->scale) return true;
  if (ours->offset == theirs->offset) return false;
  if (ours->dimension != parse_unit("Pa")->dimension) return true;
  return ours->offset != 0.0 ? absolute : r.absolute;
}

void refuse_unit(const string& tag, string_view text, int line, const string& other, int other_line, int column,
                 ProblemList& problems) {
  problems.add(line,
               "gives " + in_quotes(tag) + " the unit " + in_quotes(text) + ", and line " + std::to_string(other_line) +
                   " says " + in_quotes(other),
               "keep the unit that is right, and take the other out", column);
}

/// Takes the unit that a cell states for a tag; one that contradicts what another cell states is a problem.
void state_unit(ReadingColumn& r, string_view text, int line, ProblemList& problems) {
  const auto unit = read_unit(text);
  if (r.unit.empty()) {
    r.unit = unit.value_or(string(text));
    r.unit_text = text;
    r.unit_line = line;
    r.absolute = unit && says_absolute(text);
    r.share = unit ? says_share(text) : "";
    return;
  }
  if (!unit) return;
  const bool absolute = says_absolute(text);
  const string share = says_share(text);
  if (contradicts(r, *unit, absolute, share))
    return refuse_unit(r.tag, text, line, r.unit_text, r.unit_line, r.column, problems);
  const auto measure = parse_unit(*unit);
  if (measure && measure->offset != 0.0) r.unit = *unit;
  r.absolute = r.absolute || absolute;
  if (r.share.empty()) r.share = share;
}

/// Takes a row of units. Tags that have none there or in their name are noted: where the cells were merged once, the unit over the first was
/// meant for all.
void take(const RowOfUnits& units, TableLayout& layout, int line, ProblemList& problems) {
  for (const auto& [reading, text] : units.cells) state_unit(*reading, text, line, problems);
  std::vector<string> none;
  for (const ReadingColumn& r : layout.readings)
    if (r.unit.empty()) none.push_back(r.tag);
  if (!none.empty())
    layout.notes.push_back("the row of units in line " + std::to_string(line) + " gives none to " + listed(none));
}

/// Takes a unit that a number format writes behind the numbers of a column.
void take_unit_of_format(TableLayout& layout, int column, string_view text, int line, ProblemList& problems) {
  const auto unit = read_unit(text);
  if (!unit || *unit == "1") return;
  if (column == layout.value && layout.unit < 0 && layout.value_unit != *unit)
    problems.add(line, "shows the unit " + in_quotes(text) + " by the number format of its cell only",
                 "give the units in a column of their own, called unit", column);
  for (ReadingColumn& r : layout.readings) {
    if (r.column != column) continue;
    r.unit_by_format = r.unit_by_format || r.unit.empty();
    if (r.unit.empty())
      layout.notes.push_back("the number format of " + in_quotes(r.tag) + " gives its unit: " + in_quotes(text));
    state_unit(r, text, line, problems);
  }
}

}  // namespace

bool contradicts_header(const TableLayout& layout, const string& header, int header_line, const string& tag,
                        string_view text, int line, ProblemList& problems) {
  const auto unit = read_unit(text);
  if (layout.value_unit.empty() || !unit) return false;
  const string share = says_share(text);
  const bool same_share = share.empty() || layout.value_share.empty() || share == layout.value_share;
  if (*unit == layout.value_unit && same_share) return false;
  refuse_unit(tag, text, line, header, header_line, layout.unit, problems);
  return true;
}

void take_units(TableLayout& layout, Cells row, int line, ProblemList& problems) {
  const RowOfUnits units(layout, row);
  if (2 * units.read < units.cells.size()) {
    layout.notes.push_back("a second row of the header is taken for descriptions");
    return;
  }
  layout.notes.push_back("a second row of the header is taken for units");
  take(units, layout, line, problems);
}

void take_units_above(TableLayout& layout, Cells row, int line, ProblemList& problems) {
  if (layout.shape != TableShape::wide) return;
  const RowOfUnits units(layout, row);
  if (2 * units.read <= units.cells.size()) return;
  layout.notes.push_back("line " + std::to_string(line) + ", above the names, is taken for units");
  take(units, layout, line, problems);
}

void take_formats(TableLayout& layout, const SheetFormats& formats, const std::vector<string>& names, int line,
                  ProblemList& problems) {
  for (const auto& [column, texts] : formats.behind)
    for (const auto& [text, rows] : texts)
      if (rows.last >= line) take_unit_of_format(layout, column, text, std::max(rows.first, line), problems);
  for (const auto& [column, row] : formats.thousands)
    if (const auto at = static_cast<size_t>(column); at < names.size())
      layout.notes.push_back("the number format of " + in_quotes(names[at]) +
                             " leaves thousands out: its numbers are taken as they are shown");
}

void refuse_numbers_without_unit(const TableLayout& layout, const SheetFormats& formats, int line, int end,
                                 ProblemList& problems) {
  for (const ReadingColumn& r : layout.readings) {
    if (!r.unit_by_format) continue;
    const auto& texts = formats.behind.at(r.column);
    const auto plain = texts.find("");
    if (plain == texts.end()) continue;
    const int at = plain->second.first >= line ? plain->second.first : plain->second.last;
    if (at < line || at >= end) continue;
    problems.add(at,
                 in_quotes(r.tag) + " shows no unit here, and " + in_quotes(r.unit_text) +
                     " by the number format of line " + std::to_string(r.unit_line),
                 "write the unit into the name of the column where it holds for every row: " +
                     in_quotes(r.tag + " (" + r.unit + ")"),
                 r.column);
  }
}

}  // namespace castner::tables

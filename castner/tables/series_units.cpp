// SPDX-License-Identifier: Apache-2.0
#include "castner/tables/series_units.h"

#include <algorithm>
#include <map>
#include <set>

#include "castner/base/quantity.h"
#include "castner/base/suggest.h"
#include "castner/tables/foreign_unit.h"
#include "castner/tables/unit_text.h"

namespace castner::tables {
namespace {

using std::string, std::string_view;

void take_out_of_brackets(Table& table) {
  std::set<string> tags;
  for (const auto& s : table.series) tags.insert(s.tag);
  for (auto& s : table.series) {
    auto parts = s.unit.empty() ? split_header(s.tag) : TagAndUnit();
    if (parts.unit.empty() || !tags.insert(parts.tag).second) continue;
    s.tag = std::move(parts.tag);
    s.unit = std::move(parts.unit);
    s.absolute = parts.absolute;
    s.share = std::move(parts.share);
  }
}

/// A column's name ends with what may be a unit: before and behind the last of these.
std::optional<std::pair<string, string>> before_and_behind(string_view column) {
  if (const auto parts = split_header(column); !parts.unread.empty()) return std::pair(parts.bare, parts.unread);
  for (const string_view mark : {", ", "，", " / ", "|", " ", "_"}) {
    const auto at = column.rfind(mark);
    if (at == string_view::npos || at == 0) continue;
    const string behind(column.substr(at + mark.size()));
    // "FI-101 SP" is another thing: behind a blank only what is a unit without doubt is meant as one.
    if ((mark == " " || mark == "_") && (behind.size() < 2 || !read_unit(behind))) continue;
    return std::pair(string(column.substr(0, at)), behind);
  }
  return std::nullopt;
}

}  // namespace

void settle_units(Table& table) {
  if (table.facts.shape == TableShape::longer) take_out_of_brackets(table);
  std::map<string, string> notes;
  const auto settled = [&](string& unit, string& foreign) {
    const auto theirs = foreign_unit(unit);
    if (!theirs || parse_unit(unit)) return std::pair(1.0, 0.0);
    notes.emplace(theirs->name, foreign_note(*theirs));
    foreign = theirs->name;
    unit = theirs->here;
    return std::pair(theirs->scale, theirs->offset);
  };
  for (auto& s : table.series) {
    const auto [scale, offset] = settled(s.unit, s.foreign);
    if (s.foreign.empty()) continue;
    for (auto& sample : s.samples) sample.value = sample.value * scale + offset;
  }
  for (auto& row : table.snapshot) {
    const auto [scale, offset] = settled(row.unit, row.foreign);
    row.value = row.value * scale + offset;
    if (row.sd) *row.sd *= scale;
  }
  for (auto& [unit, note] : notes) table.facts.notes.push_back(std::move(note));
}

std::optional<UnreadUnit> unread_unit(string_view column, const std::function<bool(const string&)>& is_tag) {
  const auto parts = before_and_behind(column);
  if (!parts || !is_tag(parts->first)) return std::nullopt;
  const auto& [tag, text] = *parts;
  UnreadUnit out{.tag = tag, .text = text, .why = " has " + in_quotes(text) + " behind its tag, which is no unit here"};
  out.cure = ambiguous_unit(text);
  if (read_unit(text)) {
    out.why = " has the unit " + in_quotes(text) + " behind its tag without brackets";
    out.cure = "write it in brackets: " + in_quotes(tag + " (" + text + ")");
  } else if (out.cure.empty()) {
    out.cure = "write its unit there, such as t/h, m3/h, kPa(g), degC or %, gpm, psig, degF, or nothing";
  }
  return out;
}

}  // namespace castner::tables

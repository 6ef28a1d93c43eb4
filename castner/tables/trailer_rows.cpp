// SPDX-License-Identifier: Apache-2.0
#include "castner/tables/trailer_rows.h"

#include <algorithm>

#include "castner/base/ascii.h"
#include "castner/base/suggest.h"
#include "castner/tables/time_text.h"

namespace castner::tables {

using std::string, std::string_view;

bool TrailerRows::pass_over(const TableLayout& layout, const RowReader& row) {
  const auto cells = row.cells();
  const auto first = std::find_if(cells.begin(), cells.end(), [](string_view c) { return !c.empty(); });
  const auto keep = [&] {
    rows_.push_back({row.line(), string(*first)});
    return true;
  };
  if (cell_at(cells, layout.tag).starts_with("$RT_")) return keep();
  if (layout.counted) return false;
  const string_view time = cell_at(cells, layout.times[0].column);
  if (!time.empty() && digit(time.front())) return false;
  const bool alone = std::all_of(first + 1, cells.end(), [](string_view c) { return c.empty(); });
  const bool words = !digit(first->front()) && !looks_like_time(*first);
  const bool no_time = !time.empty() && time.find_first_of("0123456789") == string_view::npos;
  return words && (alone || no_time) && keep();
}

void TrailerRows::refuse(const TableLayout& layout, ProblemList& problems) {
  for (const Row& r : rows_)
    if (!r.of_wincc())
      problems.add(r.line, in_quotes(r.text) + " is not a time", "write times as 2026-11-03 14:05:00",
                   layout.times[0].column);
  std::erase_if(rows_, [](const Row& r) { return !r.of_wincc(); });
}

string TrailerRows::note() const {
  return "rows without a reading are passed over: " + std::to_string(rows_.size()) + ", the first " +
         in_quotes(rows_.front().text) + " in line " + std::to_string(rows_.front().line);
}

}  // namespace castner::tables

// SPDX-License-Identifier: Apache-2.0
// Every date is sound by itself; together they are not:
//  1. A day up to the 12th has a twin, with day and month exchanged. Days that follow one another lie a month apart once they are exchanged,
//     and the other way round.
//  2. The days fall into runs that follow one another, as they are shown and as they would be with every such day exchanged. One run where the
//     file shows several, or a third as many (a guess), is a file that was exchanged. A year of all days, every Monday, or the 1st and
//     the 15th of each month make no fewer runs.
//  3. A row or two on the same day of each month are a record by the month, and stay: only rows that fill their day count, as does a day that
//     goes on where the one before ends, and days after the 12th, which have no twin, beside them. Two days a month apart must go on so.
#include "castner/tables/swapped_days.h"

#include <algorithm>

#include "castner/base/suggest.h"

namespace castner::tables {

using namespace std::chrono;
using readings::LocalTime;

void SwappedDays::note(LocalTime time, std::string_view text, int line, int rows) {
  const Date date = floor<days>(time);
  if (!now_ || date_ != date) {
    const auto [day, fresh] = days_.try_emplace(date);
    if (fresh) day->second = {line, std::string(text), 0, time, time};
    date_ = date;
    now_ = &day->second;
  }
  now_->rows = std::max(now_->rows, rows);
  now_->first = std::min(now_->first, time);
  now_->last = std::max(now_->last, time);
}

/// All days in the order in which they would be meant.
std::vector<SwappedDays::Block> SwappedDays::blocks() const {
  std::vector<Block> all;
  for (const auto& [date, day] : days_) {
    const year_month_day ymd{date};
    const unsigned d = unsigned(ymd.day()), m = unsigned(ymd.month());
    all.push_back({date, d <= 12 ? Date(ymd.year() / month(d) / std::chrono::day(m)) : date, &day});
  }
  std::sort(all.begin(), all.end(), [](const Block& a, const Block& b) { return a.meant < b.meant; });
  return all;
}

/// Whether each day goes on, at the pace of its rows, where the day before it ends.
bool SwappedDays::seamless(const std::vector<Block>& blocks) {
  for (std::size_t i = 1; i < blocks.size(); ++i) {
    const Block &before = blocks[i - 1], &after = blocks[i];
    const Day& of = before.day->rows > after.day->rows ? *before.day : *after.day;
    if (of.rows < 2) return false;
    const auto step = (of.last - of.first) / (of.rows - 1);
    if (after.meant - before.meant == days(1) && 2 * (after.first() - before.last()) > 3 * step) return false;
  }
  return true;
}

bool SwappedDays::check(int column, ProblemList& problems) const {
  const auto all = blocks();
  std::size_t shown_runs = 0, meant_runs = 0, moved = 0, full = 0;
  bool fixed = false;
  const auto apart = [](Date a, Date b) { return b - a > days(1); };
  for (auto day = days_.begin(); day != days_.end(); ++day)
    shown_runs += day == days_.begin() || apart(std::prev(day)->first, day->first);
  const Block* second = nullptr;  // the first pair of days that follow one another only where they are exchanged
  const Block* first = nullptr;
  for (std::size_t i = 0; i < all.size(); ++i) {
    constexpr int kFills = 10;  // rows of a day. A guess
    moved += all[i].moved();
    full += all[i].moved() && all[i].day->rows >= kFills;
    fixed = fixed || unsigned(year_month_day(all[i].shown).day()) > 12;
    const bool follows = i > 0 && !apart(all[i - 1].meant, all[i].meant);
    meant_runs += !follows;
    if (!follows || all[i].shown - all[i - 1].shown == days(1)) continue;
    const Block *a = &all[i - 1], *b = &all[i];
    if (a->day->line > b->day->line) std::swap(a, b);
    if (!second || b->day->line < second->day->line) first = a, second = b;
  }
  if (!second || meant_runs >= shown_runs || (meant_runs > 1 && 3 * meant_runs > shown_runs)) return false;
  const bool few = moved < 3;
  if (few ? !seamless(all) : 2 * full <= moved && !fixed && !seamless(all)) return false;
  problems.add(second->day->line,
               "has the time " + in_quotes(second->day->text) + ", line " + std::to_string(first->day->line) + " has " +
                   in_quotes(first->day->text) +
                   ": the days of the file lie weeks apart, and follow one another where day and month are exchanged, "
                   "as spreadsheets exchange them",
               "take the file as the historian wrote it, or write every date with the year first: 2026-11-03 14:05; "
               "where the dates are right, give each day a file of its own",
               column);
  return true;
}

}  // namespace castner::tables

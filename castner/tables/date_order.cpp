// SPDX-License-Identifier: Apache-2.0
// The order of a column's dates:
//  1. Day or month first: a number above 12 tells. Numbers above 12 in both places are two orders in one file: a problem.
//  2. Three numbers of two digits, 26/11/03 or 26.11.03, may begin or end with the year. Each order that fits every date spans some
//     days, from the earliest date to the latest: days or months in the right order, years in the wrong one. The order that spans less than
//     a tenth of the other is taken; dates of one day leave it open, and are a problem.
//  3. Counts of ten digits that are all a date and hour or a date and minute without marks, 2026110314 or 2611031405, are a problem: a
//     count of seconds soon has a 60th minute.
#include "castner/tables/date_order.h"

#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <optional>

#include "castner/base/ascii.h"
#include "castner/base/suggest.h"

namespace castner::tables {
namespace {

using std::string, std::string_view;
using Days = std::chrono::local_days;
using Status = TimeText::Status;

/// One way to read the dates of a column.
struct Reading {
  DateOrder order;
  bool fits = true;
  Days low = Days::max(), high = Days::min();

  void add(string_view date) {
    const TimeText t = read_time(date, order);
    fits = fits && (t.status == Status::ok || t.status == Status::zone_name);
    if (!fits) return;
    const Days day = std::chrono::floor<std::chrono::days>(t.local);
    low = std::min(low, day);
    high = std::max(high, day);
  }
  int span() const { return static_cast<int>((high - low).count()); }
  string text() const {
    const std::chrono::year_month_day date{low};
    return fmt::format("{:04}-{:02}-{:02}", int(date.year()), unsigned(date.month()), unsigned(date.day()));
  }
};

/// "2026110314" or "2611031405" as dates without marks.
bool hour_without_marks(string_view t) { return read_time(string(t) + "00", DateOrder::unknown).status == Status::ok; }
bool minute_without_marks(string_view t) { return hour_without_marks("20" + string(t.substr(0, 8))) && t[8] < '6'; }

class Dates {
 public:
  Dates(const TableSource& source, int column, int line) : source_(source), column_(column), line_(line) {}

  /// Calls `look` with the text and line of each time; stops where it gives false.
  template <class Look>
  void each(Look look) const {
    RowReader rows = source_.rows();
    while (rows.next()) {
      const string_view text = cell_at(rows.cells(), column_);
      if (rows.line() >= line_ && !text.empty() && !look(text, rows.line())) return;
    }
  }

 private:
  const TableSource& source_;
  int column_, line_;
};

void check_counts(const Dates& dates, int column, ProblemList& problems) {
  bool hours = true, minutes = true;
  string first;
  int first_line = 0;
  dates.each([&](string_view text, int line) {
    if (!digit(text[0])) return true;  // words under the readings
    const bool ten = text.size() == 10 && std::all_of(text.begin(), text.end(), digit);
    hours = hours && ten && hour_without_marks(text);
    minutes = minutes && ten && minute_without_marks(text);
    if (first.empty()) first = text, first_line = line;
    return hours || minutes;
  });
  if (first.empty() || (!hours && !minutes)) return;
  problems.add(
      first_line,
      in_quotes(first) + " may be a count of seconds since 1970 or a date without its marks, as all times of the file",
      "write times as 2026-11-03 14:05:00", column);
}

}  // namespace

DateOrder find_date_order(const TableSource& source, int column, int line, std::optional<DateOrder> stated,
                          ProblemList& problems) {
  const Dates dates(source, column, line);
  TimeText first;
  dates.each([&](string_view text, int) {
    first = read_time(text, DateOrder::unknown);
    return first.status == Status::not_a_time;
  });
  if (first.counted) check_counts(dates, column, problems);
  if (stated) return *stated;
  const bool two_digits = first.kind == DateKind::points && first.short_year;  // 3.11.26 may be followed by 13.11.26
  if (first.status != Status::order_unknown && !two_digits) return DateOrder::unknown;

  Reading day{DateOrder::day_month}, month{DateOrder::month_day}, year{DateOrder::year_month_day};
  bool first_above = false, second_above = false;
  struct Date {
    string text;
    int line = 0;
  } day_first, month_first;  // the first of each
  string last, seen;
  dates.each([&](string_view text, int at) {
    const string_view date = text.substr(0, text.find(' '));
    if (date == last) return true;
    last = date;
    const TimeText t = read_time(date, DateOrder::unknown);
    if (t.kind == DateKind::none || t.kind == DateKind::clear || t.kind == DateKind::counted) return true;
    if (seen.empty() && t.maybe_year_first) seen = text;
    if (t.first > 12 && !first_above) day_first = {string(text), at};
    if (t.second > 12 && !second_above) month_first = {string(text), at};
    first_above = first_above || t.first > 12;
    second_above = second_above || t.second > 12;
    for (Reading* r : {&day, &month, &year}) r->add(date);
    return true;
  });
  if (year.fits && (day.fits || month.fits)) {
    const Reading& other = !day.fits || (month.fits && month.span() < day.span()) ? month : day;
    if (10 * year.span() < other.span()) return DateOrder::year_month_day;
    if (10 * other.span() >= year.span()) {
      problems.add(
          line,
          in_quotes(seen) + " may be " + year.text() + " or " + other.text() + ", and the other dates do not tell",
          kSayOrder, column);
      return DateOrder::unknown;
    }
  } else if (year.fits) {
    return DateOrder::year_month_day;
  }
  if (first.kind == DateKind::points) return DateOrder::day_month;
  if (first_above && second_above) {
    if (day_first.line > month_first.line) std::swap(day_first, month_first);
    problems.add(month_first.line,
                 "has the date " + in_quotes(month_first.text) + ", line " + std::to_string(day_first.line) + " has " +
                     in_quotes(day_first.text) + ": day first and month first in one file",
                 "write the year first: 2026-11-03 14:05", column);
  }
  return first_above == second_above ? DateOrder::unknown : first_above ? DateOrder::day_month : DateOrder::month_day;
}

}  // namespace castner::tables

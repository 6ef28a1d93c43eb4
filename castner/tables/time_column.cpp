// SPDX-License-Identifier: Apache-2.0
// The cells of a column of times to UTC:
//  1. read: a text that is a time, of the one kind of dates that the column has; a text that stands again is read once.
//  2. to_utc: by the offset in the text, else by the stated zone. A local time that occurs twice is taken in the order of the file, and one
//     that never occurs is a problem. So are times without an offset beside offsets that are not the zone's.
//  3. note_clock, check_clock: times that fall back by nearly half a day, in a file that has no hour 0 and none of 13 and more, are of a
//     clock of 12 hours. Days that a spreadsheet exchanged are found by swapped_days.h.
#include "castner/tables/time_column.h"

#include <fmt/format.h>

#include <cmath>
#include <cstdlib>

#include "castner/base/suggest.h"
#include "castner/tables/cell_text.h"
#include "castner/tables/date_order.h"

namespace castner::tables {

using readings::Resolved;

using std::string, std::string_view;
using Status = TimeText::Status;

namespace {

/// The one of two instants that follows in the order of the file.
Time in_file_order(const Resolved& r, const TimeOrder& order) {
  if (!order.last) return r.first;
  if (order.descending) return r.second < *order.last ? r.second : r.first;
  return r.first > *order.last ? r.first : r.second;
}

}  // namespace

std::optional<Time> TimeColumn::read(string_view text, int line, int column, TimeOrder& order) {
  const auto take = [&order](std::optional<Time> time) {
    if (time) {
      if (order.last && *time != *order.last) order.descending = *time < *order.last;
      order.last = time;
    }
    return time;
  };
  if (last_time_ && text == last_text_) {
    note_clock(last_local_, text, line, column, order);
    return take(last_time_);
  }
  const TimeText t = read_time(text, order_);
  if (against_the_stated(t, text, line, column) || !fits_the_others(t, text, line, column)) return std::nullopt;
  switch (t.status) {
    case Status::ok: {
      const int twice_before = twice_;
      const auto time = take(to_utc(t, text, line, column, order));
      last_time_ = twice_ == twice_before ? time : std::nullopt;  // one that occurs twice depends on the series
      if (last_time_) last_text_ = text;
      last_local_ = t.local;
      if (time) note_clock(t.local, text, line, column, order);
      return time;
    }
    case Status::not_a_time:
      problems_.add(line, text.empty() ? "has no time" : in_quotes(text) + " is not a time",
                    "write times as 2026-11-03 14:05:00", column);
      return std::nullopt;
    case Status::no_such_time:
      if (t.counted) {
        problems_.add(line,
                      in_quotes(text) +
                          " as a count of seconds, ms, us or ns since 1970 is no time of the years 2000 to 2049: it "
                          "may count from another day, or be a date without its marks",
                      "write times as 2026-11-03 14:05:00", column);
        return std::nullopt;
      }
      problems_.add(line, in_quotes(text) + " is no day or hour of the years 1900 to 2200",
                    "write times as 2026-11-03 14:05:00", column);
      return std::nullopt;
    case Status::zone_name:
      problems_.add(line, in_quotes(text) + " names its time zone by letters that stand for several zones",
                    "write the offset, 2026-11-03T14:05:00+08:00, or leave it out and give --timezone", column);
      return std::nullopt;
    case Status::order_unknown:
      if (!order_missing_)
        problems_.add(
            line, in_quotes(text) + " may be day first or month first, and no date of the file has a number above 12",
            kSayOrder, column);
      order_missing_ = true;
      return std::nullopt;
  }
  return std::nullopt;
}

bool TimeColumn::against_the_stated(const TimeText& t, string_view text, int line, int column) {
  if (!stated_ || (t.status != Status::not_a_time && t.status != Status::no_such_time)) return false;
  const auto fits = [&](DateOrder order) { return read_time(text, order).status == Status::ok; };
  if (!fits(DateOrder::day_month) && !fits(DateOrder::month_day) && !fits(DateOrder::year_month_day)) return false;
  problems_.add(line, in_quotes(text) + " does not fit the order of dates that was stated, " + string(name_of(order_)),
                "state the order that fits every date, or none where the dates show it: --dates dmy, mdy or ymd "
                "(for a folder: dates = \"dmy\")",
                column);
  return true;
}

bool TimeColumn::fits_the_others(const TimeText& t, string_view text, int line, int column) {
  using namespace std::chrono;
  if (t.kind == DateKind::none) return true;
  if (kind_ == DateKind::none) {
    kind_ = t.kind;
    one_ = t.one;
    kind_text_ = text;
    kind_line_ = line;
  }
  if (t.kind == kind_ && t.one == one_) return true;
  const auto counts = [](nanoseconds one) {
    return one == seconds(1) ? "seconds" : one == milliseconds(1) ? "ms" : one == microseconds(1) ? "us" : "ns";
  };
  if (!kinds_mixed_ && t.kind == kind_)
    problems_.add(line,
                  "counts " + string(counts(t.one)) + " since 1970 with " + in_quotes(text) + ", line " +
                      std::to_string(kind_line_) + " counts " + counts(one_) + " with " + in_quotes(kind_text_),
                  "count in one unit throughout, or write times as 2026-11-03 14:05:00", column);
  else if (!kinds_mixed_)
    problems_.add(
        line,
        "has the date " + in_quotes(text) + ", line " + std::to_string(kind_line_) + " has " + in_quotes(kind_text_) +
            ": two kinds of dates in one column, of which a spreadsheet may have exchanged day and month in one",
        "take the file as the historian wrote it, or write every date with the year first: 2026-11-03 14:05", column);
  kinds_mixed_ = true;
  return false;
}

std::optional<Time> TimeColumn::to_utc(const TimeText& t, string_view text, int line, int column, TimeOrder& order) {
  short_years_ = short_years_ || t.short_year;
  dotted_ = dotted_ || t.dotted;
  ordered_ = ordered_ || (t.first > 0 && !t.dotted);
  if (t.offset) {
    (t.counted ? counted_ : offsets_) = true;
    several_offsets_ = several_offsets_ || (offset_ && *offset_ != *t.offset);
    if (!offset_) offset_ = t.offset;
    const Time time(t.local.time_since_epoch() - *t.offset);
    if (clock_ && !t.counted && other_zone_.line == 0) {
      const Resolved there = clock_->resolve(t.local);
      if (there.first != time && there.second != time) other_zone_ = {line, string(text)};
    }
    check_offsets(line, text, column);
    return time;
  }
  locals_ = true;
  if (local_.line == 0) local_ = {line, string(text)};
  check_offsets(line, text, column);
  if (!clock_) {
    if (!zone_missing_)
      problems_.add(line, "times such as " + in_quotes(text) + " have no offset from UTC, and no time zone was given",
                    "add --timezone Asia/Shanghai (or the plant's own zone, or an offset such as +08:00)", column);
    zone_missing_ = true;
    return std::nullopt;
  }
  const Resolved r = clock_->resolve(t.local);
  if (r.kind == Resolved::Kind::never) {
    problems_.add(line,
                  in_quotes(text) + " does not exist in " + clock_->zone() + ": the clocks were put forward over it",
                  "export the data with offsets or in UTC, or, where the historian keeps one offset all year, give "
                  "that: --timezone +01:00",
                  column);
    return std::nullopt;
  }
  if (r.kind == Resolved::Kind::unique) return r.first;
  if (twice_++ == 0) twice_line_ = line;
  return in_file_order(r, order);
}

void TimeColumn::note_clock(readings::LocalTime local, string_view text, int line, int column, TimeOrder& order) {
  using namespace std::chrono;
  const auto hour = [](readings::LocalTime t) { return floor<hours>(t - floor<days>(t)).count(); };
  half_day_ = half_day_ && hour(local) >= 1 && hour(local) <= 12;
  const nanoseconds jump = order.line > 0 ? local - order.local : nanoseconds(0);
  const nanoseconds on = jump + (jump < nanoseconds(0) ? hours(12) : -hours(12));
  const bool forward = order.step > nanoseconds(0), backward = order.step < nanoseconds(0);
  // Half a day on it would be the next row: at the pace of the rows before, or from 12 to 1 o'clock.
  const bool turned = (forward && jump < nanoseconds(0) && on > nanoseconds(0)) ||
                      (backward && jump > nanoseconds(0) && on < nanoseconds(0));
  if (half_day_ && turned && fall_back_.line == 0 && floor<days>(local) == floor<days>(order.local)) {
    const bool noon = hour(forward ? order.local : local) == 12 && hour(forward ? local : order.local) == 1;
    if (noon || 2 * abs(on) <= 3 * abs(order.step)) fall_back_ = {line, column, order.line, local, order.local};
  }
  const bool same_day = order.line > 0 && floor<days>(local) == floor<days>(order.local);
  order.rows_of_day = same_day ? order.rows_of_day + (jump != nanoseconds(0)) : 1;
  column_ = column;
  if (kind_ != DateKind::counted) days_.note(local, text, line, order.rows_of_day);
  if (jump != nanoseconds(0)) order.step = jump;
  order.local = local;
  order.line = line;
}

bool TimeColumn::check_clock() {
  if (fall_back_.line == 0 || !half_day_) return false;
  using namespace std::chrono;
  const auto clock = [](readings::LocalTime t) {
    const hh_mm_ss of_day(floor<minutes>(t - floor<days>(t)));
    return fmt::format("{}:{:02}", of_day.hours().count(), of_day.minutes().count());
  };
  problems_.add(fall_back_.line,
                "has the time " + in_quotes(clock(fall_back_.time)) + " after " + in_quotes(clock(fall_back_.before)) +
                    " of the same day in line " + std::to_string(fall_back_.before_line) +
                    ", and no time of the file is before 1:00 or after 12:59: a clock of 12 hours without AM and PM",
                "export the times by a clock of 24 hours, or with AM and PM; where rows are only out of order, sort "
                "them by time",
                fall_back_.column);
  return true;
}

std::optional<Time> TimeColumn::with_millis(Time time, string_view text, int line, int column) {
  if (text.empty()) return time;
  NumberReader numbers(false);
  const Cell c = numbers.read(text, line);
  if (c.kind != CellKind::number || c.percent || !(c.value >= 0.0 && c.value < 1000.0)) {
    problems_.add(line, in_quotes(text) + " is no number of milliseconds from 0 to 999",
                  "give the milliseconds of the second there, or leave the column out", column);
    return std::nullopt;
  }
  const auto second = std::chrono::floor<std::chrono::seconds>(time);
  const Time exact = second + std::chrono::nanoseconds(std::llround(c.value * 1e6));
  if (time != Time(second) && std::chrono::abs(exact - time) >= std::chrono::milliseconds(1)) {
    problems_.add(line, "has a time with other milliseconds than the " + string(text) + " in their own column",
                  "keep those that are right, and leave the others out", column);
    return std::nullopt;
  }
  return exact;
}

void TimeColumn::check_offsets(int line, string_view text, int column) {
  if (offsets_said_ || other_zone_.line == 0 || local_.line == 0) return;
  offsets_said_ = true;
  const Seen& before = other_zone_.line == line ? local_ : other_zone_;
  problems_.add(
      line,
      "has the time " + in_quotes(text) + ", line " + std::to_string(before.line) + " has " + in_quotes(before.text) +
          ": one with an offset from UTC and one without, which would be of another zone (" + clock_->zone() + ")",
      "write every time with its offset, or give the zone of those without by --timezone", column);
}

string TimeColumn::zone_text() const {
  const string zone = clock_ ? clock_->zone() : "";
  if (locals_) return offsets_ ? "offsets in the file, " + zone + " for times without" : zone;
  return counted_ && !offsets_ ? "UTC" : "offsets in the file";
}

std::optional<string> TimeColumn::clock_shown() const {
  if (clock_) return clock_->zone();
  if (!offset_ || several_offsets_ || locals_) return std::nullopt;
  const long minutes = std::labs(static_cast<long>(offset_->count()));
  return fmt::format("{}{:02}:{:02}", offset_->count() < 0 ? '-' : '+', minutes / 60, minutes % 60);
}

std::vector<string> TimeColumn::notes() const {
  std::vector<string> all;
  if (counted_) all.push_back("times that are plain numbers are counted from 1970-01-01 in UTC");
  if (short_years_) all.push_back("years of two digits are taken as 20xx");
  if (dotted_ && !stated_) all.push_back("dates with points are taken as day.month.year");
  if (ordered_ && !stated_)
    all.push_back(
        order_ == DateOrder::year_month_day
            ? "dates such as 26/11/03 are taken year first, which fits all of them and puts them nearest to each other"
        : order_ == DateOrder::day_month ? "dates are day first: a number above 12 stands first in one of them"
                                         : "dates are month first: a number above 12 stands second in one of them");
  if (twice_ > 0)
    all.push_back(std::to_string(twice_) + " local times occur twice when the clocks are put back (from line " +
                  std::to_string(twice_line_) + "): taken in file order");
  return all;
}

}  // namespace castner::tables

// SPDX-License-Identifier: Apache-2.0
#include "castner/readings/time_zone.h"

#include <date/tz.h>

#include <cstdio>

#include "castner/base/suggest.h"

namespace castner::readings {
namespace {

using namespace std::chrono;
using std::optional, std::string, std::string_view;

optional<int> two_digits(string_view t, std::size_t at) {
  if (at + 2 > t.size() || t[at] < '0' || t[at] > '9' || t[at + 1] < '0' || t[at + 1] > '9') return std::nullopt;
  return (t[at] - '0') * 10 + (t[at + 1] - '0');
}

/// "+08:00", "-03:30", "Z".
optional<minutes> fixed_offset(string_view z) {
  if (z == "Z" || z == "z") return minutes(0);
  if (z.size() != 6 || (z[0] != '+' && z[0] != '-') || z[3] != ':') return std::nullopt;
  const auto h = two_digits(z, 1), m = two_digits(z, 4);
  if (!h || !m || *h > 14 || *m > 59) return std::nullopt;
  const minutes offset = hours(*h) + minutes(*m);
  return z[0] == '-' ? -offset : offset;
}

const date::time_zone* find_zone(const string& name) {
  try {
    return date::locate_zone(name);
  } catch (const std::exception&) {
    return nullptr;
  }
}

date::local_time<nanoseconds> theirs(LocalTime t) { return date::local_time<nanoseconds>(t.time_since_epoch()); }

minutes offset_at(Time t, const optional<string>& zone) {
  if (!zone) return minutes(0);
  if (const auto fixed = fixed_offset(*zone)) return *fixed;
  const auto* z = find_zone(*zone);
  if (!z) return minutes(0);
  return duration_cast<minutes>(z->get_info(date::sys_time<nanoseconds>(t.time_since_epoch())).offset);
}

}  // namespace

Result<void> check_time_zone(string_view zone) {
  if (fixed_offset(zone) || find_zone(string(zone))) return {};
  std::vector<string> names;
  try {
    for (const auto& z : date::get_tzdb().zones) names.push_back(z.name());
  } catch (const std::exception&) {
    return world_refused("", "the machine's time-zone table cannot be read",
                         "install tzdata, or give an offset such as +08:00");
  }
  return bad_input("--timezone", "\"" + string(zone) + "\" is not a time zone",
                   did_you_mean(zone, names, "give an IANA name such as Asia/Shanghai, or an offset such as +08:00"));
}

Resolved resolve(LocalTime local, const string& zone) {
  using Kind = Resolved::Kind;
  if (const auto fixed = fixed_offset(zone)) {
    const Time t(local.time_since_epoch() - *fixed);
    return {Kind::unique, t, t};
  }
  const auto* z = find_zone(zone);
  if (!z) return {Kind::never, {}, {}};
  const auto info = z->get_info(theirs(local));
  const Time first(local.time_since_epoch() - info.first.offset);
  switch (info.result) {
    case date::local_info::unique: return {Kind::unique, first, first};
    case date::local_info::ambiguous: return {Kind::twice, first, Time(local.time_since_epoch() - info.second.offset)};
    default: return {Kind::never, {}, {}};
  }
}

Resolved LocalClock::resolve(LocalTime local) {
  if (local < from_ || local >= to_) {
    const Resolved r = readings::resolve(local, zone_);
    if (r.kind != Resolved::Kind::unique) return r;
    from_ = local;
    to_ = local + nanoseconds(1);
    offset_ = duration_cast<seconds>(local.time_since_epoch() - r.first.time_since_epoch());
    if (fixed_offset(zone_)) {
      to_ = LocalTime::max();
    } else if (const auto* z = find_zone(zone_)) {
      // A day inside both changes of the clock no local time is skipped or repeated.
      const auto info = z->get_info(date::sys_time<nanoseconds>(r.first.time_since_epoch()));
      const auto ends =
          date::floor<seconds>(date::sys_time<nanoseconds>(LocalTime::max().time_since_epoch())) - days(1);
      const auto last = std::min(info.end, date::sys_seconds(ends)) + offset_ - days(1);
      to_ = std::max(to_, LocalTime(last.time_since_epoch()));
    }
    return r;
  }
  const Time t(local.time_since_epoch() - offset_);
  return {Resolved::Kind::unique, t, t};
}

LocalTime local_time(Time t, const optional<string>& zone) {
  return LocalTime(t.time_since_epoch() + offset_at(t, zone));
}

Time local_midnight(Time t, const optional<string>& zone) {
  const LocalTime midnight = floor<days>(local_time(t, zone));
  if (!zone) return Time(midnight.time_since_epoch());
  // A few zones skip midnight when their clocks change: the day then starts at the first time that exists.
  for (auto at = midnight; at < midnight + hours(3); at += minutes(30))
    if (const auto r = resolve(at, *zone); r.kind != Resolved::Kind::never) return r.first;
  return Time(midnight.time_since_epoch());
}

Time next_local_midnight(Time t, const optional<string>& zone) {
  const Time today = local_midnight(t, zone);
  return local_midnight(today + hours(27), zone);  // past the longest day, before the day after tomorrow
}

string time_text(Time t, const optional<string>& zone) {
  const minutes offset = offset_at(t, zone);
  const auto local = t + offset;
  const auto day = floor<days>(local);
  const year_month_day ymd(day);
  const hh_mm_ss time(local - day);
  char text[64];
  int n = std::snprintf(text, sizeof text, "%04d-%02u-%02uT%02ld:%02ld:%02ld", int(ymd.year()), unsigned(ymd.month()),
                        unsigned(ymd.day()), long(time.hours().count()), long(time.minutes().count()),
                        long(time.seconds().count()));
  const auto ms = duration_cast<milliseconds>(time.subseconds()).count();
  if (ms != 0) n += std::snprintf(text + n, sizeof text - static_cast<std::size_t>(n), ".%03ld", long(ms));
  if (!zone) return string(text) + "Z";
  const long minutes_off = std::labs(long(offset.count()));
  std::snprintf(text + n, sizeof text - static_cast<std::size_t>(n), "%c%02ld:%02ld", offset.count() < 0 ? '-' : '+',
                minutes_off / 60, minutes_off % 60);
  return text;
}

Result<Time> parse_time(string_view text, const optional<string>& zone) {
  const auto wrong = [&] {
    return bad_input("", "\"" + string(text) + "\" is not a time", "write it as 2026-11-03T14:05:00+08:00");
  };
  int y = 0;
  unsigned mo = 0, d = 0;
  int h = 0, mi = 0, used = 0;
  double s = 0.0;
  const string t(text);
  if (std::sscanf(t.c_str(), "%4d-%2u-%2u%n", &y, &mo, &d, &used) != 3) return wrong();
  std::size_t at = static_cast<std::size_t>(used);
  if (at < t.size() && (t[at] == 'T' || t[at] == ' ')) {
    if (std::sscanf(t.c_str() + at + 1, "%2d:%2d%n", &h, &mi, &used) != 2) return wrong();
    at += 1 + static_cast<std::size_t>(used);
    if (at < t.size() && t[at] == ':') {
      std::size_t end = at + 1;
      while (end < t.size() && (std::isdigit(static_cast<unsigned char>(t[end])) || t[end] == '.')) ++end;
      if (std::sscanf(t.substr(at + 1, end - at - 1).c_str(), "%lf", &s) != 1) return wrong();
      at = end;
    }
  }
  if (y < 1678 || y > 2261)
    return bad_input("", "\"" + t + "\" is outside the years 1678 to 2261, as far as nanoseconds reach",
                     "give a time between");
  const year_month_day ymd{year(y), month(mo), day(d)};
  if (!ymd.ok() || h > 23 || h < 0 || mi > 59 || mi < 0 || !(s < 60.0)) return wrong();
  const LocalTime local(local_days(ymd).time_since_epoch() + hours(h) + minutes(mi) +
                        nanoseconds(std::llround(s * 1e9)));
  if (at < t.size()) {
    const auto offset = fixed_offset(string_view(t).substr(at));
    if (!offset) return wrong();
    return Time(local.time_since_epoch() - *offset);
  }
  if (!zone)
    return bad_input("", "\"" + t + "\" has no offset from UTC", "write it as " + t + "+08:00, or give --timezone");
  const auto r = resolve(local, *zone);
  if (r.kind == Resolved::Kind::never)
    return bad_input("", "\"" + t + "\" does not exist in " + *zone + " (the clocks skip it)",
                     "give a time that exists, or an offset");
  return r.first;
}

}  // namespace castner::readings

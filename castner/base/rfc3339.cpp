// SPDX-License-Identifier: Apache-2.0
#include "castner/base/rfc3339.h"

#include <array>
#include <iterator>

namespace castner {
namespace {

/// The next n digits as a number; -1 if any is no digit.
int digits(std::string_view text, std::size_t from, std::size_t count) {
  int value = 0;
  for (std::size_t i = from; i < from + count; ++i) {
    if (i >= text.size() || text[i] < '0' || text[i] > '9') return -1;
    value = value * 10 + (text[i] - '0');
  }
  return value;
}

void two_digits(std::string& out, unsigned n) {
  out += static_cast<char>('0' + n / 10);
  out += static_cast<char>('0' + n % 10);
}

}  // namespace

void append_rfc3339(std::string& out, Time time) {
  const auto day = std::chrono::floor<std::chrono::days>(time);
  const std::chrono::year_month_day date(day);
  const auto in_day = static_cast<std::uint64_t>((time - day).count());
  const int year = static_cast<int>(date.year());
  two_digits(out, static_cast<unsigned>(year / 100));
  two_digits(out, static_cast<unsigned>(year % 100));
  out += '-';
  two_digits(out, static_cast<unsigned>(date.month()));
  out += '-';
  two_digits(out, static_cast<unsigned>(date.day()));
  out += 'T';
  const auto seconds = static_cast<unsigned>(in_day / 1'000'000'000);
  two_digits(out, seconds / 3600);
  out += ':';
  two_digits(out, seconds / 60 % 60);
  out += ':';
  two_digits(out, seconds % 60);
  if (auto rest = static_cast<unsigned>(in_day % 1'000'000'000); rest != 0) {
    int digits = 9;
    while (rest % 1000 == 0) rest /= 1000, digits -= 3;
    std::array<char, 9> text;
    for (int i = digits; i-- > 0; rest /= 10) text[static_cast<std::size_t>(i)] = static_cast<char>('0' + rest % 10);
    out += '.';
    out.append(text.data(), static_cast<std::size_t>(digits));
  }
  out += 'Z';
}

std::string rfc3339(Time time) {
  std::string out;
  append_rfc3339(out, time);
  return out;
}

std::optional<Time> read_utc(std::string_view t) {
  using namespace std::chrono;
  if (t.size() < 20 || t[4] != '-' || t[7] != '-' || (t[10] != 'T' && t[10] != 't' && t[10] != ' ') || t[13] != ':' ||
      t[16] != ':')
    return std::nullopt;
  const int y = digits(t, 0, 4), mo = digits(t, 5, 2), d = digits(t, 8, 2);
  const int h = digits(t, 11, 2), mi = digits(t, 14, 2), s = digits(t, 17, 2);
  if (y < 1678 || y > 2261 || mo < 1 || d < 1 || h < 0 || h > 23 || mi < 0 || mi > 59 || s < 0 || s > 59)
    return std::nullopt;
  const year_month_day date{year(y), month(static_cast<unsigned>(mo)), day(static_cast<unsigned>(d))};
  if (!date.ok()) return std::nullopt;
  std::size_t at = 19;
  std::int64_t ns = 0;
  if (t[at] == '.') {
    std::int64_t place = 100'000'000;
    const std::size_t first = ++at;
    for (; at < t.size() && t[at] >= '0' && t[at] <= '9'; ++at, place /= 10) ns += place * (t[at] - '0');
    if (at == first) return std::nullopt;
  }
  seconds offset{0};
  const auto zone = t.substr(at);
  if (zone.size() == 6 && (zone[0] == '+' || zone[0] == '-') && zone[3] == ':') {
    const int oh = digits(zone, 1, 2), om = digits(zone, 4, 2);
    if (oh < 0 || oh > 23 || om < 0 || om > 59) return std::nullopt;
    offset = (hours(oh) + minutes(om)) * (zone[0] == '-' ? -1 : 1);
  } else if (zone != "Z" && zone != "z") {
    return std::nullopt;
  }
  const Time utc = Time(sys_days(date)) + hours(h) + minutes(mi) + seconds(s) + nanoseconds(ns) - offset;
  return is_kept_time(utc) ? std::optional(utc) : std::nullopt;
}

std::optional<std::int64_t> precision_ns(std::string_view word) {
  if (word == "ns") return 1;
  if (word == "us") return 1'000;
  if (word == "ms") return 1'000'000;
  if (word == "s") return 1'000'000'000;
  return std::nullopt;
}

namespace {

struct CountUnit {
  std::string_view name;
  std::int64_t ns_each;
};
constexpr CountUnit kCountUnits[] = {{"ns", 1}, {"us", 1'000}, {"ms", 1'000'000}, {"s", 1'000'000'000}};

bool is_in_1970(Time t) { return t >= Time{} && t < Time(std::chrono::hours(365 * 24)); }

}  // namespace

std::string wrong_count(std::int64_t count, std::int64_t ns_each) {
  const auto t = counted_time(count, ns_each);
  const auto in_unit = [&] {
    for (const auto& unit : kCountUnits)
      if (unit.ns_each == ns_each) return " in " + std::string(unit.name);
    return std::string();
  };
  if (!t) return std::to_string(count) + in_unit() + " is outside the years 1678 to 2261";
  if (!is_in_1970(*t)) return "";
  return std::to_string(count) + " is " + rfc3339(*t) + in_unit();
}

std::string_view likely_unit(std::int64_t count) {
  constexpr std::int64_t kFirst = 631'152'000, kLast = 4'102'444'800;  // 1990 and 2100 [s]
  for (const auto& unit : kCountUnits) {
    const std::int64_t a_second = 1'000'000'000 / unit.ns_each;
    if (count / a_second >= kFirst && count / a_second < kLast) return unit.name;
  }
  return "";
}

WrongTime wrong_text(std::string_view text, Time t) {
  if (!is_in_1970(t) && !text.starts_with("1970-")) return {};
  std::string what = "\"" + std::string(text) + "\" is in 1970";
  // The coarsest unit first: a count of seconds that was read as ms is also one of ms that was read as us.
  for (std::size_t i = std::size(kCountUnits); i-- > 0;) {
    const auto& read_as = kCountUnits[i];
    const std::int64_t count = t.time_since_epoch().count() / read_as.ns_each;
    const auto unit = likely_unit(count);
    if (!unit.empty() && unit != read_as.name)
      return {std::move(what), "it may be " + rfc3339(*counted_time(count, *precision_ns(unit))) + ", whose count of " +
                                   std::string(unit) + " was read as one of " + std::string(read_as.name)};
  }
  return {std::move(what), kNoClockCure};
}

bool is_kept_time(Time t) {
  using namespace std::chrono;
  constexpr Time kFirst = sys_days(year(1678) / 1 / 1), kEnd = sys_days(year(2262) / 1 / 1);
  return t >= kFirst && t < kEnd;
}

std::optional<Time> counted_time(std::int64_t count, std::int64_t ns_each) {
  std::int64_t ns = 0;
  if (__builtin_mul_overflow(count, ns_each, &ns)) return std::nullopt;
  const Time t{std::chrono::nanoseconds(ns)};
  return is_kept_time(t) ? std::optional(t) : std::nullopt;
}

}  // namespace castner

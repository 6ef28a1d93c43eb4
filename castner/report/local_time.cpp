// SPDX-License-Identifier: Apache-2.0
#include "castner/report/local_time.h"

#include <date/tz.h>
#include <fmt/format.h>

#include <cstdio>
#include <exception>

namespace castner::report {
namespace {

using std::chrono::floor;

int offset_minutes_of(const std::string& zone, historian::Time t) {
  try {
    const auto info = date::locate_zone(zone)->get_info(floor<std::chrono::seconds>(t));
    return static_cast<int>(std::chrono::duration_cast<std::chrono::minutes>(info.offset).count());
  } catch (const std::exception&) {
    return 0;
  }
}

std::string day_text(historian::Time shifted) {
  const date::year_month_day d{date::floor<date::days>(shifted)};
  return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(d.year()), static_cast<unsigned>(d.month()),
                     static_cast<unsigned>(d.day()));
}

std::string sign_and_time(int minutes) {
  const int m = minutes < 0 ? -minutes : minutes;
  return fmt::format("{}{:02}:{:02}", minutes < 0 ? '-' : '+', m / 60, m % 60);
}

}  // namespace

LocalTime::LocalTime(const std::string& zone) {
  int hours = 0, minutes = 0;
  char sign = 0, rest = 0;
  if (std::sscanf(zone.c_str(), "%c%2d:%2d%c", &sign, &hours, &minutes, &rest) == 3 && (sign == '+' || sign == '-')) {
    fixed_minutes_ = (sign == '-' ? -1 : 1) * (60 * hours + minutes);
    return;
  }
  try {
    if (!zone.empty() && date::locate_zone(zone) != nullptr) zone_ = zone;
  } catch (const std::exception&) {  // not a zone: UTC
  }
}

LocalTime::Local LocalTime::local(historian::Time t) const {
  const int minutes = zone_.empty() ? fixed_minutes_ : offset_minutes_of(zone_, t);
  return {t + std::chrono::minutes(minutes), minutes};
}

std::string LocalTime::rfc3339(historian::Time t) const {
  const auto [shifted, minutes] = local(t);
  const auto day = date::floor<date::days>(shifted);
  const auto in_day = shifted - day;
  const auto seconds = floor<std::chrono::seconds>(in_day);
  const long nanos = static_cast<long>((in_day - seconds).count());
  const long s = static_cast<long>(seconds.count());
  std::string fraction;
  if (nanos != 0) {
    fraction = fmt::format(".{:09}", nanos);
    while (fraction.back() == '0') fraction.pop_back();
  }
  return fmt::format("{}T{:02}:{:02}:{:02}{}{}", day_text(shifted), s / 3600, s / 60 % 60, s % 60, fraction,
                     sign_and_time(minutes));
}

std::string LocalTime::date(historian::Time t) const { return day_text(local(t).shifted); }

std::string LocalTime::minute(historian::Time t) const { return date(t) + " " + clock(t); }

std::string LocalTime::clock(historian::Time t) const {
  const auto shifted = local(t).shifted;
  const auto m = std::chrono::duration_cast<std::chrono::minutes>(shifted - date::floor<date::days>(shifted)).count();
  return fmt::format("{:02}:{:02}", m / 60, m % 60);
}

std::string LocalTime::offset(historian::Time t) const { return sign_and_time(local(t).offset_minutes); }

}  // namespace castner::report

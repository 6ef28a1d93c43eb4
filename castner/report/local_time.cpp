// SPDX-License-Identifier: Apache-2.0
#include "castner/report/local_time.h"

#include "castner/readings/time_zone.h"

namespace castner::report {

LocalTime::LocalTime(const std::string& zone) {
  if (!zone.empty() && readings::check_time_zone(zone)) zone_ = zone;
}

std::string LocalTime::rfc3339(Time t) const { return readings::time_text(t, zone_); }

std::string LocalTime::date(Time t) const { return rfc3339(t).substr(0, 10); }

std::string LocalTime::clock(Time t) const { return rfc3339(t).substr(11, 5); }

std::string LocalTime::minute(Time t) const { return date(t) + " " + clock(t); }

std::string LocalTime::offset(Time t) const {
  const std::string text = rfc3339(t);
  return text.ends_with('Z') ? "+00:00" : text.substr(text.size() - 6);
}

}  // namespace castner::report

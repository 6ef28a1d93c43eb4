// SPDX-License-Identifier: Apache-2.0
#include "castner/report/plant_clock.h"

#include "castner/readings/time_zone.h"

namespace castner::report {

PlantClock::PlantClock(const std::string& zone) {
  if (!zone.empty() && readings::check_time_zone(zone)) zone_ = zone;
}

std::string PlantClock::rfc3339(Time t) const { return readings::time_text(t, zone_); }

std::string PlantClock::date(Time t) const { return rfc3339(t).substr(0, 10); }

std::string PlantClock::clock(Time t) const { return rfc3339(t).substr(11, 5); }

std::string PlantClock::minute(Time t) const { return date(t) + " " + clock(t); }

std::string PlantClock::offset(Time t) const {
  const std::string text = rfc3339(t);
  return text.ends_with('Z') ? "+00:00" : text.substr(text.size() - 6);
}

}  // namespace castner::report

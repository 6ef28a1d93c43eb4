// SPDX-License-Identifier: Apache-2.0
#include "castner/assess/idle_course.h"

#include <algorithm>

namespace castner::assess {

void IdleCourse::believe(const std::vector<int>& idle) {
  for (std::size_t u = 0; u < at_first.size(); ++u) {
    const int unit = static_cast<int>(u);
    if (std::none_of(switches.begin(), switches.end(), [&](const Switch& s) { return s.unit == unit; }))
      at_first[u] = std::find(idle.begin(), idle.end(), unit) != idle.end();
  }
}

std::vector<Outage> stops(std::span<const IdleCourse> courses, std::size_t units) {
  std::vector<Outage> all;
  if (courses.empty()) return all;
  for (int u = 0; u < static_cast<int>(units); ++u) {
    bool idle = courses.front().at_first[static_cast<std::size_t>(u)] != 0;
    std::optional<Outage> open = idle ? std::optional(Outage{u, {}, {}}) : std::nullopt;
    const auto turn = [&](Time at) {
      idle = !idle;
      if (idle) {
        open = Outage{u, at, {}};
        return;
      }
      open->to = at;
      all.push_back(*open);
      open.reset();
    };
    for (const IdleCourse& c : courses) {
      if (idle != (c.at_first[static_cast<std::size_t>(u)] != 0)) turn(c.from);
      for (const auto& s : c.switches)
        if (s.unit == u) turn(s.at);
    }
    if (open && open->from) all.push_back(*open);
  }
  return all;
}

}  // namespace castner::assess

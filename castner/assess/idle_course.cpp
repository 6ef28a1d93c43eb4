// SPDX-License-Identifier: Apache-2.0
#include "castner/assess/idle_course.h"

#include <algorithm>

namespace castner::assess {

bool IdleCourse::switched(int unit) const {
  return std::any_of(switches.begin(), switches.end(), [&](const Switch& s) { return s.unit == unit; });
}

void IdleCourse::believe(const std::vector<int>& idle) {
  overruled.assign(at_first.size(), 0);
  left_open.clear();
  for (std::size_t u = 0; u < at_first.size(); ++u) {
    if (switched(static_cast<int>(u))) continue;
    const char is = std::find(idle.begin(), idle.end(), static_cast<int>(u)) != idle.end();
    overruled[u] = at_first[u] != is;
    at_first[u] = is;
  }
}

void leave_to_balances(std::span<IdleCourse> courses, std::vector<char>& overruled) {
  const auto leave = [](auto first, auto last, std::vector<char>& by) {
    for (; first != last; ++first)
      if (first->overruled.empty()) {
        for (const int u : first->open)
          if (!by.empty() && by[static_cast<std::size_t>(u)] && !first->switched(u)) first->left_open.insert(u);
      } else {
        by = first->overruled;
      }
  };
  std::vector<char> next;
  leave(courses.rbegin(), courses.rend(), next);
  leave(courses.begin(), courses.end(), overruled);
}

std::vector<Stand> stands(std::span<const IdleCourse> courses, std::size_t units) {
  std::vector<Stand> all;
  for (int u = 0; u < static_cast<int>(units); ++u) {
    std::optional<bool> now;
    const auto say = [&](Time at, bool idle) {
      if (now != idle) all.push_back({u, at, idle});
      now = idle;
    };
    for (const IdleCourse& c : courses) {
      if (c.left_open.contains(u)) continue;
      bool idle = c.at_first[static_cast<std::size_t>(u)] != 0, begun = false;
      for (const auto& s : c.switches) {
        if (s.unit != u) continue;
        // A switch between two windows lies before this one.
        if (!now) say(std::min(c.from, s.at - std::chrono::nanoseconds(1)), idle);
        if (!begun && s.at > c.from) say(c.from, idle), begun = true;
        say(s.at, idle = !idle);
      }
      if (!begun) say(c.from, idle);
    }
  }
  return all;
}

std::vector<Outage> stops(std::span<const Stand> stands) {
  std::vector<Outage> all;
  for (auto s = stands.begin(); s != stands.end();) {
    const auto first = s;
    std::optional<Outage> open;
    for (; s != stands.end() && s->unit == first->unit; ++s) {
      if (s->idle && !open) open = Outage{s->unit, s == first ? std::nullopt : std::optional(s->at), {}};
      if (s->idle || !open) continue;
      open->to = s->at;
      all.push_back(*open);
      open.reset();
    }
    if (open && open->from) all.push_back(*open);
  }
  return all;
}

}  // namespace castner::assess

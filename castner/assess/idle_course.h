// SPDX-License-Identifier: Apache-2.0
/// When units were out of service, put together from what each window shows of it.
#pragma once

#include <span>
#include <vector>

#include "castner/assess/assessment.h"

namespace castner::assess {

/// What the units did within a window.
struct IdleCourse {
  struct Switch {
    int unit = 0;
    Time at;  ///< the first reading of the new state
  };
  Time from, to;
  std::vector<char> at_first = {};    ///< idle, shape (plant.units)
  std::vector<Switch> switches = {};  ///< of one unit in order of time
  std::vector<char> overruled = {};  ///< units of which the balance said otherwise than the readings; empty: no balance

  /// As the balance of the window says, where the readings alone did not show a switch.
  void believe(const std::vector<int>& idle);
  bool switched(int unit) const;
};

/// Where windows have no balance, units are as the balances beside them say that overruled the same readings.
/// @param courses  in order of time
void believe_beside(std::span<IdleCourse> courses);

/// By unit, then in time: what each was at first, and each change.
/// @param courses  in order of time; a silence between two is bridged where both ends are alike
std::vector<Stand> stands(std::span<const IdleCourse> courses, std::size_t units);

/// What stands say, by unit and then in time, of stretches out of service.
std::vector<Outage> stops(std::span<const Stand> stands);

}  // namespace castner::assess

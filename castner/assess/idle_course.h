// SPDX-License-Identifier: Apache-2.0
/// When units were out of service, put together from what each window shows of it.
#pragma once

#include <set>
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
  std::set<int> open = {};            ///< units of which its readings do not say much: a balance may say otherwise
  std::set<int> left_open = {};       ///< units of which it says nothing
  std::vector<char> overruled = {};  ///< units of which the balance said otherwise than the readings; empty: no balance

  /// As the balance of the window says, where the readings alone did not show a switch; nothing is left open then.
  void believe(const std::vector<int>& idle);
  bool switched(int unit) const;
};

/// A window without a balance, and without a switch, says nothing of a unit of which its readings say little where the balance before
/// it, or the one after it, overruled them: the unit is as it was until a window shows it otherwise.
/// @param courses  in order of time   @param overruled  by the last balance before them; then by the last of them
void leave_to_balances(std::span<IdleCourse> courses, std::vector<char>& overruled);

/// By unit, then in time: what each was at first, and each change.
/// @param courses  in order of time; a silence between two is bridged where both ends are alike
std::vector<Stand> stands(std::span<const IdleCourse> courses, std::size_t units);

/// What stands say, by unit and then in time, of stretches out of service.
std::vector<Outage> stops(std::span<const Stand> stands);

}  // namespace castner::assess

// SPDX-License-Identifier: Apache-2.0
/// The windows that the past of a plant is cut into: those of a file with times in UTC.
#pragma once

#include <vector>

#include "castner/base/clock.h"

namespace castner::service {

struct WholeWindow {
  Time from, to;
};
/// Those that lie between two times, ascending. They count from midnight UTC; where their length does not divide the day, the last of
/// a day is shorter.
std::vector<WholeWindow> whole_windows(Time from, Time to, std::chrono::nanoseconds length);

}  // namespace castner::service

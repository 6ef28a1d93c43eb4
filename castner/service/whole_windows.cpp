// SPDX-License-Identifier: Apache-2.0
#include "castner/service/whole_windows.h"

#include <algorithm>

namespace castner::service {

std::vector<WholeWindow> whole_windows(Time from, Time to, std::chrono::nanoseconds length) {
  std::vector<WholeWindow> all;
  for (auto day = std::chrono::floor<std::chrono::days>(from); day < to; day += std::chrono::days(1))
    for (Time begin = day, next = day + std::chrono::days(1); begin < next; begin += length) {
      const Time end = std::min(begin + length, next);
      if (begin >= from && end <= to) all.push_back({begin, end});
    }
  return all;
}

}  // namespace castner::service

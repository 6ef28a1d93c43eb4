// SPDX-License-Identifier: Apache-2.0
#include "castner/solve/slip.h"

#include <algorithm>
#include <cmath>

#include "castner/solve/index.h"

namespace castner::solve {
namespace {

// Guesses, all of them.
constexpr double kMostShare = 0.02;  // of what is measured: the sd of a meter that reads nothing
constexpr double kFarSurer = 3.0;    // times: a reading below a third of what it would be at the start
constexpr double kBelieved = 0.2;    // Huber's weight of a reading 6.7 sd away: others are not so wrong

}  // namespace

std::vector<MeasuredValue> sized_as(std::span<const MeasuredValue> as_read, std::span<const double> start) {
  std::vector<MeasuredValue> readings(as_read.begin(), as_read.end());
  for (auto& y : readings) {
    const double share = std::min(y.sd / std::max(std::abs(y.value), 1e-300), kMostShare);
    y.sd = std::max(y.sd, share * std::abs(start[at(y.variable)]));
  }
  return readings;
}

bool far_surer(std::span<const MeasuredValue> as_read, std::span<const double> start) {
  const auto sized = sized_as(as_read, start);
  for (std::size_t k = 0; k < sized.size(); ++k)
    if (sized[k].sd > kFarSurer * as_read[k].sd) return true;
  return false;
}

int least_believed(const FitTask& task, const FitResult& robust) {
  int least = -1;
  for (std::size_t k = 0; k < robust.belief.size(); ++k)
    if (task.used[k] && task.readings[k].accusable && robust.belief[k] < kBelieved &&
        (least < 0 || robust.belief[k] < robust.belief[at(least)]))
      least = static_cast<int>(k);
  return least;
}

}  // namespace castner::solve

// SPDX-License-Identifier: Apache-2.0
#include "castner/cells/own_line.h"

#include <cmath>

#include "castner/cells/span.h"

namespace castner::cells {
namespace {

// Cells of one electrolyser age by 1 to 3 % of some 0.6 V a year (docs/domain/electrolyser.md 2.7), so they drift apart by
// at most 0.03 mV a day, the larger part with load. The random walk allows a little more.
constexpr double kOwnDriftA = 0.05e-3 * 0.05e-3 / kDay;  // [V2/s]
constexpr double kOwnDriftB = 0.02e-3 * 0.02e-3 / kDay;  // [(V m2/kA)2/s]

}  // namespace

void OwnLine::predict(double seconds, double wander) {
  const double keep = std::exp(-seconds / Scatter::kWanderTime);
  line_.predict({1.0, 1.0, keep}, {kOwnDriftA * seconds, kOwnDriftB * seconds, wander * wander * (1.0 - keep * keep)});
}

void OwnLine::measure(double excess, double deviation, double variance) {
  line_.measure({1.0, excess, 1.0}, deviation, variance);
}

void OwnLine::shift(double a, double b) {
  line_.move(0, -a);
  line_.move(1, -b);
}

void OwnLine::forget_some(double sd) { line_.widen(0, sd * sd); }

void OwnLine::return_to(double a, double b) {
  line_.set(0, a);
  line_.set(1, b);
  line_.set(2, 0.0);
}

}  // namespace castner::cells

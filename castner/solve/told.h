// SPDX-License-Identifier: Apache-2.0
/// What the others say of a reading that is not in use.
#pragma once

#include <cmath>
#include <optional>

#include "castner/solve/also_possible.h"
#include "castner/solve/evidence.h"

namespace castner::solve {

struct OthersSay {
  double value, variance;
  /// In sd of both.
  double away(const MeasuredValue& y) const { return std::abs(y.value - value) / std::sqrt(y.sd * y.sd + variance); }
};

/// Where only bounds limit what it measures, as an efficiency of 1 does a power, it is what they leave nearest to the reading; where
/// nothing limits it, about the reading itself, so that it is not away. None where that cannot be solved.
/// @param evidence  of the answer
std::optional<OthersSay> told(const SolvedTask& answer, const Evidence& evidence, int reading);

/// Whether the rest still says what each reading that it did without should be.
bool tells_each_removed(const Reconciliation&, std::span<const MeasuredValue>);

}  // namespace castner::solve

// SPDX-License-Identifier: Apache-2.0
/// The overvoltage of an electrode, beyond its reversible potential.
#pragma once

#include <cmath>

#include "castner/numerics/dual.h"

namespace castner::unit_models {

struct Electrode {
  double tafel_slope;               ///< [V], per decade of current density
  double exchange_current_density;  ///< [A/m2]
};

/// Overvoltage [V] at a current density [A/m2]: Tafel's line where the current is far above the exchange current,
/// through zero with a finite slope below, smooth everywhere. Source docs/domain/electrolyser.md 2.2.
template <class T>
T overvoltage(const Electrode& e, const T& current_density) {
  return asinh(current_density * (0.5 / e.exchange_current_density)) * (e.tafel_slope / std::log(10.0));
}

}  // namespace castner::unit_models

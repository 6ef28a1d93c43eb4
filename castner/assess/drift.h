// SPDX-License-Identifier: Apache-2.0
/// What a slow drift within a window does to a balance of its means.
///
/// Over a window of length W a balance is in - out = (S(to) - S(from)) / W, S being what the apparatus holds. What holds
/// M and is passed by F, with a quantity y of what leaves, stores M (y(to) - y(from)): the reading of y is off the one
/// that would close the steady balance by (M / F) / W times its change from the window's beginning to its end, M / F
/// being the residence time. This is exact for these two values, whatever the course between; they are found from
/// readings with noise (signals/windows.h).
///
/// In a window shorter than the residence time this multiplies what noise and control move to and fro within minutes,
/// which is no storage that goes on. There a change is multiplied only if it stands out of the noise and is more than an
/// instrument wanders by itself (kWander); what is less counts as large as it is.
///
/// Beside it the mean of a product is not the product of means: with relative changes a and b along lines it is off by
/// a b / 12, which is at most the relative variance of the one that changes most.
#pragma once

#include "castner/plant/plant.h"

namespace castner::assess {

/// A tag's course in a window. [SI]
struct Drift {
  double mean = 0.0, change = 0.0, variance = 0.0;
  double length = 0.0;  ///< of the window [s]
  bool moves = false;   ///< the change stands out of the noise
};

/// How far a drift puts a reading off. [SI]
struct OffByDrift {
  double stored = 0.0;   ///< with the sign of the change: windows of one ramp err the same way, up and down cancel
  double product = 0.0;  ///< of means instead of the mean of a product, at most
  double most() const;
};

/// In the instrument's own sd. A reading wanders within minutes by a third of it (a guess): of a hundred instruments
/// none changes this much by chance, 1.5 = 3.5 * 0.3 * sqrt(2).
constexpr double kWander = 1.5;

OffByDrift off_by_drift(const plant::Plant&, const plant::Measurement&, const Drift&);

/// Whether a window counts all the same: storage and product come to no more than three times the instrument's own sd. A
/// guess: such a reading has a tenth of its weight left.
bool drifts_slowly(const plant::Measurement&, const Drift&, const OffByDrift&);

}  // namespace castner::assess

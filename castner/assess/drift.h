// SPDX-License-Identifier: Apache-2.0
/// What a slow drift within a window does to a balance of its means.
///
/// Over a window of length W a balance is in - out = (S(to) - S(from)) / W, S being what the apparatus holds. What holds M
/// and is passed by F, with a quantity y of what leaves, stores M (y(to) - y(from)): the reading of y is off the one that would
/// close the steady balance by (M / F) / W times its change, M / F being the residence time, whatever the course of y within the window.
/// The change is taken from the line that fits best, which a step near the end of the window makes too small. Beside it the mean of a product is not the product of means: with relative changes a and b along
/// lines it is off by a b / 12, which is at most the relative variance of the one that changes most.
#pragma once

#include "castner/plant/plant.h"

namespace castner::assess {

/// A tag's course in a window. [SI]
struct Drift {
  double mean = 0.0, change = 0.0, variance = 0.0;
  double length = 0.0;  ///< of the window [s]
};

/// How far storage and curvature put a reading off. [SI]
double off_by_drift(const plant::Plant&, const plant::Measurement&, const Drift&);

/// Whether a window counts all the same: what the drift adds is no more than three times the instrument's own sd; that limit is a guess.
bool drifts_slowly(const plant::Plant&, const plant::Measurement&, const Drift&);

}  // namespace castner::assess

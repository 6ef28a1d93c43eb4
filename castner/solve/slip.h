// SPDX-License-Identifier: Apache-2.0
/// What is asked of readings one of which may be so wrong, typed tenfold or in another unit, that no other test tells it.
#pragma once

#include <span>
#include <vector>

#include "castner/solve/fit.h"

namespace castner::solve {

/// An sd is as a rule a share of what is measured. A reading at a thousandth of it would count a thousand times as sure, and bend
/// the others to itself: here each counts as sure as it would be where the search starts.
/// @param start  shape (variables)
std::vector<MeasuredValue> sized_as(std::span<const MeasuredValue>, std::span<const double> start);

/// Whether one counts as far surer than it would be where the search starts.
bool far_surer(std::span<const MeasuredValue>, std::span<const double> start);

/// Of the readings in use, the one whose belief is the least, if it is plainly little; -1 where all are believed.
/// @param robust  Huber's estimate
int least_believed(const FitTask&, const FitResult& robust);

}  // namespace castner::solve

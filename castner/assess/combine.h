// SPDX-License-Identifier: Apache-2.0
/// The mean of an amount over several windows, with an uncertainty that does not pretend that the same instrument's
/// systematic error averages out.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "castner/assess/assessment.h"
#include "castner/assess/traced.h"

namespace castner::assess {

/// Mean over the windows that tell it, of traced amounts, scaled for showing.
/// The variance has three parts: each instrument's systematic error, common to all windows; the random error of each
/// window's mean; and what its drifts store or leave behind, which windows of one ramp have in common and up and down
/// cancel. No value where each window's amount rests on something unobservable, or there is no window.
/// @param told  receives how many windows tell
/// @param follows  of each tag in it receives how far the mean moves per SI unit that its readings move in all windows
Amount mean_over_windows(const std::vector<std::pair<const State*, Traced>>&, double scale, const std::string& unit,
                         int* told = nullptr, Follows* follows = nullptr);

/// Whether all of what is divided by is clear of 0: further than 2 sd, and than what a solver leaves beside a bound. Else a
/// ratio to it says nothing, however sure it looks. @param known  of the estimates; null: they have no sd
bool clear_of_zero(std::span<const Traced> per, const plant::Plant&, const solve::Covariance*);

}  // namespace castner::assess

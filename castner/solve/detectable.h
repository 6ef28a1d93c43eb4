// SPDX-License-Identifier: Apache-2.0
/// How large an error must be before its test sees it: what "none reads wrong" is worth.
///
/// The size of a candidate's error, as the others tell it, has the sd s = sd^2 / sd(adjustment), of which the variance is that of the
/// reading and that of what the others say together; its z is that size over s. So an error b alone shifts z by b/s, and is called with a probability of
/// 80 % where b/s = z_critical + 0.84. That is Baarda's internal reliability (A testing procedure for use in geodetic networks, 1968)
/// with this program's own critical value; Narasimhan and Jordache (Data Reconciliation and Gross Error Detection, 2000) call the
/// same a measurement's detectability. Straight as the balances are at the solution, and for one error alone.
#pragma once

#include <optional>
#include <span>

#include "castner/solve/gross_error.h"
#include "castner/solve/reconcile.h"

namespace castner::solve {

/// The probability with which the smallest error that counts as seen is seen in one window: the usual choice.
constexpr double kPower = 0.8;

/// Above so many of its own sd a reading is hardly checked by the others, though it agrees: what they say of it is then less sure
/// than one and a half of its sd. A choice: two equal meters on one pipe see 6 sd of each other, and count as checked.
constexpr double kHardly = 8.0;

/// None where an error must be so large that nobody would call it a check.
std::optional<double> if_checked(double smallest_seen, double sd);

/// @param smallest_seen  none: nothing checks it   @param sd  of the reading
bool hardly_checked(std::optional<double> smallest_seen, double sd);

/// Fills smallest_seen and smallest_seen_leak from the candidates of the final solution; used must be known.
void tell_smallest_seen(std::span<const Candidate>, std::span<const MeasuredValue>, const ReconcileOptions&,
                        Reconciliation&);

}  // namespace castner::solve

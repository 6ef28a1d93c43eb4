// SPDX-License-Identifier: Apache-2.0
/// How much a difference must exceed its error to be more than noise, where the noise itself is known from few samples.
#pragma once

namespace castner::signals {

/// One steady tag in 370 is taken for a drifting one by noise alone: as beyond three sd of a normal variable.
constexpr double kFalseAlarms = 0.0027;

/// In sd as estimated with so many degrees of freedom: Student's t that noise exceeds, either way, with kFalseAlarms. 3.0 of many,
/// 6.6 of four, without bound of none.
double significant(double degrees_of_freedom);

/// Degrees of freedom of the variance that n neighbours' differences show: von Neumann, Ann. Math. Stat. 12 (1941) 367.
double degrees_of_neighbours(double n);

}  // namespace castner::signals

// SPDX-License-Identifier: Apache-2.0
/// The measurement test over all candidates: the reading or leak with the largest statistic.
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "castner/solve/reconcile.h"

namespace castner::solve {

/// A reading or a leak with its test statistic.
struct Candidate {
  GrossError::Kind kind = GrossError::Kind::bias;
  int index = 0;    ///< into readings or leak candidates
  double z = 0.0;   ///< |adjustment| / sd(adjustment), or |leak| / sd(leak)
  double sd = 0.0;  ///< of the size of its error, as the others tell it [SI]: its z is that size over this
};

/// Critical z where n candidates are tested: beta = 1 - (1 - alpha)^(1/n) (Sidak), or alpha_per_test itself.
double critical_z(const ReconcileOptions&, int n);

/// The worst candidate above the critical value, readings before leaks and in file order where z agree to 1e-6; nullopt
/// where none is above.
/// @param candidates  readings in file order, then leaks in theirs
std::optional<GrossError> worst(std::span<const Candidate> candidates, double critical);

/// What two candidates' falls of the objective may differ by and yet not tell which of them it is: the odds are
/// exp(difference/2), and 20 : 1 is where data tell. For one that is alone in being wrong the fall is z^2.
constexpr double kTells = 5.9915;  // 2 ln 20

/// The global test of an objective. alpha as it is.
GlobalTest global_test(double objective, int degrees_of_freedom, double alpha);

}  // namespace castner::solve

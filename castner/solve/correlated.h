// SPDX-License-Identifier: Apache-2.0
/// Readings whose errors go together, as those of two transmitters of one calibration: a covariance between them.
///
/// The errors e of a group with covariance V = L L' (Cholesky) are e = L z with independent z of sd 1. Each reading of the group
/// becomes a balance, x - y - (L z)_k = 0, and each z a variable that is read as 0 +- 1: the same problem with independent
/// readings, so that everything else stays as it is. A bias of such a reading is a leak of its balance.
///
///     const std::vector<Covariation> together{{0, 1, 0.8 * sd0 * sd1}};
///     const auto out = reconcile(system, readings, together, held, leaks, start);
#pragma once

#include <span>
#include <vector>

#include "castner/solve/reconcile.h"

namespace castner::solve {

/// Covariance of the errors of two readings. [SI of the one times SI of the other]
struct Covariation {
  int first = 0, second = 0;  ///< indices into readings
  double value = 0.0;
};

/// Whether these, with the variances of the readings, are the covariances of anything: positive definite.
[[nodiscard]] bool possible_together(std::span<const MeasuredValue>, std::span<const Covariation>);

/// As Reconciler::reconcile, with covariances that are possible together.
[[nodiscard]] Reconciliation reconcile(const EquationSystem&, std::span<const MeasuredValue>,
                                       std::span<const Covariation>, std::span<const Held> held,
                                       std::span<const LeakCandidate>, std::span<const double> start,
                                       const ReconcileOptions& = {});

}  // namespace castner::solve

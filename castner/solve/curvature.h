// SPDX-License-Identifier: Apache-2.0
/// The second derivatives of a step: those of the loss alone (Gauss-Newton), or the exact ones of the balances too.
///
/// The Lagrangian's second derivatives are diag(1/sd^2) + sum of l_i d2r_i/dx2. Where readings nearly agree the multipliers l
/// are small and the sum may be left out, which saves second derivatives and always points downhill; where they do not,
/// Gauss-Newton's steps shrink slowly, and the sum brings back the quadratic convergence of Newton's method.
#pragma once

#include <memory>
#include <span>
#include <utility>
#include <vector>

#include "castner/solve/fit_problem.h"
#include "castner/solve/kkt.h"

namespace castner::solve {

/// Orderings and factors that outlive a fit.
struct KktSystems {
  KktSystems(const EquationSystem& system);
  /// Of other runs nothing stays.
  void forget();
  Kkt gauss_newton;
  std::unique_ptr<Kkt> exact;  ///< made when first needed
  const Kkt* last = nullptr;   ///< the one used last; none after forget()
};

class Curvature {
 public:
  Curvature(const FitProblem&, KktSystems&);

  bool exact() const { return exact_; }
  /// Whether system() is the one of the step before.
  bool same_system() { return std::exchange(systems_.last, &system()) == &system(); }
  Kkt& system() { return exact_ ? *systems_.exact : systems_.gauss_newton; }
  /// Of the balances, on the Hessian's pattern; empty with Gauss-Newton.
  std::span<const double> values() const {
    return exact_ ? std::span<const double>(values_) : std::span<const double>();
  }

  /// Begins with exact values found near here.
  void start_with(const std::vector<double>& values);
  /// Finds exact values anew where they are wanted and stale.
  void refresh(std::span<const double> x, std::span<const double> multipliers);
  /// After a step that is so much shorter than the last, full or cut: exact where that is slow.
  void watch(double shrink, bool full_step);
  /// Gauss-Newton again, for a while. False where it is that already.
  bool distrust();
  /// Gauss-Newton, as at the beginning.
  void reset();

 private:
  const FitProblem& problem_;
  KktSystems& systems_;
  std::vector<double> values_;
  bool exact_ = false, stale_ = true;
  int patience_;
};

}  // namespace castner::solve

// SPDX-License-Identifier: Apache-2.0
/// The quadratic program of one step: the loss and the balances linearised at a point, inside the bounds.
///
///     minimise  g'd + d'Hd/2   subject to   A d = -r,   low <= x + d <= high
///
/// It is a KKT system (kkt.h) for each set of bounds that may hold (active_set.h). Far from the solution the balances may
/// have no step inside the bounds at all; then the step of the balances alone is taken, as far as the bounds let it.
#pragma once

#include <span>
#include <vector>

#include "castner/solve/active_set.h"
#include "castner/solve/fit_problem.h"
#include "castner/solve/kkt.h"

namespace castner::solve {

class QuadraticProgram {
 public:
  explicit QuadraticProgram(const FitProblem&);

  struct At {
    const Iterate& point;
    const Slope& slope;
    const std::vector<double>&
        multipliers;                    ///< so far; the system is solved for their change, which vanishes at the end
    std::span<const double> curvature;  ///< of the balances; empty without
    double damping;
    bool near_the_last;  ///< so near that the last factor will do
  };
  /// False where a system is singular, or its solution not finite.
  [[nodiscard]] bool solve(Kkt&, const At&);

  /// Turns a push, shape (variables), into the step along the balances that it makes, roughly, by the system last solved.
  void yield_to(const Kkt&, std::vector<double>& push) const;

  const std::vector<double>& step() const { return step_; }                ///< shape (variables)
  const std::vector<double>& multipliers() const { return multipliers_; }  ///< shape (equations), 0 where open
  const std::vector<double>& predicted() const { return predicted_; }  ///< residuals after the step, were they linear
  const ActiveSet& active() const { return active_; }
  ActiveSet& active() { return active_; }
  /// No bound has a say in the step.
  bool inside_bounds() const { return active_.empty() && longest_ == 1.0; }
  /// The share of the step that the bounds let pass, <= 1.
  double longest() const { return longest_; }
  /// The step closes the balances, were they linear.
  bool closes() const { return closes_; }

 private:
  bool solve_once(Kkt&, const At&);
  bool predict(const Iterate&);
  ActiveSet::Push push(const At&, std::size_t variable) const;

  const FitProblem& problem_;
  ActiveSet active_;
  std::vector<double> lagrangian_, step_, multipliers_, predicted_;
  double longest_ = 1.0;
  bool closes_ = true;
};

}  // namespace castner::solve

// SPDX-License-Identifier: Apache-2.0
/// The merit function by which one point is better than another: the loss of the readings plus penalised residuals.
///
/// phi(x) = loss(x) + sum of p_i |r_i(x)| has its minimum where the constrained problem has, if every p_i is above |l_i| (the
/// exact penalty function: Han 1977; Powell 1978). Along a step d of the quadratic program it falls at the rate g'd - sum of
/// p_i (|r_i| - |r_i + a_i'd|), so that some share of the step is accepted:
///
///     merit.aim(point, slope, program, row_scale);
///     if (search(problem, point, program, merit, kkt, move)) next.x = move.x;
#pragma once

#include <span>
#include <vector>

#include "castner/solve/fit_problem.h"
#include "castner/solve/kkt.h"
#include "castner/solve/quadratic_program.h"

namespace castner::solve {

class Merit {
 public:
  explicit Merit(const FitProblem&);

  /// Sets the penalties for a search from a point along the program's step.
  /// @param row_scale  one over what an sd of its readings moves a balance; shape (equations)
  void aim(const Iterate&, const Slope&, const QuadraticProgram&, std::span<const double> row_scale);
  /// The step goes downhill by its own curvature. With an exact curvature of the wrong sign it may not.
  bool downhill() const;
  /// x, with residuals r, is better than where the search began by enough for that share of the step.
  bool accepts(std::span<const double> x, std::span<const double> r, double share) const;
  /// Forgets the penalties.
  void reset();

 private:
  const FitProblem& problem_;
  std::vector<double> penalty_;
  double value_ = 0.0, slope_ = 0.0, curvature_ = 0.0, noise_ = 0.0;
};

/// Where a search ended.
struct Move {
  std::vector<double> x;
  bool full = false;  ///< the whole step, not corrected
  bool cut = false;   ///< nothing can be evaluated where the step leads
};

/// Halves the step until the merit accepts it; a whole step that fails is first brought back onto the curved balances.
/// False where no share helps. @param kkt  factored for the program
[[nodiscard]] bool search(const FitProblem&, const Iterate& from, const QuadraticProgram&, const Merit&, const Kkt&,
                          Move&);

}  // namespace castner::solve

// SPDX-License-Identifier: Apache-2.0
/// The estimates themselves: the smallest weighted adjustments for which every balance holds, inside the bounds.
#pragma once

#include <span>
#include <utility>
#include <vector>

#include "castner/numerics/equation_system.h"
#include "castner/solve/curvature.h"
#include "castner/solve/fit_problem.h"

namespace castner::solve {

struct FitResult {
  enum class End {
    converged,
    impossible_start,  ///< the equations cannot be evaluated at the first values, nor at the system's own
    contradiction,     ///< the balances come no closer to holding together from any start tried; x is the nearest found
    out_of_steps,      ///< x is the last iterate
  };
  End end = End::out_of_steps;
  int iterations = 0;
  int residual_calls = 0;
  std::vector<double> x;            ///< shape (variables)
  std::vector<double> multipliers;  ///< shape (equations)
  std::vector<char> at_bound;       ///< a bound holds the variable back; shape (variables)
  std::vector<double> belief;       ///< Huber's weight of each reading, 1 without, 0 where not used; shape (readings)
  std::vector<double> residual, jacobian;  ///< at x
  /// Where x may be no minimum, a direction to look for a better one: downhill along the balances, or any from an edge of
  /// where they can be evaluated; else empty.
  std::vector<double> doubt;
  bool at_edge = false;  ///< it stands beside where nothing can be evaluated, or any better answer is looked for
  int unsettled = -1;    ///< out_of_steps with every balance closed: an unmeasured variable that goes on and on
  int vanishing = -1;    ///< a variable that has all but vanished where the balances have no value: x is no answer
};

/// The last answer, from which a start near it takes multipliers and curvature as first guesses, and no more than that.
struct FitAnswer {
  std::vector<double> x, multipliers;
  std::vector<double> curvature;  ///< empty where it was not needed
};

/// Sequential quadratic programming (fit.cpp tells the algorithm). Between calls it keeps the orderings of its linear systems
/// and the last answer with its factor: they make it faster near that answer, and change none.
class Fit {
 public:
  Fit(const EquationSystem&, std::span<const Held>);
  FitResult run(const FitTask&, std::span<const double> start);
  /// The last answer, and to go back to one: what was tried in vain should guide nothing.
  const FitAnswer& last() const { return last_; }
  void go_back_to(FitAnswer last);

 private:
  bool escape(FitResult& best);

  FitProblem problem_;
  KktSystems systems_;
  FitAnswer last_;
};

}  // namespace castner::solve

// SPDX-License-Identifier: Apache-2.0
/// The estimates themselves: the smallest weighted adjustments for which every balance holds, inside the bounds.
#pragma once

#include <memory>
#include <span>
#include <vector>

#include "castner/numerics/equation_system.h"
#include "castner/solve/kkt.h"
#include "castner/solve/reconcile.h"

namespace castner::solve {

/// What is to be fitted: readings, which of them count, and balances that are open.
struct FitTask {
  std::span<const MeasuredValue> readings;
  std::vector<char> used;  ///< shape (readings)
  std::vector<char> open;  ///< equations that need not hold (leaks); shape (equations)
  bool robust = false;     ///< Huber's loss instead of squares
  int max_iterations = 200;
  double tolerance = 1e-9;  ///< scaled: residuals, and the change of every estimate
};

struct FitResult {
  enum class End {
    converged,
    impossible_start,  ///< the equations cannot be evaluated at the first values
    contradiction,     ///< the balances come no closer to holding together; x is the nearest
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
};

/// Huber's constant: 95 % of the efficiency of least squares where errors are normal.
inline constexpr double kHuber = 1.345;

/// Sequential quadratic programming: Gauss-Newton, with the exact curvature of the balances where that is slow. Between calls
/// it keeps the orderings of its linear systems and, for a start near the last answer, multipliers and curvature.
class Fit {
 public:
  Fit(const EquationSystem&, std::span<const Held>);
  FitResult run(const FitTask&, std::span<const double> start);

 private:
  friend class FitRun;
  const EquationSystem& system_;
  std::vector<Held> held_;
  std::vector<double> nominal_;
  Kkt gauss_newton_;
  std::unique_ptr<Kkt> exact_;  ///< made when first needed
  struct {
    std::vector<double> x, multipliers, curvature;  ///< the last empty where it was not needed
  } last_;
};

}  // namespace castner::solve

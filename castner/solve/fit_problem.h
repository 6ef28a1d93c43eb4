// SPDX-License-Identifier: Apache-2.0
/// The problem of one fit at any point: what its readings cost there, and how far its balances are from closed.
#pragma once

#include <span>
#include <vector>

#include "castner/numerics/equation_system.h"
#include "castner/solve/free_system.h"
#include "castner/solve/reconcile.h"

namespace castner::solve {

/// The input of a fit: readings, which of them count, and balances that are open.
struct FitTask {
  std::span<const MeasuredValue> readings;
  std::vector<char> used;  ///< shape (readings)
  std::vector<char> open;  ///< equations that need not hold (leaks); shape (equations)
  bool robust = false;     ///< Huber's loss instead of squares
  bool brief = false;      ///< give up where few steps do not settle it, and look nowhere else
  bool once = false;       ///< give up where the first way down does not settle it: there are simpler reasons to try
  bool thorough = false;   ///< look elsewhere for a better answer whatever this one looks like
  int max_iterations = 200;
  double tolerance = 1e-9;  ///< scaled: residuals, and the change of every estimate
};

/// Sum of squared adjustments over variance, of the readings in use.
double objective(const FitTask&, std::span<const double> x);

/// A point of a fit: values of all variables, with residuals and derivatives there.
struct Iterate {
  std::vector<double> x;         ///< shape (variables)
  std::vector<double> residual;  ///< [own units]; shape (equations)
  std::vector<double> jacobian;  ///< shape (non-zeros)
  std::vector<double> rounding;  ///< what rounding may leave of each residual; shape (equations)
};

/// The readings' loss near a point: first derivatives, and the diagonal of the second ones.
struct Slope {
  std::vector<double> gradient;  ///< shape (variables)
  std::vector<double> weight;    ///< 1/sd^2, 0 where unmeasured; shape (variables)
  std::vector<double> belief;    ///< Huber's weight of each reading, 1 without, 0 where not used; shape (readings)
};

/// Huber's constant: 95 % of the efficiency of least squares where errors are normal (Huber 1964).
inline constexpr double kHuber = 1.345;
/// A residual of so many times its rounding is zero. A guess that the tests bear out: terms are sums of terms themselves.
inline constexpr double kRoundingsAllowed = 4.0;

/// Minimise the loss of the readings subject to r(x) = 0 for every balance that is not open and low <= x <= high, with held
/// variables at their values. It holds no point: points belong to who moves them.
class FitProblem {
 public:
  FitProblem(const EquationSystem&, std::span<const Held>);
  /// The task must outlive what is asked about it. Calls are counted from here.
  void pose(const FitTask&);

  const EquationSystem& system() const { return system_; }
  const FitTask& task() const { return *task_; }
  const std::vector<Held>& held() const { return held_; }
  bool is_held(std::size_t variable) const { return held_mask_[variable]; }
  const std::vector<char>& held_mask() const { return held_mask_; }  ///< shape (variables)
  /// An unmeasured variable stays where it is, until release_anchored() or another task: nothing tells where it should go.
  void anchor(std::size_t variable);
  void release_anchored();
  const std::vector<std::size_t>& anchored() const { return anchored_; }
  const std::vector<double>& nominal() const { return nominal_; }  ///< shape (variables)
  bool curved() const { return system_.hessian_pattern().nonzeros() > 0; }
  int residual_calls() const { return residual_calls_; }

  /// Residuals, shape (equations). False: not here, or not finite.
  bool residual(std::span<const double> x, std::vector<double>& r) const;
  /// Residuals, Jacobian and rounding at point.x. False: not here, or not finite.
  bool evaluate(Iterate& point) const;

  /// Half the sum of squared adjustments over variance, or Huber's.
  double loss(std::span<const double> x) const;
  void weigh(std::span<const double> x, Slope& slope) const;

  /// The largest scaled residual of the balances that are not open, and the sum of all.
  double worst(std::span<const double> residual) const;
  double violation(std::span<const double> residual) const;
  /// Every balance that is not open is below the tolerance or what rounding leaves.
  bool closed(const Iterate& p) const { return closed(p, task_->tolerance, kOfTerms); }
  /// ... or below these shares of its size and of its terms.
  bool closed(const Iterate&, double of_size, double of_terms) const;

  /// Held variables to their values, the others inside their bounds.
  void put_inside(std::span<double> x) const;
  /// y = x + share * step inside the bounds.
  void move(std::span<const double> x, std::span<const double> step, double share, std::vector<double>& y) const;

 private:
  const EquationSystem& system_;
  std::vector<Held> held_;
  std::vector<char> held_mask_;  ///< held and anchored
  std::vector<std::size_t> anchored_;
  std::vector<double> nominal_;
  const FitTask* task_ = nullptr;
  mutable int residual_calls_ = 0;
};

bool all_finite(std::span<const double>);

}  // namespace castner::solve

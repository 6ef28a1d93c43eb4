// SPDX-License-Identifier: Apache-2.0
/// One step of the constrained least squares: the sparse symmetric system of stationarity and linearised balances.
///
/// The step d minimises d'Hd/2 + g'd while A d = -r. Its Lagrangian d'Hd/2 + g'd + l'(A d + r) is stationary where
/// H d + A'l = -g, and that with A d = -r is one linear system in d and the multipliers l:
///
///     [ H  A' ] [ d ]   [ p ]
///     [ A  0  ] [ l ] = [ q ],    p = -g,  q = -r,  H = diag(weight) + curvature.
///
///     Kkt kkt(system.jacobian_pattern(), system.hessian_pattern());     // once: the pattern and its order
///     if (kkt.factor({.jacobian = j, .weight = w, .size = nominal, .fixed = held, .open = open})) {
///       std::vector<double> d = minus_gradient, l = minus_residual;
///       kkt.solve(d, l);                                                // d is the step, l the multipliers
///     }
#pragma once

#include <span>
#include <vector>

#include "castner/numerics/sparse.h"
#include "castner/solve/sparse_lu.h"

namespace castner::solve {

/// The system is always solvable: unmeasured variables get a tiny weight and balances a tiny compliance, which pull towards
/// the current point and so vanish as the iteration converges; refinement against the true system takes them out of each
/// step as well. Rows and columns are scaled first, so that one is what one sd of a reading moves.
class Kkt {
 public:
  static constexpr int kRefinements = 5;  ///< at most; two or three are usual

  /// @param jacobian   shape (equations, variables)
  /// @param curvature  lower triangle, shape (variables, variables); may be empty of entries
  Kkt(const SparsePattern& jacobian, const SparsePattern& curvature);

  struct Values {
    std::span<const double> jacobian;
    std::span<const double> curvature;  ///< empty where it is not used
    std::span<const double> weight;     ///< 1/sd^2, 0 where unmeasured; shape (variables)
    std::span<const double> size;       ///< typical change of an unmeasured variable; shape (variables)
    std::span<const char> fixed;        ///< variables whose step is prescribed; shape (variables)
    std::span<const char> open;         ///< equations that do not hold (leaks); shape (equations)
    double damping = 0.0;               ///< added to every scaled diagonal entry: shorter, safer steps
    bool near_the_last = false;         ///< so near that the last factor will do, with refinement
  };
  /// What is factored next owes nothing to any system before: order, pivots nor factor.
  void forget();
  /// False where the system is singular in spite of all (not finite).
  [[nodiscard]] bool factor(const Values&);

  /// Overwrites p with d and q with l. For fixed variables p holds the prescribed step on entry.
  /// @param refinements  at most, against the true system; without any the tiny weight and compliance stay in
  void solve(std::span<double> p, std::span<double> q, int refinements = kRefinements) const;

  /// One over what an sd of the readings in it moves a balance; shape (equations).
  const std::vector<double>& row_scale() const { return row_; }

 private:
  void scale(const Values&);
  void assemble(const Values&);
  bool like_the_last(const Values&) const;
  void order(const Values&);
  /// b - M z of the true system, scaled
  void deviation(std::span<const double> b, std::span<const double> z, std::vector<double>& out) const;

  SparsePattern jacobian_, curvature_, pattern_;
  std::size_t n_ = 0, m_ = 0;                                           ///< variables, equations
  std::vector<int> diagonal_place_, jacobian_place_, curvature_place_;  ///< pairs of places: lower and upper
  std::vector<double> values_, factored_;  ///< the system, and the one lu_ holds (empty where none)
  std::vector<double> factored_weight_;
  std::vector<double> column_, row_, weight_, a_, h_;  ///< scales; scaled entries
  std::vector<char> fixed_, open_;
  SparseLu lu_;
};

}  // namespace castner::solve

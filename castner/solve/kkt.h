// SPDX-License-Identifier: Apache-2.0
/// One step of the constrained least squares: the sparse symmetric system of stationarity and linearised balances.
#pragma once

#include <span>
#include <vector>

#include "castner/numerics/sparse.h"
#include "castner/solve/sparse_lu.h"

namespace castner::solve {

/// [H A^T; A 0] [d; l] = [p; q], H = diag(weight) + curvature.
///
/// Always solvable: unmeasured variables get a tiny weight and balances a tiny compliance, which pull towards the current
/// point and so vanish as the iteration converges; refinement against the true system takes them out of each step as well.
class Kkt {
 public:
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
  /// False where the system is singular in spite of all (not finite).
  [[nodiscard]] bool factor(const Values&);

  /// Overwrites p with d and q with l. For fixed variables p holds the prescribed step on entry.
  void solve(std::span<double> p, std::span<double> q) const;

  /// Scale of each variable in the system (a step of one is one sd, or what moves the balances by as much).
  const std::vector<double>& column_scale() const { return column_; }
  const std::vector<double>& row_scale() const { return row_; }

 private:
  void scale(const Values&);
  bool like_the_last(const Values&) const;
  void order(const Values&);
  /// b - M z of the true system, scaled
  void deviation(std::span<const double> b, std::span<const double> z, std::vector<double>& out) const;

  SparsePattern jacobian_, curvature_, pattern_;
  int n_ = 0, m_ = 0;
  std::vector<int> diagonal_place_, jacobian_place_, curvature_place_;  ///< pairs of places: lower and upper
  std::vector<double> values_, factored_;  ///< the system, and the one lu_ holds (empty where none)
  std::vector<double> factored_weight_;
  std::vector<double> column_, row_, weight_, a_, h_;  ///< scales; scaled entries
  std::vector<char> fixed_, open_;
  SparseLu lu_;
};

}  // namespace castner::solve

// SPDX-License-Identifier: Apache-2.0
/// Sparse symmetric positive definite matrices: L D L', solutions, and the entries of the inverse on the factor's pattern.
///
/// With P A P' = L D L' the inverse Z satisfies L D L' Z = I, or Z = D^-1 L^-1 + (I - L') Z. L^-1 is unit lower triangular,
/// so that on and above the diagonal Z_ij = [i = j]/D_ii - sum over k > i of L_ki Z_kj. Where L_ki and L_ji are not zero L
/// has an entry (j, k) as well: going from the last column to the first, entries on the pattern of L need only each other.
///
///     Cholesky c;
///     if (c.factor(upper, values) > 0.0) {   // positive definite
///       c.solve(b);                          // b becomes A^-1 b
///       c.invert_selected();
///       const double v = c.inverse(3, 3);    // a variance, say
///     }
#pragma once

#include <span>
#include <vector>

#include "castner/numerics/sparse.h"

namespace castner::solve {

/// The factor is SuiteSparse's LDL, in an approximate minimum degree order (AMD); the selected inverse is ours.
class Cholesky {
 public:
  /// @param upper   upper triangle with its diagonal
  /// @param values  shape (non-zeros)
  /// @return        the smallest pivot over its diagonal entry: how far the matrix is from singular, in (0, 1];
  ///                0 or less where it is not positive definite, and the factor is then of no use
  double factor(const SparsePattern& upper, std::span<const double> values);

  /// Overwrites b with the solution. shape (size)
  void solve(std::span<double> b) const;

  /// Fills the entries of the inverse on the pattern of L (Takahashi, Fagan, Chin 1973).
  void invert_selected();
  /// An entry of the inverse, i and j any pair of the matrix's own pattern; after invert_selected().
  double inverse(int i, int j) const;

 private:
  int n_ = 0;
  std::vector<int> order_, position_;  ///< order_[new] = old, position_[old] = new
  SparsePattern l_;                    ///< L without its unit diagonal
  std::vector<double> value_, pivot_;  ///< of L, D
  std::vector<double> inverse_value_, inverse_diagonal_;
};

}  // namespace castner::solve

// SPDX-License-Identifier: Apache-2.0
/// Sparse symmetric positive definite matrices: L D L^T, solutions, and the entries of the inverse on the factor's pattern.
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "castner/numerics/sparse.h"

namespace castner::solve {

/// Up-looking L D L^T in an approximate minimum degree order. The order and the pattern of L are kept while the pattern of
/// the matrix stays the same.
class Cholesky {
 public:
  /// @param lower   lower triangle with its diagonal
  /// @param values  shape (non-zeros)
  /// @return        the smallest pivot over its diagonal entry: how far the matrix is from singular, in (0, 1];
  ///                0 or less where it is not positive definite, and the factor is then of no use
  double factor(const SparsePattern& lower, std::span<const double> values);

  int size() const { return n_; }
  /// Overwrites b with the solution. shape (size)
  void solve(std::span<double> b) const;

  /// Fills the entries of the inverse on the pattern of L (Takahashi, Fagan, Chin 1973).
  void invert_selected();
  /// An entry of the inverse, i and j any pair of the matrix's own pattern; after invert_selected().
  double inverse(int i, int j) const;

 private:
  void analyse(const SparsePattern& lower);

  int n_ = 0;
  SparsePattern lower_;
  std::vector<int> order_, position_;                       ///< order_[new] = old, position_[old] = new
  std::vector<int> parent_;                                 ///< elimination tree
  std::vector<int> upper_start_, upper_row_, upper_place_;  ///< the permuted matrix, upper triangle by columns
  std::vector<int> start_, row_;                            ///< L by columns, below the diagonal, rows ascending
  std::vector<double> value_, pivot_;
  std::vector<double> inverse_value_, inverse_diagonal_;
};

}  // namespace castner::solve

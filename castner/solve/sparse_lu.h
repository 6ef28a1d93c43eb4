// SPDX-License-Identifier: Apache-2.0
/// Solves sparse square linear equations by LU with partial pivoting (KLU); the ordering is kept between calls.
#pragma once

#include <memory>
#include <span>
#include <vector>

#include "castner/numerics/sparse.h"

namespace castner::solve {

class SparseLu {
 public:
  SparseLu();
  ~SparseLu();
  SparseLu(SparseLu&&) noexcept;
  SparseLu& operator=(SparseLu&&) noexcept;

  /// Orders a pattern; it is copied. Must come before factor().
  void analyse(const SparsePattern&);
  bool analysed() const;
  /// The same for a symmetric matrix some of whose diagonal is as good as zero: partner[k] is the row whose entry in
  /// column k is to be the pivot (a permutation; k itself where the diagonal is good).
  void analyse_paired(const SparsePattern&, const std::vector<int>& partner);
  /// @param values  shape (non-zeros). False where the matrix is singular to working accuracy.
  [[nodiscard]] bool factor(std::span<const double> values);
  /// Overwrites b with the solution; only after a factor() that was true. shape (rows)
  void solve(std::span<double> b) const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace castner::solve

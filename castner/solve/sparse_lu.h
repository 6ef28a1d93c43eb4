// SPDX-License-Identifier: Apache-2.0
/// Solves sparse square linear equations by LU with partial pivoting (KLU); the ordering is kept between calls.
#pragma once

#include <memory>
#include <span>

#include "castner/numerics/sparse.h"

namespace castner::solve {

class SparseLu {
 public:
  enum class Ordering { general, symmetric };  ///< symmetric: rows and columns are permuted alike (KKT systems)

  SparseLu();
  ~SparseLu();
  SparseLu(SparseLu&&) noexcept;
  SparseLu& operator=(SparseLu&&) noexcept;

  /// Orders a pattern; it is copied. Must come before factor().
  void analyse(const SparsePattern&, Ordering = Ordering::general);
  bool analysed() const;
  /// @param values  shape (non-zeros). False where the matrix is singular to working accuracy.
  [[nodiscard]] bool factor(std::span<const double> values);
  /// Overwrites b with the solution; only after a factor() that was true. shape (rows)
  void solve(std::span<double> b) const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace castner::solve

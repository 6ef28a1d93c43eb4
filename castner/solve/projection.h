// SPDX-License-Identifier: Apache-2.0
/// The balances with everything unmeasured eliminated: what the readings must satisfy among themselves, what they say
/// about the rest, and how sure that is.
///
/// Elimination turns A x = b into B x_m = b' (measured columns alone) and x_u = T x_m + t. The adjustments a = x_m - y of least
/// a' V^-1 a with B (y + a) = b' are a = -V B' S^-1 (B y - b'), S = B V B'; so cov(a) = V B' S^-1 B V, and what is left of V is
/// the posterior C = V - cov(a), with T C T' for the unmeasured.
///
///     const Projection p({.columns = 3, .rows = {{{0, 1.0}, {1, -1.0}, {2, -1.0}}}, .sd = {0.1, 0.1, 0.1},
///                         .constant = {false, false, false}, .leak_rows = {}});   // x0 = x1 + x2, all measured
///     p.redundant(0);          // true: the other two say what it must be
///     p.adjustment_sd(0);      // 0.1/sqrt(3)
///     p.variance(0);           // 0.01 * 2/3
#pragma once

#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "castner/numerics/sparse.h"
#include "castner/solve/cholesky.h"
#include "castner/solve/elimination.h"

namespace castner::solve {

/// The linearised problem at a solution. A column is a variable, or stands for a second reading of one.
struct Linearised {
  int columns = 0;
  std::vector<SparseRow> rows;  ///< the balances that hold, own units; shape (balances)
  std::vector<double> sd;       ///< of each column's reading, 0 where unmeasured; shape (columns)
  std::vector<bool> constant;   ///< columns that do not vary; they stand in no row; shape (columns)
  std::vector<int> leak_rows;   ///< rows that may leak; shape (leaks)
};

/// V = diag(sd^2). docs/models/reconciliation.md has the tests that are built on this.
class Projection {
 public:
  explicit Projection(const Linearised&);

  /// Rank of the balances among measured columns.
  int degrees_of_freedom() const { return static_cast<int>(balances_.size()); }
  /// Measured, and without its reading still determined.
  bool redundant(int column) const { return sd_[index(column)] > 0.0 && !by_column_[index(column)].empty(); }
  /// Measured, constant, or following from what is.
  bool observable(int column) const { return observable_[index(column)]; }
  /// Standard deviation of the adjustment of a redundant column, own units.
  double adjustment_sd(int column) const;
  /// Posterior variance of an observable column.
  double variance(int column) const { return variance_[index(column)]; }

  /// A leak alone, found from adjustments a = x - y of the measured columns; shape of a (columns).
  struct Leak {
    double size = 0.0;  ///< residual of its balance: what goes in and does not come out
    double sd = 0.0;    ///< 0 where it cannot be seen
  };
  Leak leak(int k, std::span<const double> adjustment) const;
  /// The part of leak() that all leaks share: call once, pass to leak_from().
  std::vector<double> multipliers(std::span<const double> adjustment) const;
  Leak leak_from(int k, std::span<const double> multipliers) const;

  /// The smallest weighted adjustments that cancel errors of the readings: a with B (error + a) = 0; shape (columns).
  std::vector<double> adjust(std::span<const double> error) const;

  /// The covariance matrix times a gradient; shape (columns). nullopt where it depends on something unobservable.
  std::optional<std::vector<double>> covariance_times(std::span<const std::pair<int, double>> gradient) const;

 private:
  static std::size_t index(int i) { return static_cast<std::size_t>(i); }
  void eliminate_unmeasured(const Linearised&);
  void solve_unmeasured(const std::vector<SparseRow>& rows, const Elimination&, const std::vector<double>& scale);
  void make_independent();
  /// @param shift  added to the diagonal of S (whose entries are 1)
  double factor(double shift = 0.0);
  void find_variances();
  /// A gradient in measured columns alone; false where an unobservable column remains.
  bool reduce(std::span<const std::pair<int, double>> gradient, std::vector<double>& measured) const;
  /// B g
  std::vector<double> balances_times(std::span<const double> g) const;
  /// V (g - B^T v): covariance times a reduced gradient, when S v = B V g
  std::vector<double> posterior(std::vector<double> g, std::span<const double> v) const;
  /// c^T S^-1 c for a column of B
  double strength(const SparseRow& column) const;

  int columns_ = 0;
  int leaks_ = 0;
  std::vector<double> sd_;
  std::vector<SparseRow> balances_;   ///< B by rows, columns_ + k is leak k; scaled so that S has a unit diagonal
  std::vector<SparseRow> by_column_;  ///< B by columns: (balance, value); shape (columns + leaks)
  std::vector<SparseRow> solved_;     ///< T, own units; shape (columns), empty where measured
  std::vector<bool> observable_;
  Cholesky factor_;
  std::vector<double> variance_;
};

}  // namespace castner::solve

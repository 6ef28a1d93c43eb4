// SPDX-License-Identifier: Apache-2.0
#include "castner/solve/cholesky.h"

#include <amd.h>
#define NCOMPLEX  // no complex matrices
#include <cs.h>
extern "C" {  // ldl.h does not say so itself
#include <ldl.h>
}

#include <algorithm>
#include <memory>
#include <numeric>

#include "castner/base/check.h"
#include "castner/solve/index.h"

namespace castner::solve {

// LDL and CXSparse take non-const pointers but write only what is theirs to write.

double Cholesky::factor(const SparsePattern& upper, std::span<const double> values) {
  check(upper.rows == upper.cols && values.size() == upper.row.size(), "a square matrix, a value for each place");
  n_ = upper.rows;
  inverse_value_.clear();
  inverse_diagonal_.clear();
  if (n_ == 0) return 1.0;
  const std::size_t n = at(n_);
  auto *start = const_cast<int*>(upper.start.data()), *row = const_cast<int*>(upper.row.data());
  order_.resize(n);
  position_.resize(n);
  amd_order(n_, start, row, order_.data(), nullptr, nullptr);
  for (std::size_t k = 0; k < n; ++k) position_[at(order_[k])] = static_cast<int>(k);

  const cs_di a{upper.nonzeros(), n_, n_, start, row, const_cast<double*>(values.data()), -1};
  const std::unique_ptr<cs_di, decltype(&cs_di_spfree)> p(cs_di_symperm(&a, position_.data(), 1), &cs_di_spfree);
  check(p != nullptr, "CXSparse has memory for a permuted matrix");
  std::vector<int> parent(n), entries(n), flag(n), pattern(n);
  std::vector<double> work(n);
  l_.rows = l_.cols = n_;
  l_.start.resize(n + 1);
  pivot_.resize(n);
  ldl_symbolic(n_, p->p, p->i, l_.start.data(), parent.data(), entries.data(), flag.data(), nullptr, nullptr);
  l_.row.resize(at(l_.start.back()));
  value_.resize(l_.row.size());
  const int done =
      ldl_numeric(n_, p->p, p->i, p->x, l_.start.data(), parent.data(), entries.data(), l_.row.data(), value_.data(),
                  pivot_.data(), work.data(), pattern.data(), flag.data(), nullptr, nullptr);
  if (done < n_) return 0.0;  // a pivot of exactly zero ends it

  double smallest = 1.0;
  for_each_entry(upper, [&](std::size_t r, std::size_t c, std::size_t k) {
    if (r == c) smallest = std::min(smallest, values[k] > 0.0 ? pivot_[at(position_[c])] / values[k] : 0.0);
  });
  return smallest;
}

void Cholesky::solve(std::span<double> b) const {
  std::vector<double> x(at(n_));
  auto *start = const_cast<int*>(l_.start.data()), *row = const_cast<int*>(l_.row.data());
  auto *value = const_cast<double*>(value_.data()), *pivot = const_cast<double*>(pivot_.data());
  auto* order = const_cast<int*>(order_.data());
  ldl_perm(n_, x.data(), b.data(), order);
  ldl_lsolve(n_, x.data(), start, row, value);
  ldl_dsolve(n_, x.data(), pivot);
  ldl_ltsolve(n_, x.data(), start, row, value);
  ldl_permt(n_, b.data(), x.data(), order);
}

void Cholesky::invert_selected() {
  const std::size_t n = at(n_);
  inverse_value_.assign(value_.size(), 0.0);
  inverse_diagonal_.assign(n, 0.0);
  std::vector<double> sum(n, 0.0), column(n, 0.0);
  std::vector<int> mark(n, -1);
  for (int j = n_ - 1; j >= 0; --j) {
    const SparseColumn below = l_.column(at(j));
    for (const auto [i, p] : below) {
      mark[i] = j;
      column[i] = value_[p];
      sum[i] = 0.0;
    }
    // Both halves of the symmetric inverse contribute to the sums over k of L_kj Z_ki.
    for (const auto [k, p] : below) {
      const double l = value_[p];
      double own = l * inverse_diagonal_[k];
      for (const auto [i, q] : l_.column(k)) {
        if (mark[i] != j) continue;
        sum[i] += l * inverse_value_[q];
        own += column[i] * inverse_value_[q];
      }
      sum[k] += own;
    }
    double diagonal = 1.0 / pivot_[at(j)];
    for (const auto [i, p] : below) {
      inverse_value_[p] = -sum[i];
      diagonal += value_[p] * sum[i];
    }
    inverse_diagonal_[at(j)] = diagonal;
  }
}

double Cholesky::inverse(int i, int j) const {
  check(!inverse_diagonal_.empty(), "the inverse is selected before it is asked for");
  int a = position_[at(i)], b = position_[at(j)];
  if (a == b) return inverse_diagonal_[at(a)];
  if (a > b) std::swap(a, b);
  const auto first = l_.row.begin() + l_.start[at(a)], last = l_.row.begin() + l_.start[at(a) + 1];
  const auto found = std::lower_bound(first, last, b);
  check(found != last && *found == b, "an entry of the inverse is asked for on the pattern of the matrix");
  return inverse_value_[static_cast<std::size_t>(found - l_.row.begin())];
}

}  // namespace castner::solve

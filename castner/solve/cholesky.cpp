// SPDX-License-Identifier: Apache-2.0
#include "castner/solve/cholesky.h"

#include <amd.h>

#include <algorithm>
#include <limits>
#include <numeric>

#include "castner/base/check.h"
#include "castner/solve/index.h"

namespace castner::solve {

void Cholesky::analyse(const SparsePattern& lower) {
  n_ = lower.rows;
  lower_ = lower;
  order_.resize(at(n_));
  std::iota(order_.begin(), order_.end(), 0);
  // AMD takes one triangle and works with A + A^T.
  if (n_ > 0) amd_order(n_, lower.start.data(), lower.row.data(), order_.data(), nullptr, nullptr);
  position_.resize(at(n_));
  for (int k = 0; k < n_; ++k) position_[at(order_[at(k)])] = k;

  upper_start_.assign(at(n_) + 1, 0);
  for (int c = 0; c < n_; ++c)
    for (int k = lower.start[at(c)]; k < lower.start[at(c) + 1]; ++k)
      ++upper_start_[at(std::max(position_[at(c)], position_[at(lower.row[at(k)])])) + 1];
  std::partial_sum(upper_start_.begin(), upper_start_.end(), upper_start_.begin());
  upper_row_.resize(lower.row.size());
  upper_place_.resize(lower.row.size());
  auto next = upper_start_;
  for (int c = 0; c < n_; ++c)
    for (int k = lower.start[at(c)]; k < lower.start[at(c) + 1]; ++k) {
      const int i = position_[at(c)], j = position_[at(lower.row[at(k)])];
      const int to = next[at(std::max(i, j))]++;
      upper_row_[at(to)] = std::min(i, j);
      upper_place_[at(to)] = k;
    }

  // Row k of L is what climbing the elimination tree from the entries of column k of the upper triangle passes.
  parent_.assign(at(n_), -1);
  std::vector<int> flag(at(n_), -1), entries(at(n_), 0);
  for (int k = 0; k < n_; ++k) {
    flag[at(k)] = k;
    for (int p = upper_start_[at(k)]; p < upper_start_[at(k) + 1]; ++p)
      for (int i = upper_row_[at(p)]; flag[at(i)] != k; i = parent_[at(i)]) {
        if (parent_[at(i)] < 0) parent_[at(i)] = k;
        ++entries[at(i)];
        flag[at(i)] = k;
      }
  }
  start_.assign(at(n_) + 1, 0);
  std::partial_sum(entries.begin(), entries.end(), start_.begin() + 1);
  row_.resize(at(start_.back()));
  value_.resize(row_.size());
  pivot_.resize(at(n_));
}

double Cholesky::factor(const SparsePattern& lower, std::span<const double> values) {
  check(lower.rows == lower.cols && values.size() == lower.row.size(), "a square matrix, a value for each place");
  if (n_ != lower.rows || lower.start != lower_.start || lower.row != lower_.row || order_.empty()) analyse(lower);
  inverse_value_.clear();

  std::vector<double> y(at(n_), 0.0);
  std::vector<int> flag(at(n_), -1), path(at(n_)), pattern(at(n_)), filled(start_.begin(), start_.end() - 1);
  double smallest = 1.0;
  for (int k = 0; k < n_; ++k) {
    int top = n_;
    flag[at(k)] = k;
    double diagonal = 0.0;
    for (int p = upper_start_[at(k)]; p < upper_start_[at(k) + 1]; ++p) {
      int i = upper_row_[at(p)];
      const double v = values[at(upper_place_[at(p)])];
      if (i == k) {
        diagonal += v;
        continue;
      }
      y[at(i)] += v;
      int length = 0;
      for (; flag[at(i)] != k; i = parent_[at(i)]) {
        path[at(length++)] = i;
        flag[at(i)] = k;
      }
      while (length > 0) pattern[at(--top)] = path[at(--length)];
    }
    double d = diagonal;
    for (; top < n_; ++top) {  // row k of L, in topological order
      const int i = pattern[at(top)];
      const double yi = y[at(i)];
      y[at(i)] = 0.0;
      const int end = filled[at(i)];
      for (int p = start_[at(i)]; p < end; ++p) y[at(row_[at(p)])] -= value_[at(p)] * yi;
      const double l = yi / pivot_[at(i)];
      d -= l * yi;
      row_[at(end)] = k;
      value_[at(end)] = l;
      ++filled[at(i)];
    }
    pivot_[at(k)] = d;
    smallest = std::min(smallest, diagonal > 0.0 ? d / diagonal : 0.0);
    if (!(d > 0.0)) return std::min(smallest, 0.0);
  }
  return smallest;
}

void Cholesky::solve(std::span<double> b) const {
  std::vector<double> x(at(n_));
  for (int k = 0; k < n_; ++k) x[at(k)] = b[at(order_[at(k)])];
  for (int k = 0; k < n_; ++k) {
    const double v = x[at(k)];
    if (v == 0.0) continue;
    for (int p = start_[at(k)]; p < start_[at(k) + 1]; ++p) x[at(row_[at(p)])] -= value_[at(p)] * v;
  }
  for (int k = n_ - 1; k >= 0; --k) {
    double v = x[at(k)] / pivot_[at(k)];
    for (int p = start_[at(k)]; p < start_[at(k) + 1]; ++p) v -= value_[at(p)] * x[at(row_[at(p)])];
    x[at(k)] = v;
  }
  for (int k = 0; k < n_; ++k) b[at(order_[at(k)])] = x[at(k)];
}

void Cholesky::invert_selected() {
  // Z = D^-1 L^-1 + (I - L^T) Z, from the last column to the first; on the pattern of L it needs only that pattern.
  inverse_value_.assign(value_.size(), 0.0);
  inverse_diagonal_.assign(at(n_), 0.0);
  std::vector<double> sum(at(n_), 0.0), column(at(n_), 0.0);
  std::vector<int> mark(at(n_), -1);
  for (int j = n_ - 1; j >= 0; --j) {
    const int from = start_[at(j)], to = start_[at(j) + 1];
    for (int p = from; p < to; ++p) {
      const int i = row_[at(p)];
      mark[at(i)] = j;
      column[at(i)] = value_[at(p)];
      sum[at(i)] = 0.0;
    }
    for (int p = from; p < to; ++p) {
      const int k = row_[at(p)];
      const double l = value_[at(p)];
      double own = l * inverse_diagonal_[at(k)];
      for (int q = start_[at(k)]; q < start_[at(k) + 1]; ++q) {
        const int i = row_[at(q)];
        if (mark[at(i)] != j) continue;
        sum[at(i)] += l * inverse_value_[at(q)];
        own += column[at(i)] * inverse_value_[at(q)];
      }
      sum[at(k)] += own;
    }
    double diagonal = 1.0 / pivot_[at(j)];
    for (int p = from; p < to; ++p) {
      const int i = row_[at(p)];
      inverse_value_[at(p)] = -sum[at(i)];
      diagonal += value_[at(p)] * sum[at(i)];
    }
    inverse_diagonal_[at(j)] = diagonal;
  }
}

double Cholesky::inverse(int i, int j) const {
  int a = position_[at(i)], b = position_[at(j)];
  if (a == b) return inverse_diagonal_[at(a)];
  if (a > b) std::swap(a, b);
  const auto first = row_.begin() + start_[at(a)], last = row_.begin() + start_[at(a) + 1];
  const auto found = std::lower_bound(first, last, b);
  check(found != last && *found == b, "an entry of the inverse is asked for on the pattern of the matrix");
  return inverse_value_[at(static_cast<int>(found - row_.begin()))];
}

}  // namespace castner::solve

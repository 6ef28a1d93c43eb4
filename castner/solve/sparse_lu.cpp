// SPDX-License-Identifier: Apache-2.0
#include "castner/solve/sparse_lu.h"

#include <amd.h>
#include <klu.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "castner/base/check.h"
#include "castner/solve/index.h"

namespace castner::solve {

struct SparseLu::State {
  SparsePattern pattern;
  klu_common common{};
  klu_symbolic* symbolic = nullptr;
  klu_numeric* numeric = nullptr;
  double growth = 0.0;  // reciprocal pivot growth of the last full factorisation

  ~State() { release(); }
  void release() {
    if (numeric) klu_free_numeric(&numeric, &common);
    if (symbolic) klu_free_symbolic(&symbolic, &common);
  }
};

SparseLu::SparseLu() = default;
SparseLu::~SparseLu() = default;
SparseLu::SparseLu(SparseLu&&) noexcept = default;
SparseLu& SparseLu::operator=(SparseLu&&) noexcept = default;

bool SparseLu::analysed() const { return state_ != nullptr; }

void SparseLu::analyse(const SparsePattern& pattern) {
  check(pattern.rows == pattern.cols, "LU solves square systems");
  state_ = std::make_unique<State>();
  auto& s = *state_;
  s.pattern = pattern;
  klu_defaults(&s.common);
  if (pattern.rows > 0) s.symbolic = klu_analyze(pattern.rows, s.pattern.start.data(), s.pattern.row.data(), &s.common);
}

void SparseLu::analyse_paired(const SparsePattern& pattern, const std::vector<int>& partner) {
  check(pattern.rows == pattern.cols, "LU solves square systems");
  state_ = std::make_unique<State>();
  auto& s = *state_;
  s.pattern = pattern;
  klu_defaults(&s.common);
  s.common.btf = 0;
  const int n = pattern.rows;
  if (n == 0) return;
  // Minimum degree on the matrix with its rows exchanged; AMD adds the transpose itself.
  std::vector<int> new_row(at(n)), row(pattern.row.size()), order(at(n)), rows(at(n));
  for (int k = 0; k < n; ++k) new_row[at(partner[at(k)])] = k;
  for (std::size_t k = 0; k < row.size(); ++k) row[k] = new_row[at(pattern.row[k])];
  for (int c = 0; c < n; ++c) std::sort(row.begin() + pattern.start[at(c)], row.begin() + pattern.start[at(c) + 1]);
  amd_order(n, pattern.start.data(), row.data(), order.data(), nullptr, nullptr);
  for (int k = 0; k < n; ++k) rows[at(k)] = partner[at(order[at(k)])];
  s.common.ordering = 2;
  s.symbolic = klu_analyze_given(n, s.pattern.start.data(), s.pattern.row.data(), rows.data(), order.data(), &s.common);
}

bool SparseLu::factor(std::span<const double> values) {
  check(analysed(), "a pattern is analysed before it is factored");
  auto& s = *state_;
  check(values.size() == s.pattern.row.size(), "one value for each place of the pattern");
  if (s.pattern.rows == 0) return true;
  if (!s.symbolic) return false;
  auto *start = s.pattern.start.data(), *row = s.pattern.row.data();
  auto* a = const_cast<double*>(values.data());  // KLU takes a non-const pointer but only reads
  // The pivots of the last matrix are usually good for the next; where numbers grow much more, they are chosen anew.
  if (s.numeric && klu_refactor(start, row, a, s.symbolic, s.numeric, &s.common) && s.common.status == KLU_OK &&
      klu_rgrowth(start, row, a, s.symbolic, s.numeric, &s.common) && s.common.rgrowth > 0.1 * s.growth) {
    klu_rcond(s.symbolic, s.numeric, &s.common);
    if (std::isfinite(s.common.rcond) && s.common.rcond > std::numeric_limits<double>::min()) return true;
  }
  if (s.numeric) klu_free_numeric(&s.numeric, &s.common);
  s.numeric = klu_factor(start, row, a, s.symbolic, &s.common);
  if (!s.numeric || s.common.status != KLU_OK) return false;
  klu_rgrowth(start, row, a, s.symbolic, s.numeric, &s.common);
  s.growth = s.common.rgrowth;
  klu_rcond(s.symbolic, s.numeric, &s.common);
  return std::isfinite(s.common.rcond) && s.common.rcond > std::numeric_limits<double>::min();
}

void SparseLu::solve(std::span<double> b) const {
  check(analysed() && count(b) == state_->pattern.rows, "a right-hand side has one entry a row");
  auto& s = *state_;
  if (s.pattern.rows == 0) return;
  check(s.numeric != nullptr, "a matrix is factored before it is solved with");
  klu_solve(s.symbolic, s.numeric, s.pattern.rows, 1, b.data(), &s.common);
}

}  // namespace castner::solve

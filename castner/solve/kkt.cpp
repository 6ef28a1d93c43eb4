// SPDX-License-Identifier: Apache-2.0
#include "castner/solve/kkt.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "castner/solve/index.h"
#include "castner/solve/matching.h"

namespace castner::solve {
namespace {

// Perturbations that make every system solvable, next to 1 for a measured variable (guesses that the tests bear out: the
// first is small enough that refinement takes it out, large enough that the factor keeps half of its digits).
constexpr double kProximal = 1e-8;      // weight of an unmeasured variable
constexpr double kCompliance = 1e-10;   // of a balance
constexpr double kRefined = 1e-13;      // a change of the solution that is rounding
constexpr double kGoodPivot = 0.1;      // of the largest entry of a column: the usual threshold of sparse LU
constexpr double kHardlyEnters = 1e-6;  // a reading that moves a balance by less than this share does not set its scale

}  // namespace

Kkt::Kkt(const SparsePattern& jacobian, const SparsePattern& curvature)
    : jacobian_(jacobian), curvature_(curvature), n_(at(jacobian.cols)), m_(at(jacobian.rows)) {
  std::vector<std::pair<int, int>> entries;
  const auto add_both = [&](std::size_t r, std::size_t c) {
    entries.push_back(sparse_place(r, c));
    entries.push_back(sparse_place(c, r));
  };
  for (std::size_t i = 0; i < n_ + m_; ++i) entries.push_back(sparse_place(i, i));
  for_each_entry(jacobian_, [&](std::size_t r, std::size_t c, std::size_t) { add_both(n_ + r, c); });
  for_each_entry(curvature_, [&](std::size_t r, std::size_t c, std::size_t) { add_both(r, c); });
  std::vector<int> place;
  pattern_ = make_pattern(static_cast<int>(n_ + m_), static_cast<int>(n_ + m_), entries, &place);
  const auto second = place.begin() + static_cast<std::ptrdiff_t>(n_ + m_);
  const auto third = second + 2 * jacobian_.nonzeros();
  diagonal_place_.assign(place.begin(), second);
  jacobian_place_.assign(second, third);
  curvature_place_.assign(third, place.end());
  values_.resize(pattern_.row.size());
}

/// An unmeasured variable has no diagonal to speak of: it is paired with a balance that determines it, where there is one.
void Kkt::order(const Values& v) {
  SparsePattern candidates;
  candidates.rows = jacobian_.rows;
  candidates.cols = jacobian_.cols;
  for (std::size_t c = 0; c < n_; ++c) {
    double largest = 0.0;
    for (const auto [r, k] : jacobian_.column(c)) largest = std::max(largest, std::abs(a_[k]));
    if (!(v.weight[c] > 0.0) && !fixed_[c] && largest > 0.0)
      for (const auto [r, k] : jacobian_.column(c))
        if (std::abs(a_[k]) >= kGoodPivot * largest) candidates.row.push_back(static_cast<int>(r));
    candidates.start.push_back(candidates.nonzeros());
  }
  const std::vector<int> row_of_column = match(candidates);
  std::vector<int> partner(n_ + m_);
  std::iota(partner.begin(), partner.end(), 0);
  for (std::size_t c = 0; c < n_; ++c)
    if (const int r = row_of_column[c]; r >= 0) std::swap(partner[c], partner[n_ + at(r)]);
  lu_.analyse_paired(pattern_, partner);
}

/// Measured variables by their sd; each balance by what its readings move it; unmeasured variables so that they move
/// their balances by as much as a reading does.
void Kkt::scale(const Values& v) {
  column_.resize(n_);
  row_.assign(m_, 0.0);
  std::vector<double> all(m_, 0.0), free(m_, 0.0), largest(n_, 0.0);
  for (std::size_t c = 0; c < n_; ++c) column_[c] = v.weight[c] > 0.0 ? 1.0 / std::sqrt(v.weight[c]) : v.size[c];
  for_each_entry(jacobian_, [&](std::size_t r, std::size_t c, std::size_t k) {
    const double moves = std::abs(v.jacobian[k]) * column_[c];
    all[r] = std::max(all[r], moves);
    if (!v.fixed[c]) free[r] = std::max(free[r], moves);
    if (v.weight[c] > 0.0 && !v.fixed[c]) row_[r] = std::max(row_[r], moves);
  });
  for (std::size_t r = 0; r < m_; ++r) {
    const double s = row_[r] > kHardlyEnters * free[r] ? row_[r] : all[r];
    row_[r] = s > 0.0 ? 1.0 / s : 1.0;
  }
  for_each_entry(jacobian_, [&](std::size_t r, std::size_t c, std::size_t k) {
    largest[c] = std::max(largest[c], std::abs(v.jacobian[k]) * column_[c] * row_[r]);
  });
  for (std::size_t c = 0; c < n_; ++c)
    if (!(v.weight[c] > 0.0) && largest[c] > 0.0) column_[c] /= largest[c];
}

/// The same weights, the same things fixed and open as in the system that lu_ holds.
bool Kkt::like_the_last(const Values& v) const {
  return !factored_.empty() && std::equal(v.weight.begin(), v.weight.end(), factored_weight_.begin()) &&
         std::equal(v.fixed.begin(), v.fixed.end(), fixed_.begin()) &&
         std::equal(v.open.begin(), v.open.end(), open_.begin());
}

/// The scaled system, without what refinement is to take out in weight_, a_ and h_, and with it in values_.
void Kkt::assemble(const Values& v) {
  fixed_.assign(v.fixed.begin(), v.fixed.end());
  open_.assign(v.open.begin(), v.open.end());
  weight_.resize(n_);
  a_.resize(v.jacobian.size());
  h_.resize(v.curvature.size());
  std::fill(values_.begin(), values_.end(), 0.0);
  for (std::size_t c = 0; c < n_; ++c) {
    const bool measured = v.weight[c] > 0.0;  // then 1/sd^2 in units of 1/sd^2
    weight_[c] = (measured ? 1.0 : 0.0) + v.damping;
    values_[at(diagonal_place_[c])] = fixed_[c] ? 1.0 : (measured ? 1.0 : kProximal) + v.damping;
  }
  for (std::size_t r = 0; r < m_; ++r) values_[at(diagonal_place_[n_ + r])] = open_[r] ? -1.0 : -kCompliance;
  for_each_entry(jacobian_, [&](std::size_t r, std::size_t c, std::size_t k) {
    a_[k] = open_[r] ? 0.0 : v.jacobian[k] * column_[c] * row_[r];
    if (fixed_[c]) return;
    values_[at(jacobian_place_[2 * k])] = a_[k];
    values_[at(jacobian_place_[2 * k + 1])] = a_[k];
  });
  if (h_.empty()) return;
  for_each_entry(curvature_, [&](std::size_t r, std::size_t c, std::size_t k) {
    h_[k] = v.curvature[k] * column_[c] * column_[r];
    if (fixed_[c] || fixed_[r]) return;
    values_[at(curvature_place_[2 * k])] += h_[k];
    if (r != c) values_[at(curvature_place_[2 * k + 1])] += h_[k];
  });
}

void Kkt::forget() {
  factored_.clear();
  lu_ = {};
}

bool Kkt::factor(const Values& v) {
  const bool keep = v.near_the_last && like_the_last(v);
  if (!keep) scale(v);
  assemble(v);
  if (!std::all_of(values_.begin(), values_.end(), [](double x) { return std::isfinite(x); })) return false;
  if (!lu_.analysed()) order(v);
  if (keep || values_ == factored_) return true;  // or the same instruments on the same linear balances
  factored_.clear();
  if (!lu_.factor(values_)) return false;
  factored_ = values_;
  factored_weight_.assign(v.weight.begin(), v.weight.end());
  return true;
}

void Kkt::deviation(std::span<const double> b, std::span<const double> z, std::vector<double>& out) const {
  out.assign(b.begin(), b.end());
  const auto variables = std::span(out).first(n_), balances = std::span(out).subspan(n_);
  for (std::size_t c = 0; c < n_; ++c) variables[c] -= weight_[c] * z[c];
  add_transposed_product(jacobian_, a_, z.subspan(n_), variables, -1.0);
  add_product(jacobian_, a_, z.first(n_), balances, -1.0);
  if (!h_.empty()) add_symmetric_product(curvature_, h_, z.first(n_), variables, -1.0);
  for (std::size_t c = 0; c < n_; ++c)
    if (fixed_[c]) variables[c] = b[c] - z[c];
  for (std::size_t r = 0; r < m_; ++r)
    if (open_[r]) balances[r] = 0.0;
}

void Kkt::solve(std::span<double> p, std::span<double> q, int refinements) const {
  const std::size_t size = n_ + m_;
  std::vector<double> b(size), z(size, 0.0), e;
  for (std::size_t c = 0; c < n_; ++c) b[c] = fixed_[c] ? p[c] / column_[c] : p[c] * column_[c];
  for (std::size_t r = 0; r < m_; ++r) b[n_ + r] = open_[r] ? 0.0 : q[r] * row_[r];
  // Prescribed steps first: the deviation then holds what they leave for the others.
  for (std::size_t c = 0; c < n_; ++c)
    if (fixed_[c]) z[c] = b[c];
  double before = 0.0;
  for (int k = 0; k <= refinements; ++k) {
    deviation(b, z, e);
    lu_.solve(e);
    double change = 0.0, total = 0.0;
    for (double& v : e) {
      if (!std::isfinite(v)) v = 0.0;
      change = std::max(change, std::abs(v));
    }
    if (k > 0 && change > 0.5 * before) break;  // the rest is rounding, or a direction nothing determines
    for (std::size_t i = 0; i < size; ++i) {
      z[i] += e[i];
      total = std::max(total, std::abs(z[i]));
    }
    before = change;
    if (change <= kRefined * total) break;
  }
  for (std::size_t c = 0; c < n_; ++c) p[c] = z[c] * column_[c];
  for (std::size_t r = 0; r < m_; ++r) q[r] = z[n_ + r] * row_[r];
}

}  // namespace castner::solve

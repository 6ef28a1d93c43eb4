// SPDX-License-Identifier: Apache-2.0
#include "castner/solve/kkt.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "castner/solve/index.h"
#include "castner/solve/matching.h"

namespace castner::solve {
namespace {

constexpr double kProximal = 1e-8;     // weight of an unmeasured variable, next to one for a measured
constexpr double kCompliance = 1e-10;  // of a balance
constexpr int kRefinements = 5;
constexpr double kGoodPivot = 0.1;  // of the largest entry of a column

}  // namespace

Kkt::Kkt(const SparsePattern& jacobian, const SparsePattern& curvature)
    : jacobian_(jacobian), curvature_(curvature), n_(jacobian.cols), m_(jacobian.rows) {
  std::vector<std::pair<int, int>> entries;
  for (int i = 0; i < n_ + m_; ++i) entries.emplace_back(i, i);
  for (int c = 0; c < n_; ++c)
    for (int k = jacobian_.start[at(c)]; k < jacobian_.start[at(c) + 1]; ++k) {
      entries.emplace_back(n_ + jacobian_.row[at(k)], c);
      entries.emplace_back(c, n_ + jacobian_.row[at(k)]);
    }
  for (int c = 0; c < n_; ++c)
    for (int k = curvature_.start[at(c)]; k < curvature_.start[at(c) + 1]; ++k) {
      entries.emplace_back(curvature_.row[at(k)], c);
      entries.emplace_back(c, curvature_.row[at(k)]);
    }
  std::vector<int> place;
  const auto pattern = make_pattern(n_ + m_, n_ + m_, entries, &place);
  const auto second = place.begin() + n_ + m_, third = second + 2 * jacobian_.nonzeros();
  diagonal_place_.assign(place.begin(), second);
  jacobian_place_.assign(second, third);
  curvature_place_.assign(third, place.end());
  values_.resize(pattern.row.size());
  pattern_ = pattern;
}

/// An unmeasured variable has no diagonal to speak of: it is paired with a balance that determines it, where there is one.
void Kkt::order(const Values& v) {
  SparsePattern candidates;
  candidates.rows = m_;
  candidates.cols = n_;
  for (int c = 0; c < n_; ++c) {
    const int from = jacobian_.start[at(c)], to = jacobian_.start[at(c) + 1];
    double largest = 0.0;
    for (int k = from; k < to; ++k) largest = std::max(largest, std::abs(a_[at(k)]));
    for (int k = from; k < to; ++k)
      if (!(v.weight[at(c)] > 0.0) && !fixed_[at(c)] && std::abs(a_[at(k)]) >= kGoodPivot * largest && largest > 0.0)
        candidates.row.push_back(jacobian_.row[at(k)]);
    candidates.start.push_back(count(candidates.row));
  }
  const Matching pairs = match(candidates);
  std::vector<int> partner(at(n_ + m_));
  std::iota(partner.begin(), partner.end(), 0);
  for (int c = 0; c < n_; ++c)
    if (const int r = pairs.row_of_column[at(c)]; r >= 0) {
      partner[at(c)] = n_ + r;
      partner[at(n_ + r)] = c;
    }
  lu_.analyse_paired(pattern_, partner);
}

/// Measured variables by their sd; each balance by what its readings move it; unmeasured variables so that they move
/// their balances by as much as a reading does.
void Kkt::scale(const Values& v) {
  column_.resize(at(n_));
  row_.assign(at(m_), 0.0);
  for (int c = 0; c < n_; ++c)
    column_[at(c)] = v.weight[at(c)] > 0.0 ? 1.0 / std::sqrt(v.weight[at(c)]) : v.size[at(c)];
  const auto each = [&](auto visit) {
    for (int c = 0; c < n_; ++c)
      for (int k = jacobian_.start[at(c)]; k < jacobian_.start[at(c) + 1]; ++k)
        visit(c, jacobian_.row[at(k)], std::abs(v.jacobian[at(k)]) * column_[at(c)]);
  };
  each([&](int c, int r, double a) {
    if (v.weight[at(c)] > 0.0 && !v.fixed[at(c)]) row_[at(r)] = std::max(row_[at(r)], a);
  });
  std::vector<double> all(at(m_), 0.0);
  each([&](int, int r, double a) { all[at(r)] = std::max(all[at(r)], a); });
  for (int r = 0; r < m_; ++r) {
    // A reading that hardly enters a balance does not set its scale.
    const double s = row_[at(r)] > 1e-6 * all[at(r)] ? row_[at(r)] : all[at(r)];
    row_[at(r)] = s > 0.0 ? 1.0 / s : 1.0;
  }
  std::vector<double> largest(at(n_), 0.0);
  each([&](int c, int r, double a) { largest[at(c)] = std::max(largest[at(c)], a * row_[at(r)]); });
  for (int c = 0; c < n_; ++c)
    if (!(v.weight[at(c)] > 0.0) && largest[at(c)] > 0.0) column_[at(c)] /= largest[at(c)];
}

/// The same weights, the same things fixed and open as in the system that lu_ holds.
bool Kkt::like_the_last(const Values& v) const {
  return !factored_.empty() && std::equal(v.weight.begin(), v.weight.end(), factored_weight_.begin()) &&
         std::equal(v.fixed.begin(), v.fixed.end(), fixed_.begin()) &&
         std::equal(v.open.begin(), v.open.end(), open_.begin());
}

bool Kkt::factor(const Values& v) {
  const bool keep = v.near_the_last && like_the_last(v);
  if (!keep) scale(v);
  fixed_.assign(v.fixed.begin(), v.fixed.end());
  open_.assign(v.open.begin(), v.open.end());
  weight_.resize(at(n_));
  a_.resize(v.jacobian.size());
  h_.resize(v.curvature.size());
  std::fill(values_.begin(), values_.end(), 0.0);
  for (int c = 0; c < n_; ++c) {
    weight_[at(c)] = v.weight[at(c)] > 0.0 ? 1.0 : 0.0;  // 1/sd^2 in units of 1/sd^2
    values_[at(diagonal_place_[at(c)])] = fixed_[at(c)] ? 1.0 : (weight_[at(c)] > 0.0 ? 1.0 : kProximal) + v.damping;
  }
  for (int r = 0; r < m_; ++r) values_[at(diagonal_place_[at(n_ + r)])] = open_[at(r)] ? -1.0 : -kCompliance;
  for (int c = 0; c < n_; ++c)
    for (int k = jacobian_.start[at(c)]; k < jacobian_.start[at(c) + 1]; ++k) {
      const int r = jacobian_.row[at(k)];
      a_[at(k)] = open_[at(r)] ? 0.0 : v.jacobian[at(k)] * column_[at(c)] * row_[at(r)];
      if (fixed_[at(c)]) continue;
      values_[at(jacobian_place_[at(2 * k)])] = a_[at(k)];
      values_[at(jacobian_place_[at(2 * k + 1)])] = a_[at(k)];
    }
  if (!h_.empty())
    for (int c = 0; c < n_; ++c)
      for (int k = curvature_.start[at(c)]; k < curvature_.start[at(c) + 1]; ++k) {
        const int r = curvature_.row[at(k)];
        h_[at(k)] = v.curvature[at(k)] * column_[at(c)] * column_[at(r)];
        if (fixed_[at(c)] || fixed_[at(r)]) continue;
        values_[at(curvature_place_[at(2 * k)])] += h_[at(k)];
        if (r != c) values_[at(curvature_place_[at(2 * k + 1)])] += h_[at(k)];
      }
  // Damping belongs to the system that is solved, not to what refinement takes out.
  for (double& w : weight_) w += v.damping;
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
  for (int c = 0; c < n_; ++c) {
    if (fixed_[at(c)]) {
      out[at(c)] -= z[at(c)];
    } else {
      out[at(c)] -= weight_[at(c)] * z[at(c)];
    }
    for (int k = jacobian_.start[at(c)]; k < jacobian_.start[at(c) + 1]; ++k) {
      const int r = jacobian_.row[at(k)];
      if (!fixed_[at(c)]) out[at(c)] -= a_[at(k)] * z[at(n_ + r)];
      out[at(n_ + r)] -= a_[at(k)] * z[at(c)];
    }
  }
  if (!h_.empty())
    for (int c = 0; c < n_; ++c)
      for (int k = curvature_.start[at(c)]; k < curvature_.start[at(c) + 1]; ++k) {
        const int r = curvature_.row[at(k)];
        if (!fixed_[at(r)]) out[at(r)] -= h_[at(k)] * z[at(c)];
        if (r != c && !fixed_[at(c)]) out[at(c)] -= h_[at(k)] * z[at(r)];
      }
  for (int r = 0; r < m_; ++r)
    if (open_[at(r)]) out[at(n_ + r)] = 0.0;
}

void Kkt::solve(std::span<double> p, std::span<double> q) const {
  const std::size_t size = at(n_ + m_);
  std::vector<double> b(size), z(size, 0.0), e;
  for (int c = 0; c < n_; ++c) b[at(c)] = fixed_[at(c)] ? p[at(c)] / column_[at(c)] : p[at(c)] * column_[at(c)];
  for (int r = 0; r < m_; ++r) b[at(n_ + r)] = open_[at(r)] ? 0.0 : q[at(r)] * row_[at(r)];
  // Prescribed steps first: the deviation then holds what they leave for the others.
  for (int c = 0; c < n_; ++c)
    if (fixed_[at(c)]) z[at(c)] = b[at(c)];
  double before = 0.0;
  for (int k = 0; k <= kRefinements; ++k) {
    deviation(b, z, e);
    lu_.solve(e);
    double change = 0.0, total = 0.0;
    for (std::size_t i = 0; i < size; ++i) {
      if (!std::isfinite(e[i])) e[i] = 0.0;
      change = std::max(change, std::abs(e[i]));
    }
    if (k > 0 && change > 0.5 * before) break;  // the rest is rounding, or a direction nothing determines
    for (std::size_t i = 0; i < size; ++i) {
      z[i] += e[i];
      total = std::max(total, std::abs(z[i]));
    }
    before = change;
    if (change <= 1e-13 * total) break;
  }
  for (int c = 0; c < n_; ++c) p[at(c)] = z[at(c)] * column_[at(c)];
  for (int r = 0; r < m_; ++r) q[at(r)] = z[at(n_ + r)] * row_[at(r)];
}

}  // namespace castner::solve

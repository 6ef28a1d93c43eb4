// SPDX-License-Identifier: Apache-2.0
// The balances without what is not measured (derived in projection.h):
//  1. eliminate_unmeasured: Gaussian elimination of the unmeasured columns on equilibrated rows. Rows that remain are
//     balances between readings, B; pivot rows give each unmeasured variable in measured and dependent ones.
//  2. solve_unmeasured substitutes backwards; a variable that depends on a column without a pivot is unobservable.
//  3. make_independent: S = B V B^T is factored. If a pivot may be rounding, dependent rows are dropped by elimination;
//     rows that are nearly parallel next to the accuracies are reduced, worst instruments first; at last a shift at
//     rounding level.
//  4. The inverse of S is computed on its own pattern only [takahashi-1973] (cholesky.h).
//  5. find_variances: a measured variable has own * (1 - own * b^T S^-1 b), an unmeasured one t V t - v S^-1 v with v =
//     B V t.
//  6. leak, adjust and covariance_times are products with B and one solve with S each.
#include "castner/solve/projection.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "castner/base/check.h"
#include "castner/solve/index.h"

namespace castner::solve {
namespace {

/// Below this share of its diagonal a pivot of S may be rounding: then rank is decided by elimination instead.
constexpr double kDoubtfulPivot = 1e-8;

double largest(const SparseRow& row, int columns) {
  double m = 0.0;
  for (const auto& [c, v] : row)
    if (c < columns) m = std::max(m, std::abs(v));
  return m;
}

/// Removes what is zero to working accuracy next to the row's largest entry.
void clean(SparseRow& row, int columns) {
  const double zero = kZeroEntry * std::max(largest(row, columns), 1e-3);
  std::erase_if(row, [&](const auto& e) { return e.first < columns && std::abs(e.second) <= zero; });
}

}  // namespace

Projection::Projection(const Linearised& in) : columns_(in.columns), leaks_(count(in.leak_rows)), sd_(in.sd) {
  observable_.assign(at(columns_), true);
  solved_.resize(at(columns_));
  eliminate_unmeasured(in);
  make_independent();
  factor_.invert_selected();
  find_variances();
}

void Projection::eliminate_unmeasured(const Linearised& in) {
  auto rows = in.rows;
  const Equilibration scale = equilibrate(rows, columns_);
  std::vector<bool> eligible(at(columns_ + leaks_), false);
  for (int c = 0; c < columns_; ++c) eligible[at(c)] = !(in.sd[at(c)] > 0.0) && !in.constant[at(c)];
  for (int k = 0; k < leaks_; ++k)
    rows[at(in.leak_rows[at(k)])].emplace_back(columns_ + k, scale.row[at(in.leak_rows[at(k)])]);

  const Elimination e = eliminate(rows, columns_ + leaks_, eligible);
  solve_unmeasured(rows, e, scale.column);
  for (const int r : e.remaining_rows) {
    auto& row = rows[at(r)];
    if (largest(row, columns_) <= kZeroEntry) continue;  // says nothing new about the readings
    clean(row, columns_);
    std::erase_if(row, [&](const auto& entry) {  // of a leak that cancels out
      return entry.first >= columns_ &&
             std::abs(entry.second) <= kZeroEntry * scale.row[at(in.leak_rows[at(entry.first - columns_)])];
    });
    for (auto& [c, v] : row)
      if (c < columns_) v /= scale.column[at(c)];
    balances_.push_back(std::move(row));
  }
}

/// Back substitution through the pivot rows: each unmeasured column in measured and dependent ones.
void Projection::solve_unmeasured(const std::vector<SparseRow>& rows, const Elimination& e,
                                  const std::vector<double>& scale) {
  std::vector<bool> dependent(at(columns_), false);
  for (const int c : e.dependent_columns) {
    dependent[at(c)] = true;
    observable_[at(c)] = false;
    solved_[at(c)] = {{c, 1.0}};
  }
  std::vector<double> sum(at(columns_), 0.0);
  std::vector<bool> touched(at(columns_), false);
  std::vector<int> list;
  const auto add = [&](int c, double v) {
    if (!touched[at(c)]) touched[at(c)] = true, list.push_back(c);
    sum[at(c)] += v;
  };
  for (auto pivot = e.pivots.rbegin(); pivot != e.pivots.rend(); ++pivot) {
    for (const auto& [c, v] : rows[at(pivot->row)]) {
      if (c >= columns_ || c == pivot->column) continue;
      const double factor = -v / pivot->value;
      if (!solved_[at(c)].empty())
        for (const auto& [other, w] : solved_[at(c)]) add(other, factor * w);
      else if (sd_[at(c)] > 0.0)
        add(c, factor);
    }
    std::sort(list.begin(), list.end());
    SparseRow& t = solved_[at(pivot->column)];
    for (const int c : list) {
      const bool counts = std::abs(sum[at(c)]) > (dependent[at(c)] ? kZeroEntry : 1e-14);
      if (counts) t.emplace_back(c, sum[at(c)]);
      if (counts && dependent[at(c)]) observable_[at(pivot->column)] = false;
      sum[at(c)] = 0.0;
      touched[at(c)] = false;
    }
    list.clear();
  }
  for (int c = 0; c < columns_; ++c)
    for (auto& [other, v] : solved_[at(c)]) v *= scale[at(c)] / scale[at(other)];
}

/// Keeps as many balances as are independent, then factors S.
void Projection::make_independent() {
  if (factor() > kDoubtfulPivot || balances_.empty()) return;
  {  // which rows of B are independent, whatever the instruments' accuracies
    auto rows = balances_;
    for (auto& row : rows) std::erase_if(row, [&](const auto& e) { return e.first >= columns_; });
    equilibrate(rows, columns_);
    const Elimination e = eliminate(rows, columns_, std::vector<bool>(at(columns_), true));
    std::vector<bool> keep(balances_.size(), false);
    for (const auto& p : e.pivots) keep[at(p.row)] = true;
    std::vector<SparseRow> kept;
    for (std::size_t r = 0; r < balances_.size(); ++r)
      if (keep[r]) kept.push_back(std::move(balances_[r]));
    balances_ = std::move(kept);
  }
  if (factor() > kDoubtfulPivot || balances_.empty()) return;
  {  // independent but nearly parallel next to the accuracies: subtract what they share, worst instruments first
    auto rows = balances_;
    for (auto& row : rows)
      for (auto& [c, v] : row)
        if (c < columns_) v *= sd_[at(c)];
    std::vector<bool> eligible(at(columns_ + leaks_), true);
    std::fill(eligible.begin() + columns_, eligible.end(), false);
    std::vector<SparseRow> measured = rows;
    for (auto& row : measured) std::erase_if(row, [&](const auto& e) { return e.first >= columns_; });
    const Equilibration by_row = equilibrate(measured, columns_);
    for (std::size_t r = 0; r < rows.size(); ++r)
      for (auto& [c, v] : rows[r]) v *= by_row.row[r] * (c < columns_ ? by_row.column[at(c)] : 1.0);
    eliminate(rows, columns_ + leaks_, eligible);
    for (auto& row : rows) {
      clean(row, columns_);
      for (auto& [c, v] : row)
        if (c < columns_) v /= by_row.column[at(c)] * sd_[at(c)];
    }
    balances_ = std::move(rows);
  }
  if (factor() <= 0.0) factor(1e-13 * static_cast<double>(balances_.size()));  // rounding alone made it indefinite
}

/// S on the pattern that variances and leaks will ask the inverse for. Returns the smallest relative pivot.
double Projection::factor(double shift) {
  const int n = count(balances_);
  for (auto& row : balances_) {
    double s = 0.0;
    for (const auto& [c, v] : row)
      if (c < columns_) s += v * v * sd_[at(c)] * sd_[at(c)];
    const double scale = s > 0.0 ? 1.0 / std::sqrt(s) : 1.0;
    for (auto& [c, v] : row) v *= scale;
  }
  by_column_.assign(at(columns_ + leaks_), {});
  for (int r = 0; r < n; ++r)
    for (const auto& [c, v] : balances_[at(r)]) by_column_[at(c)].emplace_back(r, v);

  SparsePattern upper;
  upper.rows = upper.cols = n;
  std::vector<double> values, sum(at(n), 0.0);
  std::vector<int> seen(at(n), -1), list;
  for (int q = 0; q < n; ++q) {
    list.assign(1, q);
    seen[at(q)] = q;
    for (const auto& [c, v] : balances_[at(q)]) {
      const double weight = c < columns_ ? v * sd_[at(c)] * sd_[at(c)] : 0.0;
      for (const auto& [p, w] : by_column_[at(c)]) {
        if (p > q) continue;
        if (seen[at(p)] != q) seen[at(p)] = q, list.push_back(p);
        sum[at(p)] += weight * w;
      }
    }
    std::sort(list.begin(), list.end());
    for (const int p : list) {
      upper.row.push_back(p);
      values.push_back(sum[at(p)] + (p == q ? shift : 0.0));
      sum[at(p)] = 0.0;
    }
    upper.start.push_back(upper.nonzeros());
  }
  return factor_.factor(upper, values);
}

double Projection::strength(const SparseRow& column) const {
  double sum = 0.0;
  for (std::size_t i = 0; i < column.size(); ++i) {
    sum += column[i].second * column[i].second * factor_.inverse(column[i].first, column[i].first);
    for (std::size_t j = 0; j < i; ++j)
      sum += 2.0 * column[i].second * column[j].second * factor_.inverse(column[i].first, column[j].first);
  }
  return std::max(sum, 0.0);
}

void Projection::find_variances() {
  variance_.assign(at(columns_), 0.0);
  std::vector<double> v(balances_.size());
  for (int c = 0; c < columns_; ++c) {
    const double own = sd_[at(c)] * sd_[at(c)];
    if (own > 0.0) {
      // Between nothing known from elsewhere and everything; rounding may not take the last of it.
      variance_[at(c)] = own * std::clamp(1.0 - own * strength(by_column_[at(c)]), 1e-15, 1.0);
    } else if (observable_[at(c)] && !solved_[at(c)].empty()) {
      // t V t - v S^-1 v with v = B V t
      double prior = 0.0, known = 0.0;
      std::fill(v.begin(), v.end(), 0.0);
      for (const auto& [other, t] : solved_[at(c)]) {
        const double tv = t * sd_[at(other)] * sd_[at(other)];
        prior += t * tv;
        for (const auto& [r, b] : by_column_[at(other)]) v[at(r)] += b * tv;
      }
      auto solution = v;
      factor_.solve(solution);
      for (std::size_t r = 0; r < v.size(); ++r) known += v[r] * solution[r];
      variance_[at(c)] = std::max(prior - known, 1e-15 * prior);
    }
  }
}

double Projection::adjustment_sd(int column) const {
  const double sd = sd_[at(column)];
  return sd * sd * std::sqrt(strength(by_column_[at(column)]));
}

std::vector<double> Projection::balances_times(std::span<const double> g) const {
  std::vector<double> v(balances_.size(), 0.0);
  for (std::size_t r = 0; r < balances_.size(); ++r)
    for (const auto& [c, b] : balances_[r])
      if (c < columns_) v[r] += b * g[at(c)];
  return v;
}

std::vector<double> Projection::posterior(std::vector<double> g, std::span<const double> v) const {
  for (std::size_t r = 0; r < balances_.size(); ++r)
    for (const auto& [c, b] : balances_[r])
      if (c < columns_) g[at(c)] -= b * v[r];
  for (int c = 0; c < columns_; ++c) g[at(c)] *= sd_[at(c)] * sd_[at(c)];
  return g;
}

std::vector<double> Projection::multipliers(std::span<const double> adjustment) const {
  auto v = balances_times(adjustment);
  factor_.solve(v);
  for (double& m : v) m = -m;
  return v;
}

Projection::Leak Projection::leak_from(int k, std::span<const double> multipliers) const {
  const auto& column = by_column_[at(columns_ + k)];
  const double information = strength(column);
  if (!(information > 0.0)) return {};
  double sum = 0.0;
  for (const auto& [r, v] : column) sum += v * multipliers[at(r)];
  return {sum / information, 1.0 / std::sqrt(information)};
}

Projection::Leak Projection::leak(int k, std::span<const double> adjustment) const {
  return leak_from(k, multipliers(adjustment));
}

std::vector<double> Projection::adjust(std::span<const double> error) const {
  auto v = balances_times(error);
  factor_.solve(v);
  return posterior(std::vector<double>(at(columns_), 0.0), v);
}

bool Projection::reduce(std::span<const std::pair<int, double>> gradient, std::vector<double>& measured) const {
  measured.assign(at(columns_), 0.0);
  for (const auto& [c, g] : gradient) {
    if (g == 0.0) continue;
    if (!observable_[at(c)]) return false;
    if (solved_[at(c)].empty())
      measured[at(c)] += g;
    else
      for (const auto& [other, t] : solved_[at(c)]) measured[at(other)] += g * t;
  }
  return true;
}

std::optional<std::vector<double>> Projection::covariance_times(
    std::span<const std::pair<int, double>> gradient) const {
  std::vector<double> g;
  if (!reduce(gradient, g)) return std::nullopt;
  auto vg = g;
  for (int c = 0; c < columns_; ++c) vg[at(c)] *= sd_[at(c)] * sd_[at(c)];
  auto v = balances_times(vg);
  factor_.solve(v);
  auto result = posterior(std::move(g), v);
  for (int c = 0; c < columns_; ++c) {  // unmeasured rows follow from measured ones
    if (!observable_[at(c)] || solved_[at(c)].empty()) continue;
    double sum = 0.0;
    for (const auto& [other, t] : solved_[at(c)]) sum += t * result[at(other)];
    result[at(c)] = sum;
  }
  return result;
}

}  // namespace castner::solve

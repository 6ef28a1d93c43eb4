// SPDX-License-Identifier: Apache-2.0
// Reconciliation with readings whose errors go together:
//  1. factor: the covariance of the readings that occur in a covariance, as L L'. Groups fall apart by themselves, L being zero
//     between them.
//  2. WithErrors: the system with a variable z for each such reading, and the balance x - y - (L z)_k = 0.
//  3. The readings of the system are those that are independent, and each z as 0 +- 1, which nobody can accuse.
//  4. The answer is told in the old readings again: a leak of a reading's balance is its bias, and its class is whether that leak
//     could be seen.
#include "castner/solve/correlated.h"

#include <algorithm>
#include <cmath>
#include <string>

#include "castner/base/check.h"
#include "castner/solve/detectable.h"
#include "castner/solve/index.h"

namespace castner::solve {
namespace {

const std::string kErrorOf = "error of a reading of ";

/// Readings in a covariance, ascending, and the lower triangle of L, row by row.
struct Together {
  std::vector<int> reading;
  std::vector<std::vector<double>> l;
  bool possible = true;
};

Together factor(std::span<const MeasuredValue> readings, std::span<const Covariation> covariations) {
  Together t;
  for (const auto& c : covariations)
    for (const int k : {c.first, c.second})
      if (std::find(t.reading.begin(), t.reading.end(), k) == t.reading.end()) t.reading.push_back(k);
  std::sort(t.reading.begin(), t.reading.end());
  const std::size_t n = t.reading.size();
  const auto place = [&](int k) {
    return static_cast<std::size_t>(std::lower_bound(t.reading.begin(), t.reading.end(), k) - t.reading.begin());
  };
  t.l.assign(n, std::vector<double>(n, 0.0));
  for (std::size_t i = 0; i < n; ++i) t.l[i][i] = readings[at(t.reading[i])].sd * readings[at(t.reading[i])].sd;
  for (const auto& c : covariations) {
    const auto i = std::max(place(c.first), place(c.second)), j = std::min(place(c.first), place(c.second));
    t.l[i][j] = c.value;
  }
  constexpr double kDependent = 1e-12;  // of a variance: what is left of it is rounding
  for (std::size_t i = 0; i < n; ++i)
    for (std::size_t j = 0; j <= i; ++j) {
      double sum = t.l[i][j];
      for (std::size_t k = 0; k < j; ++k) sum -= t.l[i][k] * t.l[j][k];
      if (i > j) {
        t.l[i][j] = sum / t.l[j][j];
      } else {
        t.possible = t.possible && sum > kDependent * t.l[i][i];
        t.l[i][i] = std::sqrt(std::max(sum, kDependent * t.l[i][i]));
      }
    }
  return t;
}

class WithErrors final : public EquationSystem {
 public:
  WithErrors(const EquationSystem& system, std::span<const MeasuredValue> readings, const Together& together)
      : system_(system),
        readings_(readings),
        together_(together),
        variables_(system.variables().begin(), system.variables().end()),
        equations_(system.equations().begin(), system.equations().end()),
        sizes_(system.residual_sizes().begin(), system.residual_sizes().end()),
        n_(variables_.size()),
        m_(equations_.size()) {
    const auto& base = system.jacobian_pattern();
    std::vector<std::pair<int, int>> entries;
    for_each_entry(base, [&](std::size_t r, std::size_t c, std::size_t) { entries.push_back(sparse_place(r, c)); });
    for (std::size_t i = 0; i < together.reading.size(); ++i) {
      const auto& y = readings[at(together.reading[i])];
      const std::string name = kErrorOf + variables_[at(y.variable)].name;
      variables_.push_back({.name = name, .start = 0.0});
      equations_.push_back(name);
      sizes_.push_back(y.sd);
      entries.push_back(sparse_place(m_ + i, at(y.variable)));
      for (std::size_t j = 0; j <= i; ++j) entries.push_back(sparse_place(m_ + i, n_ + j));
    }
    jacobian_ = make_pattern(count(equations_), count(variables_), entries, &place_);
    hessian_ = system.hessian_pattern();
    hessian_.rows = hessian_.cols = count(variables_);
    hessian_.start.resize(variables_.size() + 1, hessian_.nonzeros());
  }

  std::span<const Variable> variables() const override { return variables_; }
  std::span<const std::string> equations() const override { return equations_; }
  std::span<const double> residual_sizes() const override { return sizes_; }
  const SparsePattern& jacobian_pattern() const override { return jacobian_; }
  const SparsePattern& hessian_pattern() const override { return hessian_; }

  bool residual(std::span<const double> x, std::span<double> r) const override {
    if (!system_.residual(x.first(n_), r.first(m_))) return false;
    for (std::size_t i = 0; i < together_.reading.size(); ++i) {
      const auto& y = readings_[at(together_.reading[i])];
      r[m_ + i] = x[at(y.variable)] - y.value;
      for (std::size_t j = 0; j <= i; ++j) r[m_ + i] -= together_.l[i][j] * x[n_ + j];
    }
    return true;
  }
  bool jacobian(std::span<const double> x, std::span<double> values) const override {
    const auto base = at(system_.jacobian_pattern().nonzeros());
    own_.resize(base);
    if (!system_.jacobian(x.first(n_), own_)) return false;
    std::fill(values.begin(), values.end(), 0.0);
    for (std::size_t k = 0; k < base; ++k) values[at(place_[k])] += own_[k];
    std::size_t k = base;
    for (std::size_t i = 0; i < together_.reading.size(); ++i) {
      values[at(place_[k++])] = 1.0;
      for (std::size_t j = 0; j <= i; ++j) values[at(place_[k++])] = -together_.l[i][j];
    }
    return true;
  }
  bool hessian(std::span<const double> x, std::span<const double> multipliers,
               std::span<double> values) const override {
    return system_.hessian(x.first(n_), multipliers.first(m_), values);
  }

 private:
  const EquationSystem& system_;
  std::span<const MeasuredValue> readings_;
  const Together& together_;
  std::vector<Variable> variables_;
  std::vector<std::string> equations_;
  std::vector<double> sizes_;
  std::size_t n_, m_;
  std::vector<int> place_;
  SparsePattern jacobian_, hessian_;
  mutable std::vector<double> own_;
};

/// Of the system's own variables, by the readings that it was asked about.
class OfTheReadings final : public Covariance {
 public:
  /// @param place  of each reading among the independent ones, -1 for those that go together
  OfTheReadings(std::shared_ptr<const Covariance> inner, std::vector<int> place, Together together,
                std::size_t variables)
      : inner_(std::move(inner)), place_(std::move(place)), together_(std::move(together)), variables_(variables) {}
  std::optional<double> variance(std::span<const std::pair<int, double>> g) const override {
    return inner_->variance(g);
  }
  std::optional<double> covariance(std::span<const std::pair<int, double>> g1,
                                   std::span<const std::pair<int, double>> g2) const override {
    return inner_->covariance(g1, g2);
  }
  std::optional<std::vector<double>> times(std::span<const std::pair<int, double>> gradient) const override {
    auto c = inner_->times(gradient);
    if (c) c->resize(variables_);
    return c;
  }
  std::optional<std::vector<double>> influence(std::span<const std::pair<int, double>> gradient) const override {
    const auto inner = inner_->influence(gradient);
    if (!inner) return std::nullopt;
    std::vector<double> out;
    for (const int p : place_) out.push_back(p < 0 ? 0.0 : (*inner)[at(p)]);
    // Readings that move by e move the z by L^-1 e, and so the function by h'e with L' h = (the influence of the z).
    const auto& reading = together_.reading;
    const auto& l = together_.l;
    const std::size_t first_z = inner->size() - reading.size();
    for (std::size_t i = reading.size(); i-- > 0;) {
      double& h = out[at(reading[i])];
      h = (*inner)[first_z + i];
      for (std::size_t k = i + 1; k < reading.size(); ++k) h -= l[k][i] * out[at(reading[k])];
      h /= l[i][i];
    }
    return out;
  }

 private:
  std::shared_ptr<const Covariance> inner_;
  std::vector<int> place_;
  Together together_;
  std::size_t variables_;
};

}  // namespace

bool possible_together(std::span<const MeasuredValue> readings, std::span<const Covariation> covariations) {
  return factor(readings, covariations).possible;
}

Reconciliation reconcile(const EquationSystem& system, std::span<const MeasuredValue> readings,
                         std::span<const Covariation> covariations, std::span<const Held> held,
                         std::span<const LeakCandidate> leaks, std::span<const double> start,
                         const ReconcileOptions& options) {
  if (covariations.empty()) return reconcile(system, readings, held, leaks, start, options);
  const Together together = factor(readings, covariations);
  check(together.possible, "covariances are possible together");
  const WithErrors all(system, readings, together);
  const std::size_t n = system.variables().size(), m = system.equations().size();

  std::vector<MeasuredValue> independent;
  std::vector<int> place(readings.size(), -1);  // of each reading among the independent ones
  for (std::size_t k = 0; k < readings.size(); ++k) {
    if (std::binary_search(together.reading.begin(), together.reading.end(), static_cast<int>(k))) continue;
    place[k] = count(independent);
    independent.push_back(readings[k]);
  }
  std::vector<LeakCandidate> candidates(leaks.begin(), leaks.end());
  std::vector<double> x(start.begin(), start.end());
  for (std::size_t i = 0; i < together.reading.size(); ++i) {
    independent.push_back({static_cast<int>(n + i), 0.0, 1.0, false});
    candidates.push_back({static_cast<int>(m + i)});
    x.push_back(0.0);
  }

  Reconciliation out = reconcile(all, independent, held, candidates, x, options);
  auto& residuals = out.report.worst_residuals;
  std::erase_if(residuals, [&](const Residual& r) { return r.equation.starts_with(kErrorOf); });
  out.x.resize(n);
  out.multipliers.resize(std::min(m, out.multipliers.size()));
  if (out.estimates.size() > n) out.estimates.resize(n);
  const auto first_bias = count(leaks);
  const auto tell = [&](GrossError::Kind& kind, int& index, double& size) {
    if (kind == GrossError::Kind::bias) {
      index = static_cast<int>(std::find(place.begin(), place.end(), index) - place.begin());
    } else if (index >= first_bias) {
      kind = GrossError::Kind::bias;
      size = -size;  // measured - estimate
      index = together.reading[at(index - first_bias)];
    }
  };
  const auto used = std::exchange(out.used, std::vector<bool>(readings.size(), true));
  for (auto& g : out.gross_errors) {
    tell(g.kind, g.index, g.size);
    for (auto* others : {&g.alternatives, &g.also_possible})
      for (auto& a : *others) tell(a.kind, a.index, a.size);
    if (g.removed && g.kind == GrossError::Kind::bias) out.used[at(g.index)] = false;
  }
  const auto statistic = std::exchange(out.statistic, std::vector<double>(readings.size(), 0.0));
  for (std::size_t k = 0; k < readings.size(); ++k)
    if (place[k] >= 0) {
      out.used[k] = used.empty() || used[at(place[k])];
      out.statistic[k] = statistic.empty() ? 0.0 : statistic[at(place[k])];
    }
  const auto smallest = std::exchange(out.smallest_seen, std::vector<std::optional<double>>(readings.size()));
  for (std::size_t k = 0; k < readings.size() && !smallest.empty(); ++k)
    if (place[k] >= 0) out.smallest_seen[k] = smallest[at(place[k])];
  for (std::size_t i = 0; i < together.reading.size(); ++i) {
    const auto k = at(together.reading[i]), leak = at(first_bias) + i;
    if (leak < out.smallest_seen_leak.size() && out.smallest_seen_leak[leak])
      out.smallest_seen[k] = if_checked(*out.smallest_seen_leak[leak], readings[k].sd);
    const bool seen = leak < out.leak_statistic.size() && out.leak_statistic[leak].has_value();
    if (seen) out.statistic[k] = *out.leak_statistic[leak];
    if (!out.used[k] || at(readings[k].variable) >= out.estimates.size()) continue;
    auto& kind = out.estimates[at(readings[k].variable)].kind;
    if (kind != Class::redundant) kind = seen ? Class::redundant : Class::nonredundant;
  }
  if (out.leak_statistic.size() > leaks.size()) out.leak_statistic.resize(leaks.size());
  if (out.smallest_seen_leak.size() > leaks.size()) out.smallest_seen_leak.resize(leaks.size());
  if (out.covariance) out.covariance = std::make_shared<OfTheReadings>(out.covariance, place, together, n);
  return out;
}

}  // namespace castner::solve

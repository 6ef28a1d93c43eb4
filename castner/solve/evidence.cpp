// SPDX-License-Identifier: Apache-2.0
// What the readings prove at a solution:
//  1. linearised: each reading in use is a column, a second one of a variable by an equation of its own; balances that are open
//     are left out, and flat slopes mended.
//  2. Projection eliminates whatever is unmeasured: classes and variances.
//  3. The adjustments are the least that close the balances; where the search ended a little short of them, they differ from
//     what it found.
//  4. candidates: z of each redundant reading and of each leak that can be seen.
#include "castner/solve/evidence.h"

#include <cmath>

#include "castner/solve/flat_slopes.h"
#include "castner/solve/index.h"
#include "castner/solve/undetermined.h"

namespace castner::solve {
namespace {

constexpr double kZero = 1e-6;  // of the nominal size

class ProjectedCovariance final : public Covariance {
 public:
  /// A reading counts with its weight, 1/sd^2, where it is used at all.
  struct Weight {
    int variable;
    double weight;
  };
  ProjectedCovariance(std::shared_ptr<const Projection> p, std::size_t variables, std::vector<Weight> weights)
      : projection_(std::move(p)), variables_(variables), weights_(std::move(weights)) {}
  std::optional<double> variance(std::span<const std::pair<int, double>> gradient) const override {
    return covariance(gradient, gradient);
  }
  std::optional<double> covariance(std::span<const std::pair<int, double>> g1,
                                   std::span<const std::pair<int, double>> g2) const override {
    const auto c = projection_->covariance_times(g1);
    if (!c) return std::nullopt;
    double sum = 0.0;
    for (const auto& [i, g] : g2) {
      if (g != 0.0 && !projection_->observable(i)) return std::nullopt;
      sum += g * (*c)[at(i)];
    }
    return sum;
  }
  std::optional<std::vector<double>> times(std::span<const std::pair<int, double>> gradient) const override {
    auto c = projection_->covariance_times(gradient);
    if (c) c->resize(variables_);
    return c;
  }
  std::optional<std::vector<double>> influence(std::span<const std::pair<int, double>> gradient) const override {
    const auto c = projection_->covariance_times(gradient);
    if (!c) return std::nullopt;
    std::vector<double> out;
    for (const auto& w : weights_) out.push_back(w.weight > 0.0 ? (*c)[at(w.variable)] * w.weight : 0.0);
    return out;
  }

 private:
  std::shared_ptr<const Projection> projection_;
  std::size_t variables_;
  std::vector<Weight> weights_;
};

}  // namespace

Evidence::Evidence(const EquationSystem& system, const FitTask& task, const FitResult& fit, std::span<const Held> held,
                   std::span<const LeakCandidate> leaks)
    : system_(system), task_(task), fit_(fit), held_(fit.x.size(), 0) {
  for (const auto& h : held) held_[at(h.variable)] = 1;
  jacobian_ = plainly_not_zero(system, held, fit.x, fit.jacobian);
  const Linearised l = linearised(leaks);
  projection_ = std::make_shared<Projection>(l);
  if (mend_slopes(system, fit.x, l, task.open, *projection_, jacobian_))
    projection_ = std::make_shared<Projection>(linearised(leaks));
  // A search ends where the objective hardly falls any more, which may be far off for a reading that the others check weakly: a
  // hundredth of its sd can be ten of its adjustment's. Of the last, small step only what the balances ask for counts, so that
  // no z is larger than the root of the objective.
  for (double& a : adjustment_) a = -a;
  adjustment_ = projection_->adjust(adjustment_);
}

bool Evidence::at_limit(std::size_t i) const {
  return fit_.at_bound[i] && !held_[i] && std::abs(fit_.x[i]) > kZero * system_.variables()[i].nominal;
}

bool Evidence::let_bounds_go(std::span<const LeakCandidate> leaks) {
  bool any = false;
  for (std::size_t i = 0; i < fit_.x.size(); ++i) any = any || at_limit(i);
  if (!any) return false;
  bounds_hold_ = false;
  projection_ = std::make_shared<Projection>(linearised(leaks));
  return true;
}

Linearised Evidence::linearised(std::span<const LeakCandidate> leaks) {
  const std::size_t n = fit_.x.size(), m = fit_.residual.size();
  std::vector<bool> fixed(n, false);
  for (std::size_t i = 0; i < n; ++i) fixed[i] = held_[i] || (fit_.at_bound[i] && (bounds_hold_ || !at_limit(i)));
  column_of_reading_.clear();
  leak_candidate_.clear();

  // The first reading of a variable stands at the variable's own column; each further one at a column of its own.
  Linearised l;
  l.columns = static_cast<int>(n);
  l.sd.assign(n, 0.0);
  adjustment_.assign(n, 0.0);
  std::vector<SparseRow> extra;
  for (std::size_t k = 0; k < task_.readings.size(); ++k) {
    const auto& y = task_.readings[k];
    column_of_reading_.push_back(-1);
    if (!task_.used[k] || !(fit_.belief[k] > 0.0)) continue;
    int column = y.variable;
    if (l.sd[at(column)] > 0.0) {
      column = l.columns++;
      l.sd.push_back(0.0);
      adjustment_.push_back(0.0);
      extra.push_back({{y.variable, 1.0}, {column, -1.0}});
    }
    column_of_reading_.back() = column;
    l.sd[at(column)] = y.sd / std::sqrt(fit_.belief[k]);
    adjustment_[at(column)] = fit_.x[at(y.variable)] - y.value;
  }
  // A fixed variable with a reading is known twice: a balance of its own. Without one it is a constant.
  l.constant.assign(at(l.columns), false);
  for (std::size_t i = 0; i < n; ++i) {
    if (!fixed[i]) continue;
    if (l.sd[i] > 0.0)
      extra.push_back({{static_cast<int>(i), 1.0}});
    else
      l.constant[i] = true;
  }

  std::vector<int> row_of(m, -1);
  for (std::size_t e = 0; e < m; ++e)
    if (!task_.open[e]) row_of[e] = count(l.rows), l.rows.emplace_back();
  for_each_entry(system_.jacobian_pattern(), [&](std::size_t e, std::size_t c, std::size_t k) {
    if (const int r = row_of[e]; r >= 0 && !l.constant[c] && jacobian_[k] != 0.0)
      l.rows[at(r)].emplace_back(static_cast<int>(c), jacobian_[k]);
  });
  for (auto& row : extra) l.rows.push_back(std::move(row));
  for (std::size_t k = 0; k < leaks.size(); ++k)
    if (const int r = row_of[at(leaks[k].equation)]; r >= 0) {
      l.leak_rows.push_back(r);
      leak_candidate_.push_back(static_cast<int>(k));
    }
  return l;
}

std::vector<Estimate> Evidence::estimates() const {
  std::vector<Estimate> out(fit_.x.size());
  for (std::size_t i = 0; i < out.size(); ++i) {
    const int c = static_cast<int>(i);
    auto& e = out[i];
    e.value = fit_.x[i];
    e.held = held_[i];
    e.at_bound = fit_.at_bound[i];
    e.at_limit = at_limit(i);
    e.kind = projection_->observable(c) ? Class::observable : Class::unobservable;
    const bool known = e.held || (e.at_bound && (bounds_hold_ || !e.at_limit));
    if (!known && projection_->observable(c)) e.sd = std::sqrt(projection_->variance(c));
  }
  for (std::size_t k = 0; k < task_.readings.size(); ++k) {
    if (column_of_reading_[k] < 0) continue;
    auto& kind = out[at(task_.readings[k].variable)].kind;
    if (projection_->redundant(column_of_reading_[k]))
      kind = Class::redundant;
    else if (kind != Class::redundant)
      kind = Class::nonredundant;
  }
  return out;
}

/// Of a reading's adjustment. With Huber's weight w < 1 the reading moved its estimate by less than its share.
double Evidence::adjustment_sd(std::size_t reading) const {
  const int c = column_of_reading_[reading];
  if (!task_.robust) return projection_->adjustment_sd(c);
  const double sd = task_.readings[reading].sd, posterior = projection_->variance(c);
  return std::sqrt(std::max(sd * sd + posterior * (1.0 - 2.0 * fit_.belief[reading]), 0.0));
}

/// Of a reading's bias. Huber's estimate is already all but without a far reading.
double Evidence::size_sd(std::size_t reading, double of_adjustment) const {
  const double sd = task_.readings[reading].sd;
  return task_.robust ? of_adjustment : sd * sd / of_adjustment;
}

std::vector<Candidate> Evidence::candidates() const {
  std::vector<Candidate> list;
  for (std::size_t k = 0; k < task_.readings.size(); ++k) {
    const int c = column_of_reading_[k];
    if (c < 0 || !task_.readings[k].accusable || !projection_->redundant(c)) continue;
    const double sd = adjustment_sd(k);
    if (sd > 0.0)
      list.push_back({GrossError::Kind::bias, static_cast<int>(k), std::abs(adjustment_[at(c)]) / sd, size_sd(k, sd)});
  }
  if (leak_candidate_.empty()) return list;
  const auto multipliers = projection_->multipliers(adjustment_);
  for (std::size_t k = 0; k < leak_candidate_.size(); ++k) {
    const auto leak = projection_->leak_from(static_cast<int>(k), multipliers);
    if (leak.sd > 0.0)
      list.push_back({GrossError::Kind::leak, leak_candidate_[k], std::abs(leak.size) / leak.sd, leak.sd});
  }
  return list;
}

Evidence::Size Evidence::size_without(const Candidate& c) const {
  if (c.kind == GrossError::Kind::leak) {
    for (std::size_t k = 0; k < leak_candidate_.size(); ++k)
      if (leak_candidate_[k] == c.index) {
        const auto leak = projection_->leak(static_cast<int>(k), adjustment_);
        return {leak.size, leak.sd};
      }
    return {0.0, 0.0};
  }
  const auto k = at(c.index);
  // One that was removed after it was tied with another is no longer in use.
  if (const int column = column_of_reading_[k]; column < 0 || !projection_->redundant(column)) return {0.0, 0.0};
  const double of_adjustment = adjustment_sd(k);
  const double away = -adjustment_[at(column_of_reading_[k])];
  const double of_size = size_sd(k, of_adjustment);
  return {away * of_size / of_adjustment, of_size};
}

std::shared_ptr<const Covariance> Evidence::covariance() const {
  std::vector<ProjectedCovariance::Weight> weights;
  for (std::size_t k = 0; k < task_.readings.size(); ++k) {
    const auto& y = task_.readings[k];
    weights.push_back({y.variable, column_of_reading_[k] < 0 ? 0.0 : fit_.belief[k] / (y.sd * y.sd)});
  }
  return std::make_shared<ProjectedCovariance>(projection_, fit_.x.size(), std::move(weights));
}

}  // namespace castner::solve

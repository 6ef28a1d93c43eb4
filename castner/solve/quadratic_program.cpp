// SPDX-License-Identifier: Apache-2.0
#include "castner/solve/quadratic_program.h"

#include <algorithm>
#include <cmath>

#include "castner/solve/bounds.h"

namespace castner::solve {
namespace {

// Guesses that the tests bear out: a set of bounds that leaves more than this share of the residuals open is no longer
// consistent with the balances, and one round more often repairs that, two hardly ever.
constexpr double kConsistent = 0.01;
constexpr double kConsistentAnyway = 1e-9;  // scaled: what rounding leaves of large balances
constexpr int kInconsistentRounds = 2;

}  // namespace

QuadraticProgram::QuadraticProgram(const FitProblem& problem) : problem_(problem), active_(problem) {}

bool QuadraticProgram::solve(Kkt& kkt, const At& at) {
  lagrangian_ = at.slope.gradient;
  add_transposed_product(problem_.system().jacobian_pattern(), at.point.jacobian, at.multipliers, lagrangian_);
  active_.begin();
  const auto pushed = [&](std::size_t i) { return push(at, i); };
  int inconsistent = 0;
  do {
    if (!solve_once(kkt, at)) return false;
    inconsistent = closes_ ? 0 : inconsistent + 1;
  } while (inconsistent < kInconsistentRounds && active_.revise(at.point.x, step_, pushed));
  longest_ = 1.0;
  if (closes_) return true;
  if (!active_.empty()) {
    active_.clear();
    if (!solve_once(kkt, at)) return false;
  }
  const auto variables = problem_.system().variables();
  for (std::size_t i = 0; i < step_.size(); ++i)
    if (!problem_.is_held(i)) longest_ = std::min(longest_, share_within_bounds(variables[i], at.point.x[i], step_[i]));
  return true;
}

bool QuadraticProgram::solve_once(Kkt& kkt, const At& at) {
  const auto& open = problem_.task().open;
  if (!kkt.factor({.jacobian = at.point.jacobian,
                   .curvature = at.curvature,
                   .weight = at.slope.weight,
                   .size = problem_.nominal(),
                   .fixed = active_.fixed(),
                   .open = open,
                   .damping = at.damping,
                   .near_the_last = at.near_the_last}))
    return false;
  step_.resize(lagrangian_.size());
  multipliers_.resize(open.size());
  for (std::size_t i = 0; i < step_.size(); ++i)
    step_[i] = active_.fixed()[i] ? active_.prescribed(i, at.point.x[i]) : -lagrangian_[i];
  for (std::size_t e = 0; e < open.size(); ++e) multipliers_[e] = -at.point.residual[e];
  kkt.solve(step_, multipliers_);
  for (std::size_t e = 0; e < open.size(); ++e) multipliers_[e] = open[e] ? 0.0 : multipliers_[e] + at.multipliers[e];
  closes_ = predict(at.point);
  return all_finite(step_) && all_finite(multipliers_);
}

void QuadraticProgram::yield_to(const Kkt& kkt, std::vector<double>& push) const {
  for (std::size_t i = 0; i < push.size(); ++i)
    if (active_.fixed()[i]) push[i] = 0.0;
  std::vector<double> closed(multipliers_.size(), 0.0);
  kkt.solve(push, closed, 0);
}

/// The residuals after the step, were they linear, and whether they are closed then.
bool QuadraticProgram::predict(const Iterate& point) {
  predicted_ = point.residual;
  add_product(problem_.system().jacobian_pattern(), point.jacobian, step_, predicted_);
  return problem_.violation(predicted_) <= kConsistent * problem_.violation(point.residual) + kConsistentAnyway;
}

/// The slope of the Lagrangian as a variable leaves the bound at which it is held.
ActiveSet::Push QuadraticProgram::push(const At& at, std::size_t i) const {
  ActiveSet::Push p{at.slope.gradient[i] + at.slope.weight[i] * step_[i], std::abs(at.slope.gradient[i])};
  for (const auto [row, place] : problem_.system().jacobian_pattern().column(i)) {
    const double term = at.point.jacobian[place] * multipliers_[row];
    p.slope += term;
    p.size += std::abs(term);
  }
  return p;
}

}  // namespace castner::solve

// SPDX-License-Identifier: Apache-2.0
// Three ways to residuals of zero. simulate.cpp tries 1, then 3, then 2 and 1 again from where it ended:
//  1. newton: the step of the sparse LU, shortened to the bounds, then halved until the sum of squares falls enough
//     (Armijo [nocedal-wright-2006]); a full step that converges is taken too.
//  2. levenberg_marquardt: the damped least-squares step [marquardt-1963], from the augmented system, so that J^T J is
//     never formed. A step that reduces the residuals reduces the damping, any other one increases it. Where nothing does,
//     it ends at a stationary point of their sum of squares, which may be a minimum, a maximum or a saddle.
//  3. homotopy, a continuation: the residuals of the start are taken away bit by bit; newton solves each stage from the
//     last. The stride doubles after an easy stage and is quartered after a failure.
// Each ends with a Descent: converged, singular, stalled, stationary, an impossible start, or its iterations used up.
#include "castner/solve/newton.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "castner/solve/index.h"

namespace castner::solve {
namespace {

using End = Descent::End;

// A point is stationary only where the residuals are plainly not zero and plainly flat. Both figures are guesses on the
// careful side, since balances said to contradict each other that do not are the worst answer there is.
constexpr double kPlainlyOpen = 1e-6;   // scaled
constexpr double kPlainlyFlat = 1e-3;   // of what steepest() says
constexpr double kHardlyFalls = 1e-12;  // of the sum of squares

double largest(std::span<const double> r) {
  double m = 0.0;
  for (const double v : r) m = std::max(m, std::abs(v));
  return m;
}
double square(std::span<const double> r) { return std::inner_product(r.begin(), r.end(), r.begin(), 0.0); }

/// Whether a descent ends at residuals r(x) - target: they are small enough, or its iterations are used up; else one more
/// begins.
bool ends(Descent& d, const FreeSystem& s, std::span<const double> x, std::span<const double> target,
          std::span<const double> r, DescentLimits limits) {
  d.norm = largest(r);
  const bool converged = d.norm <= limits.tolerance && (!target.empty() || s.closed(x, r, limits.tolerance));
  if (converged) d.end = End::converged;
  if (converged || d.iterations >= limits.iterations) return true;
  ++d.iterations;
  return false;
}

/// r(x) - target. False where it cannot be evaluated.
bool deviation(const FreeSystem& s, std::span<const double> x, std::span<const double> target, std::vector<double>& r) {
  if (!s.residual(x, r)) return false;
  for (std::size_t i = 0; i < target.size(); ++i) r[i] -= target[i];
  return true;
}

/// How much smaller a variable that is free to go downhill could make the residuals: the cosine of the angle between them and
/// its column of the Jacobian (as MINPACK has it: More 1978), or, where the column is short, as at the bottom of a parabola,
/// the share of them that a change by its nominal size takes away.
double steepest(const FreeSystem& s, std::span<const double> x, std::span<const double> r) {
  std::vector<double> jacobian;
  if (!s.jacobian(x, jacobian)) return 1.0;
  const auto blocked = s.blocked(x, jacobian, r);
  const double norm = square(r);
  double largest = 0.0;
  for (std::size_t c = 0; c < blocked.size(); ++c) {
    double along = 0.0, length = 0.0;
    for (const auto [row, k] : s.pattern().column(c)) {
      along += jacobian[k] * r[row];
      length += jacobian[k] * jacobian[k];
    }
    if (!blocked[c] && along != 0.0)
      largest = std::max(largest, std::abs(along) / std::max(std::sqrt(length * norm), norm));
  }
  return largest;
}

/// How a descent ends that comes no further.
Descent& halt(Descent& d, const FreeSystem& s, std::span<const double> x, std::span<const double> r, double tolerance) {
  d.norm = largest(r);
  const bool stationary = d.norm > kPlainlyOpen && steepest(s, x, r) < kPlainlyFlat;
  d.end = d.norm <= tolerance ? End::converged : stationary ? End::stationary : End::stalled;
  return d;
}

/// [-I J; J^T mu] [s; d] = [-r; 0]: the damped least-squares step without forming J^T J.
class DampedStep {
 public:
  explicit DampedStep(const FreeSystem& s)
      : pattern_(s.pattern()), m_(at(pattern_.rows)), size_(m_ + at(pattern_.cols)) {
    std::vector<std::pair<int, int>> entries;
    for (std::size_t i = 0; i < size_; ++i) entries.push_back(sparse_place(i, i));
    for_each_entry(pattern_, [&](std::size_t r, std::size_t c, std::size_t) {
      entries.push_back(sparse_place(r, m_ + c));
      entries.push_back(sparse_place(m_ + c, r));
    });
    const auto both = make_pattern(static_cast<int>(size_), static_cast<int>(size_), entries, &place_);
    values_.resize(both.row.size());
    lu_.analyse(both);
  }

  /// @param blocked  variables that stay; shape (size of the system)
  bool solve(std::span<const double> jacobian, std::span<const double> r, std::span<const char> blocked, double mu,
             std::vector<double>& step) {
    std::fill(values_.begin(), values_.end(), 0.0);
    for (std::size_t i = 0; i < size_; ++i) values_[at(place_[i])] = i < m_ ? -1.0 : mu;
    for_each_entry(pattern_, [&](std::size_t, std::size_t c, std::size_t k) {
      if (blocked[c]) return;
      values_[at(place_[size_ + 2 * k])] = jacobian[k];
      values_[at(place_[size_ + 2 * k + 1])] = jacobian[k];
    });
    if (!lu_.factor(values_)) return false;
    std::vector<double> b(size_, 0.0);
    for (std::size_t i = 0; i < m_; ++i) b[i] = -r[i];
    lu_.solve(b);
    step.assign(b.begin() + static_cast<std::ptrdiff_t>(m_), b.end());
    return std::all_of(step.begin(), step.end(), [](double v) { return std::isfinite(v); });
  }

 private:
  const SparsePattern& pattern_;
  std::size_t m_, size_;  ///< equations; those and variables
  std::vector<int> place_;
  std::vector<double> values_;
  SparseLu lu_;
};

}  // namespace

Descent newton(const FreeSystem& s, SparseLu& lu, std::vector<double>& x, std::span<const double> target,
               DescentLimits limits) {
  Descent d;
  std::vector<double> r, jacobian, step, r_new;
  if (!deviation(s, x, target, r)) return {End::impossible_start, 0, kUnbounded};
  for (;;) {
    if (ends(d, s, x, target, r, limits)) return d;
    if (!s.jacobian(x, jacobian) || !lu.factor(jacobian)) {
      d.end = End::singular;
      return d;
    }
    step.assign(r.begin(), r.end());
    for (double& v : step) v = -v;
    lu.solve(step);
    if (!std::all_of(step.begin(), step.end(), [](double v) { return std::isfinite(v); })) {
      d.end = End::singular;
      return d;
    }
    // Armijo on the sum of squares; the last digits may not descend, so a full step that converges is taken too.
    const double before = square(r);
    double share = s.longest(x, step);
    bool taken = false;
    for (int halving = 0; halving < 40 && !taken; ++halving, share *= 0.5) {
      auto y = s.moved(x, step, share);
      if (!deviation(s, y, target, r_new)) continue;
      if (square(r_new) <= (1.0 - 1e-4 * share) * before ||
          (largest(r_new) <= limits.tolerance && d.norm > limits.tolerance)) {
        x = std::move(y);
        r = r_new;
        taken = true;
      }
    }
    if (!taken) {
      d.end = End::stalled;
      return d;
    }
  }
}

Descent levenberg_marquardt(const FreeSystem& s, std::vector<double>& x, DescentLimits limits) {
  Descent d;
  DampedStep damped(s);
  std::vector<double> r, jacobian, step, r_new;
  if (!s.residual(x, r)) return {End::impossible_start, 0, kUnbounded};
  double mu = 1e-3, growth = 2.0;
  bool fresh = true;
  for (;;) {
    if (ends(d, s, x, {}, r, limits)) return d;
    if (fresh && !s.jacobian(x, jacobian)) {
      d.end = End::singular;
      return d;
    }
    fresh = false;
    if (!damped.solve(jacobian, r, s.blocked(x, jacobian, r), mu, step)) {
      mu = std::max(10.0 * mu, 1e-12);
      continue;
    }
    // A clipped step is judged by what it does, not by what the model promised.
    auto y = s.moved(x, step, 1.0);
    const double before = square(r);
    if (s.residual(y, r_new) && square(r_new) < before) {
      const bool tiny = before - square(r_new) < kHardlyFalls * before;
      x = std::move(y);
      r = r_new;
      mu = std::max(mu / 5.0, 1e-15);
      growth = 2.0;
      fresh = true;
      if (tiny) return halt(d, s, x, r, limits.tolerance);
    } else {
      mu *= growth;
      growth *= 2.0;
      if (mu > 1e16) return halt(d, s, x, r, limits.tolerance);
    }
  }
}

Descent homotopy(const FreeSystem& s, SparseLu& lu, std::vector<double>& x, DescentLimits limits) {
  Descent d;
  std::vector<double> r0;
  if (!s.residual(x, r0)) return {End::impossible_start, 0, kUnbounded};
  double t = 0.0, stride = 0.1;
  std::vector<double> target(r0.size());
  while (d.iterations < limits.iterations) {
    const double to = std::min(1.0, t + stride);
    for (std::size_t i = 0; i < r0.size(); ++i) target[i] = (1.0 - to) * r0[i];
    auto y = x;
    const auto inner = newton(s, lu, y, target, {std::min(8, limits.iterations - d.iterations), limits.tolerance});
    d.iterations += inner.iterations;
    if (inner.end == End::converged) {
      x = std::move(y);
      t = to;
      stride *= inner.iterations <= 4 ? 2.0 : 1.0;
      if (t >= 1.0) {
        d.end = End::converged;
        d.norm = inner.norm;
        return d;
      }
    } else {
      stride *= 0.25;
      if (stride < 1e-4) {
        d.end = inner.end == End::singular ? End::singular : End::stalled;
        break;
      }
    }
  }
  std::vector<double> r;
  d.norm = s.residual(x, r) ? largest(r) : kUnbounded;
  return d;
}

}  // namespace castner::solve

// SPDX-License-Identifier: Apache-2.0
#include "castner/solve/fit.h"

#include <algorithm>
#include <cmath>

#include "castner/solve/index.h"

namespace castner::solve {
namespace {

constexpr double kSlow = 0.03;     // a step that is more than this share of the last is slow
constexpr double kStale = 0.05;    // the same with exact curvature: find it anew
constexpr double kSettled = 1e-6;  // of an unmeasured variable: it follows from the others, or wanders by rounding
constexpr double kFew = 1e-5;      // of it, so that what is left after such a step of Newton's is its square
constexpr int kBoundRounds = 60;
constexpr double kRounding = 1e-14;  // of a variable
constexpr double kLeastShare =
    1e-12;  // of a step: where a curve is flat, far from the root, steps are that much too long
constexpr double kLeastDamping = 1e-4, kMostDamping = 1e8;

bool all_finite(std::span<const double> v) {
  return std::all_of(v.begin(), v.end(), [](double x) { return std::isfinite(x); });
}

}  // namespace

/// One call of Fit::run.
class FitRun {
 public:
  FitRun(Fit& fit, const FitTask& task, std::span<const double> start);
  FitResult run();

 private:
  enum class Outcome { moved, settled, stuck };

  void resume();
  bool evaluate();
  void weigh();
  double objective(std::span<const double> x) const;
  double worst_violation() const;
  bool closed() const;
  Outcome iterate();
  bool quadratic_program();
  bool correct_active_set(int round);
  Outcome search();
  bool negligible(double measured_share, double unmeasured_share) const;
  bool stands_still() const;
  void take_last_step();
  bool accept_if_better(const std::vector<double>& x, double share, double merit, double slope);
  bool settled() const;
  void watch_speed();
  bool restore();

  const EquationSystem& system_;
  Fit& fit_;
  const FitTask& task_;
  FitResult out_;
  bool curved_;
  std::vector<char> held_;
  std::vector<double> gradient_, weight_, curvature_, linear_change_;
  std::vector<double> floor_;  // what rounding leaves of each scaled residual
  std::vector<double> step_, multipliers_;
  std::vector<signed char> active_;  // bounds that hold in the quadratic program: -1 low, 1 high
  std::vector<char> fixed_;          // those and what is held
  std::vector<double> penalty_;      // merit: objective + sum of penalty * |residual|
  double damping_ = 0.0;
  double last_length_ = 0.0;
  double next_length_ = kUnbounded;
  int patience_ = 2;  // steps before the exact curvature is considered
  bool exact_ = false, restoring_ = false;
  bool stale_ = true;  // the curvature is to be found anew; it is costly, and changes little near the end
  bool nearly_there_ = false;
  bool full_step_ = false;   // the last step was neither shortened nor corrected
  double unclosable_ = 0.0;  // share of the residuals that the last linearised step would leave
};

FitRun::FitRun(Fit& fit, const FitTask& task, std::span<const double> start)
    : system_(fit.system_), fit_(fit), task_(task), curved_(system_.hessian_pattern().nonzeros() > 0) {
  const std::size_t n = start.size(), m = system_.equations().size();
  out_.x.assign(start.begin(), start.end());
  out_.multipliers.assign(m, 0.0);
  out_.at_bound.assign(n, 0);
  out_.belief.assign(task.readings.size(), 1.0);
  out_.residual.resize(m);
  out_.jacobian.resize(system_.jacobian_pattern().row.size());
  curvature_.resize(system_.hessian_pattern().row.size());
  gradient_.resize(n);
  weight_.resize(n);
  floor_.resize(m);
  active_.assign(n, 0);
  held_.assign(n, 0);
  penalty_.assign(m, 0.0);
  for (std::size_t i = 0; i < n; ++i)
    out_.x[i] = std::clamp(out_.x[i], system_.variables()[i].low, system_.variables()[i].high);
  for (const auto& h : fit.held_) {
    out_.x[at(h.variable)] = h.value;
    held_[at(h.variable)] = 1;
  }
  resume();
}

/// A start near the last answer: its multipliers, curvature and factor are good first guesses, and no more than that.
void FitRun::resume() {
  const auto& last = fit_.last_;
  if (last.x.empty()) return;
  for (std::size_t i = 0; i < out_.x.size(); ++i)
    if (std::abs(out_.x[i] - last.x[i]) > 0.05 * std::max(std::abs(last.x[i]), fit_.nominal_[i])) return;
  nearly_there_ = curved_ && !task_.robust;
  for (const auto& y : task_.readings)
    if (std::abs(out_.x[at(y.variable)] - last.x[at(y.variable)]) > y.sd) nearly_there_ = false;
  out_.multipliers = last.multipliers;
  for (std::size_t i = 0; i < out_.multipliers.size(); ++i)
    if (task_.open[i]) out_.multipliers[i] = 0.0;
  if (!last.curvature.empty()) {
    curvature_ = last.curvature;
    exact_ = true;
    stale_ = false;
  }
}

/// Residuals and Jacobian at x.
bool FitRun::evaluate() {
  ++out_.residual_calls;
  if (!system_.residual(out_.x, out_.residual) || !all_finite(out_.residual)) return false;
  if (!system_.jacobian(out_.x, out_.jacobian) || !all_finite(out_.jacobian)) return false;
  const auto& p = system_.jacobian_pattern();
  std::fill(floor_.begin(), floor_.end(), 0.0);
  for (int c = 0; c < p.cols; ++c)
    for (int k = p.start[at(c)]; k < p.start[at(c) + 1]; ++k)
      floor_[at(p.row[at(k)])] += 4e-16 * std::abs(out_.jacobian[at(k)] * out_.x[at(c)]);
  return true;
}

/// Weight and gradient of the objective at x; Huber's loss is squares with less belief in far readings.
void FitRun::weigh() {
  std::fill(weight_.begin(), weight_.end(), 0.0);
  std::fill(gradient_.begin(), gradient_.end(), 0.0);
  for (std::size_t k = 0; k < task_.readings.size(); ++k) {
    const auto& y = task_.readings[k];
    const double a = (out_.x[at(y.variable)] - y.value) / y.sd;
    out_.belief[k] = !task_.used[k] ? 0.0 : task_.robust && std::abs(a) > kHuber ? kHuber / std::abs(a) : 1.0;
    if (!task_.used[k] || restoring_) continue;
    weight_[at(y.variable)] += out_.belief[k] / (y.sd * y.sd);
    gradient_[at(y.variable)] += out_.belief[k] * a / y.sd;
  }
}

double FitRun::objective(std::span<const double> x) const {
  if (restoring_) return 0.0;
  double sum = 0.0;
  for (std::size_t k = 0; k < task_.readings.size(); ++k) {
    if (!task_.used[k]) continue;
    const auto& y = task_.readings[k];
    const double a = std::abs(x[at(y.variable)] - y.value) / y.sd;
    sum += task_.robust && a > kHuber ? kHuber * (a - 0.5 * kHuber) : 0.5 * a * a;
  }
  return sum;
}

double FitRun::worst_violation() const {
  double worst = 0.0;
  for (std::size_t i = 0; i < floor_.size(); ++i)
    if (!task_.open[i]) worst = std::max(worst, std::abs(out_.residual[i]) / system_.residual_sizes()[i]);
  return worst;
}

bool FitRun::closed() const {
  for (std::size_t i = 0; i < floor_.size(); ++i)
    if (!task_.open[i] &&
        std::abs(out_.residual[i]) > std::max(task_.tolerance * system_.residual_sizes()[i], 4.0 * floor_[i]))
      return false;
  return true;
}

/// Steps and multipliers of the linearised problem inside the bounds.
bool FitRun::quadratic_program() {
  const std::size_t n = out_.x.size(), m = floor_.size();
  if (exact_ && !fit_.exact_)
    fit_.exact_ = std::make_unique<Kkt>(system_.jacobian_pattern(), system_.hessian_pattern());
  if (exact_ && stale_) {
    if (system_.hessian(out_.x, out_.multipliers, curvature_) && all_finite(curvature_))
      stale_ = false;
    else
      exact_ = false;
  }
  Kkt& kkt = exact_ ? *fit_.exact_ : fit_.gauss_newton_;
  // The gradient of the Lagrangian at the multipliers so far: the system then returns their change, which vanishes.
  std::vector<double> lagrangian = gradient_;
  const auto& p = system_.jacobian_pattern();
  for (int c = 0; c < p.cols; ++c)
    for (int k = p.start[at(c)]; k < p.start[at(c) + 1]; ++k)
      lagrangian[at(c)] += out_.jacobian[at(k)] * out_.multipliers[at(p.row[at(k)])];
  for (int round = 0;; ++round) {
    fixed_ = held_;
    for (std::size_t i = 0; i < n; ++i)
      if (active_[i]) fixed_[i] = 1;
    if (!kkt.factor({.jacobian = out_.jacobian,
                     .curvature = exact_ ? std::span<const double>(curvature_) : std::span<const double>(),
                     .weight = weight_,
                     .size = fit_.nominal_,
                     .fixed = fixed_,
                     .open = task_.open,
                     .damping = damping_,
                     .near_the_last = nearly_there_}))
      return false;
    step_.resize(n);
    multipliers_.resize(m);
    for (std::size_t i = 0; i < n; ++i) {
      const auto& v = system_.variables()[i];
      step_[i] = held_[i]         ? 0.0
                 : active_[i] < 0 ? v.low - out_.x[i]
                 : active_[i] > 0 ? v.high - out_.x[i]
                                  : -lagrangian[i];
    }
    for (std::size_t i = 0; i < m; ++i) multipliers_[i] = -out_.residual[i];
    kkt.solve(step_, multipliers_);
    for (std::size_t i = 0; i < m; ++i) multipliers_[i] = task_.open[i] ? 0.0 : multipliers_[i] + out_.multipliers[i];
    if (!all_finite(step_) || !all_finite(multipliers_)) return false;
    if (!correct_active_set(round)) return true;
  }
}

/// Holds what left its bounds, releases what a bound pushes the wrong way (later only the worst, so that it ends).
/// False where the active set is right, or enough was tried: steps are then clipped by the search.
bool FitRun::correct_active_set(int round) {
  if (round >= kBoundRounds) return false;
  bool changed = false;
  for (std::size_t i = 0; i < step_.size(); ++i) {
    if (fixed_[i]) continue;
    const auto& v = system_.variables()[i];
    const double to = out_.x[i] + step_[i], slack = 1e-12 * std::max(v.nominal, std::abs(to));
    if (to < v.low - slack) active_[i] = -1, changed = true;
    if (to > v.high + slack) active_[i] = 1, changed = true;
  }
  if (changed && round >= 10) return true;  // first inside, then release
  const auto& p = system_.jacobian_pattern();
  std::size_t worst = step_.size();
  double worst_push = 0.0;
  for (std::size_t i = 0; i < step_.size(); ++i) {
    if (!active_[i] || !fixed_[i]) continue;
    double push = gradient_[i] + weight_[i] * step_[i], scale = std::abs(gradient_[i]);
    for (int k = p.start[i]; k < p.start[i + 1]; ++k) {
      const double term = out_.jacobian[at(k)] * multipliers_[at(p.row[at(k)])];
      push += term;
      scale += std::abs(term);
    }
    push *= active_[i];  // > 0: the objective would fall inside
    if (push <= 1e-9 * scale) continue;
    if (round < 10) {
      active_[i] = 0;
      changed = true;
    } else if (push / scale > worst_push) {
      worst = i;
      worst_push = push / scale;
    }
  }
  if (worst < step_.size()) active_[worst] = 0, changed = true;
  return changed;
}

/// The step changes nothing that matters.
bool FitRun::negligible(double measured_share, double unmeasured_share) const {
  for (std::size_t i = 0; i < step_.size(); ++i) {
    const double share = weight_[i] > 0.0 ? measured_share : unmeasured_share;
    if (std::abs(step_[i]) > share * std::max(std::abs(out_.x[i]), fit_.nominal_[i])) return false;
  }
  return true;
}
/// No variable, measured or not, moves by more than rounding.
bool FitRun::stands_still() const {
  for (std::size_t i = 0; i < step_.size(); ++i)
    if (std::abs(step_[i]) > kRounding * std::abs(out_.x[i])) return false;
  return true;
}
bool FitRun::settled() const { return closed() && negligible(task_.tolerance, kSettled); }

/// The step at which all has settled is as good as any: it takes the unmeasured variables to their last digits.
void FitRun::take_last_step() {
  const auto before = out_.x;
  for (std::size_t i = 0; i < step_.size(); ++i) {
    const auto& v = system_.variables()[i];
    if (!held_[i]) out_.x[i] = std::clamp(out_.x[i] + step_[i], v.low, v.high);
  }
  if (out_.x == before || (evaluate() && closed())) return;
  out_.x = before;
  evaluate();
}

/// Chooses the exact curvature where Gauss-Newton would take many steps, and foresees the end.
void FitRun::watch_speed() {
  double length = 0.0;
  for (std::size_t i = 0; i < step_.size(); ++i) length += weight_[i] * step_[i] * step_[i];
  length = std::sqrt(length);
  const double shrink = last_length_ > 0.0 ? length / last_length_ : 1.0;
  last_length_ = length;
  // The next step, in sd, if steps go on shrinking at least as fast; unmeasured variables must have come as far.
  next_length_ = full_step_ && shrink < 0.1 && negligible(kUnbounded, kFew) ? length * shrink : kUnbounded;
  // The factor of a system a tenth of an sd away is as good, with refinement.
  nearly_there_ =
      curved_ && !restoring_ && !task_.robust && damping_ == 0.0 && full_step_ && length < 0.1 && shrink < 0.3;
  if (!curved_ || restoring_ || (!exact_ && --patience_ > 0)) return;
  if (exact_)
    stale_ = stale_ || shrink > kStale;
  else if (shrink > kSlow && full_step_)
    exact_ = stale_ = true;
}

bool FitRun::accept_if_better(const std::vector<double>& x, double share, double merit, double slope) {
  std::vector<double> r(floor_.size());
  ++out_.residual_calls;
  if (!system_.residual(x, r) || !all_finite(r)) return false;
  double to = objective(x), noise = 1e-13 * std::abs(merit);
  for (std::size_t i = 0; i < r.size(); ++i) {
    to += penalty_[i] * std::abs(r[i]);
    noise += 4.0 * penalty_[i] * floor_[i];
  }
  if (!(to <= merit + 1e-4 * share * slope + noise)) return false;
  out_.x = x;
  return true;
}

/// Goes along the step until objective plus penalised residuals fall.
FitRun::Outcome FitRun::search() {
  const auto& p = system_.jacobian_pattern();
  const std::size_t m = floor_.size();
  linear_change_.assign(m, 0.0);
  for (int c = 0; c < p.cols; ++c)
    for (int k = p.start[at(c)]; k < p.start[at(c) + 1]; ++k)
      linear_change_[at(p.row[at(k)])] += out_.jacobian[at(k)] * step_[at(c)];
  double slope = 0.0, merit = objective(out_.x), curvature = 0.0, open = 0.0, left = 0.0;
  for (std::size_t i = 0; i < step_.size(); ++i) {
    slope += gradient_[i] * step_[i];
    curvature += weight_[i] * step_[i] * step_[i];
  }
  for (std::size_t i = 0; i < m; ++i) {
    if (task_.open[i]) {
      penalty_[i] = 0.0;
      continue;
    }
    const double need = restoring_ ? 1.0 / system_.residual_sizes()[i] : 1.1 * std::abs(multipliers_[i]);
    penalty_[i] = std::max(need, 0.5 * (penalty_[i] + need));
    open += std::abs(out_.residual[i]) / system_.residual_sizes()[i];
    left += std::abs(out_.residual[i] + linear_change_[i]) / system_.residual_sizes()[i];
    merit += penalty_[i] * std::abs(out_.residual[i]);
    slope += penalty_[i] * (std::abs(out_.residual[i] + linear_change_[i]) - std::abs(out_.residual[i]));
  }
  if (exact_ && slope > -1e-3 * curvature && !settled()) return Outcome::stuck;  // wrong curvature: not downhill
  slope = std::min(slope, 0.0);
  unclosable_ = open > 0.0 ? left / open : 0.0;

  std::vector<double> x(out_.x.size());
  for (double share = 1.0; share > kLeastShare; share *= 0.5) {
    for (std::size_t i = 0; i < x.size(); ++i) {
      const auto& v = system_.variables()[i];
      x[i] = held_[i] ? out_.x[i] : std::clamp(out_.x[i] + share * step_[i], v.low, v.high);
      if (share == 1.0 && active_[i]) x[i] = active_[i] < 0 ? v.low : v.high;
    }
    if (accept_if_better(x, share, merit, slope)) {
      out_.multipliers = multipliers_;
      full_step_ = share == 1.0;
      return Outcome::moved;
    }
    if (share == 1.0 && curved_ && !restoring_) {  // second-order correction: back onto the curved balances
      std::vector<double> r(m), back(x.size(), 0.0);
      ++out_.residual_calls;
      if (system_.residual(x, r) && all_finite(r)) {
        for (double& v : r) v = -v;
        (exact_ ? *fit_.exact_ : fit_.gauss_newton_).solve(back, r);
        for (std::size_t i = 0; i < x.size(); ++i)
          if (!fixed_[i]) x[i] = std::clamp(x[i] + back[i], system_.variables()[i].low, system_.variables()[i].high);
        if (accept_if_better(x, 1.0, merit, slope)) {
          out_.multipliers = multipliers_;
          full_step_ = false;
          return Outcome::moved;
        }
      }
    }
  }
  return Outcome::stuck;
}

/// One step, with as much damping as it takes. x, r, J are fresh before and, unless stuck, after.
FitRun::Outcome FitRun::iterate() {
  weigh();
  for (;;) {
    if (quadratic_program()) {
      if (settled()) {
        take_last_step();
        return Outcome::settled;
      }
      if (!closed() && stands_still()) {
        unclosable_ = 1.0;
        return Outcome::stuck;
      }
      const auto before = out_.x;
      if (search() == Outcome::moved) {
        watch_speed();
        if (evaluate()) {
          damping_ = damping_ <= kLeastDamping ? 0.0 : 0.1 * damping_;
          return Outcome::moved;
        }
        out_.x = before;  // residuals exist there but derivatives do not: shorter
        if (!evaluate()) return Outcome::stuck;
      }
    }
    if (nearly_there_) {  // the factor of another system may have misled
      nearly_there_ = false;
      continue;
    }
    if (exact_) {
      exact_ = false;
      patience_ = 4;
      continue;
    }
    if (damping_ >= kMostDamping) return Outcome::stuck;
    damping_ = std::max(kLeastDamping, 10.0 * damping_);
  }
}

/// Leaves the readings aside and looks for the nearest point where the balances hold.
bool FitRun::restore() {
  restoring_ = true;
  exact_ = false;
  damping_ = 0.0;
  std::fill(out_.multipliers.begin(), out_.multipliers.end(), 0.0);
  bool done = false;
  for (int k = 0; k < task_.max_iterations && !done; ++k) {
    ++out_.iterations;
    const double before = worst_violation();
    if (iterate() == Outcome::stuck) break;
    done = closed();
    if (k > 20 && worst_violation() > 0.999 * before) break;
  }
  restoring_ = false;
  damping_ = 0.0;
  std::fill(out_.multipliers.begin(), out_.multipliers.end(), 0.0);
  std::fill(penalty_.begin(), penalty_.end(), 0.0);
  last_length_ = 0.0;
  patience_ = 2;
  return done;
}

FitResult FitRun::run() {
  using End = FitResult::End;
  if (!evaluate()) {
    out_.end = End::impossible_start;
    return std::move(out_);
  }
  for (int attempt = 0; attempt < 2; ++attempt) {
    bool stuck = false;
    for (int k = 0; k < task_.max_iterations && !stuck; ++k) {
      ++out_.iterations;
      const auto jacobian = curved_ ? std::vector<double>() : out_.jacobian;
      const Outcome o = iterate();
      stuck = o == Outcome::stuck;
      const bool foreseen = o == Outcome::moved && !task_.robust && closed() && next_length_ < 0.1 * task_.tolerance;
      // In a linear system the step was exact, unless it was shortened or beliefs changed.
      const bool exact_step = o == Outcome::moved && !curved_ && !task_.robust && damping_ == 0.0 && closed() &&
                              jacobian == out_.jacobian && full_step_;
      if (o == Outcome::settled || exact_step || foreseen) {
        for (std::size_t i = 0; i < active_.size(); ++i) out_.at_bound[i] = active_[i] != 0;
        weigh();
        out_.end = End::converged;
        fit_.last_ = {out_.x, out_.multipliers, exact_ ? curvature_ : std::vector<double>()};
        return std::move(out_);
      }
    }
    if (attempt == 0 && !restore()) break;
  }
  out_.end = !closed() && unclosable_ > 0.5 ? End::contradiction : End::out_of_steps;
  return std::move(out_);
}

Fit::Fit(const EquationSystem& system, std::span<const Held> held)
    : system_(system),
      held_(held.begin(), held.end()),
      gauss_newton_(system.jacobian_pattern(),
                    make_pattern(system.jacobian_pattern().cols, system.jacobian_pattern().cols, {})) {
  for (const auto& v : system.variables()) nominal_.push_back(v.nominal);
}

FitResult Fit::run(const FitTask& task, std::span<const double> start) { return FitRun(*this, task, start).run(); }

}  // namespace castner::solve

// SPDX-License-Identifier: Apache-2.0
#include "castner/solve/active_set.h"

#include <algorithm>
#include <cmath>

namespace castner::solve {
namespace {

// In the first rounds everything changes at once: the primal-dual active set strategy (Hintermueller, Ito, Kunisch 2003),
// which is Newton's method on the conditions and as fast, but may go round in circles. Then only the worst is released at a
// time, as the classical method does (Nocedal, Wright 2006, 16.5). Both counts are guesses that the tests bear out: random
// networks with a third of their bounds holding take up to eight rounds.
constexpr int kRoundsAtOnce = 10;
constexpr int kMostRounds = 60;
constexpr double kOutside = 1e-12;  // of a variable: further than this it has left its bound
constexpr double kPushed = 1e-9;    // of the terms of a slope: below, it is their rounding

}  // namespace

ActiveSet::ActiveSet(const FitProblem& problem)
    : problem_(problem), side_(problem.nominal().size(), 0), fixed_(problem.held_mask()) {
  for (const auto& v : problem.system().variables()) {
    low_.push_back(v.low);
    high_.push_back(v.high);
  }
}

bool ActiveSet::empty() const {
  return std::all_of(side_.begin(), side_.end(), [](signed char s) { return s == 0; });
}

double ActiveSet::prescribed(std::size_t i, double x) const {
  return side_[i] < 0 ? low_[i] - x : side_[i] > 0 ? high_[i] - x : 0.0;
}

void ActiveSet::place(std::span<double> x) const {
  for (std::size_t i = 0; i < x.size(); ++i)
    if (side_[i]) x[i] = side_[i] < 0 ? low_[i] : high_[i];
}

void ActiveSet::begin() {
  for (std::size_t i = 0; i < side_.size(); ++i) {
    if (problem_.is_held(i)) side_[i] = 0;
    fixed_[i] = problem_.is_held(i) || side_[i];
  }
  round_ = 0;
  seen_.clear();
}

void ActiveSet::clear() {
  std::fill(side_.begin(), side_.end(), 0);
  fixed_ = problem_.held_mask();
}

void ActiveSet::confine(std::size_t i, bool down, double limit) {
  if (down)
    low_[i] = std::max(low_[i], limit);
  else
    high_[i] = std::min(high_[i], limit);
  confined_.push_back(i);
}

void ActiveSet::unconfine() {
  const auto variables = problem_.system().variables();
  for (const std::size_t i : confined_) {
    low_[i] = variables[i].low;
    high_[i] = variables[i].high;
    side_[i] = 0;
    fixed_[i] = problem_.is_held(i);
  }
  confined_.clear();
}

bool ActiveSet::revise(std::span<const double> x, std::span<const double> step,
                       const std::function<Push(std::size_t)>& push) {
  if (round_ >= kMostRounds || (round_ >= kRoundsAtOnce && seen_before())) return false;
  bool changed = hold_leavers(x, step);
  // First everything inside, then the release.
  if (!changed || round_ < kRoundsAtOnce) changed = release(push) || changed;
  for (std::size_t i = 0; i < side_.size(); ++i) fixed_[i] = problem_.is_held(i) || side_[i];
  ++round_;
  return changed;
}

bool ActiveSet::hold_leavers(std::span<const double> x, std::span<const double> step) {
  bool changed = false;
  for (std::size_t i = 0; i < side_.size(); ++i) {
    if (fixed_[i]) continue;
    const double to = x[i] + step[i], slack = kOutside * std::max(problem_.nominal()[i], std::abs(to));
    if (to < low_[i] - slack) side_[i] = -1, changed = true;
    if (to > high_[i] + slack) side_[i] = 1, changed = true;
  }
  return changed;
}

bool ActiveSet::release(const std::function<Push(std::size_t)>& push) {
  bool changed = false;
  std::size_t worst = side_.size();
  double worst_share = 0.0;
  for (std::size_t i = 0; i < side_.size(); ++i) {
    if (!side_[i] || !fixed_[i]) continue;  // not what has only just been held
    const Push p = push(i);
    const double inwards = p.slope * side_[i];  // > 0: the Lagrangian would fall inside
    if (inwards <= kPushed * p.size) continue;
    if (round_ < kRoundsAtOnce) {
      side_[i] = 0;
      changed = true;
    } else if (inwards / p.size > worst_share) {
      worst = i;
      worst_share = inwards / p.size;
    }
  }
  if (worst == side_.size()) return changed;
  side_[worst] = 0;
  return true;
}

bool ActiveSet::seen_before() {
  if (std::find(seen_.begin(), seen_.end(), side_) != seen_.end()) return true;
  seen_.push_back(side_);
  return false;
}

}  // namespace castner::solve

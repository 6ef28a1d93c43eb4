// SPDX-License-Identifier: Apache-2.0
#include "castner/solve/curvature.h"

namespace castner::solve {
namespace {

// Guesses that the tests bear out; second derivatives cost much more than first ones, so that they must save steps.
constexpr double kSlow = 0.03;   // a step that is more than this share of the last is slow
constexpr double kStale = 0.05;  // the same with exact curvature: it is found anew
constexpr int kPatience = 2;     // steps of Gauss-Newton before exact curvature is considered
constexpr int kPatienceAfterDistrust = 4;

}  // namespace

KktSystems::KktSystems(const EquationSystem& system)
    : gauss_newton(system.jacobian_pattern(),
                   make_pattern(system.jacobian_pattern().cols, system.jacobian_pattern().cols, {})) {}

void KktSystems::forget() {
  gauss_newton.forget();
  if (exact) exact->forget();
  last = nullptr;
}

Curvature::Curvature(const FitProblem& problem, KktSystems& systems)
    : problem_(problem), systems_(systems), patience_(kPatience) {}

void Curvature::start_with(const std::vector<double>& values) {
  values_ = values;
  exact_ = true;
  stale_ = false;
}

void Curvature::refresh(std::span<const double> x, std::span<const double> multipliers) {
  if (!exact_) return;
  const auto& system = problem_.system();
  if (!systems_.exact) systems_.exact = std::make_unique<Kkt>(system.jacobian_pattern(), system.hessian_pattern());
  if (!stale_) return;
  values_.resize(system.hessian_pattern().row.size());
  exact_ = system.hessian(x, multipliers, values_) && all_finite(values_);
  stale_ = !exact_;
}

void Curvature::watch(double shrink, bool full_step) {
  if (!problem_.curved()) return;
  if (exact_) {
    stale_ = stale_ || shrink > kStale;
  } else if (--patience_ <= 0 && full_step && shrink > kSlow) {
    exact_ = stale_ = true;
  }
}

bool Curvature::distrust() {
  if (!exact_) return false;
  exact_ = false;
  patience_ = kPatienceAfterDistrust;
  return true;
}

void Curvature::reset() {
  exact_ = false;
  patience_ = kPatience;
}

}  // namespace castner::solve

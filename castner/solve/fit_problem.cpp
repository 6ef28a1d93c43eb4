// SPDX-License-Identifier: Apache-2.0
#include "castner/solve/fit_problem.h"

#include <algorithm>
#include <cmath>

#include "castner/solve/free_system.h"
#include "castner/solve/index.h"

namespace castner::solve {
namespace {

constexpr double kRoundingOfATerm = 4e-16;  // two units in the last place

}  // namespace

bool all_finite(std::span<const double> v) {
  return std::all_of(v.begin(), v.end(), [](double x) { return std::isfinite(x); });
}

double objective(const FitTask& task, std::span<const double> x) {
  double sum = 0.0;
  for (std::size_t k = 0; k < task.readings.size(); ++k) {
    if (!task.used[k]) continue;
    const double a = (x[at(task.readings[k].variable)] - task.readings[k].value) / task.readings[k].sd;
    sum += a * a;
  }
  return sum;
}

FitProblem::FitProblem(const EquationSystem& system, std::span<const Held> held)
    : system_(system), held_(held.begin(), held.end()), held_mask_(system.variables().size(), 0) {
  for (const auto& h : held) held_mask_[at(h.variable)] = 1;
  for (const auto& v : system.variables()) nominal_.push_back(v.nominal);
}

void FitProblem::pose(const FitTask& task) {
  task_ = &task;
  residual_calls_ = 0;
  release_anchored();
}

void FitProblem::anchor(std::size_t variable) {
  held_mask_[variable] = 1;
  anchored_.push_back(variable);
}

void FitProblem::release_anchored() {
  for (const std::size_t i : anchored_) held_mask_[i] = 0;
  anchored_.clear();
}

bool FitProblem::residual(std::span<const double> x, std::vector<double>& r) const {
  ++residual_calls_;
  r.resize(system_.equations().size());
  return system_.residual(x, r) && all_finite(r);
}

bool FitProblem::evaluate(Iterate& p) const {
  p.jacobian.resize(system_.jacobian_pattern().row.size());
  if (!residual(p.x, p.residual)) return false;
  if (!system_.jacobian(p.x, p.jacobian) || !all_finite(p.jacobian)) return false;
  p.rounding.assign(p.residual.size(), 0.0);
  for_each_entry(system_.jacobian_pattern(), [&](std::size_t r, std::size_t c, std::size_t k) {
    p.rounding[r] += kRoundingOfATerm * std::abs(p.jacobian[k] * p.x[c]);
  });
  return true;
}

double FitProblem::loss(std::span<const double> x) const {
  double sum = 0.0;
  for (std::size_t k = 0; k < task_->readings.size(); ++k) {
    if (!task_->used[k]) continue;
    const auto& y = task_->readings[k];
    const double a = std::abs(x[at(y.variable)] - y.value) / y.sd;
    sum += task_->robust && a > kHuber ? kHuber * (a - 0.5 * kHuber) : 0.5 * a * a;
  }
  return sum;
}

/// Huber's loss is squares with less belief in far readings.
void FitProblem::weigh(std::span<const double> x, Slope& s) const {
  s.gradient.assign(x.size(), 0.0);
  s.weight.assign(x.size(), 0.0);
  s.belief.assign(task_->readings.size(), 0.0);
  for (std::size_t k = 0; k < s.belief.size(); ++k) {
    if (!task_->used[k]) continue;
    const auto& y = task_->readings[k];
    const double a = (x[at(y.variable)] - y.value) / y.sd;
    s.belief[k] = task_->robust && std::abs(a) > kHuber ? kHuber / std::abs(a) : 1.0;
    s.weight[at(y.variable)] += s.belief[k] / (y.sd * y.sd);
    s.gradient[at(y.variable)] += s.belief[k] * a / y.sd;
  }
}

double FitProblem::worst(std::span<const double> residual) const {
  const auto sizes = system_.residual_sizes();
  double worst = 0.0;
  for (std::size_t e = 0; e < residual.size(); ++e)
    if (!task_->open[e]) worst = std::max(worst, std::abs(residual[e]) / sizes[e]);
  return worst;
}

double FitProblem::violation(std::span<const double> residual) const {
  const auto sizes = system_.residual_sizes();
  double sum = 0.0;
  for (std::size_t e = 0; e < residual.size(); ++e)
    if (!task_->open[e]) sum += std::abs(residual[e]) / sizes[e];
  return sum;
}

bool FitProblem::closed(const Iterate& p, double share_of_size, double share_of_terms) const {
  const auto sizes = system_.residual_sizes();
  const auto terms = sizes_of_terms(system_, p.x, p.jacobian);
  for (std::size_t e = 0; e < p.residual.size(); ++e) {
    const double of_size = share_of_size * sizes[e], of_terms = terms[e] > 0.0 ? share_of_terms * terms[e] : kUnbounded;
    const double small = std::max(std::min(of_size, of_terms), kRoundingsAllowed * p.rounding[e]);
    if (!task_->open[e] && std::abs(p.residual[e]) > small) return false;
  }
  return true;
}

void FitProblem::put_inside(std::span<double> x) const {
  const auto variables = system_.variables();
  for (std::size_t i = 0; i < x.size(); ++i) x[i] = std::clamp(x[i], variables[i].low, variables[i].high);
  for (const auto& h : held_) x[at(h.variable)] = h.value;
}

void FitProblem::move(std::span<const double> x, std::span<const double> step, double share,
                      std::vector<double>& y) const {
  y.resize(x.size());
  for (std::size_t i = 0; i < x.size(); ++i) y[i] = x[i] + share * step[i];
  put_inside(y);
}

}  // namespace castner::solve

// SPDX-License-Identifier: Apache-2.0
#include "castner/solve/free_system.h"

#include <algorithm>
#include <cmath>

#include "castner/solve/bounds.h"
#include "castner/solve/index.h"

namespace castner::solve {

std::vector<double> sizes_of_terms(const EquationSystem& system, std::span<const double> x,
                                   std::span<const double> jacobian, double least) {
  std::vector<double> sizes(system.equations().size(), 0.0);
  for_each_entry(system.jacobian_pattern(), [&](std::size_t r, std::size_t c, std::size_t k) {
    const double moves = std::abs(jacobian[k]) * std::max(std::abs(x[c]), least * system.variables()[c].nominal);
    sizes[r] = std::max(sizes[r], moves);
  });
  return sizes;
}

FreeSystem::FreeSystem(const EquationSystem& system, std::span<const Held> held, std::span<const char> open)
    : system_(system), open_(open) {
  const auto& full = system.jacobian_pattern();
  std::vector<bool> is_held(at(full.cols), false);
  for (const auto& h : held) is_held[at(h.variable)] = true;
  for (int c = 0; c < full.cols; ++c)
    if (!is_held[at(c)]) free_.push_back(c);
  pattern_ = select_columns(full, free_, &place_);
  full_.resize(full.row.size());
}

bool FreeSystem::residual(std::span<const double> x, std::vector<double>& r) const {
  ++residual_calls_;
  r.resize(at(pattern_.rows));
  if (!system_.residual(x, r)) return false;
  const auto sizes = system_.residual_sizes();
  bool finite = true;
  for (std::size_t i = 0; i < r.size(); ++i) {
    r[i] = is_open(i) ? 0.0 : r[i] / sizes[i];
    finite = finite && std::isfinite(r[i]);
  }
  return finite;
}

bool FreeSystem::jacobian(std::span<const double> x, std::vector<double>& values) const {
  if (!system_.jacobian(x, full_)) return false;
  const auto sizes = system_.residual_sizes();
  values.resize(place_.size());
  bool finite = true;
  for_each_entry(pattern_, [&](std::size_t r, std::size_t c, std::size_t k) {
    values[k] = is_open(r) ? 0.0 : full_[at(place_[k])] * system_.variables()[at(free_[c])].nominal / sizes[r];
    finite = finite && std::isfinite(values[k]);
  });
  return finite;
}

bool FreeSystem::closed(std::span<const double> x, std::span<const double> r, double tolerance) const {
  if (std::any_of(r.begin(), r.end(), [&](double v) { return std::abs(v) > tolerance; })) return false;
  if (std::all_of(r.begin(), r.end(), [](double v) { return v == 0.0; }) || !system_.jacobian(x, full_)) return true;
  const auto terms = sizes_of_terms(system_, x, full_);
  const auto sizes = system_.residual_sizes();
  for (std::size_t i = 0; i < r.size(); ++i)
    if (std::abs(r[i]) * sizes[i] > kOfTerms * terms[i] && terms[i] > 0.0) return false;
  return true;
}

std::vector<char> FreeSystem::blocked(std::span<const double> x, std::span<const double> jacobian,
                                      std::span<const double> r) const {
  std::vector<double> slope(free_.size(), 0.0);
  add_transposed_product(pattern_, jacobian, r, slope);
  std::vector<char> blocked(free_.size(), 0);
  for (std::size_t k = 0; k < free_.size(); ++k) {
    const auto& v = system_.variables()[at(free_[k])];
    const double bound = slope[k] > 0.0 ? v.low : v.high;
    blocked[k] = std::abs(bound - x[at(free_[k])]) <= kOnBound * v.nominal;
  }
  return blocked;
}

void FreeSystem::clip(std::vector<double>& x) const {
  for (const int i : free_) {
    const auto& v = system_.variables()[at(i)];
    x[at(i)] = std::clamp(x[at(i)], v.low, v.high);
  }
}

double FreeSystem::longest(std::span<const double> x, std::span<const double> step) const {
  double share = 1.0;
  for (std::size_t k = 0; k < free_.size(); ++k) {
    const auto& v = system_.variables()[at(free_[k])];
    share = std::min(share, share_within_bounds(v, x[at(free_[k])], step[k] * v.nominal));
  }
  return share;
}

std::vector<double> FreeSystem::moved(std::span<const double> x, std::span<const double> step, double share) const {
  std::vector<double> y(x.begin(), x.end());
  for (std::size_t k = 0; k < free_.size(); ++k)
    y[at(free_[k])] += share * step[k] * system_.variables()[at(free_[k])].nominal;
  clip(y);
  return y;
}

}  // namespace castner::solve

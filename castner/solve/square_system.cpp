// SPDX-License-Identifier: Apache-2.0
#include "castner/solve/square_system.h"

#include <algorithm>
#include <cmath>

#include "castner/base/check.h"
#include "castner/solve/index.h"

namespace castner::solve {

SquareSystem::SquareSystem(const EquationSystem& system, std::span<const Held> held) : system_(system) {
  const auto& full = system.jacobian_pattern();
  std::vector<bool> is_held(at(full.cols), false);
  for (const auto& h : held) is_held[at(h.variable)] = true;
  for (int c = 0; c < full.cols; ++c)
    if (!is_held[at(c)]) free_.push_back(c);
  pattern_ = select_columns(full, free_, &place_);
  check(pattern_.cols == pattern_.rows, "a square system has as many free variables as equations");
  full_.resize(full.row.size());
}

bool SquareSystem::residual(std::span<const double> x, std::vector<double>& r) const {
  ++residual_calls_;
  r.resize(at(size()));
  if (!system_.residual(x, r)) return false;
  const auto sizes = system_.residual_sizes();
  bool finite = true;
  for (std::size_t i = 0; i < r.size(); ++i) {
    r[i] /= sizes[i];
    finite = finite && std::isfinite(r[i]);
  }
  return finite;
}

bool SquareSystem::jacobian(std::span<const double> x, std::vector<double>& values) const {
  if (!system_.jacobian(x, full_)) return false;
  const auto sizes = system_.residual_sizes();
  values.resize(place_.size());
  bool finite = true;
  for_each_entry(pattern_, [&](std::size_t r, std::size_t c, std::size_t k) {
    values[k] = full_[at(place_[k])] * system_.variables()[at(free_[c])].nominal / sizes[r];
    finite = finite && std::isfinite(values[k]);
  });
  return finite;
}

void SquareSystem::clip(std::vector<double>& x) const {
  for (const int i : free_) {
    const auto& v = system_.variables()[at(i)];
    x[at(i)] = std::clamp(x[at(i)], v.low, v.high);
  }
}

double SquareSystem::longest(std::span<const double> x, std::span<const double> step) const {
  constexpr double kOfTheWay = 0.995;
  double share = 1.0;
  for (std::size_t k = 0; k < free_.size(); ++k) {
    const auto& v = system_.variables()[at(free_[k])];
    const double dx = step[k] * v.nominal, room = dx > 0.0 ? v.high - x[at(free_[k])] : v.low - x[at(free_[k])];
    if (dx == 0.0 || std::abs(room) <= 1e-12 * v.nominal) continue;
    if (std::abs(dx) > kOfTheWay * std::abs(room)) share = std::min(share, kOfTheWay * room / dx);
  }
  return share;
}

std::vector<double> SquareSystem::moved(std::span<const double> x, std::span<const double> step, double share) const {
  std::vector<double> y(x.begin(), x.end());
  for (std::size_t k = 0; k < free_.size(); ++k)
    y[at(free_[k])] += share * step[k] * system_.variables()[at(free_[k])].nominal;
  clip(y);
  return y;
}

}  // namespace castner::solve

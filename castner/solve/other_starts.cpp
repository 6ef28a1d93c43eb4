// SPDX-License-Identifier: Apache-2.0
#include "castner/solve/other_starts.h"

#include <algorithm>
#include <cmath>
#include <random>

#include "castner/solve/index.h"

namespace castner::solve {
namespace {

// A little, so that the nearest basin is found; several times, so that far ones are. Guesses that the tests bear out.
constexpr double kLengths[] = {0.3, 1.0, 3.0, 10.0};

/// Mirrored at the bound that was passed: at the bounds themselves a search may have no way back.
double inside(const Variable& v, double x) {
  const double mirrored = x < v.low ? 2.0 * v.low - x : x > v.high ? 2.0 * v.high - x : x;
  return std::clamp(mirrored, v.low, v.high);
}

}  // namespace

double width(const Variable& v, double x) { return std::max({std::abs(x), std::abs(v.start), v.nominal}); }

std::vector<std::vector<double>> other_starts(const EquationSystem& system, std::span<const Held> held,
                                              std::span<const double> x, std::span<const double> direction) {
  const auto variables = system.variables();
  std::vector<std::vector<double>> starts(1);
  for (const auto& v : variables) starts.front().push_back(v.start);
  for (const double length : kLengths)
    for (const double side : {1.0, -1.0}) {
      auto& y = starts.emplace_back(x.begin(), x.end());
      for (std::size_t i = 0; i < y.size(); ++i) y[i] += side * length * direction[i];
    }
  for (auto& y : starts) {
    for (std::size_t i = 0; i < y.size(); ++i) y[i] = inside(variables[i], y[i]);
    for (const auto& h : held) y[at(h.variable)] = h.value;
  }
  return starts;
}

std::vector<double> irregular_direction(const EquationSystem& system, std::span<const double> x) {
  std::minstd_rand random;  // the same on every machine, and so are the halves below
  std::vector<double> direction;
  for (std::size_t i = 0; i < x.size(); ++i) {
    const double share = static_cast<double>(random() - random.min()) / static_cast<double>(random.max());
    direction.push_back((share < 0.5 ? share + 0.5 : -share) * width(system.variables()[i], x[i]));
  }
  return direction;
}

}  // namespace castner::solve

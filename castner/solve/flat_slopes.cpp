// SPDX-License-Identifier: Apache-2.0
#include "castner/solve/flat_slopes.h"

#include <algorithm>
#include <cmath>
#include <optional>

#include "castner/solve/index.h"
#include "castner/solve/other_starts.h"

namespace castner::solve {
namespace {

// Of a variable's width; guesses that the tests bear out.
constexpr double kDoubtful = 0.3;  // an sd that a tangent over so much may not describe
constexpr double kFirst = 1e-4, kLast = 30.0;

/// How far a variable has to go alone, up or down, until a residual has changed by so much; nothing where it never does.
/// Nothing either where the tangent is not far off.
std::optional<double> reach(const EquationSystem& system, std::span<const double> x, std::size_t variable,
                            std::size_t equation, double change, double tangent) {
  const auto& v = system.variables()[variable];
  std::vector<double> y(x.begin(), x.end()), r(system.equations().size());
  if (!system.residual(y, r)) return std::nullopt;
  const double here = r[equation];
  const auto reached = [&](double way) {
    y[variable] = x[variable] + way;
    return system.residual(y, r) && std::abs(r[equation] - here) >= change;
  };
  const double size = width(v, x[variable]);
  const double half_way = std::min(0.5 * change / std::abs(tangent), kLast * size);
  if (!reached(half_way) && !reached(-half_way)) return std::nullopt;
  for (double share = kFirst; share < kLast; share *= 2.0)
    for (const double side : {1.0, -1.0}) {
      if (!reached(side * share * size)) continue;
      double near = share == kFirst ? 0.0 : 0.5 * share, far = share;
      for (int k = 0; k < 10; ++k) {
        const double middle = 0.5 * (near + far);
        (reached(side * middle * size) ? far : near) = middle;
      }
      return far * size;
    }
  return std::nullopt;
}

/// What one sd of the other variables of each equation moves it; shape (equations).
std::vector<double> moved_by_others(const EquationSystem& system, const Linearised& l, const Projection& projection,
                                    std::span<const double> jacobian, std::size_t variable) {
  std::vector<double> square(system.equations().size(), 0.0);
  for_each_entry(system.jacobian_pattern(), [&](std::size_t e, std::size_t c, std::size_t k) {
    if (c == variable || l.constant[c]) return;
    const int i = static_cast<int>(c);
    const double own = l.sd[c] * l.sd[c];
    square[e] += jacobian[k] * jacobian[k] *
                 (own > 0.0                  ? own
                  : projection.observable(i) ? projection.variance(i)
                                             : 0.0);
  });
  for (double& s : square) s = std::sqrt(s);
  return square;
}

}  // namespace

bool mend_slopes(const EquationSystem& system, std::span<const double> x, const Linearised& l,
                 std::span<const char> open, const Projection& projection, std::vector<double>& jacobian) {
  bool mended = false;
  const auto tangents = jacobian;
  for (std::size_t i = 0; i < x.size(); ++i) {
    if (l.sd[i] > 0.0 || l.constant[i]) continue;
    const int c = static_cast<int>(i);
    const auto column = system.jacobian_pattern().column(i);
    bool flat = false;
    for (const auto [e, k] : column) flat = flat || tangents[k] == 0.0;
    const auto sd = projection.observable(c) ? std::optional(std::sqrt(projection.variance(c))) : std::nullopt;
    const bool doubtful = sd ? *sd > kDoubtful * width(system.variables()[i], x[i]) : flat;
    if (!doubtful) continue;
    const auto moved = moved_by_others(system, l, projection, tangents, i);
    for (const auto [e, k] : column) {
      if (open[e] || !(moved[e] > 0.0)) continue;
      const auto way = reach(system, x, i, e, moved[e], tangents[k]);
      if (!way || !(moved[e] / *way > std::abs(tangents[k]))) continue;
      if (sd && !(*way < *sd)) continue;
      jacobian[k] = std::copysign(moved[e] / *way, tangents[k]);
      mended = true;
    }
  }
  return mended;
}

}  // namespace castner::solve

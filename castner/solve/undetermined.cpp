// SPDX-License-Identifier: Apache-2.0
#include "castner/solve/undetermined.h"

#include <algorithm>
#include <cmath>

#include "castner/solve/elimination.h"
#include "castner/solve/fit_problem.h"
#include "castner/solve/free_system.h"
#include "castner/solve/index.h"
#include "castner/solve/newton.h"
#include "castner/solve/other_starts.h"

namespace castner::solve {
namespace {

// Of a variable's width; guesses that the tests bear out.
constexpr double kKnownTo = 1e-8;             // solvers close residuals to 1e-9 and less
constexpr double kRounding = 1e-11;           // below, a value is what rounding left of zero
constexpr double kElsewhere[] = {0.1, 0.01};  // where a variable is tried that may not be determined
constexpr double kMoved = 1e-4;  // plainly somewhere else: residuals of 1e-10 leave 1e-5 of a double root open
constexpr DescentLimits kClose{100, 1e-10};

std::vector<char> mask(std::size_t n, std::span<const Held> held) {
  std::vector<char> m(n, 0);
  for (const auto& h : held) m[at(h.variable)] = 1;
  return m;
}

/// The rank of the Jacobian at a solution, on scaled rows and columns; nothing where it has no derivatives there.
Elimination rank(const EquationSystem& system, std::span<const Held> held, std::span<const double> x) {
  std::vector<double> jacobian(system.jacobian_pattern().row.size());
  if (!system.jacobian(x, jacobian) || !all_finite(jacobian)) return {};
  jacobian = plainly_not_zero(system, held, x, jacobian);
  const auto is_held = mask(x.size(), held);
  std::vector<SparseRow> rows(system.equations().size());
  for_each_entry(system.jacobian_pattern(), [&](std::size_t r, std::size_t c, std::size_t k) {
    if (!is_held[c] && jacobian[k] != 0.0) rows[r].emplace_back(static_cast<int>(c), jacobian[k]);
  });
  equilibrate(rows, count(x));
  std::vector<bool> eligible;
  for (const char h : is_held) eligible.push_back(!h);
  return eliminate(rows, count(x), eligible);
}

/// A solution in which that variable is plainly elsewhere; empty where none was found.
std::vector<double> another_solution(const EquationSystem& system, std::span<const Held> held,
                                     std::span<const double> x, int variable) {
  const auto& v = system.variables()[at(variable)];
  std::vector<Held> all(held.begin(), held.end());
  all.push_back({variable, 0.0});
  for (const double share : kElsewhere)
    for (const double side : {1.0, -1.0}) {
      const double to = x[at(variable)] + side * share * width(v, x[at(variable)]);
      if (to < v.low || to > v.high) continue;
      all.back().value = to;
      const FreeSystem rest(system, all);
      std::vector<double> y(x.begin(), x.end());
      y[at(variable)] = to;
      if (levenberg_marquardt(rest, y, kClose).end == Descent::End::converged) return y;
    }
  return {};
}

/// Variables next to nothing in size without which a balance would be plainly open: y = 1e-9, if an equation says so.
std::vector<char> small_but_known(const EquationSystem& system, std::span<const double> x,
                                  std::span<const double> jacobian) {
  const std::size_t m = system.equations().size();
  std::vector<char> known(x.size(), 0), small(x.size(), 0);
  std::vector<double> without(x.begin(), x.end());
  bool any = false;
  for (std::size_t i = 0; i < x.size(); ++i) {
    const double size = width(system.variables()[i], x[i]), amount = std::abs(x[i]);
    if (amount <= kRounding * size || amount > kKnownTo * size) continue;
    small[i] = 1;
    without[i] = 0.0;
    any = true;
  }
  if (!any) return known;
  std::vector<double> r(m);
  if (!system.residual(without, r)) return known;
  const auto terms = sizes_of_terms(system, x, jacobian, 0.0);
  for_each_entry(system.jacobian_pattern(), [&](std::size_t e, std::size_t c, std::size_t) {
    if (small[c] && std::abs(r[e]) > kOfTerms * terms[e]) known[c] = 1;
  });
  return known;
}

}  // namespace

std::vector<double> plainly_not_zero(const EquationSystem& system, std::span<const Held> held,
                                     std::span<const double> x, std::span<const double> jacobian) {
  std::vector<double> out(jacobian.begin(), jacobian.end());
  const auto is_held = mask(x.size(), held);
  auto direction = irregular_direction(system, x);
  const auto known = small_but_known(system, x, jacobian);
  for (std::size_t i = 0; i < x.size(); ++i)
    if (known[i]) direction[i] = std::copysign(x[i], direction[i]);
  std::vector<double> beside(x.begin(), x.end()), there(jacobian.size());
  for (const double side : {1.0, -1.0}) {
    for (std::size_t i = 0; i < x.size(); ++i)
      if (const auto& v = system.variables()[i]; !is_held[i])
        beside[i] = std::clamp(x[i] + side * kKnownTo * direction[i], v.low, v.high);
    if (!system.jacobian(beside, there)) continue;
    for (std::size_t k = 0; k < out.size(); ++k)
      if (std::abs(there[k] - jacobian[k]) >= std::abs(jacobian[k])) out[k] = 0.0;
  }
  return out;
}

int surplus_equations(const EquationSystem& system, std::span<const double> x) {
  return count(rank(system, {}, x).remaining_rows);
}

Undetermined undetermined(const EquationSystem& system, std::span<const Held> held, std::span<const double> x) {
  Undetermined out;
  std::vector<char> open(x.size(), 0);
  for (const int c : rank(system, held, x).dependent_columns) {
    const auto y = another_solution(system, held, x, c);
    if (y.empty()) continue;
    ++out.missing;
    for (std::size_t i = 0; i < y.size(); ++i)
      if (std::abs(y[i] - x[i]) > kMoved * width(system.variables()[i], x[i])) open[i] = 1;
  }
  for (std::size_t i = 0; i < open.size(); ++i)
    if (open[i]) out.variables.push_back(static_cast<int>(i));
  return out;
}

}  // namespace castner::solve

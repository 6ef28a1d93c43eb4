// SPDX-License-Identifier: Apache-2.0
#include "castner/solve/vanishing.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "castner/solve/fit_problem.h"
#include "castner/solve/free_system.h"
#include "castner/solve/index.h"

namespace castner::solve {
namespace {

constexpr double kAsGoodAsZero =
    1e-6;  // of the nominal size; solvers close residuals to 1e-9. A guess that the tests bear out

/// A residual is open next to the largest of its terms, whatever their typical size.
bool open_next_to_its_terms(const EquationSystem& system, std::span<const double> x, std::span<const double> r,
                            std::span<const double> jacobian) {
  const auto terms = sizes_of_terms(system, x, jacobian, 0.0);
  for (std::size_t e = 0; e < r.size(); ++e)
    if (std::abs(r[e]) > kOfTerms * terms[e] && terms[e] > 0.0) return true;
  return false;
}

}  // namespace

int vanishing_variable(const EquationSystem& system, std::span<const Held> held, std::span<const double> x,
                       std::span<const double> r, std::span<const double> jacobian) {
  const auto variables = system.variables();
  std::vector<double> y(x.begin(), x.end()), at_zero(r.size());
  const auto evaluates = [&] { return system.residual(y, at_zero) && all_finite(at_zero); };
  std::vector<std::size_t> small;
  for (std::size_t i = 0; i < y.size(); ++i)
    if (x[i] != 0.0 && std::abs(x[i]) <= kAsGoodAsZero * variables[i].nominal &&
        std::none_of(held.begin(), held.end(), [&](const Held& h) { return at(h.variable) == i; }))
      small.push_back(i);
  if (small.empty() || !open_next_to_its_terms(system, x, r, jacobian)) return -1;
  for (const std::size_t i : small) y[i] = 0.0;
  if (evaluates()) return -1;
  std::copy(x.begin(), x.end(), y.begin());
  for (const std::size_t i : small) {
    y[i] = 0.0;
    if (!evaluates()) return static_cast<int>(i);
    y[i] = x[i];
  }
  return static_cast<int>(small.front());
}

}  // namespace castner::solve

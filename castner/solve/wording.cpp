// SPDX-License-Identifier: Apache-2.0
#include "castner/solve/wording.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "castner/solve/fit_problem.h"
#include "castner/solve/index.h"
#include "castner/solve/reconcile.h"

namespace castner::solve {

const char* class_name(Class c) {
  switch (c) {
    case Class::redundant: return "redundant";
    case Class::nonredundant: return "nonredundant";
    case Class::observable: return "observable";
    case Class::unobservable: return "unobservable";
  }
  return "";
}

const char* status_name(Status s) {
  switch (s) {
    case Status::converged: return "converged";
    case Status::no_convergence: return "no_convergence";
    case Status::infeasible: return "infeasible";
    case Status::structurally_singular: return "structurally_singular";
  }
  return "";
}

std::string unit_of_equation(const std::string& equation) {
  const auto colon = equation.find(": ");
  return colon == std::string::npos ? "" : equation.substr(0, colon);
}

std::string quantity_text(double value, const std::string& unit) {
  return unit == "1" ? fmt::format("{:.6g}", value) : fmt::format("{:.6g} {}", value, unit);
}

std::vector<Residual> worst_residuals(const EquationSystem& system, std::span<const double> r) {
  const auto size = system.residual_sizes();
  std::vector<std::size_t> order(r.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  const std::size_t n = std::min<std::size_t>(10, order.size());
  // A residual that is not a number counts as the worst.
  const auto badness = [&](std::size_t i) { return std::isfinite(r[i]) ? std::abs(r[i]) / size[i] : kUnbounded; };
  std::partial_sort(order.begin(), order.begin() + static_cast<std::ptrdiff_t>(n), order.end(),
                    [&](std::size_t i, std::size_t j) { return badness(i) > badness(j); });
  std::vector<Residual> worst;
  for (std::size_t k = 0; k < n; ++k)
    worst.push_back({system.equations()[order[k]], r[order[k]], r[order[k]] / size[order[k]]});
  return worst;
}

int suspect_variable(const EquationSystem& system, std::span<const Held> held, int equation, std::span<const double> x,
                     std::span<const double> jacobian) {
  int best = -1;
  double weight = -1.0;
  for_each_entry(system.jacobian_pattern(), [&](std::size_t row, std::size_t c, std::size_t k) {
    if (row != at(equation)) return;
    if (std::any_of(held.begin(), held.end(), [&](const auto& h) { return at(h.variable) == c; })) return;
    const auto& v = system.variables()[c];
    const bool bound = x[c] <= v.low || x[c] >= v.high;
    const double w = std::abs(jacobian[k]) * v.nominal + (bound ? 1e30 : 0.0);
    if (w > weight) weight = w, best = static_cast<int>(c);
  });
  return best;
}

Advice impossible_advice(const EquationSystem& system, std::span<const Held> held, std::span<const double> x) {
  Advice a{.text = "the equations cannot be evaluated at the first values; give starts inside the range of the models"};
  const std::size_t m = system.equations().size();
  // What is written before the evaluation gives up is known; the first that is not, or is no number, stands in its way.
  const auto failing = [&](std::span<const double> at_x) {
    std::vector<double> r(m, std::nan(""));
    if (system.residual(at_x, r) && all_finite(r)) return m;
    const auto first = std::find_if(r.begin(), r.end(), [](double v) { return !std::isfinite(v); });
    return static_cast<std::size_t>(first - r.begin());
  };
  const std::size_t equation = failing(x);
  if (equation == m) return a;
  a.equation = system.equations()[equation];
  a.unit = unit_of_equation(a.equation);
  a.text =
      fmt::format("{} cannot be evaluated at the first values; give what is in it starts inside its range", a.equation);
  // The variable that need only be elsewhere for it to be evaluated: a first value, or else what is held.
  std::vector<double> y(x.begin(), x.end());
  for (const bool of_held : {false, true})
    for (std::size_t c = 0; c < y.size(); ++c) {
      bool enters = false;
      for (const auto [row, place] : system.jacobian_pattern().column(c)) enters = enters || row == equation;
      if (!enters ||
          of_held != std::any_of(held.begin(), held.end(), [&](const Held& h) { return at(h.variable) == c; }))
        continue;
      const auto& v = system.variables()[c];
      for (const double to : {v.nominal, -v.nominal, 0.5 * (v.low + v.high), v.start}) {
        if (!std::isfinite(to) || to < v.low || to > v.high) continue;
        y[c] = to;
        if (failing(y) <= equation) continue;
        a.variable = v.name;
        const auto value = quantity_text(x[c], v.unit);
        a.text = of_held ? fmt::format("{} cannot be evaluated at {} = {}; that value is held, change it", a.equation,
                                       v.name, value)
                         : fmt::format("{} cannot be evaluated at {} = {}; give it a start inside its range",
                                       a.equation, v.name, value);
        return a;
      }
      y[c] = x[c];
    }
  return a;
}

std::vector<Warning> bound_warnings(const EquationSystem& system, std::span<const double> x,
                                    const std::vector<int>& variables) {
  std::vector<Warning> warnings;
  for (const int i : variables) {
    const auto& v = system.variables()[at(i)];
    const bool low = x[at(i)] <= v.low;
    if (!low && x[at(i)] < v.high) continue;
    Warning w(v.name + (low ? " is at its lower bound " : " is at its upper bound ") +
              quantity_text(low ? v.low : v.high, v.unit));
    w.path = v.name;
    w.value = x[at(i)];
    w.limit = low ? v.low : v.high;
    w.unit = v.unit;
    warnings.push_back(std::move(w));
  }
  return warnings;
}

}  // namespace castner::solve

// SPDX-License-Identifier: Apache-2.0
#include "castner/solve/diagnose.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "castner/base/suggest.h"
#include "castner/solve/elimination.h"
#include "castner/solve/index.h"
#include "castner/solve/matching.h"
#include "castner/solve/other_starts.h"
#include "castner/solve/wording.h"

namespace castner::solve {

namespace {

constexpr double kAnyhowOpen = 1e-6;   // of its size: a sum of equations that no rounding leaves open
constexpr std::size_t kMostNames = 5;  // a line of a terminal holds about as many

std::string names_of_variables(const EquationSystem& system, const std::vector<int>& list) {
  return listed(list, kMostNames, [&](int v) { return system.variables()[at(v)].name; });
}
std::string names_of_equations(const EquationSystem& system, const std::vector<int>& list) {
  return listed(list, kMostNames, [&](int e) { return system.equations()[at(e)]; });
}

std::string lacking(int missing, const std::string& names) {
  return missing == 1 ? fmt::format("1 more specification is needed: nothing determines {}; specify 1 of them", names)
                      : fmt::format("{0} more specifications are needed: nothing determines {1}; specify {0} of them",
                                    missing, names);
}

}  // namespace

Structure diagnose(const EquationSystem& system, std::span<const Held> held) {
  const auto& full = system.jacobian_pattern();
  std::vector<bool> is_held(at(full.cols), false);
  for (const auto& h : held) is_held[at(h.variable)] = true;
  std::vector<int> variable;
  for (int c = 0; c < full.cols; ++c)
    if (!is_held[at(c)]) variable.push_back(c);
  const SparsePattern free = select_columns(full, variable);

  Coarse coarse = decompose(free);
  for (int& c : coarse.over_columns) c = variable[at(c)];
  for (int& c : coarse.under_columns) c = variable[at(c)];
  std::vector<bool> is_over(at(full.rows), false), stands_there(at(full.cols), false);
  for (const int e : coarse.over_rows) is_over[at(e)] = true;
  for_each_entry(full, [&](std::size_t e, std::size_t c, std::size_t) {
    if (is_over[e] && is_held[c]) stands_there[c] = true;
  });
  std::vector<int> over_held;
  for (int c = 0; c < full.cols; ++c)
    if (stands_there[at(c)]) over_held.push_back(c);
  return {.equations = free.rows,
          .variables = free.cols,
          .degrees_of_freedom = free.cols - free.rows,
          .structural_rank = coarse.structural_rank,
          .over_equations = std::move(coarse.over_rows),
          .over_variables = std::move(coarse.over_columns),
          .over_held = std::move(over_held),
          .under_equations = std::move(coarse.under_rows),
          .under_variables = std::move(coarse.under_columns)};
}

Advice structure_advice(const EquationSystem& system, const Structure& s) {
  const auto variable_names = [&](const std::vector<int>& list) { return names_of_variables(system, list); };
  const auto equation_names = [&](const std::vector<int>& list) { return names_of_equations(system, list); };
  Advice a;
  if (!s.over_equations.empty()) {
    a.equation = system.equations()[at(s.over_equations.front())];
    if (!s.over_variables.empty()) a.variable = system.variables()[at(s.over_variables.front())].name;
    a.text = s.over_variables.empty()
                 ? fmt::format("every variable of {} is held; free one of them", equation_names(s.over_equations))
                 : fmt::format("{} equations say too much about {} variables: {} determine only {}; {}",
                               s.over_equations.size(), s.over_variables.size(), equation_names(s.over_equations),
                               variable_names(s.over_variables),
                               s.over_held.empty() ? "take one of them out"
                                                   : "free one that is held in them: " + variable_names(s.over_held));
  }
  if (!s.under_variables.empty()) {
    if (a.variable.empty()) a.variable = system.variables()[at(s.under_variables.front())].name;
    if (a.equation.empty() && !s.under_equations.empty())
      a.equation = system.equations()[at(s.under_equations.front())];
    if (!a.text.empty()) a.text += "; and ";
    a.text += lacking(static_cast<int>(s.under_variables.size() - s.under_equations.size()),
                      variable_names(s.under_variables));
  }
  a.unit = unit_of_equation(a.equation);
  return a;
}

std::optional<Advice> contradiction_advice(const EquationSystem& system, std::span<const Held> held,
                                           std::span<const double> x) {
  const int n = count(x), m = count(system.equations());
  const auto sizes = system.residual_sizes();
  std::vector<double> jacobian(system.jacobian_pattern().row.size()), beside(jacobian.size()), r(at(m));
  // Only what holds wherever it is looked at is no matter of curvature.
  auto y = std::vector<double>(x.begin(), x.end());
  const auto direction = irregular_direction(system, x);
  for (std::size_t i = 0; i < y.size(); ++i)
    y[i] = std::clamp(y[i] + 0.01 * direction[i], system.variables()[i].low, system.variables()[i].high);
  if (!system.residual(x, r) || !system.jacobian(x, jacobian) || !system.jacobian(y, beside)) return std::nullopt;
  std::vector<bool> eligible(at(n + m), true);
  for (const auto& h : held) eligible[at(h.variable)] = false;
  std::fill(eligible.begin() + n, eligible.end(), false);
  std::vector<SparseRow> rows(at(m));
  for_each_entry(system.jacobian_pattern(), [&](std::size_t e, std::size_t c, std::size_t k) {
    if (eligible[c] && jacobian[k] != 0.0)
      rows[e].emplace_back(static_cast<int>(c), jacobian[k] * system.variables()[c].nominal / sizes[e]);
  });
  for (int e = 0; e < m; ++e) rows[at(e)].emplace_back(n + e, 1.0);  // of which equations a row is the sum
  const Elimination elimination = eliminate(rows, n + m, eligible);
  for (const int row : elimination.remaining_rows) {
    double open = 0.0, terms = 0.0;
    std::vector<double> left(at(n), 0.0), there(at(n), 0.0), weight(at(m), 0.0);
    std::vector<int> equations, variables;
    for (const auto& [c, v] : rows[at(row)]) {
      if (c < n || std::abs(v) < kZeroEntry) continue;
      const auto e = at(c - n);
      weight[e] = v / sizes[e];
      open += weight[e] * r[e];
      terms = std::max(terms, std::abs(v));
      equations.push_back(c - n);
    }
    if (!(std::abs(open) > kAnyhowOpen * terms)) continue;
    double free_beside = 0.0;
    for_each_entry(system.jacobian_pattern(), [&](std::size_t e, std::size_t c, std::size_t k) {
      left[c] += weight[e] * jacobian[k] * system.variables()[c].nominal;
      there[c] += weight[e] * beside[k] * system.variables()[c].nominal;
    });
    for (int c = 0; c < n; ++c) {
      if (eligible[at(c)]) free_beside = std::max(free_beside, std::abs(there[at(c)]));
      if (!eligible[at(c)] && std::abs(left[at(c)]) > kZeroEntry) variables.push_back(c);
    }
    if (free_beside > kZeroEntry * terms || variables.empty()) continue;
    Advice a{.equation = system.equations()[at(equations.front())],
             .variable = system.variables()[at(variables.front())].name};
    a.unit = unit_of_equation(a.equation);
    std::string values;
    for (const int c : variables)
      values += (values.empty() ? "" : ", ") + system.variables()[at(c)].name + " = " +
                quantity_text(x[at(c)], system.variables()[at(c)].unit);
    a.text =
        fmt::format("{} together leave only what is held, {}, and that does not balance; change or free one of them",
                    names_of_equations(system, equations), values);
    return a;
  }
  return std::nullopt;
}

std::string surplus_warning(const EquationSystem& system, const Structure& s) {
  return fmt::format("{} of the equations {} follow from the others, which they agree with",
                     s.over_equations.size() - s.over_variables.size(), names_of_equations(system, s.over_equations));
}

std::string undetermined_warning(const EquationSystem& system, const Undetermined& u) {
  return lacking(u.missing, names_of_variables(system, u.variables));
}

}  // namespace castner::solve

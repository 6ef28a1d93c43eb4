// SPDX-License-Identifier: Apache-2.0
#include "castner/solve/diagnose.h"

#include <fmt/format.h>

#include <algorithm>

#include "castner/base/suggest.h"
#include "castner/solve/index.h"
#include "castner/solve/matching.h"
#include "castner/solve/wording.h"

namespace castner::solve {

namespace {

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
  return {.equations = free.rows,
          .variables = free.cols,
          .degrees_of_freedom = free.cols - free.rows,
          .structural_rank = coarse.structural_rank,
          .over_equations = std::move(coarse.over_rows),
          .over_variables = std::move(coarse.over_columns),
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
    a.text =
        s.over_variables.empty()
            ? fmt::format("every variable of {} is held; free one of them", equation_names(s.over_equations))
            : fmt::format(
                  "{} equations say too much about {} variables: {} determine only {}; free a variable held in them",
                  s.over_equations.size(), s.over_variables.size(), equation_names(s.over_equations),
                  variable_names(s.over_variables));
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

std::string surplus_warning(const EquationSystem& system, const Structure& s) {
  return fmt::format("{} of the equations {} follow from the others, which they agree with",
                     s.over_equations.size() - s.over_variables.size(), names_of_equations(system, s.over_equations));
}

std::string undetermined_warning(const EquationSystem& system, const Undetermined& u) {
  return lacking(u.missing, names_of_variables(system, u.variables));
}

}  // namespace castner::solve

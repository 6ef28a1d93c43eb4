// SPDX-License-Identifier: Apache-2.0
#include "castner/solve/failure.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "castner/solve/diagnose.h"
#include "castner/solve/index.h"
#include "castner/solve/wording.h"

namespace castner::solve {

void tell_failure(const EquationSystem& system, std::span<const Held> held, const FitResult& fit, Report& report) {
  using End = FitResult::End;
  auto& advice = report.advice;
  if (fit.end == End::impossible_start) {
    report.status = Status::no_convergence;
    advice = impossible_advice(system, held, fit.x);
    return;
  }
  if (const Structure s = diagnose(system, held); fit.end == End::contradiction && !s.over_equations.empty()) {
    report.status = Status::structurally_singular;
    advice = structure_advice(
        system, {.over_equations = s.over_equations, .over_variables = s.over_variables, .over_held = s.over_held});
    return;
  }
  report.status = fit.end == End::contradiction ? Status::infeasible : Status::no_convergence;
  if (const auto contradiction = contradiction_advice(system, held, fit.x)) {
    advice = *contradiction;
    return;
  }
  if (fit.unsettled >= 0) {
    const auto& v = system.variables()[at(fit.unsettled)];
    advice.variable = v.name;
    advice.text = fmt::format(
        "every equation is closed, but nothing tells {} (it ended at {}); give it a value, or a meter that tells it",
        v.name, quantity_text(fit.x[at(fit.unsettled)], v.unit));
    return;
  }
  const auto& worst = report.worst_residuals;
  if (worst.empty()) return;
  const auto names = system.equations();
  const int equation = static_cast<int>(std::find(names.begin(), names.end(), worst.front().equation) - names.begin());
  advice.equation = worst.front().equation;
  advice.unit = unit_of_equation(advice.equation);
  const int v = suspect_variable(system, held, equation, fit.x, fit.jacobian);
  std::string cure = "free a held value in it";
  if (v >= 0) {
    const auto& variable = system.variables()[at(v)];
    advice.variable = variable.name;
    const double value = fit.x[at(v)];
    const bool low = value <= variable.low, high = value >= variable.high;
    cure = low || high ? fmt::format("{} stands at its {} bound {}; check the readings and held values around it",
                                     advice.variable, low ? "lower" : "upper", quantity_text(value, variable.unit))
                       : fmt::format("check the readings and held values around {} (it ended at {})", advice.variable,
                                     quantity_text(value, variable.unit));
  }
  advice.text = fmt::format("{} {} (residual {:.3g} of its size); {}", advice.equation,
                            fit.end == End::contradiction ? "cannot hold together with the others"
                                                          : "was not closed or not settled after the last iteration",
                            std::abs(worst.front().scaled), cure);
}

}  // namespace castner::solve

// SPDX-License-Identifier: Apache-2.0
// A square system solved, or told why not:
//  1. The structure: as many independent equations as free variables (diagnose), or what is lacking or too many.
//  2. Newton; then continuation from the start; then descent from where Newton ended, from the start, and from elsewhere.
//  3. A solution in which terms have only vanished (vanishing) is none: from elsewhere again.
//  4. What the solution leaves open (undetermined), or advice where there is none.
#include "castner/solve/simulate.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "castner/base/check.h"
#include "castner/solve/diagnose.h"
#include "castner/solve/free_system.h"
#include "castner/solve/index.h"
#include "castner/solve/newton.h"
#include "castner/solve/other_starts.h"
#include "castner/solve/undetermined.h"
#include "castner/solve/vanishing.h"
#include "castner/solve/wording.h"

namespace castner::solve {
namespace {

using End = Descent::End;

constexpr double kPolished = 1e-3;  // of the tolerance: descent goes on to there, since no Newton step may follow

Advice failure_advice(const FreeSystem& s, std::span<const Held> held, std::span<const double> x, End end,
                      double norm) {
  const auto& system = s.system();
  std::vector<double> r;
  if (!s.residual(x, r)) return impossible_advice(system, held, x);
  if (auto contradiction = contradiction_advice(system, held, x)) return *contradiction;
  Advice a;
  int worst = 0;
  for (int i = 0; i < s.size(); ++i)
    if (std::abs(r[at(i)]) > std::abs(r[at(worst)])) worst = i;
  a.equation = system.equations()[at(worst)];
  a.unit = unit_of_equation(a.equation);
  std::string where = "change its start";
  std::vector<double> jacobian(system.jacobian_pattern().row.size(), 1.0);
  if (!system.jacobian(x, jacobian)) std::fill(jacobian.begin(), jacobian.end(), 1.0);
  if (const int v = suspect_variable(system, held, worst, x, jacobian); v >= 0) {
    const auto& variable = system.variables()[at(v)];
    a.variable = variable.name;
    const double value = x[at(v)];
    if (value <= variable.low || value >= variable.high)
      where = fmt::format("{} stands at its {} bound {}; change a specification that drives it there", a.variable,
                          value <= variable.low ? "lower" : "upper", quantity_text(value, variable.unit));
    else
      where = fmt::format(
          "give {} a [[start]] nearer to its expected value (it ended at {}), or relax a specification of {}",
          a.variable, quantity_text(value, variable.unit), a.unit.empty() ? "that equation" : a.unit);
  }
  const char* what = end == End::stationary  ? "cannot be closed further"
                     : end == End::singular  ? "is open where the equations lose their independence"
                     : end == End::stalled   ? "stopped closing"
                     : end == End::converged ? "is open"
                                             : "is still open after the last iteration";
  a.text = fmt::format("{} {} (residual {:.3g} of its size); {}", a.equation, what, norm, where);
  return a;
}

/// The best point so far, and how it was reached.
struct Best {
  std::vector<double> x;
  Descent reached;
  int iterations = 0;
  bool closed() const { return reached.end == End::converged; }
};

/// Plain descent from each of some places until one leads to a solution, with Newton once more from where it ended.
/// True where every descent ended at a stationary point: whoever tried every place may call that a contradiction.
bool stationary_from_each(const FreeSystem& s, SparseLu& lu, std::span<const std::vector<double>> places,
                          const DescentLimits& limits, Best& best) {
  bool any = false, each = true;
  for (const auto& from : places) {
    auto y = from;
    const auto descent = levenberg_marquardt(s, y, {3 * limits.iterations, kPolished * limits.tolerance});
    if (descent.end == End::impossible_start) continue;
    any = true;
    const auto last = newton(s, lu, y, {}, limits);
    best.iterations += descent.iterations + last.iterations;
    each = each && descent.end == End::stationary && last.end != End::converged;
    if (last.norm <= best.reached.norm || last.end == End::converged) {
      best.reached = last.end == End::converged ? last : Descent{descent.end, 0, last.norm};
      best.x = std::move(y);
    }
    if (best.closed()) break;
  }
  return any && each;
}

/// Zero over zero is closed for any quotient, and no solution: looks for one elsewhere.
void leave_vanishing(const FreeSystem& s, std::span<const Held> held, SparseLu& lu, const DescentLimits& limits,
                     Best& best) {
  const auto& system = s.system();
  const auto vanishing = [&](std::span<const double> x) {
    std::vector<double> r(system.equations().size()), jacobian(system.jacobian_pattern().row.size());
    return system.residual(x, r) && system.jacobian(x, jacobian) ? vanishing_variable(system, held, x, r, jacobian)
                                                                 : -1;
  };
  if (vanishing(best.x) < 0) return;
  for (auto& y : other_starts(system, held, best.x, irregular_direction(system, best.x))) {
    const auto reached = newton(s, lu, y, {}, limits);
    best.iterations += reached.iterations;
    if (reached.end != End::converged || vanishing(y) >= 0) continue;
    best.reached = reached;
    best.x = std::move(y);
    return;
  }
}

/// More equations than variables in some part, or fewer. Where all close nevertheless because the surplus follows from the
/// others, as in a closed loop, only what is lacking elsewhere is left to say.
Simulation solve_surplus(const FreeSystem& s, std::span<const Held> held, Structure structure, Simulation out,
                         const SimulateOptions& options) {
  const auto& system = s.system();
  auto& report = out.report;
  if (!structure.over_equations.empty()) {
    const auto d = levenberg_marquardt(s, out.x, {3 * options.max_iterations, kPolished * options.tolerance});
    report.iterations = d.iterations;
    report.residual_calls = s.residual_calls();
    const int surplus = count(structure.over_equations) - count(structure.over_variables);
    if (d.norm <= options.tolerance && surplus_equations(system, out.x) >= surplus) {
      if (structure.under_variables.empty()) {
        report.status = Status::converged;
        report.warnings = bound_warnings(system, out.x, s.free());
        report.warnings.push_back(surplus_warning(system, structure));
        std::vector<double> r(system.equations().size());
        if (system.residual(out.x, r)) report.worst_residuals = worst_residuals(system, r);
        out.undetermined = undetermined(system, held, out.x);
        return out;
      }
      structure.over_equations.clear();
      structure.over_variables.clear();
    }
  }
  report.status = Status::structurally_singular;
  report.advice = structure_advice(system, structure);
  return out;
}

}  // namespace

Simulation simulate(const EquationSystem& system, std::span<const Held> held, std::span<const double> start,
                    const SimulateOptions& options) {
  check(start.size() == system.variables().size(), "a start has one value for each variable");
  Simulation out;
  out.x.assign(start.begin(), start.end());
  for (const auto& h : held) out.x[at(h.variable)] = h.value;

  const FreeSystem square(system, held);
  square.clip(out.x);
  if (Structure structure = diagnose(system, held); !structure.square_and_solvable())
    return solve_surplus(square, held, std::move(structure), std::move(out), options);

  SparseLu lu;
  lu.analyse(square.pattern());
  const auto first = out.x;
  const DescentLimits limits{options.max_iterations, options.tolerance};

  // Newton; then continuation from the start; then plain descent from where Newton ended, from the start, and, before it is
  // said that there is no solution, from elsewhere.
  Best best{.x = first};
  best.reached = newton(square, lu, best.x, {}, limits);
  best.iterations = best.reached.iterations;
  const bool possible_start = best.reached.end != End::impossible_start;
  if (!best.closed() && possible_start) {
    auto y = first;
    const auto h = homotopy(square, lu, y, {3 * limits.iterations, limits.tolerance});
    best.iterations += h.iterations;
    if (h.end == End::converged) {
      best.reached = newton(square, lu, y, {}, limits);
      best.iterations += best.reached.iterations;
      best.x = y;
    }
  }
  if (best.closed()) leave_vanishing(square, held, lu, limits, best);
  bool infeasible = false;
  if (!best.closed() && possible_start) {
    infeasible = stationary_from_each(square, lu, std::vector{best.x, first}, limits, best);
    if (infeasible) {
      const auto direction = irregular_direction(system, best.x);
      infeasible = stationary_from_each(square, lu, other_starts(system, held, best.x, direction), limits, best);
    }
    if (!infeasible && best.reached.end == End::stationary) best.reached.end = End::stalled;
  }
  // Small next to the typical size alone will do where nothing comes closer: its terms may all vanish at the solution.
  if (best.reached.norm <= limits.tolerance) best.reached.end = End::converged;
  out.x = std::move(best.x);
  out.report.iterations = best.iterations;

  out.report.residual_calls = square.residual_calls();
  std::vector<double> r(at(square.size()));
  const bool possible = system.residual(out.x, r);
  if (possible) out.report.worst_residuals = worst_residuals(system, r);
  out.report.warnings = bound_warnings(system, out.x, square.free());
  if (best.closed()) {
    out.report.status = Status::converged;
    out.undetermined = undetermined(system, held, out.x);
    return out;
  }
  out.report.status = infeasible ? Status::infeasible : Status::no_convergence;
  out.report.advice =
      failure_advice(square, held, out.x, infeasible ? End::stationary : best.reached.end, best.reached.norm);
  return out;
}

}  // namespace castner::solve

// SPDX-License-Identifier: Apache-2.0
#include "castner/assess/credible.h"

#include <algorithm>

#include "castner/plant/outside.h"

namespace castner::assess {
namespace {

constexpr double kNowhereNear = 10.0;  // of the critical value; both are guesses: whoever is below is told as before
constexpr double kNothing = 1e-6;      // of the nominal size

/// What a unit that runs lacks, as "S1.flow_mass is 0, but EV2 runs"; empty where none does. A reading of it has a say of its own.
std::string missing_inflow(const plant::Plant& plant, const State& state) {
  const auto variables = plant.flowsheet->variables();
  for (std::size_t u = 0; u < plant.units.size(); ++u) {
    const auto& unit = plant.flowsheet->units()[u];
    const auto form = unit.unit->idle_form();
    if (!form || std::find(state.idle.begin(), state.idle.end(), static_cast<int>(u)) != state.idle.end()) continue;
    for (const std::size_t local : form->shut) {
      const auto v = static_cast<std::size_t>(unit.variable[local]);
      const bool read = std::any_of(state.instruments.begin(), state.instruments.end(), [&](const Instrument& i) {
        return i.reading >= 0 && static_cast<std::size_t>(i.variable) == v;
      });
      if (!read && state.reconciliation.x[v] <= kNothing * variables[v].nominal)
        return variables[v].name + " is 0, but " + plant.units[u].name + " runs";
    }
  }
  return {};
}

}  // namespace

bool nowhere_near(const solve::GlobalTest& t) { return t.critical && t.statistic > kNowhereNear * *t.critical; }

std::vector<double> sd_of_estimates(const solve::Reconciliation& r) {
  std::vector<double> sd;
  for (const auto& e : r.estimates) sd.push_back(e.kind == solve::Class::unobservable ? kUnbounded : e.sd);
  return sd;
}

void refuse_incredible(const plant::Plant& plant, State& state) {
  auto& r = state.reconciliation;
  if (r.report.status != solve::Status::converged || !nowhere_near(r.global_test)) return;
  std::string why = missing_inflow(plant, state);
  // A suspect that was kept, because nothing would check the rest without it, explains it.
  const bool explained = !r.gross_errors.empty() && !r.gross_errors.back().removed;
  if (why.empty() && !explained && nowhere_near(r.after_elimination ? *r.after_elimination : r.global_test))
    if (const auto outside = plant::outside(plant, r.x, sd_of_estimates(r)); !outside.empty())
      why = outside.front().text;
  if (why.empty()) return;
  r.report.status = solve::Status::no_convergence;
  r.report.incredible = true;
  r.report.worst_residuals.clear();
  r.report.advice = {
      .text = "no credible answer: readings and balances are wide apart, and where they come nearest, " + why +
              "; so no reading is accused. Look for several that are wrong at once, a unit that does not "
              "run as the plant file says, or a stream that it lacks"};
  for (auto& [path, amount] : state.indicators) amount.value = amount.sd = std::nullopt;
}

}  // namespace castner::assess

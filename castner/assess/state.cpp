// SPDX-License-Identifier: Apache-2.0
// One set of readings to one balance:
//  1. Each reading becomes an instrument: its value, its sd of both parts, or why it is not used. One that its quantity cannot
//     have is asked about in a warning.
//  2. The start is the last answer; the first time, or where that leads nowhere, the plant's simulation, or the readings
//     carried along the flow.
//  3. solve::Reconciler finds the estimates. Where it does not, a physical reason comes before its own advice.
//  4. Indicators are functions of the estimates, with the uncertainty that these give them.
#include "castner/assess/state.h"

#include <algorithm>
#include <cmath>

#include "castner/assess/file_unit.h"
#include "castner/assess/indicators.h"
#include "castner/assess/physical_reason.h"
#include "castner/assess/simulation.h"
#include "castner/base/check.h"
#include "castner/base/quantity.h"
#include "castner/base/suggest.h"
#include "castner/plant/outside.h"
#include "castner/solve/simulate.h"

namespace castner::assess {
namespace {

/// An indicator as shown: scaled, with the sd the reconciliation gives it.
Amount with_uncertainty(const Indicator& i, const solve::Reconciliation& r) {
  Amount a{std::nullopt, std::nullopt, i.unit};
  if (!i.amount || r.report.status != solve::Status::converged || !std::isfinite(i.amount->value)) return a;
  if (!r.covariance) return a;
  const auto variance = r.covariance->variance(i.amount->gradient);
  if (!variance) return a;  // rests on something no instrument sees
  a.value = i.amount->value * i.scale;
  a.sd = std::sqrt(std::max(0.0, *variance)) * i.scale;
  return a;
}

/// Values that the balances hold: parameters, and specifications that ask for it.
std::vector<solve::Held> held_in_balances(const plant::Plant& plant) {
  std::vector<solve::Held> held;
  for (const auto& [variable, value] : plant.parameters) held.push_back({variable, value});
  for (const auto& s : plant.specifications)
    if (s.reconcile) held.push_back({s.variable, s.value});
  return held;
}

Instrument instrument(const plant::Measurement& m, const Measured& reading) {
  Instrument out{.tag = m.tag, .path = m.of, .variable = m.variable};
  out.measured = reading.value;
  out.why_not = reading.why_not;
  if (!reading.value || !std::isfinite(*reading.value)) {
    out.measured.reset();
    if (out.why_not.empty()) out.why_not = "no_data";
    return out;
  }
  if (reading.quality == readings::Quality::bad && out.why_not.empty()) out.why_not = "bad_quality";
  // An uncertain reading counts with twice its instrument's sd (docs/reference/commands.md).
  const double doubt = reading.quality == readings::Quality::uncertain ? 2.0 : 1.0;
  const double systematic = doubt * reading.sd.value_or(m.uncertainty.sd(*reading.value));
  out.sd_random = reading.sd_random;
  out.sd = std::hypot(systematic, reading.sd_random);
  if (!(*out.sd > 0.0) && out.why_not.empty()) out.why_not = "no_uncertainty";
  return out;
}

/// What is outside by more than its uncertainty: of the estimates, but for those that nothing observes; and of the readings
/// where the estimates are not, for a reading that was removed or moved far may tell its fault so (a gauge pressure as absolute).
void tell_outside(const plant::Plant& plant, State& state) {
  auto& r = state.reconciliation;
  std::vector<double> sd, x = r.x;
  for (const auto& e : r.estimates) sd.push_back(e.kind == solve::Class::unobservable ? kUnbounded : e.sd);
  auto found = plant::outside(plant, x, sd);
  for (auto i = state.instruments.rbegin(); i != state.instruments.rend(); ++i) {  // the first of a variable counts
    if (!i->why_not.empty()) continue;
    x[static_cast<std::size_t>(i->variable)] = *i->measured;
    sd[static_cast<std::size_t>(i->variable)] = *i->sd;
  }
  for (double& one : sd) one *= 1.5;  // it stands beside others that are as uncertain: 3 sd, not 2
  for (auto& w : plant::outside(plant, x, sd)) {
    if (std::any_of(found.begin(), found.end(), [&](const Warning& known) { return known.path == w.path; })) continue;
    w.text = "as read: " + w.text;
    found.push_back(std::move(w));
  }
  for (auto& w : found) r.report.warnings.push_back(std::move(w));
}

/// A physical reason before the solver's own; the tag where a reading is concerned.
void tell_reason(const plant::Plant& plant, const std::vector<Instrument>& instruments, std::span<const double> x,
                 solve::Report& report) {
  if (report.status == solve::Status::structurally_singular) return;
  if (auto reason = physical_reason(plant, x)) report.advice = *reason;
  auto& advice = report.advice;
  for (const auto& i : instruments)
    if (i.reading >= 0 && !advice.variable.empty() &&
        plant.flowsheet->variables()[static_cast<std::size_t>(i.variable)].name == advice.variable) {
      advice.text += "; " + advice.variable + " is read by " + i.tag;
      return;
    }
}

}  // namespace

std::vector<Measured> plant_readings(const plant::Plant& plant) {
  std::vector<Measured> all;
  for (const auto& m : plant.measurements) all.push_back({.value = m.value});
  return all;
}

Result<std::vector<Measured>> snapshot_readings(const plant::Plant& plant, const std::vector<tables::SnapshotRow>& rows,
                                                const std::string& file, std::vector<std::string>* notes) {
  auto all = plant_readings(plant);
  std::vector<bool> seen(all.size(), false);
  std::vector<std::string> tags;
  for (const auto& m : plant.measurements) tags.push_back(m.tag);
  Error error;
  for (const auto& row : rows) {
    const std::string where = file + ":" + std::to_string(row.line);
    const auto it = std::find(tags.begin(), tags.end(), row.tag);
    if (it == tags.end()) {
      const std::string near = nearest_name(row.tag, tags);
      error.problems.push_back(
          {where, "tag \"" + row.tag + "\" is not in the plant file",
           near.empty() ? "add a [[measurement]] for it or remove the row" : "did you mean \"" + near + "\"?"});
      continue;
    }
    const auto i = static_cast<std::size_t>(it - tags.begin());
    const auto& m = plant.measurements[i];
    if (seen[i]) {
      error.problems.push_back({where, "tag \"" + row.tag + "\" occurs twice", "keep one row for it"});
      continue;
    }
    seen[i] = true;
    const FileUnit given = file_unit(plant, m, row.unit, row.absolute, false);
    if (!given.unit) {
      error.problems.push_back({where, in_quotes(m.tag) + given.what, given.cure});
      continue;
    }
    if (!given.note.empty() && notes) notes->push_back(given.note);
    const Measure& unit = *given.unit;
    Measured& r = all[i];
    r = {};
    r.quality = row.quality;
    if (std::isfinite(row.value)) r.value = unit.to_si(row.value);
    if (row.sd) {
      if (!(*row.sd > 0.0) || !std::isfinite(*row.sd)) {
        error.problems.push_back(
            {where, "sd of \"" + row.tag + "\" is not above 0", "give an sd above 0, or leave the cell empty"});
        continue;
      }
      r.sd = unit.difference_to_si(*row.sd);
    }
  }
  if (!error.problems.empty()) return tl::unexpected(error);
  return all;
}

PlantReconciler::PlantReconciler(const plant::Plant& plant)
    : plant_(plant), apparatus_(find_apparatus(plant)), solver_(*plant.flowsheet, held_in_balances(plant)) {
  for (std::size_t u = 0; u < plant.units.size(); ++u)
    if (const int balance = plant.flowsheet->mass_balance(u); balance >= 0) {
      leak_units_.push_back(static_cast<int>(u));
      leaks_.push_back({balance});
    }
}

/// Where the specifications make the plant solvable, its simulation is the best start there is; else the readings,
/// carried along the flow.
std::vector<double> PlantReconciler::first_values(const std::vector<Measured>& readings) const {
  const auto held = held_for_simulation(plant_);
  if (!plant_.specifications.empty()) {
    const auto simulated = solve::simulate(*plant_.flowsheet, held, assess::first_values(plant_, held));
    if (simulated.report.status == solve::Status::converged) return simulated.x;
  }
  auto known = plant_.starts;
  for (const auto& h : held) known.emplace_back(h.variable, h.value);
  for (std::size_t i = 0; i < readings.size(); ++i)
    if (readings[i].value && readings[i].why_not.empty() &&
        plant::impossible_reading(plant_, plant_.measurements[i], *readings[i].value).empty())
      known.emplace_back(plant_.measurements[i].variable, *readings[i].value);
  return plant_.flowsheet->initialise(known);
}

State PlantReconciler::reconcile(const std::vector<Measured>& measured, const solve::ReconcileOptions& options,
                                 bool leaks) {
  check(measured.size() == plant_.measurements.size(), "one reading for each measurement");
  State state;
  std::vector<solve::MeasuredValue> readings;
  std::vector<std::string> slips;
  for (std::size_t i = 0; i < measured.size(); ++i) {
    state.instruments.push_back(instrument(plant_.measurements[i], measured[i]));
    auto& instrument = state.instruments.back();
    if (!instrument.why_not.empty()) continue;
    instrument.reading = static_cast<int>(readings.size());
    readings.push_back({instrument.variable, *instrument.measured, *instrument.sd});
    // Of a value of its own the plant file has said so when it was read.
    if (const auto& m = plant_.measurements[i]; !m.value || *m.value != *instrument.measured)
      if (auto slip = plant::impossible_reading(plant_, m, *instrument.measured); !slip.empty())
        slips.push_back(std::move(slip));
  }
  if (leaks) state.leak_units = leak_units_;
  const std::vector<solve::LeakCandidate> candidates = leaks ? leaks_ : std::vector<solve::LeakCandidate>{};
  const bool warm = !last_.empty();
  const auto start = warm ? last_ : first_values(measured);
  state.reconciliation = solver_.reconcile(readings, candidates, start, options);
  if (warm && state.reconciliation.report.status != solve::Status::converged)  // a far state: start afresh
    state.reconciliation = solver_.reconcile(readings, candidates, first_values(measured), options);
  if (auto& report = state.reconciliation.report; report.status != solve::Status::converged)
    tell_reason(plant_, state.instruments, state.reconciliation.x, report);
  auto& warnings = state.reconciliation.report.warnings;
  warnings.insert(warnings.begin(), slips.begin(), slips.end());
  if (state.reconciliation.report.status == solve::Status::converged) {
    last_ = state.reconciliation.x;
    for (auto& w : plant::kink_warnings(plant_, last_)) state.reconciliation.report.warnings.push_back(std::move(w));
    tell_outside(plant_, state);
  }
  for (const auto& i : indicators(plant_, apparatus_, state.reconciliation.x))
    state.indicators[i.path] = with_uncertainty(i, state.reconciliation);
  return state;
}

}  // namespace castner::assess

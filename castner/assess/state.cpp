// SPDX-License-Identifier: Apache-2.0
// One set of readings to one balance:
//  1. Keys, tags and readings say which units are idle; for each such state there is a system of equations, kept with its
//     solver and its last answer.
//  2. Each reading becomes an instrument: its value, its sd of both parts, or why it is not used, as one that means nothing in
//     that state. One that its quantity cannot have is asked about in a warning.
//  3. The start is the last answer; the first time, or where that leads nowhere, the plant's simulation, or the readings
//     carried along the flow.
//  4. solve::Reconciler finds the estimates, solve::reconcile where errors go together. Where it does not, the other way that the
//     readings allow is tried: units of which nothing is read are idle, or what reads 0 runs after all. A physical reason comes
//     before the solver's own advice.
//  5. Indicators are functions of the estimates, with the uncertainty that these give them.
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
#include "castner/solve/correlated.h"
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

/// Errors go together as far as they are systematic: what is random is each instrument's own.
std::vector<solve::Covariation> going_together(const std::vector<plant::CommonError>& correlations,
                                               const std::vector<Instrument>& instruments) {
  const auto systematic = [](const Instrument& i) {
    return std::sqrt(std::max(0.0, *i.sd * *i.sd - i.sd_random * i.sd_random));
  };
  std::vector<solve::Covariation> all;
  for (const auto& c : correlations) {
    const auto &first = instruments[static_cast<std::size_t>(c.first)],
               &second = instruments[static_cast<std::size_t>(c.second)];
    if (first.reading >= 0 && second.reading >= 0)
      all.push_back({first.reading, second.reading, c.value * systematic(first) * systematic(second)});
  }
  return all;
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

std::vector<plant::IdleWord> idle_words(const plant::Plant& plant, const std::vector<Measured>& readings,
                                        const std::vector<tables::SnapshotRow>& rows) {
  auto words = plant::idle_by_key(plant);
  for (std::size_t u = 0; u < plant.units.size(); ++u) {
    const plant::IdleRule& rule = plant.units[u].idle;
    if (rule.kind != plant::IdleRule::Kind::by_tag) continue;
    std::optional<double> value;
    for (std::size_t i = 0; i < readings.size(); ++i)
      if (const auto& m = plant.measurements[i]; m.tag == rule.tag && readings[i].value)
        value = m.unit.from_si(*readings[i].value);
    for (const auto& row : rows)
      if (!value && row.tag == rule.tag && std::isfinite(row.value)) value = row.value;
    if (value) words[u] = rule.met_by(*value) ? plant::IdleWord::idle : plant::IdleWord::runs;
  }
  return words;
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
    const bool says_idle = std::any_of(plant.units.begin(), plant.units.end(),
                                       [&](const auto& u) { return u.idle.tag == row.tag && !row.tag.empty(); });
    if (it == tags.end() && says_idle) continue;
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

PlantReconciler::PlantReconciler(const plant::Plant& plant) : plant_(plant) {}

PlantReconciler::Balance& PlantReconciler::balance(const plant::IdleSigns& signs) {
  auto& kept = balances_[signs];
  if (kept) return *kept;
  Running running = running_for_balances(plant_, signs);
  const plant::Flowsheet& flowsheet = running.flowsheet(plant_);
  solve::Reconciler solver(flowsheet, running.held);
  Apparatus apparatus = find_apparatus(plant_, running.units());
  kept.reset(new Balance{std::move(running), std::move(apparatus), std::move(solver)});
  for (std::size_t u = 0; u < plant_.units.size(); ++u)
    if (const int row = flowsheet.mass_balance(u); row >= 0) {
      kept->leak_units.push_back(static_cast<int>(u));
      kept->leaks.push_back({row});
    }
  return *kept;
}

plant::IdleSigns PlantReconciler::signs(const std::vector<Measured>& readings,
                                        const std::vector<plant::IdleWord>& words) const {
  std::vector<plant::Seen> shown;
  for (std::size_t i = 0; i < readings.size(); ++i) {
    // What stands still may well repeat one value, and an sd in % of it is 0.
    const Instrument read = instrument(plant_.measurements[i], readings[i]);
    if (read.measured && (read.why_not.empty() || read.why_not == "stuck" || read.why_not == "no_uncertainty"))
      shown.push_back({read.variable, *read.measured, read.sd.value_or(0.0), read.why_not.empty()});
  }
  return plant::idle_signs(plant_, words.empty() ? plant::idle_by_key(plant_) : words, shown);
}

const Running& PlantReconciler::running(const std::vector<Measured>& readings,
                                        const std::vector<plant::IdleWord>& words) {
  return balance(signs(readings, words)).running;
}

/// Where the specifications make the plant solvable, its simulation is the best start there is; else the readings,
/// carried along the flow.
std::vector<double> PlantReconciler::first_values(const Balance& b, const std::vector<Measured>& readings) const {
  const auto held = held_for_simulation(plant_);
  if (!plant_.specifications.empty()) {
    const auto simulated = solve::simulate(*plant_.flowsheet, held, assess::first_values(plant_, held));
    if (simulated.report.status == solve::Status::converged) return simulated.x;
  }
  auto known = plant_.starts;
  for (const auto& h : held) known.emplace_back(h.variable, h.value);
  for (std::size_t i = 0; i < readings.size(); ++i)
    if (const int v = plant_.measurements[i].variable;
        readings[i].value && readings[i].why_not.empty() && !b.running.idle.says_nothing(v) &&
        plant::impossible_reading(plant_, plant_.measurements[i], *readings[i].value).empty())
      known.emplace_back(v, *readings[i].value);
  return b.running.flowsheet(plant_).initialise(known);
}

State PlantReconciler::solve(Balance& b, const std::vector<Measured>& measured, const solve::ReconcileOptions& options,
                             bool leaks) {
  State state;
  state.idle = b.running.units();
  if (b.running.idle.any()) state.without_meaning = b.running.idle.without_meaning;
  std::vector<solve::MeasuredValue> readings;
  std::vector<std::string> slips;
  for (std::size_t i = 0; i < measured.size(); ++i) {
    state.instruments.push_back(instrument(plant_.measurements[i], measured[i]));
    auto& instrument = state.instruments.back();
    if (instrument.measured && b.running.idle.says_nothing(instrument.variable)) instrument.why_not = "idle";
    if (!instrument.why_not.empty()) continue;
    instrument.reading = static_cast<int>(readings.size());
    readings.push_back({instrument.variable, *instrument.measured, *instrument.sd});
    // Of a value of its own the plant file has said so when it was read.
    if (const auto& m = plant_.measurements[i]; !m.value || *m.value != *instrument.measured)
      if (auto slip = plant::impossible_reading(plant_, m, *instrument.measured); !slip.empty())
        slips.push_back(std::move(slip));
  }
  if (leaks) state.leak_units = b.leak_units;
  const std::vector<solve::LeakCandidate> candidates = leaks ? b.leaks : std::vector<solve::LeakCandidate>{};
  const auto put_still = [&](std::vector<double> x) {
    for (std::size_t v = 0; b.running.idle.any() && v < x.size(); ++v)
      if (b.running.idle.still[v]) x[v] = 0.0;
    return x;
  };
  state.correlations = plant_.correlations;
  const auto together = going_together(state.correlations, state.instruments);
  const auto solved = [&](const std::vector<double>& from) {
    const auto start = put_still(from);
    if (together.empty()) return b.solver.reconcile(readings, candidates, start, options);
    return solve::reconcile(b.running.flowsheet(plant_), readings, together, b.running.held, candidates, start,
                            options);
  };
  const std::vector<double>& near = b.last.empty() ? last_ : b.last;
  const bool warm = !near.empty();
  auto& r = state.reconciliation;
  r = solved(warm ? near : first_values(b, measured));
  if (warm && r.report.status != solve::Status::converged)  // a far state: start afresh
    r = solved(first_values(b, measured));
  if (r.report.status != solve::Status::converged && !b.running.idle.any())
    tell_reason(plant_, state.instruments, r.x, r.report);
  r.report.warnings.insert(r.report.warnings.begin(), slips.begin(), slips.end());
  if (r.report.status == solve::Status::converged) {
    for (auto& w : plant::kink_warnings(plant_, r.x)) r.report.warnings.push_back(std::move(w));
    for (const auto& w : b.running.warnings) r.report.warnings.push_back(w);
    for (std::size_t v = 0; b.running.idle.any() && v < r.estimates.size(); ++v)
      if (b.running.idle.without_meaning[v]) r.estimates[v] = {.value = r.x[v], .kind = solve::Class::unobservable};
    tell_outside(plant_, state);
  }
  for (const auto& i : indicators(plant_, b.apparatus, r.x)) state.indicators[i.path] = with_uncertainty(i, r);
  return state;
}

/// Electrolysers and effects that the plant file gives instruments and of which none reads anything now.
std::vector<int> PlantReconciler::silent_units(const std::vector<Measured>& readings,
                                               const std::vector<plant::IdleWord>& words,
                                               const plant::IdleSigns& signs) const {
  const auto variables = plant_.flowsheet->variables();
  std::vector<int> silent;
  for (std::size_t u = 0; u < plant_.units.size(); ++u) {
    const auto& unit = plant_.units[u];
    const bool said = !words.empty() && words[u] != plant::IdleWord::nothing;
    if (signs.units[u] || said || unit.idle.kind == plant::IdleRule::Kind::never) continue;
    const auto form = plant_.flowsheet->units()[u].unit->idle_form();
    if (!form || form->shut.empty()) continue;
    int instruments = 0, reading = 0;
    for (std::size_t i = 0; i < readings.size(); ++i) {
      const std::string& of = variables[static_cast<std::size_t>(plant_.measurements[i].variable)].name;
      const bool its =
          of.starts_with(unit.name + ".") || std::any_of(unit.connections.begin(), unit.connections.end(),
                                                         [&](const auto& c) { return of.starts_with(c.stream + "."); });
      instruments += its;
      reading += its && readings[i].value.has_value();
    }
    if (instruments > 0 && reading == 0) silent.push_back(static_cast<int>(u));
  }
  return silent;
}

/// As the readings show the plant to run; where its balances then cannot be solved, the other way that they allow: units
/// of which nothing is read are idle, or what reads 0 runs after all.
State PlantReconciler::reconcile(const std::vector<Measured>& measured, const solve::ReconcileOptions& options,
                                 bool leaks, const std::vector<plant::IdleWord>& words) {
  check(measured.size() == plant_.measurements.size(), "one reading for each measurement");
  const auto solved = [](const State& s) { return s.reconciliation.report.status == solve::Status::converged; };
  const auto keep = [&](Balance& b, State state) {
    if (solved(state)) last_ = b.last = state.reconciliation.x;
    return state;
  };
  const auto shown = signs(measured, words);
  const auto silent = silent_units(measured, words, shown);
  if (!silent.empty()) {
    // Most balances that can be solved are by then; the others take long to say so.
    auto few = options;
    few.max_iterations = std::min(options.max_iterations, 40);
    State state = solve(balance(shown), measured, few, leaks);
    if (solved(state)) return keep(balance(shown), std::move(state));
    auto without = shown;
    for (const int u : silent) without.units[static_cast<std::size_t>(u)] = 1;
    state = solve(balance(without), measured, options, leaks);
    state.silent = silent;
    std::string names;
    for (const int u : silent) names += (names.empty() ? "" : ", ") + plant_.units[static_cast<std::size_t>(u)].name;
    state.reconciliation.report.warnings.push_back(
        "no reading shows that these run, and the balances can be solved only without them, so they are taken as "
        "idle: " +
        names);
    if (solved(state)) return keep(balance(without), std::move(state));
  }
  State state = solve(balance(shown), measured, options, leaks);
  const auto said = plant::idle_signs(plant_, words.empty() ? plant::idle_by_key(plant_) : words, {});
  if (!solved(state) && said.units != shown.units) {
    State running = solve(balance(said), measured, options, leaks);
    if (solved(running)) return keep(balance(said), std::move(running));
  }
  return keep(balance(shown), std::move(state));
}

}  // namespace castner::assess

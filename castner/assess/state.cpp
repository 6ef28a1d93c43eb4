// SPDX-License-Identifier: Apache-2.0
// One set of readings to one balance:
//  1. Keys, tags and readings say which units are idle; for each such state there is a system of equations, kept with its
//     solver and its last answer.
//  2. Each reading becomes an instrument: its value, its sd of both parts, or why it is not used, as one that means nothing in
//     that state or that its quantity cannot have, with a warning.
//  3. The start is the last answer; the first time, or where that leads nowhere, the plant's simulation, or the readings
//     carried along the flow.
//  4. solve::Reconciler finds the estimates, solve::reconcile where errors go together. Where they do not close, the other ways
//     that the readings leave open are tried (ways.cpp). A physical reason comes before the solver's own advice.
//  5. Indicators are functions of the estimates, with the uncertainty that these give them.
#include "castner/assess/state.h"

#include <algorithm>
#include <cmath>

#include "castner/assess/combine.h"
#include "castner/assess/credible.h"
#include "castner/assess/file_unit.h"
#include "castner/assess/indicators.h"
#include "castner/assess/physical_reason.h"
#include "castner/assess/simulation.h"
#include "castner/assess/unit_slips.h"
#include "castner/base/check.h"
#include "castner/base/quantity.h"
#include "castner/base/suggest.h"
#include "castner/plant/outside.h"
#include "castner/solve/correlated.h"
#include "castner/solve/simulate.h"

namespace castner::assess {
namespace {

/// An indicator as shown: scaled, with the sd the reconciliation gives it.
Amount with_uncertainty(const plant::Plant& plant, const Indicator& i, const solve::Reconciliation& r) {
  Amount a{std::nullopt, std::nullopt, i.unit};
  if (!i.amount || r.report.status != solve::Status::converged || !std::isfinite(i.amount->value)) return a;
  if (!r.covariance) return a;
  const auto variance = r.covariance->variance(i.amount->gradient);
  if (!variance) return a;                                         // rests on something no instrument sees
  if (!clear_of_zero(i.per, plant, r.covariance.get())) return a;  // nothing to divide by
  a.value = i.amount->value * i.scale;
  a.sd = std::sqrt(std::max(0.0, *variance)) * i.scale;
  return a;
}

/// Of both parts. An uncertain reading counts with twice its instrument's sd (docs/reference/commands.md).
double sd_of(const plant::Measurement& m, const Measured& reading) {
  const double doubt = reading.quality == readings::Quality::uncertain ? 2.0 : 1.0;
  return std::hypot(doubt * reading.sd.value_or(m.uncertainty.sd(*reading.value)), reading.sd_random);
}

std::string impossible_text(const plant::Plant& plant, const plant::Measurement& m, const Measured& reading) {
  return plant::impossible_reading(plant, m, *reading.value, sd_of(m, reading));
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
  out.sd_random = reading.sd_random;
  out.sd = sd_of(m, reading);
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
  std::vector<double> sd = sd_of_estimates(r), x = r.x;
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

/// Who would explain the readings only if the truth were out of the bounds of what it measures is no suspect beside the accused: no
/// error of a thermometer in water of 985 degC explains a flow.
void forget_impossible_suspects(const plant::Plant& plant, State& state) {
  const auto impossible = [&](const solve::GrossError::Alternative& o) {
    const auto i = std::find_if(state.instruments.begin(), state.instruments.end(), [&](const Instrument& one) {
      return o.kind == solve::GrossError::Kind::bias && one.reading == o.index;
    });
    if (i == state.instruments.end()) return false;
    const auto& v = plant.flowsheet->variables()[static_cast<std::size_t>(i->variable)];
    const double truth = *i->measured - o.size, doubt = 2.0 * o.size_sd;
    return truth < v.low - doubt || truth > v.high + doubt;
  };
  for (auto& g : state.reconciliation.gross_errors) {
    std::erase_if(g.alternatives, impossible);
    std::erase_if(g.also_possible, impossible);
  }
}

/// A physical reason before the solver's own; the tag where a reading is concerned.
void tell_reason(const plant::Plant& plant, const std::vector<Instrument>& instruments, std::vector<solve::Held> known,
                 std::span<const double> x, solve::Report& report) {
  if (report.status == solve::Status::structurally_singular) return;
  for (const auto& i : instruments)
    if (i.reading >= 0) known.push_back({i.variable, *i.measured});
  if (auto reason = physical_reason(plant, x, known)) report.advice = *reason;
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

void leave_out_impossible(const plant::Plant& plant, std::vector<Measured>& readings) {
  for (std::size_t i = 0; i < readings.size(); ++i)
    if (Measured& r = readings[i]; r.value && std::isfinite(*r.value) && r.why_not.empty() &&
                                   r.quality != readings::Quality::bad &&
                                   !impossible_text(plant, plant.measurements[i], r).empty())
      r.why_not = "impossible";
}

std::vector<plant::IdleWord> idle_words(const plant::Plant& plant, const std::vector<Measured>& readings,
                                        const std::vector<tables::SnapshotRow>& rows) {
  auto words = plant::idle_by_key(plant);
  for (std::size_t u = 0; u < plant.units.size(); ++u) {
    const plant::IdleRule& rule = plant.units[u].idle;
    if (rule.kind != plant::IdleRule::Kind::by_tag) continue;
    std::optional<double> value;
    for (std::size_t i = 0; i < readings.size(); ++i)
      if (const auto& m = plant.measurements[i];
          m.tag == rule.tag && readings[i].value && readings[i].quality != readings::Quality::bad)
        value = m.unit.from_si(*readings[i].value);
    for (const auto& row : rows)
      if (!value && row.tag == rule.tag && std::isfinite(row.value) && row.quality != readings::Quality::bad)
        value = row.value;
    if (value) words[u] = rule.met_by(*value) ? plant::IdleWord::idle : plant::IdleWord::runs;
  }
  return words;
}

std::string idle_tag_missing(const std::string& unit, const std::string& tag, const std::string& near) {
  if (near.empty()) return "the data lack the tag by which idle tells of " + unit + ", so its readings tell: " + tag;
  return "the data lack the tag by which idle tells of " + unit +
         ", so its readings tell, and these names are near: " + tag + ", " + near;
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
    const FileUnit given = file_unit(plant, m, header_unit(row), false);
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
  std::vector<std::string> given;
  for (const auto& row : rows) given.push_back(row.tag);
  for (const auto& u : plant.units)
    if (notes && !u.idle.tag.empty() && std::find(given.begin(), given.end(), u.idle.tag) == given.end() &&
        std::find(tags.begin(), tags.end(), u.idle.tag) == tags.end())
      notes->push_back(idle_tag_missing(u.name, u.idle.tag, nearest_name(u.idle.tag, given)));
  return all;
}

std::shared_ptr<PlantReconciler::Balance> PlantReconciler::balance(const plant::IdleSigns& signs) {
  auto& kept = balances_[signs];
  if (kept) return kept;
  Running running = running_for_balances(plant_, signs);
  const plant::Flowsheet& flowsheet = running.flowsheet(plant_);
  solve::Reconciler solver(flowsheet, running.held);
  Apparatus apparatus = find_apparatus(plant_, running.units());
  auto made = std::make_shared<Balance>(Balance{std::move(running), std::move(apparatus), std::move(solver)});
  for (std::size_t u = 0; u < plant_.units.size(); ++u)
    if (const int row = flowsheet.mass_balance(u); row >= 0) {
      made->leak_units.push_back(static_cast<int>(u));
      made->leaks.push_back({row});
    }
  kept = made;
  constexpr std::size_t kMost = 16;  // a solver of the cell room takes 0.3 MB
  if (balances_.size() > kMost)
    std::erase_if(balances_, [&](const auto& other) { return other.second != made && other.first.any(); });
  return made;
}

/// Where the specifications make the plant solvable, its simulation is the best start there is; else the readings,
/// carried along the flow.
std::vector<double> PlantReconciler::first_values(const Balance& b, const std::vector<Measured>& readings) const {
  if (!simulated_.empty()) return simulated_;
  auto known = plant_.starts;
  for (const auto& h : held_for_simulation(plant_)) known.emplace_back(h.variable, h.value);
  for (std::size_t i = 0; i < readings.size(); ++i)
    if (const int v = plant_.measurements[i].variable;
        readings[i].value && readings[i].why_not.empty() && !b.running.idle.says_nothing(v))
      known.emplace_back(v, *readings[i].value);
  return b.running.flowsheet(plant_).initialise(known);
}

State PlantReconciler::solve(Balance& b, const plant::IdleChoice& choice, std::vector<Measured> measured,
                             const solve::ReconcileOptions& options, bool leaks) {
  State state;
  for (const auto& c : choice.against)
    if (!c.load && measured[c.seen].why_not.empty()) measured[c.seen].why_not = "contradicted";
  state.idle = b.running.units();
  if (b.running.idle.any()) {
    state.without_meaning = b.running.idle.without_meaning;
    state.assumed = b.running.idle.still;
  }
  std::vector<solve::MeasuredValue> readings;
  std::vector<std::string> impossible;
  for (std::size_t i = 0; i < measured.size(); ++i) {
    state.instruments.push_back(instrument(plant_.measurements[i], measured[i]));
    auto& instrument = state.instruments.back();
    instrument.small = small(measured, i);
    if (instrument.measured && b.running.idle.says_nothing(instrument.variable)) instrument.why_not = "idle";
    // Of a value of its own the plant file has said so when it was read.
    if (const auto& m = plant_.measurements[i];
        instrument.why_not == "impossible" && (!m.value || *m.value != *instrument.measured))
      impossible.push_back(impossible_text(plant_, m, measured[i]));
    if (!instrument.why_not.empty()) continue;
    instrument.reading = static_cast<int>(readings.size());
    readings.push_back({instrument.variable, *instrument.measured, *instrument.sd});
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
  const auto solve_from = [&](const std::vector<double>& from, const solve::ReconcileOptions& how) {
    const auto start = put_still(from);
    if (together.empty()) return b.solver.reconcile(readings, candidates, start, how);
    return solve::reconcile(b.running.flowsheet(plant_), readings, together, b.running.held, candidates, start, how);
  };
  const auto solved = [&](const std::vector<double>& from) { return solve_from(from, options); };
  const std::vector<double>& near = b.last.empty() ? last_ : b.last;
  const bool warm = !near.empty();
  auto& r = state.reconciliation;
  r = solved(warm ? near : first_values(b, measured));
  if (warm && r.report.status != solve::Status::converged)  // a far state: start afresh
    r = solved(first_values(b, measured));
  if (r.report.status != solve::Status::converged && !b.running.idle.any())
    tell_reason(plant_, state.instruments, b.running.held, r.x, r.report);
  r.report.warnings.insert(r.report.warnings.begin(), impossible.begin(), impossible.end());
  std::vector<std::string> certain;
  for (const auto& i : state.instruments)
    if (i.why_not == "no_uncertainty") certain.push_back(i.tag);
  if (!certain.empty())
    r.report.warnings.push_back("an sd in % of a reading of 0 is 0, so these were not used: " +
                                listed(certain, certain.size(), [](const auto& tag) { return tag; }) +
                                "; give each an sd_floor");
  if (r.report.status == solve::Status::converged) {
    for (auto& w : plant::kink_warnings(plant_, r.x)) r.report.warnings.push_back(std::move(w));
    for (const auto& w : b.running.warnings) r.report.warnings.push_back(w);
    for (std::size_t v = 0; b.running.idle.any() && v < r.estimates.size(); ++v)
      if (b.running.idle.without_meaning[v]) r.estimates[v] = {.value = r.x[v], .kind = solve::Class::unobservable};
    tell_outside(plant_, state);
    auto slipped = unit_slips(plant_, state);
    if (slipped.empty() && truth_open(r) && !options.robust) {
      auto huber = options;
      huber.robust = true;
      slipped = unit_slips(plant_, state, solve_from(first_values(b, measured), huber));
    }
    tell_unit_slips(state, std::move(slipped));
    forget_impossible_suspects(plant_, state);
  }
  for (const auto& i : indicators(plant_, b.apparatus, r.x)) state.indicators[i.path] = with_uncertainty(plant_, i, r);
  return state;
}

}  // namespace castner::assess

// SPDX-License-Identifier: Apache-2.0
// What a plant's instruments can tell before any data, and which further instrument would help most:
//  1. typical_state: the plant's simulation, or, where it does not converge, first values carried along the flow; of these the
//     nearest state in which every balance holds.
//  2. That state with the instruments' sds is reconciled once; it gives the class of each quantity, and the indicators
//     that are known.
//  3. suggestions goes through every variable that an instrument could measure. For an unobservable one the plant is
//     reconciled again with it, and what becomes observable is counted.
//  4. For any other one no new solution is needed: a reading of it reduces each variance by cov^2 / (var + sd^2).
//  5. Sorted by indicators that become known, quantities that become observable, instruments that become redundant, and
//     the mean reduction of variance; the first five are returned.
#include "castner/assess/structure_check.h"

#include <algorithm>
#include <cmath>
#include <set>

#include "castner/assess/indicators.h"
#include "castner/assess/running.h"
#include "castner/assess/simulation.h"
#include "castner/assess/state.h"
#include "castner/assess/untold.h"
#include "castner/solve/correlated.h"
#include "castner/solve/detectable.h"
#include "castner/solve/simulate.h"

namespace castner::assess {
namespace {

using plant::Plant;
using Gradient = std::vector<std::pair<int, double>>;

constexpr double kAbout =
    0.2;  // of its size, how far a first value may be from a state in which the plant runs; a guess

/// Held for a reconciliation: given parameters, and specifications that say so.
std::vector<solve::Held> held_for_reconciliation(const Plant& plant) {
  std::vector<solve::Held> held;
  for (const auto& [variable, value] : plant.parameters) held.push_back({variable, value});
  for (const auto& s : plant.specifications)
    if (s.reconcile) held.push_back({s.variable, s.value});
  return held;
}

/// The state nearest to first values, variable by variable, in which every balance holds; the first values themselves where none
/// is found. Readings that contradict each other, as first values do, say nothing of what instruments can tell.
std::vector<double> balanced(const Plant& plant, std::span<const solve::Held> held, std::vector<double> x) {
  const auto variables = plant.flowsheet->variables();
  std::vector<solve::MeasuredValue> about;
  for (std::size_t v = 0; v < x.size(); ++v)
    about.push_back({static_cast<int>(v), x[v], kAbout * std::max(std::abs(x[v]), variables[v].nominal)});
  for (const auto& m : plant.measurements)
    if (m.value)
      if (const double sd = m.uncertainty.sd(*m.value); sd > 0.0) about.push_back({m.variable, *m.value, sd});
  std::erase_if(about, [&](const auto& reading) {
    return std::any_of(held.begin(), held.end(), [&](const auto& h) { return h.variable == reading.variable; });
  });
  const auto found = solve::reconcile(*plant.flowsheet, about, held, {}, x, {.eliminate = false, .covariance = false});
  return found.report.status == solve::Status::converged ? found.x : x;
}

/// Whether the typical state has the sizes that the instruments read: a per cent of what is not known is no sd.
bool sizes_known(const Plant& plant, const PlantSimulation& simulation) {
  if (simulation.result.report.status == solve::Status::converged) return true;
  return std::all_of(plant.measurements.begin(), plant.measurements.end(), [&](const auto& m) {
    return m.value ||
           std::any_of(plant.starts.begin(), plant.starts.end(), [&](const auto& s) { return s.first == m.variable; });
  });
}

/// A state to look at the plant in, with all of it running: its simulation where that works, else its values carried along the
/// flow. What is specified to stand still has its nominal size instead.
std::vector<double> typical_state(const Plant& plant, const PlantSimulation& simulation) {
  const bool solved = simulation.result.report.status == solve::Status::converged;
  if (solved && simulation.idle.empty()) return simulation.result.x;
  auto held = held_for_simulation(plant);
  for (const int s : simulation.specifications_left_out)
    if (auto& h = held[plant.parameters.size() + static_cast<std::size_t>(s)]; h.value == 0.0)
      h.value = plant.flowsheet->variables()[static_cast<std::size_t>(h.variable)].nominal;
  if (solved)
    if (auto all = solve::simulate(*plant.flowsheet, held, first_values(plant, held));
        all.report.status == solve::Status::converged)
      return all.x;
  auto known = plant.starts;
  for (const auto& h : held) known.emplace_back(h.variable, h.value);
  for (const auto& m : plant.measurements)
    if (m.value) known.emplace_back(m.variable, *m.value);
  return balanced(plant, held_for_reconciliation(plant), plant.flowsheet->initialise(known));
}

/// Accuracy to expect of an instrument nobody has bought yet (docs/domain/indicators.md 7, from memory).
double typical_sd(const Variable& v, double value) {
  if (v.unit == "K") return 0.3;
  if (v.name.find("mass_frac") != std::string::npos) return std::max(1e-4, 0.005 * std::abs(value));
  if (v.unit == "V" || v.unit == "A") return 0.003 * std::abs(value);
  return 0.01 * std::max(std::abs(value), v.nominal);
}

/// A variable someone could put an instrument on: of a stream, or a unit's current, voltage or power.
bool can_be_measured(const Plant& plant, const Variable& v) {
  const auto dot = v.name.find('.');
  if (dot == std::string::npos) return false;
  const std::string owner = v.name.substr(0, dot), quantity = v.name.substr(dot + 1);
  const bool stream =
      std::any_of(plant.streams.begin(), plant.streams.end(), [&](const auto& s) { return s.name == owner; });
  if (stream) return quantity != "mass_frac.H2O";  // nobody measures the humidity of a wet gas at 88 degC
  return quantity == "current" || quantity == "cell_voltage" || quantity == "ac_power" || quantity == "dc_power";
}

class Study {
 public:
  Study(const Plant& plant, const PlantSimulation& simulation)
      : plant_(plant),
        x_(typical_state(plant, simulation)),
        held_(held_for_reconciliation(plant)),
        apparatus_(find_apparatus(plant)) {
    for (const auto& m : plant.measurements) {
      const double value = m.value.value_or(x_[static_cast<std::size_t>(m.variable)]);
      const double sd = m.uncertainty.sd(value);
      readings_.push_back({m.variable, value, sd > 0.0 ? sd : 1e-6});
    }
    for (const auto& c : plant.correlations)
      together_.push_back({c.first, c.second,
                           c.value * readings_[static_cast<std::size_t>(c.first)].sd *
                               readings_[static_cast<std::size_t>(c.second)].sd});
    base_ = solve::reconcile(*plant.flowsheet, readings_, together_, held_, {}, x_, options());
    for (const auto& i : indicators(plant, apparatus_, base_.x))
      if (i.amount) indicators_.push_back(i);
  }

  const solve::Reconciliation& base() const { return base_; }
  const std::vector<solve::MeasuredValue>& readings() const { return readings_; }

  std::vector<Suggestion> suggestions() const {
    std::vector<Suggestion> all;
    const auto variables = plant_.flowsheet->variables();
    for (std::size_t v = 0; v < variables.size(); ++v) {
      if (base_.estimates[v].held || !can_be_measured(plant_, variables[v])) continue;
      all.push_back(consider(static_cast<int>(v)));
    }
    // Of two that differ by rounding alone, in the order of the file.
    std::stable_sort(all.begin(), all.end(), [](const Suggestion& l, const Suggestion& r) {
      const auto key = [](const Suggestion& s) {
        return std::tuple(s.makes_known.size(), s.makes_observable, s.makes_redundant, std::llround(1e6 * s.sharpens));
      };
      return key(l) > key(r);
    });
    // An instrument without a benefit is no suggestion.
    std::erase_if(all, [](const Suggestion& s) {
      return s.makes_known.empty() && s.makes_observable == 0 && s.makes_redundant == 0 && s.sharpens < 1e-3;
    });
    if (all.size() > 5) all.resize(5);
    return all;
  }

 private:
  static solve::ReconcileOptions options() { return {.eliminate = false}; }

  Suggestion consider(int v) const {
    const auto& variable = plant_.flowsheet->variables()[static_cast<std::size_t>(v)];
    Suggestion s{.of = variable.name, .unit = variable.unit};
    const double value = base_.x[static_cast<std::size_t>(v)];
    s.sd_assumed = typical_sd(variable, value);
    for (const auto& r : readings_)
      if (r.variable == v) {
        s.second = true;
        s.sd_assumed = r.sd;
      }
    if (base_.estimates[static_cast<std::size_t>(v)].kind == solve::Class::unobservable)
      with_it(v, s);
    else
      sharpening(v, s);
    return s;
  }

  /// Reconciles again with the new reading: what was unobservable may become known.
  void with_it(int v, Suggestion& s) const {
    auto readings = readings_;
    readings.push_back({v, base_.x[static_cast<std::size_t>(v)], s.sd_assumed});
    const auto after = solve::reconcile(*plant_.flowsheet, readings, together_, held_, {}, base_.x, options());
    if (after.report.status != solve::Status::converged || !after.covariance) return;
    for (std::size_t i = 0; i < after.estimates.size(); ++i)
      if (base_.estimates[i].kind == solve::Class::unobservable &&
          after.estimates[i].kind != solve::Class::unobservable)
        ++s.makes_observable;
    for (const auto& i : indicators_)
      if (!base_.covariance->variance(i.amount->gradient) && after.covariance->variance(i.amount->gradient))
        s.makes_known.push_back(i.path);
  }

  /// One more reading shrinks every variance by cov^2/(var + sd^2): no new solution is needed.
  void sharpening(int v, Suggestion& s) const {
    const Gradient unit{{v, 1.0}};
    const auto column = base_.covariance->times(unit);
    if (!column) return;
    const double variance = (*column)[static_cast<std::size_t>(v)], total = variance + s.sd_assumed * s.sd_assumed;
    double share = 0.0;
    int counted = 0;
    const auto add = [&](double covariance, double before) {
      if (!(before > 0.0)) return;
      share += covariance * covariance / total / before;
      ++counted;
    };
    for (const auto& r : readings_) {
      const auto& e = base_.estimates[static_cast<std::size_t>(r.variable)];
      const double c = (*column)[static_cast<std::size_t>(r.variable)];
      add(c, e.sd * e.sd);
      if (e.kind == solve::Class::nonredundant && c * c > 1e-6 * e.sd * e.sd * variance) ++s.makes_redundant;
    }
    for (const auto& i : indicators_)
      if (const auto before = base_.covariance->variance(i.amount->gradient)) {
        double c = 0.0;
        for (const auto& [k, g] : i.amount->gradient) c += g * (*column)[static_cast<std::size_t>(k)];
        add(c, *before);
      }
    s.sharpens = counted > 0 ? share / counted : 0.0;
  }

  const Plant& plant_;
  std::vector<double> x_;
  std::vector<solve::Held> held_;
  Apparatus apparatus_;
  std::vector<solve::MeasuredValue> readings_;
  std::vector<solve::Covariation> together_;
  solve::Reconciliation base_;
  std::vector<Indicator> indicators_;
};

}  // namespace

bool StructureCheck::solvable() const {
  return (simulation.square_and_solvable() || surplus_agrees) && undetermined.empty() && !unsolved;
}

bool StructureCheck::passed() const {
  const bool simulates = simulation.square_and_solvable() || surplus_agrees;
  const bool useful = reconciliation == solve::Status::converged;
  const bool contradicts = !simulation.over_equations.empty() && !surplus_agrees;
  const bool only_simulated = measurements == 0;
  return (specifications == 0 || simulates) && missing == 0 && useful && !contradicts && !(only_simulated && unsolved);
}

StructureCheck check_structure(const Plant& plant) {
  StructureCheck c;
  c.variables = static_cast<int>(plant.flowsheet->variables().size());
  c.equations = static_cast<int>(plant.flowsheet->equations().size());
  c.parameters_held = static_cast<int>(plant.parameters.size());
  c.specifications = static_cast<int>(plant.specifications.size());
  c.measurements = static_cast<int>(plant.measurements.size());
  c.simulation = solve::diagnose(*plant.flowsheet, held_for_simulation(plant));
  PlantSimulation simulated;
  // Whoever measures nothing means to simulate.
  const bool to_simulate = !plant.specifications.empty() || plant.measurements.empty();
  if (to_simulate) simulated = simulate_running(plant);
  // What is specified to be 0 stands still, and has no state in which it runs.
  if (to_simulate && simulated.result.report.status != solve::Status::converged) simulated = simulate(plant);
  if (simulated.result.report.status == solve::Status::converged) {
    c.undetermined = simulated.result.undetermined.variables;
    c.missing = simulated.missing;
    c.surplus_agrees = !c.simulation.over_equations.empty();
  } else {
    c.unsolved = to_simulate && c.simulation.square_and_solvable();
  }
  if (plant.measurements.empty()) return c;

  const Study study(plant, simulated);
  const auto& base = study.base();
  c.reconciliation = base.report.status;
  c.advice = base.report.advice;
  if (base.report.status != solve::Status::converged || !base.covariance) return c;
  c.sizes_known = sizes_known(plant, simulated);
  c.degrees_of_redundancy = base.global_test.degrees_of_freedom;
  for (std::size_t k = 0; k < plant.measurements.size(); ++k) {
    const auto& m = plant.measurements[k];
    const auto kind = base.estimates[static_cast<std::size_t>(m.variable)].kind;
    StructureCheck::InstrumentClass i{m.tag, m.of, kind, m.variable, study.readings()[k].sd};
    if (c.sizes_known) i.smallest_seen = base.smallest_seen[k];
    i.hardly_checked = c.sizes_known && i.smallest_seen && solve::hardly_checked(i.smallest_seen, i.sd);
    c.instruments.push_back(std::move(i));
  }
  for (std::size_t v = 0; v < base.estimates.size(); ++v)
    if (base.estimates[v].kind == solve::Class::unobservable && !base.estimates[v].held)
      c.unobservable.push_back(plant.flowsheet->variables()[v].name);
  c.untold = untold_parameters(plant, base);
  c.suggestions = study.suggestions();
  return c;
}

}  // namespace castner::assess

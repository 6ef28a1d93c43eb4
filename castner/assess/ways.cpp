// SPDX-License-Identifier: Apache-2.0
// Which of the ways in which a plant may run its readings mean:
//  1. plant::IdleChooser weighs the readings and gives one. Where its balances close, that is it.
//  2. Where they do not, and nothing that is read shows that a unit runs, the plant is balanced with it idle; several of
//     them one at a time, then more, each shut off or flushed. So is one that runs, by the estimates, with no more than what
//     is standstill by itself, within their uncertainty, and it is idle where that accuses no more readings, or where all
//     readings come near closing then.
//  3. Where they do not, or only without readings that they accuse, and one reading alone decided that a unit is idle, the plant is
//     balanced the other way too; where they do not, also where one decided that it runs.
//  4. Where they cannot be solved and flows stand at 0 that no unit depends on, the plant is balanced without these readings.
//  5. Another way is taken where its balances close and the first one's do not, or are nowhere near, or where it does without
//     fewer readings.
// Readings that contradict the way that was taken are named in a warning and in State::contradicted. Where they contradict a key or a
// tag, the plant is balanced without its word too, so that it can be told what follows from it alone.
#include <algorithm>
#include <cmath>

#include "castner/assess/credible.h"
#include "castner/assess/simulation.h"
#include "castner/assess/state.h"
#include "castner/assess/unit_slips.h"
#include "castner/base/check.h"

namespace castner::assess {
namespace {

using plant::IdleWord;

/// Of the limit; a flushed unit's meters read below where they are good, and one window in 20 is open by chance. A guess.
constexpr double kNearlyCloses = 1.5;

bool solved(const State& s) { return s.reconciliation.report.status == solve::Status::converged; }

/// Nothing speaks against the balances, or nothing does after suspects were removed.
bool closes(const State& s) {
  const auto& r = s.reconciliation;
  return solved(s) &&
         (r.global_test.passed.value_or(true) || (r.after_elimination && r.after_elimination->passed.value_or(false)));
}

/// Whether a reading shows load of what is idle by readings or their lack.
bool shows_load(const State& s) {
  return std::any_of(s.contradicted.begin(), s.contradicted.end(), [](const auto& c) { return c.load; });
}
bool fine(const State& s) { return closes(s) && !shows_load(s); }

/// How far the balances are from closing, 1 at the limit.
double distance(const State& s, const solve::GlobalTest& g) {
  return solved(s) && g.critical ? g.statistic / *g.critical : solved(s) ? 0.0 : HUGE_VAL;
}
double distance(const State& s) {
  const auto& r = s.reconciliation;
  return distance(s, r.after_elimination ? *r.after_elimination : r.global_test);
}

/// Readings that the balances of a state do without, because they contradict it.
std::size_t disbelieved(const State& s) {
  const auto& errors = s.reconciliation.gross_errors;
  return s.contradicted.size() +
         static_cast<std::size_t>(std::count_if(errors.begin(), errors.end(), [](const auto& e) { return e.removed; }));
}

/// Whether a reading is removed that does not speak for running or standstill.
bool accuses(const State& s) { return disbelieved(s) > s.contradicted.size(); }

/// How far they are from it before any reading is removed.
double distance_of_all(const State& s) { return distance(s, s.reconciliation.global_test); }

/// Whether one comes near closing with all readings where the other is far from it: no removal of many makes up for that.
bool far_nearer(const State& one, const State& than) {
  constexpr double kFar = 10.0;  // times the limit. A guess
  return distance_of_all(one) < kNearlyCloses && distance_of_all(than) > kFar;
}

bool clearly_better(const State& one, const State& than) {
  if (far_nearer(one, than) || far_nearer(than, one)) return far_nearer(one, than);
  if (closes(one) != closes(than)) return closes(one);
  if (closes(one)) return disbelieved(one) < disbelieved(than);
  return !closes(than) && distance(one) < 0.3 * distance(than);
}

std::string names_of(const plant::Plant& plant, const std::vector<int>& units) {
  std::string names;
  for (const int u : units) names += (names.empty() ? "" : ", ") + plant.units[static_cast<std::size_t>(u)].name;
  return names;
}

/// A sentence for each unit that readings contradict.
void tell_contradictions(const plant::Plant& plant, State& state) {
  std::map<std::pair<int, bool>, std::string> tags;
  std::map<std::pair<int, bool>, bool> said;
  for (const auto& c : state.contradicted) {
    auto& text = tags[{c.unit, c.load}];
    text += (text.empty() ? "" : ", ") + c.tag;
    said[{c.unit, c.load}] = c.said;
  }
  for (const auto& [key, text] : tags) {
    const auto& [u, load] = key;
    const std::string& unit = plant.units[static_cast<std::size_t>(u)].name;
    state.reconciliation.report.warnings.push_back(
        said[key] && load
            ? unit + " is declared out of service, by idle in the plant file or its tag, but load is shown by: " + text
        : said[key]
            ? unit + " is declared to run, by idle in the plant file or its tag, but standstill is shown by: " + text
        : load ? "the other readings show that " + unit + " stands still; not used, for showing load: " + text
               : "the other readings show that " + unit + " runs; not used, for showing standstill: " + text);
  }
}

void tell_silent(const plant::Plant& plant, State& state) {
  if (!closes(state) || state.silent.empty()) return;
  auto& warnings = state.reconciliation.report.warnings;
  warnings.push_back(
      "no reading shows that these run, and the balances close without them, so they are taken as idle: " +
      names_of(plant, state.silent));
  if (!state.silent_instead.empty())
    warnings.push_back(
        "the balances close as well if one of these stands still instead; idle in the plant file can say which: " +
        names_of(plant, state.silent_instead));
}

/// Whether what it shuts off when idle is what it is fed with, and passes.
bool can_be_flushed(const plant::Plant& plant, int unit) {
  const auto form = plant.flowsheet->units()[static_cast<std::size_t>(unit)].unit->idle_form();
  return form && std::all_of(form->shut.begin(), form->shut.end(), [&](std::size_t flow) {
           return std::any_of(form->feeds.begin(), form->feeds.end(), [&](const auto& feed) {
             return std::find(feed.begin(), feed.end(), flow) != feed.end();
           });
         });
}

/// Whether what it shuts off when idle flows for sure.
bool is_fed(const plant::Plant& plant, const State& state, int unit) {
  const auto& entry = plant.flowsheet->units()[static_cast<std::size_t>(unit)];
  const auto form = entry.unit->idle_form();
  return form && std::any_of(form->shut.begin(), form->shut.end(), [&](std::size_t flow) {
           const auto& e = state.reconciliation.estimates[static_cast<std::size_t>(entry.variable[flow])];
           return e.kind != solve::Class::unobservable && e.value > 3.0 * e.sd && e.value > 0.0;
         });
}

/// Variables whose values the balances hold.
std::vector<int> given_to_balances(const plant::Plant& plant) {
  std::vector<int> all;
  for (const auto& h : held_for_balances(plant)) all.push_back(h.variable);
  return all;
}

/// The first unit at which something flows; none where it flows in the user's own equations alone.
std::optional<int> unit_at(const plant::Plant& plant, int variable) {
  const auto& units = plant.flowsheet->units();
  const std::string& name = plant.flowsheet->variables()[static_cast<std::size_t>(variable)].name;
  const auto flow = plant.flowsheet->find(name.substr(0, name.find('.')) + ".flow_mass");
  for (std::size_t u = 0; u < plant.units.size(); ++u)
    if (std::find(units[u].variable.begin(), units[u].variable.end(), flow.value_or(variable)) !=
        units[u].variable.end())
      return static_cast<int>(u);
  return std::nullopt;
}

}  // namespace

PlantReconciler::PlantReconciler(const plant::Plant& plant) : plant_(plant), chooser_(plant, given_to_balances(plant)) {
  for (const auto& m : plant.measurements) {
    double& load = at_load_.emplace_back(m.value.value_or(0.0));
    for (const auto& s : plant.specifications)
      if (s.variable == m.variable) load = std::max(load, s.value);
  }
  const auto variables = plant.flowsheet->variables();
  for (std::size_t u = 0; u < plant.units.size(); ++u) {
    const auto& unit = plant.units[u];
    const auto form = plant.flowsheet->units()[u].unit->idle_form();
    MayBeSilent all{static_cast<int>(u), {}};
    for (std::size_t i = 0; form && !form->shut.empty() && i < plant.measurements.size(); ++i) {
      const std::string& of = variables[static_cast<std::size_t>(plant.measurements[i].variable)].name;
      if (of.starts_with(unit.name + ".") || std::any_of(unit.connections.begin(), unit.connections.end(),
                                                         [&](const auto& c) { return of.starts_with(c.stream + "."); }))
        all.instruments.push_back(i);
    }
    if (!all.instruments.empty()) may_be_silent_.push_back(std::move(all));
  }
  find_like();
  if (plant.specifications.empty()) return;
  const auto held = held_for_simulation(plant);
  auto simulated = solve::simulate(*plant.flowsheet, held, assess::first_values(plant, held));
  if (simulated.report.status == solve::Status::converged) simulated_ = std::move(simulated.x);
}

/// Of like units, the instruments of the same sign of whether they run: by the variable that each measures.
void PlantReconciler::find_like() {
  std::map<std::pair<std::string, std::size_t>, std::set<int>>
      same;  // by model and place: of like units these are alike
  for (std::size_t u = 0; u < plant_.units.size(); ++u) {
    const auto& unit = plant_.flowsheet->units()[u];
    const auto form = unit.unit->idle_form();
    if (!form) continue;
    for (const auto& group : form->signs)
      for (const auto& sign : group) same[{plant_.units[u].model, sign.variable}].insert(unit.variable[sign.variable]);
  }
  for (const auto& [place, variables] : same)
    for (std::size_t i = 0; i < plant_.measurements.size(); ++i)
      if (variables.contains(plant_.measurements[i].variable))
        for (const int v : variables) like_[v].push_back(i);
}

/// What the instrument reads at load: as the data and the plant file know it. A unit, or a plant, that stands still in all the data has
/// never shown that: what has never read 2 % of what it does in the simulation of the plant file is as that says; where there is none,
/// a current or power as that of a like unit. A guess; a pilot unit of a fiftieth of its like would be taken for idle by it alone, and
/// so would all but one whose ammeter reads kA as A.
double PlantReconciler::at_load(const std::vector<Measured>& readings, std::size_t instrument) const {
  constexpr double kNever = 0.02;
  const auto own = [&](std::size_t i) { return std::max(readings[i].at_load, at_load_[i]); };
  const int variable = plant_.measurements[instrument].variable;
  // One set of readings has no history, so that nothing is known to have never been read.
  double like = readings[instrument].at_load > 0.0 ? simulated(variable) : 0.0;
  if (const auto it = like_.find(variable); like == 0.0 && it != like_.end())
    for (const std::size_t i : it->second) like = std::max(like, own(i));
  return own(instrument) < kNever * like ? like : own(instrument);
}

/// Whether an sd in % makes the instrument surer than meters are: a part of their error is of their span.
bool PlantReconciler::small(const std::vector<Measured>& readings, std::size_t instrument) const {
  constexpr double kSmall = 1.0 / 3.0;  // a guess: meters are seldom good to their share of the reading below it
  const plant::Uncertainty& u = plant_.measurements[instrument].uncertainty;
  return u.fraction > 0.0 && u.floor == 0.0 && readings[instrument].value && !readings[instrument].sd &&
         u.sd(*readings[instrument].value) < kSmall * u.sd(at_load(readings, instrument));
}

plant::IdleChoice PlantReconciler::choose(const std::vector<Measured>& readings, const Words& words) {
  std::vector<plant::Seen> shown;
  std::vector<std::size_t> measurement;
  for (std::size_t i = 0; i < readings.size(); ++i) {
    const Measured& r = readings[i];
    const plant::Measurement& m = plant_.measurements[i];
    // What stands still may well repeat one value, and an sd in % of it is 0.
    // What reads far below 0 shows no flow, though not how much.
    const bool usable =
        r.why_not.empty() || r.why_not == "stuck" || r.why_not == "no_uncertainty" || r.why_not == "impossible";
    if (!r.value || !std::isfinite(*r.value) || !usable || r.quality == readings::Quality::bad) continue;
    const double value = r.middle.value_or(*r.value);
    shown.push_back({.variable = m.variable,
                     .value = value,
                     .sd = r.sd.value_or(m.uncertainty.sd(value)),
                     .sd_at_zero = r.sd.value_or(m.uncertainty.sd(0.0)),
                     .at_load = at_load(readings, i),
                     .used = r.why_not.empty(),
                     .repeats = r.why_not == "stuck"});
    measurement.push_back(i);
  }
  auto choice = chooser_.choose(words.empty() ? plant::idle_by_key(plant_) : words, shown);
  for (auto& c : choice.against) c.seen = measurement[c.seen];
  for (auto* some : {&choice.zeros, &choice.standing})
    for (auto& z : *some) z = measurement[z];
  return choice;
}

std::vector<std::size_t> PlantReconciler::standing(const std::vector<Measured>& readings) {
  return choose(readings, {}).standing;
}

std::shared_ptr<const Running> PlantReconciler::running(const std::vector<Measured>& readings, const Words& words) {
  const auto b = balance(choose(readings, words).signs);
  return {b, &b->running};
}

/// Those of which no instrument that is read shows whether they run.
std::vector<int> PlantReconciler::silent_units(const std::vector<Measured>& measured, const Words& words,
                                               const plant::IdleSigns& signs) const {
  const auto reads = [&](std::size_t i) {
    const Measured& r = measured[i];
    return r.value && std::isfinite(*r.value) && r.quality != readings::Quality::bad &&
           (r.why_not.empty() || r.why_not == "no_uncertainty");
  };
  std::vector<int> silent;
  for (const auto& [unit, instruments] : may_be_silent_) {
    const auto u = static_cast<std::size_t>(unit);
    if (!signs.units[u] && words[u] == IdleWord::nothing && std::none_of(instruments.begin(), instruments.end(), reads))
      silent.push_back(unit);
  }
  return silent;
}

PlantReconciler::Attempt PlantReconciler::attempt(const std::vector<Measured>& measured,
                                                  const solve::ReconcileOptions& options, bool leaks, Words words) {
  const auto choice = choose(measured, words);
  Attempt a{std::move(words), choice.doubtful, balance(choice.signs), {}};
  a.state = solve(*a.balance, choice, measured, options, leaks);
  for (const auto& c : choice.against)
    a.state.contradicted.push_back({plant_.measurements[c.seen].tag, c.unit, c.load, false});
  return a;
}

/// As before, but for one unit that stands still: shut off, or flushed where that accuses fewer readings.
PlantReconciler::Attempt PlantReconciler::stopped(const Attempt& before, int unit,
                                                  const std::vector<Measured>& measured,
                                                  const solve::ReconcileOptions& options, bool leaks) {
  const auto with = [&](IdleWord word) {
    Words w = before.words;
    w[static_cast<std::size_t>(unit)] = word;
    Attempt a = attempt(measured, options, leaks, std::move(w));
    a.state.silent = before.state.silent;
    a.state.silent.push_back(unit);
    a.state.flushed = before.state.flushed;
    if (word == IdleWord::flushed) a.state.flushed.push_back(unit);
    return a;
  };
  if (!can_be_flushed(plant_, unit)) return with(IdleWord::idle);
  Attempt flushed = with(IdleWord::flushed);
  // To find what is wrong where it does not flow, though it does, takes long.
  if (fine(flushed.state) && disbelieved(flushed.state) == 0 && is_fed(plant_, flushed.state, unit)) return flushed;
  Attempt shut = with(IdleWord::idle);
  return clearly_better(flushed.state, shut.state) ? flushed : shut;
}

/// Of the answer, silent_instead are those that may stand still in place of the last one that was found to.
void PlantReconciler::try_silent(Attempt& best, const std::vector<int>& silent, const std::vector<Measured>& measured,
                                 const solve::ReconcileOptions& options, bool leaks) {
  std::vector<int> others;
  const Attempt first = best;
  for (std::size_t round = 0; round < silent.size() && !closes(best.state); ++round) {
    Attempt found = best;
    std::vector<int> closing;
    for (const int u : silent) {
      const auto& stand = best.state.silent;
      if (std::find(stand.begin(), stand.end(), u) != stand.end()) continue;
      Attempt a = stopped(best, u, measured, options, leaks);
      if (fine(a.state)) closing.push_back(u);
      if (fine(a.state) ? !fine(found.state) || clearly_better(a.state, found.state)
                        : !shows_load(a.state) && clearly_better(a.state, found.state))
        found = std::move(a);
    }
    if (found.state.silent == best.state.silent) break;
    best = std::move(found);
    others = closing;
    std::erase(others, best.state.silent.back());
  }
  if (!closes(best.state) && silent.size() > 1) {
    Words words = first.words;
    for (const int u : silent) words[static_cast<std::size_t>(u)] = IdleWord::idle;
    Attempt all = attempt(measured, options, leaks, std::move(words));
    all.state.silent = silent;
    if (fine(all.state)) best = std::move(all), others.clear();
  }
  best.state.silent_instead = std::move(others);
}

/// What a sign of whether a unit runs is at load, as far as the plant file says, of it or else of its like; 0: not known.
double PlantReconciler::load_of(int variable) const {
  double load = 0.0;
  for (std::size_t i = 0; i < at_load_.size(); ++i)
    if (plant_.measurements[i].variable == variable) load = std::max(load, at_load_[i]);
  if (load == 0.0) load = simulated(variable);
  for (const auto& s : plant_.specifications)
    if (load == 0.0 && s.variable == variable) load = s.value;
  if (const auto it = like_.find(variable); load == 0.0 && it != like_.end())
    for (const std::size_t i : it->second) load = std::max(load, at_load_[i]);
  return load;
}

/// By the balances alone a unit hardly runs where its load is not clear of what is standstill, but never above this share of its load
/// (that of a reading at rest, plant/idle_choice.cpp): what is known badly need not stand still for that.
constexpr double kHardly = 0.05, kSdsOfLimit = 3.0;

/// Those of which nothing is said and that run by less than what is standstill by itself, as far as the balances tell.
std::vector<int> PlantReconciler::hardly_running(const Attempt& a, const Words& said) const {
  std::vector<int> units;
  if (!solved(a.state)) return units;
  for (std::size_t u = 0; u < plant_.units.size(); ++u) {
    const auto& unit = plant_.flowsheet->units()[u];
    const auto form = unit.unit->idle_form();
    const bool idle = std::find(a.state.idle.begin(), a.state.idle.end(), static_cast<int>(u)) != a.state.idle.end();
    if (!form || form->shut.empty() || idle || said[u] != IdleWord::nothing) continue;
    const auto hardly = [&](const plant::IdleForm::Sign& sign) {
      const int v = unit.variable[sign.variable];
      const auto& e = a.state.reconciliation.estimates[static_cast<std::size_t>(v)];
      const double load = load_of(v);
      if (e.kind == solve::Class::unobservable || (load != 0.0 && load <= sign.limit)) return false;
      return e.value < std::max(sign.limit, std::min(kHardly * load, sign.limit + kSdsOfLimit * e.sd));
    };
    if (std::any_of(form->signs.begin(), form->signs.end(),
                    [&](const auto& group) { return std::any_of(group.begin(), group.end(), hardly); }))
      units.push_back(static_cast<int>(u));
  }
  return units;
}

State PlantReconciler::reconcile(const std::vector<Measured>& measured, const solve::ReconcileOptions& options,
                                 bool leaks, const Words& words) {
  check(measured.size() == plant_.measurements.size(), "one reading for each measurement");
  const Words said = words.empty() ? plant::idle_by_key(plant_) : words;
  auto used = measured;
  leave_out_impossible(plant_, used);
  auto slips = leave_out_gauges(used, options, said);
  State state = best_way(used, options, leaks, said);
  auto others = std::move(state.unit_slips);
  tell_unit_slips(state, std::move(slips));
  state.unit_slips.insert(state.unit_slips.end(), others.begin(), others.end());
  return state;
}

/// What is said, and of each unit of which one reading alone decides the other way where all readings then come far nearer: looked at
/// before any is removed, for that takes long where the balances are this far open, and may find a wrong meter for a wrong way.
PlantReconciler::Words PlantReconciler::rather(const std::vector<Measured>& measured,
                                               const solve::ReconcileOptions& options, const Words& said,
                                               const plant::IdleChoice& choice) {
  Words words = said;
  auto look = options;
  look.eliminate = false;
  if (choice.doubtful.empty()) return words;
  State now = attempt(measured, look, false, words).state;
  for (const int u : choice.doubtful) {
    if (closes(now)) break;
    const auto nth = static_cast<std::size_t>(u);
    const bool idle = choice.signs.units[nth] != 0;
    if (!idle && !solved(now)) continue;  // no answer speaks for none
    Words other = words;
    other[nth] = idle ? IdleWord::runs : IdleWord::idle;
    State then = attempt(measured, look, false, other).state;
    if (!far_nearer(then, now)) continue;
    words = std::move(other);
    now = std::move(then);
  }
  return words;
}

State PlantReconciler::best_way(const std::vector<Measured>& measured, const solve::ReconcileOptions& options,
                                bool leaks, const Words& said) {
  const auto choice = choose(measured, said);
  const auto silent = silent_units(measured, said, choice.signs);
  const bool open = !silent.empty() || !choice.zeros.empty();
  // Where one is silent or stands at 0, most balances that can be solved are by then; the others take long to say so.
  auto few = options;
  few.max_iterations = std::min(options.max_iterations, 40);
  Attempt first = attempt(measured, open ? few : options, leaks, rather(measured, options, said, choice)), best = first;
  if (!closes(best.state) && !silent.empty()) try_silent(best, silent, measured, few, leaks);
  if (!closes(best.state) || disbelieved(best.state) > 0)
    for (const int u : first.doubtful) {
      Words other = best.words;
      const bool idle = std::find(first.state.idle.begin(), first.state.idle.end(), u) != first.state.idle.end();
      if (!idle && closes(best.state)) continue;
      other[static_cast<std::size_t>(u)] = idle ? IdleWord::runs : IdleWord::idle;
      Attempt a = attempt(measured, options, leaks, std::move(other));
      // What runs as far as anyone says is switched off only where nothing speaks against it then.
      // One dead meter is simpler than a stop of which it alone speaks and another wrong meter beside it.
      const bool simpler = closes(a.state) && disbelieved(a.state) <= disbelieved(best.state) && accuses(best.state);
      if (idle ? clearly_better(a.state, best.state) || simpler : fine(a.state)) best = std::move(a);
    }
  if (!solved(best.state) && !choice.zeros.empty()) {
    auto without = measured;
    for (const std::size_t i : choice.zeros) without[i].why_not = "contradicted";
    if (Attempt a = attempt(without, options, leaks, said); closes(a.state)) {
      for (const std::size_t i : choice.zeros)
        if (const auto u = unit_at(plant_, plant_.measurements[i].variable))
          a.state.contradicted.push_back({plant_.measurements[i].tag, *u, false});
      best = std::move(a);
    }
  }
  if (!solved(best.state) && !first.state.idle.empty()) {
    Words other = said;
    for (const int u : first.state.idle)
      if (auto& word = other[static_cast<std::size_t>(u)]; word == IdleWord::nothing) word = IdleWord::runs;
    if (Attempt a = attempt(measured, options, leaks, std::move(other)); solved(a.state)) best = std::move(a);
  }
  if (!solved(best.state) && open) best = attempt(measured, options, leaks, said);
  for (const int u : hardly_running(best, said)) {
    Attempt a = stopped(best, u, measured, options, leaks);
    const bool as_good = distance(a.state) < kNearlyCloses && disbelieved(a.state) <= disbelieved(best.state);
    const bool nearer = distance_of_all(a.state) < std::min(kNearlyCloses, distance_of_all(best.state));
    if (!shows_load(a.state) && (as_good || nearer)) best = std::move(a);
  }
  tell_silent(plant_, best.state);
  for (auto& c : best.state.contradicted) c.said = said[static_cast<std::size_t>(c.unit)] != IdleWord::nothing;
  tell_contradictions(plant_, best.state);
  Words without = said;
  for (const auto& c : best.state.contradicted)
    if (c.said) without[static_cast<std::size_t>(c.unit)] = IdleWord::nothing;
  if (without != said)
    if (State other = best_way(measured, options, leaks, without); solved(other))
      best.state.without_word = std::make_shared<const State>(std::move(other));
  refuse_incredible(plant_, best.state);
  if (solved(best.state)) last_ = best.balance->last = best.state.reconciliation.x;
  return std::move(best.state);
}

}  // namespace castner::assess

// SPDX-License-Identifier: Apache-2.0
#include "castner/dynamics/process.h"

#include <algorithm>

#include "castner/base/check.h"
#include "castner/solve/simulate.h"
#include "castner/unit_models/electrolyser.h"

namespace castner::dynamics {

struct Process::State {
  plant::Plant& plant;
  const Course& course;
  /// A held variable and the function of time that it follows.
  struct Kept {
    int variable;
    double value;
    bool with_load;
    int electrolyser = -1;  ///< of plant.units, where it belongs to one
    enum class Is { other, current, brine, automatic } is = Is::other;
  };
  std::vector<Kept> kept;
  struct Loop {
    ControllerSettings settings;
    ControllerVariables own;
    std::size_t bias;  ///< in `kept`
  };
  std::vector<Loop> loops;
  std::vector<int> electrolysers;  ///< of plant.units
  std::vector<solve::Rate> rates;
  std::unique_ptr<solve::Integration> run;

  State(plant::Plant& p, const ProcessSettings& settings, const Course& c) : plant(p), course(c) {
    for (std::size_t u = 0; u < plant.units.size(); ++u)
      if (unit_models::anatomy<unit_models::ElectrolyserAnatomy>(plant, plant.units[u]))
        electrolysers.push_back(static_cast<int>(u));
    rates = add_cell_holdups(plant, settings.holdup);
    for (const auto& c_settings : settings.controllers)
      loops.push_back({c_settings, add_controller(plant, c_settings, rates), 0});
    for (const auto& [variable, value] : plant.parameters) kept.push_back({variable, value, false});
    for (const auto& s : plant.specifications) {
      const auto loop =
          std::find_if(loops.begin(), loops.end(), [&](const Loop& l) { return l.settings.holds == s.variable; });
      const bool moves =
          std::find(settings.with_load.begin(), settings.with_load.end(), s.variable) != settings.with_load.end();
      kept.push_back({loop == loops.end() ? s.variable : loop->own.set_point, s.value, moves,
                      moves ? electrolyser_of(s.variable) : -1, Kept::Is::current});
    }
    for (Loop& l : loops) {
      const int electrolyser = electrolyser_of(l.settings.by);
      l.bias = kept.size();
      kept.push_back({l.own.bias, 0.0, l.settings.with_load, electrolyser, Kept::Is::brine});
      kept.push_back({l.own.automatic, 1.0, false, electrolyser, Kept::Is::automatic});
    }
  }

  /// The electrolyser whose own variable this is, or that its stream enters or leaves; -1: none.
  int electrolyser_of(int variable) const {
    const std::string& name = plant.flowsheet->variables()[static_cast<std::size_t>(variable)].name;
    const std::string owner = name.substr(0, name.find('.'));
    for (const int u : electrolysers) {
      const auto& unit = plant.units[static_cast<std::size_t>(u)];
      if (unit.name == owner || std::any_of(unit.connections.begin(), unit.connections.end(),
                                            [&](const auto& c) { return c.stream == owner; }))
        return u;
    }
    return -1;
  }

  /// What stops leave of a value that goes with the load; of what all electrolysers share, their mean.
  double left(const Kept& k, double time) const {
    if (k.electrolyser >= 0)
      return k.is == Kept::Is::brine ? course.brine_left(k.electrolyser, time)
                                     : course.current_left(k.electrolyser, time);
    double sum = 0.0;
    for (const int u : electrolysers) sum += course.current_left(u, time);
    return electrolysers.empty() ? 1.0 : sum / static_cast<double>(electrolysers.size());
  }

  void write(double time, std::span<double> values, bool with_stops = true) const {
    const double load = course.load(time);
    for (std::size_t i = 0; i < kept.size(); ++i) {
      const Kept& k = kept[i];
      values[i] = k.value;
      if (k.with_load) values[i] *= load * (with_stops ? left(k, time) : 1.0);
      if (k.is == Kept::Is::automatic && k.electrolyser >= 0 && with_stops)
        values[i] -= course.stopped(k.electrolyser, time);
      values[i] += course.change(k.variable, time);
    }
  }
};

Process::Process(plant::Plant& plant, const ProcessSettings& settings, const Course& course)
    : state_(std::make_unique<State>(plant, settings, course)) {}
Process::~Process() = default;

solve::Report Process::start(double at) {
  State& s = *state_;
  std::vector<double> values(s.kept.size());
  s.write(at, values, false);
  std::vector<int> variables;
  auto known = s.plant.starts;
  std::vector<solve::Held> held;
  for (std::size_t i = 0; i < values.size(); ++i) {
    variables.push_back(s.kept[i].variable);
    known.emplace_back(s.kept[i].variable, values[i]);
    held.push_back({s.kept[i].variable, values[i]});
  }
  // First values: the set points are where the plant is to be.
  for (const auto& loop : s.loops) {
    const auto set_point =
        std::find_if(known.begin(), known.end(), [&](const auto& k) { return k.first == loop.own.set_point; });
    check(set_point != known.end(), "what a controller holds has a specification");
    known.emplace_back(loop.settings.holds, set_point->second);
  }
  auto rest = solve::simulate(*s.plant.flowsheet, held, s.plant.flowsheet->initialise(known));
  if (rest.report.status != solve::Status::converged) return rest.report;
  // What the integrals came to is what the controllers know beforehand.
  const double load = s.course.load(at);
  for (const auto& loop : s.loops) {
    auto& integral = rest.x[static_cast<std::size_t>(loop.own.integral)];
    auto& bias = s.kept[loop.bias];
    bias.value = bias.with_load && load > 0.0 ? integral / load : integral;
    rest.x[static_cast<std::size_t>(loop.own.bias)] = integral;
    integral = 0.0;
  }
  if (std::any_of(s.electrolysers.begin(), s.electrolysers.end(),
                  [&](int u) { return s.course.stopped(u, at) > 0.0; })) {
    s.write(at, values);
    for (std::size_t i = 0; i < values.size(); ++i) held[i].value = values[i];
    rest = solve::simulate(*s.plant.flowsheet, held, rest.x);
    if (rest.report.status != solve::Status::converged) return rest.report;
  }
  s.run = std::make_unique<solve::Integration>(
      *s.plant.flowsheet, s.rates, variables,
      solve::HeldInTime{[&s](double time, std::span<double> v) { s.write(time, v); },
                        [&s](double time) { return s.course.next_bend(time); }});
  return s.run->start(at, rest.x);
}

solve::Report Process::advance(double to) {
  check(state_->run != nullptr, "a process is started before it goes on");
  return state_->run->advance(to);
}
solve::Report Process::begin_again() {
  check(state_->run != nullptr, "a process is started before it begins again");
  const std::vector<double> x(state_->run->x().begin(), state_->run->x().end());
  return state_->run->start(state_->run->time(), x);
}
double Process::time() const { return state_->run->time(); }
std::span<const double> Process::x() const { return state_->run->x(); }
long Process::steps() const { return state_->run->steps(); }

}  // namespace castner::dynamics

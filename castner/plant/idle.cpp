// SPDX-License-Identifier: Apache-2.0
// What stands still with units that are idle (idle_choice.h), and what is left of the plant's equations:
//  1. Units are idle because it is said so.
//  2. What one holds shut stands still, unless an instrument on that stream, or on the one that leaves, shows a flow.
//  3. Standing still spreads: through an idle unit, to all that flows into a unit or out of it, to the one variable that
//     is left in an equation. A unit whose sign stands still is idle too. 1 to 3 repeat until nothing changes: a unit is looked at
//     again only where one of its variables has come to rest, so the work is that of what stands still, not its square.
//  4. A stream without flow has no state, an idle unit no voltage or duty: those have no meaning. An equation that asks
//     for one is left out, and so is one in which nothing is left to be found; what then stands in no equation has no
//     meaning either. Repeated until nothing changes.
//     So is one that gives way to readings of what leaves an idle unit, whose contents are replaced over hours.
//  5. A second flowsheet over the same variables takes what is left.
// Whether a variable enters an equation is seen from its derivative at the first values, with all that stands still at
// 0: a mixer's energy balance does not depend on the temperature of a feed that does not flow.
#include "castner/plant/idle.h"

#include <algorithm>
#include <cmath>
#include <set>
#include <string>

namespace castner::plant {
namespace {

std::size_t nth(int i) { return static_cast<std::size_t>(i); }

/// What of a stream a path speaks of: "flow", "strength", or its quantity.
std::string_view kind_of(std::string_view path) {
  const std::string_view quantity = path.substr(std::min(path.size(), path.find('.') + 1));
  if (quantity.starts_with("flow_")) return "flow";
  for (const auto* strength : {"mass_frac", "mole_frac", "conc_", "dens_"})
    if (quantity.starts_with(strength)) return "strength";
  return quantity;
}

/// Some equations of another unit, over the same variables.
class SomeEquations final : public Unit {
 public:
  /// @param kept  the same unit, where nobody else keeps it
  SomeEquations(const Unit& unit, std::vector<std::size_t> rows, std::unique_ptr<Unit> kept)
      : unit_(unit), kept_(std::move(kept)), rows_(std::move(rows)) {
    for (std::size_t i = 0; i < rows_.size(); ++i) {
      equations_.push_back(unit.equations()[rows_[i]]);
      if (static_cast<int>(rows_[i]) == unit.mass_balance()) mass_balance_ = static_cast<int>(i);
    }
  }
  std::span<const Variable> variables() const override { return unit_.variables(); }
  std::span<const Equation> equations() const override { return equations_; }
  int mass_balance() const override { return mass_balance_; }
  bool linear() const override { return unit_.linear(); }
  bool residual(std::span<const double> x, std::span<double> r) const override { return some(x, r); }
  bool residual(std::span<const Dual1> x, std::span<Dual1> r) const override { return some(x, r); }
  bool residual(std::span<const Dual2> x, std::span<Dual2> r) const override { return some(x, r); }
  void initialise(std::span<double> x) const override { unit_.initialise(x); }

 private:
  template <class T>
  bool some(std::span<const T> x, std::span<T> r) const {
    if (rows_.empty()) return true;
    std::vector<T> all(unit_.equations().size(), T(std::nan("")));
    // What is left out may have no value here; what is kept must have one.
    unit_.residual(x, std::span<T>(all));
    for (std::size_t i = 0; i < rows_.size(); ++i) {
      r[i] = all[rows_[i]];
      if (!std::isfinite(value_of(r[i]))) return false;
    }
    return true;
  }

  const Unit& unit_;
  std::unique_ptr<Unit> kept_;
  std::vector<std::size_t> rows_;
  std::vector<Equation> equations_;
  int mass_balance_ = -1;
};

/// One equation of one unit and the variables it depends on in this state.
struct EquationHere {
  std::size_t row = 0;
  std::vector<int> depends;  ///< plant-wide
  bool evaluated = true;     ///< has a value and derivatives
  bool at_zero = false;      ///< holds where all it depends on is 0
  bool kept = true;
};

class Finder {
 public:
  Finder(const Plant& plant, const IdleSigns& signs, std::span<const int> held)
      : plant_(plant),
        held_(plant.flowsheet->variables().size(), 0),
        forms_(plant.flowsheet->units().size()),
        stopped_(signs.stopped) {
    for (int v : held) held_[nth(v)] = 1;
    for (const Variable& v : plant.flowsheet->variables()) first_.push_back(v.start);
    for (const auto& [v, value] : plant.starts) first_[nth(v)] = value;
    for (const auto& [v, value] : plant.parameters) first_[nth(v)] = value;
    for (const auto& m : plant.measurements)
      if (const Variable& v = plant.flowsheet->variables()[nth(m.variable)];
          m.value && *m.value > v.low && *m.value < v.high)
        first_[nth(m.variable)] = *m.value;
    state_.units.assign(plant.units.size(), 0);
    state_.still.assign(held_.size(), 0);
    state_.without_meaning.assign(held_.size(), 0);
    state_.own_pace.assign(held_.size(), 0);
    units_at_.resize(held_.size());
    for (std::size_t u = 0; u < forms_.size(); ++u)
      for (const int v : unit(u).variable) units_at_[nth(v)].push_back(u);
    for (std::size_t u = 0; u < plant.units.size(); ++u)
      for (const auto& c : plant.units[u].connections)
        if (const auto v = plant.flowsheet->find(c.stream + ".flow_mass")) units_at_[nth(*v)].push_back(u);
    auto shown = signs.flow_shown.begin(), told = signs.told.begin();
    for (std::size_t u = 0; u < plant.units.size(); ++u) {
      forms_[u] = unit(u).unit->idle_form();
      if (!forms_[u]) continue;
      std::erase_if(forms_[u]->shut, [&](std::size_t) { return *shown++ != 0; });
      std::erase_if(forms_[u]->follows, [&](const auto&) { return *told++ == 0; });
    }
    for (std::size_t u = 0; u < plant.units.size(); ++u)
      if (signs.units[u]) make_idle(u);
  }

  Standstill stand() {
    if (!idle_any()) return static_cast<const Standstill&>(state_);
    for (std::size_t u = 0; u < forms_.size(); ++u) look_again_.insert(u);
    while (!look_again_.empty()) {
      // In the order of units; those before it wait for the next round.
      auto next = look_again_.lower_bound(place_);
      if (next == look_again_.end()) next = look_again_.begin();
      const std::size_t u = *next;
      look_again_.erase(next);
      place_ = u + 1;
      spread(u);
    }
    return static_cast<const Standstill&>(state_);
  }

  IdleState find() {
    if (!idle_any()) return std::move(state_);
    stand();
    mark_own_pace();
    look_at_equations();
    while (leave_out()) {
    }
    build();
    return std::move(state_);
  }

 private:
  const Flowsheet::UnitEntry& unit(std::size_t u) const { return plant_.flowsheet->units()[u]; }
  const Unit& form(std::size_t u) const { return idle(u) ? *forms_[u]->unit : *unit(u).unit; }
  bool idle_any() const {
    return std::any_of(state_.units.begin(), state_.units.end(), [](char c) { return c != 0; });
  }
  bool idle(std::size_t u) const { return u < state_.units.size() && state_.units[u]; }

  void make_idle(std::size_t u) {
    state_.units[u] = 1;
    look_again_.insert(u);
    for (const std::size_t local : forms_[u]->shut) stop(unit(u).variable[local]);
    for (const int v : unit(u).variable)
      if (!held_[nth(v)] && std::find(stopped_.begin(), stopped_.end(), v) != stopped_.end()) stop(v);
  }

  /// What leaves an idle unit as it is flushed.
  void mark_own_pace() {
    const auto variables = plant_.flowsheet->variables();
    for (std::size_t u = 0; u < state_.units.size(); ++u) {
      if (!idle(u)) continue;
      for (const auto& f : forms_[u]->follows)
        for (const std::size_t local : f.out)
          for (std::size_t v = 0; v < variables.size(); ++v)
            if (const std::string& out = variables[nth(unit(u).variable[local])].name;
                variables[v].name == out || same_kind(out, variables[v].name))
              state_.own_pace[v] = 1;
    }
  }

  /// First values, as far as the plant file gives them, a little apart, so that no two of them cancel; 0 where it stands still.
  std::vector<double> values(std::size_t u) const {
    std::vector<double> x;
    for (const int v : unit(u).variable) {
      const Variable& var = plant_.flowsheet->variables()[nth(v)];
      const double apart = 1.0 + 0.01 * static_cast<double>((v * 7) % 5 - 2), first = first_[nth(v)];
      x.push_back(state_.still[nth(v)] ? 0.0 : (first == 0.0 ? 0.01 * var.nominal : first) * apart);
    }
    return x;
  }

  std::vector<EquationHere> equations_of(std::size_t u) const {
    const Unit& f = form(u);
    const std::size_t n = f.variables().size(), m = f.equations().size();
    const auto here = values(u);
    std::vector<EquationHere> all(m);
    std::vector<Dual1> x(here.begin(), here.end()), r(m);
    for (std::size_t e = 0; e < m; ++e) all[e].row = e;
    for (std::size_t from = 0; from < n; from += 8) {
      for (std::size_t i = 0; i < n; ++i)
        x[i] = i >= from && i < from + 8 ? Dual1::seed(here[i], static_cast<int>(i - from)) : Dual1(here[i]);
      std::fill(r.begin(), r.end(), Dual1(std::nan("")));
      f.residual(std::span<const Dual1>(x), std::span<Dual1>(r));
      for (std::size_t e = 0; e < m; ++e) {
        all[e].evaluated = all[e].evaluated && std::isfinite(r[e].a);
        for (std::size_t k = 0; k < 8 && from + k < n; ++k) {
          all[e].evaluated = all[e].evaluated && std::isfinite(r[e].v[k]);
          if (r[e].v[k] != 0.0) all[e].depends.push_back(unit(u).variable[from + k]);
        }
      }
    }
    std::vector<double> zero = here, rz(m);
    for (std::size_t e = 0; e < m; ++e) {
      if (!all[e].evaluated) {
        all[e].depends = unit(u).variable;  // as far as anyone can tell
        continue;
      }
      for (std::size_t i = 0; i < n; ++i)
        zero[i] = std::find(all[e].depends.begin(), all[e].depends.end(), unit(u).variable[i]) == all[e].depends.end()
                      ? here[i]
                      : 0.0;
      std::fill(rz.begin(), rz.end(), std::nan(""));
      f.residual(std::span<const double>(zero), std::span<double>(rz));
      all[e].at_zero = rz[e] == 0.0;
    }
    return all;
  }

  bool cannot_be_negative(int v) const { return plant_.flowsheet->variables()[nth(v)].low >= 0.0; }
  void stop(int v) {
    if (state_.still[nth(v)]) return;
    state_.still[nth(v)] = 1;
    look_again_.insert(units_at_[nth(v)].begin(), units_at_[nth(v)].end());
  }

  /// What a unit stops, as it stands.
  void spread(std::size_t u) {
    if (u < plant_.units.size() && !idle(u) && !plant_.units[u].connections.empty()) spread_flows(u);
    for (const auto& e : equations_of(u)) {
      if (!e.evaluated || !e.at_zero) continue;
      int left = -1, count = 0;
      for (const int v : e.depends)
        if (!state_.still[nth(v)]) left = v, ++count;
      if (count != 1 || held_[nth(left)]) continue;
      if (idle(u) ? forms_[u]->heat != e.row : cannot_be_negative(left)) stop(left);
    }
    if (!forms_[u]) return;
    if (idle(u)) {
      for (const auto& [in, out] : forms_[u]->passes) {
        const int i = unit(u).variable[in], o = unit(u).variable[out];
        if (state_.still[nth(i)] || state_.still[nth(o)]) stop(i), stop(o);
      }
      return;
    }
    for (const auto& group : forms_[u]->signs)
      for (const auto& s : group)
        if (state_.still[nth(unit(u).variable[s.variable])] && !idle(u)) make_idle(u);
  }

  /// Nothing in, nothing out; nothing out, nothing in.
  void spread_flows(std::size_t u) {
    std::vector<int> in, out;
    bool one_way = true;
    for (const auto& c : plant_.units[u].connections) {
      const auto v = plant_.flowsheet->find(c.stream + ".flow_mass");
      if (!v) return;
      one_way = one_way && cannot_be_negative(*v);
      (c.inlet ? in : out).push_back(*v);
    }
    if (!one_way || in.empty() || out.empty()) return;
    const auto all_still = [&](const std::vector<int>& flows) {
      return std::all_of(flows.begin(), flows.end(), [&](int v) { return state_.still[nth(v)] != 0; });
    };
    if (all_still(in))
      for (const int v : out) stop(v);
    else if (all_still(out))
      for (const int v : in) stop(v);
  }

  void lose_meaning(int v) {
    if (!held_[nth(v)] && !state_.still[nth(v)]) state_.without_meaning[nth(v)] = 1;
  }

  void look_at_equations() {
    entered_.assign(held_.size(), 0);
    for (std::size_t u = 0; u < forms_.size(); ++u) {
      here_.push_back(equations_of(u));
      for (const auto& e : here_.back())
        for (const int v : e.depends) entered_[nth(v)] = 1;
    }
    for (const StreamEntry& s : plant_.streams) {
      const auto flow = plant_.flowsheet->find(s.name + ".flow_mass");
      if (!flow || !state_.still[nth(*flow)]) continue;
      for (const Variable& v : stream_variables(s.contents))
        if (const auto i = plant_.flowsheet->find(s.name + "." + v.name); i && *i != *flow) {
          state_.still[nth(*i)] = 0;
          lose_meaning(*i);
        }
    }
    for (std::size_t u = 0; u < state_.units.size(); ++u)
      if (idle(u)) own_without_equation(u);
  }

  void own_without_equation(std::size_t u) {
    for (const int v : unit(u).variable) {
      const std::string& name = plant_.flowsheet->variables()[nth(v)].name;
      const bool own = name.starts_with(unit(u).name + ".");
      const bool used = std::any_of(here_[u].begin(), here_[u].end(), [&](const EquationHere& e) {
        return std::find(e.depends.begin(), e.depends.end(), v) != e.depends.end();
      });
      if (own && !used) lose_meaning(v);
    }
  }

  /// One round of leaving out; true where an equation went.
  bool leave_out() {
    bool more = false;
    for (std::size_t u = 0; u < here_.size(); ++u)
      for (auto& e : here_[u]) {
        if (!e.kept || says_something(u, e)) continue;
        e.kept = false;
        more = true;
        auto& told = state_.left_out;
        const bool of_the_user = u >= plant_.units.size();
        if (!e.evaluated && of_the_user && std::find(told.begin(), told.end(), unit(u).name) == told.end())
          told.push_back(unit(u).name);
      }
    std::vector<char> left(held_.size(), 0);
    for (const auto& unit : here_)
      for (const auto& e : unit)
        if (e.kept)
          for (const int v : e.depends) left[nth(v)] = 1;
    for (std::size_t v = 0; v < left.size(); ++v)
      if (entered_[v] && !left[v]) lose_meaning(static_cast<int>(v));
    return more;
  }

  bool gives_way(std::size_t u, const EquationHere& e) const {
    return idle(u) && std::any_of(forms_[u]->follows.begin(), forms_[u]->follows.end(),
                                  [&](const auto& f) { return f.equation == e.row; });
  }

  bool says_something(std::size_t u, const EquationHere& e) const {
    if (gives_way(u, e)) return false;
    bool touched = idle(u), free = false;
    for (const int v : unit(u).variable) touched = touched || state_.still[nth(v)] || state_.without_meaning[nth(v)];
    if (!touched) return true;
    if (!e.evaluated) return false;
    if (idle(u) && forms_[u]->heat == e.row) {
      bool flows = false;
      for (const int v : unit(u).variable)
        flows = flows || (plant_.flowsheet->variables()[nth(v)].name.ends_with(".flow_mass") && !state_.still[nth(v)]);
      if (!flows) return false;
    }
    for (const int v : e.depends) {
      if (state_.without_meaning[nth(v)]) return false;
      free = free || (!state_.still[nth(v)] && !held_[nth(v)]);
    }
    return free;
  }

  void build() {
    state_.flowsheet = std::make_unique<Flowsheet>();
    std::vector<std::string> names;
    for (const Variable& v : plant_.flowsheet->variables()) {
      names.push_back(v.name);
      state_.flowsheet->add_variable(v);
    }
    for (std::size_t u = 0; u < here_.size(); ++u) {
      std::vector<std::size_t> rows;
      for (const auto& e : here_[u])
        if (e.kept) rows.push_back(e.row);
      std::vector<std::string> paths;
      for (const int v : unit(u).variable) paths.push_back(names[nth(v)]);
      const Unit& whole = form(u);
      auto some =
          std::make_unique<SomeEquations>(whole, std::move(rows), idle(u) ? std::move(forms_[u]->unit) : nullptr);
      state_.flowsheet->add_unit(unit(u).name, std::move(some), paths);
    }
  }

  const Plant& plant_;
  std::vector<char> held_, entered_;
  std::vector<double> first_;                       ///< of the variables, where an equation is looked at
  std::vector<std::optional<IdleForm>> forms_;      ///< shape (units of the flowsheet)
  std::vector<int> stopped_;                        ///< variables
  std::vector<std::vector<std::size_t>> units_at_;  ///< of each variable the units that it stands in
  std::set<std::size_t> look_again_;                ///< units in which something has changed since they were looked at
  std::size_t place_ = 0;                           ///< where the round through them is
  std::vector<std::vector<EquationHere>> here_;     ///< shape (units of the flowsheet)
  IdleState state_;
};

}  // namespace

bool same_kind(std::string_view a, std::string_view b) {
  return a.substr(0, a.find('.')) == b.substr(0, b.find('.')) && kind_of(a) == kind_of(b) &&
         (kind_of(a) == "flow" || kind_of(a) == "strength");
}

bool IdleSigns::any() const {
  return std::any_of(units.begin(), units.end(), [](char idle) { return idle != 0; });
}

Standstill standstill(const Plant& plant, const IdleSigns& signs, std::span<const int> held) {
  return Finder(plant, signs, held).stand();
}

IdleState idle_state(const Plant& plant, const IdleSigns& signs, std::span<const int> held) {
  return Finder(plant, signs, held).find();
}

std::vector<IdleWord> idle_by_key(const Plant& plant) {
  std::vector<IdleWord> all;
  for (const UnitEntry& u : plant.units)
    all.push_back(u.idle.kind == IdleRule::Kind::always  ? IdleWord::idle
                  : u.idle.kind == IdleRule::Kind::never ? IdleWord::runs
                                                         : IdleWord::nothing);
  return all;
}

}  // namespace castner::plant

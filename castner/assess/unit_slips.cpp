// SPDX-License-Identifier: Apache-2.0
#include "castner/assess/unit_slips.h"

#include <algorithm>
#include <cmath>

#include "castner/plant/stream_view.h"
#include "castner/plant/unit_slip.h"

namespace castner::assess {
namespace {

/// Mole fraction of water vapour in the gas that a path is of, where the liquid below it and not the pressure over it decides how
/// much there is: of an accused pressure, the one that its meter shows counts. Nothing of another path.
std::optional<double> vapour_in(const plant::Plant& plant, const State& state, const std::string& path,
                                const std::vector<double>& x) {
  const auto& flowsheet = *plant.flowsheet;
  const auto flow = flowsheet.find(path.substr(0, path.rfind('.')) + ".flow_mass");
  for (const auto& s : plant.streams) {
    if (!flow || flowsheet.find(s.name + ".flow_mass") != flow) continue;
    std::vector<double> values;
    double over = 1.0;  // the pressure of the estimate over that of the meter
    for (const auto& v : plant::stream_variables(s.contents)) {
      const auto index = flowsheet.find(s.name + "." + v.name);
      if (!index) return std::nullopt;
      values.push_back(x[static_cast<std::size_t>(*index)]);
      for (const auto& i : state.instruments)
        if (v.name == "pressure" && i.variable == *index && i.measured && *i.measured > 0.0)
          over = values.back() / *i.measured;
    }
    const plant::StreamView<double> gas({s.contents, true, 0}, values);
    return gas.mole_frac(plant::Species::H2O) * over;
  }
  return std::nullopt;
}

/// An sd in % goes with the unit of the reading; an sd_floor, which a reading a thousand times too small has, does not.
double sd_in_any_unit(const plant::Uncertainty& u, const Instrument& m) {
  return u.fraction > 0.0 ? std::min(*m.sd, std::hypot(u.fraction * (*m.measured - u.zero), m.sd_random)) : *m.sd;
}

/// @param x  an estimate of the plant
void look_at(const plant::Plant& plant, const State& state, std::size_t i, plant::Uncertain truth,
             const std::vector<double>& x, std::vector<UnitSlip>& out) {
  const Instrument& m = state.instruments[i];
  if (!m.measured || !m.sd) return;
  const bool known = std::any_of(out.begin(), out.end(), [&](const UnitSlip& s) { return s.tag == m.tag; });
  if (known) return;
  const plant::Uncertain read{*m.measured, sd_in_any_unit(plant.measurements[i].uncertainty, m)};
  UnitSlip slip{m.tag, m.path, m.variable, *m.measured - truth.value, std::hypot(*m.sd, truth.sd), {}};
  slip.question = plant::unit_slip(plant, plant.measurements[i], read, truth);
  if (auto other = plant::with_or_without_vapour(m.path); slip.question.empty() && !other.empty())
    if (const auto vapour = vapour_in(plant, state, m.path, x)) {
      slip.question = plant::vapour_slip(plant.measurements[i], read, truth, *vapour);
      slip.instead = std::move(other);
    }
  if (!slip.question.empty()) out.push_back(std::move(slip));
}

}  // namespace

std::vector<UnitSlip> unit_slips(const plant::Plant& plant, const State& state) {
  std::vector<UnitSlip> out;
  const auto look = [&](solve::GrossError::Kind kind, int reading, double size, double size_sd) {
    if (kind != solve::GrossError::Kind::bias) return;
    for (std::size_t i = 0; i < state.instruments.size(); ++i)
      if (const auto& m = state.instruments[i]; m.reading == reading && m.measured && m.sd)
        look_at(plant, state, i, {*m.measured - size, std::sqrt(std::max(0.0, size_sd * size_sd - *m.sd * *m.sd))},
                state.reconciliation.x, out);
  };
  for (const auto& g : state.reconciliation.gross_errors) {
    look(g.kind, g.index, g.size, g.size_sd);
    for (const auto* others : {&g.alternatives, &g.also_possible})
      for (const auto& o : *others) look(o.kind, o.index, o.size, o.size_sd);
  }
  for (std::size_t i = 0; i < state.instruments.size(); ++i)
    if (const Instrument& m = state.instruments[i]; m.why_not == "impossible")
      if (const auto& e = state.reconciliation.estimates[static_cast<std::size_t>(m.variable)];
          e.kind != solve::Class::unobservable)
        look_at(plant, state, i, {e.value, e.sd}, state.reconciliation.x, out);
  return out;
}

std::vector<UnitSlip> unit_slips(const plant::Plant& plant, const State& state, const solve::Reconciliation& robust) {
  std::vector<UnitSlip> out;
  if (robust.report.status != solve::Status::converged) return out;
  for (std::size_t i = 0; i < state.instruments.size(); ++i) {
    const Instrument& m = state.instruments[i];
    const auto& e = robust.estimates[static_cast<std::size_t>(m.variable)];
    if (m.reading >= 0 && e.kind == solve::Class::redundant) look_at(plant, state, i, {e.value, e.sd}, robust.x, out);
  }
  return out;
}

bool truth_open(const solve::Reconciliation& r) {
  return r.report.status == solve::Status::converged &&
         std::any_of(r.gross_errors.begin(), r.gross_errors.end(),
                     [](const solve::GrossError& g) { return g.kept == solve::GrossError::Kept::unsolvable; });
}

void tell_unit_slips(State& state, std::vector<UnitSlip> slips) {
  for (const auto& s : slips) {
    Warning w(s.question);
    w.path = s.path;
    state.reconciliation.report.warnings.push_back(std::move(w));
  }
  state.unit_slips = std::move(slips);
}

}  // namespace castner::assess

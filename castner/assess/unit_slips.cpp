// SPDX-License-Identifier: Apache-2.0
#include "castner/assess/unit_slips.h"

#include <algorithm>
#include <cmath>

#include "castner/plant/unit_slip.h"

namespace castner::assess {
namespace {

void look_at(const plant::Plant& plant, const State& state, int reading, plant::Uncertain truth,
             std::vector<UnitSlip>& out) {
  for (std::size_t i = 0; i < state.instruments.size(); ++i) {
    const Instrument& m = state.instruments[i];
    if (m.reading != reading || !m.measured || !m.sd) continue;
    const bool known = std::any_of(out.begin(), out.end(), [&](const UnitSlip& s) { return s.tag == m.tag; });
    auto question = plant::unit_slip(plant, plant.measurements[i], {*m.measured, *m.sd}, truth);
    if (!known && !question.empty())
      out.push_back(
          {m.tag, m.path, m.variable, *m.measured - truth.value, std::hypot(*m.sd, truth.sd), std::move(question)});
  }
}

}  // namespace

std::vector<UnitSlip> unit_slips(const plant::Plant& plant, const State& state) {
  std::vector<UnitSlip> out;
  const auto look = [&](solve::GrossError::Kind kind, int reading, double size, double size_sd) {
    if (kind != solve::GrossError::Kind::bias) return;
    for (const auto& m : state.instruments)
      if (m.reading == reading && m.measured && m.sd)
        look_at(plant, state, reading,
                {*m.measured - size, std::sqrt(std::max(0.0, size_sd * size_sd - *m.sd * *m.sd))}, out);
  };
  for (const auto& g : state.reconciliation.gross_errors) {
    look(g.kind, g.index, g.size, g.size_sd);
    for (const auto* others : {&g.alternatives, &g.also_possible})
      for (const auto& o : *others) look(o.kind, o.index, o.size, o.size_sd);
  }
  return out;
}

std::vector<UnitSlip> unit_slips(const plant::Plant& plant, const State& state, const solve::Reconciliation& robust) {
  std::vector<UnitSlip> out;
  if (robust.report.status != solve::Status::converged) return out;
  for (const auto& m : state.instruments) {
    const auto& e = robust.estimates[static_cast<std::size_t>(m.variable)];
    if (m.reading >= 0 && e.kind == solve::Class::redundant) look_at(plant, state, m.reading, {e.value, e.sd}, out);
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

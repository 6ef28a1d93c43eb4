// SPDX-License-Identifier: Apache-2.0
#include "castner/assess/drift.h"

#include <algorithm>
#include <cmath>

namespace castner::assess {
namespace {

// Gas headers follow in 5 to 30 s (docs/domain/dynamics.md, 8.1), damping of transmitters in as much: a guess.
constexpr double kFlowFollows = 60.0;  // [s]
constexpr double kMostSd = 3.0;        // a guess

/// Gases and steam stand in headers, not in vessels.
bool is_gas(const plant::Plant& plant, const std::string& stream) {
  using plant::Contents;
  return std::any_of(plant.streams.begin(), plant.streams.end(), [&](const auto& s) {
    return s.name == stream && (s.contents == Contents::steam || s.contents == Contents::chlorine_gas ||
                                s.contents == Contents::hydrogen_gas);
  });
}

/// How long a quantity takes to follow. [s]
double follows_after(const plant::Plant& plant, const Variable& v) {
  if (v.unit == "A" || v.unit == "V" || v.unit == "W" || v.unit == "A/m2") return 0.0;  // nothing is stored
  const auto dot = v.name.find('.');
  const std::string name = v.name.substr(dot + 1);
  const bool strength = name.starts_with("mass_frac") || name.starts_with("conc_") || name.starts_with("mole_frac") ||
                        name.starts_with("dens_") || v.unit == "1";
  // The temperature of a gas is that of the vessel which it leaves.
  const bool held = v.unit == "K" || (strength && !(dot != v.name.npos && is_gas(plant, v.name.substr(0, dot))));
  return held ? plant.assess.residence : kFlowFollows;
}

}  // namespace

double OffByDrift::most() const { return std::abs(stored) + product; }

OffByDrift off_by_drift(const plant::Plant& plant, const plant::Measurement& m, const Drift& c) {
  const auto& v = plant.flowsheet->variables()[static_cast<std::size_t>(m.variable)];
  const double product = c.variance == 0.0 ? 0.0 : c.mean != 0.0 ? c.variance / std::abs(c.mean) : INFINITY;
  const double times = follows_after(plant, v) / c.length;
  const bool goes_on = c.moves && std::abs(c.change) > kWander * m.uncertainty.sd(c.mean);
  return {(goes_on ? times : std::min(times, 1.0)) * c.change, product};
}

bool drifts_slowly(const plant::Measurement& m, const Drift& c, const OffByDrift& off) {
  return off.most() <= kMostSd * m.uncertainty.sd(c.mean);
}

}  // namespace castner::assess

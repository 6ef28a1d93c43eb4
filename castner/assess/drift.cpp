// SPDX-License-Identifier: Apache-2.0
#include "castner/assess/drift.h"

#include <cmath>

namespace castner::assess {
namespace {

constexpr double kFlowFollows = 60.0;  // [s] gas spaces, pipes, damping of transmitters; a guess
constexpr double kMostSd = 3.0;        // a guess

/// How long a quantity takes to follow. [s]
double follows_after(const plant::Plant& plant, const Variable& v) {
  if (v.unit == "A" || v.unit == "V" || v.unit == "W" || v.unit == "A/m2") return 0.0;  // nothing is stored
  const std::string name = v.name.substr(v.name.find('.') + 1);
  const bool strength = name.starts_with("mass_frac") || name.starts_with("conc_") || name.starts_with("mole_frac") ||
                        name.starts_with("dens_");
  return v.unit == "K" || v.unit == "1" || strength ? plant.assess.residence : kFlowFollows;
}

}  // namespace

double off_by_drift(const plant::Plant& plant, const plant::Measurement& m, const Drift& c) {
  const auto& v = plant.flowsheet->variables()[static_cast<std::size_t>(m.variable)];
  const double stored = follows_after(plant, v) / c.length * std::abs(c.change);
  return stored + (c.mean != 0.0 ? c.variance / std::abs(c.mean) : INFINITY);
}

bool drifts_slowly(const plant::Plant& plant, const plant::Measurement& m, const Drift& c) {
  return off_by_drift(plant, m, c) <= kMostSd * m.uncertainty.sd(c.mean);
}

}  // namespace castner::assess

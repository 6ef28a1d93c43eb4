// SPDX-License-Identifier: Apache-2.0
#include "castner/cells/conditions.h"

#include <algorithm>
#include <cmath>

#include "castner/props/brine.h"
#include "castner/props/caustic.h"
#include "castner/props/chlor_alkali_potential.h"

namespace castner::cells {

double reversible_voltage(const Conditions& now) {
  const double temperature = std::clamp(now.temperature, 333.15, 373.15), caustic = std::clamp(now.caustic, 0.15, 0.52);
  constexpr double kSalt = 0.185, kChlorineShare = 0.9918;                    // the base case
  constexpr double kPressureAnolyte = 121.3e3, kPressureCatholyte = 124.3e3;  // [Pa]
  return props::reversible_potential_chlor_alkali<double>(
      {.temperature = temperature,
       .log_molal_activity_naoh = props::log_molal_activity_naoh<double>({temperature, caustic}),
       .log_molal_activity_nacl = props::log_molal_activity_nacl<double>({temperature, kSalt}),
       .activity_water_catholyte = props::activity_water_caustic<double>({temperature, caustic}),
       .activity_water_anolyte = props::activity_water_brine<double>({temperature, kSalt}),
       .pressure_hydrogen = kPressureCatholyte - props::pressure_sat_caustic<double>({temperature, caustic}),
       .pressure_chlorine =
           kChlorineShare * (kPressureAnolyte - props::pressure_sat_brine<double>({temperature, kSalt})),
       .water_transport = 4.0});
}

double electrode_course(double current_density, double reference_current_density) {
  constexpr double kHalf = 0.5 / kExchangeCurrentDensity;
  return std::asinh(kHalf * current_density) - std::asinh(kHalf * reference_current_density);
}

}  // namespace castner::cells

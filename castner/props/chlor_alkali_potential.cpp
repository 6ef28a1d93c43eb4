// SPDX-License-Identifier: Apache-2.0
#include "castner/props/chlor_alkali_potential.h"

#include "castner/numerics/scalar.h"
#include "castner/props/constants.h"
#include "castner/props/few_variables.h"

namespace castner::props {
namespace {

// Per mole of electrons at 298.15 K, docs/domain/electrolyser.md 2.1.
constexpr double kDeltaH = 222895.0;  // [J/mol]
constexpr double kDeltaS = 39.43;     // [J/(mol K)]
constexpr double kDeltaCp = -56.0;    // [J/(mol K)]

}  // namespace

template <class T>
T standard_potential_chlor_alkali(const T& temperature) {
  return of_one(temperature, [](const auto& t) {
    const auto enthalpy = kDeltaH + kDeltaCp * (t - kReferenceTemperature);
    const auto entropy = kDeltaS + kDeltaCp * log(t * (1.0 / kReferenceTemperature));
    return (enthalpy - t * entropy) * (1.0 / kFaraday);
  });
}
template <class T>
T thermoneutral_potential_chlor_alkali(const T& temperature) {
  return (kDeltaH + kDeltaCp * (temperature - kReferenceTemperature)) * (1.0 / kFaraday);
}
template <class T>
T reversible_potential_chlor_alkali(const CellThermodynamics<T>& c) {
  const T pressures =
      log(c.pressure_hydrogen * c.pressure_chlorine * (1.0 / (kReferencePressure * kReferencePressure)));
  const T log_catholyte = log(c.activity_water_catholyte);
  const T quotient = 2.0 * (c.log_molal_activity_naoh - c.log_molal_activity_nacl) - log_catholyte +
                     c.water_transport * (log_catholyte - log(c.activity_water_anolyte)) + 0.5 * pressures;
  return standard_potential_chlor_alkali(c.temperature) + c.temperature * quotient * (kGasConstant / kFaraday);
}

#define CASTNER_INSTANTIATE(T)                               \
  template T standard_potential_chlor_alkali(const T&);      \
  template T thermoneutral_potential_chlor_alkali(const T&); \
  template T reversible_potential_chlor_alkali(const CellThermodynamics<T>&);
CASTNER_FOR_EACH_SCALAR(CASTNER_INSTANTIATE)
#undef CASTNER_INSTANTIATE

}  // namespace castner::props

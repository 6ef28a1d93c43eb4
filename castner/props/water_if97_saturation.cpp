// SPDX-License-Identifier: Apache-2.0
#include "castner/numerics/scalar.h"
#include "castner/props/constants.h"
#include "castner/props/few_variables.h"
#include "castner/props/water_if97.h"

namespace castner::props {
namespace {

// [if97] table 34.
constexpr std::array<double, 11> kN{0.0,
                                    0.11670521452767e4,
                                    -0.72421316703206e6,
                                    -0.17073846940092e2,
                                    0.12020824702470e5,
                                    -0.32325550322333e7,
                                    0.14915108613530e2,
                                    -0.48232657361591e4,
                                    0.40511340542057e6,
                                    -0.23855557567849,
                                    0.65017534844798e3};
// [if97] table 1, the boundary between vapour and the region around the critical point.
constexpr std::array<double, 6> kBoundary{
    0.0, 0.34805185628969e3, -0.11671859879975e1, 0.10192970039326e-2, 0.57254459862746e3, 0.13918839778870e2};

}  // namespace

template <class T>
T pressure_sat_water(const T& temperature) {
  return of_one(temperature, [](const auto& t) {
    // theta = q/d of equation 29b, and A, B, C times d^2: their ratio is the same, and one division is saved.
    const auto d = t - kN[10];
    const auto q = t * d + kN[9];
    const auto q2 = q * q, qd = q * d, d2 = d * d;
    const auto a = q2 + kN[1] * qd + kN[2] * d2;
    const auto b = kN[3] * q2 + kN[4] * qd + kN[5] * d2;
    const auto c = kN[6] * q2 + kN[7] * qd + kN[8] * d2;
    const auto root = c * 2.0 / (sqrt(b * b - a * c * 4.0) - b);
    const auto square = root * root;
    return square * square * kMPa;
  });
}

template <class T>
T temperature_sat_water(const T& pressure) {
  return of_one(pressure, [](const auto& p) {
    const auto beta2 = sqrt(p * (1.0 / kMPa));
    const auto beta = sqrt(beta2);
    const auto e = beta2 + kN[3] * beta + kN[6];
    const auto f = kN[1] * beta2 + kN[4] * beta + kN[7];
    const auto g = kN[2] * beta2 + kN[5] * beta + kN[8];
    const auto d = g * -2.0 / (f + sqrt(f * f - e * g * 4.0));
    // (n10 + D)^2 - 4 (n9 + n10 D) = (D - n10)^2 - 4 n9
    const auto gap = d - kN[10];
    return (d + kN[10] - sqrt(gap * gap - 4.0 * kN[9])) * 0.5;
  });
}

template <class T>
T enth_mass_liq_sat_water(const T& temperature) {
  return enth_mass_liq_water<T>({.temperature = temperature, .pressure = pressure_sat_water(temperature)});
}
template <class T>
T enth_mass_vap_sat_water(const T& temperature) {
  return enth_mass_vap_water<T>({.temperature = temperature, .pressure = pressure_sat_water(temperature)});
}
template <class T>
T entr_mass_liq_sat_water(const T& temperature) {
  return entr_mass_liq_water<T>({.temperature = temperature, .pressure = pressure_sat_water(temperature)});
}
template <class T>
T entr_mass_vap_sat_water(const T& temperature) {
  return entr_mass_vap_water<T>({.temperature = temperature, .pressure = pressure_sat_water(temperature)});
}
template <class T>
T dens_mass_liq_sat_water(const T& temperature) {
  return dens_mass_liq_water<T>({.temperature = temperature, .pressure = pressure_sat_water(temperature)});
}

template <class T>
T pressure_boundary_23_water(const T& temperature) {
  return (kBoundary[1] + (kBoundary[2] + kBoundary[3] * temperature) * temperature) * kMPa;
}
template <class T>
T temperature_boundary_23_water(const T& pressure) {
  return kBoundary[4] + sqrt((pressure * (1.0 / kMPa) - kBoundary[5]) * (1.0 / kBoundary[3]));
}

#define CASTNER_INSTANTIATE(T)                     \
  template T pressure_sat_water(const T&);         \
  template T temperature_sat_water(const T&);      \
  template T enth_mass_liq_sat_water(const T&);    \
  template T enth_mass_vap_sat_water(const T&);    \
  template T entr_mass_liq_sat_water(const T&);    \
  template T entr_mass_vap_sat_water(const T&);    \
  template T dens_mass_liq_sat_water(const T&);    \
  template T pressure_boundary_23_water(const T&); \
  template T temperature_boundary_23_water(const T&);
CASTNER_FOR_EACH_SCALAR(CASTNER_INSTANTIATE)
#undef CASTNER_INSTANTIATE

}  // namespace castner::props

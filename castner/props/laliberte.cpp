// SPDX-License-Identifier: Apache-2.0
#include "castner/props/laliberte.h"

#include <array>

#include "castner/numerics/scalar.h"
#include "castner/props/constants.h"
#include "castner/props/few_variables.h"

namespace castner::props {
namespace {

// [laliberte-2009], t in degC, viscosity in mPa s.
constexpr std::array<double, 6> kViscosityNaOH{448.457566713375,   0.00871452408983102, -431.97212334697,
                                               0.0160144202049452, 104.011738670148,    4.64493684488816};
constexpr std::array<double, 6> kViscosityNaCl{16.221788633396,     1.32293086770011, 1.48485985010431,
                                               0.00746912559657377, 30.7802007540575, 2.05826852322558};
constexpr std::array<double, 5> kDensityH2SO4{70.8395152347122, 142.352693909248, 0.68779459618793, 0.00649299683206703,
                                              1667.23864629522};
constexpr double kMilli = 1e-3;

template <class T>
T log_water_viscosity(const T& t) {
  return log((t + 246.0) / ((0.05594 * t + 5.2842) * t + 137.37));
}
template <class T>
T log_solute_viscosity(const std::array<double, 6>& v, const T& t, const T& w) {
  return (v[0] * pow(w, v[1]) + v[2]) / (v[3] * t + 1.0) - log(v[4] * pow(w, v[5]) + 1.0);
}

// [kell-1975] density of water at 1 atm, kg/m3; what [laliberte-2009] mixes with.
template <class T>
T water_density(const T& t) {
  const T above =
      polynomial(std::array{999.83952, 16.945176, -7.9870401e-3, -46.170461e-6, 105.56302e-9, -280.54253e-12}, t);
  return above / (1.0 + 0.016879850 * t);
}

}  // namespace

template <class T>
T visc_d_water(const T& temperature) {
  return of_one(temperature, [](const auto& t) { return exp(log_water_viscosity(t - kZeroCelsius)) * kMilli; });
}
template <class T>
T visc_d_solution(ViscousSolute solute, const SolutionState<T>& state) {
  const auto& v = solute == ViscousSolute::naoh ? kViscosityNaOH : kViscosityNaCl;
  return of_two(state.temperature, state.mass_frac, [&v](const auto& temperature, const auto& w) {
    const auto t = temperature - kZeroCelsius;
    return exp((1.0 - w) * log_water_viscosity(t) + w * log_solute_viscosity(v, t, w)) * kMilli;
  });
}
template <class T>
T dens_mass_water_laliberte(const T& temperature) {
  return of_one(temperature, [](const auto& t) { return water_density(t - kZeroCelsius); });
}
template <class T>
T dens_mass_solution_h2so4(const SolutionState<T>& state) {
  return of_two(state.temperature, state.mass_frac, [](const auto& temperature, const auto& w) {
    const auto& c = kDensityH2SO4;
    const auto t = temperature - kZeroCelsius;
    const auto shifted = t + c[4];
    const auto solute = w * (w + c[2] + c[3] * t) / ((c[0] * w + c[1]) * exp(1e-6 * shifted * shifted));
    return 1.0 / ((1.0 - w) / water_density(t) + solute);
  });
}

#define CASTNER_INSTANTIATE(T)                                        \
  template T visc_d_water(const T&);                                  \
  template T visc_d_solution(ViscousSolute, const SolutionState<T>&); \
  template T dens_mass_water_laliberte(const T&);                     \
  template T dens_mass_solution_h2so4(const SolutionState<T>&);
CASTNER_FOR_EACH_SCALAR(CASTNER_INSTANTIATE)
#undef CASTNER_INSTANTIATE

}  // namespace castner::props

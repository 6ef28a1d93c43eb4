// SPDX-License-Identifier: Apache-2.0
#include "castner/numerics/scalar.h"
#include "castner/props/caustic.h"
#include "castner/props/constants.h"
#include "castner/props/few_variables.h"
#include "castner/props/water_if97.h"

namespace castner::props {
namespace {

// [olsson-1997] in its own units: t in degC, x = mass fraction of water, p in kPa, h in kJ/kg. The
// polynomials lose five digits to cancellation: double only, Horner, never float.

// Vapour pressure, in y = ln x.
constexpr std::array<double, 9> kA1{-113.93947, 209.82305,  494.77153,  6860.8330, 2676.6433,
                                    -21740.328, -34750.872, -20122.157, -4102.9890};
constexpr std::array<double, 11> kA2{16.240074,  -11.864008, -223.47305, -1650.3997, -5997.3118, -12318.744,
                                     -15303.153, -11707.480, -5364.9554, -1338.5412, -137.96889};
constexpr std::array<double, 11> kA3{-226.80157, 293.17155, 5081.8791, 36752.126, 131262.00, 259399.54,
                                     301696.22,  208617.90, 81774.024, 15648.526, 906.29769};
// Density, in s = sqrt(x).
constexpr std::array<double, 6> kB1{5007.2279636,  -25131.164248, 74107.692582,
                                    -104657.48684, 69821.773186,  -18145.911810};
constexpr std::array<double, 6> kB2{-64.786269079, 525.34360564,  -1608.4471903,
                                    2350.9753235,  -1660.9035108, 457.6437435};
constexpr std::array<double, 6> kB3{0.24436776978, -1.9737722344, 6.04601497138,
                                    -8.9090614947, 6.37146769397, -1.7816083111};
// Enthalpy, in x.
constexpr std::array<double, 4> kC1Above{1288.4485, -4387.8908, 4938.2298, -1841.1890};
constexpr std::array<double, 5> kC1Below{1.0, -0.49649131, -4.0915144, 7.2887292, -3.0202651};
constexpr std::array<double, 9> kC2{2.3087919,  -9.0004252, 167.59914,  -1051.6368, 3394.3378,
                                    -6115.0986, 6220.8249,  -3348.8098, 743.87432};
constexpr std::array<double, 8> kC3{0.02302860, -0.37866056, 2.4529593, -8.2693542,
                                    15.728833,  -16.944427,  9.6254192, -2.2410628};
constexpr std::array<double, 8> kC4{-8.5131313e-5, 136.52823e-5, -875.68741e-5, 2920.0398e-5,
                                    -5488.2983e-5, 5841.8034e-5, -3278.7483e-5, 754.45993e-5};

}  // namespace

template <class T>
T pressure_sat_caustic(const CausticState<T>& state) {
  return of_two(state.temperature, state.mass_frac_naoh, [](const auto& temperature, const auto& w) {
    const auto t = temperature - kZeroCelsius;
    const auto y = log(1.0 - w);
    return exp((polynomial(kA1, y) + polynomial(kA2, y) * t) / (t - polynomial(kA3, y))) * kKilo;
  });
}

template <class T>
T temperature_boil_caustic(const CausticBoiling<T>& state) {
  return of_two(state.pressure, state.mass_frac_naoh, [](const auto& pressure, const auto& w) {
    const auto y = log(1.0 - w);
    const auto lnp = log(pressure * (1.0 / kKilo));
    return (polynomial(kA1, y) + polynomial(kA3, y) * lnp) / (lnp - polynomial(kA2, y)) + kZeroCelsius;
  });
}

template <class T>
T activity_water_caustic(const CausticState<T>& state) {
  return pressure_sat_caustic(state) / pressure_sat_water(state.temperature);
}

template <class T>
T dens_mass_caustic(const CausticState<T>& state) {
  return of_two(state.temperature, state.mass_frac_naoh, [](const auto& temperature, const auto& w) {
    const auto t = temperature - kZeroCelsius;
    const auto s = sqrt(1.0 - w);
    return polynomial(kB1, s) + (polynomial(kB2, s) + polynomial(kB3, s) * t) * t;
  });
}

template <class T>
T enth_mass_caustic(const CausticState<T>& state) {
  return of_two(state.temperature, state.mass_frac_naoh, [](const auto& temperature, const auto& w) {
    const auto t = temperature - kZeroCelsius;
    const auto x = 1.0 - w;
    const auto c1 = polynomial(kC1Above, x) / polynomial(kC1Below, x);
    return (c1 + (polynomial(kC2, x) + (polynomial(kC3, x) + polynomial(kC4, x) * t) * t) * t) * kKilo;
  });
}

template <class T>
T cp_mass_caustic(const CausticState<T>& state) {
  return of_two(state.temperature, state.mass_frac_naoh, [](const auto& temperature, const auto& w) {
    const auto t = temperature - kZeroCelsius;
    const auto x = 1.0 - w;
    return (polynomial(kC2, x) + (polynomial(kC3, x) * 2.0 + polynomial(kC4, x) * 3.0 * t) * t) * kKilo;
  });
}

#define CASTNER_INSTANTIATE(T)                                   \
  template T pressure_sat_caustic(const CausticState<T>&);       \
  template T temperature_boil_caustic(const CausticBoiling<T>&); \
  template T activity_water_caustic(const CausticState<T>&);     \
  template T dens_mass_caustic(const CausticState<T>&);          \
  template T enth_mass_caustic(const CausticState<T>&);          \
  template T cp_mass_caustic(const CausticState<T>&);
CASTNER_FOR_EACH_SCALAR(CASTNER_INSTANTIATE)
#undef CASTNER_INSTANTIATE

}  // namespace castner::props

// SPDX-License-Identifier: Apache-2.0
#include "castner/numerics/scalar.h"
#include "castner/props/caustic.h"
#include "castner/props/constants.h"
#include "castner/props/few_variables.h"

namespace castner::props {
namespace {

// ln(m gamma) = sum c_ij x^i y^j, x = (w - 0.32)/0.1, y = (t - 90)/10, t in degC; docs/domain/electrolyser.md 2.1.
constexpr std::array<double, 5> kY0{3.28898, 1.11563, -0.0390126, -0.0145212, -0.00321057};
constexpr std::array<double, 5> kY1{-0.108615, -0.0573776, -0.00122091, 0.00202623, 0.000422842};
constexpr std::array<double, 5> kY2{0.00142127, 0.00273315, 0.00106249, -0.000198448, -0.000135541};

}  // namespace

template <class T>
T log_molal_activity_naoh(const CausticState<T>& state) {
  return of_two(state.temperature, state.mass_frac_naoh, [](const auto& temperature, const auto& w) {
    const auto x = (w - 0.32) * 10.0;
    const auto y = (temperature - (kZeroCelsius + 90.0)) * 0.1;
    return polynomial(kY0, x) + (polynomial(kY1, x) + polynomial(kY2, x) * y) * y;
  });
}

template <class T>
T molality_naoh(const T& mass_frac_naoh) {
  return mass_frac_naoh / ((1.0 - mass_frac_naoh) * kMolarMassNaOH);
}

#define CASTNER_INSTANTIATE(T)                                \
  template T log_molal_activity_naoh(const CausticState<T>&); \
  template T molality_naoh(const T&);
CASTNER_FOR_EACH_SCALAR(CASTNER_INSTANTIATE)
#undef CASTNER_INSTANTIATE

}  // namespace castner::props

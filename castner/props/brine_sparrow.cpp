// SPDX-License-Identifier: Apache-2.0
#include "castner/numerics/scalar.h"
#include "castner/props/brine.h"
#include "castner/props/constants.h"
#include "castner/props/few_variables.h"

namespace castner::props {
namespace {

// [sparrow-2003]: sum over k of (sum over i of a_ki X^i) t^k, t in degC.
using Surface = std::array<std::array<double, 5>, 5>;
constexpr Surface kDensity{{{1000.1, 766.6, -14.9, 266.3, 884.5},  // kg/m3
                            {-0.0214, -3.496, 10.02, -6.56, -31.37},
                            {-5.263e-3, 39.87e-3, -176.2e-3, 363.5e-3, -7.784e-3},
                            {15.42e-6, -167e-6, 980.7e-6, -2573e-6, 876.6e-6},
                            {-0.0276e-6, 0.2978e-6, -2.017e-6, 6.345e-6, -3.914e-6}}};
constexpr Surface kEnthalpy{{{0.5, 37.8, -368.2, -652.9, 2890.0},  // kJ/kg
                             {4.145, -4.973, 4.482, 18.31, -46.41},
                             {0.0007, -0.0059, 0.0854, -0.495, 0.8255},
                             {-0.0048e-3, 0.0639e-3, -0.714e-3, 3.273e-3, -4.85e-3},
                             {0.0202e-6, -0.2432e-6, 2.054e-6, -8.211e-6, 11.43e-6}}};

template <class T>
T surface(const Surface& a, const T& t, const T& x) {
  T sum = polynomial(a[4], x);
  for (std::size_t k = 4; k-- > 0;) sum = sum * t + polynomial(a[k], x);
  return sum;
}
template <class T>
T surface_by_t(const Surface& a, const T& t, const T& x) {
  T sum = polynomial(a[4], x) * 4.0;
  for (std::size_t k = 4; k-- > 1;) sum = sum * t + polynomial(a[k], x) * static_cast<double>(k);
  return sum;
}

}  // namespace

template <class T>
T dens_mass_brine(const BrineState<T>& state) {
  return of_two(state.temperature, state.mass_frac_nacl,
                [](const auto& t, const auto& x) { return surface(kDensity, t - kZeroCelsius, x); });
}
template <class T>
T enth_mass_brine(const BrineState<T>& state) {
  return of_two(state.temperature, state.mass_frac_nacl,
                [](const auto& t, const auto& x) { return surface(kEnthalpy, t - kZeroCelsius, x) * kKilo; });
}
template <class T>
T cp_mass_brine(const BrineState<T>& state) {
  return of_two(state.temperature, state.mass_frac_nacl,
                [](const auto& t, const auto& x) { return surface_by_t(kEnthalpy, t - kZeroCelsius, x) * kKilo; });
}
template <class T>
T mass_frac_sat_brine(const T& temperature) {
  const T t = temperature - kZeroCelsius;
  return 0.2628 + (62.75e-6 + 1.084e-6 * t) * t;
}

#define CASTNER_INSTANTIATE(T)                      \
  template T dens_mass_brine(const BrineState<T>&); \
  template T enth_mass_brine(const BrineState<T>&); \
  template T cp_mass_brine(const BrineState<T>&);   \
  template T mass_frac_sat_brine(const T&);
CASTNER_FOR_EACH_SCALAR(CASTNER_INSTANTIATE)
#undef CASTNER_INSTANTIATE

}  // namespace castner::props

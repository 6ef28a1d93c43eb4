// SPDX-License-Identifier: Apache-2.0
#include "castner/props/sulfuric_acid.h"

#include "castner/numerics/scalar.h"
#include "castner/props/few_variables.h"
#include "castner/props/laliberte.h"

namespace castner::props {
namespace {

// docs/domain/properties.md 6.7: ln(p/Pa) = level(z) + q slope(z), z = w - 0.8, q = 1000 (1/T - 1/293.15 K).
constexpr std::array<double, 6> kLevel{2.20794, -31.7971, -59.0703, 187.225, 218.589, -2359.58};
constexpr std::array<double, 4> kSlope{-7.21546, -10.1234, -11.4275, 23.0085};

}  // namespace

template <class T>
T pressure_sat_sulfuric_acid(const SulfuricAcidState<T>& state) {
  return of_two(state.temperature, state.mass_frac_h2so4, [](const auto& t, const auto& w) {
    const auto z = w - 0.8;
    const auto q = 1000.0 / t - 1000.0 / 293.15;
    return exp(polynomial(kLevel, z) + q * polynomial(kSlope, z));
  });
}
template <class T>
T dens_mass_sulfuric_acid(const SulfuricAcidState<T>& state) {
  return dens_mass_solution_h2so4<T>({.temperature = state.temperature, .mass_frac = state.mass_frac_h2so4});
}

#define CASTNER_INSTANTIATE(T)                                        \
  template T pressure_sat_sulfuric_acid(const SulfuricAcidState<T>&); \
  template T dens_mass_sulfuric_acid(const SulfuricAcidState<T>&);
CASTNER_FOR_EACH_SCALAR(CASTNER_INSTANTIATE)
#undef CASTNER_INSTANTIATE

}  // namespace castner::props

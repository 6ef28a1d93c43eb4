// SPDX-License-Identifier: Apache-2.0
/// From the dimensionless Gibbs energy of one IF97 region to volume, enthalpy, entropy and heat capacity.
///
/// A Region offers kTemperature, kPressure (the reducing quantities), is made from the numbers pi = p/p* and
/// tau = T*/T, and answers partial<A, B>() = d^(A+B) gamma / dpi^A dtau^B. Source [if97] tables 3, 12.
#pragma once

#include "castner/numerics/dual.h"
#include "castner/props/water_if97.h"

namespace castner::props::gibbs {

inline constexpr double kR = 461.526;  ///< [J/(kg K)], IF97's own

/// A derivative of gamma for any scalar: a further derivative is a further partial, so nothing is
/// approximated.
template <int A, int B, class Region>
double partial(const Region& region, double, double) {
  return region.template partial<A, B>();
}
template <int A, int B, class Region, class T, int N>
Dual<T, N> partial(const Region& region, const Dual<T, N>& pi, const Dual<T, N>& tau) {
  const T by_pi = partial<A + 1, B>(region, pi.a, tau.a), by_tau = partial<A, B + 1>(region, pi.a, tau.a);
  Dual<T, N> r(partial<A, B>(region, pi.a, tau.a));
  for (std::size_t i = 0; i < N; ++i) r.v[i] = by_pi * pi.v[i] + by_tau * tau.v[i];
  return r;
}

/// One state, reduced, with the powers that every property shares.
template <class Region, class T>
struct ReducedState {
  explicit ReducedState(const WaterState<T>& s)
      : temperature(s.temperature),
        pi(s.pressure * (1.0 / Region::kPressure)),
        tau(Region::kTemperature / s.temperature),
        region(value_of(pi), value_of(tau)) {}

  template <int A, int B>
  T gamma() const {
    return partial<A, B>(region, pi, tau);
  }
  T vol_mass() const { return gamma<1, 0>() * temperature * (kR / Region::kPressure); }
  T enth_mass() const { return gamma<0, 1>() * (kR * Region::kTemperature); }
  T entr_mass() const { return (tau * gamma<0, 1>() - gamma<0, 0>()) * kR; }
  T cp_mass() const { return tau * tau * gamma<0, 2>() * -kR; }
  T gibbs_mass() const { return gamma<0, 0>() * temperature * kR; }
  WaterProperties<T> all() const { return {vol_mass(), enth_mass(), entr_mass(), cp_mass(), gibbs_mass()}; }

  T temperature, pi, tau;
  Region region;
};

}  // namespace castner::props::gibbs

// SPDX-License-Identifier: Apache-2.0
/// Heat capacity and enthalpy of one substance from its NASA coefficients a1 to a6.
#pragma once

#include <array>

#include "castner/props/constants.h"
#include "castner/props/few_variables.h"

namespace castner::props {

using NasaCoefficients = std::array<double, 6>;

/// [J/(mol K)]: cp/R = a1 + a2 T + ... + a5 T^4
template <class T>
T nasa_cp_mol(const NasaCoefficients& a, const T& t) {
  return polynomial(std::array{a[0], a[1], a[2], a[3], a[4]}, t) * kGasConstant;
}
/// [J/mol]: H/R = a6 + a1 T + a2/2 T^2 + ... + a5/5 T^5
template <class T>
T nasa_enth_mol(const NasaCoefficients& a, const T& t) {
  return polynomial(std::array{a[5], a[0], a[1] / 2, a[2] / 3, a[3] / 4, a[4] / 5}, t) * kGasConstant;
}

}  // namespace castner::props

// SPDX-License-Identifier: Apache-2.0
#include "castner/props/caustic_anhydrous.h"

#include "castner/numerics/scalar.h"
#include "castner/props/nasa_polynomial.h"

namespace castner::props {
namespace {

// [nasa-condensed]
constexpr NasaCoefficients kSolid{8.5879494, -3.5406013e-03, -4.5533394e-05, 1.8418483e-07, -1.5018973e-10, -53511.851};
constexpr NasaCoefficients kMelt{9.0556775, 4.3025041e-03, -2.4259132e-06, -3.5479664e-09, 2.688942e-12, -52942.445};

}  // namespace

template <class T>
T cp_mol_caustic_solid(const T& temperature) {
  return of_one(temperature, [](const auto& t) { return nasa_cp_mol(kSolid, t); });
}
template <class T>
T enth_mol_caustic_solid(const T& temperature) {
  return of_one(temperature, [](const auto& t) { return nasa_enth_mol(kSolid, t); });
}
template <class T>
T cp_mol_caustic_melt(const T& temperature) {
  return of_one(temperature, [](const auto& t) { return nasa_cp_mol(kMelt, t); });
}
template <class T>
T enth_mol_caustic_melt(const T& temperature) {
  return of_one(temperature, [](const auto& t) { return nasa_enth_mol(kMelt, t); });
}

#define CASTNER_INSTANTIATE(T)                 \
  template T cp_mol_caustic_solid(const T&);   \
  template T enth_mol_caustic_solid(const T&); \
  template T cp_mol_caustic_melt(const T&);    \
  template T enth_mol_caustic_melt(const T&);
CASTNER_FOR_EACH_SCALAR(CASTNER_INSTANTIATE)
#undef CASTNER_INSTANTIATE

}  // namespace castner::props

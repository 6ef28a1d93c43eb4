// SPDX-License-Identifier: Apache-2.0
#include "castner/props/gas.h"

#include "castner/base/check.h"
#include "castner/numerics/scalar.h"
#include "castner/props/nasa_polynomial.h"

namespace castner::props {
namespace {

struct GasRow {
  Gas gas;
  double molar_mass;  // [kg/mol]
  NasaCoefficients nasa;
};
// [nasa-gas], lower temperature range.
constexpr std::array<GasRow, 6> kGases{
    {{Gas::chlorine,
      kMolarMassChlorine,
      {2.73638114, 7.835257e-03, -1.45104963e-05, 1.25730834e-08, -4.13247145e-12, -1058.80114}},
     {Gas::hydrogen,
      kMolarMassHydrogen,
      {2.34433112, 7.98052075e-03, -1.9478151e-05, 2.01572094e-08, -7.37611761e-12, -917.935173}},
     {Gas::oxygen,
      kMolarMassOxygen,
      {3.78245636, -2.99673415e-03, 9.847302e-06, -9.68129508e-09, 3.24372836e-12, -1063.94356}},
     {Gas::nitrogen,
      kMolarMassNitrogen,
      {3.53100528, -1.23660987e-04, -5.02999437e-07, 2.43530612e-09, -1.40881235e-12, -1046.97628}},
     {Gas::hydrogen_chloride,
      kMolarMassHCl,
      {3.5248171, 2.9984862e-05, -8.6221891e-07, 2.0979721e-09, -9.8658191e-13, -12150.509}},
     {Gas::water,
      kMolarMassWater,
      {4.19864056, -2.0364341e-03, 6.52040211e-06, -5.48797062e-09, 1.77197817e-12, -30293.7267}}}};

const GasRow& row(Gas gas) {
  const auto& r = kGases[static_cast<std::size_t>(gas)];
  check(r.gas == gas, "gas table follows the order of the enum");
  return r;
}

}  // namespace

double molar_mass_gas(Gas gas) { return row(gas).molar_mass; }

template <class T>
T cp_mol_gas(Gas gas, const T& temperature) {
  return of_one(temperature, [&](const auto& t) { return nasa_cp_mol(row(gas).nasa, t); });
}
template <class T>
T enth_mol_gas(Gas gas, const T& temperature) {
  return of_one(temperature, [&](const auto& t) { return nasa_enth_mol(row(gas).nasa, t); });
}
template <class T>
T cp_mass_gas(Gas gas, const T& temperature) {
  return cp_mol_gas(gas, temperature) / molar_mass_gas(gas);
}
template <class T>
T enth_mass_gas(Gas gas, const T& temperature) {
  return enth_mol_gas(gas, temperature) / molar_mass_gas(gas);
}
double dens_mass_gas(Gas gas, const IdealGasState& state) {
  return state.pressure * molar_mass_gas(gas) / (kGasConstant * state.temperature);
}

#define CASTNER_INSTANTIATE(T)            \
  template T cp_mol_gas(Gas, const T&);   \
  template T enth_mol_gas(Gas, const T&); \
  template T cp_mass_gas(Gas, const T&);  \
  template T enth_mass_gas(Gas, const T&);
CASTNER_FOR_EACH_SCALAR(CASTNER_INSTANTIATE)
#undef CASTNER_INSTANTIATE

}  // namespace castner::props

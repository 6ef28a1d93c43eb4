// SPDX-License-Identifier: Apache-2.0
/// Laliberte's mixing rules for aqueous solutions: viscosity and density from the water's and one solute's
/// own.
///
/// Source [laliberte-2009] J. Chem. Eng. Data 54; coefficients in laliberte.cpp. Any scalar of
/// numerics/scalar.h.
#pragma once

namespace castner::props {

enum class ViscousSolute { naoh, nacl };

template <class T>
struct SolutionState {
  T temperature;  ///< [K]
  T mass_frac;    ///< [1] of the solute; > 0 where it is raised to a power
};

template <class T>
T visc_d_water(const T& temperature);  ///< liquid water [Pa s], 0 to 100 degC
template <class T>
T visc_d_solution(ViscousSolute solute, const SolutionState<T>& state);  ///< [Pa s]

/// Density [kg/m3] of water as Laliberte's density equation uses it, 0 to 100 degC.
template <class T>
T dens_mass_water_laliberte(const T& temperature);
/// Density [kg/m3] of sulfuric acid.
template <class T>
T dens_mass_solution_h2so4(const SolutionState<T>& state);

}  // namespace castner::props

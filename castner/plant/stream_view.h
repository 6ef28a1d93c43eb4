// SPDX-License-Identifier: Apache-2.0
/// A stream as equations see it: flows, fractions, temperature, pressure, enthalpy, volume.
#pragma once

#include <cstddef>
#include <span>

#include "castner/numerics/scalar.h"
#include "castner/plant/stream.h"

namespace castner::plant {

/// The indices of one stream's variables among those of a unit.
struct Port {
  Contents contents = Contents::mass;
  bool inlet = true;
  std::size_t first = 0;  ///< index of its flow_mass; the others follow in the order of stream_variables()

  std::size_t flow_mass() const { return first; }
  std::size_t mass_frac(Species) const;  ///< of a species that has a variable
  std::size_t temperature() const;
  std::size_t pressure() const;
  std::size_t enth_mass() const;  ///< where enthalpy is the state
  std::size_t count() const;      ///< variables of the stream
  bool has_temperature() const { return contents_info(contents).temperature; }
  bool has_pressure() const { return contents_info(contents).pressure; }
  bool has_enthalpy_state() const { return contents_info(contents).enthalpy; }
  bool holds(Species) const;  ///< the species occurs in such a stream
};

/// A stream's share of x, read by meaning. Small: make it where it is needed. Every function works for every scalar
/// of numerics/scalar.h and runs on outside its range, as the properties do.
template <class T>
class StreamView {
 public:
  StreamView(const Port& port, std::span<const T> x) : port_(port), info_(&contents_info(port.contents)), x_(x) {}

  Contents contents() const { return port_.contents; }
  const T& flow_mass() const { return x_[port_.first]; }               ///< [kg/s]
  const T& temperature() const { return x_[port_.temperature()]; }     ///< [K], where it is a variable
  const T& pressure() const { return x_[port_.pressure()]; }           ///< [Pa]
  T mass_frac(Species) const;                                          ///< [1]; 0 for a species the stream never holds
  T flow_mass(Species s) const { return flow_mass() * mass_frac(s); }  ///< [kg/s]
  T flow_mol(Species s) const { return flow_mass(s) * (1.0 / molar_mass(s)); }  ///< [mol/s]
  /// Moles per kilogram of stream, all species or all but water. [mol/kg]
  T amount_per_mass(bool dry) const;

  /// Of a brine or caustic: solute / (solute + water), minor species left out. [1]
  T solute_frac() const;
  /// Partial pressure of water in a gas. [Pa]
  T pressure_water() const { return pressure() * mole_frac(Species::H2O); }
  T mole_frac(Species s) const { return mass_frac(s) / (amount_per_mass(false) * molar_mass(s)); }  ///< [1]

  /// Enthalpy without heats of formation: every species as it stands in its stream counts from the zero of its
  /// correlation (liquids and steam from water at 0 degC, gases from 25 degC). For balances in which every species is
  /// conserved: water into caustic then brings the heat of dilution. Liquid water counts as saturated; minor solutes carry no heat. Contents `mass` has none. [J/kg]
  T enth_mass() const;
  /// The same at another temperature. [J/kg]
  T enth_mass_at(const T& temperature) const;
  /// The same on the one basis of the plant, with heats of formation (elements at 25 degC are zero); HCl for dosing
  /// counts as dissolved. For balances across a reaction. [J/kg]
  T enth_mass_formation() const;

  /// Heat capacity of contents with a temperature; of a gas, its vapour at its partial pressure. [J/(kg K)]
  T cp_mass() const;
  /// Pressure of the water vapour above a liquid, or at which steam condenses, at a temperature. Liquids and steam. [Pa]
  T pressure_sat_at(const T& temperature) const;
  /// Of steam at its pressure; of a gas, the dew point of its water. [K]
  T temperature_sat() const;
  /// Of contents with an enthalpy for their state. [K] [1]
  T temperature_of_state() const;
  T vapour_frac() const;

  /// Volume of a kilogram: liquids by their correlation (of solute and water; minor species take no room), steam by
  /// IF97, gases as ideal. Contents `mass` and `hydrogen_chloride` have none. [m3/kg]
  T vol_mass() const;

 private:
  Port port_;
  const ContentsInfo* info_;
  std::span<const T> x_;
};

/// The difference between enth_mass_formation() and enth_mass() by one mole of a species in such a stream. [J/mol]
double enth_mol_formation(Contents, Species);

bool has_enthalpy(Contents);
bool has_heat(Contents);  ///< heat that varies: with a temperature, or its enthalpy for state
bool has_volume(Contents);
bool is_gas(Contents);  ///< a cell gas (ideal, with water vapour); steam is not one

#define CASTNER_STREAM_VIEW(T) extern template class StreamView<T>;
CASTNER_FOR_EACH_SCALAR(CASTNER_STREAM_VIEW)
#undef CASTNER_STREAM_VIEW

}  // namespace castner::plant

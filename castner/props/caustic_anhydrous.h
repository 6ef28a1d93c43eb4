// SPDX-License-Identifier: Apache-2.0
/// Solid and molten sodium hydroxide: heat capacity and enthalpy (NASA polynomials after JANAF).
///
/// Source [nasa-condensed] JANAF 12/70 as in Cantera's nasa_condensed data; docs/domain/properties.md 6.8. Solid 300
/// to 596 K, melt 596 to 1000 K; the alpha-beta transition is part of the 13.8 kJ/mol step at 596 K. Any
/// scalar.
#pragma once

namespace castner::props {

template <class T>
T cp_mol_caustic_solid(const T& temperature);  ///< [J/(mol K)]
template <class T>
T enth_mol_caustic_solid(const T& temperature);  ///< [J/mol], elements at 25 degC are 0
template <class T>
T cp_mol_caustic_melt(const T& temperature);  ///< [J/(mol K)]
template <class T>
T enth_mol_caustic_melt(const T& temperature);  ///< [J/mol], elements at 25 degC are 0

}  // namespace castner::props

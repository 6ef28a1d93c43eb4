// SPDX-License-Identifier: Apache-2.0
/// Constants of nature and molar masses, as docs/domain and its check values use them.
#pragma once

namespace castner::props {

inline constexpr double kGasConstant = 8.314462618;      ///< [J/(mol K)], CODATA 2018
inline constexpr double kFaraday = 96485.33212;          ///< [C/mol], CODATA 2018
inline constexpr double kZeroCelsius = 273.15;           ///< [K]
inline constexpr double kReferenceTemperature = 298.15;  ///< [K], of standard potentials and enthalpies of formation
inline constexpr double kReferencePressure = 1e5;        ///< [Pa], standard pressure of gases

// The units that tables and papers print.
inline constexpr double kKilo = 1e3;
inline constexpr double kMPa = 1e6;  ///< [Pa]

// Molar masses [kg/mol].
inline constexpr double kMolarMassWater = 18.01528e-3;
inline constexpr double kMolarMassNaOH = 39.997e-3;
inline constexpr double kMolarMassNaCl = 58.443e-3;
inline constexpr double kMolarMassChlorine = 70.906e-3;
inline constexpr double kMolarMassHydrogen = 2.01588e-3;
inline constexpr double kMolarMassOxygen = 31.998e-3;
inline constexpr double kMolarMassNitrogen = 28.0134e-3;
inline constexpr double kMolarMassHCl = 36.461e-3;
inline constexpr double kMolarMassNaClO3 = 106.44e-3;
inline constexpr double kMolarMassHOCl = 52.460e-3;
inline constexpr double kMolarMassH2SO4 = 98.079e-3;

}  // namespace castner::props

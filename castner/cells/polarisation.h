// SPDX-License-Identifier: Apache-2.0
/// The voltage of one cell over current density and temperature, and its fit to measured points.
///
///   U = E_rev + b (T/T_ref)/ln 10 asinh(j / (2 j0)) + k j
///   j0 = j0_ref exp[-B_0 (1/T - 1/T_ref)]        k = k_ref exp[B_k (1/T - 1/T_ref)]
///
/// docs/domain/electrolyser.md 2.2, with temperature: Tafel's slope is R T ln 10/(alpha F) with a constant alpha, j0 and
/// k follow Arrhenius. E_rev, of whatever chemistry, comes with each point and is never fitted: only then do voltages tell electrode
/// and resistance apart. One asinh stands for both electrodes: exact where they have the same j0, and for j >> j0, where b is the
/// sum of theirs. No concentration overvoltage: not for a cell near its limiting current or starved of feed.
///
/// From points in a narrow band of currents a steeper Tafel line cannot be told from a higher resistance. What is believed
/// beforehand decides there, and the sd that comes out says how much is still unknown.
#pragma once

#include <array>
#include <span>

namespace castner::cells {

struct PolarisationPoint {
  double current_density;  ///< j [A/m2], 0 or more
  double temperature;      ///< T [K]
  double reversible;       ///< E_rev at its temperature, strength and pressures [V]
  double voltage;          ///< U [V]
  double sd = 1e-3;        ///< the least that U errs by chance [V], > 0
};

struct Polarisation {
  double reference_temperature;     ///< T_ref [K]
  double tafel_slope;               ///< b at T_ref, both electrodes together [V/decade]
  double exchange_current_density;  ///< j0_ref [A/m2]
  double resistance;                ///< k_ref [Ohm m2]
  double exchange_activation;       ///< B_0, activation energy over R [K]
  double resistance_activation;     ///< B_k [K]
};

/// Overvoltage of both electrodes [V].
double electrode_voltage(const Polarisation&, double current_density, double temperature);
/// k j [V].
double ohmic_voltage(const Polarisation&, double current_density, double temperature);

/// What is believed of a parameter before any point is seen.
struct Belief {
  double value;
  double sd;  ///< 0: held at the value
};

/// The first three are positive: their sd is that of the natural logarithm, 0.2 for some 20 %, 3 for "hardly anything known".
struct PolarisationBelief {
  double reference_temperature;     ///< [K]
  Belief tafel_slope;               ///< [V/decade]
  Belief exchange_current_density;  ///< [A/m2]
  Belief resistance;                ///< [Ohm m2]
  Belief exchange_activation;       ///< [K]
  Belief resistance_activation;     ///< [K]
};

/// A membrane chlor-alkali cell at 90 degC. Tafel slopes 0.040 + 0.060 V/decade (ranges 0.030-0.045, 0.04-0.12), j0 100 A/m2, k 0.108
/// (0.10-0.18) Ohm m2/1000: docs/domain/electrolyser.md 2.2 and 2.3. Guesses: the sd of j0, a factor of two either way, and both
/// activations; B_k is between the membrane's 1500 K alone (2.2) and the 2200 K that a_T of the whole cell makes (2.3).
inline constexpr PolarisationBelief kMembraneCell{.reference_temperature = 363.15,
                                                  .tafel_slope = {0.100, 0.2},
                                                  .exchange_current_density = {100.0, 0.7},
                                                  .resistance = {0.108e-3, 0.3},
                                                  .exchange_activation = {5000.0, 2500.0},
                                                  .resistance_activation = {1500.0, 700.0}};

struct PolarisationFit {
  static constexpr std::size_t kUnknowns = 5;  ///< ln b, ln j0, ln k, B_0, B_k
  using Matrix = std::array<std::array<double, kUnknowns>, kUnknowns>;

  Polarisation curve;
  Matrix covariance{};      ///< of the five unknowns in the order above
  double scatter = 1.0;     ///< how many times more than their sd the points scatter about the curve; at least 1
  double rms = 0.0;         ///< of U measured less U of the curve [V]
  double determined = 0.0;  ///< how many of the unknowns the points tell, rather than the belief: 0 to 5
  bool converged = false;
};

enum class Outliers { none, some };

/// The most probable curve. Where points scatter more than their sd, by noise or because the curve is not quite theirs, all sds are
/// raised in common (`scatter`), and the covariance with them. Points that are not all numbers, or with j < 0, are passed over;
/// without points the belief comes back.
/// The sds are those of errors that are each point's own. Where all points of a run share one (a temperature read wrong) they are too small:
/// temperatures left out of measured curves were predicted within 13.5 mV, up to 4.5 times the sd of the curve there (published_curves_test.cpp).
/// @param outliers  some: points far off count less (Huber 1964, bound 1.345 sd, scatter by their median), at some 5 % more variance
[[nodiscard]] PolarisationFit fit_polarisation(std::span<const PolarisationPoint>, const PolarisationBelief&,
                                               Outliers outliers = Outliers::none);

/// The two parts of a voltage above the reversible one, and how well they are known.
struct VoltageParts {
  double electrode, electrode_sd;  ///< [V]
  double ohmic, ohmic_sd;          ///< [V]
  double covariance;               ///< of the two [V2], negative where one stands for the other
  double sum_sd;                   ///< of electrode + ohmic [V], of the curve, without the noise of a reading
};
[[nodiscard]] VoltageParts voltage_parts(const PolarisationFit&, double current_density, double temperature);

}  // namespace castner::cells

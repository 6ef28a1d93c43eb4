// SPDX-License-Identifier: Apache-2.0
/// One side of a heat exchanger, between the stream that enters and the one that leaves: without change of phase, condensing or boiling.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "castner/numerics/smooth.h"
#include "castner/plant/layout.h"
#include "castner/props/water_if97.h"
#include "castner/unit_models/counter_flow.h"

namespace castner::unit_models {

struct Side {
  plant::Port in, out;
  double sign = 1.0;  ///< -1: gives the duty (hot), +1: takes it (cold)
};

/// Water in any of its phases.
bool is_water(plant::Contents);
/// Whether water condenses or boils between the two ends, wholly or in part.
bool changes_phase(const Side&);
/// The pressure at which it does.
std::size_t saturation_pressure(const Side&);

/// Heat balance and what stays as it is: names and sizes in the order of `side_residuals`.
void add_side_equations(const Side&, const std::string& name, const std::vector<Variable>&,
                        std::vector<plant::Equation>&);

/// Calls next() for the place of each residual.
template <class T, class Next>
void side_residuals(const Side& s, const T& duty, std::span<const T> x, Next next) {
  using plant::StreamView;
  next() =
      x[s.in.flow_mass()] * (StreamView<T>(s.out, x).enth_mass() - StreamView<T>(s.in, x).enth_mass()) - duty * s.sign;
  if (s.in.contents == s.out.contents)
    for (plant::Species each : plant::contents_info(s.in.contents).species)
      next() = x[s.in.mass_frac(each)] - x[s.out.mass_frac(each)];
  if (s.in.has_pressure() && s.out.has_pressure()) next() = x[s.in.pressure()] - x[s.out.pressure()];
}

/// Temperatures that drive heat. Without change of phase those of the ends, with the mean heat capacity between them; where water
/// condenses or boils, saturation: superheat that enters drives nothing, nor does the cold of water that is yet to boil. What leaves beyond
/// saturation, condensate subcooled or steam superheated, counts as it is, so that no side passes the inlet of the other.
template <class T>
ExchangerSide<T> driving_side(const Side& s, std::span<const T> x) {
  constexpr double kNear = 0.01;  // [K]: nearer ends are taken to be that far apart, for the mean heat capacity only
  constexpr double kStanding = 1e-9;  // [W/K]: less passes as if nothing flowed, and then gains 1 nW a kelvin too much
  constexpr double kEdge = 1e-3;      // [K] over which beyond saturation begins
  const plant::StreamView<T> in(s.in, x), out(s.out, x);
  if (changes_phase(s)) {
    const T saturated = props::temperature_sat_water(x[saturation_pressure(s)]);
    const T leaves = s.out.has_enthalpy_state() ? out.temperature_of_state() : x[s.out.temperature()];
    const T beyond = softplus(T((leaves - saturated) * s.sign), kEdge);
    const T heat_flow = in.flow_mass() * (out.enth_mass() - in.enth_mass());
    return {saturated, saturated + beyond * s.sign, beyond / smooth_abs(heat_flow, 1.0)};
  }
  const T &first = in.temperature(), &last = out.temperature();
  const T middle = (first + last) * 0.5, half = smooth_abs(T(last - first), kNear) * 0.5;
  const T heat_capacity = (in.enth_mass_at(middle + half) - in.enth_mass_at(middle - half)) / (half * 2.0);
  return {first, last, 1.0 / smooth_abs(T(in.flow_mass() * heat_capacity), kStanding)};
}

/// What drives heat at the inlet. [K]
double driving_inlet(const Side&, std::span<const double> x);

/// First values of what leaves: all as it enters, a pressure that only boiling has 20 K below `other`; water condensed or boiled, or halfway there where it may be wet; any other
/// temperature a third of the way to `other` [K], that of the other side's inlet, where it has one.
void initialise_side(const Side&, const double* other, std::span<double> x);

/// Heating surface and coefficient, as indices among a unit's variables.
struct Surface {
  std::size_t area = 0, heat_transfer_coefficient = 0;
};
Surface add_surface(plant::Layout&);
/// What a duty asks of each beside the first value of the other. Nothing changes where heat does not go down the difference.
void initialise_surface(const Surface&, double duty, double mean_difference, std::span<double> x);

/// Adds a problem where what leaves a side cannot come of what enters it.
void want_side(const plant::UnitSpec::Port& out, plant::Contents in, Error&);

}  // namespace castner::unit_models

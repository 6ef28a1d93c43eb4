// SPDX-License-Identifier: Apache-2.0
/// Heat transfer in counter-flow, stated so that no surface, however large, lets heat flow from cold to hot.
///
/// With the differences a, b at the two ends, M = (a + b)/2, u = (a - b)/(a + b), conductance K [W/K] and
/// z = K (1/C_hot - 1/C_cold), the energy balances add a - b = duty (1/C_hot - 1/C_cold), and
///
///     duty = K (a - b)/ln(a/b) = K M u/atanh(u)          the logarithmic mean, linear in K
///                              = K M tanh(z/2)/(z/2)     effectiveness, linear in the temperatures
///
/// agree where ln(a/b) = z. The first has no value where temperatures cross (|u| > 1); the second has no solution there,
/// ends at the inlet of the other side when K is infinite, and gives a negative duty where sides are swapped. Any mean of the two
/// has the same one solution, so the weight goes from the first to the second as |u| nears 1, and a solver converges from either.
#pragma once

#include <cmath>

#include "castner/numerics/dual.h"

namespace castner::unit_models {

/// One side of an exchanger: its temperatures at both ends and how much it changes for each watt taken up.
template <class T>
struct ExchangerSide {
  T in, out;        ///< [K]
  T per_heat_flow;  ///< 1/(flow * mean heat capacity) [K/W]; 0 where it boils or condenses
};

/// tanh(y)/y; near y = 0 its Taylor series, where the quotient loses digits. Falls from 1 at 0 as 1/|y|.
template <class T>
T tanh_ratio(const T& y) {
  const T s = y * y;
  if (value_of(s) < 0.0025)
    return 1.0 -
           s * (1.0 / 3.0 - s * (2.0 / 15.0 - s * (17.0 / 315.0 - s * (62.0 / 2835.0 - s * (1382.0 / 155925.0)))));
  const T size = value_of(y) < 0.0 ? -y : y;
  const T e = exp(size * -2.0);
  return (1.0 - e) / ((1.0 + e) * size);
}

/// u/atanh(u), |u| < 1; near u = 0 its Taylor series. Falls from 1 at 0 to 0 at |u| = 1.
template <class T>
T atanh_ratio(const T& u) {
  const T s = u * u;
  if (value_of(s) < 0.0025)
    return 1.0 -
           s * (1.0 / 3.0 + s * (4.0 / 45.0 + s * (44.0 / 945.0 + s * (428.0 / 14175.0 + s * (10196.0 / 467775.0)))));
  return u * 2.0 / log((1.0 + u) / (1.0 - u));
}

/// The mean temperature difference [K]: duty = conductance [W/K] * mean.
template <class T>
T mean_difference(const ExchangerSide<T>& hot, const ExchangerSide<T>& cold, const T& conductance) {
  constexpr double kFrom = 0.81, kTo = 0.9604;  // u^2 where the weight of effectiveness begins, and where it is all
  const T a = hot.in - cold.out, b = hot.out - cold.in, sum = a + b;
  const double most = std::abs(value_of(sum)), apart = std::abs(value_of(a - b));
  const auto effectiveness = [&] {
    return tanh_ratio(T(conductance * (hot.per_heat_flow - cold.per_heat_flow) * 0.5));
  };
  if (!(apart * apart < kTo * most * most)) return sum * 0.5 * effectiveness();
  const T u = (a - b) / sum;
  const T logarithmic = atanh_ratio(u);
  if (apart * apart <= kFrom * most * most) return sum * 0.5 * logarithmic;
  const T s = (u * u - kFrom) * (1.0 / (kTo - kFrom));
  const T weight = s * s * s * (10.0 + s * (s * 6.0 - 15.0));  // from 0 to 1 with two derivatives
  return sum * 0.5 * (logarithmic + weight * (effectiveness() - logarithmic));
}

/// The equation of heat transfer in counter-flow [W]. Beyond a million transfer units, which differ from an infinite surface by less than
/// any thermometer tells, more surface adds nothing: what a heat capacity's last digit does would be magnified by it. And it is weighted so
/// that digits lost in the difference count for no more than 30 uW: of a conductance beyond 300 MW/K, which no apparatus has, the
/// temperatures that close it are not numbers apart.
template <class T>
T heat_transfer(const T& duty, const T& conductance, const ExchangerSide<T>& hot, const ExchangerSide<T>& cold) {
  constexpr double kMostUnits = 1e6;
  constexpr double kMost = 3e8;  // [W/K]
  const T units = conductance * (hot.per_heat_flow + cold.per_heat_flow) * (1.0 / kMostUnits);
  const T felt = conductance / sqrt(units * units + 1.0);
  const T beyond = felt * (1.0 / kMost);
  return (duty - felt * mean_difference(hot, cold, felt)) / sqrt(beyond * beyond + 1.0);
}

}  // namespace castner::unit_models

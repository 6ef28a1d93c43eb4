// SPDX-License-Identifier: Apache-2.0
#include "castner/props/chlorine.h"

#include "castner/numerics/scalar.h"
#include "castner/props/few_variables.h"

namespace castner::props {
namespace {

// [dippr-101] ln(p/Pa) = A + B/T + C ln T + D T; rises with T everywhere, so the inverse is unique.
constexpr double kA = 71.334, kB = -3855.0, kC = -8.5171, kD = 1.2378e-2;

template <class T>
T log_pressure(const T& t) {
  return kA + kB / t + kC * log(t) + kD * t;
}
template <class T>
T newton_step(const T& t, const T& target) {
  const T slope = (kD * t + kC) / t - kB / (t * t);
  return t - (log_pressure(t) - target) / slope;
}

}  // namespace

template <class T>
T pressure_sat_chlorine(const T& temperature) {
  return of_one(temperature, [](const auto& t) { return exp(log_pressure(t)); });
}

template <class T>
T temperature_sat_chlorine(const T& pressure) {
  return of_one(pressure, [](const auto& p) {
    using S = std::remove_cvref_t<decltype(p)>;
    const S target = log(p);
    // From the normal boiling point along a straight line in (1/T, ln p); then Newton, quadratic from there.
    double t = 1.0 / (1.0 / 239.11 - (value_of(target) - 11.526) / 2480.0);
    for (int k = 0; k < 8; ++k) t = newton_step(t, value_of(target));
    // Each further step in the full scalar makes one more order of derivative exact: two are needed.
    return newton_step(newton_step(S(t), target), target);
  });
}

#define CASTNER_INSTANTIATE(T)                \
  template T pressure_sat_chlorine(const T&); \
  template T temperature_sat_chlorine(const T&);
CASTNER_FOR_EACH_SCALAR(CASTNER_INSTANTIATE)
#undef CASTNER_INSTANTIATE

}  // namespace castner::props

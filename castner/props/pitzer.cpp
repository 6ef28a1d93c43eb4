// SPDX-License-Identifier: Apache-2.0
#include "castner/props/pitzer.h"

#include "castner/numerics/scalar.h"
#include "castner/props/constants.h"
#include "castner/props/few_variables.h"

namespace castner::props {
namespace {

constexpr double kPitzerB = 1.2, kAlpha = 2.0;

template <class T>
struct Virial {
  T beta0, beta1, c;
};

// [silvester-pitzer-1977] with its temperature coefficients for NaCl; NaOH linear in temperature.
template <class T>
Virial<T> virial(Salt salt, const T& t) {
  const T d = t - kReferenceTemperature;
  if (salt == Salt::naoh) return {0.0864 + 7.0e-4 * d, 0.253 + 1.34e-4 * d, 0.0044 - 18.94e-5 * d};
  const T inverse = 1.0 / t - 1.0 / kReferenceTemperature;
  const T logarithm = log(t * (1.0 / kReferenceTemperature));
  const T squares = t * t - kReferenceTemperature * kReferenceTemperature;
  return {0.0765 - 777.03 * inverse - 4.4706 * logarithm + 0.008946 * d - 3.3158e-6 * squares,
          0.2664 + 6.1608e-5 * d + 1.0715e-6 * squares,
          0.00127 + 33.317 * inverse + 0.09421 * logarithm - 4.655e-5 * d};
}

template <class T>
T slope(const T& temperature) {  // fitted to .3767 .3915 .4103 .4603 at 0, 25, 50, 100 degC
  const T t = temperature - kZeroCelsius;
  return 0.3767 + (5.08e-4 + 3.28e-6 * t) * t;
}

template <class T>
T osmotic(Salt salt, const T& t, const T& m) {
  const auto v = virial(salt, t);
  const T root = sqrt(m);
  return 1.0 - slope(t) * root / (1.0 + kPitzerB * root) + m * (v.beta0 + v.beta1 * exp(root * -kAlpha)) + m * m * v.c;
}

template <class T>
T log_gamma(Salt salt, const T& t, const T& m) {
  const auto v = virial(salt, t);
  const T root = sqrt(m);
  const T electrostatic = root / (1.0 + kPitzerB * root) + (2.0 / kPitzerB) * log(1.0 + kPitzerB * root);
  // (beta1 / 2) (1 - (1 + 2 root - 2 m) e^(-2 root)): the factor m of the second virial term is already in.
  const T second = v.beta1 * 0.5 * (1.0 - (1.0 + 2.0 * root - 2.0 * m) * exp(root * -kAlpha));
  return -slope(t) * electrostatic + 2.0 * m * v.beta0 + second + 1.5 * m * m * v.c;
}

}  // namespace

template <class T>
T debye_hueckel_slope(const T& temperature) {
  return slope(temperature);
}
template <class T>
T osmotic_coefficient(Salt salt, const SaltState<T>& state) {
  return of_two(state.temperature, state.molality,
                [salt](const auto& t, const auto& m) { return osmotic(salt, t, m); });
}
template <class T>
T log_activity_coefficient(Salt salt, const SaltState<T>& state) {
  return of_two(state.temperature, state.molality,
                [salt](const auto& t, const auto& m) { return log_gamma(salt, t, m); });
}
template <class T>
T log_activity_water(Salt salt, const SaltState<T>& state) {
  return of_two(state.temperature, state.molality,
                [salt](const auto& t, const auto& m) { return m * osmotic(salt, t, m) * (-2.0 * kMolarMassWater); });
}

#define CASTNER_INSTANTIATE(T)                                    \
  template T debye_hueckel_slope(const T&);                       \
  template T osmotic_coefficient(Salt, const SaltState<T>&);      \
  template T log_activity_coefficient(Salt, const SaltState<T>&); \
  template T log_activity_water(Salt, const SaltState<T>&);
CASTNER_FOR_EACH_SCALAR(CASTNER_INSTANTIATE)
#undef CASTNER_INSTANTIATE

}  // namespace castner::props

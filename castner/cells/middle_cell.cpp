// SPDX-License-Identifier: Apache-2.0
#include "castner/cells/middle_cell.h"

#include <cmath>
#include <numbers>

#include "castner/cells/span.h"

namespace castner::cells {
namespace {

constexpr double kMiddleWander = 3e-3, kMiddleWanderTime = 6 * 3600.0;  // [V], [s]: guesses
constexpr double kDriftA = 0.2e-3 * 0.2e-3 / kDay;    // [V2/s]: 30 to 300 mV of a coating's life, years
constexpr double kDriftK = 0.04e-3 * 0.04e-3 / kDay;  // [(V m2/kA)2/s]: 3 % of 0.108 a year

// Both Tafel slopes together, 0.040 + 0.060 V a decade, 0.03 to 0.045 and some; docs/domain/electrolyser.md 2.2.
constexpr double kTafel = 0.100 / std::numbers::ln10, kTafelSd = 0.012 / std::numbers::ln10;  // [V]

// How a voltage goes with temperature [V/K] and strength [V], beside the resistance: E_rev and the electrodes, docs/domain/electrolyser.md 2.1.
constexpr double kRestPerKelvin = 1.1e-3 + kElectrodePerKelvin, kRestPerCaustic = 0.27;

}  // namespace

MiddleCell::MiddleCell(const Conditions& reference, const MeterSds& meters)
    : reference_(reference),
      meters_(meters),
      line_({0.17, kTafel, 0.110, 1e3 * kResistancePerKelvin, 1e3 * kResistancePerCaustic, 0.0},
            {0.1, kTafelSd, 0.04, 1e3 * kResistancePerKelvinSd, 1e3 * kResistancePerCausticSd, kMiddleWander}) {}

MiddleCell::Line::Vector MiddleCell::terms(const Conditions& now) const {
  const double j = now.current_density * 1e-3;
  return {1.0,
          electrode_course(now.current_density, reference_.current_density),
          j,
          -j * (now.temperature - reference_.temperature),
          j * (now.caustic - reference_.caustic),
          0.0};
}

void MiddleCell::measure(double seconds, const Conditions& now, double voltage, double sd) {
  const double keep = std::exp(-seconds / kMiddleWanderTime);
  line_.predict({1.0, 1.0, 1.0, 1.0, 1.0, keep}, {kDriftA * seconds, 0.0, kDriftK * seconds, 0.0, 0.0,
                                                  kMiddleWander * kMiddleWander * (1.0 - keep * keep)});
  auto h = terms(now);
  h.back() = 1.0;
  line_.measure(h, voltage - reversible_voltage(now) - warmer_electrodes(now), sd * sd);
  measured_ = true;
}

Figure MiddleCell::standard_voltage() const {
  const double j = reference_.current_density * 1e-3;
  auto h = terms(reference_);
  h.back() = 1.0;
  // What the meters do all the time does not average out: it moves the voltage at which the cell is thought to stand, by
  // what membranes do. The line's own a_T and a_w may be far from it where temperature moved with load alone.
  const double by_current = (line_[2] * j + kTafel) * meters_.current;
  const double by_temperature = (kRestPerKelvin + 1e3 * kResistancePerKelvin * j) * meters_.temperature;
  const double by_caustic = (kRestPerCaustic + 1e3 * kResistancePerCaustic * j) * meters_.caustic;
  return {reversible_voltage(reference_) + line_.value(h),
          std::sqrt(line_.variance(h) + by_current * by_current + by_temperature * by_temperature +
                    by_caustic * by_caustic)};
}

Figure MiddleCell::ohmic() const {
  const double by_current = line_[2] * 1e-3 * meters_.current,
               by_temperature = kResistancePerKelvin * meters_.temperature,
               by_caustic = kResistancePerCaustic * meters_.caustic;
  return {line_[2] * 1e-3, std::sqrt(1e-6 * line_.variance_of(2) + by_current * by_current +
                                     by_temperature * by_temperature + by_caustic * by_caustic)};
}

Figure MiddleCell::electrode() const {
  const double by_temperature = kRestPerKelvin * meters_.temperature, by_caustic = kRestPerCaustic * meters_.caustic;
  return {line_[0], std::sqrt(line_.variance_of(0) + by_temperature * by_temperature + by_caustic * by_caustic)};
}

double MiddleCell::ohmic_voltage(const Conditions& now) const {
  auto h = terms(now);
  h[0] = h[1] = 0.0;
  return line_.value(h);
}

double MiddleCell::electrode_voltage(const Conditions& now) const {
  auto h = terms(now);
  return h[0] * line_[0] + h[1] * line_[1] + warmer_electrodes(now);
}

double MiddleCell::expected(const Conditions& now) const {
  return reversible_voltage(now) + warmer_electrodes(now) + line_.value(terms(now));
}

double MiddleCell::warmer_electrodes(const Conditions& now) const {
  return -kElectrodePerKelvin * (now.temperature - reference_.temperature);
}

}  // namespace castner::cells

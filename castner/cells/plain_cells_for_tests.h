// SPDX-License-Identifier: Apache-2.0
/// Cells as simple as can be, for tests of one thing at a time: straight lines with white noise. The replay suite has others.
#pragma once

#include <algorithm>
#include <cmath>
#include <functional>
#include <random>
#include <string>
#include <vector>

#include "castner/cells/watch.h"

namespace castner::cells {

struct PlainCells {
  explicit PlainCells(int cells = 60, double seconds = 10.0, unsigned seed = 1)
      : seconds(seconds), chance(seed), own(static_cast<std::size_t>(cells)), ohmic(own.size()), voltages(own.size()) {
    for (double& x : own) x = 8e-3 * normal();
    for (double& x : ohmic) x = 3e-6 * normal();
  }
  double normal() { return std::normal_distribution<double>()(chance); }
  static constexpr double kArea = 2.7;

  double seconds;
  std::mt19937 chance;
  std::vector<double> own, ohmic, voltages;                                         ///< [V], [Ohm m2], [V]
  double time = 0.0;                                                                ///< [s]
  double noise = 1e-3;                                                              ///< [V]
  double voltmeter = 0.02;                                                          ///< its noise [V]
  std::function<double(double time)> current_density = [](double) { return 5e3; };  ///< [A/m2]
  std::function<double(int cell, double time, double j)> fault = [](int, double, double) { return 0.0; };  ///< [V]
  std::function<double(int cell, double time, double v)> read = [](int, double, double v) { return v; };
  std::function<void(Scan&)> also = [](Scan&) {};

  static double healthy(double j) { return j < 1.0 ? 0.0 : 2.25 + 0.0434 * std::asinh(j / 200.0) + 0.108e-3 * j; }
  Settings settings() const { return {.cells = static_cast<int>(own.size()), .area = kArea}; }

  void run(CellWatch& watch, double hours) {
    for (const double end = time + hours * 3600.0; time < end; time += seconds) {
      const double j = current_density(time);
      double sum = 0.0;
      for (std::size_t i = 0; i < own.size(); ++i) {
        const int cell = static_cast<int>(i);
        const double v = j < 1.0 ? 0.0 : healthy(j) + own[i] + ohmic[i] * j + fault(cell, time, j);
        sum += v;
        voltages[i] = std::round(read(cell, time, v + noise * normal()) * 1e4) / 1e4;
      }
      Scan row{.time = time, .current = j * kArea, .voltage = sum + voltmeter * normal()};
      row.cells = voltages;
      also(row);
      watch.step(row);
    }
  }
};

/// Day and night: full load, then 60 %, each with a ramp.
inline double day_and_night(double time) {
  const double hour = std::fmod(time / 3600.0, 24.0);
  const auto ramp = [&](double from) { return std::clamp((hour - from) * 4.0, 0.0, 1.0); };
  return 5.4e3 - 2.2e3 * ramp(8.0) + 2.2e3 * ramp(20.0);
}

/// What a watch has told, for a message.
inline std::string told(const CellWatch& w) {
  std::string all;
  for (const Diagnosis& f : w.findings()) {
    all += std::to_string(f.cell) + " " + std::string(name_of(f.cause)) + " " + std::to_string(f.probability) +
           " since " + std::to_string(f.since) + " told " + std::to_string(f.detected) + "\n";
    for (const auto& a : f.alternatives)
      all += "   or " + std::string(name_of(a.cause)) + " " + std::to_string(a.probability) + "\n";
    for (const auto& e : f.evidence)
      all += "   evidence " + std::to_string(static_cast<int>(e.kind)) + ": " + std::to_string(e.number.value) +
             " +- " + std::to_string(e.number.sd) + "\n";
  }
  return all;
}

}  // namespace castner::cells

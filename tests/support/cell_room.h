// SPDX-License-Identifier: Apache-2.0
/// The example plant cell_room as a reconciliation problem: its flowsheet, its held values, and noisy readings of its own
/// simulated state.
#pragma once

#include <fstream>
#include <iterator>
#include <random>
#include <stdexcept>
#include <string>
#include <vector>

#include "castner/plant_file/plant_file.h"
#include "castner/solve/reconcile.h"
#include "castner/solve/simulate.h"

namespace castner::testing {

struct CellRoomProblem {
  plant::Plant plant;
  std::vector<solve::Held> held;  ///< in reconcile
  std::vector<solve::LeakCandidate> leaks;
  std::vector<double> truth;  ///< simulated

  const EquationSystem& system() const { return *plant.flowsheet; }
  /// Every instrument's reading, normal errors of its sd.
  std::vector<solve::MeasuredValue> readings(unsigned seed) const {
    std::mt19937_64 random(seed);
    std::normal_distribution<double> normal;
    std::vector<solve::MeasuredValue> all;
    for (const auto& m : plant.measurements) {
      const double value = truth[static_cast<std::size_t>(m.variable)], sd = m.uncertainty.sd(value);
      all.push_back({m.variable, value + sd * normal(random), sd});
    }
    return all;
  }
};

inline CellRoomProblem cell_room(const std::string& root) {
  const std::string path = root + "/plants/cell_room/plant.toml";
  std::ifstream in(path);
  auto plant = plant_file::read_plant(std::string(std::istreambuf_iterator<char>(in), {}), path);
  if (!plant) throw std::runtime_error(plant.error().text());
  CellRoomProblem p{std::move(*plant), {}, {}, {}};
  std::vector<std::pair<int, double>> known(p.plant.parameters);
  for (const auto& s : p.plant.specifications) known.emplace_back(s.variable, s.value);
  std::vector<solve::Held> specified;
  for (const auto& [variable, value] : known) specified.push_back({variable, value});
  for (const auto& [variable, value] : p.plant.parameters) p.held.push_back({variable, value});
  for (const auto& s : p.plant.specifications)
    if (s.reconcile) p.held.push_back({s.variable, s.value});
  for (std::size_t u = 0; u < p.plant.units.size(); ++u)
    if (const int balance = p.plant.flowsheet->mass_balance(u); balance >= 0) p.leaks.push_back({balance});
  const auto simulated = solve::simulate(*p.plant.flowsheet, specified, p.plant.flowsheet->initialise(known));
  if (simulated.report.status != solve::Status::converged) throw std::runtime_error(simulated.report.advice.text);
  p.truth = simulated.x;
  return p;
}

}  // namespace castner::testing

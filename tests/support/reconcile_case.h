// SPDX-License-Identifier: Apache-2.0
/// A system with two sets of readings, the second a little later: what live watch and benchmarks solve warm.
#pragma once

#include <memory>
#include <random>
#include <utility>
#include <vector>

#include "castner/solve/reconcile.h"

namespace castner::testing {

struct ReconcileCase {
  std::unique_ptr<EquationSystem> system;
  std::vector<solve::MeasuredValue> first, next;
  std::vector<double> start;
};

/// The next readings are a tenth of their sd away.
/// @param start  shape (variables); without it, the readings, and 1 where there is none
inline ReconcileCase with_new_readings(std::unique_ptr<EquationSystem> system,
                                       std::vector<solve::MeasuredValue> readings, std::vector<double> start = {}) {
  ReconcileCase c{std::move(system), std::move(readings), {}, std::move(start)};
  std::mt19937_64 random(5);
  std::normal_distribution<double> normal;
  const bool given = !c.start.empty();
  if (!given) c.start.assign(c.system->variables().size(), 1.0);
  for (const auto& y : c.first) {
    if (!given) c.start[static_cast<std::size_t>(y.variable)] = y.value;
    c.next.push_back({y.variable, y.value + 0.1 * y.sd * normal(random), y.sd});
  }
  return c;
}

}  // namespace castner::testing

// SPDX-License-Identifier: Apache-2.0
/// A unit at rest, whatever it is: some of its variables are 0, and what flows in flows out as it is.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "castner/plant/layout.h"
#include "castner/plant/unit.h"

namespace castner::unit_models {

struct IdleUnit {
  std::vector<Variable> variables;
  std::vector<plant::Port> in, out;                       ///< of the mass balance
  std::vector<std::pair<std::size_t, std::size_t>> same;  ///< variables that are equal
  std::vector<std::size_t> zero;                          ///< variables that are 0
  std::vector<plant::Equation> equations;
  int mass_balance = -1;

  /// Everything in a stream leaves as it came but its flow, which the mass balances see to.
  void pass(const plant::Port& inlet, const plant::Port& outlet) {
    for (std::size_t k = 1; k < inlet.count(); ++k) same.emplace_back(inlet.first + k, outlet.first + k);
  }

  /// After all is said: names in the order of residual().
  void name_equations() {
    if (!in.empty()) {
      mass_balance = 0;
      equations.push_back({"mass balance", 1.0});
    }
    for (const auto& [a, b] : same) equations.push_back({"idle: unchanged " + variables[a].name, variables[a].nominal});
    for (const std::size_t z : zero)
      equations.push_back({"idle: " + variables[z].name + " is 0", variables[z].nominal});
  }

  template <class T>
  bool residual(std::span<const T> x, std::span<T> r) const {
    std::size_t e = 0;
    if (!in.empty()) {
      r[0] = T(0.0);
      for (const auto& p : in) r[0] += x[p.flow_mass()];
      for (const auto& p : out) r[0] -= x[p.flow_mass()];
      ++e;
    }
    for (const auto& [a, b] : same) r[e++] = x[a] - x[b];
    for (const std::size_t z : zero) r[e++] = x[z];
    return true;
  }
};

}  // namespace castner::unit_models

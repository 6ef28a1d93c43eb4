// SPDX-License-Identifier: Apache-2.0
#include "castner/assess/at_bound.h"

#include <cmath>

namespace castner::assess {
namespace {

constexpr double kZero = 1e-6;  // of the nominal size

}  // namespace

bool ends_at_bound(const plant::Plant& plant, const State& state, int variable) {
  const auto v = static_cast<std::size_t>(variable);
  const auto& e = state.reconciliation.estimates[v];
  return e.at_bound && !e.held && std::abs(e.value) > kZero * plant.flowsheet->variables()[v].nominal;
}

}  // namespace castner::assess

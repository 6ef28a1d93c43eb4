// SPDX-License-Identifier: Apache-2.0
#include "castner/assess/assessment.h"

namespace castner::assess {

std::optional<double> smallest_seen(const State& state, const Instrument& i) {
  const auto& all = state.reconciliation.smallest_seen;
  return i.reading >= 0 && static_cast<std::size_t>(i.reading) < all.size() ? all[static_cast<std::size_t>(i.reading)]
                                                                            : std::nullopt;
}

}  // namespace castner::assess

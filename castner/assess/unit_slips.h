// SPDX-License-Identifier: Apache-2.0
/// Readings that the balances accuse and that would be right in another unit.
#pragma once

#include <vector>

#include "castner/assess/assessment.h"

namespace castner::assess {

/// Of the accused, of those that may be wrong as well, and of those left out as impossible.
[[nodiscard]] std::vector<UnitSlip> unit_slips(const plant::Plant&, const State&);
/// Where no accusation can be solved for: of all readings, against an estimate in which what is far off counts little.
[[nodiscard]] std::vector<UnitSlip> unit_slips(const plant::Plant&, const State&, const solve::Reconciliation& robust);
/// Whether the accusations leave open what the truth is.
[[nodiscard]] bool truth_open(const solve::Reconciliation&);

/// Adds them to the state, each with its question among the warnings.
void tell_unit_slips(State&, std::vector<UnitSlip>);

}  // namespace castner::assess

// SPDX-License-Identifier: Apache-2.0
/// Whether the answer of a solver can be the plant's. Where readings and balances are wide apart, what comes nearest may be no
/// state of any plant, and whoever is accused for it is likely sound.
#pragma once

#include "castner/assess/assessment.h"

namespace castner::assess {

/// Of each variable; infinite where nothing observes it.
std::vector<double> sd_of_estimates(const solve::Reconciliation&);

/// Whether the balances are so far from closing that whatever comes out is likely no state of the plant.
bool nowhere_near(const solve::GlobalTest&);

/// Takes an answer back, with the reason as advice, if
///  - with every reading the balances are nowhere near closing, and a unit that runs lacks what it cannot run without; or
///  - without the accused they are nowhere near either, and an estimate is where it cannot be, or beyond what is known.
/// Not where whoever is accused had to be kept, as nothing would check the rest: that may well be it.
void refuse_incredible(const plant::Plant&, State&);

}  // namespace castner::assess

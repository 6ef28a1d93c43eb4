// SPDX-License-Identifier: Apache-2.0
/// Which losses and indicators rest on an instrument, or a unit, that is suspected in the same data.
///
/// A reading that counts in the balances carries its error into them. How far a mean follows a reading is known
/// (assess::Follows), and a suspicion says how far the reading would be off; their product is the part of the mean that the
/// error would have made.
///  - A loss rests on it where without that part less than half of it is left, or nothing that stands clear of its uncertainty;
///    and a loss of a unit on the suspicion that this unit loses or gains material.
///  - An indicator rests on it where that part is larger than twice its sd.
/// An instrument that was set aside in all windows carries nothing.
#pragma once

#include "castner/insight/finding.h"

namespace castner::insight {

/// Fills `rests_on` and `open` of what was judged, and those of the findings about losses.
void find_what_rests_on_suspicions(Judged&);

/// Whether a finding's money is no fact: it rests on a suspicion, or the balances do not close.
bool doubtful(const Finding&);

}  // namespace castner::insight

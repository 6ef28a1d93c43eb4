// SPDX-License-Identifier: Apache-2.0
/// From signs to causes: which causes are likely, and which sign that is not seen yet would tell the likeliest two apart.
#pragma once

#include <array>
#include <optional>

#include "castner/cells/cause.h"
#include "castner/cells/signs.h"

namespace castner::cells {

/// Probability of each cause, `unknown` among them; together 1.
/// @param elsewhere  how likely another cell of the electrolyser leaks meanwhile, and moves its analyses [1]
std::array<double, kCauses> probabilities(const Signs&, double elsewhere);

/// The sign that would best tell two causes apart, of those not seen; nullopt where none would.
std::optional<Sign> telling_sign(const Signs&, Cause, Cause);
/// Whether load has moved too little for the ohmic share, and the share would tell the two apart.
bool load_would_tell(const Signs&, Cause, Cause);

}  // namespace castner::cells

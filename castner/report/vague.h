// SPDX-License-Identifier: Apache-2.0
/// Estimates that say nothing, though the balances tell them: 15 ± 55 degC of a pipe without a thermometer.
#pragma once

#include <string_view>

namespace castner::report {

/// Whether a value's sd is larger than the range that would be of use: a guess for each kind of quantity.
///  - a temperature: 20 K;   - a share or a ratio (unit "1"): 0.2, above 1 of its value;
///  - anything else: its own size, where that is no small part (a tenth) of its typical size.
/// @param unit  SI   @param nominal  the typical size of the variable
bool too_vague(std::string_view unit, double value, double sd, double nominal);

}  // namespace castner::report

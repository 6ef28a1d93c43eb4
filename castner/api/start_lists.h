// SPDX-License-Identifier: Apache-2.0
/// The lists that the page Start picks from: models with their ports and parameters, contents, and what can be measured of each.
#pragma once

#include <string>
#include <vector>

#include "castner/base/json_writer.h"
#include "castner/words/text.h"

namespace castner::api {

/// "mass_frac.NaOH" in words; a name without a row is shown as it is.
std::string quantity_words(const words::Words&, const std::string& name);
/// Names of the quantities that may be in this unit, the guess first, then what is often metered; none where it is no unit.
std::vector<std::string> quantities_in(const std::string& unit, const std::string& guess);
/// As the keys "models" and "contents".
void write_choices(JsonWriter&, const words::Words&);

}  // namespace castner::api

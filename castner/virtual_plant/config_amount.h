// SPDX-License-Identifier: Apache-2.0
/// Amounts with units out of a TOML file: "2 s", "60 mV", "5 %".
#pragma once

#include <optional>
#include <string>

#include "castner/base/config.h"
#include "castner/base/quantity.h"

namespace castner::virtual_plant {

/// The value of a node in SI, where it has the dimension of `unit`; a bare number where that is 1. Otherwise a problem.
std::optional<double> amount(Section&, const ConfigNode&, const std::string& key, const std::string& unit,
                             const char* example);
/// The same of a key; nothing, and no problem, where it is absent.
std::optional<double> amount(Section&, const char* key, const std::string& unit, const char* example);
/// Likewise into `place`, inside least..most [SI].
void read_amount(Section&, const char* key, const std::string& unit, const char* example, double least, double most,
                 double& place);

}  // namespace castner::virtual_plant

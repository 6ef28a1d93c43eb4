// SPDX-License-Identifier: Apache-2.0
/// Every unit model that plant.toml may name.
#pragma once

#include <span>
#include <string_view>

#include "castner/plant/model.h"

namespace castner::unit_models {

std::span<const plant::ModelInfo> all_models();              ///< in the order of the list in models.cpp
const plant::ModelInfo* model_named(std::string_view name);  ///< null where there is none

}  // namespace castner::unit_models

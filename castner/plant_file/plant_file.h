// SPDX-License-Identifier: Apache-2.0
/// plant.toml to a plant, with every problem named: its line, what is wrong, and the cure.
#pragma once

#include <string>
#include <string_view>

#include "castner/base/error.h"
#include "castner/plant/plant.h"

namespace castner::plant_file {

/// Reads a plant file. Opens nothing: `text` is its content and `file` the name for messages.
[[nodiscard]] Result<plant::Plant> read_plant(std::string_view text, const std::string& file);

}  // namespace castner::plant_file

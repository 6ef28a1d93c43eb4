// SPDX-License-Identifier: Apache-2.0
/// The sketch of a plant that the page Start sends.
#pragma once

#include <string_view>

#include "castner/base/error.h"
#include "castner/plant_file/sketch.h"

namespace castner::api {

/// Every field that is no text, list or object where it should be, at once; unknown fields are left alone. Pipes' ends are
/// "" (outside), "N1", "E1.anolyte" or "every electrolyser.anolyte".
[[nodiscard]] Result<plant_file::Sketch> read_sketch(std::string_view body);

}  // namespace castner::api

// SPDX-License-Identifier: Apache-2.0
/// The flow picture as data: units, streams and instruments with their newest values and their places in a drawing.
#pragma once

#include <string>

#include "castner/service/live_state.h"

namespace castner::api {

/// The answer of GET /api/v1/plant.
std::string plant_picture(const service::LiveState&);

}  // namespace castner::api

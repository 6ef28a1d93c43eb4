// SPDX-License-Identifier: Apache-2.0
/// The flow picture as data: units, streams and instruments with their newest values and their places in a drawing.
#pragma once

#include <string>

#include "castner/service/live_state.h"
#include "castner/words/text.h"

namespace castner::api {

/// The answer of GET /api/v1/plant, what it warns of in the language asked for.
std::string plant_picture(const service::LiveState&, words::Language);

}  // namespace castner::api

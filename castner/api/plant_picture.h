// SPDX-License-Identifier: Apache-2.0
/// The flow picture as data: units, streams and instruments with their newest values and their places in a drawing.
#pragma once

#include <string>

#include "castner/base/json_writer.h"
#include "castner/service/live_state.h"

namespace castner::api {

/// The answer of GET /api/v1/plant.
std::string plant_picture(const service::LiveState&);

/// `name` without "unit." before it, where it starts so; else "".
std::string_view after_name(std::string_view path, std::string_view name);

/// `{"value","sd","unit"}`
void write_amount(JsonWriter&, const assess::Amount&);
void write_amounts(JsonWriter&, const std::map<std::string, assess::Amount>&);
/// Of the last good balance, or null.
const assess::State* good_state(const service::LiveState&);
/// "made", "from", "to" of the last good balance, null before it.
void write_times(JsonWriter&, const service::LiveAssessment*);

}  // namespace castner::api

// SPDX-License-Identifier: Apache-2.0
/// The flow picture as data: units, streams and instruments with their newest values and their places in a drawing.
#pragma once

#include <string>

#include "castner/ops/live_state.h"

namespace castner::api {

/// The answer of GET /api/v1/plant.
std::string plant_picture(const ops::LiveState&);

/// `name` without "unit." before it, where it starts so; else "".
std::string_view after_name(std::string_view path, std::string_view name);

class JsonText;
/// `{"value","sd","unit"}`
void write_amount(JsonText&, const ops::Amount&);
void write_amounts(JsonText&, const std::map<std::string, ops::Amount>&);
/// Of the last good balance, or null.
const ops::State* good_state(const ops::LiveState&);
/// "made", "from", "to" of the last good balance, null before it.
void write_times(JsonText&, const ops::LiveAssessment*);

}  // namespace castner::api

// SPDX-License-Identifier: Apache-2.0
/// What several answers tell of the last good balance: its state, its times, its numbers with their uncertainty.
#pragma once

#include <map>
#include <string>

#include "castner/base/json_writer.h"
#include "castner/service/live_state.h"

namespace castner::api {

/// Of the last good balance, or null.
const assess::State* good_state(const service::LiveState&);

/// `{"value","sd","unit"}`
void write_amount(JsonWriter&, const assess::Amount&);
void write_amounts(JsonWriter&, const std::map<std::string, assess::Amount>&);
/// "made", "from", "to" of a balance, null where there is none.
void write_times(JsonWriter&, const service::LiveAssessment*);
/// `{"unit","idle","since","stops"}`; null where nothing is known of it.
/// @param unit  of plant.units; there is a plant
void write_unit_state(JsonWriter&, const service::LiveState&, std::size_t unit);
/// `[{"unit","from","to"}]`
void write_stops(JsonWriter&, const plant::Plant&, const std::vector<assess::Outage>&);

}  // namespace castner::api

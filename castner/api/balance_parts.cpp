// SPDX-License-Identifier: Apache-2.0
#include "castner/api/balance_parts.h"

namespace castner::api {

const assess::State* good_state(const service::LiveState& s) {
  if (!s.last_good || s.last_good->assessment.windows.empty()) return nullptr;
  const auto& state = s.last_good->assessment.windows.back().state;
  return state ? &*state : nullptr;
}

void write_amount(JsonWriter& json, const assess::Amount& a) {
  json.object().field("value", a.value).field("sd", a.sd).field("unit", a.unit).end_object();
}

void write_amounts(JsonWriter& json, const std::map<std::string, assess::Amount>& all) {
  json.object();
  for (const auto& [path, amount] : all) {
    json.key(path);
    write_amount(json, amount);
  }
  json.end_object();
}

void write_times(JsonWriter& json, const service::LiveAssessment* made) {
  if (made)
    json.field("made", made->made).field("from", made->from).field("to", made->to);
  else
    json.null_field("made").null_field("from").null_field("to");
}

void write_unit_state(JsonWriter& json, const service::LiveState& s, std::size_t unit) {
  if (unit >= s.units.size()) {
    json.null();
    return;
  }
  const auto& state = s.units[unit];
  json.object().field("unit", s.plant->units[unit].name).field("idle", state.idle).field("since", state.since);
  json.key("stops");
  write_stops(json, *s.plant, state.stops);
  json.end_object();
}

void write_stops(JsonWriter& json, const plant::Plant& plant, const std::vector<assess::Outage>& stops) {
  json.array();
  for (const auto& stop : stops)
    json.object()
        .field("unit", plant.units[static_cast<std::size_t>(stop.unit)].name)
        .field("from", stop.from)
        .field("to", stop.to)
        .end_object();
  json.end_array();
}

}  // namespace castner::api

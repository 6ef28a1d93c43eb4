// SPDX-License-Identifier: Apache-2.0
// The stream of changes to pages that are open, on one thread for all readers:
//  1. reserve and give_back count the readers, at most as many as the options allow; add puts a new reader on a list.
//  2. run: at each pace the new readers join the others, and tell_all compares each with the newest LiveState.
//  3. news: the latest readings of its tags that differ from those it was told, the balance if it changed, the counts
//     of health if they did. A fresh reader is told everything.
//  4. At each heartbeat it is asked whether the reader still may read; one that may not, is gone or too slow, is closed
//     and erased.
#include "castner/api/feed.h"

#include <algorithm>
#include <cmath>
#include <map>

#include "castner/api/api.h"
#include "castner/base/json_writer.h"
#include "castner/base/survive.h"
#include "castner/readings/same.h"

namespace castner::api {
namespace {

using readings::Reading;

std::string event(const char* name, const std::string& json) {
  return std::string("event: ") + name + "\ndata: " + json + "\n\n";
}

std::string balance_news(const service::LiveState& state) {
  JsonWriter json;
  json.object();
  const auto* last = state.last_good ? state.last_good.get() : nullptr;
  if (last) {
    json.field("made", last->made).field("from", last->from).field("to", last->to);
  } else {
    json.null_field("made").null_field("from").null_field("to");
  }
  json.field("status", last ? "converged" : "none").text_or_null("not_reconciled", state.not_reconciled).end_object();
  return json.take();
}

}  // namespace

const char* quality_name(readings::StatusCode status) {
  switch (readings::quality_of(status)) {
    case readings::Quality::good: return "good";
    case readings::Quality::uncertain: return "uncertain";
    default: return "bad";
  }
}

void write_value(JsonWriter& json, const readings::Value& value, const Conversion& convert) {
  const bool as_is = convert.scale == 1.0 && convert.offset == 0.0;
  if (const auto* d = std::get_if<double>(&value))
    json.value(convert(*d));
  else if (const auto* i = std::get_if<std::int64_t>(&value))
    as_is ? json.value(*i) : json.value(convert(static_cast<double>(*i)));
  else if (const auto* b = std::get_if<bool>(&value))
    json.value(*b);
  else
    json.value(std::get<std::string>(value));
}

void write_latest(JsonWriter& json, const historian::Tag& tag, const std::optional<Reading>& reading,
                  const Conversion& convert) {
  json.object().field("tag", tag.name).key("value");
  if (!reading) {
    json.null()
        .field("unit", convert.unit)
        .null_field("quality")
        .null_field("status")
        .null_field("time")
        .null_field("arrival")
        .end_object();
    return;
  }
  write_value(json, reading->value, convert);
  if (const auto* d = std::get_if<double>(&reading->value); d && !std::isfinite(*d))
    json.field("not_finite", std::isnan(*d) ? "NaN" : *d > 0 ? "Infinity" : "-Infinity");
  json.field("unit", convert.unit)
      .field("quality", quality_name(reading->status))
      .field("status", static_cast<std::int64_t>(reading->status))
      .field("time", reading->time)
      .field("arrival", reading->arrival)
      .end_object();
}

std::string health_counts(const service::LiveState& state) {
  using sources::Health;
  std::int64_t source[3] = {}, tag[3] = {}, lonely = 0;
  for (const auto& [name, s] : state.sources) {
    ++source[static_cast<int>(s.health)];
    for (const auto& [tag_name, t] : s.tags) ++tag[static_cast<int>(t.health)];
  }
  if (state.plant)
    for (const auto& m : state.plant->measurements)
      lonely += std::none_of(state.sources.begin(), state.sources.end(),
                             [&](const auto& s) { return s.second.tags.contains(m.tag); });
  const auto ok = static_cast<int>(Health::ok), late = static_cast<int>(Health::late),
             down = static_cast<int>(Health::down);
  JsonWriter json;
  json.object().key("tags").object();
  json.field("total", tag[0] + tag[1] + tag[2] + lonely)
      .field("ok", tag[ok])
      .field("late", tag[late])
      .field("down", tag[down]);
  json.field("without_source", lonely).end_object().key("sources").object();
  json.field("ok", source[ok]).field("late", source[late]).field("down", source[down]).end_object().end_object();
  return json.take();
}

Feed::Feed(const Backend& backend, const ApiOptions& options)
    : backend_(backend), options_(options), thread_([this](const std::stop_token& stop) { run(stop); }) {}

Feed::~Feed() {
  thread_.request_stop();
  thread_.join();
  for (auto* list : {&readers_, &added_})
    for (auto& reader : *list) reader.stream->close();
}

bool Feed::reserve() {
  const std::lock_guard lock(mutex_);
  if (places_ >= options_.streams) return false;
  ++places_;
  return true;
}
void Feed::give_back() {
  const std::lock_guard lock(mutex_);
  --places_;
}
std::size_t Feed::streams() const {
  const std::lock_guard lock(mutex_);
  return places_;
}

void Feed::add(Subscription what, std::shared_ptr<http::EventStream> stream) {
  stream->send(": hello\n\n");
  Reader reader{
      .what = std::move(what), .stream = std::move(stream), .told = {}, .last = {}, .not_reconciled = {}, .health = {}};
  reader.told.resize(reader.what.tags.size());
  const std::lock_guard lock(mutex_);
  added_.push_back(std::move(reader));
}

void Feed::run(const std::stop_token& stop) {
  auto next_heartbeat = backend_.clock.uptime();
  do {
    const bool heartbeat = backend_.clock.uptime() >= next_heartbeat;
    if (heartbeat) next_heartbeat = backend_.clock.uptime() + options_.stream_heartbeat;
    (void)survive("telling the streams", [&] { tell_all(heartbeat); });
  } while (backend_.clock.sleep_for(options_.stream_pace, stop));
}

void Feed::tell_all(bool heartbeat) {
  {
    const std::lock_guard lock(mutex_);
    readers_.splice(readers_.end(), added_);
  }
  if (readers_.empty()) return;
  const auto state = backend_.live();
  const TagUnits units(state->plant);
  const std::string health = health_counts(*state);
  for (auto it = readers_.begin(); it != readers_.end();) {
    bool stays = false;  // where something is thrown meanwhile: a page asks again
    (void)survive("telling a stream", [&] {
      std::string text = news(*it, *state, units, health);
      if (heartbeat) text += ": here\n\n";
      stays = !heartbeat || !it->what.may_go_on || it->what.may_go_on();
      // An empty send still asks whether the reader is there.
      if (stays) stays = it->stream->send(text);
    });
    if (stays) {
      ++it;
      continue;
    }
    it->stream->close();
    it = readers_.erase(it);
    give_back();
  }
}

std::string Feed::news(Reader& reader, const service::LiveState& state, const TagUnits& units,
                       const std::string& health) const {
  std::string text;
  std::vector<historian::TagId> ids;
  for (const auto& tag : reader.what.tags) ids.push_back(tag.id);
  if (const auto now = backend_.store.latest(ids); now && !ids.empty()) {
    JsonWriter json;
    bool any = reader.fresh;
    json.object().field("time", backend_.clock.now()).key("values").array();
    for (std::size_t i = 0; i < ids.size(); ++i) {
      const auto &next = (*now)[i], &told = reader.told[i];
      const bool same = next.has_value() == told.has_value() && (!next || readings::same_reading(*next, *told));
      if (same && !reader.fresh) continue;
      write_latest(json, reader.what.tags[i], next, units.of(reader.what.tags[i], reader.what.si));
      any = true;
    }
    json.end_array().end_object();
    reader.told = *now;
    if (any) text += event("latest", json.text());
  }
  if (reader.fresh || state.last_good != reader.last || state.not_reconciled != reader.not_reconciled) {
    text += event("reconciliation", balance_news(state));
    reader.last = state.last_good;
    reader.not_reconciled = state.not_reconciled;
  }
  if (reader.health != health) {
    text += event("sources", health);
    reader.health = health;
  }
  reader.fresh = false;
  return text;
}

}  // namespace castner::api

// SPDX-License-Identifier: Apache-2.0
// Routes of what people keep beside the readings: saved views of trends, and marks on the time axis.
#include "castner/api/call.h"
#include "castner/api/history_request.h"
#include "castner/api/json_read.h"
#include "castner/base/decimal.h"
#include "castner/base/rfc3339.h"
#include "castner/readings/time_zone.h"

namespace castner::api {
namespace {

using people::Role, people::TimeMark, people::View;

constexpr std::size_t kSmallNote = 8 * 1024;

bool is_administrator(const Call& call) { return call.caller.role == Role::administrator; }

void write_view(JsonWriter& json, const View& v, const Call& call) {
  json.object().field("id", v.id).field("name", v.name).field("owner", v.owner).field("shared", v.shared);
  json.field("mine", v.owner == call.caller.name || (v.shared && is_administrator(call)));
  json.field("query", v.query).end_object();
}

/// An open server is read only: views and marks are those of people with an account.
http::Response needs_a_name() { return http::problem(401, "sign in to keep views and marks"); }

/// "2026-11-29T10:00:00Z exchange: FI-2004 changed"
std::string told(const TimeMark& m) { return rfc3339(m.time) + " " + m.kind + ": " + m.text; }

http::Response views(Call& call) {
  const auto all = call.backend.records.notes.views(call.caller.name);
  if (!all) return http::problem(all.error());
  JsonWriter json;
  json.object().key("views").array();
  for (const auto& v : *all) write_view(json, v, call);
  json.end_array().end_object();
  return json_response(std::move(json));
}

http::Response keep_view(Call& call) {
  if (call.caller.open) return needs_a_name();
  const auto fields = read_fields(call.request, {{"name"}, {"query"}, {"shared", Field::Kind::boolean, false}});
  if (!fields) return http::problem(fields.error());
  const bool shared = fields->boolean("shared").value_or(false);
  if (shared && call.caller.role == Role::viewer) return http::problem(403, "sharing a view needs the role operator");
  const auto kept = call.backend.records.notes.keep({.id = 0,
                                                     .name = *fields->text("name"),
                                                     .owner = call.caller.name,
                                                     .shared = shared,
                                                     .query = *fields->text("query")});
  if (!kept) return http::problem(kept.error());
  note(call, kept->shared ? "view.shared" : "view.kept", kept->name);
  JsonWriter json;
  write_view(json, *kept, call);
  return json_response(std::move(json), 201);
}

http::Response delete_view(Call& call) {
  if (call.caller.open) return needs_a_name();
  const auto id = plain_number<std::int64_t>(call.parameters[0]);
  if (!id) return http::problem(404, "a view has a number");
  const auto gone = call.backend.records.notes.remove_view(*id, call.caller.name, is_administrator(call));
  if (!gone) return http::problem(gone.error());
  if (!*gone) return http::problem(404, "there is no view with this number that you may remove");
  note(call, "view.removed", (*gone)->name);
  return nothing();
}

void write_mark(JsonWriter& json, const TimeMark& m, const Call& call) {
  json.object().field("id", m.id).field("time", m.time).field("kind", m.kind).field("text", m.text).field("who", m.who);
  json.field("mine", m.who == call.caller.name || is_administrator(call)).end_object();
}

http::Response marks(Call& call) {
  const auto span = read_span(call.target, call.backend.clock.now());
  if (!span) return http::problem(span.error());
  const auto all = call.backend.records.notes.marks(span->from, span->to);
  if (!all) return http::problem(all.error());
  JsonWriter json;
  json.object().key("marks").array();
  for (const auto& m : *all) write_mark(json, m, call);
  json.end_array().end_object();
  return json_response(std::move(json));
}

http::Response add_mark(Call& call) {
  const auto fields = read_fields(call.request, {{"time"}, {"kind"}, {"text"}});
  if (!fields) return http::problem(fields.error());
  const auto time = readings::parse_time(*fields->text("time"), std::nullopt);
  if (!time) return http::problem(Error{ErrorCode::bad_input, {{"time", "is not a time", "2026-11-23T14:32:05Z"}}});
  const auto made = call.backend.records.notes.add(
      {.id = 0, .time = *time, .kind = *fields->text("kind"), .text = *fields->text("text"), .who = call.caller.name});
  if (!made) return http::problem(made.error());
  note(call, "mark.added", told(*made));
  JsonWriter json;
  write_mark(json, *made, call);
  return json_response(std::move(json), 201);
}

http::Response delete_mark(Call& call) {
  const auto id = plain_number<std::int64_t>(call.parameters[0]);
  if (!id) return http::problem(404, "a mark has a number");
  const auto gone = call.backend.records.notes.remove_mark(*id, call.caller.name, is_administrator(call));
  if (!gone) return http::problem(gone.error());
  if (!*gone) return http::problem(404, "there is no mark with this number that you may remove");
  note(call, "mark.removed", told(**gone));
  return nothing();
}

}  // namespace

void add_note_routes(Router& router) {
  router.add("GET", "/api/v1/views", {Role::viewer, views});
  router.add("POST", "/api/v1/views", {Role::viewer, keep_view, kSmallNote});
  router.add("DELETE", "/api/v1/views/{id}", {Role::viewer, delete_view});
  router.add("GET", "/api/v1/marks", {Role::viewer, marks});
  router.add("POST", "/api/v1/marks", {Role::operates, add_mark, kSmallNote});
  router.add("DELETE", "/api/v1/marks/{id}", {Role::operates, delete_mark});
}

}  // namespace castner::api

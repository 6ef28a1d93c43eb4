// SPDX-License-Identifier: Apache-2.0
// Balances of windows in the past: asked for, watched, stopped.
#include "castner/api/call.h"
#include "castner/api/history_request.h"
#include "castner/base/rfc3339.h"
#include "castner/service/past_balances.h"

namespace castner::api {
namespace {

using people::Role;

http::Response progress(const service::PastBalances& past, int status = 200) {
  const auto p = past.progress();
  const bool asked = p.state != service::PastProgress::State::none;
  JsonWriter json;
  json.object().field("state", service::past_state_name(p.state));
  json.field("from", asked ? std::optional(p.from) : std::nullopt)
      .field("to", asked ? std::optional(p.to) : std::nullopt);
  json.field("windows", p.windows).field("looked_at", p.looked_at).field("had_one", p.had_one);
  json.field("balanced", p.balanced).field("without_answer", p.without_answer).text_or_null("error", p.error);
  json.end_object();
  return json_response(std::move(json), status);
}

http::Response no_past() { return http::problem(503, "this server makes no balances of the past"); }

http::Response look(Call& call) { return call.backend.past ? progress(*call.backend.past) : no_past(); }

http::Response ask(Call& call) {
  auto* past = call.backend.past;
  if (!past) return no_past();
  const auto span = read_span(call.target, call.backend.clock.now());
  if (!span) return http::problem(span.error());
  if (const auto done = past->ask(span->from, span->to); !done) return http::problem(done.error());
  note(call, "past.asked", rfc3339(span->from) + " to " + rfc3339(span->to));
  return progress(*past, 202);
}

http::Response stop(Call& call) {
  auto* past = call.backend.past;
  if (!past) return no_past();
  if (const auto done = past->give_up(); !done) return http::problem(done.error());
  note(call, "past.stopped", "");
  return progress(*past);
}

}  // namespace

void add_past_routes(Router& router) {
  router.add("GET", "/api/v1/balances", {Role::viewer, look});
  router.add("POST", "/api/v1/balances", {Role::engineer, ask});
  router.add("DELETE", "/api/v1/balances", {Role::engineer, stop});
}

}  // namespace castner::api

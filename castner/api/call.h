// SPDX-License-Identifier: Apache-2.0
/// One request on its way: who asks, what exactly, and all that an answer may need.
#pragma once

#include <atomic>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "castner/api/api.h"
#include "castner/api/feed.h"
#include "castner/api/guard.h"
#include "castner/api/sign_in_gate.h"
#include "castner/api/waiting_workers.h"
#include "castner/api/writer.h"
#include "castner/base/json_writer.h"
#include "castner/cell_room/room_watch.h"
#include "castner/http/problem_details.h"
#include "castner/http/router.h"
#include "castner/service/awaited_work.h"
#include "castner/words/text.h"

namespace castner::api {

/// State that all requests share.
struct Services {
  Services(Backend b, ApiOptions o)
      : backend(std::move(b)),
        options(std::move(o)),
        guard(backend, options),
        feed(backend, options),
        writer(backend, options),
        awaited_work(options.awaited) {}
  Backend backend;
  ApiOptions options;
  Guard guard;
  Feed feed;
  Writer writer;
  SignInGate sign_in_gate;
  std::mutex assessing;  ///< held while a balance is made that somebody asked for
  service::AwaitedWork awaited_work;
  WaitingWorkers waiting_workers;
  std::atomic<std::size_t> unpacked{0};  ///< bytes of the bodies that are unpacked now
  std::atomic<const http::HttpServer*> server{nullptr};
};

struct Call {
  http::Request& request;
  const http::Target& target;
  const std::vector<std::string>& parameters;
  const Caller& caller;
  Services& services;
  Backend& backend = services.backend;
};

/// The target of a route.
struct Handler {
  std::optional<people::Role> role;  ///< who may; empty: everyone, signed in or not
  std::function<http::Response(Call&)> answer;
  std::size_t body_limit = 0;  ///< [bytes]
};
using Router = http::Router<Handler>;

inline http::Response json_response(JsonWriter&& json, int status = 200) {
  return {.status = status,
          .headers = {{"Content-Type", "application/json"}},
          .body = json.take(),
          .shared = {},
          .stream = {}};
}
inline http::Response nothing() { return {.status = 204, .headers = {}, .body = {}, .shared = {}, .stream = {}}; }

/// An entry of the audit trail of what somebody did, or the caller. Where it cannot be kept, the answer stays as it is.
inline void note_of(std::string_view who, const Call& call, std::string_view what, std::string_view detail,
                    people::Room room = people::Room::free) {
  (void)call.backend.records.audit.note(who, what, detail, call.request.address, room);
}
inline void note(const Call& call, std::string_view what, std::string_view detail,
                 people::Room room = people::Room::free) {
  note_of(call.caller.name, call, what, detail, room);
}

/// `lang=zh`; English where it is left out; bad_input for others.
Result<words::Language> language_of(const http::Target&);

void add_server_routes(Router&);
void add_plant_routes(Router&);
void add_history_routes(Router&);
void add_past_routes(Router&);
void add_start_routes(Router&, const ApiOptions&);
void add_write_routes(Router&, const ApiOptions&);
void add_people_routes(Router&);
void add_note_routes(Router&);
void add_cell_routes(Router&);
/// How the cells are in a few numbers, as field `cells`; null where none are watched.
void write_cell_summary(JsonWriter&, const Call&, const words::Words&);
/// What was found of a cell, as an element of an array of findings.
void write_urgent_cell(JsonWriter&, const cell_room::RoomAnswer&, const words::Words&, const cell_room::CellFinding&);

}  // namespace castner::api

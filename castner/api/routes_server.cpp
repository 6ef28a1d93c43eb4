// SPDX-License-Identifier: Apache-2.0
// How the server itself is: /healthz and /metrics; and the word that a deletion waits for.
#include "castner/api/call.h"
#include "castner/base/survive.h"

namespace castner::api {
namespace {

using people::Role;

http::Response health(Call& call) {
  const bool well = call.backend.live()->storage_error.empty() && call.backend.store.health().last_error.empty();
  const bool whole = call.backend.records.damage().empty();
  JsonWriter json;
  json.object().field("status", !well ? "storage" : whole ? "ok" : "records");
  json.field("deletion_waits", call.backend.live()->deletion_waits.has_value()).end_object();
  return json_response(std::move(json), well && whole ? 200 : 503);
}

void metric(std::string& out, const char* name, const char* type, const char* help, double value) {
  const std::string full = std::string("castner_") + name;
  out +=
      "# HELP " + full + " " + help + "\n# TYPE " + full + " " + type + "\n" + full + " " + number_text(value) + "\n";
}

/// A label's value as Prometheus wants it.
std::string label(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '\\' || c == '"') out += '\\';
    if (c == '\n')
      out += "\\n";
    else
      out += c;
  }
  return out;
}

http::Response metrics(Call& call) {
  const auto state = call.backend.live();
  const auto store = call.backend.store.health();
  std::string out;
  const auto counter = [&](const char* name, const char* help, std::uint64_t v) {
    metric(out, name, "counter", help, static_cast<double>(v));
  };
  const auto gauge = [&](const char* name, const char* help, double v) { metric(out, name, "gauge", help, v); };
  counter("readings_stored_total", "Readings made durable since the start.", store.acknowledged);
  counter("readings_refused_total", "Readings of sources left out: the historian can never keep them.", state->refused);
  counter("deliveries_turned_away_total", "Deliveries of sources that found no room to wait; every try counts.",
          state->turned_away);
  gauge("readings_waiting", "Readings of sources that wait for the historian.", static_cast<double>(state->waiting));
  counter("readings_ahead_total", "Readings from the future: further ahead of their arrival than clock_tolerance.",
          state->ahead);
  counter("survived_total",
          "Pieces of work that ended by something thrown, such as memory that ran out; the log says which.",
          survived_count());
  counter("readings_pushed_total", "Readings taken by HTTP.", call.services.writer.written());
  gauge("historian_waiting", "Durable readings that are not in their final form yet.",
        static_cast<double>(store.waiting));
  gauge("historian_bytes", "Size of the history on the disk.", static_cast<double>(store.bytes));
  gauge("historian_well", "1 while the historian takes readings.",
        state->storage_error.empty() && store.last_error.empty());
  gauge("records_well",
        "0 from a refused change of the records (accounts, audit trail) until the next that is kept, and while a table "
        "of them is missing.",
        call.backend.records.error().empty());
  gauge("cut_off_waiting",
        "Sessions, tokens and accounts that are cut off in memory, and on the disk once there is room.",
        static_cast<double>(call.backend.records.owed.size()));
  gauge("audit_waiting", "Entries of the audit trail that wait for room on the disk.",
        static_cast<double>(call.backend.records.audit.waiting()));
  counter("audit_lost_total", "Entries of the audit trail that were too many to wait; the log has them.",
          call.backend.records.audit.lost());
  gauge("deletion_waiting", "Readings too old whose deletion waits for an administrator's word.",
        state->deletion_waits ? static_cast<double>(state->deletion_waits->waiting) : 0.0);
  gauge("tags", "Tags that have a history.", static_cast<double>(call.backend.store.tags().size()));
  gauge("streams", "Open event streams.", static_cast<double>(call.services.feed.streams()));
  if (state->last_good) {
    const auto age = call.backend.clock.now() - state->last_good->made;
    gauge("balance_age_seconds", "Age of the newest good balance.", std::chrono::duration<double>(age).count());
  }
  if (const auto* server = call.services.server.load()) {
    const auto c = server->counts();
    gauge("http_connections", "Open connections.", static_cast<double>(c.connections));
    counter("http_connections_total", "Connections accepted.", c.accepted);
    counter("http_connections_refused_total", "Connections closed at once: too many.", c.refused);
    counter("http_requests_total", "Requests.", c.requests);
    counter("http_received_bytes_total", "Bytes of bodies received.", c.bytes_in);
    counter("http_sent_bytes_total", "Bytes sent.", c.bytes_out);
    counter("http_streams_dropped_total", "Event streams dropped since their reader was too slow.", c.streams_dropped);
  }
  const auto by_source = [&](const char* name, const char* type, const char* help, auto value) {
    out += std::string("# HELP castner_") + name + " " + help + "\n# TYPE castner_" + name + " " + type + "\n";
    for (const auto& [source, s] : state->sources)
      out += std::string("castner_") + name + "{source=\"" + label(source) + "\"} " + std::to_string(value(s)) + "\n";
  };
  if (!state->sources.empty()) {
    by_source("source_health", "gauge", "0 ok, 1 late, 2 down.",
              [](const auto& s) { return static_cast<int>(s.health); });
    by_source("source_readings_total", "counter", "Readings handed over.", [](const auto& s) { return s.readings; });
    by_source("source_rejected_total", "counter", "Readings that could not be understood.",
              [](const auto& s) { return s.rejected; });
    by_source("source_ahead_total", "counter", "Readings from the future: the clock of the source is ahead.",
              [](const auto& s) { return s.ahead; });
    by_source("source_lost_total", "counter", "Readings given up: the historian did not take them for too long.",
              [](const auto& s) { return s.lost; });
  }
  return {.status = 200,
          .headers = {{"Content-Type", "text/plain; version=0.0.4; charset=utf-8"}},
          .body = out,
          .shared = {},
          .stream = {}};
}

http::Response delete_what_waits(Call& call) {
  const auto gone = call.backend.delete_what_waits();
  if (!gone) return http::problem(gone.error());
  note(call, "history.old_deleted", std::to_string(*gone));
  JsonWriter json;
  json.object().field("deleted", *gone).end_object();
  return json_response(std::move(json));
}

}  // namespace

void add_server_routes(Router& router) {
  router.add("GET", "/healthz", {{}, health});
  router.add("GET", "/metrics", {Role::viewer, metrics});
  router.add("POST", "/api/v1/history/deletion", {Role::administrator, delete_what_waits});
}

}  // namespace castner::api

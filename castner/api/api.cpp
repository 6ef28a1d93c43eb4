// SPDX-License-Identifier: Apache-2.0
#include "castner/api/api.h"

#include "castner/api/call.h"
#include "castner/base/utf8.h"
#include "castner/http/gzip.h"

namespace castner::api {
namespace {

constexpr std::size_t kWorthPacking = 1400;  // smaller fits one packet anyway

bool may_pack(const http::Request& request, const http::Response& r) {
  if (r.body.size() < kWorthPacking || r.shared || r.stream) return false;
  if (request.header("Accept-Encoding").find("gzip") == std::string_view::npos) return false;
  for (const auto& [name, value] : r.headers)
    if (name == "Content-Encoding" || name == "Set-Cookie") return false;
  return true;
}

}  // namespace

struct Api::Inside {
  explicit Inside(Backend b, ApiOptions o) : services(std::move(b), std::move(o)) {
    add_server_routes(router);
    add_plant_routes(router);
    add_history_routes(router);
    add_past_routes(router);
    add_start_routes(router, services.options);
    add_write_routes(router, services.options);
    add_people_routes(router);
    add_note_routes(router);
    add_cell_routes(router);
  }
  Services services;
  Router router;

  http::Response finish(const http::Request& request, http::Response r) const {
    const bool ours = std::string_view(request.target).starts_with("/api/") || request.target == "/metrics";
    bool says = false;
    for (const auto& [name, value] : r.headers) says |= name == "Cache-Control";
    if (!says && (ours || r.status >= 400)) r.with("Cache-Control", "no-store");
    // An answer that holds a secret and repeats what was asked must not be compressed: its length would tell.
    if (!std::string_view(request.target).starts_with("/api/v1/session") && may_pack(request, r)) {
      r.body = http::gzip(r.body, 1);
      r.with("Content-Encoding", "gzip").with("Vary", "Accept-Encoding");
    }
    http::add_security_headers(r, request.tls);
    return r;
  }

  http::Response unknown(const http::Request& request, const http::Target& target, const Router::Match& match) const {
    const bool page = match.allow.empty() && target.parts.front() != "api" && !services.options.pages.empty();
    return page ? services.options.pages.answer(request, target) : http::no_route(match.allow);
  }
};

Api::Api(Backend backend, ApiOptions options) : in_(std::make_unique<Inside>(std::move(backend), std::move(options))) {}
Api::~Api() = default;

http::HttpHandler::Admission Api::admit(const http::Request& head) {
  const auto refused = [&](http::Response r) {
    return Admission{0, std::make_unique<http::Response>(in_->finish(head, std::move(r)))};
  };
  const auto target = http::read_target(head.target);
  if (!target) return refused(http::problem(400, "the address is malformed"));
  const auto match = in_->router.find(head.method, *target);
  if (!match.handler) return refused(in_->unknown(head, *target, match));
  auto caller = in_->services.guard.identify(head, match.handler->role, false);
  if (!caller) return refused(std::move(caller.error()));
  return {match.handler->body_limit, nullptr};
}

http::Response Api::answer(http::Request& request) {
  // Looked up again: between the headers and the body of a slow request a session may have ended.
  const auto target = http::read_target(request.target);
  if (!target) return in_->finish(request, http::problem(400, "the address is malformed"));
  const auto match = in_->router.find(request.method, *target);
  if (!match.handler) return in_->finish(request, in_->unknown(request, *target, match));
  auto caller = in_->services.guard.identify(request, match.handler->role, true);
  if (!caller) return in_->finish(request, std::move(caller.error()));
  // Of two values one would count, and nobody would know which. Lists of tags may be given in parts.
  if (const auto twice = target->twice({"tag", "tags"}))
    return in_->finish(
        request,
        http::problem(Error{ErrorCode::bad_input,
                            {{std::string(cut_utf8(*twice, 40)), "stands twice in the address", "give it once"}}}));
  Call call{request, *target, match.parameters, *caller, in_->services};
  return in_->finish(request, match.handler->answer(call));
}

http::Response Api::complaint(int status, std::string_view detail) {
  auto r = http::problem(status, detail);
  r.with("Cache-Control", "no-store");
  http::add_security_headers(r, false);
  return r;
}

void Api::count_with(const http::HttpServer& server) { in_->services.server = &server; }

std::vector<std::string> Api::routes() const {
  std::vector<std::string> all;
  for (const auto& route : in_->router.routes()) all.push_back(route.method + " " + route.pattern);
  return all;
}

Result<words::Language> language_of(const http::Target& target) {
  const auto lang = target.one("lang");
  if (!lang || *lang == "en") return words::Language::en;
  if (*lang == "zh") return words::Language::zh;
  return bad_input("lang", "\"" + *lang + "\" is no language of Castner", "en or zh");
}

}  // namespace castner::api

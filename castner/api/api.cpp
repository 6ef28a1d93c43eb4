// SPDX-License-Identifier: Apache-2.0
#include "castner/api/api.h"

#include "castner/api/call.h"
#include "castner/api/gzip.h"

namespace castner::api {
namespace {

constexpr std::size_t kWorthPacking = 1400;  // smaller fits one packet anyway

bool may_pack(const Request& request, const Response& r) {
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
    add_write_routes(router, services.options);
    add_people_routes(router);
  }
  Services services;
  Router router;

  Response finish(const Request& request, Response r) const {
    const bool ours = std::string_view(request.target).starts_with("/api/") || request.target == "/metrics";
    bool says = false;
    for (const auto& [name, value] : r.headers) says |= name == "Cache-Control";
    if (!says && (ours || r.status >= 400)) r.with("Cache-Control", "no-store");
    // An answer that holds a secret and repeats what was asked must not be compressed: its length would tell.
    if (!std::string_view(request.target).starts_with("/api/v1/session") && may_pack(request, r)) {
      r.body = gzip(r.body, 1);
      r.with("Content-Encoding", "gzip").with("Vary", "Accept-Encoding");
    }
    add_security_headers(r, request.tls);
    return r;
  }

  Response unknown(const Request& request, const Target& target, const Router::Match& match) const {
    if (!match.allow.empty()) return problem(405, "here only " + match.allow).with("Allow", match.allow);
    if (target.parts.front() == "api" || services.options.pages.empty())
      return problem(404, "there is no such address");
    return services.options.pages.answer(request, target);
  }
};

Api::Api(Backend backend, ApiOptions options) : in_(std::make_unique<Inside>(std::move(backend), std::move(options))) {}
Api::~Api() = default;

HttpHandler::Admission Api::admit(const Request& head) {
  const auto refused = [&](Response r) {
    return Admission{0, std::make_unique<Response>(in_->finish(head, std::move(r)))};
  };
  const auto target = read_target(head.target);
  if (!target) return refused(problem(400, "the address is malformed"));
  const auto match = in_->router.find(head.method, *target);
  if (!match.route) return refused(in_->unknown(head, *target, match));
  auto caller = in_->services.guard.identify(head, *match.route, false);
  if (!caller) return refused(std::move(caller.error()));
  return {match.route->body_limit, nullptr};
}

Response Api::answer(Request& request) {
  // Looked up again: between the headers and the body of a slow request a session may have ended.
  const auto target = read_target(request.target);
  if (!target) return in_->finish(request, problem(400, "the address is malformed"));
  const auto match = in_->router.find(request.method, *target);
  if (!match.route) return in_->finish(request, in_->unknown(request, *target, match));
  auto caller = in_->services.guard.identify(request, *match.route, true);
  if (!caller) return in_->finish(request, std::move(caller.error()));
  Call call{request, *target, match.parameters, *caller, in_->services};
  return in_->finish(request, match.route->answer(call));
}

Response Api::complaint(int status, std::string_view detail) {
  auto r = problem(status, detail);
  r.with("Cache-Control", "no-store");
  add_security_headers(r, false);
  return r;
}

void Api::count_with(const HttpServer& server) { in_->services.server = &server; }

std::vector<std::string> Api::routes() const {
  std::vector<std::string> all;
  for (const auto& route : in_->router.routes()) all.push_back(route.method + " " + route.pattern);
  return all;
}

Result<report::Language> language_of(const Target& target) {
  const auto lang = target.one("lang");
  if (!lang || *lang == "en") return report::Language::en;
  if (*lang == "zh") return report::Language::zh;
  return bad_input("lang", "\"" + *lang + "\" is no language of Castner", "en or zh");
}

}  // namespace castner::api

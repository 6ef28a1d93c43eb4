// SPDX-License-Identifier: Apache-2.0
#include "castner/api/guard.h"

#include <algorithm>

#include "castner/api/api.h"
#include "castner/http/problem_details.h"
#include "castner/http/target.h"

namespace castner::api {
namespace {

using people::Role;

http::Response sign_in_first(std::string_view why) {
  return http::problem(401, why).with("WWW-Authenticate", "Bearer realm=\"castner\"");
}

/// A scheme's name is the same in capitals.
bool same_word(std::string_view a, std::string_view b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](char x, char y) { return (x | 0x20) == (y | 0x20); });
}

/// The host of "localhost:8080" or "[::1]:8080".
std::string_view host_of(std::string_view host) {
  if (host.starts_with('[')) return host.substr(1, host.find(']') == std::string_view::npos ? 0 : host.find(']') - 1);
  return host.substr(0, host.find(':'));
}

/// Whether a proxy on this machine may have ended TLS for it.
bool behind_proxy(const http::Request& request) { return !request.tls && http::is_loopback(request.address); }

bool safe(std::string_view method) { return method == "GET" || method == "HEAD"; }

}  // namespace

bool came_by_tls(const http::Request& request) {
  if (!behind_proxy(request)) return request.tls;
  // What the browser says itself counts before what the proxy adds.
  const auto origin = request.header("Origin");
  return origin.empty() ? same_word(request.header("X-Forwarded-Proto"), "https") : origin.starts_with("https://");
}

Guard::Guard(const Backend& backend, const ApiOptions& options) : backend_(backend), options_(options) {}

bool Guard::open() const {
  const auto any = backend_.records.accounts.any();
  return any && open_to_all({.address = options_.address, .tls = options_.tls, .accounts = *any});
}

/// A browser says where a changing request comes from; other programs say nothing. Sec-Fetch-Site, which no page can set, is the
/// browser's own judgement, whatever a proxy in front has made of scheme and host. Browsers leave it out over plain HTTP to other machines.
bool Guard::same_origin(const http::Request& request) const {
  if (const auto site = request.header("Sec-Fetch-Site"); !site.empty()) return site == "same-origin" || site == "none";
  const auto origin = request.header("Origin");
  if (origin.empty()) return true;
  const auto mark = origin.find("://");
  const auto scheme = origin.substr(0, mark);
  if (mark == std::string_view::npos || (scheme != "https" && scheme != "http")) return false;
  if (scheme != (request.tls ? "https" : "http") && !behind_proxy(request)) return false;
  const auto host = origin.substr(mark + 3);
  return host == request.header("Host") || (behind_proxy(request) && host == request.header("X-Forwarded-Host"));
}

tl::expected<Caller, http::Response> Guard::credentials(const http::Request& request, bool use) const {
  Caller caller;
  // Of other schemes nothing is known here: a proxy may ask for a password of its own, and hand it on.
  const auto given = request.header("Authorization");
  const auto blank = given.find(' ');
  const auto scheme = given.substr(0, blank);
  // "Token" is how InfluxDB's clients say it.
  if (same_word(scheme, "Bearer") || same_word(scheme, "Token")) {
    if (blank == std::string_view::npos) return tl::unexpected(sign_in_first("Authorization is Bearer and a token"));
    const auto token = backend_.records.tokens.find(given.substr(blank + 1), use);
    if (!token) return tl::unexpected(http::problem(token.error()));
    if (!*token) return tl::unexpected(sign_in_first("the token is unknown, removed, or its time is over"));
    caller.name = "token " + (*token)->name;
    caller.role = (*token)->role;
    return caller;
  }
  if (const auto id = http::cookie(request.header("Cookie"), kCookie)) {
    auto session = backend_.records.sessions.find(*id, use);
    if (!session) return tl::unexpected(http::problem(session.error()));
    if (*session) {
      caller.name = (*session)->account;
      caller.role = (*session)->role;
      caller.session_id = *id;
      caller.session = std::move(*session);
      return caller;
    }
  }
  if (open()) {
    // A page elsewhere may have its name point here; it does not get to read what is open only to this machine.
    const auto host = host_of(request.header("Host"));
    caller.open = host == "localhost" || http::is_loopback(std::string(host));
    caller.elsewhere = !caller.open;
    if (caller.open) caller.role = options_.open_role;
  }
  return caller;
}

tl::expected<Caller, http::Response> Guard::identify(const http::Request& request, std::optional<Role> needed,
                                                     bool use) const {
  if (!safe(request.method) && !same_origin(request))
    return tl::unexpected(http::problem(403, "the request comes from another site"));
  auto caller = credentials(request, use);
  if (!caller) return caller;
  if (caller->session && !safe(request.method) && needed &&
      !people::same_secret(request.header("X-CSRF-Token"), caller->session->csrf))
    return tl::unexpected(
        http::problem(403, "the header X-CSRF-Token is missing or wrong; GET /api/v1/session tells it"));
  if (!needed) return caller;
  if (caller->elsewhere)
    return tl::unexpected(http::problem(403, "this server is open to this machine only; ask for it as localhost"));
  if (!caller->role) return tl::unexpected(sign_in_first("sign in first"));
  if (!people::may(*caller->role, *needed)) {
    if (caller->open)
      return tl::unexpected(sign_in_first("this needs an account: castner account add NAME --role administrator"));
    return tl::unexpected(http::problem(403, "this needs the role " + std::string(people::role_name(*needed))));
  }
  return caller;
}

Guard::Again Guard::again(const http::Request& request, Role needed, bool use) const {
  // Whether it came from one of our pages was asked of the request itself.
  return [this, needed, use,
          head = http::Request{.method = "GET",
                               .target = request.target,
                               .headers = request.headers,
                               .body = {},
                               .address = request.address,
                               .tls = request.tls}] {
    auto caller = identify(head, needed, use);
    return caller ? nullptr : std::make_unique<http::Response>(std::move(caller.error()));
  };
}

}  // namespace castner::api

// SPDX-License-Identifier: Apache-2.0
/// Who asks, and whether they may: tokens, sessions, roles, and what keeps other sites' pages from asking in their name.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "castner/api/backend.h"
#include "castner/http/http.h"

namespace castner::api {

struct ApiOptions;

inline constexpr std::string_view kCookie = "castner_session";

/// Who asks.
struct Caller {
  std::string name;                  ///< "li.wei", "token telegraf"; "" for nobody in particular
  std::optional<people::Role> role;  ///< empty: may only what everyone may
  std::optional<people::Session> session;
  std::string session_id;
  bool open = false;       ///< the server is open and nobody is signed in
  bool elsewhere = false;  ///< the server is open, but was asked for by a name that is not this machine
};

/// Whether the browser speaks TLS, with Castner or with a proxy on this machine that ends it: then its cookies are for TLS alone.
bool came_by_tls(const http::Request&);

/// Thread safe.
class Guard {
 public:
  Guard(const Backend&, const ApiOptions&);

  /// Who asks; a response where they may not, which is then all they get.
  /// @param needed  the role that may; empty: everyone may, signed in or not
  /// @param use     false: only a look, which never waits for the disk
  tl::expected<Caller, http::Response> identify(const http::Request&, std::optional<people::Role> needed,
                                                bool use) const;

  /// Asks the same again while an answer goes on for long: the response that a new request would get now, null while it may.
  /// Only as long as the guard.
  using Again = std::function<std::unique_ptr<http::Response>()>;
  Again again(const http::Request&, people::Role needed, bool use) const;

  /// Whether everyone may read now.
  bool open() const;

 private:
  tl::expected<Caller, http::Response> credentials(const http::Request&, bool use) const;
  bool same_origin(const http::Request&) const;
  const Backend& backend_;
  const ApiOptions& options_;
};

}  // namespace castner::api

// SPDX-License-Identifier: Apache-2.0
/// Finds the route of a request by its method and the pattern of its path. The handler's type is the owner's choice.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "castner/base/check.h"
#include "castner/http/http.h"
#include "castner/http/target.h"

namespace castner::http {

/// The parameters of a path by a pattern, "/accounts/{name}", in order; nullopt if the path does not fit.
/// A pair of braces takes one part of the path, decoded and not empty.
std::optional<std::vector<std::string>> match_path(std::string_view pattern, const Target&);

/// 405 with the methods that the path has, or 404 where it has none.
Response no_route(const std::string& allow);

/// @tparam Handler  what a route leads to: who answers, and whatever the owner wants to know before
template <class Handler>
class Router {
 public:
  struct Route {
    std::string method;   ///< "GET"
    std::string pattern;  ///< "/accounts/{name}"
    Handler handler;
  };
  struct Match {
    const Handler* handler = nullptr;     ///< null: there is no such route
    std::vector<std::string> parameters;  ///< what stands in the braces, in order
    std::string allow;                    ///< "GET, HEAD, POST" where the path has routes for these methods only
  };

  void add(std::string method, std::string pattern, Handler handler) {
    check(pattern.starts_with('/'), "the pattern of a route begins with a slash");
    routes_.push_back({std::move(method), std::move(pattern), std::move(handler)});
  }
  const std::vector<Route>& routes() const { return routes_; }

  /// The first route that fits. HEAD finds the route of GET.
  Match find(std::string_view method, const Target& target) const {
    std::string allow;
    for (const auto& [own, pattern, handler] : routes_) {
      auto parameters = match_path(pattern, target);
      if (!parameters) continue;
      if (own == method || (own == "GET" && method == "HEAD")) return {&handler, std::move(*parameters), {}};
      allow += (allow.empty() ? "" : ", ") + own + (own == "GET" ? ", HEAD" : "");
    }
    return {nullptr, {}, std::move(allow)};
  }

 private:
  std::vector<Route> routes_;
};

}  // namespace castner::http

// SPDX-License-Identifier: Apache-2.0
/// The table of what can be asked: method, path, who may, how much they may send, and who answers.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "castner/http/http.h"
#include "castner/http/target.h"
#include "castner/people/role.h"

namespace castner::api {

struct Call;

struct Route {
  std::string method;                ///< "GET"
  std::string pattern;               ///< "/api/v1/accounts/{name}"
  std::optional<people::Role> role;  ///< who may; empty: everyone, signed in or not
  std::function<http::Response(Call&)> answer;
  std::size_t body_limit = 0;  ///< [bytes]
};

class Router {
 public:
  void add(Route route) { routes_.push_back(std::move(route)); }
  const std::vector<Route>& routes() const { return routes_; }

  struct Match {
    const Route* route = nullptr;         ///< null: none
    std::vector<std::string> parameters;  ///< what stood in the braces, in order
    std::string allow;                    ///< "GET, POST": the methods of this path, where the method is none of them
  };
  /// HEAD finds what GET does.
  Match find(std::string_view method, const http::Target&) const;

 private:
  std::vector<Route> routes_;
};

}  // namespace castner::api

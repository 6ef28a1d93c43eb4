// SPDX-License-Identifier: Apache-2.0
#include "castner/api/router.h"

namespace castner::api {
namespace {

/// Whether a pattern means this path; fills in what stands in its braces.
bool fits(std::string_view pattern, const std::vector<std::string>& parts, std::vector<std::string>& parameters) {
  parameters.clear();
  pattern.remove_prefix(1);
  for (std::size_t i = 0; i < parts.size(); ++i) {
    const auto slash = pattern.find('/');
    const auto wanted = pattern.substr(0, slash);
    if (wanted.starts_with('{')) {
      if (parts[i].empty()) return false;
      parameters.push_back(parts[i]);
    } else if (wanted != parts[i]) {
      return false;
    }
    if (slash == std::string_view::npos) return i + 1 == parts.size();
    pattern.remove_prefix(slash + 1);
  }
  return false;
}

}  // namespace

Router::Match Router::find(std::string_view method, const http::Target& target) const {
  Match match;
  std::vector<std::string> parameters;
  for (const auto& route : routes_) {
    if (!fits(route.pattern, target.parts, parameters)) continue;
    if (route.method == method || (method == "HEAD" && route.method == "GET")) {
      match.route = &route;
      match.parameters = std::move(parameters);
      return match;
    }
    match.allow += (match.allow.empty() ? "" : ", ") + route.method + (route.method == "GET" ? ", HEAD" : "");
  }
  return match;
}

}  // namespace castner::api

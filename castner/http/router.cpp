// SPDX-License-Identifier: Apache-2.0
#include "castner/http/router.h"

#include "castner/http/problem_details.h"

namespace castner::http {

std::optional<std::vector<std::string>> match_path(std::string_view pattern, const Target& target) {
  std::vector<std::string> parameters;
  pattern.remove_prefix(1);
  for (std::size_t i = 0; i < target.parts.size(); ++i) {
    const auto& part = target.parts[i];
    const auto slash = pattern.find('/');
    const auto wanted = pattern.substr(0, slash);
    const bool braces = wanted.starts_with('{');
    if (braces ? part.empty() : part != wanted) return {};
    if (braces) parameters.push_back(part);
    const bool last = i + 1 == target.parts.size();
    if (slash == std::string_view::npos) return last ? std::optional(std::move(parameters)) : std::nullopt;
    pattern.remove_prefix(slash + 1);
  }
  return {};
}

Response no_route(const std::string& allow) {
  if (allow.empty()) return problem(404, "there is no such address");
  return problem(405, "here only " + allow).with("Allow", allow);
}

}  // namespace castner::http

// SPDX-License-Identifier: Apache-2.0
#include "castner/api/json_read.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "castner/base/json_reader.h"
#include "castner/base/utf8.h"

namespace castner::api {
namespace {

using Json = nlohmann::json;

constexpr std::size_t kMostProblems = 50;
constexpr int kDeepest = 8;

/// Discarded where it is no JSON or is nested deeper than anything of ours.
Json parse(std::string_view body) {
  bool deep = false;
  auto json = Json::parse(
      body,
      [&](int depth, Json::parse_event_t, Json&) {
        deep |= depth > kDeepest;
        return !deep;
      },
      false);
  return deep ? Json(Json::value_t::discarded) : json;
}

}  // namespace

std::optional<std::string> Fields::text(std::string_view name) const {
  const auto it = values.find(name);
  return it == values.end() ? std::nullopt : std::optional(std::get<std::string>(it->second));
}
std::optional<bool> Fields::boolean(std::string_view name) const {
  const auto it = values.find(name);
  return it == values.end() ? std::nullopt : std::optional(std::get<bool>(it->second));
}

Result<Fields> read_fields(std::string_view body, std::initializer_list<Field> fields) {
  const auto json = parse(body);
  if (!json.is_object()) return bad_input("body", "is no JSON object", "send one with content-type application/json");
  if (const auto twice = name_given_twice(body))
    return bad_input(std::string(cut_utf8(*twice, 40)), "stands twice", "give it once");
  Fields found;
  Error error;
  for (const auto& [key, unused] : json.items())
    if (std::none_of(fields.begin(), fields.end(), [&, &name = key](const Field& f) { return f.name == name; }) &&
        error.problems.size() < kMostProblems)
      error.problems.push_back({std::string(cut_utf8(key, 40)), "is no field here", "leave it out"});
  for (const auto& f : fields) {
    const auto it = json.find(f.name);
    const std::string name(f.name);
    if (it == json.end() || it->is_null()) {
      if (f.required) error.problems.push_back({name, "is missing", "give it"});
    } else if (f.kind == Field::Kind::text) {
      if (it->is_string())
        found.values.emplace(name, it->get<std::string>());
      else
        error.problems.push_back({name, "is no text", "put it in quotes"});
    } else if (it->is_boolean()) {
      found.values.emplace(name, it->get<bool>());
    } else {
      error.problems.push_back({name, "is neither true nor false", "true or false"});
    }
  }
  if (!error.problems.empty()) return tl::unexpected(error);
  return found;
}

Result<void> says_json(const http::Request& request) {
  if (request.header("Content-Type").starts_with("application/json")) return {};
  return bad_input("Content-Type", "is not application/json", "say so");
}

Result<Fields> read_fields(const http::Request& request, std::initializer_list<Field> fields) {
  CASTNER_TRY(says_json(request));
  return read_fields(request.body, fields);
}

}  // namespace castner::api

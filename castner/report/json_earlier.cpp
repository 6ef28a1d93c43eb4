// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <exception>
#include <nlohmann/json.hpp>
#include <optional>

#include "castner/report/compare.h"

namespace castner::report {
namespace {

std::string text_at(const nlohmann::json& object, const char* key) {
  const auto it = object.find(key);
  return it != object.end() && it->is_string() ? it->get<std::string>() : std::string();
}

std::optional<double> number_at(const nlohmann::json& object, const char* key) {
  const auto it = object.find(key);
  return it != object.end() && it->is_number() ? std::optional(it->get<double>()) : std::nullopt;
}

std::map<std::string, assess::Amount> amounts(const nlohmann::json& object) {
  std::map<std::string, assess::Amount> out;
  if (!object.is_object()) return out;
  for (const auto& [path, a] : object.items())
    if (a.is_object()) out[path] = {number_at(a, "value"), number_at(a, "sd"), text_at(a, "unit")};
  return out;
}

const char* const kCure = "give the output of an earlier `castner assess ... --json`";

}  // namespace

Result<Earlier> read_earlier(std::string_view json, const std::string& file) {
  nlohmann::json doc;
  try {
    doc = nlohmann::json::parse(json);
  } catch (const nlohmann::json::parse_error& e) {
    const auto before = json.substr(0, std::min(e.byte, json.size()));
    const auto line = 1 + std::count(before.begin(), before.end(), '\n');
    return bad_input(file + ":" + std::to_string(line), "not JSON", kCure);
  } catch (const std::exception&) {  // e.g. nested too deep
    return bad_input(file, "not JSON that can be read", kCure);
  }
  if (!doc.is_object() || !doc.contains("windows") || !doc.at("windows").is_array() || !doc.contains("findings") ||
      !doc.at("findings").is_array())
    return bad_input(file, "not an answer of `castner assess`: it has no lists \"windows\" and \"findings\"", kCure);

  Earlier out;
  const auto& windows = doc.at("windows");
  for (const auto& w : windows) {
    if (!w.is_object()) continue;
    if (out.from.empty()) out.from = text_at(w, "from");
    if (const auto to = text_at(w, "to"); !to.empty()) out.to = to;
  }
  if (doc.contains("indicators")) out.indicators = amounts(doc.at("indicators"));
  for (const auto& f : doc.at("findings"))
    if (f.is_object()) out.findings.push_back({text_at(f, "code"), text_at(f, "path"), text_at(f, "title")});
  return out;
}

}  // namespace castner::report

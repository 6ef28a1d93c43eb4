// SPDX-License-Identifier: Apache-2.0
#include "castner/api/sketch_json.h"

#include <functional>
#include <nlohmann/json.hpp>
#include <string>

#include "castner/base/json_reader.h"
#include "castner/base/utf8.h"

namespace castner::api {
namespace {

using Json = nlohmann::json;
using plant_file::Sketch;

constexpr std::size_t kMostRows = 2000;  ///< of each list
constexpr int kDeepest = 8;

struct SketchReader {
  Error error;

  void problem(const std::string& where, const char* what, const char* cure) {
    if (error.problems.size() < 20) error.problems.push_back({where, what, cure});
  }
  std::string text(const Json& from, const char* key, const std::string& where) {
    const auto it = from.find(key);
    if (it == from.end() || it->is_null()) return "";
    if (it->is_string()) return it->get<std::string>();
    problem(where + key, "is no text", "put it in quotes");
    return "";
  }
  std::optional<double> number(const Json& from, const char* key, const std::string& where) {
    const auto it = from.find(key);
    if (it == from.end() || it->is_null()) return std::nullopt;
    if (it->is_number()) return it->get<double>();
    problem(where + key, "is no number", "send one, or null");
    return std::nullopt;
  }
  /// Each object of a list.
  void each(const Json& from, const char* key, const std::function<void(const Json&, const std::string&)>& read) {
    const auto it = from.find(key);
    if (it == from.end() || it->is_null()) return;
    if (!it->is_array() || it->size() > kMostRows) return problem(key, "is no list of at most 2000", "send a list");
    std::size_t k = 0;
    for (const auto& item : *it) {
      const std::string where = std::string(key) + "[" + std::to_string(k++) + "].";
      if (item.is_object())
        read(item, where);
      else
        problem(where, "is no JSON object", "send one");
    }
  }
};

/// "E1.anolyte" to its unit and its port, "every electrolyser.anolyte" to the model and the port.
plant_file::SketchEnd end_of(const std::string& text) {
  const auto dot = text.find('.');
  constexpr std::string_view kEvery = "every ";
  const bool every = text.starts_with(kEvery);
  const std::size_t begin = every ? kEvery.size() : 0;
  if (dot == std::string::npos) return {text.substr(begin), "", every};
  return {text.substr(begin, dot - begin), text.substr(dot + 1), every};
}

}  // namespace

Result<Sketch> read_sketch(std::string_view body) {
  bool deep = false;
  const Json root = Json::parse(
      body, [&](int depth, Json::parse_event_t, Json&) { return !(deep |= depth > kDeepest); }, false);
  if (deep || !root.is_object())
    return bad_input("", "is no JSON object", "send one with content-type application/json");
  if (const auto twice = name_given_twice(body))
    return bad_input(std::string(cut_utf8(*twice, 40)), "stands twice", "give it once");
  SketchReader r;
  Sketch s{.name = r.text(root, "name", ""),
           .currency = r.text(root, "currency", ""),
           .data_file = r.text(root, "data_file", ""),
           .window = r.text(root, "window", ""),
           .max_gap = r.text(root, "max_gap", ""),
           .between = r.text(root, "between", "")};
  if (const auto rows = root.find("min_rows"); rows != root.end() && !rows->is_null()) {
    if (rows->is_number_integer() && *rows >= 1 && *rows <= 1'000'000)
      s.min_rows = rows->get<int>();
    else
      r.problem("min_rows", "is no count of rows", "send an integer from 1 to 1000000");
  }
  if (const auto prices = root.find("economics"); prices != root.end() && prices->is_object()) {
    for (const char* key : {"electricity", "steam", "auxiliaries", "hours_per_year"})
      s.economics.emplace_back(key, r.text(*prices, key, "economics."));
  } else if (prices != root.end() && !prices->is_null()) {
    r.problem("economics", "is no JSON object", "send one");
  }
  if (const auto said = r.text(root, "divided", ""); said == "unknown")
    s.divided = Sketch::Divided::unknown;
  else if (!said.empty() && said != "by_current")
    r.problem("divided", "is neither by_current nor unknown", "send one of them, or leave it out");
  r.each(root, "units", [&](const Json& u, const std::string& where) {
    Sketch::Unit unit{.name = r.text(u, "name", where), .model = r.text(u, "model", where), .parameters = {}};
    if (const auto all = u.find("parameters"); all != u.end() && all->is_object())
      for (const auto& [name, value] : all->items())
        unit.parameters.emplace_back(name, r.text(*all, name.c_str(), where));
    if (const auto fed = u.find("feeds"); fed != u.end() && fed->is_array())
      for (const auto& name : *fed)
        if (name.is_string() && unit.feeds.size() < kMostRows) unit.feeds.push_back(name.get<std::string>());
    s.units.push_back(std::move(unit));
  });
  r.each(root, "pipes", [&](const Json& p, const std::string& where) {
    s.pipes.push_back({.name = r.text(p, "name", where),
                       .contents = r.text(p, "contents", where),
                       .from = end_of(r.text(p, "from", where)),
                       .to = end_of(r.text(p, "to", where))});
  });
  r.each(root, "meters", [&](const Json& m, const std::string& where) {
    s.meters.push_back({.tag = r.text(m, "tag", where),
                        .of = r.text(m, "of", where),
                        .unit = r.text(m, "unit", where),
                        .sd = r.text(m, "sd", where),
                        .data_unit = r.text(m, "data_unit", where),
                        .mean = r.number(m, "mean", where)});
  });
  if (!r.error.problems.empty()) return tl::unexpected(r.error);
  return s;
}

}  // namespace castner::api

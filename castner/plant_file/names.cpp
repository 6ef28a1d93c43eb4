// SPDX-License-Identifier: Apache-2.0
// Names, and the paths made of them.
#include <algorithm>

#include "castner/plant/stream_quantity.h"
#include "castner/plant_file/plant_reader.h"
#include "castner/unit_models/models.h"

namespace castner::plant_file {
namespace {

bool letter(char c) { return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '_'; }

tl::unexpected<Problem> unknown(std::string what, std::string cure) {
  return tl::unexpected(Problem{"", std::move(what), std::move(cure)});
}
tl::unexpected<Problem> reported() { return tl::unexpected(Problem{}); }

/// Every name there is, while the list of problems is short enough to be read: the nearest of very many takes time.
std::vector<std::string> all_names(const PlantReader& r) {
  std::vector<std::string> all;
  if (r.problems.size() > 100) return all;
  for (const auto& [name, what] : r.names) all.push_back(name);
  std::sort(all.begin(), all.end());
  return all;
}

std::vector<std::string> stream_names(plant::Contents c) {
  std::vector<std::string> all;
  for (const auto& v : plant::stream_variables(c)) all.push_back(v.name);
  for (auto& name : plant::stream_quantity_names(c)) all.push_back(std::move(name));
  return all;
}

/// A quantity that the stream does not carry but that follows from what it carries.
tl::expected<int, Problem> stream_path(PlantReader& r, const StreamEntry& stream, std::string_view quantity) {
  const std::string path = stream.name + "." + std::string(quantity);
  const std::string contents(plant::contents_info(stream.contents).name);
  auto derived = plant::stream_quantity(stream.contents, quantity);
  if (!derived) {
    const auto known = stream_names(stream.contents);
    return unknown(in_quotes(path) + " is not known: stream " + in_quotes(stream.name) + " is " + contents,
                   did_you_mean(quantity, known, "its quantities are " + listed(known)));
  }
  std::vector<std::string> paths;
  for (const auto& v : plant::stream_variables(stream.contents)) paths.push_back(stream.name + "." + v.name);
  paths.push_back(path);
  r.plant.flowsheet->add_unit(stream.name, std::move(derived->unit), paths);
  return *r.plant.flowsheet->find(path);
}

tl::expected<int, Problem> unit_path(PlantReader& r, const UnitEntry& unit, std::string_view rest) {
  const auto port = rest.substr(0, rest.find('.'));
  for (const auto& c : unit.connections)
    if (c.port == port && port.size() < rest.size())
      return resolve(r, c.stream + "." + std::string(rest.substr(port.size() + 1)));
  std::vector<std::string> known;
  const auto& in_flowsheet = r.plant.flowsheet->units();
  for (const auto& u : in_flowsheet) {
    if (u.name != unit.name) continue;
    for (int i : u.variable)
      if (const auto& name = r.variable(i).name; name.starts_with(unit.name + "."))
        known.push_back(name.substr(unit.name.size() + 1));
    break;
  }
  for (const auto& c : unit.connections) known.push_back(c.port + ".flow_mass");
  return unknown(in_quotes(unit.name + "." + std::string(rest)) + " is not known: " + in_quotes(unit.name) +
                     " is a unit of model " + unit.model,
                 did_you_mean(rest, known, "its quantities are " + listed(known)));
}

}  // namespace

const char* kind_text(Named::Kind kind) {
  switch (kind) {
    case Named::Kind::unit: return "a unit";
    case Named::Kind::stream: return "a stream";
    case Named::Kind::variable: return "a variable";
  }
  return "a name";
}

namespace {

/// One line of text that fits beside a number.
bool title_is_good(Section& s, std::string_view key, const ConfigNode& node) {
  constexpr std::size_t kMostBytes = 120;
  const std::string what(key);
  const auto wrong = [&](const std::string& why, const char* cure) {
    s.problem(node.line, what + " " + why, cure);
    return false;
  };
  if (node.kind != ConfigNode::Kind::text)
    return wrong(std::string("is ") + node.kind_name() + ", not a text",
                 "write \"feed brine\", or { en = \"feed brine\", zh = \"进料盐水\" }");
  if (node.text.find_first_not_of(' ') == std::string::npos)
    return wrong("is empty", "give the name that people use, or leave it out");
  if (std::any_of(node.text.begin(), node.text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20; }))
    return wrong("holds a control character", "write it on one line");
  if (node.text.size() > kMostBytes)
    return wrong("is longer than " + std::to_string(kMostBytes) + " bytes", "shorten it");
  return true;
}

}  // namespace

plant::Title read_title(Section& s, std::string_view key) {
  const ConfigNode* node = s.find(key);
  if (!node) return {};
  if (node->kind != ConfigNode::Kind::table)
    return title_is_good(s, key, *node) ? plant::Title{node->text, node->text} : plant::Title{};
  plant::Title title;
  for (const auto& [language, text] : node->members) {
    if (language != "en" && language != "zh")
      s.problem(text.line, std::string(key) + " has no language " + in_quotes(language), "languages are en and zh");
    else if (title_is_good(s, key, text))
      (language == "en" ? title.en : title.zh) = text.text;
  }
  if (node->members.empty()) s.problem(node->line, std::string(key) + " is empty", "give en, zh or both");
  if (title.en.empty()) title.en = title.zh;
  if (title.zh.empty()) title.zh = title.en;
  return title;
}

bool name_is_good(Section& s, std::string_view name, int line) {
  const bool good = !name.empty() && letter(name[0]) &&
                    std::all_of(name.begin(), name.end(), [](char c) { return letter(c) || (c >= '0' && c <= '9'); });
  if (!good)
    s.problem(line, in_quotes(name) + " is not a name",
              "a name is made of letters, digits and _ and starts with no digit: \"E_101\"");
  return good;
}

std::string read_name(PlantReader& r, Section& s, Named named) {
  const char* example = named.kind == Named::Kind::unit     ? "\"E101\""
                        : named.kind == Named::Kind::stream ? "\"S1\""
                                                            : "\"v1\"";
  const ConfigNode* node = s.find("name");
  if (!node) {
    s.problem(s.line(), "it has no name", std::string("add name = ") + example);
    return {};
  }
  const auto name = s.text("name", example);
  if (!name || !name_is_good(s, *name, node->line)) return {};
  named.line = node->line;
  const auto [it, is_new] = r.names.emplace(*name, named);
  if (is_new) return *name;
  s.problem(node->line,
            "the name " + in_quotes(*name) + " is taken by " + kind_text(it->second.kind) + " in line " +
                std::to_string(it->second.line),
            "names are unique over units, streams and variables; choose another");
  return {};
}

tl::expected<int, Problem> resolve(PlantReader& r, std::string_view path) {
  if (const auto known = r.plant.flowsheet->find(path)) return *known;
  const std::string first(path.substr(0, path.find('.')));
  const std::string_view rest = path.size() > first.size() ? path.substr(first.size() + 1) : std::string_view{};
  const auto it = r.names.find(first);
  if (it == r.names.end())
    return unknown(in_quotes(path) + " is not known: there is no stream, unit or variable " + in_quotes(first),
                   did_you_mean(first, all_names(r), "see the name = lines of this file"));
  const Named& named = it->second;
  switch (named.kind) {
    case Named::Kind::variable:
      if (named.index == static_cast<std::size_t>(-1)) return reported();
      return unknown(in_quotes(path) + " is not known: " + in_quotes(first) + " is a variable and has no parts",
                     "write " + in_quotes(first));
    case Named::Kind::stream:
      if (r.stream_broken[named.index]) return reported();
      if (rest.empty())
        return unknown(in_quotes(path) + " is a stream, not a quantity", "say which: \"" + first + ".flow_mass\"");
      return stream_path(r, r.plant.streams[named.index], rest);
    case Named::Kind::unit:
      if (r.unit_broken[named.index]) return reported();
      if (rest.empty())
        return unknown(in_quotes(path) + " is a unit, not a quantity", "add the quantity after a point");
      return unit_path(r, r.plant.units[named.index], rest);
  }
  return reported();
}

}  // namespace castner::plant_file

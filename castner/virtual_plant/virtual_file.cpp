// SPDX-License-Identifier: Apache-2.0
// virtual.toml to a VirtualFile, every problem at once:
//  1. read_toml gives a tree with lines; kParts lists the sections, whether each is one table or a list, and its
//     reader.
//  2. Each reader asks its Section for keys; a key that no reader asks for is a problem with the nearest known name.
//  3. Paths must be variables of the plant; those of changes and controllers must be ones that plant.toml specifies.
//  4. Quantities are read with their units and stored in SI; the load repeats round the clock.
//  5. A [[link]] has the keys of its kind; broker URLs and ports are checked here, so that opening a link can fail only
//     for the world.
#include "castner/virtual_plant/virtual_file.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <set>

#include "castner/base/quantity.h"
#include "castner/base/suggest.h"
#include "castner/virtual_plant/config_amount.h"

namespace castner::virtual_plant {
namespace {

using Kind = ConfigNode::Kind;

struct FileReader {
  VirtualFile out;
  Problems problems;
  const plant::Plant& plant;
  std::vector<std::string> specified;  ///< paths, for suggestions

  FileReader(const std::string& file, const plant::Plant& p) : problems(file), plant(p) {
    for (const auto& s : plant.specifications) specified.push_back(name(s.variable));
  }
  std::string name(int variable) const { return plant.flowsheet->variables()[static_cast<std::size_t>(variable)].name; }

  /// The variable of a path; -1 and a problem where there is none.
  int variable(Section& s, int line, const std::string& path) {
    if (const auto found = plant.flowsheet->find(path)) return *found;
    std::vector<std::string> known;
    for (const auto& v : plant.flowsheet->variables()) known.push_back(v.name);
    s.problem(line, "the plant has no " + in_quotes(path),
              did_you_mean(path, known, "castner simulate lists its variables"));
    return -1;
  }
  /// The same, of one that the plant file specifies.
  int specification(Section& s, int line, const std::string& path) {
    const int v = variable(s, line, path);
    const auto is_it = [&](const auto& spec) { return spec.variable == v; };
    if (v < 0 || std::any_of(plant.specifications.begin(), plant.specifications.end(), is_it)) return v;
    s.problem(line, "the plant file does not specify " + in_quotes(path),
              did_you_mean(path, specified, "name one of its [[specification]]s"));
    return -1;
  }
};

void read_virtual(FileReader& r, const ConfigNode& node) {
  Section s(node, "[virtual]", r.problems);
  if (const auto seed = s.integer("seed", 0, std::numeric_limits<std::int64_t>::max(), "20261102"))
    r.out.seed = static_cast<std::uint64_t>(*seed);
  read_amount(s, "period", "s", "\"1 s\"", 0.01, 3600.0, r.out.period);
  s.finish();
}

void read_cells(FileReader& r, const ConfigNode& node) {
  Section s(node, "[cells]", r.problems);
  auto& c = r.out.cells;
  auto& h = r.out.process.holdup;
  read_amount(s, "anolyte", "kg", "\"75 kg\"", 1.0, 1e4, h.anolyte);
  read_amount(s, "catholyte", "kg", "\"90 kg\"", 1.0, 1e4, h.catholyte);
  read_amount(s, "heat_capacity", "J/K", "\"120 kJ/K\"", 0.0, 1e9, h.heat_capacity);
  read_amount(s, "voltage_spread", "V", "\"8 mV\"", 0.0, 1.0, c.voltage_spread);
  read_amount(s, "resistance_spread", "1", "\"3 %\"", 0.0, 1.0, c.resistance_spread);
  read_amount(s, "ageing_slowest", "1", "\"1 %\"", 0.0, 1.0, c.ageing_slowest);
  read_amount(s, "ageing_fastest", "1", "\"3 %\"", 0.0, 1.0, c.ageing_fastest);
  read_amount(s, "sd", "V", "\"1 mV\"", 0.0, 1.0, c.sd);
  read_amount(s, "resolution", "V", "\"0.1 mV\"", 1e-6, 1.0, c.resolution);
  s.finish();
}

void read_instruments(FileReader& r, const ConfigNode& node) {
  Section s(node, "[instruments]", r.problems);
  auto& i = r.out.instruments;
  read_amount(s, "bias", "1", "1.0", 0.0, 100.0, i.bias);
  read_amount(s, "noise", "1", "0.3", 0.0, 100.0, i.noise);
  read_amount(s, "noise_memory", "s", "\"270 s\"", 1e-3, 1e9, i.noise_memory);
  read_amount(s, "drift", "1", "0.3", 0.0, 100.0, i.drift);
  read_amount(s, "drift_memory", "s", "\"7 d\"", 1e-3, 1e12, i.drift_memory);
  s.finish();
}

void read_load(FileReader& r, const ConfigNode& node) {
  Section s(node, "[load]", r.problems);
  for (const auto& path : s.texts("with", "[\"E1.current\"]"))
    if (const int v = r.specification(s, path.line, path.text); v >= 0) r.out.process.with_load.push_back(v);
  read_amount(s, "repeat", "s", "\"24 h\"", 1.0, 1e9, r.out.load.repeat);
  if (const ConfigNode* points = s.find("points", Kind::array, "[[\"0 h\", 1.0], [\"8 h\", 0.9]]")) {
    r.out.load.points.clear();
    for (const auto& point : points->items) {
      if (point.kind != Kind::array || point.items.size() != 2) {
        s.problem(point.line, "a point is not a time and a share of full load", "write [\"8 h\", 0.9]");
        continue;
      }
      const auto time = amount(s, point.items[0], "the time of a point", "s", "\"8 h\"");
      const auto share = amount(s, point.items[1], "the share of a point", "1", "0.9");
      if (!time || !share) continue;
      auto& all = r.out.load.points;
      if (*time < 0.0 || (!all.empty() && *time <= all.back().time) ||
          (r.out.load.repeat > 0.0 && *time >= r.out.load.repeat))
        s.problem(point.line, "times do not rise from 0 to below repeat", "order the points by time");
      else if (*share < 0.1 || *share > 1.5)
        s.problem(point.line, "a share of full load is not between 0.1 and 1.5", "write [\"8 h\", 0.9]");
      else
        all.push_back({*time, *share});
    }
    if (r.out.load.points.empty()) r.out.load.points = {{0.0, 1.0}};
    // Round the clock: the end of one round is the beginning of the next.
    if (auto& all = r.out.load.points; r.out.load.repeat > 0.0 && all.size() > 1) {
      const auto first = all.front();
      if (first.time > 0.0)
        s.problem(points->line, "a load that repeats begins at no time 0", "add a point [\"0 h\", ...]");
      all.push_back({r.out.load.repeat, first.share});
    }
  }
  s.finish();
}

void read_change(FileReader& r, const ConfigNode& node) {
  Section s(node, "[[change]]", r.problems);
  const auto of = s.text("of", "\"E3.wear_voltage\"");
  const ConfigNode* value = s.find("value");
  s.finish();
  if (!of || !value)
    return s.problem(node.line, "it needs of and value", "write of = \"E3.wear_voltage\" and value = \"60 mV\"");
  const int v = r.specification(s, s.line_of("of"), *of);
  if (v < 0) return;
  const auto& variable = r.plant.flowsheet->variables()[static_cast<std::size_t>(v)];
  if (const auto si = amount(s, *value, "value", variable.unit, "\"60 mV\"")) r.out.changes.emplace_back(v, *si);
}

void read_controller(FileReader& r, const ConfigNode& node) {
  Section s(node, "[[controller]]", r.problems);
  dynamics::ControllerSettings c;
  c.name = s.text("name", "\"AC-2003\"").value_or("");
  const auto holds = s.text("holds", "\"CA.mass_frac.NaOH\""), by = s.text("by", "\"DW.flow_mass\"");
  const ConfigNode* gain = s.find("gain", Kind::number, "-100.0");
  read_amount(s, "reset", "s", "\"20 min\"", 1.0, 1e7, c.reset);
  c.with_load = s.boolean("with_load").value_or(false);
  s.finish();
  if (c.name.empty() || !holds || !by || !gain)
    return s.problem(node.line, "it needs name, holds, by and gain", "see docs/formats/virtual.md");
  s.call("[[controller]] " + in_quotes(c.name));
  if (gain->number == 0.0 || !std::isfinite(gain->number))
    return s.problem(gain->line, "a gain of " + number_text(gain->number) + " controls nothing", "write gain = -100.0");
  c.gain = gain->number;
  c.holds = r.specification(s, s.line_of("holds"), *holds);
  c.by = r.variable(s, s.line_of("by"), *by);
  for (const auto& spec : r.plant.specifications)
    if (spec.variable == c.by)
      s.problem(s.line_of("by"), in_quotes(*by) + " is specified: it cannot be moved", "choose another");
  for (const auto& other : r.out.process.controllers)
    if (other.holds == c.holds || other.by == c.by || other.name == c.name)
      s.problem(node.line, "it shares its name, what it holds or what it moves with " + in_quotes(other.name),
                "change one of them");
  if (c.holds >= 0 && c.by >= 0) r.out.process.controllers.push_back(c);
}

void read_weak_cell(FileReader& r, const ConfigNode& node) {
  Section s(node, "[[weak_cell]]", r.problems);
  const auto cell = s.text("cell", "\"E2/077\"");
  const auto by = amount(s, "by", "V", "\"90 mV\"");
  s.finish();
  if (!cell || !by) return s.problem(node.line, "it needs cell and by", "write cell = \"E2/077\" and by = \"90 mV\"");
  const auto found = VirtualCells(r.plant, {}, 0).find(*cell);
  if (!found)
    return s.problem(s.line_of("cell"), "there is no cell " + in_quotes(*cell), "write it as \"E2/077\", from 1");
  r.out.weak_cells.emplace_back(*found, *by);
}

/// One of a few words.
void read_word(Section& s, const char* key, const std::vector<std::string>& known, std::string& place) {
  const auto word = s.text(key, known.front().c_str());
  if (!word) return;
  if (std::find(known.begin(), known.end(), *word) != known.end())
    place = *word;
  else
    s.problem(s.line_of(key), std::string(key) + " = " + in_quotes(*word) + " is not known",
              did_you_mean(*word, known, "one of " + listed(known)));
}

void read_analysis(FileReader& r, const ConfigNode& node) {
  Section s(node, "[[analysis]]", r.problems);
  AnalysisSettings a;
  a.tag = s.text("tag", "\"AI-1107\"").value_or("");
  if (!a.tag.empty()) s.call("[[analysis]] " + in_quotes(a.tag));
  std::vector<std::string> names;
  for (const auto& e : unit_models::every<unit_models::ElectrolyserAnatomy>(r.plant)) names.push_back(e.name);
  std::string unit = names.empty() ? "" : names.front(), of;
  if (names.empty())
    s.problem(node.line, "the plant has no electrolyser", "take it out");
  else
    read_word(s, "electrolyser", names, unit);
  read_word(s, "of", {"hydrogen_in_chlorine", "chloride_in_caustic"}, of);
  const auto text = s.text("unit", "\"%\"");
  const auto measure = parse_unit(text.value_or("1"));
  if (!measure || !measure->dimension.pure())
    s.problem(s.line_of("unit"), "unit = " + in_quotes(*text) + " is no unit of a share", "write \"%\" or \"ppm\"");
  const auto sd = amount(s, "sd", "1", "\"30 ppm\"");
  read_amount(s, "lag", "s", "\"90 s\"", 0.0, 86400.0, a.lag);
  s.finish();
  if (a.tag.empty() || !node.find("electrolyser") || !node.find("of") || !text || !node.find("sd"))
    return s.problem(node.line, "it needs tag, electrolyser, of, unit and sd", "see docs/formats/virtual.md");
  const auto is_it = [&](const auto& other) { return other.tag == a.tag; };
  if (std::any_of(r.plant.measurements.begin(), r.plant.measurements.end(), is_it) ||
      std::any_of(r.out.analyses.begin(), r.out.analyses.end(), is_it))
    s.problem(s.line_of("tag"), "the tag is taken", "give it another");
  if (!measure || !sd || of.empty()) return;
  a.electrolyser = static_cast<int>(std::find(names.begin(), names.end(), unit) - names.begin());
  if (of == "chloride_in_caustic") a.of = AnalysisSettings::Of::chloride_in_caustic;
  a.unit = *measure;
  a.sd = measure->difference_from_si(*sd);
  r.out.analyses.push_back(std::move(a));
}

void read_link(FileReader& r, const ConfigNode& node) {
  Section s(node, "[[link]]", r.problems);
  LinkSettings l;
  l.name = s.text("name", "\"plc\"").value_or("");
  if (l.name.empty())
    s.problem(node.line, "no name", "give it one: name = \"plc\"");
  else
    s.call("[[link]] " + in_quotes(l.name));
  std::string kind;
  read_word(s, "kind", {"modbus_tcp", "sparkplug", "opcua"}, kind);
  if (!node.find("kind")) s.problem(node.line, "no kind", "write kind = \"modbus_tcp\"");
  l.kind = kind == "sparkplug" ? LinkSettings::Kind::sparkplug
           : kind == "opcua"   ? LinkSettings::Kind::opcua
                               : LinkSettings::Kind::modbus_tcp;
  for (const auto& pattern : s.texts("tags", "[\"FI-1*\"]")) l.tags.push_back(pattern.text);
  if (l.tags.empty()) s.problem(node.line, "no tags", "name them by patterns: tags = [\"FI-1*\"]");
  if (l.kind != LinkSettings::Kind::sparkplug)
    l.port = static_cast<int>(s.integer("port", 0, 65535, "15020").value_or(0));
  if (l.kind == LinkSettings::Kind::modbus_tcp) {
    read_word(s, "table", {"holding", "input"}, l.table);
    read_word(s, "type", {"float32", "uint16", "int16"}, l.type);
    read_word(s, "word_order", {"abcd", "cdab"}, l.word_order);
    read_amount(s, "scale", "1", "0.0001", 1e-12, 1e12, l.scale);
  } else {
    l.url = s.text("url", "\"tcp://127.0.0.1:1883\"").value_or("tcp://127.0.0.1:1883");
    if (!is_broker_url(l.url))
      s.problem(s.line_of("url"), "url = " + in_quotes(l.url) + " names no broker",
                "write it as \"tcp://127.0.0.1:1883\"");
    for (const auto& [key, place] : {std::pair{"group", &l.group}, {"node", &l.node}, {"device", &l.device}}) {
      *place = s.text(key, "\"castner\"").value_or("");
      if (place->empty() || place->find_first_of("/+#") != std::string::npos)
        s.problem(s.line_of(key), std::string(key) + " is no name without / + #",
                  "write " + std::string(key) + " = \"castner\"");
    }
  }
  s.finish();
  for (const auto& other : r.out.links)
    if (other.name == l.name) s.problem(s.line_of("name"), "the name is taken", "give every link its own name");
  r.out.links.push_back(std::move(l));
}

}  // namespace

bool is_broker_url(std::string_view url) {
  constexpr std::string_view kScheme = "tcp://";
  const auto colon = url.rfind(':');
  if (!url.starts_with(kScheme) || colon <= kScheme.size() || url.find('/', kScheme.size()) != std::string_view::npos)
    return false;
  const auto port = url.substr(colon + 1);
  return !port.empty() && port.size() <= 5 && port.find_first_not_of("0123456789") == std::string_view::npos;
}

Result<VirtualFile> read_virtual_file(std::string_view text, const std::string& file, const plant::Plant& plant) {
  const auto root = CASTNER_TRY(read_toml(text, file));
  FileReader r(file, plant);
  struct Part {
    const char* key;
    Kind kind;
    void (*read)(FileReader&, const ConfigNode&);
  };
  static constexpr Part kParts[] = {{"virtual", Kind::table, read_virtual},
                                    {"cells", Kind::table, read_cells},
                                    {"instruments", Kind::table, read_instruments},
                                    {"load", Kind::table, read_load},
                                    {"change", Kind::array, read_change},
                                    {"controller", Kind::array, read_controller},
                                    {"weak_cell", Kind::array, read_weak_cell},
                                    {"analysis", Kind::array, read_analysis},
                                    {"link", Kind::array, read_link}};
  std::vector<std::string> known;
  for (const Part& p : kParts) {
    known.emplace_back(p.key);
    const ConfigNode* node = root.find(p.key);
    if (!node) continue;
    const std::string cure =
        p.kind == Kind::array ? "write [[" + known.back() + "]], once for each" : "write [" + known.back() + "]";
    if (node->kind != p.kind) {
      r.problems.add(node->line, known.back() + " is " + node->kind_name(), cure);
    } else if (p.kind == Kind::table) {
      p.read(r, *node);
    } else {
      for (const auto& item : node->items)
        if (item.kind == Kind::table)
          p.read(r, item);
        else
          r.problems.add(item.line, known.back() + " holds " + item.kind_name(), cure);
    }
  }
  for (const auto& member : root.members)
    if (std::find(known.begin(), known.end(), member.key) == known.end())
      r.problems.add(member.value.line, in_quotes(member.key) + " is not part of this file",
                     did_you_mean(member.key, known, "it holds " + listed(known)));
  if (!r.problems.empty()) return tl::unexpected(r.problems.error());
  return std::move(r.out);
}

}  // namespace castner::virtual_plant

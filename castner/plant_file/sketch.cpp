// SPDX-License-Identifier: Apache-2.0
// A sketch to the text of a plant file:
//  1. Pipes that meet where the sketch has no unit, at one port or at that of every unit of a model, get a mixer, a splitter, or both
//     (sketch_joints).
//  2. Each unit collects the pipes at its inlets and outlets; a port that must be connected and has none gets a pipe to the
//     outside.
//  3. Contents that nobody said are those that the ports at both ends take, the usual ones first; else those which alone have what a
//     meter there measures, as caustic has NaOH. Where all that is known of a mixer's or a splitter's pipes is one and the same, it is
//     said of its others too, and what goes in on one side of a heat exchanger comes out of it;
//     that comes before the usual contents of such a side. What a mixer gets from outside may dilute as well: there a tag's own words
//     decide between water and what flows in the others, or a person does.
//  4. What hardly any plant's meters tell is assumed, and said to be.
//  5. How a feed divides over electrolysers, where meters are on the headers alone, is assumed (sketch_division).
//  6. A rectifier's equation joins it to the electrolysers that it feeds.
//  7. Solvers start at the means of the meters.
//  8. The tables are written in the order of docs/reference/plant_file.md.
#include "castner/plant_file/sketch.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <optional>
#include <set>

#include "castner/base/quantity.h"
#include "castner/plant/assumed.h"
#include "castner/plant/stream_quantity.h"
#include "castner/plant_file/new_plant.h"
#include "castner/plant_file/sketch_acid.h"
#include "castner/plant_file/sketch_division.h"
#include "castner/plant_file/sketch_joints.h"
#include "castner/plant_file/tag_words.h"
#include "castner/unit_models/models.h"

namespace castner::plant_file {
namespace {

using plant::Contents, plant::ModelInfo, plant::PortInfo;

constexpr const char* kWater = "water";

// None is added in many plants, 0.015 mol per mol of electrons is usual (docs/domain/base_case.md): 0.13 % of the brine.
constexpr double kUsualAcid = 0.0007;
constexpr const char* kAboutAcid =
    "acid added to the feed brine, 0 to 0.13 % by usual dosing; pick brine for the pipe where none is added, or add "
    "its "
    "meter";

constexpr double kTraceOfCaustic = 1e-4;  // of dilution water; a guess
constexpr const char* kAboutWater =
    "NaOH in the dilution water, as its tag says; pick another place where it is no water";

std::string parameter_text(const Sketch::Unit& u, const std::string& name) {
  const auto it =
      std::find_if(u.parameters.begin(), u.parameters.end(), [&](const auto& p) { return p.first == name; });
  return it == u.parameters.end() ? "" : it->second;
}

/// What the parameter is taken for; nullopt where it goes with a constant that nobody has given yet.
std::optional<Sketch::Assumed> assumption(const Sketch::Unit& u, const plant::ParameterInfo& p) {
  double size = 1.0;
  for (const char* constant : p.assumed->per) {
    const std::string text = parameter_text(u, constant);
    const auto quantity = parse_quantity(text);
    std::size_t length = 0;
    const auto number = leading_number(text, length);
    const double value = quantity ? quantity->si() : number && length == text.size() ? *number : 0.0;
    if (!(value > 0.0) || !std::isfinite(value)) return std::nullopt;
    size *= value;
  }
  return Sketch::Assumed{u.name + "." + p.name, p.assumed->value * size, p.assumed->sd * size, p.about};
}

/// What meters there are on a unit, on its pipes and on what feeds it: units of a model that have the same are told alike.
std::multiset<std::string> metered_as(const Sketch& sketch, const Sketch::Unit& u) {
  std::multiset<std::string> all;
  const auto add = [&](const std::string& place, const std::string& as) {
    for (const auto& m : sketch.meters)
      if (m.of.starts_with(place + ".")) all.insert(as + m.of.substr(place.size()));
  };
  add(u.name, "");
  for (const auto& p : sketch.pipes)
    for (const SketchEnd& end : {p.from, p.to})
      if (end.unit == u.name && !end.every) add(p.name, end.port);
  for (const auto& f : sketch.units)
    if (std::find(f.feeds.begin(), f.feeds.end(), u.name) != f.feeds.end()) add(f.name, f.model);
  return all;
}

struct Sketched {
  Sketch sketch;
  std::map<std::string, const ModelInfo*> models;  ///< by unit
  bool acid_free = false;                          ///< somebody said so
  std::set<std::string> by_tags;                   ///< pipes whose contents the words in a tag said
  AcidTables acid;
  DivisionTables division;
  std::map<std::string, std::string> diluted;  ///< what a pipe holds if not water, by its name, where nothing decides

  explicit Sketched(const Sketch& s) : sketch(joined(s)) {
    for (const auto& u : sketch.units) models[u.name] = unit_models::model_named(u.model);
    for (const auto& u : sketch.units) connect_rest(u);
    find_acid();
    // A side of an exchanger takes anything: what else is known of it comes before its usual contents.
    for (const bool any : {false, true}) {
      for (auto& p : sketch.pipes)
        if (p.contents.empty() && (any || !(lets_through(p.from, false) || lets_through(p.to, true))))
          p.contents = contents_of_ports(p);
      for (auto& p : sketch.pipes)
        if (p.contents.empty()) p.contents = contents_of_meters(p);
      for (bool more = true; more;) more = pass_on() || pass_through();
    }
    for (const auto& p : sketch.pipes)
      if (!p.contents.empty()) diluted.erase(p.name);
    assume();
    acid = take_acid(sketch);
    sketch.assumed.insert(sketch.assumed.end(), acid.assumed.begin(), acid.assumed.end());
    division = divided(sketch);
  }

  /// Acid into a mixer is told by the tags of its meters; where there is any, nobody who picks brine for a pipe means all of it.
  void find_acid() {
    for (auto& p : sketch.pipes) {
      const auto* to = model(p.to.unit);
      if (!p.contents.empty() || !to || to != mixer_model() || additive_in(sketch, p) != kAcid) continue;
      p.contents = kAcid;
      by_tags.insert(p.name);
    }
    const auto any = [&](std::string_view contents) {
      return std::any_of(sketch.pipes.begin(), sketch.pipes.end(),
                         [&](const Sketch::Pipe& p) { return p.contents == contents; });
    };
    acid_free = any(plant::contents_info(Contents::brine).name) && !any(kAcid);
  }

  /// What hardly any meter tells, and the acid of a feed brine, of which nobody has said whether there is any.
  void assume() {
    for (const auto& u : sketch.units)
      if (const auto* m = model(u.name))
        for (const auto& p : m->parameters)
          if (p.assumed && p.assumed->from_start && !given(u, p.name))
            if (auto a = assumption(u, p)) sketch.assumed.push_back(*std::move(a));
    const std::string caustic(plant::contents_info(Contents::caustic).name);
    for (const auto& p : sketch.pipes)
      if (p.contents == caustic && p.from.unit.empty() && says_it_is_water(p))
        sketch.assumed.push_back({p.name + ".mass_frac.NaOH", 0.0, kTraceOfCaustic, kAboutWater});
    const std::string brine_with_acid(plant::contents_info(Contents::acid_brine).name);
    if (std::none_of(sketch.meters.begin(), sketch.meters.end(), [](const auto& m) { return m.of.ends_with(".HCl"); }))
      for (const auto& p : sketch.pipes)
        if (p.contents == brine_with_acid && p.from.unit.empty())
          sketch.assumed.push_back({p.name + ".mass_frac.HCl", kUsualAcid, kUsualAcid, kAboutAcid});
  }
  /// Water that is added to the caustic in an electrolyser: its pipe is one of caustic, of which it has none.
  bool says_it_is_water(const Sketch::Pipe& p) const {
    bool flow = false;
    for (const auto& m : sketch.meters) {
      if (!is_on(m, p)) continue;
      if (m.of.ends_with(".NaOH")) return false;
      flow = flow || says_only_water(m.tag);
    }
    return flow;
  }
  bool given(const Sketch::Unit& u, const std::string& parameter) const {
    return !parameter_text(u, parameter).empty() ||
           std::any_of(sketch.meters.begin(), sketch.meters.end(),
                       [&](const auto& m) { return m.of == u.name + "." + parameter; });
  }

  const ModelInfo* model(const std::string& unit) const {
    const auto it = models.find(unit);
    return it == models.end() ? nullptr : it->second;
  }
  /// The port at an end; null outside, and where ports are lists.
  const PortInfo* port(const SketchEnd& end, bool inlet) const {
    const auto* m = model(end.unit);
    if (!m || m->many) return nullptr;
    const auto it = std::find_if(m->ports.begin(), m->ports.end(),
                                 [&](const PortInfo& p) { return p.name == end.port && p.inlet == inlet; });
    return it == m->ports.end() ? nullptr : &*it;
  }

  void connect_rest(const Sketch::Unit& u) {
    const auto* m = model(u.name);
    if (!m || m->many) return;
    for (const auto& port : m->ports) {
      const auto taken = [&](const Sketch::Pipe& p) {
        const auto& end = port.inlet ? p.to : p.from;
        return end.unit == u.name && end.port == port.name;
      };
      if (port.optional || std::any_of(sketch.pipes.begin(), sketch.pipes.end(), taken)) continue;
      Sketch::Pipe rest{.name = u.name + "_" + port.name, .contents = {}, .from = {}, .to = {}};
      (port.inlet ? rest.to : rest.from) = {u.name, port.name};
      sketch.pipes.push_back(std::move(rest));
    }
  }

  /// The other side of a port that lets what flows in out again, "hot_out" of "hot_in"; "" of any other.
  std::string other_side(const std::string& unit, const std::string& port) const {
    const auto* m = model(unit);
    const bool in = port.ends_with("_in");
    if (!m || m->many || !(in || port.ends_with("_out"))) return "";
    const std::string other = port.substr(0, port.rfind('_')) + (in ? "_out" : "_in");
    const bool there = std::any_of(m->ports.begin(), m->ports.end(), [&](const auto& p) { return p.name == other; });
    return there ? other : "";
  }
  bool lets_through(const SketchEnd& end, bool inlet) const {
    return port(end, inlet) && !other_side(end.unit, end.port).empty();
  }

  std::string contents_of_ports(const Sketch::Pipe& p) const {
    const auto *from = port(p.from, false), *to = port(p.to, true);
    if (!from && !to) return "";
    const auto takes = [](const PortInfo* port, Contents c) {
      return !port || std::find(port->contents.begin(), port->contents.end(), c) != port->contents.end();
    };
    const PortInfo* first = from ? from : to;
    // Whoever picks brine for one pipe means all of it without acid; elsewhere the usual contents stand first.
    const bool plain = acid_free && takes(first, Contents::brine) && takes(to, Contents::brine);
    for (const Contents c : first->contents)
      if (takes(to, c) && !(plain && c == Contents::acid_brine)) return std::string(plant::contents_info(c).name);
    return "";
  }

  /// "" where no meter decides it, or two decide differently.
  std::string contents_of_meters(const Sketch::Pipe& p) const {
    std::string found;
    for (const auto& m : sketch.meters) {
      if (!is_on(m, p)) continue;
      const std::string only = only_contents_with(m.of.substr(p.name.size() + 1));
      if (only.empty()) continue;
      if (!found.empty() && found != only) return "";
      found = only;
    }
    return found;
  }
  static bool is_on(const Sketch::Meter& m, const Sketch::Pipe& p) {
    return m.of.size() > p.name.size() && m.of[p.name.size()] == '.' && m.of.starts_with(p.name);
  }
  static bool has(Contents contents, const std::string& quantity) {
    const auto variables = plant::stream_variables(contents);
    const auto derived = plant::stream_quantity_names(contents);
    return std::any_of(variables.begin(), variables.end(), [&](const auto& v) { return v.name == quantity; }) ||
           std::find(derived.begin(), derived.end(), quantity) != derived.end();
  }
  static std::string only_contents_with(const std::string& quantity) {
    std::string only;
    for (const auto& info : plant::all_contents()) {
      if (!has(info.contents, quantity)) continue;
      if (!only.empty()) return "";
      only = info.name;
    }
    return only;
  }

  /// True if a mixer or a splitter told one more pipe what flows in it.
  bool pass_on() {
    for (const auto& u : sketch.units) {
      const auto* m = model(u.name);
      if (!m || !m->many || !m->contents_matter) continue;
      const auto touches = [&](const Sketch::Pipe& p) { return p.from.unit == u.name || p.to.unit == u.name; };
      std::set<std::string> all;
      for (const auto& p : sketch.pipes)
        if (touches(p) && !p.contents.empty()) all.insert(p.contents);
      const bool only_acid = std::all_of(sketch.pipes.begin(), sketch.pipes.end(),
                                         [&](const auto& p) { return p.to.unit != u.name || p.contents == kAcid; });
      if (m == mixer_model() && !only_acid && all.erase(kAcid) > 0) {
        if (acidify(u, all)) return true;
        continue;
      }
      // Water that goes in where a solution flows dilutes it.
      if (all.size() == 2 && all.contains(kWater) &&
          is_solution(*all.begin() == kWater ? *all.rbegin() : *all.begin()) &&
          std::none_of(sketch.pipes.begin(), sketch.pipes.end(),
                       [&](const auto& p) { return p.from.unit == u.name && p.contents == kWater; }))
        all.erase(kWater);
      if (all.size() != 1) continue;
      for (auto& p : sketch.pipes) {
        if (!touches(p) || !p.contents.empty()) continue;
        std::string contents = *all.begin();
        if (may_dilute(u, p, contents)) {
          const std::string said = said_by_tags(p, contents);
          if (said.empty()) {
            diluted[p.name] = contents;
            continue;
          }
          contents = said;
          by_tags.insert(p.name);
        }
        p.contents = contents;
        return true;
      }
    }
    return false;
  }

  /// Brine without acid comes in beside acid, and acid brine goes out; true if that told one more pipe.
  /// @param others  what is known of the other pipes
  bool acidify(const Sketch::Unit& u, const std::set<std::string>& others) {
    const std::string with(plant::contents_info(Contents::acid_brine).name),
        without(plant::contents_info(Contents::brine).name);
    const bool brine = std::all_of(others.begin(), others.end(),
                                   [&](const auto& c) { return c == with || c == without || c == kWater; });
    if (!brine || !(others.contains(with) || others.contains(without))) return false;
    for (auto& p : sketch.pipes) {
      if (!p.contents.empty() || (p.from.unit != u.name && p.to.unit != u.name)) continue;
      p.contents = p.from.unit == u.name ? with : without;
      return true;
    }
    return false;
  }

  static bool is_solution(const std::string& contents) {
    for (const Contents c : {Contents::caustic, Contents::brine, Contents::acid_brine, Contents::depleted_brine})
      if (contents == plant::contents_info(c).name) return true;
    return false;
  }
  /// Whether a pipe may bring water to a mixer of a solution: it comes from outside beside others, and no meter on it tells more than
  /// water has.
  bool may_dilute(const Sketch::Unit& u, const Sketch::Pipe& p, const std::string& solution) const {
    if (!is_solution(solution) || !p.from.unit.empty() || p.to.unit != u.name) return false;
    const auto& pipes = sketch.pipes;
    return std::count_if(pipes.begin(), pipes.end(), [&](const auto& x) { return x.to.unit == u.name; }) > 1 &&
           std::all_of(sketch.meters.begin(), sketch.meters.end(), [&](const auto& m) {
             return !is_on(m, p) || has(Contents::water, m.of.substr(p.name.size() + 1));
           });
  }
  /// "" where the tags on it do not say whether it is water or the solution.
  std::string said_by_tags(const Sketch::Pipe& p, const std::string& solution) const {
    for (const auto& m : sketch.meters) {
      if (!is_on(m, p)) continue;
      const Nature nature = nature_said(m.tag);
      if (says_only_water(m.tag)) return kWater;
      if (says_water(m.tag)) continue;  // caustic to be diluted, and caustic for diluting, are asked about
      if ((nature == Nature::caustic && solution == "caustic") ||
          (nature == Nature::brine && solution.ends_with("brine")))
        return solution;
    }
    return "";
  }

  /// True if one more pipe is told by the other side of a unit that lets what flows in out again.
  bool pass_through() {
    for (auto& in : sketch.pipes) {
      const std::string other = other_side(in.to.unit, in.to.port);
      if (other.empty()) continue;
      for (auto& out : sketch.pipes) {
        if (out.from.unit != in.to.unit || out.from.port != other || in.contents.empty() == out.contents.empty())
          continue;
        (in.contents.empty() ? in : out).contents = in.contents.empty() ? out.contents : in.contents;
        return true;
      }
    }
    return false;
  }

  /// The pipes at a unit's inlets or outlets, in the form that its model takes.
  std::string connections(const Sketch::Unit& u, bool inlet) const {
    const auto* m = model(u.name);
    const bool list = !m || m->many;
    std::string all;
    for (const auto& p : sketch.pipes) {
      const auto& end = inlet ? p.to : p.from;
      if (end.unit != u.name) continue;
      all += (all.empty() ? "" : ", ") + (list ? "" : end.port + " = ") + toml_text(p.name);
    }
    if (all.empty()) return "";
    return std::string(inlet ? "inlets" : "outlets") + " = " + (list ? "[" + all + "]" : "{ " + all + " }") + "\n";
  }
};

/// A number as it is, anything else in quotes.
std::string toml_value(const std::string& text) {
  std::size_t length = 0;
  const bool number = leading_number(text, length).has_value() && length == text.size();
  return number ? text : toml_text(text);
}

void write_key(std::string& out, const char* key, const std::string& value) {
  if (!value.empty()) out += std::string(key) + " = " + toml_text(value) + "\n";
}

void write_economics(std::string& out, const Sketch& sketch) {
  std::string lines;
  for (const auto& [key, value] : sketch.economics) {
    if (value.empty()) continue;
    std::size_t length = 0;
    const bool bare = leading_number(value, length).has_value() && length == value.size();
    const std::string unit = key == "electricity"   ? " " + sketch.currency + "/(kW.h)"
                             : key == "steam"       ? " " + sketch.currency + "/t"
                             : key == "auxiliaries" ? " kW.h/t"
                                                    : "";
    lines += key + " = " + (bare && unit.empty() ? value : toml_text(value + (bare ? unit : ""))) + "\n";
  }
  if (!lines.empty()) out += "\n[economics]\n" + lines;
}

std::string one_line(std::string text) {
  std::replace_if(
      text.begin(), text.end(), [](unsigned char c) { return c < 0x20 || c == 0x7f; }, ' ');
  return text;
}

}  // namespace

std::string sketched_plant(const Sketch& sketch) {
  const Sketched s(sketch);
  std::string out = "# Made from " + one_line(sketch.data_file) +
                    " on the page Start. Every sd is a guess until someone has looked at the instrument's data sheet.\n"
                    "# All keys: docs/reference/plant_file.md\n\n[plant]\n";
  write_key(out, "name", sketch.name);
  write_key(out, "currency", sketch.currency);
  for (const auto& u : s.sketch.units) {
    out += "\n[[unit]]\n";
    write_key(out, "name", u.name);
    write_key(out, "model", u.model);
    if (!u.title.en.empty())
      out += "title = { en = " + toml_text(u.title.en) + ", zh = " + toml_text(u.title.zh) + " }\n";
    out += s.connections(u, true) + s.connections(u, false);
    std::string given;
    for (const auto& [name, value] : u.parameters)
      if (!value.empty()) given += (given.empty() ? "" : ", ") + name + " = " + toml_value(value);
    if (!given.empty()) out += "parameters = { " + given + " }\n";
  }
  for (const auto& u : s.sketch.units) {
    if (u.feeds.empty()) continue;
    out += "\n[[equation]]\n";
    write_key(out, "name", u.name + "_feeds");
    std::string rest = u.name + ".dc_power";
    for (const auto& fed : u.feeds) rest += " - " + fed + ".dc_power";
    write_key(out, "residual", rest);
  }
  out += s.acid.text + s.division.text;
  for (const auto& p : s.sketch.pipes) {
    if (p.contents.empty()) continue;
    out += "\n[[stream]]\n";
    write_key(out, "name", p.name);
    write_key(out, "contents", p.contents);
  }
  for (const auto& m : s.sketch.meters) {
    out += "\n[[measurement]]\n";
    write_key(out, "tag", m.tag);
    write_key(out, "of", m.of);
    write_key(out, "unit", m.unit);
    write_key(out, "data_unit", m.data_unit);
    if (!m.sd.empty()) out += "sd = " + toml_value(m.sd) + "\n";
  }
  auto assumed = s.sketch.assumed;
  assumed.insert(assumed.end(), s.division.assumed.begin(), s.division.assumed.end());
  for (const auto& a : assumed) {
    out += "\n[[measurement]]\n# Assumed, with its uncertainty, until a meter or a value tells: " + a.about + "\n";
    write_key(out, "tag", std::string(plant::kAssumedTag) + a.of);
    write_key(out, "of", a.of);
    out += "value = " + number_text(a.value) + "\nsd = " + number_text(a.sd) + "\n";
  }
  for (const auto& [of, value] : s.sketch.starts) {
    out += "\n[[start]]\n";
    write_key(out, "of", of);
    write_key(out, "value", value);
  }
  if (!sketch.window.empty() || !sketch.max_gap.empty() || sketch.min_rows > 0 || !sketch.between.empty()) {
    out += "\n[assess]\n";
    write_key(out, "between", sketch.between);
    write_key(out, "window", sketch.window);
    if (sketch.min_rows > 0) out += "min_rows = " + std::to_string(sketch.min_rows) + "\n";
    write_key(out, "max_gap", sketch.max_gap);
  }
  write_economics(out, sketch);
  return out;
}

std::vector<PipeContents> contents_in(const Sketch& sketch) {
  using By = PipeContents::By;
  const Sketched s(sketch);
  std::vector<PipeContents> all;
  for (const auto& p : sketch.pipes) {
    const auto known =
        std::find_if(s.sketch.pipes.begin(), s.sketch.pipes.end(), [&](const auto& x) { return x.name == p.name; });
    if (known == s.sketch.pipes.end()) continue;
    PipeContents c{.pipe = p.name, .contents = known->contents};
    c.by = !p.contents.empty()               ? By::picked
           : c.contents.empty()              ? By::nobody
           : s.by_tags.contains(known->name) ? By::tags
                                             : By::ends;
    if (const auto open = s.diluted.find(p.name); open != s.diluted.end()) c.may_be = {kWater, open->second};
    all.push_back(std::move(c));
  }
  return all;
}

std::vector<Division> divisions_in(const Sketch& sketch) { return untold_divisions(Sketched(sketch).sketch); }

std::vector<MeterNote> meter_notes(const Sketch& sketch) { return Sketched(sketch).acid.notes; }

std::vector<Sketch::Assumed> assumed_in(const Sketch& sketch) { return Sketched(sketch).sketch.assumed; }

std::vector<Sketch::Assumed> assumable(const Sketch& sketch, const std::vector<std::string>& untold) {
  std::vector<Sketch::Assumed> all;
  const auto already = assumed_in(sketch);
  for (const auto& u : sketch.units) {
    const auto* model = unit_models::model_named(u.model);
    if (!model) continue;
    const auto meters = metered_as(sketch, u);
    const auto untold_of_one_alike = [&](const std::string& parameter) {
      return std::any_of(sketch.units.begin(), sketch.units.end(), [&](const Sketch::Unit& other) {
        return other.model == u.model &&
               std::find(untold.begin(), untold.end(), other.name + "." + parameter) != untold.end() &&
               metered_as(sketch, other) == meters;
      });
    };
    for (const auto& p : model->parameters) {
      const auto is_it = [&](const auto& a) { return a.of == u.name + "." + p.name; };
      if (p.assumed && parameter_text(u, p.name).empty() && untold_of_one_alike(p.name) &&
          std::none_of(already.begin(), already.end(), is_it))
        if (auto a = assumption(u, p)) all.push_back(*std::move(a));
    }
  }
  return all;
}

std::vector<std::pair<std::string, std::string>> starts_in(const Sketch& sketch, const plant::Plant& plant) {
  std::vector<std::pair<std::string, std::string>> all;
  std::set<int> known;
  for (const auto& [variable, value] : plant.parameters) known.insert(variable);
  for (const auto& meter : sketch.meters) {
    const auto m = std::find_if(plant.measurements.begin(), plant.measurements.end(),
                                [&](const auto& read) { return read.tag == meter.tag; });
    if (!meter.mean || m == plant.measurements.end()) continue;
    const Variable& v = plant.flowsheet->variables()[static_cast<std::size_t>(m->variable)];
    const double value = m->unit.to_si(*meter.mean);
    if (!(value > 0.0 && value >= v.low && value <= v.high) || !known.insert(m->variable).second) continue;
    all.emplace_back(v.name, fmt::format("{:.5g}", *meter.mean) + (meter.unit == "1" ? "" : " " + meter.unit));
  }
  return all;
}

}  // namespace castner::plant_file

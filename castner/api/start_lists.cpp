// SPDX-License-Identifier: Apache-2.0
#include "castner/api/start_lists.h"

#include <algorithm>
#include <map>

#include "castner/base/quantity.h"
#include "castner/plant/stream_quantity.h"
#include "castner/plant_file/plant_file.h"
#include "castner/plant_file/sketch.h"
#include "castner/unit_models/electrolyser.h"
#include "castner/unit_models/models.h"
#include "castner/unit_models/rectifier.h"

namespace castner::api {
namespace {

using Electrolyser = unit_models::ElectrolyserAnatomy;
using Rectifier = unit_models::RectifierAnatomy;

/// What plants have meters of, the most usual first; the rest, such as saturation pressures, is seldom metered.
constexpr std::string_view kUsual[] = {"flow_mass",         "flow_mass_dry",
                                       "flow_vol",          "flow_vol_normal_dry",
                                       "flow_vol_normal",   "temperature",
                                       "pressure",          "mass_frac.NaOH",
                                       "mass_frac.NaCl",    "conc_mass.NaCl",
                                       "conc_mass.NaOH",    "mole_frac_dry.O2",
                                       "mole_frac_dry.Cl2", "mole_frac_dry.H2",
                                       "mass_frac.HCl",     "dens_mass",
                                       "current",           "current_density",
                                       "voltage",           "ac_power",
                                       "dc_power",          "duty"};

bool must_be_given(const plant::ParameterInfo& p) {
  return p.kind == plant::ParameterInfo::Kind::constant && !p.default_value;
}

/// What a unit of this model has beside its pipes: the variables of one that stands alone.
std::vector<Variable> quantities_of(const plant::ModelInfo& model) {
  plant_file::Sketch alone;
  alone.units.push_back({.name = "U", .model = model.name, .parameters = {}});
  for (const auto& p : model.parameters)
    if (must_be_given(p)) alone.units[0].parameters.emplace_back(p.name, p.unit == "1" ? "1" : "1 " + p.unit);
  for (const auto& port : model.ports) {
    const plant_file::SketchEnd here{"U", port.name};
    if (!model.many)
      alone.pipes.push_back({"P_" + port.name, "", port.inlet ? plant_file::SketchEnd{} : here,
                             port.inlet ? here : plant_file::SketchEnd{}});
  }
  std::vector<Variable> all;
  const auto plant = plant_file::read_plant(plant_file::sketched_plant(alone), "");
  if (!plant) return all;
  for (const auto& v : plant->flowsheet->variables())
    if (v.name.starts_with("U.") && v.name.find('.', 2) == std::string::npos)
      all.push_back({.name = v.name.substr(2), .unit = v.unit});
  return all;
}

/// What a pipe with these contents has.
std::vector<Variable> quantities_of(plant::Contents contents) {
  auto all = plant::stream_variables(contents);
  for (const auto& name : plant::stream_quantity_names(contents))
    if (auto derived = plant::stream_quantity(contents, name)) all.push_back(std::move(derived->variable));
  // Acid is metered as it flows (plant_file/sketch_acid.h).
  if (contents == plant::Contents::hydrogen_chloride)
    for (const auto& [name, unit] : {std::pair{"flow_vol", "m3/s"}, {"mass_frac.HCl", "1"}, {"conc_mass.HCl", "kg/m3"}})
      all.push_back({.name = name, .unit = unit});
  return all;
}

/// All that the lists are made of; the same for every file.
struct Lists {
  std::map<std::string, std::vector<Variable>> of_models, of_contents;  ///< by name
  std::map<std::string, std::string> units;                             ///< of each quantity, in SI
};
const Lists& lists() {
  static const Lists all = [] {
    Lists l;
    for (const auto& m : unit_models::all_models()) l.of_models[m.name] = quantities_of(m);
    for (const auto& c : plant::all_contents()) l.of_contents[std::string(c.name)] = quantities_of(c.contents);
    for (const auto* some : {&l.of_models, &l.of_contents})
      for (const auto& [name, quantities] : *some)
        for (const auto& q : quantities) l.units.emplace(q.name, q.unit);
    return l;
  }();
  return all;
}

void write_quantities(JsonWriter& json, const words::Words& words, const std::vector<Variable>& quantities) {
  json.key("quantities").array();
  for (const auto& q : quantities)
    json.object().field("name", q.name).field("title", quantity_words(words, q.name)).end_object();
  json.end_array();
}

}  // namespace

/// "mass_frac.NaOH" in words; a name without a row is shown as it is.
std::string quantity_words(const words::Words& words, const std::string& name) {
  const auto dot = name.find('.');
  const std::string code = "quantity." + name.substr(0, dot);
  std::string text = words.has(code) ? words(code) : name.substr(0, dot);
  if (!words.has(code)) std::replace(text.begin(), text.end(), '_', ' ');
  return dot == std::string::npos ? text : text + " " + name.substr(dot + 1);
}

std::vector<std::string> quantities_in(const std::string& unit, const std::string& guess) {
  std::vector<std::string> all;
  const auto theirs = unit.empty() ? std::nullopt : std::optional(parse_unit(unit));
  if (!theirs || !*theirs) return all;
  for (const auto& [name, own] : lists().units)
    if (plant::unit_of_reading(**theirs, "S." + name).dimension == parse_unit(own)->dimension) all.push_back(name);
  const auto rank = [&](const std::string& name) {
    return name == guess ? -1L : std::find(std::begin(kUsual), std::end(kUsual), name) - std::begin(kUsual);
  };
  std::stable_sort(all.begin(), all.end(), [&](const auto& l, const auto& r) { return rank(l) < rank(r); });
  return all;
}

void write_choices(JsonWriter& json, const words::Words& words) {
  json.key("models").array();
  for (const auto& m : unit_models::all_models()) {
    json.object().field("name", m.name).field("many", m.many).key("ports").array();
    for (const auto& p : m.ports) {
      json.object().field("name", p.name).field("inlet", p.inlet).field("optional", p.optional).end_object();
    }
    json.end_array().text_or_null("feeds", m.name == Rectifier::kModel ? Electrolyser::kModel : "");
    for (const bool required : {true, false}) {
      json.key(required ? "required" : "optional").array();
      for (const auto& p : m.parameters) {
        if (must_be_given(p) != required) continue;
        json.object().field("name", p.name).field("unit", p.unit);
        json.field("about", words.said(p.about)).end_object();
      }
      json.end_array();
    }
    write_quantities(json, words, lists().of_models.at(m.name));
    json.end_object();
  }
  json.end_array().key("contents").array();
  for (const auto& c : plant::all_contents()) {
    const std::string name(c.name);
    json.object().field("name", name).field("title", words("contents." + name));
    write_quantities(json, words, lists().of_contents.at(name));
    json.end_object();
  }
  json.end_array();
}

}  // namespace castner::api

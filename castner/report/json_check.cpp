// SPDX-License-Identifier: Apache-2.0
#include <nlohmann/json.hpp>

#include "castner/report/json.h"
#include "castner/unit_models/models.h"

namespace castner::report {
namespace {

using Json = nlohmann::ordered_json;
using plant::Plant;

Json port(const plant::PortInfo& p) {
  Json contents = Json::array();
  for (const auto c : p.contents) contents.push_back(plant::contents_info(c).name);
  return {{"name", p.name}, {"inlet", p.inlet}, {"optional", p.optional}, {"contents", std::move(contents)}};
}

Json parameter(const plant::ParameterInfo& p) {
  const bool variable = p.kind == plant::ParameterInfo::Kind::variable;
  return {{"name", p.name},
          {"kind", variable ? "variable" : "constant"},
          {"default", p.default_value ? Json(*p.default_value) : Json(nullptr)},
          {"unit", p.unit},
          {"about", p.about}};
}

}  // namespace

std::string check_json(const Plant& plant, const assess::StructureCheck& c) {
  const auto variables = plant.flowsheet->variables();
  const auto equations = plant.flowsheet->equations();
  const auto names_of = [&](const std::vector<int>& indices, bool of_equations) {
    Json list = Json::array();
    for (const int i : indices)
      list.push_back(of_equations ? equations[static_cast<std::size_t>(i)]
                                  : variables[static_cast<std::size_t>(i)].name);
    return list;
  };
  const auto& s = c.simulation;
  Json instruments = Json::array(), suggestions = Json::array();
  for (const auto& i : c.instruments)
    instruments.push_back({{"tag", i.tag},
                           {"of", i.of},
                           {"class", solve::class_name(i.kind)},
                           {"smallest_seen", i.smallest_seen ? Json(*i.smallest_seen) : Json(nullptr)},
                           {"hardly_checked", i.hardly_checked}});
  for (const auto& g : c.suggestions)
    suggestions.push_back({{"of", g.of},
                           {"second", g.second},
                           {"sd_assumed", g.sd_assumed},
                           {"unit", plant.as_published ? "1" : g.unit},
                           {"makes_known", g.makes_known},
                           {"makes_observable", g.makes_observable},
                           {"makes_redundant", g.makes_redundant},
                           {"sharpens", g.sharpens}});
  const bool solved = c.reconciliation == solve::Status::converged;
  const Json document = {
      {"passed", c.passed()},
      {"variables", c.variables},
      {"equations", c.equations},
      {"parameters_held", c.parameters_held},
      {"specifications", c.specifications},
      {"simulation",
       {{"degrees_of_freedom", s.degrees_of_freedom},
        {"structural_rank", s.structural_rank},
        {"square_and_solvable", c.solvable()},
        {"undetermined", names_of(c.undetermined, false)},
        {"over_determined",
         {{"equations", names_of(s.over_equations, true)}, {"variables", names_of(s.over_variables, false)}}},
        {"under_determined",
         {{"equations", names_of(s.under_equations, true)}, {"variables", names_of(s.under_variables, false)}}}}},
      {"reconciliation",
       {{"status", solve::status_name(c.reconciliation)},
        {"advice", solved ? Json(nullptr)
                          : Json{{"text", c.advice.text},
                                 {"unit", c.advice.unit},
                                 {"equation", c.advice.equation},
                                 {"variable", c.advice.variable}}},
        {"degrees_of_redundancy", c.degrees_of_redundancy},
        {"instruments", std::move(instruments)},
        {"unobservable", c.unobservable},
        {"untold_parameters", c.untold}}},
      {"suggestions", std::move(suggestions)},
      {"warnings", plant.warnings}};
  return document.dump(-1, ' ', false, Json::error_handler_t::replace) + "\n";
}

std::string models_json() {
  Json list = Json::array();
  for (const auto& m : unit_models::all_models()) {
    Json ports = Json::array(), parameters = Json::array();
    for (const auto& p : m.ports) ports.push_back(port(p));
    for (const auto& p : m.parameters) parameters.push_back(parameter(p));
    list.push_back({{"name", m.name},
                    {"about", m.about},
                    {"many", m.many},
                    {"ports", std::move(ports)},
                    {"parameters", std::move(parameters)}});
  }
  return Json{{"models", std::move(list)}}.dump() + "\n";
}

}  // namespace castner::report

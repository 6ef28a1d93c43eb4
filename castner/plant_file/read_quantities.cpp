// SPDX-License-Identifier: Apache-2.0
// [[variable]], [[equation]], [[specification]] and [[start]].
#include <algorithm>
#include <cmath>
#include <utility>

#include "castner/base/check.h"
#include "castner/plant_file/equation_unit.h"
#include "castner/plant_file/plant_reader.h"

namespace castner::plant_file {
namespace {

constexpr std::size_t kNotMade = static_cast<std::size_t>(-1);  // a variable with problems

/// The unit of a [[variable]], pure where none is given.
std::optional<Measure> declared_unit(PlantReader& r, Section& s) {
  const auto text = s.text("unit", "\"kg/s\"");
  if (!text) return s.find("unit") ? std::nullopt : std::optional(Measure{});
  auto unit = parse_unit(*text, r.unit_options);
  if (!unit) {
    for (const Problem& p : unit.error().problems) s.problem(s.line_of("unit"), "unit: " + p.what, p.cure);
    return std::nullopt;
  }
  if (r.plant.as_published && unit->text != "1") {
    s.problem(s.line_of("unit"), "unit = " + in_quotes(*text) + " in a plant with units = \"as_published\"",
              "leave it out: numbers are pure there");
    return std::nullopt;
  }
  return *unit;
}

/// The text of a variable's unit in equations and results: SI, in the user's spelling if that is SI already.
std::string si_text(const Measure& u) {
  return u.scale == 1.0 && u.offset == 0.0 && u.text != "degC" ? u.text : u.dimension.si_unit();
}

void read_variable(PlantReader& r, const ConfigNode& node) {
  Section s(node, "[[variable]]", r.problems);
  Variable v;
  v.name = read_name(r, s, {Named::Kind::variable, kNotMade, 0});
  if (!v.name.empty()) s.call("variable " + in_quotes(v.name));
  const auto unit = declared_unit(r, s);
  const Measure own = unit.value_or(Measure{});
  const auto low = read_number(r, s, "low", own), high = read_number(r, s, "high", own),
             start = read_number(r, s, "start", own);
  const auto nominal = read_number(r, s, "nominal", own, Take::difference);
  s.finish();
  if (low) v.low = *low;
  if (high) v.high = *high;
  const bool exchanged = v.low > v.high, not_above = nominal && *nominal <= 0.0;
  if (exchanged) {
    s.problem(s.line_of("low"), "low is above high", "exchange them");
    std::swap(v.low, v.high);
  }
  const bool outside = start && (*start < v.low || *start > v.high);
  if (outside) s.problem(s.line_of("start"), "start is not between low and high", "choose one that is");
  if (not_above) s.problem(s.line_of("nominal"), "nominal is not above zero", "give a typical size");
  if (v.name.empty() || !unit || exchanged || outside || not_above) return;
  v.unit = si_text(own);
  v.start = std::min(std::max(start.value_or(own.to_si(1.0)), v.low), v.high);
  v.nominal = nominal.value_or(v.start != 0.0 ? std::abs(v.start) : own.scale);
  const std::string name = v.name;
  const int index = r.plant.flowsheet->add_variable(std::move(v));
  r.names.at(name).index = static_cast<std::size_t>(index);
  r.declared_unit.emplace(index, own);
  if (start) r.start_said.insert(index);
  if (nominal) r.nominal_said.insert(index);
}

void read_equation(PlantReader& r, const ConfigNode& node, std::unordered_map<std::string, int>& names) {
  Section s(node, "[[equation]]", r.problems);
  UserEquation e;
  e.line = node.line;
  e.name = s.text("name", "\"e1\"").value_or("");
  if (!e.name.empty()) {
    s.call("equation " + in_quotes(e.name));
    const auto [it, is_new] = names.emplace(e.name, node.line);
    if (!is_new)
      s.problem(s.line_of("name"), "its name is taken by the equation in line " + std::to_string(it->second),
                "choose another");
  } else if (!node.find("name")) {
    e.name = "equation in line " + std::to_string(node.line);
  }
  const auto text = s.text("residual", "\"S1.flow_mass - 2 * S2.flow_mass\"");
  if (!node.find("residual"))
    s.problem(node.line, "it has no residual", "add residual = \"left - (right)\", which is held at 0");
  s.finish();
  if (!text) return;
  const auto lookup = [&](std::string_view path) -> tl::expected<Dimension, Problem> {
    const auto index = resolve(r, path);
    if (!index) return tl::unexpected(index.error());
    return own_unit(r, *index).dimension;
  };
  auto parsed = expression::parse_expression(*text, lookup, r.unit_options);
  if (!parsed) {
    for (const Problem& p : parsed.error().problems) s.problem(s.line_of("residual"), "residual, " + p.what, p.cure);
    return;
  }
  e.expression = std::make_shared<expression::Expression>(std::move(*parsed));
  for (const auto& name : e.expression->names()) e.variables.push_back(*resolve(r, name));
  if (e.variables.empty())
    return s.problem(s.line_of("residual"), "residual holds no variable", "name what the equation is about");
  r.plant.equations.push_back(std::move(e));
}

void read_specification(PlantReader& r, const ConfigNode& node, std::unordered_map<int, int>& specified) {
  Section s(node, "[[specification]]", r.problems);
  const auto of = s.text("of", "\"S1.flow_mass\"");
  if (!node.find("of")) s.problem(node.line, "it does not say what is held", "add of = \"S1.flow_mass\"");
  const bool reconcile = s.boolean("reconcile").value_or(false);
  const ConfigNode* value = s.find("value");
  s.finish();
  if (!value) s.problem(node.line, "it has no value", "add value = \"12 t/h\"");
  if (!of || !value) return;
  s.call("specification of " + in_quotes(*of));
  const auto index = resolve(r, *of);
  if (!index) {
    if (!index.error().what.empty()) s.problem(s.line_of("of"), index.error().what, index.error().cure);
    return;
  }
  const auto number = number_of(r, s, *value, "value", own_unit(r, *index), Take::value, *of);
  if (!number) return;
  if (!possible(s, *value, "value", *number, r.variable(*index))) return;
  if (const auto held = r.held.find(*index); held != r.held.end())
    return s.problem(node.line, "it is held already, by the parameter in line " + std::to_string(held->second),
                     "keep one of the two");
  const auto [it, is_new] = specified.emplace(*index, node.line);
  if (!is_new)
    return s.problem(node.line, "it is held already, by the specification in line " + std::to_string(it->second),
                     "keep one of the two");
  r.plant.specifications.push_back({*index, *number, reconcile});
}

void read_start(PlantReader& r, const ConfigNode& node, std::unordered_map<int, int>& given) {
  Section s(node, "[[start]]", r.problems);
  const auto of = s.text("of", "\"L1.temperature\"");
  if (!node.find("of")) s.problem(node.line, "it does not say of what", "add of = \"L1.temperature\"");
  const ConfigNode* value = s.find("value");
  s.finish();
  if (!value) s.problem(node.line, "it has no value", "add value = \"140 degC\"");
  if (!of || !value) return;
  s.call("start of " + in_quotes(*of));
  const auto index = resolve(r, *of);
  if (!index) {
    if (!index.error().what.empty()) s.problem(s.line_of("of"), index.error().what, index.error().cure);
    return;
  }
  const auto number = number_of(r, s, *value, "value", own_unit(r, *index), Take::value, *of);
  if (!number || !possible(s, *value, "value", *number, r.variable(*index))) return;
  const auto is_it = [&](const auto& specification) { return specification.variable == *index; };
  const auto& specified = r.plant.specifications;
  if (r.held.contains(*index) || std::any_of(specified.begin(), specified.end(), is_it))
    return s.problem(node.line, "it is held, and needs no first value", "take out the [[start]]");
  const auto [it, is_new] = given.emplace(*index, node.line);
  if (!is_new)
    return s.problem(node.line, "it has one already, in line " + std::to_string(it->second), "keep one of the two");
  r.plant.starts.emplace_back(*index, *number);
  r.start_said.erase(*index);
}

}  // namespace

void read_variables(PlantReader& r, const ConfigNode& root) {
  for (const ConfigNode* node : tables(r, root, "variable")) read_variable(r, *node);
}

void read_equations(PlantReader& r, const ConfigNode& root) {
  std::unordered_map<std::string, int> names;
  for (const ConfigNode* node : tables(r, root, "equation")) read_equation(r, *node, names);
}

void read_specifications(PlantReader& r, const ConfigNode& root) {
  std::unordered_map<int, int> specified;
  for (const ConfigNode* node : tables(r, root, "specification")) read_specification(r, *node, specified);
}

void read_starts(PlantReader& r, const ConfigNode& root) {
  std::unordered_map<int, int> given;
  for (const ConfigNode* node : tables(r, root, "start")) read_start(r, *node, given);
}

void build_equations(PlantReader& r) {
  for (const UserEquation& e : r.plant.equations) {
    std::vector<Variable> variables;
    for (int i : e.variables) variables.push_back(r.variable(i));
    auto unit = plant_file::equation_unit(e.expression, std::move(variables), "residual");
    std::vector<std::string> paths;
    for (int i : e.variables) paths.push_back(r.variable(i).name);
    r.plant.flowsheet->add_unit(e.name, std::move(unit), paths);
  }
}

}  // namespace castner::plant_file

// SPDX-License-Identifier: Apache-2.0
// Numbers of a plant file: bare in the own unit, or a text with a unit.
#include <cmath>

#include "castner/base/check.h"
#include "castner/plant_file/reading.h"

namespace castner::plant_file {
namespace {

Dimension wanted(const Unit& own, Take take) { return take == Take::square ? own.dimension.pow(2) : own.dimension; }

std::string unit_for_people(const Unit& own, Take take) {
  if (take == Take::value) return own.text;
  if (take == Take::difference) return own.difference_text();
  return own.dimension.pow(2).si_unit();
}

}  // namespace

Unit own_unit(const Reading& r, int variable) {
  if (const auto it = r.declared_unit.find(variable); it != r.declared_unit.end()) return it->second;
  const auto unit = parse_unit(r.variable(variable).unit);
  check(unit.has_value(), "a model states the units of its variables in SI");
  return *unit;
}

std::optional<double> number_of(Reading& r, Section& s, const ConfigNode& node, std::string_view key, const Unit& own, Take take) {
  const std::string name(key);
  if (node.kind == ConfigNode::Kind::number) {
    if (!std::isfinite(node.number)) {
      s.problem(node.line, name + " is not a finite number", name == "value" ? "leave value out where there is no reading" : "give a number");
      return std::nullopt;
    }
    return take == Take::value        ? own.to_si(node.number)
           : take == Take::difference ? own.difference_to_si(node.number)
                                      : node.number * own.scale * own.scale;
  }
  if (node.kind != ConfigNode::Kind::text) {
    s.problem(node.line, name + " is " + node.kind_name() + ", not a number",
              "write " + name + " = 12 or, with a unit, " + name + " = \"12 " + unit_for_people(own, take) + "\"");
    return std::nullopt;
  }
  const auto q = parse_quantity(node.text, r.unit_options);
  if (!q) {
    for (const Problem& p : q.error().problems) s.problem(node.line, name + ": " + p.what, p.cure);
    return std::nullopt;
  }
  if (q->unit.dimension != wanted(own, take)) {
    const std::string is = q->unit.dimension.pure() ? "a pure number" : "in " + q->unit.dimension.si_unit();
    const std::string want = wanted(own, take).pure() ? "a pure number" : "in " + wanted(own, take).si_unit();
    s.problem(node.line, name + " = " + in_quotes(node.text) + " is " + is + ", but " + want + " is wanted",
              r.plant.as_published ? "with units = \"as_published\" numbers have no unit"
                                   : "give it in " + unit_for_people(own, take) + " or a unit of that kind");
    return std::nullopt;
  }
  const double si = take == Take::value ? q->si() : q->unit.difference_to_si(q->value);
  if (std::isfinite(si)) return si;
  s.problem(node.line, name + " is beyond any size", "check its exponent");
  return std::nullopt;
}

std::optional<double> read_number(Reading& r, Section& s, std::string_view key, const Unit& own, Take take) {
  const ConfigNode* node = s.find(key);
  return node ? number_of(r, s, *node, key, own, take) : std::nullopt;
}

}  // namespace castner::plant_file

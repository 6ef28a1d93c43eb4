// SPDX-License-Identifier: Apache-2.0
// Numbers of a plant file: bare in the own unit, or a text with a unit.
#include <cmath>

#include "castner/base/check.h"
#include "castner/plant_file/plant_reader.h"

namespace castner::plant_file {
namespace {

Dimension wanted(const Measure& own, Take take) { return take == Take::square ? own.dimension.pow(2) : own.dimension; }

std::string unit_for_people(const Measure& own, Take take) {
  if (take == Take::value) return own.text;
  if (take == Take::difference) return own.difference_text();
  return own.dimension.pow(2).si_unit();
}

std::string in_words(const std::string& unit) { return unit == "1" ? "pure numbers" : unit; }

}  // namespace

bool possible(Section& s, const ConfigNode& node, const std::string& what, double si, const Variable& v) {
  if (si >= v.low && si <= v.high) return true;
  // The two slips that a bare number invites; who wrote a unit meant it.
  const bool bare = node.kind == ConfigNode::Kind::number && node.number == si;
  const bool celsius = bare && v.unit == "K" && si + 273.15 >= v.low && si + 273.15 <= v.high;
  const bool percent = bare && v.unit == "1" && v.high == 1.0 && si > 1.0 && si <= 100.0;
  s.problem(node.line,
            what + " = " + (node.kind == ConfigNode::Kind::text ? node.text : amount(si, v)) + " is impossible",
            "it is " + range_of(v) +
                (celsius   ? "; did you mean \"" + number_text(si) + " degC\"?"
                 : percent ? "; did you mean \"" + number_text(si) + " %\"?"
                           : ""));
  return false;
}

Measure own_unit(const PlantReader& r, int variable) {
  if (const auto it = r.declared_unit.find(variable); it != r.declared_unit.end()) return it->second;
  const auto unit = parse_unit(r.variable(variable).unit);
  check(unit.has_value(), "a model states the units of its variables in SI");
  return *unit;
}

std::optional<double> number_of(PlantReader& r, Section& s, const ConfigNode& node, std::string_view key,
                                const Measure& own, Take take, std::string_view of) {
  const std::string name(key);
  if (node.kind == ConfigNode::Kind::number) {
    if (!std::isfinite(node.number)) {
      s.problem(node.line, name + " is not a finite number",
                name == "value" ? "leave value out where there is no reading" : "give a number");
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
  auto q = parse_quantity(node.text, r.unit_options);
  if (!q) {
    const std::string bare = "write it with its unit, or without quotes in " + in_words(unit_for_people(own, take));
    for (const Problem& p : q.error().problems)
      s.problem(node.line, name + ": " + p.what, p.what.ends_with("has no unit") ? bare : p.cure);
    return std::nullopt;
  }
  q->unit = plant::unit_of_reading(std::move(q->unit), of);  // Nm3/h and m3/h are one kind for a flow_vol_normal
  if (q->unit.dimension != wanted(own, take)) {
    const Dimension given = q->unit.dimension, asked = wanted(own, take);
    const bool minutes = q->unit.text == "m" && wanted(own, take).si_unit() == "s";
    s.problem(node.line,
              name + " = " + in_quotes(node.text) +
                  (given.pure()   ? " is a pure number, not in " + asked.si_unit()
                   : asked.pure() ? " is in " + given.si_unit() + ", not a pure number"
                                  : " is in " + given.si_unit() + ", not in " + asked.si_unit()),
              r.plant.as_published ? "with units = \"as_published\" numbers have no unit"
              : minutes            ? "minutes are min, m is metres"
                                   : "give it in " + in_words(unit_for_people(own, take)) + " or a unit of that kind");
    return std::nullopt;
  }
  const double si = take == Take::value ? q->si() : q->unit.difference_to_si(q->value);
  if (std::isfinite(si)) return si;
  s.problem(node.line, name + " is beyond any size", "check its exponent");
  return std::nullopt;
}

std::optional<double> read_number(PlantReader& r, Section& s, std::string_view key, const Measure& own, Take take) {
  const ConfigNode* node = s.find(key);
  return node ? number_of(r, s, *node, key, own, take) : std::nullopt;
}

}  // namespace castner::plant_file

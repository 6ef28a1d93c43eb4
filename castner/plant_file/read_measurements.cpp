// SPDX-License-Identifier: Apache-2.0
// [[measurement]]: which instrument shows what, in which unit, and how far it is to be trusted.
#include <cmath>

#include "castner/plant_file/plant_reader.h"

namespace castner::plant_file {
namespace {

using Tags = std::unordered_map<std::string, int>;

/// The unit of the readings. Where it does not fit, or what it should fit is not known, that is reported (`good` false),
/// and the rest of the table is still read in the unit it gives, or where it gives none in that of what is measured.
struct ReadingUnit {
  std::optional<Measure> unit;
  bool good = false;
};
ReadingUnit reading_unit(PlantReader& r, Section& s, std::optional<int> variable) {
  const auto text = s.text("unit", "\"t/h\"");
  const std::optional<Measure> unsaid = variable ? std::optional(own_unit(r, *variable)) : std::nullopt;
  if (!text) return {unsaid, unsaid && !s.find("unit")};
  const int line = s.line_of("unit");
  auto parsed = parse_unit(*text, r.unit_options);
  if (!parsed) {
    for (const Problem& p : parsed.error().problems) s.problem(line, "unit: " + p.what, p.cure);
    return {unsaid, false};
  }
  if (!variable) return {*parsed, false};
  const Measure& own = *unsaid;
  const Variable& v = r.variable(*variable);
  const Measure unit = plant::unit_of_reading(*parsed, v.name);
  const bool published = r.plant.as_published;
  if (unit.dimension == own.dimension && !(published && unit.text != "1")) return {unit, true};
  s.problem(line,
            "unit = " + in_quotes(*text) + " does not fit " + in_quotes(v.name) +
                (own.dimension.pure() ? ", which is a pure number" : ", which is in " + v.unit),
            published ? "with units = \"as_published\" numbers have no unit; leave it out"
                      : "give a unit such as " + in_quotes(own.text));
  return {unit, false};
}

/// The unit in which data files give it, where that is stated; false, with a problem, where it is none that fits.
bool read_data_unit(PlantReader& r, Section& s, Measurement& m) {
  const auto text = s.text("data_unit", "\"kPa\"");
  if (!text) return s.find("data_unit") == nullptr;
  const int line = s.line_of("data_unit");
  const auto parsed = parse_unit(*text, r.unit_options);
  if (!parsed) {
    for (const Problem& p : parsed.error().problems) s.problem(line, "data_unit: " + p.what, p.cure);
    return false;
  }
  m.data_unit = plant::unit_of_reading(*parsed, m.of);
  if (m.data_unit->dimension == m.unit.dimension) return true;
  s.problem(line, "data_unit = " + in_quotes(*text) + " does not fit the unit " + in_quotes(m.unit.text),
            "give the unit in which data files have this tag, of the same kind");
  return false;
}

/// A number of an uncertainty: above zero, or a problem.
std::optional<double> positive(PlantReader& r, Section& s, const ConfigNode& node, const char* key,
                               const Measurement& m, Take take) {
  const auto value = number_of(r, s, node, key, m.unit, take, m.of);
  if (!value) return std::nullopt;
  if (*value > 0.0) return value;
  if (*value < 0.0)
    s.problem(node.line, std::string(key) + " is negative", "it is a size, above zero");
  else
    s.problem(node.line, std::string(key) + " is zero",
              "no instrument is exact; hold what is known exactly by a [[specification]] with reconcile = true");
  return std::nullopt;
}

/// "2 %" as 0.02: of the reading, always.
std::optional<double> percentage(const ConfigNode& node, const MeasureOptions& options) {
  if (node.kind != ConfigNode::Kind::text) return std::nullopt;
  const auto q = parse_quantity(node.text, options);
  return q && q->unit.text == "%" ? std::optional(q->si()) : std::nullopt;
}

std::optional<Uncertainty> uncertainty(PlantReader& r, Section& s, const Measurement& m) {
  const auto& reading = m.value;
  const ConfigNode *sd = s.find("sd"), *variance = s.find("variance"), *floor = s.find("sd_floor");
  Uncertainty u;
  u.zero = m.unit.offset;
  bool good = true;  // each of them is looked at, so that every problem is told at once
  const auto bad = [&](int line, const char* what, const char* cure) {
    s.problem(line, what, cure);
    good = false;
  };
  const auto size = [&](const ConfigNode& node, const char* key, Take take) {
    const auto value = positive(r, s, node, key, m, take);
    good = good && value;
    return value.value_or(1.0);
  };
  if (!sd == !variance)
    bad(sd ? variance->line : s.line(), sd ? "it has both sd and variance" : "it has neither sd nor variance",
        sd ? "keep one of the two" : "add sd = \"2 %\" of the reading, or sd = 0.1 in its unit");
  const auto fraction = sd ? percentage(*sd, r.unit_options) : std::nullopt;
  if (floor && !fraction && (sd || variance)) bad(floor->line, "sd_floor goes with an sd in % only", "leave it out");
  if (fraction) {
    if (!(*fraction > 0.0))
      bad(sd->line, *fraction < 0.0 ? "sd is negative" : "sd is zero", "it is above zero, such as sd = \"2 %\"");
    u.fraction = *fraction;
    if (floor)
      u.floor = size(*floor, "sd_floor", Take::difference);
    else if (reading && *reading == u.zero)
      bad(sd->line, "sd is a part of the reading, which is 0",
          "add sd_floor, the least sd, in the unit of the reading");
  } else if (sd) {
    u.absolute = size(*sd, "sd", Take::difference);
  }
  if (variance) {
    u.absolute = std::sqrt(size(*variance, "variance", Take::square));
    u.from_variance = true;
  }
  if (!good) return std::nullopt;
  if (reading && !(std::isfinite(u.sd(*reading)) && u.sd(*reading) > 0.0)) {
    s.problem(sd ? sd->line : variance->line, "the sd is beyond any size", "check its exponent");
    return std::nullopt;
  }
  return u;
}

void look_for_slips(PlantReader& r, const Measurement& m) {
  if (const auto held = r.held.find(m.variable); held != r.held.end())
    r.warn(m.line, "measurement " + in_quotes(m.tag) + " is of a parameter held in line " +
                       std::to_string(held->second) + "; leave the parameter out to have it estimated");
  if (!m.value) return;
  if (const auto slip = plant::impossible_reading(r.plant, m, *m.value, m.uncertainty.sd(*m.value)); !slip.empty())
    r.warn(m.line, slip);
}

void read_measurement(PlantReader& r, const ConfigNode& node, Tags& tags) {
  Section s(node, "[[measurement]]", r.problems);
  Measurement m;
  m.line = node.line;
  const auto tag = s.text("tag", "\"FI-101\"");
  if (tag) s.call("measurement " + in_quotes(*tag));
  if (!node.find("tag"))
    s.problem(node.line, "it has no tag", "add tag = \"FI-101\", the instrument's name in the data");
  if (tag && tag->find_first_not_of(' ') == std::string::npos)
    s.problem(s.line_of("tag"), "its tag is empty", "give the instrument's name in the data");
  if (tag) {
    m.tag = *tag;
    const auto [it, is_new] = tags.emplace(*tag, node.line);
    if (!is_new)
      s.problem(s.line_of("tag"), "its tag is taken by the measurement in line " + std::to_string(it->second),
                "a tag stands for one instrument");
  }
  const auto of = s.text("of", "\"S1.flow_mass\"");
  if (!node.find("of")) s.problem(node.line, "it does not say what is measured", "add of = \"S1.flow_mass\"");
  const ConfigNode* value = s.find("value");
  m.description = read_title(s, "description");
  for (const char* key : {"unit", "data_unit", "sd", "variance", "sd_floor"}) s.find(key);
  s.finish();
  std::optional<int> variable;
  if (of) {
    m.of = *of;
    const auto index = resolve(r, *of);
    if (index)
      variable = *index;
    else if (!index.error().what.empty())
      s.problem(s.line_of("of"), index.error().what, index.error().cure);
  }
  const ReadingUnit unit = reading_unit(r, s, variable);
  if (!unit.unit) return;
  m.unit = *unit.unit;
  const bool data_unit = read_data_unit(r, s, m);
  if (value) {
    m.value = number_of(r, s, *value, "value", m.unit, Take::value, m.of);
    if (m.value && !std::isfinite(*m.value)) s.problem(value->line, "value is beyond any size", "check its exponent");
  }
  const auto how_sure = uncertainty(r, s, m);
  if (!unit.good || !data_unit || !how_sure || !tag) return;
  m.variable = *variable;
  m.uncertainty = *how_sure;
  look_for_slips(r, m);
  r.plant.measurements.push_back(std::move(m));
}

}  // namespace

void read_measurements(PlantReader& r, const ConfigNode& root) {
  Tags tags;
  for (const ConfigNode* node : tables(r, root, "measurement")) read_measurement(r, *node, tags);
}

}  // namespace castner::plant_file

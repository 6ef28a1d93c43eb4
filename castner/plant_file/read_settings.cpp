// SPDX-License-Identifier: Apache-2.0
// [plant], [assess] and [economics].
#include <algorithm>
#include <cmath>

#include "castner/base/check.h"
#include "castner/plant_file/plant_reader.h"

namespace castner::plant_file {
namespace {

Measure unit(const char* text, bool prices = false) {
  auto u = parse_unit(text, {.prices = prices});
  check(u.has_value(), "a unit written here parses");
  return *u;
}

/// A single table such as [plant]; null where absent or something else.
const ConfigNode* table(PlantReader& r, const ConfigNode& root, const char* key) {
  const ConfigNode* node = root.find(key);
  if (!node || node->kind == ConfigNode::Kind::table) return node;
  r.problems.add(node->line, std::string(key) + " is " + node->kind_name() + ", not one table",
                 "write [" + std::string(key) + "], once");
  return nullptr;
}

bool currency_code(const std::string& text) {
  return text.size() == 3 && std::all_of(text.begin(), text.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
}

void read_plant_section(PlantReader& r, const ConfigNode& node) {
  Section s(node, "[plant]", r.problems);
  r.plant.name = s.text("name", "\"Cell room\"").value_or("");
  if (const auto currency = s.text("currency", "\"CNY\"")) {
    if (currency_code(*currency))
      r.plant.currency = *currency;
    else
      s.problem(s.line_of("currency"), "currency " + in_quotes(*currency) + " is not a code of three capital letters",
                "write currency = \"CNY\"");
  }
  if (const auto atmosphere = read_number(r, s, "atmosphere", unit("Pa"))) {
    // The air of a plant: from the highest there is to the deepest mine.
    if (*atmosphere >= 3e4 && *atmosphere <= 1.5e5)
      r.plant.atmosphere = *atmosphere;
    else
      s.problem(s.line_of("atmosphere"), "atmosphere is not the pressure of air", "write atmosphere = \"101.325 kPa\"");
  }
  if (const auto units = s.text("units", "\"as_published\"")) {
    r.plant.as_published = *units == "as_published";
    if (!r.plant.as_published)
      s.problem(s.line_of("units"), "units = " + in_quotes(*units) + " is not known",
                "leave it out, or write units = \"as_published\" for a problem printed without units");
  }
  s.finish();
}

void read_time(PlantReader& r, Section& s, const char* key, double& seconds) {
  const auto time = read_number(r, s, key, unit("s"));
  if (!time) return;
  if (*time >= 1.0)
    seconds = *time;
  else
    s.problem(s.line_of(key), std::string(key) + " is shorter than a second", "write it as \"30 min\"");
}

/// Numbers that stand for no reading in data files: one, or a list.
void read_no_data(Section& s, std::vector<double>& all) {
  const ConfigNode* node = s.find("no_data");
  if (!node) return;
  const auto take = [&](const ConfigNode& n) {
    if (n.kind == ConfigNode::Kind::number && std::isfinite(n.number))
      all.push_back(n.number);
    else
      s.problem(n.line, "no_data holds " + std::string(n.kind_name()) + ", not a finite number",
                "write no_data = [-9999, 9.9999e37]");
  };
  if (node->kind != ConfigNode::Kind::array) return take(*node);
  for (const ConfigNode& item : node->items) take(item);
}

void read_assess(PlantReader& r, const ConfigNode& node) {
  Section s(node, "[assess]", r.problems);
  read_time(r, s, "window", r.plant.assess.window);
  auto& a = r.plant.assess;
  if (const auto between = s.text("between", "\"hold\"")) {
    a.between = *between == "hold" ? Between::hold : *between == "line" ? Between::line : Between::nothing;
    if (a.between == Between::nothing)
      s.problem(
          s.line_of("between"), "between = " + in_quotes(*between) + " is not known",
          "write between = \"hold\" where a reading holds until the next, or \"line\" where a line joins them; leave "
          "it out for readings at regular times");
    a.max_gap = a.window;  // a reading is believed for a window, where nothing else is said
  }
  read_time(r, s, "max_gap", a.max_gap);
  if (const auto steady = s.text("steady", "\"strict\"")) {
    a.strict = *steady == "strict";
    if (!a.strict && *steady != "drift")
      s.problem(s.line_of("steady"), "steady = " + in_quotes(*steady) + " is not known",
                "write steady = \"strict\", or \"drift\" for what holds when it is left out");
  }
  read_time(r, s, "residence", a.residence);
  read_no_data(s, a.no_data);
  if (const auto* rows = s.find("min_rows", ConfigNode::Kind::number, "20")) {
    if (rows->integer && rows->number >= 1 && rows->number <= 1e9)
      r.plant.assess.min_rows = static_cast<int>(rows->number);
    else
      s.problem(rows->line, "min_rows is not an integer from 1 on", "write min_rows = 20");
  }
  s.finish();
}

/// A price such as "0.45 CNY/(kW.h)" in the plant's currency per SI unit.
std::optional<double> read_price(PlantReader& r, Section& s, const char* key, const char* example) {
  const ConfigNode* node = s.find(key);
  if (!node) return std::nullopt;
  const std::string cure = "write " + std::string(key) + " = \"" + example + "\"";
  if (node->kind != ConfigNode::Kind::text)
    return s.problem(node->line, std::string(key) + " has no unit", cure), std::nullopt;
  const auto q = parse_quantity(node->text, {.prices = true});
  if (!q) {
    for (const Problem& p : q.error().problems)
      s.problem(node->line, std::string(key) + ": " + p.what, p.what.ends_with("has no unit") ? cure : p.cure);
    return std::nullopt;
  }
  const Quantity shape = *parse_quantity(example, {.prices = true});
  if (q->unit.dimension != shape.unit.dimension)
    return s.problem(node->line, std::string(key) + " = " + in_quotes(node->text) + " is not such a price", cure),
           std::nullopt;
  if (q->value < 0.0) return s.problem(node->line, std::string(key) + " is negative", cure), std::nullopt;
  if (r.plant.currency.empty()) r.plant.currency = q->unit.currency;
  if (r.plant.currency != q->unit.currency)
    return s.problem(node->line, std::string(key) + " is in " + q->unit.currency + ", the plant in " + r.plant.currency,
                     "use one currency"),
           std::nullopt;
  return q->si();
}

void read_economics(PlantReader& r, const ConfigNode& node) {
  Section s(node, "[economics]", r.problems);
  Economics& e = r.plant.economics;
  e.electricity = read_price(r, s, "electricity", "0.45 CNY/(kW.h)");
  e.steam = read_price(r, s, "steam", "180 CNY/t");
  if (const auto auxiliaries = read_number(r, s, "auxiliaries", unit("J/kg"))) {
    if (*auxiliaries >= 0.0)
      e.auxiliaries = auxiliaries;
    else
      s.problem(s.line_of("auxiliaries"), "auxiliaries is negative",
                "write auxiliaries = \"120 kW.h/t\", per tonne of 100 % NaOH");
  }
  // Its own unit is the hour, as its name says.
  if (const auto time = read_number(r, s, "hours_per_year", unit("h"))) {
    const double hours = *time / 3600.0;
    if (hours > 0.0 && hours <= 8784.0)
      e.hours_per_year = hours;
    else
      s.problem(s.line_of("hours_per_year"), "hours_per_year is not between 0 and 8784", "write hours_per_year = 8000");
  }
  s.finish();
}

}  // namespace

void read_settings(PlantReader& r, const ConfigNode& root) {
  if (const auto* node = table(r, root, "plant")) read_plant_section(r, *node);
  r.unit_options.atmosphere = r.plant.atmosphere;
  if (const auto* node = table(r, root, "assess")) read_assess(r, *node);
  if (const auto* node = table(r, root, "economics")) read_economics(r, *node);
}

}  // namespace castner::plant_file

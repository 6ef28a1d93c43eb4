// SPDX-License-Identifier: Apache-2.0
#include "castner/plant/plant.h"

#include <algorithm>
#include <cmath>
#include <cstdio>

#include "castner/base/suggest.h"
#include "castner/props/constants.h"

namespace castner::plant {

double Uncertainty::sd(double reading_si) const {
  return fraction > 0.0 ? std::max(floor, fraction * std::abs(reading_si - zero)) : absolute;
}

Measure unit_of_reading(Measure unit, std::string_view path) {
  static const Measure normal = *parse_unit("Nm3"), cubic_metre = *parse_unit("m3"), second = *parse_unit("s");
  const auto name = path.substr(path.rfind('.') + 1);  // the whole path where it has no point
  const bool volume = name == "flow_vol_normal" || name == "flow_vol_normal_dry";
  if (!volume || unit.dimension != normal.dimension / second.dimension) return unit;
  unit.dimension = unit.dimension / normal.dimension * cubic_metre.dimension;
  unit.scale /= normal.scale;
  return unit;
}

namespace {

/// For people: six digits.
std::string rounded(double value) {
  char text[32];
  std::snprintf(text, sizeof text, "%.6g", value);
  return text;
}

std::string amount_in(double si, const Measure& unit) {
  return rounded(unit.from_si(si)) + (unit.text == "1" ? "" : " " + unit.text);
}

/// @param bare, whole  write a value without and with its unit
template <class Bare, class Whole>
std::string range_in(const Variable& v, Bare bare, Whole whole) {
  if (!std::isfinite(v.high)) return "at least " + whole(v.low);
  if (!std::isfinite(v.low)) return "at most " + whole(v.high);
  return "between " + bare(v.low) + " and " + whole(v.high);
}

/// Ice does not.
bool flows_as_water(const Plant& plant, std::string_view temperature) {
  return std::any_of(plant.streams.begin(), plant.streams.end(), [&](const StreamEntry& s) {
    return (s.contents == Contents::water || s.contents == Contents::steam) &&
           temperature.substr(0, temperature.rfind('.')) == s.name;
  });
}

}  // namespace

std::string amount(double si, const Variable& v) { return rounded(si) + (v.unit == "1" ? "" : " " + v.unit); }

std::string range_of(const Variable& v) {
  return range_in(v, rounded, [&](double si) { return amount(si, v); });
}

std::string impossible_reading(const Plant& plant, const Measurement& m, double value, double sd) {
  constexpr double kNoise = 3.0;  // sd: a reading of 0 may well be a little below
  Variable v = plant.flowsheet->variables()[static_cast<std::size_t>(m.variable)];
  if (v.name.ends_with(".temperature") && flows_as_water(plant, v.name)) v.low = std::max(v.low, props::kZeroCelsius);
  if (value >= v.low - kNoise * sd && value <= v.high + kNoise * sd) return {};
  const auto bare = [&](double si) { return rounded(m.unit.from_si(si)); };
  const auto whole = [&](double si) { return amount_in(si, m.unit); };
  return "measurement " + in_quotes(m.tag) + " reads " + whole(value) + ", where it is " + range_in(v, bare, whole) +
         ", so it is not used; is its unit right?";
}

std::vector<StreamWithoutFlow> streams_without_flow(const Plant& plant, std::span<const double> x) {
  constexpr double kNoFlow = 1e-8;  // of the typical flow: as near to zero as solvers come
  std::vector<StreamWithoutFlow> all;
  const auto variables = plant.flowsheet->variables();
  for (const StreamEntry& s : plant.streams) {
    const auto flow = plant.flowsheet->find(s.name + ".flow_mass");
    if (!flow) continue;
    const auto f = static_cast<std::size_t>(*flow);
    if (std::abs(x[f]) > kNoFlow * variables[f].nominal) continue;
    StreamWithoutFlow still{s.name, *flow, {}};
    for (std::size_t i = 0; i < variables.size(); ++i) {
      const std::string_view path = variables[i].name;
      if (!path.starts_with(s.name + ".")) continue;
      const auto quantity = path.substr(s.name.size() + 1);
      if (!quantity.starts_with("flow_") && quantity != "pressure") still.states.push_back(static_cast<int>(i));
    }
    all.push_back(std::move(still));
  }
  return all;
}

std::vector<std::string> kink_warnings(const Plant& plant, std::span<const double> x) {
  std::vector<std::string> all;
  for (const UserEquation& e : plant.equations) {
    std::vector<double> values, nominal;
    for (int i : e.variables) {
      values.push_back(x[static_cast<std::size_t>(i)]);
      nominal.push_back(plant.flowsheet->variables()[static_cast<std::size_t>(i)].nominal);
    }
    for (const auto& kink : e.expression->kinks(values, nominal))
      all.push_back("equation \"" + e.name + "\", column " + std::to_string(kink.column) +
                    ": the solution lies where " + kink.function +
                    " changes branch; uncertainties there hold for one side only");
  }
  return all;
}

}  // namespace castner::plant

// SPDX-License-Identifier: Apache-2.0
// What a solution is outside of:
//  1. liquid_pressures: liquids have no pressure of their own. Those that units join stand under the highest pressure that is
//     known around them: of the gases and steam they meet there, of the air, and of a feed that the file says is hotter than it
//     boils in air, for somebody measured or meant it.
//  2. Each stream that flows is judged by its contents, each unit by its model.
//  3. What an estimate leaves by less than two of its standard deviations is not left for sure and dropped; the rest becomes
//     sentences.
#include "castner/plant/outside.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <unordered_map>

#include "castner/plant/judge_stream.h"

namespace castner::plant {
namespace {

std::size_t position(int i) { return static_cast<std::size_t>(i); }

/// A stream without flow has no state.
bool flows(const Plant& plant, const Port& stream, std::span<const double> x) {
  return x[stream.flow_mass()] > 1e-6 * plant.flowsheet->variables()[stream.first].nominal;
}

/// Every stream as a port among the plant's own variables.
std::vector<Port> all_streams(const Plant& plant) {
  std::vector<Port> streams;
  for (const auto& s : plant.streams)
    streams.push_back({s.contents, true, position(plant.flowsheet->find(s.name + ".flow_mass").value())});
  return streams;
}

/// Of each stream the highest pressure known among the liquids it is joined with. [Pa]
std::vector<double> liquid_pressures(const Plant& plant, const std::vector<Port>& streams, std::span<const double> x) {
  std::vector<std::size_t> group(streams.size());
  std::iota(group.begin(), group.end(), std::size_t{0});
  const auto root = [&](std::size_t i) {
    while (group[i] != i) i = group[i] = group[group[i]];
    return i;
  };
  std::unordered_map<std::size_t, std::size_t> stream_of;  // by the plant's index of its flow
  for (std::size_t i = 0; i < streams.size(); ++i) stream_of.emplace(streams[i].first, i);
  std::vector<double> pressure(streams.size(), plant.atmosphere);
  for (std::size_t i = 0; i < streams.size(); ++i)
    if (is_liquid(streams[i].contents) && plant.streams[i].from.empty())
      if (const double own = pressure_boil(streams[i], x); own > pressure[i]) pressure[i] = own;

  for (const auto& unit : plant.flowsheet->units()) {
    auto spaces = unit.unit->spaces();
    if (spaces.empty()) {
      spaces.emplace_back(unit.variable.size());
      std::iota(spaces[0].begin(), spaces[0].end(), std::size_t{0});
    }
    for (const auto& space : spaces) {
      double highest = plant.atmosphere;
      std::optional<std::size_t> joined;
      for (const std::size_t local : space) {
        const auto stream = stream_of.find(position(unit.variable[local]));
        if (stream == stream_of.end()) continue;
        const Port& port = streams[stream->second];
        if (port.has_pressure()) highest = std::max(highest, x[port.pressure()]);
        if (!is_liquid(port.contents)) continue;
        if (joined) {
          const std::size_t a = root(*joined), b = root(stream->second);
          pressure[b] = std::max(pressure[a], pressure[b]);
          group[a] = b;
        }
        joined = stream->second;
      }
      if (joined) pressure[root(*joined)] = std::max(pressure[root(*joined)], highest);
    }
  }
  std::vector<double> of_each(streams.size());
  for (std::size_t i = 0; i < streams.size(); ++i) of_each[i] = pressure[root(i)];
  return of_each;
}

/// As engineers write it; SI where nothing is usual.
std::string quantity_for_people(double value, const std::string& unit, std::string_view path) {
  if (unit == "K" && path.ends_with("temperature")) return fmt::format("{:.4g} degC", value - 273.15);
  if (unit == "Pa") return fmt::format("{:.4g} kPa", value * 1e-3);
  if (unit == "W") return fmt::format("{:.4g} kW", value * 1e-3);
  if (unit == "J/kg") return fmt::format("{:.4g} kJ/kg", value * 1e-3);
  if (unit == "1") return fmt::format("{:.4g} %", value * 100.0);
  return fmt::format("{:.4g} {}", value, unit);
}

Warning in_words(const Plant& plant, const LimitLeft& l, double value) {
  const auto& v = plant.flowsheet->variables()[l.variable];
  Warning w(fmt::format("{} is {}, {} {}: {}", v.name, quantity_for_people(value, v.unit, v.name),
                        value < l.limit ? "below" : "above", quantity_for_people(l.limit, v.unit, v.name), l.why));
  w.path = v.name;
  w.value = value;
  w.limit = l.limit;
  w.unit = v.unit;
  w.source = l.source;
  return w;
}

/// What a unit's own state is outside of, by the plant's own indices.
std::vector<LimitLeft> judged(const Flowsheet::UnitEntry& unit, std::span<const double> x) {
  std::vector<double> local;
  for (const int i : unit.variable) local.push_back(x[position(i)]);
  std::vector<LimitLeft> found;
  unit.unit->judge(local, found);
  for (auto& l : found) l.variable = position(unit.variable[l.variable]);
  return found;
}

}  // namespace

std::vector<Warning> outside(const Plant& plant, std::span<const double> x, std::span<const double> sd) {
  std::vector<Warning> all;
  const auto streams = all_streams(plant);
  const auto pressure = liquid_pressures(plant, streams, x);
  std::vector<LimitLeft> found;
  for (std::size_t i = 0; i < streams.size(); ++i)
    if (flows(plant, streams[i], x)) judge_stream(streams[i], x, pressure[i], found);
  for (const auto& unit : plant.flowsheet->units())
    for (auto& l : judged(unit, x)) found.push_back(std::move(l));
  for (const auto& l : found)
    if (const double value = x[l.variable]; sd.empty() || std::abs(value - l.limit) > 2.0 * sd[l.variable])
      all.push_back(in_words(plant, l, value));
  return all;
}

std::optional<Warning> impossible_by_itself(const Plant& plant, std::span<const double> known) {
  for (const auto& unit : plant.flowsheet->units())
    for (const auto& l : judged(unit, known))
      if (const double value = known[l.variable]; std::isfinite(value) && std::isfinite(l.limit))
        return in_words(plant, l, value);
  return std::nullopt;
}

}  // namespace castner::plant

// SPDX-License-Identifier: Apache-2.0
#include "castner/plant_file/plant_file.h"

#include <algorithm>
#include <cmath>

#include "castner/plant_file/plant_reader.h"

namespace castner::plant_file {
namespace {

std::size_t at(int i) { return static_cast<std::size_t>(i); }

/// Typical sizes and first values from what the file knows, so that the solvers' scales fit this plant. A mass flow
/// about which nothing is known is taken to be like the others: the median of those that are known.
void set_sizes(PlantReader& r) {
  plant::Flowsheet& f = *r.plant.flowsheet;
  std::vector<bool> known(f.variables().size(), false);
  const auto set = [&](int i, double value, double least) {
    if (known[at(i)]) return;
    known[at(i)] = true;
    const Variable& v = r.variable(i);
    const double size = std::max(std::abs(value), least);
    if (!r.start_said.contains(i)) f.set_start(i, std::min(std::max(value, v.low), v.high));
    if (!r.nominal_said.contains(i) && size > 0.0) f.set_nominal(i, size);
  };
  for (const auto& [i, value] : r.plant.parameters) set(i, value, 0.0);
  for (const auto& s : r.plant.specifications) set(s.variable, s.value, 0.0);
  for (const auto& [i, value] : r.plant.starts) set(i, value, 0.0);
  for (const auto& m : r.plant.measurements)
    if (m.value) set(m.variable, *m.value, m.uncertainty.sd(*m.value));

  std::vector<int> flows, unknown;
  for (const auto& stream : r.plant.streams)
    if (const auto i = f.find(stream.name + ".flow_mass")) (known[at(*i)] ? flows : unknown).push_back(*i);
  if (flows.empty()) return;
  const auto middle = flows.begin() + static_cast<std::ptrdiff_t>(flows.size() / 2);
  std::nth_element(flows.begin(), middle, flows.end(),
                   [&](int a, int b) { return r.variable(a).nominal < r.variable(b).nominal; });
  const double typical = r.variable(*middle).nominal;
  for (int i : unknown) {
    f.set_nominal(i, typical);
    f.set_start(i, typical);
  }
}

/// Units that nothing enters and nothing leaves: in each such group one balance follows from the others.
void warn_of_closed_groups(PlantReader& r) {
  std::vector<std::size_t> group(r.plant.units.size());
  for (std::size_t i = 0; i < group.size(); ++i) group[i] = i;
  const auto root = [&](std::size_t i) {
    while (group[i] != i) i = group[i] = group[group[i]];
    return i;
  };
  std::vector<bool> open(group.size(), false);
  for (const auto& s : r.plant.streams)
    if (!s.from.empty() && !s.to.empty()) group[root(r.names.at(s.from).index)] = root(r.names.at(s.to).index);
  for (const auto& s : r.plant.streams)
    if (s.from.empty() != s.to.empty()) open[root(r.names.at(s.from.empty() ? s.to : s.from).index)] = true;
  std::vector<bool> said(group.size(), false);
  for (std::size_t i = 0; i < group.size(); ++i) {
    if (open[root(i)] || said[root(i)] || r.plant.units[i].connections.empty()) continue;
    said[root(i)] = true;
    r.warn(r.names.at(r.plant.units[i].name).line, "unit " + in_quotes(r.plant.units[i].name) +
                                                       " and those connected to it have neither feed nor product; one "
                                                       "of their mass balances follows from the others");
  }
}

}  // namespace

std::vector<const ConfigNode*> tables(PlantReader& r, const ConfigNode& root, std::string_view key) {
  std::vector<const ConfigNode*> all;
  const ConfigNode* node = root.find(key);
  if (!node) return all;
  const std::string cure = "write [[" + std::string(key) + "]], with two brackets";
  if (node->kind != ConfigNode::Kind::array) {
    r.problems.add(node->line, std::string(key) + " is " + node->kind_name() + ", not a list of tables", cure);
    return all;
  }
  for (const ConfigNode& item : node->items) {
    if (item.kind == ConfigNode::Kind::table)
      all.push_back(&item);
    else
      r.problems.add(item.line, std::string(key) + " holds " + item.kind_name() + ", not a table", cure);
  }
  return all;
}

Result<Plant> read_plant(std::string_view text, const std::string& file) {
  const auto root = read_toml(text, file);
  if (!root) return tl::unexpected(root.error());
  PlantReader r(file);
  r.plant.flowsheet = std::make_unique<plant::Flowsheet>();

  Section top(*root, "the file", r.problems);
  for (const char* key : {"plant", "unit", "stream", "variable", "equation", "specification", "start", "measurement",
                          "covariance", "assess", "economics"})
    top.find(key);
  top.finish();

  // Units before the rest: names and paths are theirs. Equations before the sizes are set, because a path in one may
  // make a derived quantity; added after, because their residuals are scaled by those sizes.
  read_settings(r, *root);
  read_units(r, *root);
  read_variables(r, *root);
  read_specifications(r, *root);
  read_starts(r, *root);
  read_measurements(r, *root);
  read_covariances(r, *root);
  read_equations(r, *root);
  if (r.plant.streams.empty() && r.plant.flowsheet->variables().empty() && r.problems.empty())
    r.problems.add(
        0, "the file describes no plant",
        text.find("# [[unit]]") != text.npos
            ? "take the [[unit]] out of its comment, and say what its inlets and outlets are"
            : "add a [[unit]] with its inlets and outlets; castner new DATA.csv writes a file to start from");
  if (!r.problems.empty()) return tl::unexpected(r.problems.error());
  warn_of_closed_groups(r);
  set_sizes(r);
  build_equations(r);
  return std::move(r.plant);
}

}  // namespace castner::plant_file

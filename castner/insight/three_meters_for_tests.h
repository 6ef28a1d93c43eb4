// SPDX-License-Identifier: Apache-2.0
/// A line of two nodes with three meters, and a window of it: what tests of judgements put their own into.
#pragma once

#include <gtest/gtest.h>

#include <utility>

#include "castner/assess/assessment.h"
#include "castner/plant_file/plant_file.h"

namespace castner::insight {

inline plant::Plant three_meters() {
  auto p = plant_file::read_plant(R"(
[[unit]]
name = "N1"
model = "node"
inlets = ["A"]
outlets = ["B"]
[[unit]]
name = "N2"
model = "node"
inlets = ["B"]
outlets = ["C"]
[[unit]]
name = "R1"
model = "rectifier"
[[measurement]]
tag = "FI-1"
of = "A.flow_mass"
unit = "t/h"
sd = "1 %"
[[measurement]]
tag = "FI-2"
of = "B.flow_mass"
unit = "t/h"
sd = "1 %"
[[measurement]]
tag = "FI-3"
of = "C.flow_mass"
unit = "t/h"
sd = "1 %"
)",
                                  "plant.toml");
  EXPECT_TRUE(p) << p.error().text();
  return std::move(*p);
}

/// A window in which all three meters were used and every estimate is checked by others. Estimates are 0; `measured` and
/// `sd` of the instruments are unset: a sample sets what its judgement reads, and adds windows where it needs several.
inline assess::AssessedWindow good_window(const plant::Plant& plant) {
  assess::State state;
  state.reconciliation.report.status = solve::Status::converged;
  state.reconciliation.estimates.resize(plant.flowsheet->variables().size());
  for (auto& e : state.reconciliation.estimates) e.kind = solve::Class::redundant;
  for (const auto& m : plant.measurements)
    state.instruments.push_back({.tag = m.tag,
                                 .path = plant.flowsheet->variables()[static_cast<std::size_t>(m.variable)].name,
                                 .variable = m.variable,
                                 .reading = static_cast<int>(state.instruments.size())});
  state.leak_units = {0, 1};
  assess::AssessedWindow w;
  w.state = std::move(state);
  return w;
}

}  // namespace castner::insight

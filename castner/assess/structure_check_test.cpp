// SPDX-License-Identifier: Apache-2.0
// What `castner check` says does not depend on what happens to stand still: it looks at the plant with everything running.
#include "castner/assess/structure_check.h"

#include <algorithm>

#include "castner/assess/idle_for_tests.h"

namespace castner::assess {
namespace {

using namespace idle_tests;

/// Redundancy, and of each instrument its class.
std::string told_of(const plant::Plant& plant) {
  const StructureCheck c = check_structure(plant);
  EXPECT_EQ(c.reconciliation, solve::Status::converged) << c.advice.text;
  EXPECT_TRUE(c.passed());
  std::string all = std::to_string(c.degrees_of_redundancy);
  for (const auto& i : c.instruments) all += "; " + i.tag + " " + solve::class_name(i.kind);
  return all;
}

TEST(CheckStructure, IsTheSameWhicheverUnitIsIdle) {
  const std::string text = text_of("plants/cell_room/plant.toml");
  const auto plant = plant_of(text);
  const std::string running = told_of(plant);
  EXPECT_TRUE(running.starts_with("44; ")) << running;
  int tried = 0;
  for (std::size_t u = 0; u < plant.units.size(); ++u) {
    if (!plant.flowsheet->units()[u].unit->idle_form()) continue;
    const std::string name = "[[unit]]\nname = \"" + plant.units[u].name + "\"\n";
    EXPECT_EQ(told_of(plant_of(replaced(text, name, name + "idle = true\n"))), running) << plant.units[u].name;
    ++tried;
  }
  EXPECT_GE(tried, 15);
  for (const char* what : {"E4", "E1"}) {
    const std::string current = std::string("of = \"") + what + ".current\"\nvalue = ";
    EXPECT_EQ(told_of(plant_of(replaced(text, current + "\"14.5418 kA\"", current + "\"0 kA\""))), running) << what;
  }
}

// A plant whose balances cannot be solved is none that can be used.
TEST(CheckStructure, SaysNoWhereItCannotBeReconciled) {
  StructureCheck c;
  c.measurements = 3;
  EXPECT_TRUE(c.passed());
  c.reconciliation = solve::Status::no_convergence;
  EXPECT_FALSE(c.passed());
}

/// Two electrolysers on common headers, with the meters of a small plant and no value of any; as somebody picks them in a first minute.
std::string two_electrolysers(const std::string& parameters) {
  std::string text = text_of("tests/cases/check/two_electrolysers/plant.toml");
  for (auto at = text.find(", water_transport_offset = 0, heat_loss = \"0 W\""); at != text.npos;
       at = text.find(", water_transport_offset = 0, heat_loss = \"0 W\""))
    text.replace(at, std::string(", water_transport_offset = 0, heat_loss = \"0 W\"").size(), parameters);
  return text;
}

TEST(CheckStructure, NeedsNoValuesToTellWhatInstrumentsCheck) {
  const auto c = check_structure(plant_of(two_electrolysers(", water_transport_offset = 0, heat_loss = 0")));
  EXPECT_EQ(c.reconciliation, solve::Status::converged) << c.advice.text;
  EXPECT_EQ(c.degrees_of_redundancy, 10);
  EXPECT_TRUE(c.untold.empty());
  EXPECT_TRUE(std::all_of(c.instruments.begin(), c.instruments.end(),
                          [](const auto& i) { return i.kind == solve::Class::redundant; }));
}

TEST(CheckStructure, NamesTheParametersThatNothingTells) {
  const auto c = check_structure(plant_of(two_electrolysers("")));
  EXPECT_EQ(c.reconciliation, solve::Status::converged) << c.advice.text;
  for (const char* path : {"E1.water_transport_offset", "E1.heat_loss", "E2.water_transport_offset", "E2.heat_loss"})
    EXPECT_NE(std::find(c.untold.begin(), c.untold.end(), path), c.untold.end()) << path;
}

}  // namespace
}  // namespace castner::assess

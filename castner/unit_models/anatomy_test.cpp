// SPDX-License-Identifier: Apache-2.0
// Anatomies name what their models have: each is looked for in a plant of one such unit.
#include "castner/unit_models/anatomy.h"

#include <algorithm>

#include "castner/unit_models/caustic_evaporator.h"
#include "castner/unit_models/electrolyser.h"
#include "castner/unit_models/rectifier.h"
#include "castner/unit_models/samples_for_tests.h"

namespace castner::unit_models {
namespace {

/// A plant of one unit "U", connected as in the model's last sample; its ports' variables are its own.
plant::Plant plant_of(const std::string& model) {
  const auto sample =
      std::find_if(samples().rbegin(), samples().rend(), [&](const auto& s) { return s.model == model; });
  ModelBench bench(model, sample->connections, sample->constants);
  EXPECT_TRUE(bench.unit) << bench.problems;
  std::vector<std::string> paths;
  for (const auto& v : bench.unit->variables()) paths.push_back("U." + v.name);
  plant::Plant plant{.flowsheet = std::make_unique<plant::Flowsheet>()};
  plant.flowsheet->add_unit("U", std::move(bench.unit), paths);
  plant.units.push_back(
      {.name = "U", .model = model, .connections = {}, .held_parameters = {}, .constants = sample->constants});
  return plant;
}

TEST(Anatomy, OfAnElectrolyserNamesItsVariablesAndBalances) {
  const auto plant = plant_of("electrolyser");
  const auto all = every<ElectrolyserAnatomy>(plant);
  ASSERT_EQ(all.size(), 1u);
  const auto variable = [&](int i) { return plant.flowsheet->variables()[static_cast<std::size_t>(i)].name; };
  const auto equation = [&](int i) { return plant.flowsheet->equations()[static_cast<std::size_t>(i)]; };
  EXPECT_EQ(all[0].name, "U");
  EXPECT_EQ(all[0].cells, 4.0);
  EXPECT_EQ(variable(all[0].wear), "U.wear_voltage");
  EXPECT_EQ(variable(all[0].caustic_out_naoh), "U.catholyte.mass_frac.NaOH");
  EXPECT_EQ(equation(all[0].base_balance), "U: NaOH balance of the catholyte");
  EXPECT_EQ(equation(all[0].energy_balance), "U: energy balance");
}

TEST(Anatomy, PartsOfTheCellVoltageAddUpToIt) {
  const auto plant = plant_of("electrolyser");
  const auto e = every<ElectrolyserAnatomy>(plant).at(0);
  std::vector<int> parts;
  for (const char* name : kCellVoltageParts) parts.push_back(plant.flowsheet->find(std::string("U.") + name).value());
  EXPECT_EQ(parts, (std::vector<int>{e.reversible, e.anode, e.cathode, e.membrane, e.metal, e.wear}));

  std::vector<double> x(plant.flowsheet->variables().size()), r(plant.flowsheet->equations().size());
  for (std::size_t i = 0; i < x.size(); ++i) x[i] = plant.flowsheet->variables()[i].start;
  x[static_cast<std::size_t>(e.cell_voltage)] = 0.0;
  for (const int part : parts) x[static_cast<std::size_t>(e.cell_voltage)] += x[static_cast<std::size_t>(part)];
  ASSERT_TRUE(plant.flowsheet->residual(x, r));
  const UnitPlace unit(plant, plant.units[0]);
  EXPECT_NEAR(r[static_cast<std::size_t>(unit.equation("cell voltage"))], 0.0, 1e-12);
}

TEST(Anatomy, OfAnEvaporatorAndARectifierNameTheirVariables) {
  const auto evaporator = plant_of("caustic_evaporator");
  const auto effect = every<CausticEvaporatorAnatomy>(evaporator).at(0);
  EXPECT_EQ(evaporator.flowsheet->find("U.vapour.pressure"), effect.vapour_pressure);
  const auto rectifier = plant_of("rectifier");
  EXPECT_EQ(rectifier.flowsheet->find("U.dc_power"), every<RectifierAnatomy>(rectifier).at(0).dc_power);
}

TEST(Anatomy, IsThatOfItsOwnModelAlone) {
  const auto plant = plant_of("electrolyser");
  EXPECT_TRUE(is_a<ElectrolyserAnatomy>(plant.units[0]));
  EXPECT_TRUE(every<RectifierAnatomy>(plant).empty());
  EXPECT_FALSE(anatomy<CausticEvaporatorAnatomy>(plant, plant.units[0]).has_value());
}

}  // namespace
}  // namespace castner::unit_models

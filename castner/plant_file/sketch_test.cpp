// SPDX-License-Identifier: Apache-2.0
#include "castner/plant_file/sketch.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>

#include "castner/plant_file/plant_file.h"
#include "castner/unit_models/models.h"

namespace castner::plant_file {
namespace {

Sketch header_sketch() {
  return {.name = "Steam \"north\"",
          .currency = "CNY",
          .data_file = "export\n[plant]",
          .window = "1 h",
          .max_gap = "10 min",
          .min_rows = 12,
          .units = {{"N1", "node", {}}},
          .pipes = {{"S1", "steam", {}, {"N1", ""}}, {"S2", "", {"N1", ""}, {}}, {"S3", "", {"N1", ""}, {}}},
          .meters = {{"FI-1", "S1.flow_mass", "t/h", "1.5 %"},
                     {"TI \\1", "S1.temperature", "degC", "0.5 K"},
                     {"FI-2", "S2.flow_mass", "t/h", "0.2"}}};
}

TEST(SketchedPlant, IsAPlantFileOfWhatWasPicked) {
  const auto plant = read_plant(sketched_plant(header_sketch()), "plant.toml");
  ASSERT_TRUE(plant) << plant.error().text() << sketched_plant(header_sketch());
  EXPECT_EQ(plant->name, "Steam \"north\"");
  EXPECT_EQ(plant->assess.window, 3600.0);
  EXPECT_EQ(plant->assess.min_rows, 12);
  ASSERT_EQ(plant->measurements.size(), 3u);
  EXPECT_EQ(plant->measurements[1].tag, "TI \\1");
  EXPECT_TRUE(plant->flowsheet->find("S3.flow_mass"));
}

TEST(SketchedPlant, ANameOfAFileCannotBecomeASection) {
  const auto text = sketched_plant(header_sketch());
  EXPECT_EQ(text.find("\n[plant]"), text.rfind("\n[plant]"));
}

TEST(SketchedPlant, EveryModelStandsAloneWithItsPortsOutside) {
  for (const auto& model : unit_models::all_models()) {
    if (model.many) continue;
    Sketch s{.units = {{"U", model.name, {}}}};
    for (const auto& p : model.parameters)
      if (p.kind == plant::ParameterInfo::Kind::constant && !p.default_value)
        s.units[0].parameters.emplace_back(p.name, p.unit == "1" ? "1" : "1 " + p.unit);
    if (std::all_of(model.ports.begin(), model.ports.end(), [](const auto& p) { return p.optional; }))
      for (const auto& p : model.ports)  // a model of which no port must be connected wants one of them still
        s.pipes.push_back({"P_" + p.name, "", p.inlet ? SketchEnd{} : SketchEnd{"U", p.name},
                           p.inlet ? SketchEnd{"U", p.name} : SketchEnd{}});
    const auto plant = read_plant(sketched_plant(s), "plant.toml");
    EXPECT_TRUE(plant) << model.name << "\n" << plant.error().text() << sketched_plant(s);
  }
}

TEST(SketchedPlant, ContentsComeFromThePortsAtBothEndsAndGoOnThroughASplitter) {
  const Sketch s{.units = {{"E1", "electrolyser", {{"cells", "150"}, {"cell_area", "2.7 m2"}}},
                           {"SP1", "splitter", {}},
                           {"EV1", "caustic_evaporator", {}}},
                 .pipes = {{"S1", "", {"E1", "catholyte"}, {"SP1", ""}},
                           {"S2", "", {"SP1", ""}, {"EV1", "feed"}},
                           {"S3", "", {"SP1", ""}, {}},
                           {"S4", "", {}, {"E1", "brine"}}},
                 .meters = {{"AI-3", "S3.mass_frac.NaOH", "%", "1 %"}, {"II-1", "E1.current", "kA", "0.5 %"}}};
  const auto plant = read_plant(sketched_plant(s), "plant.toml");
  ASSERT_TRUE(plant) << plant.error().text() << sketched_plant(s);
  const auto contents = [&](const std::string& name) {
    return std::find_if(plant->streams.begin(), plant->streams.end(), [&](const auto& e) { return e.name == name; })
        ->contents;
  };
  EXPECT_EQ(contents("S1"), plant::Contents::caustic);
  EXPECT_EQ(contents("S3"), plant::Contents::caustic);
  EXPECT_EQ(contents("S4"), plant::Contents::acid_brine) << "nobody said that it holds no acid";
  EXPECT_EQ(contents("E1_hydrogen"), plant::Contents::hydrogen_gas);
  EXPECT_EQ(contents("EV1_steam"), plant::Contents::steam);
}

TEST(SketchedPlant, ContentsComeFromWhatOnlyTheyHaveAndGoOnThroughMixerAndSplitters) {
  Sketch s{.units = {{"MX1", "mixer", {}}, {"SP1", "splitter", {}}, {"SP2", "splitter", {}}},
           .pipes = {{"S101", "", {}, {"MX1", ""}},
                     {"S102", "water", {}, {"MX1", ""}},
                     {"S103", "", {"MX1", ""}, {"SP1", ""}},
                     {"S104", "", {"SP1", ""}, {}},
                     {"S105", "", {"SP1", ""}, {"SP2", ""}},
                     {"S106", "", {"SP2", ""}, {}},
                     {"S107", "", {"SP2", ""}, {}},
                     {"S1070", "", {"SP2", ""}, {}}},
           .meters = {{"AI101", "S101.mass_frac.NaOH", "%", "1 %"}, {"AI103", "S103.conc_mass.NaOH", "g/L", "1 %"}}};
  const auto plant = read_plant(sketched_plant(s), "plant.toml");
  ASSERT_TRUE(plant) << plant.error().text() << sketched_plant(s);
  for (const auto& stream : plant->streams)
    EXPECT_EQ(stream.contents, stream.name == "S102" ? plant::Contents::water : plant::Contents::caustic)
        << stream.name;

  // What several contents have, and what no two meters agree on, decides nothing; what was picked stays.
  s.meters = {{"TI101", "S101.temperature", "degC", "1 K"}};
  EXPECT_EQ(sketched_plant(s).find("caustic"), std::string::npos);
  s.meters = {{"AI107", "S1070.mass_frac.NaOH", "%", "1 %"}};  // not on S107
  s.units.resize(1);
  s.pipes.resize(3);
  EXPECT_EQ(sketched_plant(s).find("caustic"), std::string::npos);
  s.meters = {{"AI102", "S102.mass_frac.NaOH", "%", "1 %"}};
  EXPECT_NE(sketched_plant(s).find("name = \"S102\"\ncontents = \"water\""), std::string::npos);
}

TEST(SketchedPlant, WhatAPipeOfAMixerHoldsIsAdvisedByItsNeighbours) {
  const auto plant = read_plant(
      "[[unit]]\nname = \"SP1\"\nmodel = \"splitter\"\ninlets = [\"A\"]\noutlets = [\"B\", \"C\"]\n"
      "[[stream]]\nname = \"A\"\ncontents = \"caustic\"\n",
      "plant.toml");
  ASSERT_FALSE(plant);
  ASSERT_EQ(plant.error().problems.size(), 2u) << plant.error().text();
  for (const auto& p : plant.error().problems)
    EXPECT_NE(p.cure.find("contents = \"caustic\""), std::string::npos) << p.cure;
}

TEST(SketchedPlant, AssumesWhatHardlyAnyMeterTellsAndAcidOfWhichNothingIsSaid) {
  Sketch s{
      .units = {{"E1", "electrolyser", {{"cells", "150"}, {"cell_area", "2.7 m2"}, {"heat_loss", "90 kW"}}},
                {"SP1", "splitter", {}}},
      .pipes = {{"S1", "", {}, {"SP1", ""}}, {"S2", "", {"SP1", ""}, {"E1", "brine"}}, {"S3", "", {"SP1", ""}, {}}},
      .meters = {{"AI-1", "S1.conc_mass.NaCl", "g/L", "1 %"}, {"II-1", "E1.current", "kA", "0.5 %"}}};
  const auto of = [&] {
    std::vector<std::string> all;
    for (const auto& a : assumed_in(s)) all.push_back(a.of);
    return all;
  };
  const auto plant = read_plant(sketched_plant(s), "plant.toml");
  ASSERT_TRUE(plant) << plant.error().text() << sketched_plant(s);
  EXPECT_EQ(of(), (std::vector<std::string>{"E1.water_transport_offset", "S1.mass_frac.HCl"}));
  ASSERT_EQ(plant->measurements.size(), 4u);
  EXPECT_EQ(plant->measurements.back().value, 0.0007);
  EXPECT_EQ(plant->parameters.size(), 1u);
  EXPECT_NE(sketched_plant(s).find("heat_loss = \"90 kW\""), std::string::npos);

  s.pipes[0].contents = "brine";  // then the splitter's other pipes hold none either
  ASSERT_TRUE(read_plant(sketched_plant(s), "plant.toml")) << sketched_plant(s);
  EXPECT_EQ(of(), (std::vector<std::string>{"E1.water_transport_offset"}));
  s.pipes[0].contents = "";
  s.meters.push_back({"AI-2", "S2.mass_frac.HCl", "%", "5 %"});
  ASSERT_TRUE(read_plant(sketched_plant(s), "plant.toml")) << sketched_plant(s);
  EXPECT_EQ(of(), (std::vector<std::string>{"E1.water_transport_offset"}));
}

TEST(SketchedPlant, WhatNobodyMeasuresOfAnElectrolyserIsAGuessWithAnSdThatGoesWithItsCells) {
  Sketch s{.units = {{"E1", "electrolyser", {{"cells", "150"}, {"cell_area", "2.7 m2"}}}}, .pipes = {}, .meters = {}};
  auto all = assumed_in(s);
  ASSERT_EQ(all.size(), 3u);
  EXPECT_EQ(all[0].of, "E1.water_transport_offset");
  EXPECT_EQ(all[0].value, 0.0);
  EXPECT_EQ(all[0].sd, 0.4);
  EXPECT_EQ(all[1].of, "E1.heat_loss");
  EXPECT_NEAR(all[1].value, 405.0 * 50.0, 1e-9);
  EXPECT_NEAR(all[1].sd, 405.0 * 250.0, 1e-9);
  const auto plant = read_plant(sketched_plant(s), "plant.toml");
  ASSERT_TRUE(plant) << plant.error().text() << sketched_plant(s);
  EXPECT_TRUE(plant->parameters.empty());

  s.units[0].parameters = {{"cells", "75"}, {"cell_area", "27000 cm2"}, {"water_transport_offset", "0.2"}};
  all = assumed_in(s);
  ASSERT_EQ(all.size(), 2u);
  EXPECT_NEAR(all[0].sd, 75 * 2.7 * 250.0, 1e-6);
  // Cells that nobody has given yet, and such as no electrolyser has, are the plant file's to complain of.
  for (const char* cells : {"", "none", "0", "-5", "1e999"}) {
    s.units[0].parameters[0].second = cells;
    EXPECT_EQ(assumed_in(s).size(), 1u) << cells;
  }
}

plant::Plant plant_of(const Sketch& s) {
  auto plant = read_plant(sketched_plant(s), "plant.toml");
  EXPECT_TRUE(plant) << plant.error().text() << sketched_plant(s);
  return plant ? std::move(*plant) : plant::Plant{};
}
/// Models by the name of their unit.
std::map<std::string, std::string> models_of(const plant::Plant& plant) {
  std::map<std::string, std::string> all;
  for (const auto& u : plant.units) all[u.name] = u.model;
  return all;
}
const plant::StreamEntry& stream(const plant::Plant& plant, const std::string& name) {
  return *std::find_if(plant.streams.begin(), plant.streams.end(), [&](const auto& s) { return s.name == name; });
}
Sketch two_electrolysers() {
  const std::vector<std::pair<std::string, std::string>> given{{"cells", "150"}, {"cell_area", "2.7 m2"}};
  return {.units = {{"E1", "electrolyser", given}, {"E2", "electrolyser", given}}, .pipes = {}, .meters = {}};
}
SketchEnd every(const char* port) { return {"electrolyser", port, true}; }

TEST(SketchJoints, AHeaderOfEveryUnitTakesItsPipesOrMakesThem) {
  Sketch s = two_electrolysers();
  s.pipes = {{"S101", "", {}, every("brine")},
             {"S111", "", {}, {"E1", "brine"}},
             {"S160", "", every("chlorine"), {}},
             {"S150", "", every("catholyte"), {}},
             {"S1", "", every("catholyte"), {}}};
  const auto plant = plant_of(s);
  EXPECT_EQ(models_of(plant), (std::map<std::string, std::string>{{"E1", "electrolyser"},
                                                                  {"E2", "electrolyser"},
                                                                  {"split_S101", "splitter"},
                                                                  {"join_S160", "mixer"},
                                                                  {"join_E1_catholyte_E2_catholyte", "mixer"},
                                                                  {"split_E1_catholyte_E2_catholyte", "splitter"}}));
  EXPECT_EQ(stream(plant, "S101").to, "split_S101");
  EXPECT_EQ(stream(plant, "S111").from, "split_S101");
  EXPECT_EQ(stream(plant, "S111").to, "E1");
  EXPECT_EQ(stream(plant, "E2_brine").from, "split_S101");
  EXPECT_EQ(stream(plant, "E2_chlorine").to, "join_S160");
  EXPECT_EQ(stream(plant, "S160").contents, plant::Contents::chlorine_gas);
  EXPECT_EQ(stream(plant, "S150").contents, plant::Contents::caustic);
  EXPECT_EQ(stream(plant, "S1").from, "split_E1_catholyte_E2_catholyte");
  for (const auto& u : plant.units) {
    const std::string title = u.title.en + "|" + u.title.zh;
    EXPECT_TRUE(u.name != "split_S101" || title == "division of S101|S101分流处") << title;
    EXPECT_TRUE(u.name != "join_S160" || title.starts_with("junction of E1_chlorine and E2_chlorine|")) << title;
  }
}
TEST(SketchJoints, APipeThatComesFromElsewhereIsNotTheHeaders) {
  Sketch s = two_electrolysers();
  s.units.push_back({"HX1", "heat_exchanger", {}});
  s.pipes = {{"S1", "", {}, every("brine")},
             {"S2", "brine", {"HX1", "cold_out"}, {"E2", "brine"}},
             {"S3", "brine", {}, {"HX1", "cold_in"}}};
  const auto plant = plant_of(s);
  EXPECT_EQ(stream(plant, "S2").from, "HX1");
  EXPECT_EQ(stream(plant, "E1_brine").from, "join_E1_brine");
  EXPECT_EQ(models_of(plant).at("join_E1_brine"), "mixer");  // one goes in, one comes out
}
TEST(SketchJoints, SeveralPipesAtAPortAreMixedAndWhatFlowsInGoesOnThroughTheExchanger) {
  Sketch s{.units = {{"HX1", "heat_exchanger", {}}, {"join_HX1_cold_in", "node", {}}},
           .pipes = {{"S1", "caustic", {}, {"HX1", "cold_in"}},
                     {"S151", "water", {}, {"HX1", "cold_in"}},
                     {"S140", "", {"HX1", "cold_out"}, {}},
                     {"S9", "", {}, {"join_HX1_cold_in", ""}},
                     {"S10", "", {"join_HX1_cold_in", ""}, {}}},
           .meters = {{"AI-140", "S140.mass_frac.NaOH", "%", "1 %"}}};
  const auto plant = plant_of(s);
  EXPECT_EQ(models_of(plant).at("join_HX1_cold_in_2"), "mixer") << "a name that is free";
  EXPECT_EQ(stream(plant, "HX1_cold_in").contents, plant::Contents::caustic);
  EXPECT_EQ(stream(plant, "S151").to, "join_HX1_cold_in_2");
}
/// A catholyte loop: S405 goes round, S430 comes from outside into the mixer, S1 goes on to both electrolysers.
Sketch diluted_loop(const std::string& tag, const std::string& of = "flow_mass") {
  Sketch s = two_electrolysers();
  s.units.push_back({"SP1", "splitter", {}});
  s.units.push_back({"MX1", "mixer", {}});
  s.pipes = {{"S400", "", every("catholyte"), {"SP1", ""}},
             {"S405", "", {"SP1", ""}, {"MX1", ""}},
             {"S420", "", {"SP1", ""}, {}},
             {"S430", "", {}, {"MX1", ""}},
             {"S1", "", {"MX1", ""}, every("caustic")}};
  s.meters = {{tag, "S430." + of, of == "flow_mass" ? "t/h" : "%", "1 %"}, {"FI-405", "S405.flow_mass", "t/h", "1 %"}};
  return s;
}
PipeContents of_pipe(const Sketch& s, const std::string& name) {
  for (const auto& p : contents_in(s))
    if (p.pipe == name) return p;
  return {};
}

TEST(SketchedPlant, WhatComesFromOutsideIntoAMixerOfCausticMayBeWater) {
  using By = PipeContents::By;
  const auto open = of_pipe(diluted_loop("FIC-430"), "S430");
  EXPECT_EQ(open.contents, "");
  EXPECT_TRUE(open.by == By::nobody);
  EXPECT_EQ(open.may_be, (std::vector<std::string>{"water", "caustic"}));
  EXPECT_FALSE(read_plant(sketched_plant(diluted_loop("FIC-430")), "plant.toml")) << "nothing is taken in silence";
  for (const char* tag :
       {"FIC-430 dilution water", "VE-Wasser FI-430", "FI-430纯水", "FI-430 Dilution", "稀释水 FIC430"}) {
    const auto p = of_pipe(diluted_loop(tag), "S430");
    EXPECT_EQ(p.contents, "water") << tag;
    EXPECT_TRUE(p.by == By::tags && p.may_be.empty()) << tag;
    const auto plant = plant_of(diluted_loop(tag));
    EXPECT_EQ(stream(plant, "S430").contents, plant::Contents::water);
    EXPECT_EQ(stream(plant, "S1").contents, plant::Contents::caustic);
  }
  for (const char* tag : {"FI-430 caustic", "Lauge 430", "FI-430烧碱"})
    EXPECT_EQ(of_pipe(diluted_loop(tag), "S430").contents, "caustic") << tag;
  for (const char* tag : {"FIC-430 Natronlauge zur Verdünnung", "NaOH dilution feed", "稀释碱 FIC430"})
    EXPECT_EQ(of_pipe(diluted_loop(tag), "S430").contents, "") << tag << " is asked about: it names both";
  EXPECT_EQ(of_pipe(diluted_loop("AI-430", "mass_frac.NaOH"), "S430").contents, "caustic") << "what only caustic has";
  Sketch picked = diluted_loop("FIC-430");
  picked.pipes[3].contents = "water";
  EXPECT_TRUE(of_pipe(picked, "S430").by == By::picked);
  for (const char* pipe : {"S400", "S405", "S420", "S1"}) {
    const auto p = of_pipe(diluted_loop("FIC-430"), pipe);
    EXPECT_EQ(p.contents, "caustic") << pipe;
    EXPECT_TRUE(p.by == By::ends) << pipe;
  }
  // A port with several pipes is a mixer that nobody picked.
  Sketch met = diluted_loop("FIC-430");
  met.units.resize(3);
  met.pipes = {
      met.pipes[0], {"S405", "", {"SP1", ""}, every("caustic")}, met.pipes[2], {"S430", "", {}, every("caustic")}};
  EXPECT_EQ(of_pipe(met, "S430").may_be.size(), 2u);
}

TEST(SketchedPlant, PricesAreWrittenWithTheirUnits) {
  Sketch s = header_sketch();
  s.currency = "EUR";
  EXPECT_EQ(sketched_plant(s).find("[economics]"), std::string::npos);
  s.economics = {{"electricity", "0.09"}, {"steam", "25 EUR/t"}, {"auxiliaries", "120"}, {"hours_per_year", "8000"}};
  const auto plant = plant_of(s);
  EXPECT_NEAR(plant.economics.electricity.value() * 3.6e6, 0.09, 1e-12);
  EXPECT_NEAR(plant.economics.steam.value() * 1000, 25.0, 1e-9);
  EXPECT_NEAR(plant.economics.auxiliaries.value(), 120 * 3600.0, 1e-6);
  EXPECT_EQ(plant.economics.hours_per_year, 8000);
  s.economics = {{"electricity", "cheap"}};
  EXPECT_FALSE(read_plant(sketched_plant(s), "plant.toml"));
}
TEST(SketchedPlant, ARectifierIsJoinedToTheElectrolysersThatItFeeds) {
  Sketch s = two_electrolysers();
  s.units.push_back({"R1", "rectifier", {}, {"E1", "E2"}});
  s.meters = {{"JI-1", "R1.ac_power", "kW", "0.5 %"}};
  const auto plant = plant_of(s);
  ASSERT_EQ(plant.equations.size(), 1u);
  EXPECT_NE(sketched_plant(s).find("residual = \"R1.dc_power - E1.dc_power - E2.dc_power\""), std::string::npos);
}

TEST(SketchedPlant, SolversStartAtTheMeansThatThePlantCanHave) {
  Sketch s = header_sketch();
  s.meters[0].mean = 12.5;
  s.meters[1].mean = -400.0;  // below absolute zero: something is wrong with it, but not with the plant file
  s.meters[2].mean = 3.25;
  s.meters.push_back({"FI-1B", "S1.flow_mass", "t/h", "1.5 %", "", 13.0});
  s.starts = starts_in(s, plant_of(s));
  EXPECT_EQ(s.starts, (std::vector<std::pair<std::string, std::string>>{{"S1.flow_mass", "12.5 t/h"},
                                                                        {"S2.flow_mass", "3.25 t/h"}}));
  EXPECT_EQ(plant_of(s).starts.size(), 2u);
}

TEST(SketchedPlant, WhatCannotBeIsToldByThePlantFilesReader) {
  Sketch s = header_sketch();
  s.units.push_back({"N1", "nodde", {}});
  s.meters[0].of = "S9.flow_mass";
  const auto plant = read_plant(sketched_plant(s), "plant.toml");
  ASSERT_FALSE(plant);
  EXPECT_GE(plant.error().problems.size(), 3u) << plant.error().text();
}

// What stands at its limit in one of them looks as if it were told there.
TEST(Sketch, WhatNothingTellsOfOneUnitIsAssumedOfAllThatAreMeteredAsItIs) {
  const auto paths = [](const Sketch& s) {
    std::vector<std::string> all;
    for (const auto& a : assumable(s, {"E2.wear_voltage"})) all.push_back(a.of);
    return all;
  };
  using Paths = std::vector<std::string>;
  const std::vector<std::pair<std::string, std::string>> cells{{"cells", "150"}, {"cell_area", "2.7 m2"}};
  Sketch s{.units = {{"E1", "electrolyser", cells}, {"E2", "electrolyser", cells}, {"E3", "electrolyser", cells}},
           .pipes = {{"S501", "", {}, {"electrolyser", "brine", true}}, {"S115", "", {"E1", "catholyte"}, {}}},
           .meters = {{"FI-501", "S501.flow_vol", "m3/h", "1.5 %"},
                      {"II-1", "E1.current", "kA", "0.5 %"},
                      {"II-2", "E2.current", "kA", "0.5 %"},
                      {"II-3", "E3.current", "kA", "0.5 %"}}};
  EXPECT_EQ(paths(s), (Paths{"E1.wear_voltage", "E2.wear_voltage", "E3.wear_voltage"}));
  s.meters.push_back({"TI-115", "S115.temperature", "degC", "0.5 K"});
  EXPECT_EQ(paths(s), (Paths{"E2.wear_voltage", "E3.wear_voltage"})) << "its own thermometer may tell it";
  s.units[2].parameters.emplace_back("wear_voltage", "20 mV");
  EXPECT_EQ(paths(s), Paths{"E2.wear_voltage"}) << "it is given";
  s.units.push_back({"R3", "rectifier", {}, {"E3"}});
  s.units[2].parameters.pop_back();
  s.meters.push_back({"JI-3", "R3.ac_power", "MW", "0.5 %"});
  EXPECT_EQ(paths(s), Paths{"E2.wear_voltage"}) << "its rectifier's meter may tell it";
  s.assumed.push_back({"E2.wear_voltage", 0.1, 0.1, ""});
  EXPECT_EQ(paths(s), Paths{}) << "it is assumed already";
}

}  // namespace
}  // namespace castner::plant_file

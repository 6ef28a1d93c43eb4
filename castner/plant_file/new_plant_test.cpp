// SPDX-License-Identifier: Apache-2.0
#include "castner/plant_file/new_plant.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <sstream>

#include "castner/base/config.h"
#include "castner/plant/stream_quantity.h"
#include "castner/plant_file/plant_file.h"

namespace castner::plant_file {
namespace {

/// Takes the [[unit]], [[stream]] and [[measurement]] lines out of their comments, as the text tells people to.
std::string uncommented(const std::string& text) {
  std::istringstream in(text);
  std::string out, line;
  bool settings = false;
  while (std::getline(in, line)) {
    settings = settings || line == "[plant]";
    out += (settings && line.starts_with("# ") ? line.substr(2) : line) + "\n";
  }
  return out;
}

TEST(NewPlant, GuessesWhatAColumnIs) {
  const std::string text = new_plant("data.csv", {{"FI-101", "t/h", 12.5},
                                                  {"TI-101", "degC", 80.0},
                                                  {"PIC-7", "", {}},
                                                  {"AI-3", "wt%", 32.0},
                                                  {"cell 12", "V", 3.1},
                                                  {"FIQ-9", "Nm3/h", {}},
                                                  {"state", "", {}}});
  EXPECT_NE(
      text.find(
          "# tag = \"FI-101\"\n# of = \"S101.flow_mass\"    # a guess from its unit\n# unit = \"t/h\"\n# value = 12.5"),
      std::string::npos);
  EXPECT_NE(text.find("# of = \"S101.temperature\""), std::string::npos);
  EXPECT_NE(text.find("# of = \"S7.pressure\"    # a guess from the first letter of its tag\n# unit = \"1\"    # the "
                      "data does not say: fill it in"),
            std::string::npos);
  EXPECT_NE(text.find("# of = \"S3.mass_frac.NaOH\""), std::string::npos);
  EXPECT_NE(text.find("the data says wt%: \"wt%\" is not a unit here; write \"%\""), std::string::npos);
  EXPECT_NE(text.find("# of = \"E12.voltage\""), std::string::npos);
  EXPECT_NE(text.find("# # Does it count the water vapour? Most such meters are set to dry gas; of moist gas it is "
                      "\"S9.flow_vol_normal\".\n# of = \"S9.flow_vol_normal_dry\""),
            std::string::npos);
  EXPECT_NE(text.find("# of = \"S7.flow_mass\"    # nothing tells what it measures: fill it in\n"), std::string::npos);
}
// L is a level in ISA-5.1, whatever its unit: no composition comes of it, nor of a valve's position or a speed in per cent.
TEST(NewPlant, ALevelOrAValvesPositionIsNoComposition) {
  for (const char* tag :
       {"LI-402", "LIC110", "LI.402", "21-LI-402", "10LI4", "LI_402 caustic tank", "Level 3", "Füllstand Lauge 4",
        "LI-402碱罐液位", "FV-101", "LCV-7", "ZI-12", "SI-3", "阀位 5", "Ventilstellung 6"}) {
    const auto guess = guess_meter({{tag, "%", 62.0}}, 0);
    EXPECT_EQ(guess.from, MeterGuess::From::nothing) << tag << ' ' << guess.quantity;
  }
  EXPECT_NE(new_plant("d.csv", {{"LI-402", "%", 62.0}}).find("by its tag: leave it out"), std::string::npos);
  EXPECT_EQ(guess_meter({{"Stand Tank 4", "", 62.0}}, 0).from, MeterGuess::From::nothing);
  EXPECT_EQ(guess_meter({{"Standard flow 4", "", 62.0}}, 0).from, MeterGuess::From::name);
  for (const char* tag : {"AI-410", "QI-410", "Lauge 410", "NaOH 32", "QIC-3"})
    EXPECT_EQ(guess_meter({{tag, "%", 32.0}}, 0).quantity, "mass_frac.NaOH") << tag;
}
TEST(NewPlant, AsksWhetherAPressureIsGaugeOrAbsoluteWhereNothingSays) {
  const auto asks = [](DataColumn c) {
    return new_plant("d.csv", {c}).find("Gauge or absolute?") != std::string::npos;
  };
  for (const char* unit : {"mbar", "kPa", "MPa", "bar"}) EXPECT_TRUE(asks({"PI-501", unit, 200.0})) << unit;
  for (const char* unit : {"mbar(g)", "kPa(g)", "barg"}) EXPECT_FALSE(asks({"PI-501", unit, 200.0})) << unit;
  EXPECT_FALSE(asks({"PI-501", "kPa", 130.0, true})) << "its header says absolute";
  EXPECT_FALSE(asks({"TI-501", "degC", 80.0}));
}
TEST(NewPlant, WhoAsksForAPlantOfItBeforeAUnitIsThereIsNotSentBackToIt) {
  const auto cure = [](const std::string& text) {
    const auto plant = read_plant(text, "plant.toml");
    return plant ? std::string() : plant.error().text();
  };
  const std::string fresh = cure(new_plant("d.csv", {{"FI-1", "t/h", 12.5}}));
  EXPECT_NE(fresh.find("take the [[unit]] out of its comment"), std::string::npos) << fresh;
  EXPECT_EQ(fresh.find("castner new"), std::string::npos) << fresh;
  EXPECT_NE(cure("[plant]\nname = \"A\"\n").find("castner new DATA.csv"), std::string::npos);
}
TEST(NewPlant, GuessesByWordsWhereThereIsNoUnitAndByLettersInTagsAlone) {
  const auto guess = [](const char* tag) {
    const std::string text = new_plant("d.csv", {{tag, "", {}}});
    const std::size_t at = text.find("# of = \"") + 8;
    return text.substr(at, text.find('\n', at) - at);
  };
  EXPECT_EQ(guess("E101.current"), "E101.current\"    # a guess from its name");
  EXPECT_EQ(guess("Cell voltage 12"), "E12.voltage\"    # a guess from its name");
  EXPECT_EQ(guess("3#出口温度"), "S3.temperature\"    # a guess from its name");
  EXPECT_EQ(guess("Druck Kopf 2"), "S2.pressure\"    # a guess from its name");
  EXPECT_EQ(guess("Débit 4"), "S4.flow_mass\"    # a guess from its name");
  EXPECT_EQ(guess("TIC101"), "S101.temperature\"    # a guess from the first letter of its tag");
  EXPECT_NE(guess("21-TI-101").find("temperature\"    # a guess from the first letter of its tag"), std::string::npos);
  EXPECT_NE(guess("32 % 101").find("nothing tells"), std::string::npos);
  EXPECT_EQ(guess("Pump speed 3"), "S3.flow_mass\"    # a level, a position or a speed, by its tag: leave it out");
  EXPECT_EQ(guess("FLASH"), "S1.flow_mass\"    # nothing tells what it measures: fill it in");
}
TEST(NewPlant, GuessesWhatAnalysersMeasure) {
  struct Row {
    const char *tag, *unit, *quantity;  ///< "": nothing tells, so it stands as a flow by no reason
    const char* flow = "";              ///< unit of the flow meter of its number, and a word in its name
    std::optional<double> mean = {};
  };
  for (const Row& row : std::vector<Row>{
           {"AI-101", "g/l", "conc_mass.NaCl"},
           {"AI-101", "g/L", "conc_mass.NaCl", "m3/h"},
           {"QI-102", "g/l", "conc_mass.NaCl"},
           {"Sole NaCl 102", "g/L", "conc_mass.NaCl"},
           {"Lauge Konz. 3", "g/L", "conc_mass.NaOH"},
           {"NaOH-32 浓度", "g/L", "conc_mass.NaOH"},
           {"一次盐水浓度 4", "g/L", "conc_mass.NaCl"},
           {"淡盐水含盐 5", "g/L", "conc_mass.NaCl"},
           {"AI-7 Dichte", "g/L", "dens_mass"},
           {"DI-8", "kg/m3", "dens_mass"},
           {"AI-9", "g/cm3", "dens_mass"},
           {"AI-10", "g/mL", "dens_mass"},
           {"密度 11", "kg/m3", "dens_mass"},
           {"AI-103", "%", "mass_frac.NaOH", "m3/h"},
           {"AI-104", "%", "mass_frac.NaOH"},
           {"AI-105", "%", "mole_frac_dry.O2", "Nm3/h"},
           {"AI-105 O2 in Cl2", "%", "mole_frac_dry.O2"},
           {"氯中氧 12", "%", "mole_frac_dry.O2"},
           {"Sauerstoff im Chlor 13", "%", "mole_frac_dry.O2"},
           {"AI-14 Cl2 purity", "%", "mole_frac_dry.Cl2"},
           {"氯气纯度 15", "%", "mole_frac_dry.Cl2"},
           {"Chlor Reinheit 16", "%", "mole_frac_dry.Cl2"},
           {"AI-17 H2 in Cl2", "%", ""},
           {"氯中含氢 18", "%", ""},
           {"氢气纯度 19", "%", "mole_frac_dry.H2"},
           {"AI-20 moisture", "ppm", "mass_frac.H2O"},
           {"氯气含水 21", "ppm", "mass_frac.H2O"},
           {"AI-22", "ppm", ""},
           {"AI-23 Ca Mg hardness", "ppb", ""},
           {"AI-24 HCl", "%", "mass_frac.HCl"},
           {"AI-25", "mg/L", ""},
           {"NaClO3 26", "g/L", ""},
           {"AI-27", "mS/cm", ""},
           {"AI-28", "pH", ""},
           {"PH-29", "", ""},
           {"AI-30", "NTU", ""},
           {"PDI-31", "", ""},
           {"FQI-32", "", ""},
           {"NaOH 33", "", "mass_frac.NaOH"},
           {"Cl2 Druck 34", "", "pressure"},
           {"盐水流量 35", "", "flow_mass"},
           {"AI-36", "%", "mole_frac_dry.Cl2", "Nm3/h", 97.2},  // more than half of it: its purity
           {"AI-37", "%", "mole_frac_dry.H2", "Nm3/h", 99.9},
           {"AI-38", "%", "mole_frac_dry.H2", "Nm3/h H2"},
           {"AI-39", "%", "", "Nm3/h H2", 0.3},  // oxygen in hydrogen, which no stream has
           {"AI-40 O2", "%", "", "Nm3/h H2", 0.3},
           {"AI-41", "%", "mole_frac_dry.O2", "Nm3/h Cl2", 1.6},
           {"AI-42 purity", "%", "mole_frac_dry.H2", "Nm3/h H2"},
           {"AI-43 purity", "%", "mole_frac_dry.Cl2", "Nm3/h Cl2"},
           {"AI-44 H2 purity", "%", "mole_frac_dry.H2"},
           {"纯度 AI-45", "%", "mole_frac_dry.H2", "Nm3/h 氢气"},
           {"AI-46", "%", "mass_frac.NaCl", "m3/h brine"},
           {"AI-47", "g/L", "conc_mass.NaOH", "m3/h", 420},  // no brine holds as much
           {"AI-48", "g/L", "conc_mass.NaCl", "m3/h", 305},
           {"AI-49", "g/L", "conc_mass.NaOH", "m3/h lye", 290},
       }) {
    std::vector<DataColumn> all{{row.tag, row.unit, row.mean}};
    const std::string flow = row.flow, unit = flow.substr(0, flow.find(' '));
    std::string number;
    for (const char* c = row.tag; *c != '\0' && number.size() < (flow.empty() ? 0u : 2u + (row.tag[3] == '1')); ++c)
      if (*c >= '0' && *c <= '9') number += *c;
    if (!flow.empty()) all.push_back({"FI-" + number + flow.substr(unit.size()), unit, {}});
    const auto guess = guess_meter(all, 0);
    const bool none = guess.from == MeterGuess::From::nothing;
    EXPECT_EQ(none ? "" : guess.quantity, row.quantity) << row.tag << " [" << row.unit << "] " << row.flow;
    const auto has = [&](const auto& info) {
      const auto names = plant::stream_quantity_names(info.contents);
      const auto variables = plant::stream_variables(info.contents);
      return std::find(names.begin(), names.end(), guess.quantity) != names.end() ||
             std::any_of(variables.begin(), variables.end(), [&](const auto& v) { return v.name == guess.quantity; });
    };
    const auto contents = plant::all_contents();
    EXPECT_TRUE(std::any_of(contents.begin(), contents.end(), has)) << guess.quantity << " is of no stream";
  }
}
TEST(NewPlant, AFlowOfGasIsThatOfItsDryPartUnlessItsNameSaysMoist) {
  const auto quantity = [](const char* tag, const char* unit) { return guess_meter({{tag, unit, {}}}, 0).quantity; };
  EXPECT_EQ(quantity("FI-160", "Nm3/h"), "flow_vol_normal_dry");
  EXPECT_EQ(quantity("H2 flow 170", "kNm3/h"), "flow_vol_normal_dry");
  EXPECT_EQ(quantity("FI-160 wet Cl2", "Nm3/h"), "flow_vol_normal");
  EXPECT_EQ(quantity("湿氯气流量 160", "Nm3/h"), "flow_vol_normal");
  EXPECT_EQ(quantity("FI-160", "m3/h"), "flow_vol");
}
TEST(NewPlant, AFlowOfGasByMassIsThatOfAllOfItUnlessItsNameSaysDry) {
  const auto quantity = [](const char* tag) { return guess_meter({{tag, "t/h", {}}}, 0).quantity; };
  EXPECT_EQ(quantity("FI-701 chlorine"), "flow_mass");
  EXPECT_EQ(quantity("FI-701 dry chlorine"), "flow_mass_dry");
  EXPECT_EQ(quantity("干氯气流量 701"), "flow_mass_dry");
  EXPECT_EQ(quantity("FI-701 dry salt"), "flow_mass");
  EXPECT_EQ(quantity("氯气干管流量 701"), "flow_mass");  // a main pipe
  EXPECT_EQ(quantity("氯气干线流量 701"), "flow_mass");
  EXPECT_EQ(quantity("干氯气干管流量 701"), "flow_mass_dry");
  const auto asked = [](const char* tag) {
    return new_plant("a.csv", {{tag, "t/h", {}}}, "").find("Does it count the water vapour?") != std::string::npos;
  };
  EXPECT_TRUE(asked("FI-701 chlorine") && asked("FI-801 Wasserstoff trocken"));
  EXPECT_FALSE(asked("FI-602 caustic") || asked("FI-101"));
}
TEST(NewPlant, WhatHasOneNumberIsOnOnePipeWhateverElseItsNameHolds) {
  const auto name = [](const char* tag) { return guess_meter({{tag, "%", {}}}, 0).name; };
  for (const char* tag : {"AI-160", "AI-160 O2 in Cl2", "O2_in_Cl2_160", "AI160.H2O", "NaOH 32 % AI-160",
                          "AI-160 (lb/ft3)", "AI-160（kg/m3）", "1#槽 AI-160", "2号 AI-160 [inH2O]"})
    EXPECT_EQ(name(tag), "S160") << tag;
  EXPECT_EQ(name("AI-H2-160"), "S160");
  EXPECT_EQ(name("NaOH-32 7"), "S327");
  EXPECT_EQ(name("1#槽 NaOH"), "S1");
  EXPECT_EQ(name("(2) NaOH"), "S2");
}
TEST(NewPlant, ProposesElectrolysersAndTheirRectifiersByTheirMeters) {
  const std::vector<DataColumn> all{{"II-110", "kA", 14.0},   {"EI-110", "V", 452.0}, {"JI-110", "kW", 6500.0},
                                    {"II-210", "A", 13400.0}, {"EI-210", "V", 457.0}, {"II-301", "A", 85.0},
                                    {"EI-301", "V", 400.0},   {"JI-400", "kW", 75.0}, {"EI-500", "V", 3.1},
                                    {"FI-110", "m3/h", 30.0}};
  const auto units = guess_units(all);
  ASSERT_EQ(units.size(), 3u) << "a pump's motor and a cell's voltage make no electrolyser";
  EXPECT_EQ(units[0].name, "E110");
  EXPECT_EQ(units[1].name, "E210");
  EXPECT_EQ(units[1].model, "electrolyser");
  EXPECT_EQ(units[2].name, "R110");
  EXPECT_EQ(units[2].model, "rectifier");
  EXPECT_EQ(units[2].feeds, std::vector<std::string>{"E110"});
  EXPECT_EQ(guess_meter(all, 2).name + "." + guess_meter(all, 2).quantity, "R110.ac_power");
  EXPECT_EQ(guess_meter({{"JI-110 DC", "kW", 6300.0}}, 0).name, "E110");
  EXPECT_EQ(guess_meter({{"JI-110 DC", "kW", 6300.0}}, 0).quantity, "dc_power");
}
TEST(NewPlant, IsAPlantOnceItsCommentsAreTakenAway) {
  const auto plant = read_plant(
      uncommented(new_plant("d.csv", {{"FI-1", "t/h", 12.5}, {"TI-1", "degC", 80.0}, {"FI-2", "kg/h", 6e3}})),
      "plant.toml");
  ASSERT_TRUE(plant) << plant.error().text();
  EXPECT_EQ(plant->measurements.size(), 3u);
  EXPECT_EQ(plant->units.size(), 1u);
}
RC_GTEST_PROP(NewPlantProperty, IsTomlForAnyTag, ()) {
  // Any tag a data file in UTF-8 can hold; the reader of data files has made it UTF-8.
  const auto tag = *rc::gen::container<std::string>(rc::gen::inRange<char>(1, 127));
  const auto unit = *rc::gen::container<std::string>(rc::gen::inRange<char>(1, 127));
  const std::string text = new_plant(tag, {{tag, unit, 1.0}});
  RC_ASSERT(read_toml(text, "plant.toml").has_value());
  const auto read = read_toml(uncommented(text), "plant.toml");
  RC_ASSERT(read.has_value());
  RC_ASSERT(read->find("measurement")->items[0].find("tag")->text == tag);
}

}  // namespace
}  // namespace castner::plant_file

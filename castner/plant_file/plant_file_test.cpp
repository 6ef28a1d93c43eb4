// SPDX-License-Identifier: Apache-2.0
#include "castner/plant_file/plant_file.h"

#include <gtest/gtest.h>

#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "tests/support/root.h"

namespace castner::plant_file {
namespace {

namespace fs = std::filesystem;
using plant::Plant;

std::string content(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::stringstream all;
  all << in.rdbuf();
  return all.str();
}

Plant read(const std::string& text) {
  auto p = read_plant(text, "plant.toml");
  if (!p) ADD_FAILURE() << p.error().text();
  return p ? std::move(*p) : Plant{.flowsheet = std::make_unique<plant::Flowsheet>()};
}
std::string refusal(const std::string& text) {
  const auto p = read_plant(text, "plant.toml");
  return p ? "" : p.error().text();
}
const Variable& variable(const Plant& p, std::string_view path) {
  const auto i = p.flowsheet->find(path);
  EXPECT_TRUE(i) << path;
  return p.flowsheet->variables()[static_cast<std::size_t>(i.value_or(0))];
}

const std::string kNode = "[[unit]]\nname = \"N1\"\nmodel = \"node\"\ninlets = [\"S1\"]\noutlets = [\"S2\", \"S3\"]\n";

TEST(PlantFile, ReadsThePublishedSteamNetwork) {
  const Plant p = read(content(fs::path(testing::root()) / "plants/steam_network/plant.toml"));
  EXPECT_TRUE(p.as_published);
  EXPECT_EQ(p.name, "Steam network");
  EXPECT_EQ(p.units.size(), 11u);
  EXPECT_EQ(p.streams.size(), 28u);
  EXPECT_EQ(p.measurements.size(), 28u);
  EXPECT_EQ(p.flowsheet->equations().size(), 11u);
  EXPECT_EQ(p.flowsheet->variables().size(), 28u);
  EXPECT_EQ(variable(p, "S3.flow_mass").unit, "1");
  EXPECT_EQ(p.measurements[2].value, 108.426);
  EXPECT_NEAR(p.measurements[2].uncertainty.sd(108.426), 2.796, 1e-12);  // sqrt(7.817616)
  EXPECT_TRUE(p.measurements[2].uncertainty.from_variance);
  EXPECT_TRUE(p.warnings.empty());
}

TEST(PlantFile, TakesEachNumberInTheMeasurementsOwnUnit) {
  const std::string gas =
      "[plant]\natmosphere = \"1 bar\"\n[[unit]]\nname = \"N1\"\nmodel = \"node\"\ninlets = [\"S1\"]\noutlets = "
      "[\"S2\"]\n"
      "[[stream]]\nname = \"S1\"\ncontents = \"hydrogen_gas\"\n";
  const std::string brine =
      "[[unit]]\nname = \"N1\"\nmodel = \"node\"\ninlets = [\"S1\"]\noutlets = [\"S2\"]\n"
      "[[stream]]\nname = \"S1\"\ncontents = \"brine\"\n";
  const struct {
    const char *of, *unit;  // without a unit: the quantity's own
    std::string keys;
    double value, sd;  // in SI
    bool brine = false;
  } rows[] = {
      {"flow_vol_normal", "Nm3/h", "value = 0\nsd = \"2 %\"\nsd_floor = \"0.05 Nm3/h\"", 0, 0.05 / 3600},
      {"flow_vol_normal", "Nm3/h", "value = 0\nsd = \"2 %\"\nsd_floor = \"0.05 m3/h\"", 0, 0.05 / 3600},
      {"flow_vol_normal", "m3/h", "value = 0\nsd = \"2 %\"\nsd_floor = \"0.05 Nm3/h\"", 0, 0.05 / 3600},
      {"flow_vol_normal", "Nm3/h", "value = 0\nsd = \"2 %\"\nsd_floor = 0.05", 0, 0.05 / 3600},
      {"flow_vol_normal", "Nm3/h", "value = \"72 Nm3/h\"\nsd = \"3.6 Nm3/h\"", 0.02, 0.001},
      {"flow_vol_normal", "Nm3/h", "value = 72\nsd = \"1 L/s\"", 0.02, 0.001},
      {"flow_vol_normal", "Nm3/h", "value = 72\nvariance = \"12.96 m6/h2\"", 0.02, 0.001},
      {"flow_vol_normal", "Nm3/h", "value = 72\nvariance = 12.96", 0.02, 0.001},
      {"flow_vol_normal_dry", "Nm3/min", "value = \"1.2 Nm3/min\"\nsd = \"0.06 Nm3/min\"", 0.02, 0.001},
      {"flow_vol_normal", "", "value = \"72 Nm3/h\"\nsd = \"3.6 Nm3/h\"", 0.02, 0.001},
      {"pressure", "kPa(g)", "value = \"0 kPa(g)\"\nsd = \"2 %\"\nsd_floor = \"0.5 kPa(g)\"", 1e5, 500},
      {"pressure", "kPa(g)", "value = \"5 kPa(g)\"\nsd = \"0.5 kPa(g)\"", 1.05e5, 500},
      {"pressure", "kPa(g)", "value = 5\nsd = \"0.5 kPa\"", 1.05e5, 500},
      {"mass_frac.H2O", "%", "value = \"0 %\"\nsd = \"2 %\"\nsd_floor = \"0.1 %\"", 0, 0.001},
      {"temperature", "degC", "value = \"85 degC\"\nsd = \"0.3 degC\"", 358.15, 0.3},
      {"conc_mass.NaCl", "g/L", "value = \"0 g/L\"\nsd = \"1 %\"\nsd_floor = \"2 g/L\"", 0, 2, true},
      {"conc_mass.NaCl", "g/L", "value = \"305 g/L\"\nsd = \"2 g/L\"", 305, 2, true},
  };
  for (const auto& row : rows) {
    SCOPED_TRACE(std::string(row.of) + " " + row.unit + ": " + row.keys);
    const std::string unit = *row.unit ? "unit = \"" + std::string(row.unit) + "\"\n" : "";
    const Plant p = read((row.brine ? brine : gas) + "[[measurement]]\ntag = \"T\"\nof = \"S1." + row.of + "\"\n" +
                         unit + row.keys + "\n");
    ASSERT_EQ(p.measurements.size(), 1u);
    const auto& m = p.measurements[0];
    ASSERT_TRUE(m.value);
    EXPECT_NEAR(*m.value, row.value, 1e-12 + 1e-9 * row.value);
    EXPECT_NEAR(m.uncertainty.sd(*m.value), row.sd, 1e-9 * row.sd);
  }
  const Plant held = read(gas + "[[specification]]\nof = \"S1.flow_vol_normal\"\nvalue = \"72 Nm3/h\"\n");
  ASSERT_EQ(held.specifications.size(), 1u);
  EXPECT_NEAR(held.specifications[0].value, 0.02, 1e-12);
  // What is no volume at standard conditions stays an amount of substance, and is told apart.
  EXPECT_NE(refusal(gas + "[[measurement]]\ntag = \"T\"\nof = \"S1.flow_mass\"\nunit = \"t/h\"\nsd = \"1 Nm3/h\"\n")
                .find("sd = \"1 Nm3/h\" is in mol/s, not in kg/s; give it in t/h"),
            std::string::npos);
}

TEST(PlantFile, ReadsEveryShippedPlantWithoutAWarning) {
  int plants = 0;
  for (const auto& entry : fs::recursive_directory_iterator(fs::path(testing::root()) / "plants")) {
    const fs::path& file = entry.path();
    // Beside a plant may lie the files of its server and of its virtual twin.
    if (file.extension() != ".toml" || content(file).find("\n[[unit]]") == std::string::npos) continue;
    ++plants;
    const Plant p = read(content(file));
    EXPECT_FALSE(p.flowsheet->equations().empty()) << file;
    EXPECT_EQ(p.warnings, std::vector<std::string>{}) << file;
  }
  EXPECT_GE(plants, 5);
}

TEST(PlantFile, KnowsFeedsProductsAndAliases) {
  const Plant p = read(kNode + "[[unit]]\nname = \"N2\"\nmodel = \"node\"\ninlets = [\"S2\"]\noutlets = [\"S4\"]\n");
  ASSERT_EQ(p.streams.size(), 4u);
  EXPECT_EQ(p.streams[0].from, "");
  EXPECT_EQ(p.streams[1].from, "N1");
  EXPECT_EQ(p.streams[1].to, "N2");
  EXPECT_EQ(p.flowsheet->find("N1.out_1.flow_mass"), p.flowsheet->find("S2.flow_mass"));
  EXPECT_EQ(p.flowsheet->find("N2.in_1.flow_mass"), p.flowsheet->find("S2.flow_mass"));
  EXPECT_EQ(p.flowsheet->mass_balance(1), 1);
}

TEST(PlantFile, ConvertsReadingsAndTheirUncertainty) {
  const Plant p = read(kNode + R"toml(
[[stream]]
name = "S1"
contents = "caustic"
[[stream]]
name = "S2"
contents = "caustic"
[[stream]]
name = "S3"
contents = "caustic"
[[measurement]]
tag = "FI-1"
of = "S1.flow_mass"
unit = "t/h"
value = 36
sd = "2 %"
[[measurement]]
tag = "FI-1B"
of = "N1.in_1.flow_mass"
value = 10.1
sd = "360 kg/h"
[[measurement]]
tag = "TI-1"
of = "S1.temperature"
unit = "degC"
value = 80
sd = "1 %"
sd_floor = 0.5
[[measurement]]
tag = "TI-2"
of = "S2.temperature"
value = "80 degC"
sd = "0.3 degC"
[[measurement]]
tag = "TI-3"
of = "S3.temperature"
unit = "degC"
variance = 0.04
[[measurement]]
tag = "DI-1"
of = "S1.dens_mass"
unit = "g/L"
value = 1300
variance = "4 g2/L2"
)toml");
  ASSERT_EQ(p.measurements.size(), 6u);
  const auto& m = p.measurements;
  EXPECT_DOUBLE_EQ(*m[0].value, 10);
  EXPECT_DOUBLE_EQ(m[0].uncertainty.sd(10), 0.2);
  EXPECT_EQ(m[0].variable, m[1].variable);  // two instruments on one pipe
  EXPECT_DOUBLE_EQ(*m[1].value, 10.1);      // bare, of a path: SI
  EXPECT_DOUBLE_EQ(m[1].uncertainty.sd(10), 0.1);
  EXPECT_DOUBLE_EQ(*m[2].value, 353.15);
  EXPECT_DOUBLE_EQ(m[2].uncertainty.sd(353.15), 0.8);  // 1 % of 80 degC, the reading; not of 353.15 K
  EXPECT_DOUBLE_EQ(m[2].uncertainty.sd(274.15), 0.5);
  EXPECT_DOUBLE_EQ(*m[3].value, 353.15);
  EXPECT_DOUBLE_EQ(m[3].uncertainty.sd(0), 0.3);
  EXPECT_FALSE(m[4].value);
  EXPECT_DOUBLE_EQ(m[4].uncertainty.sd(0), 0.2);
  EXPECT_DOUBLE_EQ(m[5].uncertainty.sd(1300), 2);
  EXPECT_TRUE(p.flowsheet->find("S1.dens_mass"));
  EXPECT_DOUBLE_EQ(variable(p, "S1.flow_mass").nominal, 10);  // what is measured sets the scale
  EXPECT_DOUBLE_EQ(variable(p, "S2.flow_mass").nominal, 10);  // and that of what is not
}

TEST(PlantFile, NormalCubicMetresMeasureNormalVolume) {
  const Plant p = read(R"toml(
[[stream]]
name = "CL"
contents = "chlorine_gas"
[[measurement]]
tag = "FI-1"
of = "CL.flow_vol_normal"
unit = "Nm3/h"
value = 3600
sd = "1 %"
[[measurement]]
tag = "FI-2"
of = "CL.flow_mol.Cl2"
unit = "Nm3/h"
value = 3600
sd = 36
)toml");
  EXPECT_DOUBLE_EQ(*p.measurements.at(0).value, 1.0);      // [m3/s]
  EXPECT_NEAR(*p.measurements.at(1).value, 44.615, 1e-3);  // [mol/s]: 1000 L over 22.414 L/mol
  EXPECT_EQ(p.measurements[0].unit.text, "Nm3/h");
}

TEST(PlantFile, HoldsParametersAndSpecifications) {
  const Plant p = read(R"toml(
[plant]
name = "One evaporator"
atmosphere = "95 kPa"
[[stream]]
name = "F"
contents = "caustic"
[[stream]]
name = "ST"
contents = "steam"
[[stream]]
name = "P"
contents = "caustic"
[[stream]]
name = "V"
contents = "steam"
[[stream]]
name = "C"
contents = "water"
[[unit]]
name = "EV1"
model = "caustic_evaporator"
inlets = { steam = "ST", feed = "F" }
outlets = { product = "P", vapour = "V", condensate = "C" }
parameters = { area = "166.2 m2" }
[[specification]]
of = "EV1.feed.flow_mass"
value = "36 t/h"
[[specification]]
of = "ST.pressure"
value = "2 bar(g)"
reconcile = true
)toml");
  ASSERT_EQ(p.parameters.size(), 1u);
  EXPECT_EQ(p.flowsheet->variables()[static_cast<std::size_t>(p.parameters[0].first)].name, "EV1.area");
  EXPECT_EQ(p.parameters[0].second, 166.2);
  EXPECT_EQ(p.units[0].held_parameters, std::vector<int>{p.parameters[0].first});
  ASSERT_EQ(p.specifications.size(), 2u);
  EXPECT_EQ(p.specifications[0].variable, *p.flowsheet->find("F.flow_mass"));
  EXPECT_DOUBLE_EQ(p.specifications[0].value, 10);
  EXPECT_FALSE(p.specifications[0].reconcile);
  EXPECT_DOUBLE_EQ(p.specifications[1].value, 295000);
  EXPECT_TRUE(p.specifications[1].reconcile);
  EXPECT_DOUBLE_EQ(variable(p, "ST.pressure").start, 295000);
}

TEST(PlantFile, UserVariablesAndEquationsJoinTheSystem) {
  const Plant p = read(kNode + R"toml(
[[variable]]
name = "v1"
unit = "kW.h/t"
start = 8
low = 0
high = "1 MW.h/t"
[[variable]]
name = "t1"
unit = "degC"
start = 20
[[variable]]
name = "p1"
unit = "1"
start = 2
[[equation]]
name = "e1"
residual = "S1.flow_mass * p1 - 2 * N1.out_1.flow_mass"
[[equation]]
name = "e2"
residual = "v1 * S3.flow_mass - 10 kW * max(p1, 0.5)"
)toml");
  EXPECT_EQ(variable(p, "v1").unit, "J/kg");
  EXPECT_DOUBLE_EQ(variable(p, "v1").start, 8 * 3600);
  EXPECT_DOUBLE_EQ(variable(p, "v1").high, 3.6e6);
  EXPECT_EQ(variable(p, "t1").unit, "K");
  EXPECT_DOUBLE_EQ(variable(p, "t1").start, 293.15);
  ASSERT_EQ(p.equations.size(), 2u);
  const auto& f = *p.flowsheet;
  ASSERT_EQ(f.equations().size(), 3u);
  EXPECT_EQ(f.equations()[2], "e2: residual");
  std::vector<double> x(f.variables().size(), 1.0), r(3);
  const auto set = [&](const char* path, double v) { x[static_cast<std::size_t>(*f.find(path))] = v; };
  set("S1.flow_mass", 5);
  set("S2.flow_mass", 3);
  set("S3.flow_mass", 2);
  set("p1", 0.5);
  set("v1", 7000);
  ASSERT_TRUE(f.residual(x, r));
  EXPECT_DOUBLE_EQ(r[1], 5 * 0.5 - 2 * 3);
  EXPECT_DOUBLE_EQ(r[2], 7000 * 2 - 10e3 * 0.5);
  const auto warnings = kink_warnings(p, x);
  ASSERT_EQ(warnings.size(), 1u);
  EXPECT_NE(warnings[0].find("\"e2\", column 29"), std::string::npos) << warnings[0];
  set("p1", 0.7);
  EXPECT_TRUE(kink_warnings(p, x).empty());
}

TEST(PlantFile, ReadsSettings) {
  const Plant p = read(kNode + R"toml(
[plant]
name = "Cell room"
currency = "CNY"
atmosphere = "100 kPa"
[assess]
window = "15 min"
min_rows = 30
max_gap = 120
no_data = [-9999, 9.9999e37, 0x8000]
[economics]
electricity = "0.45 CNY/(kW.h)"
steam = "180 CNY/t"
auxiliaries = "100 kW.h/t"
hours_per_year = 8400
)toml");
  EXPECT_EQ(p.currency, "CNY");
  EXPECT_EQ(p.atmosphere, 1e5);
  EXPECT_EQ(p.assess.window, 900);
  EXPECT_EQ(p.assess.min_rows, 30);
  EXPECT_EQ(p.assess.max_gap, 120);
  EXPECT_EQ(p.assess.no_data, (std::vector<double>{-9999.0, 9.9999e37, 32768.0}));
  EXPECT_DOUBLE_EQ(*p.economics.electricity, 0.45 / 3.6e6);
  EXPECT_DOUBLE_EQ(*p.economics.steam, 0.18);
  EXPECT_DOUBLE_EQ(*p.economics.auxiliaries, 3.6e5);
  EXPECT_EQ(p.economics.hours_per_year, 8400);
  EXPECT_EQ(read(kNode).economics.electricity, std::nullopt);
}

TEST(PlantFile, WarnsOfLikelySlips) {
  const Plant p = read(kNode + R"toml(
[[stream]]
name = "W"
contents = "water"
[[measurement]]
tag = "TI-1"
of = "W.temperature"
value = 80
sd = 1
)toml");
  ASSERT_EQ(p.warnings.size(), 2u);
  EXPECT_EQ(p.warnings[0], "plant.toml:8: stream \"W\" is connected to no unit");
  EXPECT_EQ(
      p.warnings[1],
      "plant.toml:10: measurement \"TI-1\" reads 80 K, where it is between 273.15 and 700 K, so it is not used; is "
      "its unit right?");
}

TEST(PlantFile, WarnsOfAGroupWithoutFeedOrProduct) {
  const std::string ring =
      "[[unit]]\nname = \"A\"\nmodel = \"node\"\ninlets = [\"P\"]\noutlets = [\"Q\"]\n"
      "[[unit]]\nname = \"B\"\nmodel = \"node\"\ninlets = [\"Q\"]\noutlets = [\"P\"]\n";
  const Plant p = read(kNode + ring);
  ASSERT_EQ(p.warnings.size(), 1u);
  EXPECT_NE(p.warnings[0].find("unit \"A\" and those connected to it have neither feed nor product"),
            std::string::npos);
}

TEST(PlantFile, MeasuredValuesScaleTheUsersVariablesUnlessHeSaidSo) {
  const std::string measured = "[[measurement]]\ntag = \"X\"\nof = \"v\"\nvalue = 40\nsd = 1\n";
  const Plant p = read("[[variable]]\nname = \"v\"\n" + measured),
              q = read("[[variable]]\nname = \"v\"\nstart = 30\nnominal = 5\n" + measured);
  EXPECT_EQ(variable(p, "v").start, 40);
  EXPECT_EQ(variable(p, "v").nominal, 40);
  EXPECT_EQ(variable(q, "v").start, 30);
  EXPECT_EQ(variable(q, "v").nominal, 5);
}

TEST(PlantFile, ALargeNetworkIsReadInOneGo) {
  std::string text;
  constexpr int kNodes = 3000;
  for (int i = 0; i < kNodes; ++i) {
    const auto s = std::to_string(i), next = std::to_string(i + 1);
    text +=
        "[[unit]]\nname = \"N" + s + "\"\nmodel = \"node\"\ninlets = [\"S" + s + "\"]\noutlets = [\"S" + next + "\"]\n";
    text += "[[measurement]]\ntag = \"F" + s + "\"\nof = \"S" + s + ".flow_mass\"\nvalue = 10\nsd = 0.1\n";
  }
  EXPECT_EQ(read(text).measurements.size(), static_cast<std::size_t>(kNodes));
  // Three thousand wrong names: each looked for among all names, the list cut short.
  std::string wrong = text;
  for (int i = 0; i < kNodes; ++i)
    wrong += "[[specification]]\nof = \"T" + std::to_string(i) + ".flow_mass\"\nvalue = 1\n";
  const auto p = read_plant(wrong, "plant.toml");
  ASSERT_FALSE(p);
  EXPECT_EQ(p.error().problems.size(), 101u);
}

/// Every folder of tests/cases/plant_file holds a broken plant.toml and the messages it must give.
/// CASTNER_UPDATE=1 in the environment writes them anew; read the difference.
TEST(PlantFileCases, GiveTheirMessages) {
  const fs::path cases = fs::path(testing::root()) / "tests/cases/plant_file";
  int seen = 0;
  for (const auto& folder : fs::directory_iterator(cases)) {
    if (!folder.is_directory()) continue;
    ++seen;
    const std::string messages = refusal(content(folder.path() / "plant.toml"));
    const fs::path golden = folder.path() / "expected.txt";
    if (std::getenv("CASTNER_UPDATE")) std::ofstream(golden, std::ios::binary) << messages;
    EXPECT_NE(messages, "") << folder.path() << " is not broken";
    EXPECT_EQ(messages, content(golden)) << folder.path();
  }
  EXPECT_GE(seen, 60);
}

}  // namespace
}  // namespace castner::plant_file

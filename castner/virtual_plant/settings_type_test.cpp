// SPDX-License-Identifier: Apache-2.0
// Every number of virtual.toml and of a scenario reads back as the number that was written, round or not, in any notation of TOML; and
// a number where an amount with a unit belongs is refused by name.
#include <gtest/gtest.h>

#include <functional>
#include <random>

#include "castner/base/file.h"
#include "castner/base/quantity.h"
#include "castner/plant_file/plant_file.h"
#include "castner/virtual_plant/scenario.h"
#include "castner/virtual_plant/virtual_file.h"
#include "tests/support/root.h"

namespace castner::virtual_plant {
namespace {

const plant::Plant& plant_of_settings() {
  static const std::string file = testing::root() + "/plants/cell_room/plant.toml";
  static const plant::Plant plant = *plant_file::read_plant(*read_file(file), file);
  return plant;
}

ScenarioNames names_of_settings() {
  return {{{"FI-2004", *parse_unit("t/h")}}, {"E1"}, {"plc"}, [](const std::string&) { return CellName{}; }};
}

/// Round, negative, large, hexadecimal, and any others.
std::vector<std::pair<std::string, double>> written_numbers() {
  std::vector<std::pair<std::string, double>> all = {
      {"0", 0.0},       {"1", 1.0},           {"-1", -1.0},           {"10", 10.0},   {"0x10", 16.0},
      {"0xFF", 255.0},  {"0o17", 15.0},       {"0b101", 5.0},         {"1_000", 1e3}, {"100000", 1e5},
      {"1000000", 1e6}, {"1234567", 1234567}, {"1e6", 1e6},           {"1e-6", 1e-6}, {"1E+2", 100.0},
      {"0.1", 0.1},     {"-0.5", -0.5},       {"4294967296", 0x1p32}, {"1e12", 1e12}, {"9223372036854775807", 0x1p63},
      {"1e308", 1e308}, {"+3", 3.0}};
  std::mt19937_64 random(23);
  for (int k = 0; k < 200; ++k) {
    const double d = std::uniform_real_distribution(0.0, 2.0)(random);
    all.emplace_back(number_text(d), d);
  }
  return all;
}

struct Number {
  std::string before, after;  ///< what stands round "key = NUMBER"
  std::string key;
  double low, high;
  std::function<double(const VirtualFile&)> get;
};

TEST(VirtualSettingsType, ANumberReadsBackAsItselfOrIsSaidToBeOutOfRange) {
  const std::string link = "[[link]]\nname = \"l\"\nkind = \"modbus_tcp\"\ntags = [\"*\"]\n";
  const std::string controller = "[[controller]]\nname = \"c\"\nholds = \"CA.mass_frac.NaOH\"\nby = \"DW.flow_mass\"\n";
  const std::vector<Number> all = {
      {"[cells]\n", "", "resistance_spread", 0, 1, [](auto& v) { return v.cells.resistance_spread; }},
      {"[cells]\n", "", "ageing_slowest", 0, 1, [](auto& v) { return v.cells.ageing_slowest; }},
      {"[cells]\n", "", "ageing_fastest", 0, 1, [](auto& v) { return v.cells.ageing_fastest; }},
      {"[instruments]\n", "", "bias", 0, 100, [](auto& v) { return v.instruments.bias; }},
      {"[instruments]\n", "", "noise", 0, 100, [](auto& v) { return v.instruments.noise; }},
      {"[instruments]\n", "", "drift", 0, 100, [](auto& v) { return v.instruments.drift; }},
      {link, "", "scale", 1e-12, 1e12, [](auto& v) { return v.links.at(0).scale; }},
      {controller, "", "gain", -1e308, 1e308, [](auto& v) { return v.process.controllers.at(0).gain; }},
  };
  for (const auto& n : all)
    for (const auto& [text, value] : written_numbers()) {
      SCOPED_TRACE(n.key + " = " + text);
      const auto file = read_virtual_file(n.before + n.key + " = " + text + "\n", "v.toml", plant_of_settings());
      const bool taken = value >= n.low && value <= n.high && !(n.key == "gain" && value == 0.0);
      ASSERT_EQ(file.has_value(), taken) << (file ? "taken" : file.error().text());
      if (file)
        EXPECT_EQ(n.get(*file), value);
      else
        EXPECT_NE(file.error().text().find(n.key), std::string::npos) << file.error().text();
    }
}

TEST(VirtualSettingsType, SeedAndPortAreIntegersToTheLastDigit) {
  const auto seed = [](const std::string& text) {
    return read_virtual_file("[virtual]\nseed = " + text + "\n", "v.toml", plant_of_settings());
  };
  for (const std::int64_t n : {std::int64_t{0}, std::int64_t{1'000'000}, std::int64_t{20261102},
                               (std::int64_t{1} << 53) + 1, std::int64_t{9'223'372'036'854'775'807}}) {
    ASSERT_TRUE(seed(std::to_string(n)));
    EXPECT_EQ(seed(std::to_string(n))->seed, static_cast<std::uint64_t>(n));
  }
  EXPECT_EQ(seed("0xFFFFFFFF")->seed, 0xFFFFFFFFu);
  for (const char* wrong : {"-1", "1e6", "1.0", "inf", "nan", "\"1\"", "true", "[1]"})
    EXPECT_FALSE(seed(wrong)) << wrong;
  const auto port = [](const std::string& text) {
    return read_virtual_file("[[link]]\nname = \"l\"\nkind = \"modbus_tcp\"\ntags = [\"*\"]\nport = " + text + "\n",
                             "v.toml", plant_of_settings());
  };
  for (const auto& [text, value] : {std::pair{"0", 0}, {"10000", 10000}, {"65535", 65535}, {"0x3AAC", 15020}})
    EXPECT_EQ(port(text)->links.at(0).port, value);
  for (const char* wrong : {"-1", "65536", "100000", "1e4", "4294967297", "\"15020\""})
    EXPECT_FALSE(port(wrong)) << wrong;
}

TEST(VirtualSettingsType, ANumberWithoutItsUnitIsRefusedByName) {
  for (const auto& [section, key] :
       std::initializer_list<std::pair<std::string, std::string>>{{"[virtual]", "period"},
                                                                  {"[cells]", "anolyte"},
                                                                  {"[cells]", "catholyte"},
                                                                  {"[cells]", "heat_capacity"},
                                                                  {"[cells]", "voltage_spread"},
                                                                  {"[cells]", "sd"},
                                                                  {"[cells]", "resolution"},
                                                                  {"[load]", "repeat"},
                                                                  {"[instruments]", "noise_memory"},
                                                                  {"[instruments]", "drift_memory"}})
    for (const auto& [text, value] : written_numbers()) {
      const auto file = read_virtual_file(section + "\n" + key + " = " + text + "\n", "v.toml", plant_of_settings());
      ASSERT_FALSE(file.has_value()) << key << " = " << text;
      EXPECT_NE(file.error().text().find(key + " is not an amount in"), std::string::npos) << file.error().text();
    }
}

TEST(ScenarioSettingsType, ANumberReadsBackAsItselfOrIsRefused) {
  const std::string load = "[[event]]\nat = \"1 min\"\nkind = \"load\"\nto = ";
  const std::string loss =
      "[[event]]\nat = \"1 min\"\nkind = \"electrolyser\"\nunit = \"E1\"\ncurrent_efficiency_loss = ";
  for (const auto& [text, value] : written_numbers()) {
    const auto to = read_scenario(load + text + "\n", "s.toml", names_of_settings());
    ASSERT_EQ(to.has_value(), value >= 0.01 && value <= 1.5) << text;
    if (to) {
      EXPECT_EQ(to->loads.at(0).share, value);
    }
    const auto less = read_scenario(loss + text + "\n", "s.toml", names_of_settings());
    ASSERT_EQ(less.has_value(), value >= -0.5 && value <= 0.5 && value != 0.0) << text;
    if (less) {
      EXPECT_EQ(less->electrolysers.at(0).current_efficiency_loss, value);
    }
    for (const std::string key : {"at", "for", "over"}) {
      const auto time = read_scenario("[[event]]\n" + (key == "at" ? "" : std::string("at = \"1 min\"\n")) +
                                          "kind = \"load\"\nto = 0.8\n" + key + " = " + text + "\n",
                                      "s.toml", names_of_settings());
      ASSERT_FALSE(time.has_value()) << key << " = " << text;
      EXPECT_NE(time.error().text().find(key + " is not an amount in s"), std::string::npos) << time.error().text();
    }
  }
}

}  // namespace
}  // namespace castner::virtual_plant

// SPDX-License-Identifier: Apache-2.0
#include "castner/words/names.h"

#include <gtest/gtest.h>

#include "castner/base/file.h"
#include "castner/plant_file/plant_file.h"
#include "tests/support/root.h"

namespace castner::report {
namespace {

using words::Language;

constexpr std::string_view kBrine = R"(
[[unit]]
name = "MX"
title = { en = "acid mixer", zh = "加酸混合器" }
model = "mixer"
inlets = ["BR", "HCL"]
outlets = ["AB"]

[[unit]]
name = "SP"
model = "splitter"
area = { en = "hall 2", zh = "二厂房" }
inlets = ["AB"]
outlets = ["A1", "A2"]

[[stream]]
name = "BR"
contents = "brine"

[[stream]]
name = "HCL"
title = "HCl 31 %"
contents = "hydrogen_chloride"

[[stream]]
name = "AB"
contents = "acid_brine"

[[stream]]
name = "A1"
contents = "acid_brine"

[[stream]]
name = "A2"
contents = "acid_brine"

[[measurement]]
tag = "FI-1"
of = "BR.flow_vol"
unit = "m3/h"
sd = 1

[[measurement]]
tag = "AI-1"
of = "AB.mass_frac.NaCl"
description = { zh = "酸化盐水含盐" }
sd = 0.001
)";

plant::Plant read(std::string_view text) {
  auto plant = plant_file::read_plant(text, "plant.toml");
  EXPECT_TRUE(plant.has_value()) << plant.error().text();
  return std::move(*plant);
}

TEST(Names, AreTheTitlesOfTheFileElseMadeOfContentsAndPlace) {
  const auto plant = read(kBrine);
  const words::Names en(plant, Language::en), zh(plant, Language::zh);
  EXPECT_EQ(en.unit(plant.units[0]), "acid mixer");
  EXPECT_EQ(zh.unit(plant.units[0]), "加酸混合器");
  EXPECT_EQ(en.unit(plant.units[1]), "splitter");
  EXPECT_EQ(en.stream(plant.streams[0]), "brine to acid mixer");
  EXPECT_EQ(zh.stream(plant.streams[0]), "进 加酸混合器 的盐水");
  EXPECT_EQ(en.short_stream(plant.streams[0]), "brine");
  EXPECT_EQ(en.stream(plant.streams[1]), "HCl 31 %");
  EXPECT_EQ(zh.stream(plant.streams[1]), "HCl 31 %");
  EXPECT_EQ(en.stream(plant.streams[2]), "acid brine from acid mixer to SP");
  EXPECT_EQ(en.stream(plant.streams[3]), "acid brine from SP");
}

TEST(Names, SayWhatAnInstrumentMeasuresAndWhere) {
  const auto plant = read(kBrine);
  const words::Names en(plant, Language::en), zh(plant, Language::zh);
  EXPECT_EQ(en.instrument(plant.measurements[0]), "volume flow, brine to acid mixer");
  EXPECT_EQ(zh.instrument(plant.measurements[0]), "进 加酸混合器 的盐水体积流量");
  EXPECT_EQ(en.instrument(plant.measurements[1]), "酸化盐水含盐");  // one language stands for both
  EXPECT_EQ(en.quantity("AB.mass_frac.NaCl"), "mass fraction of NaCl");
  EXPECT_EQ(zh.quantity("AB.mass_frac.NaCl"), "NaCl 质量分数");
  EXPECT_EQ(en.path("nothing.known"), "nothing.known");
}

TEST(Names, PlaceAnInstrumentInAnAreaAndAUnit) {
  const auto plant = read(kBrine);
  const words::Names en(plant, Language::en), zh(plant, Language::zh);
  EXPECT_EQ(en.unit_of("BR.flow_vol")->name, "MX");  // a feed belongs where it goes
  EXPECT_EQ(en.unit_of("A1.flow_vol")->name, "SP");
  EXPECT_EQ(en.unit_of("v1"), nullptr);
  EXPECT_EQ(en.area(plant.units[0]), "brine");
  EXPECT_EQ(zh.area(plant.units[0]), "盐水");
  EXPECT_EQ(en.area(plant.units[1]), "hall 2");
}

TEST(Names, EveryThingOfTheCellRoomHasOneInBothLanguages) {
  const auto plant = read(read_file(castner::testing::root() + "/plants/cell_room/plant.toml").value());
  const words::Names en(plant, Language::en), zh(plant, Language::zh);
  const auto good = [](const std::string& english, const std::string& chinese) {
    EXPECT_FALSE(english.empty());
    EXPECT_NE(english, chinese);
    EXPECT_EQ(english.find('_'), std::string::npos) << english;
  };
  for (const auto& u : plant.units) good(en.unit(u), zh.unit(u)), good(en.area(u), zh.area(u));
  for (const auto& s : plant.streams) good(en.stream(s), zh.stream(s));
  for (const auto& m : plant.measurements) good(en.instrument(m), zh.instrument(m));
}

TEST(PlantFileTitles, AreRefusedWithLineAndCureWhereTheyCannotBeShown) {
  const auto refused = [](const std::string& title, const std::string& why) {
    const auto plant = plant_file::read_plant("[[stream]]\nname = \"S\"\ntitle = " + title + "\n", "p.toml");
    ASSERT_FALSE(plant.has_value()) << title;
    EXPECT_NE(plant.error().text().find("p.toml:3: stream \"S\": " + why), std::string::npos) << plant.error().text();
  };
  refused("3", "title is a number, not a text");
  refused("\"  \"", "title is empty");
  refused("{}", "title is empty");
  refused("{ de = \"Sole\" }", "title has no language \"de\"; languages are en and zh");
  refused("\"a\\nb\"", "title holds a control character");
  refused("\"" + std::string(121, 'x') + "\"", "title is longer than 120 bytes");
}

}  // namespace
}  // namespace castner::report

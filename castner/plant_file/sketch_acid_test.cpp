// SPDX-License-Identifier: Apache-2.0
// Acid and water that headers bring to electrolysers.
#include "castner/plant_file/sketch_acid.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "castner/plant_file/plant_file.h"

namespace castner::plant_file {
namespace {

SketchEnd to_each(const char* port) { return {"electrolyser", port, true}; }

/// Two electrolysers with a meter of the brine to each, and acid into the header of the brine, of which nobody has a meter.
Sketch acid_header(const std::string& tag, const std::string& quantity, const std::string& unit) {
  const std::vector<std::pair<std::string, std::string>> cells{{"cells", "150"}, {"cell_area", "2.7 m2"}};
  return {.units = {{"E1", "electrolyser", cells}, {"E2", "electrolyser", cells}},
          .pipes = {{"S101", "", {}, {"E1", "brine"}},
                    {"S201", "", {}, {"E2", "brine"}},
                    {"S480", "", {}, to_each("brine")}},
          .meters = {{"FI-101", "S101.flow_vol", "m3/h", "1.5 %"},
                     {"FI-201", "S201.flow_vol", "m3/h", "1.5 %"},
                     {tag, "S480." + quantity, unit, "1.5 %"}}};
}

plant::Plant plant_with(const Sketch& s) {
  auto plant = read_plant(sketched_plant(s), "plant.toml");
  EXPECT_TRUE(plant) << (plant ? "" : plant.error().text()) << sketched_plant(s);
  return plant ? std::move(*plant) : plant::Plant{};
}
std::string contents_at(const plant::Plant& plant, const std::string& name) {
  for (const auto& s : plant.streams)
    if (s.name == name) return std::string(plant::contents_info(s.contents).name);
  return "none";
}
std::vector<std::string> measured(const plant::Plant& plant) {
  std::vector<std::string> all;
  for (const auto& m : plant.measurements)
    all.push_back(plant.flowsheet->variables()[static_cast<std::size_t>(m.variable)].name);
  return all;
}
bool among(const std::vector<std::string>& all, const std::string& one) {
  return std::find(all.begin(), all.end(), one) != all.end();
}

TEST(SketchAcid, OfAHeaderJoinsTheBrineOfEveryElectrolyser) {
  for (const char* tag : {"FI-480 HCl Verteiler", "HCl header flow", "FI-480 HCl to brine header", "Salzsäure FI-480",
                          "FI-480 acid", "盐酸流量 FI-480"}) {
    const Sketch s = acid_header(tag, "flow_vol", "m3/h");
    const auto plant = plant_with(s);
    EXPECT_EQ(contents_at(plant, "S480"), "hydrogen_chloride") << tag;
    EXPECT_EQ(contents_at(plant, "brine_header"), "brine") << "acid alone is no brine: " << tag;
    EXPECT_EQ(contents_at(plant, "S101"), "acid_brine") << tag;
    EXPECT_TRUE(among(measured(plant), "S480_acid_volume")) << tag;
    EXPECT_TRUE(among(measured(plant), "S480_acid_strength")) << "assumed where no meter tells it: " << tag;
    for (const auto& p : contents_in(s))
      EXPECT_TRUE(p.may_be.empty() && (p.pipe != "S480" || p.by == PipeContents::By::tags)) << p.pipe;
  }
  EXPECT_EQ(contents_at(plant_with(acid_header("FI-480 acidified brine", "flow_vol", "m3/h")), "S480"), "acid_brine");
}

TEST(SketchAcid, IsCountedByItsStrengthWhereThatIsMetered) {
  Sketch s = acid_header("FI-480 HCl", "flow_mass", "kg/h");
  EXPECT_TRUE(among(measured(plant_with(s)), "S480.flow_mass"));
  ASSERT_EQ(meter_notes(s).size(), 1u);
  EXPECT_EQ(meter_notes(s)[0].what, MeterNote::as_hcl);
  s.meters.push_back({"AI-480 HCl", "S480.mass_frac.HCl", "%", "1 %"});
  auto all = measured(plant_with(s));
  EXPECT_TRUE(among(all, "S480_acid_mass") && among(all, "S480_acid_strength") && !among(all, "S480.flow_mass"));
  EXPECT_TRUE(meter_notes(s).empty());
  for (const auto& a : assumed_in(s)) EXPECT_EQ(a.of.find("S480"), std::string::npos) << "its strength is metered";
  s.meters.back() = {"AI-480 HCl", "S480.conc_mass.HCl", "g/L", "1 %"};
  all = measured(plant_with(s));
  EXPECT_TRUE(among(all, "S480_acid_mass") && among(all, "S480_acid_content"));
}

TEST(SketchAcid, StartsAndPicksAreThoseOfItsMeters) {
  Sketch s = acid_header("FI-480", "flow_vol", "m3/h");
  s.pipes[2].contents = "hydrogen_chloride";
  s.meters[2].mean = 0.35;
  s.starts = starts_in(s, plant_with(s));
  EXPECT_EQ(s.starts.back(), (std::pair<std::string, std::string>{"S480_acid_volume", "0.35 m3/h"}));
  EXPECT_EQ(plant_with(s).starts.size(), 2u) << "that of the HCl too";
}

TEST(SketchAcid, MetersOfWhichABalanceKnowsNothingAreLeftOutAndSaid) {
  Sketch s = acid_header("FI-480 HCl", "flow_vol", "m3/h");
  s.meters.push_back({"TI-480", "S480.temperature", "degC", "0.5 K"});
  EXPECT_FALSE(among(measured(plant_with(s)), "S480.temperature"));
  ASSERT_EQ(meter_notes(s).size(), 1u);
  EXPECT_EQ(meter_notes(s)[0].tag, "TI-480");
  EXPECT_EQ(meter_notes(s)[0].what, MeterNote::no_quantity_of_acid);
}

TEST(SketchAcid, ThatJoinsDepletedBrineIsLeftOutAndSaid) {
  Sketch s = acid_header("FI-480 HCl", "flow_vol", "m3/h");
  s.units.push_back({"MX1", "mixer", {}});
  s.pipes[2].to = {"MX1", ""};
  s.pipes.push_back({"S500", "", to_each("anolyte"), {"MX1", ""}});
  s.pipes.push_back({"S510", "depleted_brine", {"MX1", ""}, {}});
  const auto plant = plant_with(s);
  EXPECT_EQ(contents_at(plant, "S480"), "none");
  ASSERT_EQ(meter_notes(s).size(), 1u);
  EXPECT_EQ(meter_notes(s)[0].what, MeterNote::acid_elsewhere);
}

TEST(SketchAcid, IntoAPortOfItsOwnJoinsABrineThatNobodyPicked) {
  Sketch s = acid_header("FI-480 HCl", "flow_vol", "m3/h");
  s.pipes = {{"S201", "", {}, {"E2", "brine"}}, {"S480", "", {}, {"E1", "brine"}}};
  s.meters.erase(s.meters.begin());
  const auto plant = plant_with(s);
  EXPECT_EQ(contents_at(plant, "brine_header"), "brine");
  EXPECT_EQ(contents_at(plant, "E1_brine"), "acid_brine");
  EXPECT_EQ(contents_at(plant, "S201"), "acid_brine");
}

TEST(SketchAcid, FromAHeaderThatDividesIsAcidInEachBranch) {
  Sketch s = acid_header("FI-480 HCl", "flow_vol", "m3/h");
  s.units.push_back({"SP1", "splitter", {}});
  s.pipes[2].to = {"SP1", ""};
  s.pipes.push_back({"S481", "hydrogen_chloride", {"SP1", ""}, {"E1", "brine"}});
  s.pipes.push_back({"S482", "hydrogen_chloride", {"SP1", ""}, {"E2", "brine"}});
  s.pipes[2].contents = "hydrogen_chloride";
  const auto plant = plant_with(s);
  EXPECT_EQ(contents_at(plant, "E1_brine"), "acid_brine");
  EXPECT_EQ(contents_at(plant, "S101"), "brine");
}

TEST(SketchWater, OfAHeaderToTheCausticHasNoCausticInIt) {
  Sketch s = acid_header("FI-600 dilution water", "flow_vol", "m3/h");
  s.pipes[2].to = to_each("caustic");
  EXPECT_EQ(contents_at(plant_with(s), "S480"), "caustic");
  const auto assumed = assumed_in(s);
  const auto zero =
      std::find_if(assumed.begin(), assumed.end(), [](const auto& a) { return a.of == "S480.mass_frac.NaOH"; });
  ASSERT_NE(zero, assumed.end());
  EXPECT_EQ(zero->value, 0.0);
  // Where a meter shows the caustic to an electrolyser, it comes by a pipe of its own.
  s.pipes.push_back({"S113", "", {}, {"E1", "caustic"}});
  s.meters.push_back({"FI-113 caustic", "S113.flow_vol", "m3/h", "1.5 %"});
  const auto plant = plant_with(s);
  EXPECT_EQ(contents_at(plant, "S480"), "water");
  EXPECT_EQ(contents_at(plant, "caustic_header"), "caustic");
}

}  // namespace
}  // namespace castner::plant_file

// SPDX-License-Identifier: Apache-2.0
// How feeds divide over electrolysers of which only the headers have meters.
#include "castner/plant_file/sketch_division.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "castner/plant/assumed.h"
#include "castner/plant_file/plant_file.h"

namespace castner::plant_file {
namespace {

/// Three electrolysers with the brine and the product on common headers, and nothing said of the caustic that goes in.
Sketch headers() {
  const std::vector<std::pair<std::string, std::string>> cells{{"cells", "150"}, {"cell_area", "2.7 m2"}};
  return {.units = {{"E1", "electrolyser", cells}, {"E2", "electrolyser", cells}, {"E3", "electrolyser", cells}},
          .pipes = {{"S501", "", {}, {"electrolyser", "brine", true}},
                    {"S602", "", {"electrolyser", "catholyte", true}, {}},
                    {"S115", "", {"E1", "catholyte"}, {}}},
          .meters = {{"FI-501", "S501.flow_vol", "m3/h", "1.5 %"},
                     {"FI-602", "S602.flow_vol", "m3/h", "1.5 %"},
                     {"AI-602", "S602.mass_frac.NaOH", "%", "1 %"},
                     {"TI-115", "S115.temperature", "degC", "0.5 K"}}};
}

std::vector<std::string> ports(const Sketch& s) {
  std::vector<std::string> all;
  for (const auto& d : divisions_in(s)) all.push_back(d.port + " of " + std::to_string(d.units.size()));
  return all;
}
using Ports = std::vector<std::string>;

plant::Plant divided_plant(const Sketch& s) {
  auto plant = read_plant(sketched_plant(s), "plant.toml");
  EXPECT_TRUE(plant) << (plant ? "" : plant.error().text()) << sketched_plant(s);
  return plant ? std::move(*plant) : plant::Plant{};
}

/// What is assumed of the shares, sd; none where nothing is.
std::vector<double> shares(const plant::Plant& plant) {
  std::vector<double> all;
  for (const auto& m : plant.measurements)
    if (plant::assumed(m.tag) && m.tag.ends_with("_share")) {
      EXPECT_EQ(m.value, 1.0);
      all.push_back(m.uncertainty.sd(1.0));
    }
  return all;
}

TEST(SketchDivision, OfHeadersAloneIsAssumedByCurrent) {
  Sketch s = headers();
  EXPECT_EQ(ports(s), (Ports{"brine of 3", "caustic of 3"}));
  EXPECT_EQ(shares(divided_plant(s)), std::vector<double>(6, 0.3));
  for (const auto& a : assumed_in(s)) EXPECT_EQ(a.of.find("share"), std::string::npos) << "told by divisions_in()";
  s.divided = Sketch::Divided::unknown;
  EXPECT_EQ(shares(divided_plant(s)), std::vector<double>(6, 1.0));
}

TEST(SketchDivision, WhatNobodyPickedComesFromOneHeader) {
  const auto plant = divided_plant(headers());
  const auto header = std::find_if(plant.streams.begin(), plant.streams.end(),
                                   [](const auto& stream) { return stream.name == "caustic_header"; });
  ASSERT_NE(header, plant.streams.end());
  EXPECT_EQ(plant::contents_info(header->contents).name, "caustic");
  // Once one of them has a pipe, somebody knows where the caustic comes from.
  Sketch s = headers();
  s.pipes.push_back({"S110", "", {}, {"E1", "caustic"}});
  EXPECT_EQ(sketched_plant(s).find("caustic_header"), std::string::npos);
}

TEST(SketchDivision, IsToldByAFlowOrAStrengthOfWhatGoesInOrComesOut) {
  for (const auto& [pipe, quantity, unit] : {std::tuple{SketchEnd{"E2", "anolyte"}, "flow_vol", "m3/h"},
                                             {SketchEnd{"E2", "anolyte"}, "conc_mass.NaCl", "g/L"}}) {
    Sketch s = headers();
    s.pipes.push_back({"S210", "", pipe, {}});
    s.meters.push_back({"XI-210", std::string("S210.") + quantity, unit, "1 %"});
    EXPECT_EQ(ports(s), (Ports{"brine of 2", "caustic of 3"})) << quantity;
    (void)divided_plant(s);
  }
  Sketch s = headers();
  for (const char* e : {"E1", "E2"}) {
    s.pipes.push_back({std::string("B") + e, "", {}, {e, "brine"}});
    s.meters.push_back({std::string("FI-") + e, std::string("B") + e + ".flow_vol", "m3/h", "1 %"});
  }
  EXPECT_EQ(ports(s), (Ports{"caustic of 3"})) << "the third has the rest";
  s.meters.back().of = "BE2.temperature";
  EXPECT_EQ(ports(s), (Ports{"brine of 2", "caustic of 3"})) << "a temperature hardly tells it";
}

// What meets at a port is joined before it, and the pipe between has no meter.
TEST(SketchDivision, IsToldByTheFlowsOfAllThatMeetAtThePort) {
  Sketch s = headers();
  for (const std::string e : {"E1", "E2", "E3"}) {
    s.pipes.push_back({"B" + e, "", {}, {e, "brine"}});
    s.pipes.push_back({"A" + e, "", {}, {e, "brine"}});
    s.meters.push_back({"FI-" + e, "B" + e + ".flow_vol", "m3/h", "1 %"});
    s.meters.push_back({"FI-HCl-" + e, "A" + e + ".flow_vol", "L/h", "1 %"});
  }
  s.pipes.erase(s.pipes.begin());
  std::erase_if(s.meters, [](const auto& m) { return m.tag == "FI-501"; });
  EXPECT_EQ(ports(s), (Ports{"caustic of 3"}));
  std::erase_if(s.meters, [](const auto& m) { return m.tag == "FI-E1" || m.tag == "FI-E2"; });
  EXPECT_EQ(ports(s), (Ports{"brine of 2", "caustic of 3"})) << "the acid alone tells nothing of the brine";
}

TEST(SketchDivision, IsNotToldByChlorate) {
  Sketch s = headers();
  s.pipes.push_back({"S210", "", {"E2", "anolyte"}, {}});
  s.meters.push_back({"AI-210", "S210.mass_frac.NaClO3", "%", "5 %"});
  EXPECT_EQ(ports(s), (Ports{"brine of 3", "caustic of 3"}));
}

TEST(SketchDivision, IsNotAskedAboutWhereNothingThatFlowsIsMetered) {
  Sketch s = headers();
  s.meters = {{"TI-115", "S115.temperature", "degC", "0.5 K"}, {"II-110", "E1.current", "kA", "0.5 %"}};
  EXPECT_EQ(ports(s), Ports{});
  EXPECT_EQ(sketched_plant(s).find("_share"), std::string::npos);
}

TEST(SketchDivision, WaitsForTheCells) {
  Sketch s = headers();
  s.units[1].parameters.clear();
  const std::string text = sketched_plant(s);
  EXPECT_EQ(text.find("E2_brine_share"), std::string::npos) << "the reader asks for them";
  EXPECT_NE(text.find("E1_brine_share"), std::string::npos);
}

}  // namespace
}  // namespace castner::plant_file

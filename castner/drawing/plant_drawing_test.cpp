// SPDX-License-Identifier: Apache-2.0
#include "castner/drawing/plant_drawing.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cmath>

#include "castner/drawing/text_width.h"

namespace castner::drawing {
namespace {

struct Pipe {
  std::string from, to;
};

plant::Plant plant_of(const std::vector<std::string>& units, const std::vector<Pipe>& pipes) {
  plant::Plant p;
  for (const auto& name : units) p.units.push_back({.name = name, .model = "node", .connections = {}});
  for (const auto& [from, to] : pipes) p.streams.push_back({.name = from + ">" + to, .from = from, .to = to});
  return p;
}

PlantDrawing drawn(const plant::Plant& p) { return draw_plant(p, std::vector<StreamRoom>(p.streams.size())); }

/// Whether a point lies on a box or its rim, to a pixel.
bool touches(const FlowPoint& p, const FlowLayout::Box& b) {
  return p.x >= b.x - 1 && p.x <= b.x + b.width + 1 && p.y >= b.y - 1 && p.y <= b.y + b.height + 1;
}

TEST(PlantDrawing, HasABoxForEachUnitThatAPipeTouches) {
  const auto d = drawn(plant_of({"saturator", "rectifier", "cells"}, {{"", "saturator"}, {"saturator", "cells"}}));
  ASSERT_EQ(d.units.size(), 3u);
  EXPECT_TRUE(d.units[0]);
  EXPECT_FALSE(d.units[1]);  // wires only
  EXPECT_TRUE(d.units[2]);
  EXPECT_EQ(d.lines.size(), 2u);
}

TEST(PlantDrawing, CountsLevelsAlongTheFlow) {
  const auto d = drawn(plant_of({"c", "b", "a", "b2"}, {{"", "a"}, {"a", "b"}, {"a", "b2"}, {"b", "c"}, {"b2", "c"}}));
  EXPECT_EQ(d.units[2]->level, 0);
  EXPECT_EQ(d.units[1]->level, 1);
  EXPECT_EQ(d.units[3]->level, 1);
  EXPECT_EQ(d.units[0]->level, 2);
}

TEST(PlantDrawing, GivesABoxTheWidthOfItsNameInAnyLanguage) {
  const auto d =
      drawn(plant_of({"a", "brine_saturator", "盐水饱和槽"}, {{"a", "brine_saturator"}, {"a", "盐水饱和槽"}}));
  ASSERT_FALSE(d.down);
  EXPECT_EQ(d.units[0]->box.width, 44.0);
  for (const auto& [unit, name] : {std::pair(1, "brine_saturator"), std::pair(2, "盐水饱和槽")}) {
    const double room = d.units[static_cast<std::size_t>(unit)]->box.width - pixels_of(name, kPictureFont);
    EXPECT_NEAR(room, 20.0, 1e-9) << name;
  }
}

TEST(PlantDrawing, WritesALongTitleInTwoLinesWithoutCuttingIt) {
  using Lines = std::vector<std::string>;
  EXPECT_EQ(lines_in_box("depleted brine header"), Lines{"depleted brine header"});
  EXPECT_EQ(lines_in_box("chlorine liquefaction compressor, second stage"),
            (Lines{"chlorine liquefaction", "compressor, second stage"}));
  EXPECT_EQ(lines_in_box("氯气液化压缩机第二级冷却器出口"), (Lines{"氯气液化压缩机", "第二级冷却器出口"}));
  EXPECT_EQ(lines_in_box("brine_saturator_of_the_old_hall"), (Lines{"brine_saturator", "_of_the_old_hall"}));
  EXPECT_EQ(lines_in_box(""), Lines{""});
  auto p = plant_of({"a", "b"}, {{"a", "b"}});
  p.units[0].title.en = "chlorine liquefaction compressor, second stage";
  EXPECT_GT(drawn(p).units[0]->box.height, drawn(p).units[1]->box.height);
}

TEST(PlantDrawing, KeepsRoomForThickLines) {
  const auto p = plant_of({"a", "b"}, {{"a", "b"}, {"a", "b"}, {"a", "b"}});
  const std::vector<StreamRoom> thick(3, {.thickness = 26.0});
  EXPECT_GE(draw_plant(p, thick).units[0]->box.height, 3 * 26.0);
  EXPECT_LT(drawn(p).units[0]->box.height, 3 * 26.0);
}

RC_GTEST_PROP(PlantDrawing, JoinsTheBoxesThatAStreamNames, ()) {
  const std::vector<std::string> names{"a", "b", "c", "d", "e", "f"};
  std::vector<Pipe> pipes;
  const int n = *rc::gen::inRange(1, 14);
  const auto name = rc::gen::elementOf(std::vector<std::string>{"", "a", "b", "c", "d", "e", "f"});
  for (int k = 0; k < n; ++k) pipes.push_back({*name, *name});
  const auto p = plant_of(names, pipes);
  const auto d = drawn(p);
  RC_ASSERT(d.lines.size() == pipes.size());
  for (std::size_t k = 0; k < pipes.size(); ++k) {
    if (pipes[k].from == pipes[k].to) continue;
    for (std::size_t u = 0; u < names.size(); ++u) {
      if (pipes[k].from == names[u]) RC_ASSERT(touches(d.lines[k].points.front(), d.units[u]->box));
      if (pipes[k].to == names[u]) RC_ASSERT(touches(d.lines[k].points.back(), d.units[u]->box));
    }
  }
}

TEST(LineThickness, FollowsTheFlowWhicheverWayItRuns) {
  const std::vector<std::optional<double>> flows{10.0, -5.0, 1e-3, std::nullopt, 0.0};
  EXPECT_EQ(line_thicknesses(flows), (std::vector<double>{26.0, 13.0, 1.6, 1.6, 1.6}));
}

TEST(LineThickness, IsTheThinnestWhereNothingIsKnown) {
  EXPECT_EQ(line_thicknesses(std::vector<std::optional<double>>(2)), (std::vector<double>{1.6, 1.6}));
}

}  // namespace
}  // namespace castner::drawing

// SPDX-License-Identifier: Apache-2.0
#include "castner/drawing/flow_layout.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <cmath>

#include "castner/drawing/label_places.h"

namespace castner::drawing {
namespace {

FlowGraph graph(int nodes, std::initializer_list<std::pair<int, int>> edges) {
  FlowGraph g;
  g.nodes.resize(static_cast<std::size_t>(nodes));
  for (const auto& [from, to] : edges)
    g.edges.push_back({.from = from, .to = to, .thickness = 4.0, .label_width = 80.0});
  return g;
}

bool overlap(const FlowLayout::Box& a, const FlowLayout::Box& b) {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}

TEST(FlowLayout, PutsAChainInOneRowWithoutCrossings) {
  const auto l = lay_out(graph(4, {{0, 1}, {1, 2}, {2, 3}}));
  for (std::size_t k = 1; k < 4; ++k) {
    EXPECT_GT(l.boxes[k].x, l.boxes[k - 1].x + l.boxes[k - 1].width);
    EXPECT_NEAR(l.boxes[k].y, l.boxes[0].y, 1.0);  // a pixel
  }
  EXPECT_EQ(l.crossings, 0);
}

TEST(FlowLayout, RunsDownWhenAsked) {
  const auto l = lay_out(graph(3, {{0, 1}, {1, 2}}), {.down = true});
  EXPECT_TRUE(l.down);
  EXPECT_GT(l.boxes[1].y, l.boxes[0].y + l.boxes[0].height);
  EXPECT_GT(l.height, l.width);
}

TEST(FlowLayout, FindsTheOrderWithoutCrossings) {
  // Two crossed pairs written so that file order crosses: 0 to 3, 1 to 2.
  EXPECT_EQ(lay_out(graph(6, {{0, 3}, {1, 2}, {3, 4}, {2, 5}, {0, 4}, {1, 5}})).crossings, 0);
}

TEST(FlowLayout, TurnsTheThinnestEdgeOfACycleBackwards) {
  auto g = graph(3, {{0, 1}, {1, 2}, {2, 0}});
  g.edges[1].thickness = 1.0;
  const auto l = lay_out(g);
  EXPECT_FALSE(l.lines[0].backwards);
  EXPECT_TRUE(l.lines[1].backwards);
  EXPECT_FALSE(l.lines[2].backwards);
  EXPECT_GT(l.lines[1].points.front().x, l.lines[1].points.back().x);
}

TEST(FlowLayout, KeepsThickLinesApartAtABox) {
  auto g = graph(4, {{0, 3}, {1, 3}, {2, 3}});
  for (auto& e : g.edges) e.thickness = 20.0;
  const auto l = lay_out(g);
  std::vector<double> y;
  for (const auto& line : l.lines) y.push_back(line.points.back().y);
  std::sort(y.begin(), y.end());
  EXPECT_GE(y[1] - y[0], 20.0);
  EXPECT_GE(y[2] - y[1], 20.0);
  EXPECT_GE(l.boxes[3].height, 60.0);
}

TEST(FlowLayout, ChoosesDownForAPageThatIsTooNarrow) {
  FlowGraph g;
  g.nodes.resize(12);
  for (int k = 1; k < 12; ++k) g.edges.push_back({.from = k - 1, .to = k, .thickness = 2.0, .label_width = 90.0});
  EXPECT_FALSE(lay_out_for(g, {}, 4000.0).down);
  EXPECT_TRUE(lay_out_for(g, {}, 900.0).down);
}

TEST(FlowLayout, TakesNothingAtAll) {
  EXPECT_EQ(lay_out({}).width, 0.0);
  EXPECT_EQ(lay_out(graph(1, {})).boxes.size(), 1u);
  const auto self = lay_out(graph(1, {{0, 0}}));
  ASSERT_EQ(self.lines.size(), 1u);
  EXPECT_GE(self.lines[0].points.size(), 2u);
}

FlowGraph any_graph() {
  FlowGraph g;
  const int n = *rc::gen::inRange(1, 14);
  for (int k = 0; k < n; ++k)
    g.nodes.push_back({.width = static_cast<double>(*rc::gen::inRange(30, 120)),
                       .end = *rc::gen::weightedElement<bool>({{4, false}, {1, true}})});
  const int m = *rc::gen::inRange(0, 30);
  for (int k = 0; k < m; ++k)
    g.edges.push_back({.from = *rc::gen::inRange(0, n),
                       .to = *rc::gen::inRange(0, n),
                       .thickness = static_cast<double>(*rc::gen::inRange(1, 26)),
                       .label_width = static_cast<double>(*rc::gen::inRange(0, 180)),
                       .label_height = *rc::gen::element(30.0, 44.0)});
  return g;
}

RC_GTEST_PROP(FlowLayout, KeepsBoxesApartAndEverythingOnThePicture, ()) {
  const FlowGraph g = any_graph();
  for (const bool down : {false, true}) {
    const auto l = lay_out(g, {.down = down});
    for (std::size_t i = 0; i < l.boxes.size(); ++i) {
      const auto& b = l.boxes[i];
      RC_ASSERT(std::isfinite(b.x) && std::isfinite(b.y));
      RC_ASSERT(b.x >= 0 && b.y >= 0 && b.x + b.width <= l.width && b.y + b.height <= l.height);
      for (std::size_t j = 0; j < i; ++j) RC_ASSERT(g.nodes[i].end || g.nodes[j].end || !overlap(b, l.boxes[j]));
    }
    for (std::size_t k = 0; k < l.lines.size(); ++k) {
      RC_ASSERT(l.lines[k].points.size() >= 2u);
      for (const auto& p : l.lines[k].points)
        RC_ASSERT(std::isfinite(p.x) && std::isfinite(p.y) && p.x >= 0 && p.y >= 0 && p.y <= l.height);
      if (g.edges[k].from == g.edges[k].to) continue;
      // A line begins at its source and ends at its target.
      const auto touches = [&](const FlowPoint& p, const FlowLayout::Box& b) {
        return p.x >= b.x - 1 && p.x <= b.x + b.width + 1 && p.y >= b.y - 1 && p.y <= b.y + b.height + 1;
      };
      RC_ASSERT(touches(l.lines[k].points.front(), l.boxes[static_cast<std::size_t>(g.edges[k].from)]));
      RC_ASSERT(touches(l.lines[k].points.back(), l.boxes[static_cast<std::size_t>(g.edges[k].to)]));
    }
  }
}

RC_GTEST_PROP(FlowLayout, NoLabelLiesOnAnotherOnABoxOrOutside, ()) {
  FlowGraph g = any_graph();
  // A unit that feeds itself has a loop at its corner, which no wider gap makes longer.
  std::erase_if(g.edges, [](const auto& e) { return e.from == e.to; });
  for (const bool down : {false, true}) {
    const auto l = lay_out(g, {.down = down});
    std::vector<FlowLayout::Box> labels;
    for (std::size_t k = 0; k < g.edges.size(); ++k)
      if (g.edges[k].label_width > 0.0) labels.push_back(label_box(g.edges[k], l.lines[k]));
    for (std::size_t i = 0; i < labels.size(); ++i) {
      const auto& a = labels[i];
      RC_ASSERT(a.x >= 0 && a.y >= 0 && a.x + a.width <= l.width && a.y + a.height <= l.height);
      for (std::size_t j = 0; j < i; ++j) RC_ASSERT(!overlap(a, labels[j]));
      for (std::size_t v = 0; v < l.boxes.size(); ++v)
        RC_ASSERT(g.nodes[v].end || (!overlap(a, l.boxes[v]) && !overlap(a, corner_of(l.boxes[v]))));
    }
  }
}

RC_GTEST_PROP(FlowLayout, GivesTheSamePictureTwice, ()) {
  const FlowGraph g = any_graph();
  const auto a = lay_out(g), b = lay_out(g);
  for (std::size_t i = 0; i < a.boxes.size(); ++i)
    RC_ASSERT(a.boxes[i].x == b.boxes[i].x && a.boxes[i].y == b.boxes[i].y);
  for (std::size_t k = 0; k < a.lines.size(); ++k) RC_ASSERT(a.lines[k].label.x == b.lines[k].label.x);
}

TEST(FlowLayout, PointsAlongALineStartAndEndWithIt) {
  const auto l = lay_out(graph(4, {{0, 1}, {1, 2}, {2, 3}, {0, 3}}));
  for (const auto& line : l.lines) {
    EXPECT_NEAR(along(line, 0.0, false).x, line.points.front().x, 1e-6);
    EXPECT_NEAR(along(line, 1.0, false).y, line.points.back().y, 1e-6);
    EXPECT_NEAR(along(line, 0.5, false).x, (line.points.front().x + line.points.back().x) / 2, 1e-6);
  }
}

}  // namespace
}  // namespace castner::drawing

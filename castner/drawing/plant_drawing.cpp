// SPDX-License-Identifier: Apache-2.0
#include "castner/drawing/plant_drawing.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "castner/base/check.h"
#include "castner/drawing/text_width.h"

namespace castner::drawing {
namespace {

constexpr double kThickest = 26.0, kThinnest = 1.6;
constexpr double kNarrowestBox = 44.0, kBesideName = 20.0;
constexpr double kBoxOfThreeLines = 54.0;
constexpr double kBold = 1.08;    // how much wider bold letters are
constexpr double kMarks = 26.0;   // the circles before a stream's name
constexpr int kLongLine = 24;     // a longer title takes two lines in its box [columns]
constexpr int kLongest = 40;      // no name of use is longer [columns]
constexpr double kPage = 1400.0;  // a picture this wide is still easy to read when fitted to the page

/// The plant as a graph: the units that a pipe touches, and an end for every feed and product.
struct PlantGraph {
  FlowGraph graph;
  std::map<std::string, int> node;  ///< of each unit that is drawn

  PlantGraph(const plant::Plant& plant, std::span<const StreamRoom> rooms) {
    std::set<std::string> touched;
    for (const auto& s : plant.streams) touched.insert({s.from, s.to});
    for (const auto& u : plant.units) {
      if (!touched.contains(u.name)) continue;
      FlowGraph::Node box{.width = std::max(kNarrowestBox, pixels_of(u.name, kPictureFont) + kBesideName)};
      for (const std::string* title : {&u.title.en, &u.title.zh}) {
        const auto lines = lines_in_box(*title);
        if (lines.size() > 1) box.height = kBoxOfThreeLines;
        for (const auto& line : lines)
          box.width = std::max(box.width, kBold * pixels_of(line, kPictureFont) + kBesideName);
      }
      node.emplace(u.name, add(box));
    }
    for (std::size_t k = 0; k < plant.streams.size(); ++k) {
      const int from = at_end(plant.streams[k].from), to = at_end(plant.streams[k].to);
      graph.edges.push_back({.from = from,
                             .to = to,
                             .thickness = rooms[k].thickness,
                             .label_width = rooms[k].label_width,
                             .label_height = rooms[k].label_height});
    }
  }

 private:
  int add(FlowGraph::Node n) {
    graph.nodes.push_back(n);
    return static_cast<int>(graph.nodes.size()) - 1;
  }
  int at_end(const std::string& unit) {
    const auto it = node.find(unit);
    return it != node.end() ? it->second : add({.width = 0.0, .end = true});
  }
};

/// The position of a box along the flow, to the pixel: boxes of one layer have their centres in line.
long along_the_flow(const FlowLayout::Box& b, bool down) {
  return std::lround(down ? b.y + b.height / 2 : b.x + b.width / 2);
}

}  // namespace

std::vector<std::string> lines_in_box(std::string_view title) {
  const int all = columns_of(title);
  if (all <= kLongLine) return {std::string(title)};
  // At the blank nearest to the middle; a text without one, as Chinese is, after the character there.
  std::size_t best = std::string_view::npos;
  int off = all;
  for (std::size_t i = 1; i + 1 < title.size(); ++i) {
    const int from_middle = std::abs(2 * columns_of(title.substr(0, i)) - all);
    if (title[i] == ' ' && from_middle < off) best = i, off = from_middle;
  }
  if (best == std::string_view::npos || off > kLongLine) {
    std::string first = cut(title, all / 2 + 1);
    first.resize(first.size() - std::string_view("…").size());
    return {first, cut(title.substr(first.size()), kLongest)};
  }
  return {cut(title.substr(0, best), kLongest), cut(title.substr(best + 1), kLongest)};
}

Label label_of(std::string_view name, std::string_view code) {
  Label l{.name = cut(name, kLongest), .code = cut(code, kLongest)};
  l.width = pixels_of(l.name + " " + l.code, kPictureFont) + kMarks;
  return l;
}

PlantDrawing draw_plant(const plant::Plant& plant, std::span<const StreamRoom> rooms) {
  check(rooms.size() == plant.streams.size(), "every stream has its room in the drawing");
  const PlantGraph of(plant, rooms);
  auto layout = lay_out_for(of.graph, {.row_gap = 30.0, .down = false}, kPage);
  const auto box_of = [&](int node) { return layout.boxes[static_cast<std::size_t>(node)]; };
  std::set<long> levels;
  for (const auto& [name, node] : of.node) levels.insert(along_the_flow(box_of(node), layout.down));
  PlantDrawing d{.units = {}, .lines = {}, .width = layout.width, .height = layout.height, .down = layout.down};
  for (const auto& u : plant.units) {
    auto& unit = d.units.emplace_back();
    const auto drawn = of.node.find(u.name);
    if (drawn == of.node.end()) continue;
    const auto box = box_of(drawn->second);
    const auto level = std::distance(levels.begin(), levels.find(along_the_flow(box, layout.down)));
    unit = {box, static_cast<int>(level)};
  }
  d.lines = std::move(layout.lines);
  return d;
}

std::vector<double> line_thicknesses(std::span<const std::optional<double>> flows) {
  double most = 0.0;
  for (const auto& flow : flows) most = std::max(most, std::abs(flow.value_or(0.0)));
  std::vector<double> all;
  for (const auto& flow : flows)
    all.push_back(std::max(kThinnest, most > 0.0 ? kThickest * std::abs(flow.value_or(0.0)) / most : 0.0));
  return all;
}

}  // namespace castner::drawing

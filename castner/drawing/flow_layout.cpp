// SPDX-License-Identifier: Apache-2.0
// Coordinates of a plant's drawing, on the layers of flow_layers.h:
//  1. Each item is as high as its lines and its name need; lines at a box have ports, ordered by where their other ends
//     lie.
//  2. Placer::settle: 60 rounds over the layers. In each, every item wants the mean of its neighbours' ports, long
//     lines three times as much; relax finds the nearest positions that keep order and distances, by pooling items that
//     collide (isotonic regression).
//  3. columns: the gap between two layers has room for the labels of the lines in it.
//  4. draw_lines: a line is the points where its chain of links leaves and meets items; along() walks its curves.
//  5. A drawing that runs down is computed like one that runs right, and x and y are swapped at the end.
//  6. Labels are placed (label_places.h). Gaps in which one found no place are widened, and 3 to 6 are done again.
#include "castner/drawing/flow_layout.h"

#include <algorithm>
#include <cmath>

#include "castner/drawing/flow_layers.h"
#include "castner/drawing/label_places.h"

namespace castner::drawing {
namespace {

constexpr double kMargin = 14.0;
constexpr double kEndHeight = 12.0;
constexpr double kLeastColumnGap = 58.0;
constexpr double kPortGap = 3.0;        // between two lines at a box
constexpr double kLabelHeight = 30.0;   // usual, of two lines
constexpr double kWidestRoom = 100.0;   // a longer label may stand higher or lower than its neighbours
constexpr double kRowOfLabels = 700.0;  // labels side by side, where lines run down ...
constexpr double kRowAtABox = 230.0;    // ... and near one box
constexpr int kMostRounds = 40;         // of widening gaps until every label has its place

/// Width that neighbours keep free for a label.
double room_of(const FlowGraph::Edge& e) { return std::min(e.label_width, kWidestRoom); }

/// Lines at one side of an item, from top to bottom, and where each meets it.
struct Side {
  std::vector<int> links;
  std::vector<double> offset;  ///< of each link's centre from the item's centre
  double height = 0.0;
};

class Placer {
 public:
  Placer(const FlowGraph& g, const Layered& l, const FlowLayoutOptions& o) : g_(g), l_(l), options_(o) {
    left_.resize(l.items.size());
    right_.resize(l.items.size());
    for (std::size_t k = 0; k < l.links.size(); ++k) {
      right_[at(l.links[k].left)].links.push_back(static_cast<int>(k));
      left_[at(l.links[k].right)].links.push_back(static_cast<int>(k));
    }
    height_.resize(l.items.size());
    y_.assign(l.items.size(), 0.0);
    for (std::size_t i = 0; i < l.items.size(); ++i) height_[i] = height_of(i);
    stack_up();
  }

  void settle() {
    constexpr int kRounds = 60;
    for (int round = 0; round < kRounds; ++round) {
      order_ports();
      const std::size_t n = l_.layers.size();
      for (std::size_t k = 0; k < n; ++k) relax(l_.layers[round % 2 == 0 ? k : n - 1 - k], round);
    }
    order_ports();
    double least = y_.front();
    for (std::size_t i = 0; i < y_.size(); ++i) least = std::min(least, y_[i] - height_[i] / 2);
    for (double& y : y_) y += kMargin + (options_.down ? 40.0 : kLabelHeight / 2) - least;
  }

  double y(int item) const { return y_[at(item)]; }
  double height(int item) const { return height_[at(item)]; }
  /// The position at which a link meets an item, on the item's left or right side.
  double port(int item, int link, bool left_side) const {
    const Side& s = left_side ? left_[at(item)] : right_[at(item)];
    const auto it = std::find(s.links.begin(), s.links.end(), link);
    return y_[at(item)] + s.offset[static_cast<std::size_t>(it - s.links.begin())];
  }

 private:
  double thickness(int link) const { return g_.edges[at(l_.links[at(link)].edge)].thickness; }
  double stacked(const Side& s) const {
    double h = 0.0;
    for (const int link : s.links) h += thickness(link) + kPortGap;
    return h;
  }
  double height_of(std::size_t i) {
    left_[i].height = stacked(left_[i]);
    right_[i].height = stacked(right_[i]);
    const double lines = std::max(left_[i].height, right_[i].height);
    const auto& item = l_.items[i];
    if (item.node < 0) return g_.edges[at(item.edge)].thickness;
    if (g_.nodes[at(item.node)].end) return std::max(kEndHeight, lines);
    // Many thin lines need room between them to be told apart.
    const double apart = 9.0 * static_cast<double>(std::max(left_[i].links.size(), right_[i].links.size()));
    const double name = options_.down ? g_.nodes[at(item.node)].width : g_.nodes[at(item.node)].height;
    return std::max({name, lines + 8.0, apart + 8.0});
  }
  double distance(int above, int below) const {
    const bool stand_ins = l_.items[at(above)].node < 0 && l_.items[at(below)].node < 0;
    const double lines = (height_[at(above)] + height_[at(below)]) / 2;
    if (!options_.down) return lines + (stand_ins ? 0.8 : 1.0) * options_.row_gap;
    // Side by side: the labels of what meets here must stand beside each other, half of each to either side.
    return std::max(lines + options_.row_gap, (label_room(above) + label_room(below)) / 2);
  }
  /// Width that the labels at an item want: of a passing line, of a feed or product, of all lines of a box in two rows.
  double label_room(int item) const {
    const auto& i = l_.items[at(item)];
    const auto width = [&](const Side& s) {
      double sum = 0.0;
      for (const int link : s.links) sum += room_of(g_.edges[at(l_.links[at(link)].edge)]);
      return sum;
    };
    const double room = std::max(width(left_[at(item)]), width(right_[at(item)]));
    if (i.node < 0) return 0.5 * room;  // it can have its label in another layer
    return g_.nodes[at(i.node)].end ? room + 6.0 : 0.6 * room + 12.0;
  }
  void stack_up() {
    for (const auto& layer : l_.layers)
      for (std::size_t i = 0; i < layer.size(); ++i)
        y_[at(layer[i])] = i == 0 ? 0.0 : y_[at(layer[i - 1])] + distance(layer[i - 1], layer[i]);
  }

  void order_ports() {
    for (std::size_t i = 0; i < l_.items.size(); ++i)
      for (const bool left_side : {true, false}) {
        Side& s = left_side ? left_[i] : right_[i];
        const auto other = [&](int link) { return left_side ? l_.links[at(link)].left : l_.links[at(link)].right; };
        std::stable_sort(s.links.begin(), s.links.end(),
                         [&](int a, int b) { return y_[at(other(a))] < y_[at(other(b))]; });
        s.offset.assign(s.links.size(), 0.0);
        // Spread over the side where there is room.
        const double room = l_.items[i].node >= 0 && !g_.nodes[at(l_.items[i].node)].end ? height_[i] - 8.0 : s.height;
        const double gap =
            s.links.empty() ? 0.0 : kPortGap + std::max(0.0, room - s.height) / static_cast<double>(s.links.size());
        double used = 0.0;
        for (const int link : s.links) used += thickness(link) + gap;
        double from = -used / 2;
        for (std::size_t k = 0; k < s.links.size(); ++k) {
          s.offset[k] = from + (thickness(s.links[k]) + gap) / 2;
          from += thickness(s.links[k]) + gap;
        }
      }
  }

  /// The best position of an item, at which its lines are level, with its weight.
  std::pair<double, double> wanted(int item, int round) const {
    double sum = 0.0, weight = 0.0;
    for (const bool left_side : {true, false}) {
      const Side& s = left_side ? left_[at(item)] : right_[at(item)];
      for (std::size_t k = 0; k < s.links.size(); ++k) {
        const auto& link = l_.links[at(s.links[k])];
        const int other = left_side ? link.left : link.right;
        // Long lines run straight before short ones do.
        const bool straight = l_.items[at(item)].node < 0 || l_.items[at(other)].node < 0;
        const double w = (straight ? 3.0 : 1.0) * (1.0 + 0.2 * thickness(s.links[k]));
        sum += w * (port(other, s.links[k], !left_side) - s.offset[k]);
        weight += w;
      }
    }
    if (weight == 0.0) return {y_[at(item)], 1.0};
    const double step = round < 40 ? 0.7 : 0.4;  // damped, so that two items do not chase each other
    return {(1 - step) * y_[at(item)] + step * sum / weight, weight};
  }

  /// The nearest places in this order with the distances kept: least squares by pooling neighbours that collide.
  void relax(const std::vector<int>& layer, int round) {
    struct Pool {
      double sum, weight;
      std::size_t count;
    };
    std::vector<Pool> pools;
    std::vector<double> base;  // distance of each item from the first, packed
    double packed = 0.0;
    for (std::size_t i = 0; i < layer.size(); ++i) {
      if (i > 0) packed += distance(layer[i - 1], layer[i]);
      base.push_back(packed);
      const auto [y, weight] = wanted(layer[i], round);
      pools.push_back({(y - packed) * weight, weight, 1});
      while (pools.size() > 1) {
        const Pool &below = pools.back(), &above = pools[pools.size() - 2];
        if (above.sum / above.weight <= below.sum / below.weight) break;
        const Pool both{above.sum + below.sum, above.weight + below.weight, above.count + below.count};
        pools.pop_back();
        pools.back() = both;
      }
    }
    std::size_t i = 0;
    for (const auto& pool : pools)
      for (std::size_t k = 0; k < pool.count; ++k, ++i) y_[at(layer[i])] = base[i] + pool.sum / pool.weight;
  }

  const FlowGraph& g_;
  const Layered& l_;
  FlowLayoutOptions options_;
  std::vector<Side> left_, right_;
  std::vector<double> height_, y_;
};

/// Left edges of the layers' columns, and their widths; the last entry is the picture's right edge.
struct LayerColumns {
  std::vector<double> x, width;
  double right = 0.0;
};

/// For each gap between layers, the labels of all lines that meet one side of one box there, side by side.
std::vector<double> widest_side(const FlowGraph& g, const Layered& l) {
  std::vector<double> left(l.items.size(), 0.0), right(l.items.size(), 0.0), widest(l.layers.size(), 0.0);
  for (const auto& link : l.links) {
    right[at(link.left)] += room_of(g.edges[at(link.edge)]);
    left[at(link.right)] += room_of(g.edges[at(link.edge)]);
  }
  for (std::size_t i = 0; i < l.items.size(); ++i) {
    if (l.items[i].node < 0) continue;
    const std::size_t layer = at(l.items[i].layer);
    widest[layer] = std::max(widest[layer], right[i]);
    if (layer > 0) widest[layer - 1] = std::max(widest[layer - 1], left[i]);
  }
  return widest;
}

/// @param widened  beyond that, each gap
LayerColumns columns(const FlowGraph& g, const Layered& l, const FlowLayoutOptions& o,
                     const std::vector<double>& widened) {
  LayerColumns c;
  std::vector<double> gap(l.layers.size(), 0.0);
  for (const auto& layer : l.layers) {
    double width = 0.0;
    for (const int i : layer)
      if (l.items[at(i)].node >= 0 && !g.nodes[at(l.items[at(i)].node)].end)
        width =
            std::max(width, o.down ? g.nodes[at(l.items[at(i)].node)].height : g.nodes[at(l.items[at(i)].node)].width);
    c.width.push_back(width);
  }
  // A gap has room for the labels of the lines that live in it alone; those side by side may need several rows.
  std::vector<double> side_by_side(l.layers.size(), 0.0);
  for (std::size_t k = 0; k < g.edges.size(); ++k) {
    if (l.chains[k].size() != 2) continue;
    const std::size_t layer = at(l.items[at(l.chains[k][0])].layer);
    side_by_side[layer] += room_of(g.edges[k]);
    gap[layer] = std::max(gap[layer], g.edges[k].label_width + 22.0);
  }
  if (o.down) {
    const auto beside = widest_side(g, l);
    for (std::size_t k = 0; k < gap.size(); ++k)
      gap[k] =
          std::ceil(std::max(side_by_side[k] / kRowOfLabels, beside[k] / kRowAtABox)) * (kLabelHeight + 9.0) + 24.0;
  }
  double x = kMargin;
  for (std::size_t k = 0; k < l.layers.size(); ++k) {
    c.x.push_back(x);
    x += c.width[k] + (k + 1 < l.layers.size() ? std::max(gap[k], kLeastColumnGap) + widened[k] : 0.0);
  }
  c.right = x;
  return c;
}

void draw_lines(const FlowGraph& g, const Layered& l, const Placer& placer, const LayerColumns& c, FlowLayout& out) {
  out.lines.resize(g.edges.size());
  std::vector<std::vector<int>> links_of(g.edges.size());
  for (std::size_t k = 0; k < l.links.size(); ++k) links_of[at(l.links[k].edge)].push_back(static_cast<int>(k));
  for (std::size_t k = 0; k < g.edges.size(); ++k) {
    auto& line = out.lines[k];
    if (l.chains[k].empty()) {  // from a unit to itself
      const auto& box = out.boxes[at(g.edges[k].from)];
      const double y = box.y + box.height;
      line.points = {{box.x + box.width, box.y + box.height / 2},
                     {box.x + box.width + 20, y + 10},
                     {box.x, box.y + box.height / 2}};
      line.backwards = true;
      continue;
    }
    const auto x_of = [&](int item, bool left_side) {
      const auto& i = l.items[at(item)];
      const std::size_t layer = at(i.layer);
      if (i.node < 0) return c.x[layer] + c.width[layer] / 2;
      const auto& box = out.boxes[at(i.node)];
      return left_side ? box.x : box.x + box.width;
    };
    const auto& chain = l.chains[k];
    for (std::size_t j = 0; j < links_of[k].size(); ++j) {
      const int link = links_of[k][j];
      line.points.push_back({x_of(chain[j], false), placer.port(chain[j], link, false)});
      if (j + 1 == links_of[k].size())
        line.points.push_back({x_of(chain[j + 1], true), placer.port(chain[j + 1], link, true)});
    }
    line.backwards = l.reversed[k];
    if (line.backwards) std::reverse(line.points.begin(), line.points.end());
  }
}

/// Boxes and lines where the columns are, labels not yet.
FlowLayout drawn(const FlowGraph& g, const Layered& l, const Placer& placer, const LayerColumns& c,
                 const FlowLayoutOptions& o) {
  FlowLayout out;
  out.down = o.down;
  out.crossings = l.crossings;
  for (std::size_t v = 0; v < g.nodes.size(); ++v) {
    const std::size_t layer = at(l.items[v].layer);
    const int item = static_cast<int>(v);
    const double width = g.nodes[v].end ? 0.0 : o.down ? g.nodes[v].height : g.nodes[v].width;
    const double x = c.x[layer] + (c.width[layer] - width) / 2;
    out.boxes.push_back({x, placer.y(item) - placer.height(item) / 2, width, placer.height(item)});
  }
  draw_lines(g, l, placer, c, out);
  // Until here u = x runs along the layers. Down: the two change places.
  if (o.down) {
    for (auto& b : out.boxes) std::swap(b.x, b.y), std::swap(b.width, b.height);
    for (auto& line : out.lines)
      for (auto& p : line.points) std::swap(p.x, p.y);
  }
  for (const auto& b : out.boxes) {
    out.width = std::max(out.width, b.x + b.width);
    out.height = std::max(out.height, b.y + b.height);
  }
  for (const auto& line : out.lines)
    for (const auto& p : line.points) {
      out.width = std::max(out.width, p.x + (o.down ? 40.0 : 0.0));
      out.height = std::max(out.height, p.y + 10.0);
    }
  out.width += kMargin;
  out.height += kMargin;
  return out;
}

/// The gap between two layers in which a point lies, or that is nearest.
std::size_t gap_of(const Layered& l, const LayerColumns& c, const FlowLayout& out, const FlowPoint& p) {
  // Labels beyond the rim have moved the whole picture: by as much as the first box.
  const std::size_t layer = at(l.items[0].layer);
  const auto& box = out.boxes[0];
  const double middle = out.down ? box.y + box.height / 2 : box.x + box.width / 2;
  const double u = (out.down ? p.y : p.x) - (middle - c.x[layer] - c.width[layer] / 2);
  std::size_t k = 0;
  while (k + 2 < c.x.size() && c.x[k + 1] + c.width[k + 1] / 2 < u) ++k;
  return k;
}

}  // namespace

FlowPoint along(const FlowLayout::Line& line, double t, bool down) {
  const auto& p = line.points;
  if (p.empty()) return {};
  // u runs along the layers, v across them.
  const auto u = [&](std::size_t i) { return down ? p[i].y : p[i].x; };
  const auto v = [&](std::size_t i) { return down ? p[i].x : p[i].y; };
  const auto span = [&](std::size_t i) { return std::abs(u(i) - u(i - 1)) + 1e-9; };
  double length = 0.0;
  for (std::size_t i = 1; i < p.size(); ++i) length += span(i);
  double left = std::clamp(t, 0.0, 1.0) * length;
  for (std::size_t i = 1; i < p.size(); ++i) {
    if (left > span(i) && i + 1 < p.size()) {
      left -= span(i);
      continue;
    }
    // The curve drawn is a cubic whose handles lie half way along: solve u(s), then v(s).
    const double f = std::min(1.0, left / span(i));
    double s = f;
    for (int k = 0; k < 8; ++k) {
      const double here = 1.5 * s * (1 - s) * (1 - s) + 1.5 * s * s * (1 - s) + s * s * s;
      const double slope = 1.5 - 3.0 * s + 3.0 * s * s;
      s = std::clamp(s - (here - f) / slope, 0.0, 1.0);
    }
    const double rise = s * s * (3 - 2 * s);
    const double at_u = u(i - 1) + f * (u(i) - u(i - 1)), at_v = v(i - 1) + rise * (v(i) - v(i - 1));
    return down ? FlowPoint{at_v, at_u} : FlowPoint{at_u, at_v};
  }
  return p.back();
}

FlowLayout lay_out(const FlowGraph& g, const FlowLayoutOptions& o) {
  if (g.nodes.empty()) return {.boxes = {}, .lines = {}, .down = o.down};
  const Layered l = layered(g);
  Placer placer(g, l, o);
  placer.settle();
  std::vector<double> widened(l.layers.size(), 0.0);
  for (int round = 0;; ++round) {
    const LayerColumns c = columns(g, l, o, widened);
    FlowLayout out = drawn(g, l, placer, c, o);
    const auto crowded = place_labels(g, out);
    if (crowded.empty() || round == kMostRounds || widened.size() < 2) return out;
    for (const std::size_t k : crowded)
      widened[gap_of(l, c, out, out.lines[k].label)] += (o.down ? g.edges[k].label_height : g.edges[k].label_width) / 3;
  }
}

FlowLayout lay_out_for(const FlowGraph& g, FlowLayoutOptions o, double page_width) {
  o.down = false;
  FlowLayout across = lay_out(g, o);
  if (across.width <= page_width) return across;
  o.down = true;
  FlowLayout down = lay_out(g, o);
  return down.width < 0.85 * across.width ? down : across;
}

}  // namespace castner::drawing

// SPDX-License-Identifier: Apache-2.0
// Places of labels:
//  1. Every label has candidates: 23 points along its line, at each on the line, a little above or below it, or beside it.
//  2. A candidate costs what it hides: other labels and boxes (most), arrows, other lines; and how far it is from the
//     middle of its line.
//  3. Labels of short lines, which have least choice, choose first. Later rounds know where all the others are; they end
//     when nobody moves.
#include "castner/drawing/label_places.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace castner::drawing {
namespace {

using Box = FlowLayout::Box;

constexpr int kSamples = 24;  // along a line
constexpr int kRounds = 8;
constexpr double kEdge = 2.0;    // between a label and the rim of the picture
constexpr double kBeside = 4.0;  // between a line and a label beside it
constexpr double kMark = 9.0;    // half a mark at the corner of a box

double overlap(const Box& a, const Box& b) {
  const double w = std::min(a.x + a.width, b.x + b.width) - std::max(a.x, b.x);
  const double h = std::min(a.y + a.height, b.y + b.height) - std::max(a.y, b.y);
  return w > 0.0 && h > 0.0 ? w * h : 0.0;
}

/// A point of a line, and whether it is its tip.
struct Inked {
  FlowPoint at;
  std::size_t line;
  bool tip;
};

class LabelPlacer {
 public:
  LabelPlacer(const FlowGraph& g, const FlowLayout& layout) : g_(g), layout_(layout), labels_(g.edges.size()) {
    for (const auto& b : layout.boxes)
      if (b.width > 0.0 && b.height > 0.0) fixed_.insert(fixed_.end(), {b, corner_of(b)});
    for (std::size_t k = 0; k < layout.lines.size(); ++k) {
      for (int s = 1; s < kSamples; ++s) ink_.push_back({point(k, s), k, false});
      ink_.push_back({layout.lines[k].points.back(), k, true});
    }
    std::sort(ink_.begin(), ink_.end(), [](const Inked& a, const Inked& b) { return a.at.y < b.at.y; });
  }

  void choose() {
    std::vector<std::size_t> order(g_.edges.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
      return layout_.lines[a].points.size() < layout_.lines[b].points.size();
    });
    bool moved = true;
    for (int round = 0; moved && round < kRounds; ++round) {
      moved = false;
      for (const std::size_t k : order) moved |= has_label(k) && choose_for(k);
    }
  }

  bool has_label(std::size_t k) const { return g_.edges[k].label_width > 0.0; }
  const Box& label(std::size_t k) const { return labels_[k]; }

  bool crowded(std::size_t k) const {
    if (!has_label(k)) return false;
    const auto lies_on = [&](const Box& other) { return overlap(labels_[k], other) > 0.0; };
    if (std::any_of(fixed_.begin(), fixed_.end(), lies_on)) return true;
    for (std::size_t m = 0; m < labels_.size(); ++m)
      if (m != k && has_label(m) && lies_on(labels_[m])) return true;
    return false;
  }

 private:
  FlowPoint point(std::size_t k, int sample) const {
    return along(layout_.lines[k], static_cast<double>(sample) / kSamples, layout_.down);
  }

  /// Whether the label of this line has moved.
  bool choose_for(std::size_t k) {
    const double width = g_.edges[k].label_width, height = g_.edges[k].label_height;
    const double aside = (layout_.down ? width : height) / 2 + g_.edges[k].thickness / 2 + kBeside;
    const Box before = labels_[k];
    double best = 1e300;
    for (int s = 1; s < kSamples; ++s) {
      const FlowPoint p = point(k, s);
      const double from_middle = std::abs(s / static_cast<double>(kSamples) - 0.5);
      const auto consider = [&](double dx, double dy, double cost) {
        const Box box{p.x - width / 2 + dx, p.y - height / 2 + dy, width, height};
        cost += 60.0 * from_middle;
        if (cost < best) cost += hidden(k, box, best - cost);
        if (cost < best) best = cost, labels_[k] = box;
      };
      consider(0.0, 0.0, 0.0);
      for (const double lift : {-0.35, 0.35}) consider(0.0, lift * height, 28.0);
      for (const double side : {-1.0, 1.0})
        layout_.down ? consider(side * aside, 0.0, 60.0) : consider(0.0, side * aside, 60.0);
    }
    return std::abs(before.x - labels_[k].x) + std::abs(before.y - labels_[k].y) > 0.0;
  }

  /// What a label here hides; at least `enough` as soon as it is that much.
  double hidden(std::size_t own, const Box& box, double enough) const {
    const double outside = std::max({0.0, kEdge - box.x, box.x + box.width + kEdge - layout_.width, kEdge - box.y});
    double cost = 8.0 * outside;
    for (const auto& b : fixed_)
      if (const double area = overlap(box, b); area > 0.0) cost += 400.0 + 6.0 * area;
    for (std::size_t m = 0; m < labels_.size() && cost < enough; ++m)
      if (m != own && has_label(m))
        if (const double area = overlap(box, labels_[m]); area > 0.0) cost += 400.0 + 3.0 * area;
    if (cost >= enough) return cost;
    const auto above = [](const Inked& i, double y) { return i.at.y < y; };
    for (auto i = std::lower_bound(ink_.begin(), ink_.end(), box.y, above);
         i != ink_.end() && i->at.y < box.y + box.height; ++i)
      if (i->at.x > box.x && i->at.x < box.x + box.width && (i->tip || i->line != own)) cost += i->tip ? 400.0 : 40.0;
    return cost;
  }

  const FlowGraph& g_;
  const FlowLayout& layout_;
  std::vector<Box> labels_;  ///< shape (edges)
  std::vector<Box> fixed_;
  std::vector<Inked> ink_;  ///< from top to bottom
};

/// Room for labels that stand over the rim: the picture grows, to the left and upwards by moving everything in it.
void take_in(FlowLayout& out, const std::vector<Box>& labels) {
  double left = kEdge, top = kEdge;
  for (const auto& b : labels) left = std::min(left, b.x), top = std::min(top, b.y);
  const double dx = kEdge - left, dy = kEdge - top;
  for (auto& b : out.boxes) b.x += dx, b.y += dy;
  for (auto& line : out.lines) {
    line.label = {line.label.x + dx, line.label.y + dy};
    for (auto& p : line.points) p = {p.x + dx, p.y + dy};
  }
  out.width += dx;
  out.height += dy;
  for (const auto& b : labels) {
    out.width = std::max(out.width, b.x + dx + b.width + kEdge);
    out.height = std::max(out.height, b.y + dy + b.height + kEdge);
  }
}

}  // namespace

FlowLayout::Box label_box(const FlowGraph::Edge& e, const FlowLayout::Line& line) {
  return {line.label.x - e.label_width / 2, line.label.y - e.label_height / 2, e.label_width, e.label_height};
}

FlowLayout::Box corner_of(const FlowLayout::Box& b) {
  return {b.x + b.width - kMark, b.y - kMark, 2 * kMark, 2 * kMark};
}

std::vector<std::size_t> place_labels(const FlowGraph& g, FlowLayout& out) {
  LabelPlacer placer(g, out);
  placer.choose();
  std::vector<std::size_t> crowded;
  std::vector<Box> labels;
  for (std::size_t k = 0; k < g.edges.size(); ++k) {
    if (!placer.has_label(k)) continue;
    const Box& box = labels.emplace_back(placer.label(k));
    out.lines[k].label = {box.x + box.width / 2, box.y + box.height / 2};
    if (placer.crowded(k)) crowded.push_back(k);
  }
  take_in(out, labels);
  return crowded;
}

}  // namespace castner::drawing

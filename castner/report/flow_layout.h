// SPDX-License-Identifier: Apache-2.0
/// Where units and streams go in a picture: layers from left to right, few crossings, lines as thick as their flow.
#pragma once

#include <string>
#include <vector>

namespace castner::report {

struct FlowGraph {
  struct Node {
    double width = 60.0;  ///< of its box
    bool end = false;     ///< where a feed comes from or a product goes: no box
  };
  struct Edge {
    int from = 0, to = 0;    ///< nodes
    double thickness = 1.0;  ///< of the line
    double label_width = 0.0;
  };
  std::vector<Node> nodes;
  std::vector<Edge> edges;
};

struct FlowPoint {
  double x = 0.0, y = 0.0;
};

struct FlowLayout {
  struct Box {
    double x = 0.0, y = 0.0, width = 0.0, height = 0.0;  ///< top left
  };
  struct Line {
    std::vector<FlowPoint> points;  ///< from source to target; horizontal tangents at each
    bool backwards = false;         ///< runs right to left
    FlowPoint label;                ///< centre of its label
  };
  std::vector<Box> boxes;   ///< shape (nodes)
  std::vector<Line> lines;  ///< shape (edges)
  double width = 0.0, height = 0.0;
  int crossings = 0;
};

struct FlowLayoutOptions {
  double row_gap = 26.0;      ///< between neighbours in a layer
  double label_height = 30.0;
};

/// Lays out any directed graph, cycles and repeated edges included. The same graph gives the same picture.
FlowLayout lay_out(const FlowGraph&, const FlowLayoutOptions& = {});

/// A point of a line: t = 0 at its source, 1 at its target.
FlowPoint along(const FlowLayout::Line&, double t);

}  // namespace castner::report

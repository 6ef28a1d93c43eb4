// SPDX-License-Identifier: Apache-2.0
/// Positions of units and streams in a picture: layers from left to right or from top to bottom, few crossings, lines as
/// thick as their flow.
#pragma once

#include <string>
#include <vector>

namespace castner::drawing {

struct FlowGraph {
  struct Node {
    double width = 60.0;   ///< its name needs at least this
    double height = 38.0;  ///< a name and a code
    bool end = false;      ///< where a feed comes from or a product goes: no box
  };
  struct Edge {
    int from = 0, to = 0;      ///< nodes
    double thickness = 1.0;    ///< of the line
    double label_width = 0.0;  ///< 0: none
    double label_height = 30.0;
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
    std::vector<FlowPoint> points;  ///< from source to target; tangents at each along the layers' direction
    bool backwards = false;         ///< runs against that direction
    FlowPoint label;                ///< centre of its label
  };
  std::vector<Box> boxes;   ///< shape (nodes)
  std::vector<Line> lines;  ///< shape (edges)
  double width = 0.0, height = 0.0;
  bool down = false;  ///< layers from top to bottom
  int crossings = 0;
};

struct FlowLayoutOptions {
  double row_gap = 26.0;  ///< between neighbours in a layer
  bool down = false;      ///< layers from top to bottom instead of from left to right
};

/// Lays out any directed graph, cycles and repeated edges included. The same graph gives the same picture; layers are as far apart as
/// it takes until no label lies on another or on a box.
FlowLayout lay_out(const FlowGraph&, const FlowLayoutOptions& = {});

/// From left to right where that fits a page of this width, else from top to bottom where that fits better.
FlowLayout lay_out_for(const FlowGraph&, FlowLayoutOptions, double page_width);

/// A point of a line: t = 0 at its source, 1 at its target. @param down  as in its layout
FlowPoint along(const FlowLayout::Line&, double t, bool down);

}  // namespace castner::drawing

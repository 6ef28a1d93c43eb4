// SPDX-License-Identifier: Apache-2.0
/// The first half of a flow picture: cycles broken, layers chosen, crossings reduced.
#pragma once

#include <cstddef>
#include <vector>

#include "castner/drawing/flow_layout.h"

namespace castner::drawing {

/// An index of the graph or of its layers, as containers want it.
inline std::size_t at(int i) { return static_cast<std::size_t>(i); }

/// A graph in layers: its nodes, and a stand-in wherever an edge passes a layer.
struct Layered {
  struct Item {
    int node = -1;  ///< of the graph, or -1 for a stand-in
    int edge = -1;  ///< of the graph, for a stand-in
    int layer = 0;
  };
  struct Link {
    int left = 0, right = 0;  ///< items in neighbouring layers
    int edge = 0;
  };
  std::vector<Item> items;
  std::vector<Link> links;
  std::vector<std::vector<int>> layers;  ///< items from top to bottom
  std::vector<std::vector<int>> chains;  ///< shape (edges): items from left to right along each edge
  std::vector<bool> reversed;            ///< shape (edges): runs from right to left
  int crossings = 0;
};

Layered layered(const FlowGraph&);

}  // namespace castner::drawing

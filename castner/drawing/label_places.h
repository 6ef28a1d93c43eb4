// SPDX-License-Identifier: Apache-2.0
/// Where the labels of a flow picture stand: on or beside their lines, none on another, on a box or outside.
#pragma once

#include <cstddef>
#include <vector>

#include "castner/drawing/flow_layout.h"

namespace castner::drawing {

/// Sets the label of each line that has one.
/// @return the lines whose label found no place of its own: between their boxes there must be more room
std::vector<std::size_t> place_labels(const FlowGraph&, FlowLayout&);

/// Where the label of this line stands.
FlowLayout::Box label_box(const FlowGraph::Edge&, const FlowLayout::Line&);

/// Where a mark may stand at a box, at its upper right corner.
FlowLayout::Box corner_of(const FlowLayout::Box&);

}  // namespace castner::drawing

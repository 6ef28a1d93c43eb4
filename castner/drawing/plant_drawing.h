// SPDX-License-Identifier: Apache-2.0
/// A plant as one drawing, the same for the report and the pages: units are boxes, streams are lines with a label each.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "castner/drawing/flow_layout.h"
#include "castner/plant/plant.h"

namespace castner::drawing {

inline constexpr double kPictureFont = 12.5;  ///< of every text in the drawing [px]
inline constexpr double kTwoLines = 30.0;     ///< height of a stream's name and flow [px] ...
inline constexpr double kThreeLines = 44.0;   ///< ... and of what its instrument reads where that is wrong

/// A stream's name and its code: "feed brine BR". The code stands beside the name, smaller; alone where there is no name.
struct Label {
  std::string name, code;
  double width = 0.0;  ///< [px], with the marks of a stream before it
};
/// Only names and codes beyond any use are cut.
Label label_of(std::string_view name, std::string_view code);

/// The title of a unit as it stands in its box: whole, in two lines where it is long.
std::vector<std::string> lines_in_box(std::string_view title);

/// The room that the drawing keeps free for a stream [px]. The defaults do not ask what flows, so that a live picture stays where it is.
struct StreamRoom {
  double thickness = 8.0;  ///< across its line
  double label_width = 90.0;
  double label_height = kTwoLines;
};

struct PlantDrawing {
  struct Unit {
    FlowLayout::Box box;
    int level = 0;  ///< its place along the flow, 0 at the feeds
  };
  std::vector<std::optional<Unit>>
      units;                            ///< shape (plant.units); none where no pipe touches it: a rectifier has wires
  std::vector<FlowLayout::Line> lines;  ///< shape (plant.streams)
  double width = 0.0, height = 0.0;     ///< [px]
  bool down = false;                    ///< the flow runs from top to bottom, else from left to right
};

/// @param rooms  shape (plant.streams)
PlantDrawing draw_plant(const plant::Plant&, std::span<const StreamRoom> rooms);

/// Lines as thick as their flow [px]: 26 for the largest, never below 1.6, which is also that of an unknown flow.
/// @param flows  of either sign, all in one unit
std::vector<double> line_thicknesses(std::span<const std::optional<double>> flows);

}  // namespace castner::drawing

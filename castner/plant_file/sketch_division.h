// SPDX-License-Identifier: Apache-2.0
/// How brine and caustic divide over electrolysers where the meters are on the headers alone: nothing tells it, and it is assumed.
#pragma once

#include <string>
#include <vector>

#include "castner/plant_file/sketch.h"

namespace castner::plant_file {

/// Sides of several electrolysers that have neither a flow nor a strength metered, in what goes in or in what comes out of it.
std::vector<Division> untold_divisions(const Sketch&);

/// What a plant file says of it.
struct DivisionTables {
  std::string text;                      ///< [[variable]] and [[equation]]
  std::vector<Sketch::Assumed> assumed;  ///< each electrolyser's share
};
/// @param sketch  whose named ports have one pipe each
DivisionTables divided(const Sketch& sketch);

}  // namespace castner::plant_file

// SPDX-License-Identifier: Apache-2.0
/// Where the pipes of a sketch meet without a unit: the mixers and splitters that nobody need pick.
#pragma once

#include "castner/plant_file/sketch.h"

namespace castner::plant_file {

/// The sketch with a unit at each such place: a mixer where several pipes become one, a splitter where one becomes several, both
/// where several become several. Then each named port has one pipe, and no end is that of every unit of a model.
Sketch joined(Sketch);

}  // namespace castner::plant_file

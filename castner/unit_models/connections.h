// SPDX-License-Identifier: Apache-2.0
/// Checks of the streams at a model's ports, with their messages.
#pragma once

#include <string>
#include <vector>

#include "castner/base/error.h"
#include "castner/plant/model.h"
#include "castner/plant/stream_view.h"

namespace castner::unit_models {

/// Every kind of contents there is.
std::vector<plant::Contents> anything();
/// Contents whose heat varies.
std::vector<plant::Contents> fluids();

/// Adds a problem unless the unit has exactly this many inlets (outlets).
void want_count(const plant::UnitSpec&, bool inlets, std::size_t count, Error&);
/// Adds a problem unless the stream has these contents; `reason` says why: "what is split is brine".
void want_contents(const plant::UnitSpec::Port&, plant::Contents, const std::string& reason, Error&);

/// Adds a problem where something may flow in that the product cannot hold.
void want_fitting(const plant::UnitSpec::Port& feed, const plant::Port& product, Error&);

std::string name_of(plant::Contents);

}  // namespace castner::unit_models

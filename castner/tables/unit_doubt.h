// SPDX-License-Identifier: Apache-2.0
/// Says why the unit in a file's header is asked back instead of converted: what looks like a slip of the header far more often than a
/// choice of it.
#pragma once

#include <optional>
#include <string>

#include "castner/base/quantity.h"

namespace castner::tables {

/// Gauge against absolute pressure, unless the header says itself that it is absolute; a factor of 1000 or more. Nothing where the unit
/// is believed. @param theirs  of the file   @param absolute  its header says "kPa(a)"   @param ours  of the same dimension
/// @param foreign  the header has another unit, which was read as theirs: no slip of a prefix
[[nodiscard]] std::optional<std::string> unit_doubt(const Measure& theirs, bool absolute, const Measure& ours,
                                                    bool foreign = false);

/// Whether no instrument of a plant reads so much: tells 101.325 from 101,325 where a file does not show which is meant.
[[nodiscard]] bool beyond_any_plant(const Measure&, double value);

}  // namespace castner::tables

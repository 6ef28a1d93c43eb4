// SPDX-License-Identifier: Apache-2.0
/// The main job: from a plant and its data to its true balance, its indicators and its losses in money.
#pragma once

#include <functional>
#include <optional>
#include <stop_token>
#include <string>

#include "castner/assess/assessment.h"
#include "castner/assess/state.h"
#include "castner/base/error.h"
#include "castner/plant/plant.h"
#include "castner/tables/table_reader.h"

namespace castner::assess {

struct AssessOptions {
  std::optional<Time> from, to;          ///< half-open
  std::optional<std::string> time_zone;  ///< whose midnight the windows count from
  bool one_window = false;               ///< all of [from, to), both given, is one window
  bool believe_units = false;            ///< the series' units were stated by a person, not by the header of a file
  solve::ReconcileOptions reconcile;
  PlantReconciler* kept = nullptr;  ///< of this plant, warm from the time before; none: a new one
  std::stop_token stop;  ///< asked to stop, the windows that are left are left out: the answer is of no use then
  std::function<void(std::size_t looked_at, std::size_t windows)> count =
      {};  ///< told before each window; may be empty
};

/// Assesses a table of samples, or a snapshot where the table is one. A unit in a header that does not fit its
/// measurement, or is more likely a slip (tables::unit_doubt), is a problem; columns the plant does not know become a finding.
[[nodiscard]] Result<Assessment> assess(const plant::Plant&, const tables::Table&, const std::string& data_file,
                                        const AssessOptions& = {});

/// Assesses one set of readings, such as the plant file's own.
/// @param words  what is said of each unit, shape (plant.units); none: what the plant file's keys say
[[nodiscard]] Assessment assess_readings(const plant::Plant&, const std::vector<Measured>&, const AssessOptions& = {},
                                         const std::vector<plant::IdleWord>& words = {});

/// The first sample after the last time that a unit was stopped or started within [from, to); none: nothing was.
[[nodiscard]] Result<std::optional<Time>> last_switch(const plant::Plant&, const tables::Table&, Time from, Time to,
                                                      PlantReconciler& kept);

}  // namespace castner::assess

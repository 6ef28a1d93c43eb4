// SPDX-License-Identifier: Apache-2.0
/// The newest window of a running plant: its readings are read from the store, assessed, and the results stored as readings.
#pragma once

#include <chrono>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "castner/assess/state.h"
#include "castner/historian/store.h"
#include "castner/service/live_state.h"
#include "castner/service/stored_series.h"
#include "castner/service/unit_states.h"

namespace castner::service {

/// An attempt to assess the newest window.
struct LiveAttempt {
  std::shared_ptr<const LiveAssessment> made;  ///< null if there was nothing to assess
  std::string why_not;                         ///< as LiveState::not_reconciled
  bool good() const { return why_not.empty(); }
};

/// What is kept of a plant from one look to the next. The plant must outlive it.
struct LiveMemory {
  explicit LiveMemory(const plant::Plant& plant) : reconciler(plant), units(plant) {}
  assess::PlantReconciler reconciler;  ///< starts from the last answer
  EarlierReadings earlier = {};
  UnitStates units;  ///< the assessment tells their stops of the last day
};

/// Assesses the last `plant.assess.window` before `now`; while the data are younger than that, or begin anew after a silence
/// longer than max_gap, the stretch since then; and since the last time that a unit was stopped or started.
/// @param tags  of the server's file: which unit each tag's readings are in
[[nodiscard]] Result<LiveAttempt> assess_newest(const plant::Plant&, const std::vector<sources::TagSettings>& tags,
                                                const historian::Store&, Time now, LiveMemory&);

/// When results hold, and when they were computed.
struct Stamp {
  Time time, made;
};
/// A balance as readings: every quantity that can be told and its standard
/// deviation, in SI, and every indicator in its own unit. Defines the tags, all at once: the first balance of a plant makes hundreds.
/// @param state  null: no balance, nothing
[[nodiscard]] Result<std::vector<historian::TaggedReading>> derived_readings(
    const plant::Plant&, const assess::State* state, const std::map<std::string, assess::Amount>& indicators, Stamp,
    historian::Store&);
/// The same of the newest window, at its end.
[[nodiscard]] Result<std::vector<historian::TaggedReading>> derived_readings(const plant::Plant&, const LiveAssessment&,
                                                                             historian::Store&);

}  // namespace castner::service

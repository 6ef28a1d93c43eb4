// SPDX-License-Identifier: Apache-2.0
/// Which units of a running plant are out of service and since when.
///
/// The plant's windows are looked at as `castner assess` looks at those of a file. What each whole one shows is kept in the store among the
/// server's own readings, so that a restart knows it, and balances of the past tell it of their time; what the window that still runs shows
/// is known until it is whole.
#pragma once

#include <span>
#include <vector>

#include "castner/assess/assessment.h"
#include "castner/assess/state.h"
#include "castner/historian/store.h"
#include "castner/service/stored_series.h"

namespace castner::service {

/// A unit as the newest readings show it.
struct UnitState {
  bool idle = false;
  std::optional<Time> since;          ///< stopped or started then; none: not within what is known
  std::vector<assess::Outage> stops;  ///< of the last week, the one that lasts among them
};

/// As readings of the server's own, 1 out of service and 0 in service. Defines the tags.
[[nodiscard]] Result<std::vector<historian::TaggedReading>> stand_readings(const plant::Plant&,
                                                                           std::span<const assess::Stand>, Time made,
                                                                           historian::Store&);

/// Of one plant, which must outlive it.
class UnitStates {
 public:
  explicit UnitStates(const plant::Plant& plant) : plant_(plant), reconciler_(plant) {}

  /// Looks at what has come since the last look, at most some hours of it; behind() says that more is left.
  [[nodiscard]] Result<void> look(const std::vector<sources::TagSettings>&, historian::Store&, Time now);
  bool behind() const { return behind_; }
  /// Shape (plant.units); empty: not known, nothing to tell of or behind.
  const std::vector<UnitState>& now() const { return now_; }
  /// Stops that lasted until some time after `from`, by unit, then in time.
  std::vector<assess::Outage> stops_after(Time from) const;

 private:
  Result<Time> first_open(const historian::Store&, Time now) const;
  Result<std::vector<assess::Stand>> known(std::size_t unit, const historian::Store&, Time from, Time to) const;

  const plant::Plant& plant_;
  assess::PlantReconciler reconciler_;
  EarlierReadings earlier_;
  std::optional<Time> open_;  ///< whole windows before have been looked at
  bool behind_ = false;
  std::vector<UnitState> now_;
};

}  // namespace castner::service

// SPDX-License-Identifier: Apache-2.0
/// The present state of the plant and the server: one immutable value that every page reads.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>

#include "castner/base/clock.h"
#include "castner/historian/retention.h"
#include "castner/insight/finding.h"
#include "castner/plant/plant.h"
#include "castner/service/unit_states.h"
#include "castner/sources/source.h"

namespace castner::service {

/// One run of the reconciliation over the newest window.
struct LiveAssessment {
  insight::Judged assessment;  ///< of one window, the newest
  Time from, to;               ///< the window
  Time made;                   ///< when it was computed
};

/// Published whole, never changed afterwards: readers share it without locks.
struct LiveState {
  Time at;                                          ///< when this picture was taken
  std::shared_ptr<const plant::Plant> plant;        ///< null without a plant file
  bool made_up = false;                             ///< the data come from no real plant
  std::shared_ptr<const LiveAssessment> last;       ///< the newest attempt, steady or not; null before the first
  std::shared_ptr<const LiveAssessment> last_good;  ///< the newest that was steady and converged; null before the first
  std::map<std::string, sources::SourceHealth> sources;
  std::vector<UnitState> units;  ///< shape (plant->units); empty: not known
  std::string
      not_reconciled;  ///< why the newest attempt has no balance, in language-free words: "no_data" "not_steady" "at_rest"
                       ///< "too_short" "solver" "historian" "configuration" "fault" "no_plant"; "" where it has
  std::uint64_t stored = 0;  ///< readings of sources made durable since the start
  std::uint64_t refused =
      0;  ///< readings of sources left out since the historian can never keep them, a text for example
  std::uint64_t ahead = 0;    ///< readings from the future, of sources and pushed, since the start
  std::uint64_t waiting = 0;  ///< readings that wait for the historian
  std::uint64_t turned_away =
      0;  ///< deliveries that found no room to wait; every try counts, and nothing is lost by it
  std::optional<historian::Forgotten> deletion_waits;  ///< old readings whose deletion a person should confirm
  std::string storage_error;                           ///< the historian's last refusal; "" while it takes readings
};

/// Names of the tags that the server itself writes into the history, beside the instruments' own.
/// "reconciled:S1.flow_mass", its standard deviation "reconciled_sd:S1.flow_mass"; likewise "indicator:" paths.
inline std::string reconciled_tag(const std::string& path) { return "reconciled:" + path; }
inline std::string reconciled_sd_tag(const std::string& path) { return "reconciled_sd:" + path; }
inline std::string indicator_tag(const std::string& path) { return "indicator:" + path; }
inline std::string indicator_sd_tag(const std::string& path) { return "indicator_sd:" + path; }
/// Of a unit: 1 while it is out of service, 0 while it is not.
inline constexpr const char* kOutOfService = "out_of_service";
inline std::string out_of_service_tag(const std::string& unit) { return indicator_tag(unit + "." + kOutOfService); }

}  // namespace castner::service

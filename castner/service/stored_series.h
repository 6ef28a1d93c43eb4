// SPDX-License-Identifier: Apache-2.0
/// What a balance of a stretch of time needs of the readings in the store: those of the stretch, and what was said before it.
#pragma once

#include <map>
#include <stop_token>
#include <vector>

#include "castner/base/error.h"
#include "castner/historian/store.h"
#include "castner/plant/plant.h"
#include "castner/readings/sample.h"
#include "castner/sources/source.h"

namespace castner::service {

/// A few readings of each tag of weeks ago, which a minute hardly changes: kept from one look to the next, for an hour.
struct EarlierReadings {
  Time before;
  std::map<historian::TagId, std::vector<readings::Sample>> samples;
};

/// The readings of the plant's instruments and of the tags that say whether a unit is idle, as assess() wants them:
///  1. from `from` to `to`, and max_gap before and after, since a reading is believed for so long and the ends of a window are
///     judged by their neighbours;
///  2. of each tag a few of the three weeks before: a stretch in which a unit stands still does not show what its instruments
///     read at load, and a current of 1 % of that is standstill;
///  3. of a tag that says whether a unit is idle its last word before, however old.
///
/// A tag with more readings than memory is meant for (4 million of all tags together, at most 200 000 and at least 2000 of one)
/// counts by the means of equal short stretches instead: whatever floods in, the whole stretch counts up to its end.
/// @param tags  of the server's file: which unit each tag's readings are in
/// @param kept  saves reading the weeks before again
/// @param stop  asked to stop, the tags that are left are left out: the answer is of no use then
[[nodiscard]] Result<std::vector<readings::Series>> stored_series(const plant::Plant&,
                                                                  const std::vector<sources::TagSettings>& tags,
                                                                  const historian::Store&, Time from, Time to,
                                                                  EarlierReadings& kept,
                                                                  const std::stop_token& stop = {});

}  // namespace castner::service

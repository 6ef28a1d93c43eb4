// SPDX-License-Identifier: Apache-2.0
/// Small plants with made-up answers, for the tests of the report. Nothing here is measured.
#pragma once

#include <string>
#include <vector>

#include "castner/insight/finding.h"
#include "castner/plant/plant.h"

namespace castner::report::testing {

struct Case {
  plant::Plant plant;
  insight::Judged assessment;
};

/// Two nodes, four streams, three of them metered, one snapshot, one biased meter.
Case small_network();
/// The same plant with nothing in it: no units, no streams, no measurements, no windows.
Case empty_plant();
/// small_network() with names that try to break out of HTML, JSON and CSV.
Case hostile_names();
/// The published steam network of the plants folder, 28 streams, reconciled by least squares in the fixture.
Case steam_network();
/// A caustic evaporator with five streams.
Case evaporator();
/// Four electrolysers and a three-effect train, about 40 streams, two days of half-hour windows.
Case cell_room();

}  // namespace castner::report::testing

// SPDX-License-Identifier: Apache-2.0
/// Instruments that repeat one value while they normally move (stuck), or give no good reading while others do (dead).
#pragma once

#include <chrono>
#include <span>
#include <vector>

#include "castner/readings/sample.h"

namespace castner::signals {

struct Stretch {
  Time from, to;  ///< first and last sample of it
};

/// Stretches over which a series repeats exactly one value, longer than `min_length` and at least ten samples.
///
/// A repeated value alone proves nothing: setpoints rest, coarse displays stand still, idle pumps read 0. So a stretch counts
/// only where the rest of the same series shows that it moves, up and down (20 changes, 5 of them reversals), and then
/// - where its steps are mostly larger than its resolution (a noisy instrument): the stretch is ten times longer than 95 % of
///   its runs, and chance would give such a run less than once in a million series as long;
/// - where its steps are about its resolution (a coarse or slow signal): ten times longer than any other run;
/// and it did not rest at that very value three times or more, which is a habit. A series that never moves is never stuck:
/// nothing in it tells a stuck instrument from a constant.
/// @param samples  ascending in time; those without a good or uncertain value are passed over
[[nodiscard]] std::vector<Stretch> stuck_stretches(std::span<const readings::Sample> samples,
                                                   std::chrono::nanoseconds min_length);

/// Stretches longer than `min_length` without a usable value, in which the series holds at least ten bad ones or, where its
/// samples are missing for ten of its own mean intervals, the busiest series has at least ten. A series without any usable
/// value is dead from end to end.
/// @param busiest  the series with the most samples: when the file was written at all
[[nodiscard]] std::vector<Stretch> dead_stretches(std::span<const readings::Sample> samples,
                                                  std::span<const readings::Sample> busiest,
                                                  std::chrono::nanoseconds min_length);

/// Good or uncertain, and a number.
[[nodiscard]] bool usable(const readings::Sample&);

}  // namespace castner::signals

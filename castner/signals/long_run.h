// SPDX-License-Identifier: Apache-2.0
/// How much sums and means of a series wander that remembers its past.
#pragma once

#include <span>

namespace castner::signals {

/// The sd per sample that counts where many samples are added: the sum of n of them has sd sqrt(n) times this one. Greater than their own sd
/// where neighbours are alike, smaller where they alternate, the same for white noise. From their autocovariances up to `lags`, with weights
/// that fall to zero, so that the result is no root of a negative number. Source [newey-west-1987].
/// @param series  evenly spaced, without gaps; 0 of fewer than two   @param lags  as far as samples remember, well below their number
[[nodiscard]] double long_run_sd(std::span<const double> series, int lags);

}  // namespace castner::signals

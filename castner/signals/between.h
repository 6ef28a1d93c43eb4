// SPDX-License-Identifier: Apache-2.0
/// The mean of a tag that reports only when it changes: exports of a historian that compresses, readings by exception.
#pragma once

#include <functional>
#include <span>

#include "castner/signals/windows.h"

namespace castner::signals {

/// @param samples  the whole series, ascending: the reading before the window and the one after it count too
/// @param instrument_sd  of this tag at a reading
WindowMean mean_between(std::span<const readings::Sample>, Time from, Time to, const WindowOptions&,
                        const std::function<double(double)>& instrument_sd);

}  // namespace castner::signals

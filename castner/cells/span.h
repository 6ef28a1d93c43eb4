// SPDX-License-Identifier: Apache-2.0
/// Spans of time [s].
#pragma once

namespace castner::cells {

inline constexpr double kMinute = 60.0, kHour = 3600.0, kDay = 86400.0;

}  // namespace castner::cells

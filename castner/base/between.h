// SPDX-License-Identifier: Apache-2.0
/// What a tag is between two of its readings.
#pragma once

namespace castner {

/// Nothing is known; the earlier one held; a line joins them.
enum class Between { nothing, hold, line };

}  // namespace castner

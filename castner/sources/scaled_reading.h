// SPDX-License-Identifier: Apache-2.0
/// Makes a reading of a raw number: value = raw * scale + offset, as the settings of its tag say.
#pragma once

#include <cmath>
#include <cstdint>
#include <utility>

#include "castner/readings/reading.h"

namespace castner::sources {

/// An integer stays one where scale is 1 and offset 0; states and texts are never scaled. NaN and infinities are a
/// device's way to say "no value": bad_no_data.
[[nodiscard]] inline readings::Reading scaled_reading(readings::Value raw, double scale, double offset, Time time) {
  using readings::StatusCode;
  if (scale != 1.0 || offset != 0.0) {
    if (const auto* number = std::get_if<double>(&raw)) raw = *number * scale + offset;
    if (const auto* number = std::get_if<std::int64_t>(&raw)) raw = static_cast<double>(*number) * scale + offset;
  }
  const auto* number = std::get_if<double>(&raw);
  const auto status = number && !std::isfinite(*number) ? StatusCode::bad_no_data : StatusCode::good;
  return {.time = time, .value = std::move(raw), .status = status};
}

}  // namespace castner::sources

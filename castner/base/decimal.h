// SPDX-License-Identifier: Apache-2.0
/// Reads a decimal number to the nearest double, also where that is zero.
#pragma once

#include <charconv>

namespace castner {

/// std::from_chars for a double, which refuses 1e-400 as it refuses 1e400. IEEE 754 rounds the one to zero, with its sign; the other is beyond
/// the range.
std::from_chars_result read_decimal(const char* first, const char* last, double& value);

}  // namespace castner

// SPDX-License-Identifier: Apache-2.0
/// Decimal numbers in text: to the nearest double, also where that is zero; and those that a text is as a whole.
#pragma once

#include <charconv>
#include <optional>
#include <string_view>

namespace castner {

/// std::from_chars for a double, which refuses 1e-400 as it refuses 1e400. IEEE 754 rounds the one to zero, with its sign; the other is beyond
/// the range.
std::from_chars_result read_decimal(const char* first, const char* last, double& value);

/// The number that a text is, with nothing before or behind it; nullopt where it is none or beyond what T holds.
template <class T>
std::optional<T> plain_number(std::string_view text) {
  T value{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return value;
}

}  // namespace castner

// SPDX-License-Identifier: Apache-2.0
/// Makes a reading of a raw number: value = raw * scale + offset, as the settings of its tag say.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

#include "castner/base/quantity.h"
#include "castner/readings/reading.h"
#include "castner/sources/source.h"

namespace castner::sources {

/// raw * scale + offset; without an offset zero keeps its sign, which adding 0 would take.
[[nodiscard]] inline double scaled(double raw, double scale, double offset) {
  return offset == 0.0 ? raw * scale : raw * scale + offset;
}

/// An integer stays one where scale is 1 and offset 0; states and texts are never scaled. NaN and infinities are a
/// device's way to say "no value": bad_no_data.
[[nodiscard]] inline readings::Reading scaled_reading(readings::Value raw, double scale, double offset, Time time) {
  using readings::StatusCode;
  if (scale != 1.0 || offset != 0.0) {
    if (const auto* number = std::get_if<double>(&raw)) raw = scaled(*number, scale, offset);
    if (const auto* number = std::get_if<std::int64_t>(&raw)) raw = static_cast<double>(*number) * scale + offset;
  }
  const auto* number = std::get_if<double>(&raw);
  const auto status = number && !std::isfinite(*number) ? StatusCode::bad_no_data : StatusCode::good;
  return {.time = time, .value = std::move(raw), .status = status};
}

/// The number that a text is, "23.5", blanks round it and a plus sign allowed; nothing for any other text.
[[nodiscard]] inline std::optional<double> number_of_text(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
  std::size_t length = 0;
  const auto number = leading_number(text, length);
  return length == text.size() ? number : std::nullopt;
}

/// Whether a device's raw number stands for "no value".
[[nodiscard]] inline bool says_no_data(const readings::Value& raw, std::span<const NoData> no_data) {
  const auto is = [&](const NoData& n) {
    const auto* whole = std::get_if<std::int64_t>(&raw);
    const auto* whole_none = std::get_if<std::int64_t>(&n);
    if (whole && whole_none) return *whole == *whole_none;
    const auto* real = std::get_if<double>(&raw);
    if (!real && !whole) return false;
    const double value = real ? *real : static_cast<double>(*whole);
    const double none = std::visit([](auto x) { return static_cast<double>(x); }, n);
    // A device that computes in single precision sends the single that is nearest.
    return value == none || (std::abs(none) > 1e9 && static_cast<float>(value) == static_cast<float>(none));
  };
  return std::any_of(no_data.begin(), no_data.end(), is);
}

[[nodiscard]] inline std::string no_data_text(const NoData& n) {
  const auto* whole = std::get_if<std::int64_t>(&n);
  return whole ? std::to_string(*whole) : number_text(std::get<double>(n));
}

/// The tag's own numbers and those of its source.
[[nodiscard]] inline std::vector<NoData> no_data_of(const SourceSettings& source, const TagSettings& tag) {
  auto all = tag.no_data;
  all.insert(all.end(), source.no_data.begin(), source.no_data.end());
  return all;
}

/// A double has 53 bits: whether it holds an integer beyond the largest int64 as it is.
[[nodiscard]] constexpr bool double_holds(std::uint64_t n) { return n <= INT64_MAX || (n & 0x7FF) == 0; }

}  // namespace castner::sources

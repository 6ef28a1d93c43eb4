// SPDX-License-Identifier: Apache-2.0
/// Tags that differ by one number only: the voltages of an electrolyser's cells, among others.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <vector>

namespace castner::readings {

struct TagFamily {
  std::string before, after;         ///< what stands before and after the number: "EI-1101-", ""
  std::vector<std::size_t> members;  ///< indices of the tags, by their number
};

/// The families of two tags and more, in the order of their first tag. Where two numbers of a tag count, the last counts cells and the other
/// electrolysers ("E1_1"), unless the other goes much further ("Cell 12 E1").
[[nodiscard]] std::vector<TagFamily> tag_families(std::span<const std::string> tags);

/// Tags for a sentence: those of a family that count without a gap as one pattern (tag_pattern.h), in the place of the first of them.
[[nodiscard]] std::vector<std::string> counted_short(std::span<const std::string> tags);

}  // namespace castner::readings

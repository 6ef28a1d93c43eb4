// SPDX-License-Identifier: Apache-2.0
/// Tags that count, written short: "EI-1101-{001..180}" is "EI-1101-001" to "EI-1101-180".
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "castner/base/error.h"

namespace castner::readings {

/// That a pattern may count: more cells than any electrolyser has.
constexpr std::size_t kMostTags = 10000;

/// Every tag of a pattern, in the order of its counts; one that holds none is a tag itself. Counts keep the width of the first number where
/// that begins with 0, and may go down. Several in one pattern: the last goes fastest. Braces around anything but two numbers are part of
/// the tag.
[[nodiscard]] Result<std::vector<std::string>> expand_tags(std::string_view pattern);

/// Patterns that expand to these tags in this order: one for each stretch that counts without a gap.
/// @param before, after  what stands before and after the number in each of them
[[nodiscard]] std::vector<std::string> patterns_of(std::span<const std::string> tags, std::string_view before,
                                                   std::string_view after);

}  // namespace castner::readings

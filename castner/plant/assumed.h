// SPDX-License-Identifier: Apache-2.0
/// What nobody measured but took for true, with an uncertainty: a measurement of the plant file that is no instrument.
#pragma once

#include <string_view>

namespace castner::plant {

/// How its tag begins.
constexpr std::string_view kAssumedTag = "assumed: ";

constexpr bool assumed(std::string_view tag) { return tag.starts_with(kAssumedTag); }

}  // namespace castner::plant

// SPDX-License-Identifier: Apache-2.0
/// How large a table may be. They are counted while reading, so that a small file cannot fill the memory; no export of readings comes near.
#pragma once

#include <cstddef>
#include <limits>
#include <string>

namespace castner::tables {

constexpr int kMostColumns = 16384;        ///< Excel's own
constexpr std::size_t kMostTags = 100000;  ///< of a table whose rows name them
/// [bytes] A full row of 16384 cells has half a MiB, its names 2 MiB at most.
constexpr std::size_t kLongestLine = std::size_t{4} << 20;
constexpr std::size_t kUnlimited = std::numeric_limits<std::size_t>::max();

/// What a table is refused for whose reading was stopped; nobody waits for it.
constexpr const char* kStopped = "was not read to its end, because its reading was stopped";
constexpr const char* kStoppedCure = "read it again";
inline std::string too_many_cells(std::size_t most) { return "has more than " + std::to_string(most) + " cells"; }

}  // namespace castner::tables

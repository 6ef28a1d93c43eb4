// SPDX-License-Identifier: Apache-2.0
/// A chunk: consecutive readings of one tag, compressed, with their summary.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "castner/historian/aggregate.h"
#include "castner/historian/columns.h"

namespace castner::historian {

struct Chunk {
  Summary summary;  ///< of those that count; begin and end are those of all
  std::uint64_t count = 0;
  std::string block;
};

/// Cuts readings in order into chunks: at a long silence, and when one is full.
/// @param bytes_each  about what a reading takes, 0 where unknown: a good guess saves packing twice
std::vector<Chunk> cut_into_chunks(TagId, const Columns& in_order, double bytes_each);

/// Whether a chunk of so many readings and bytes is full.
bool is_full(std::uint64_t count, std::size_t block_bytes);

/// Mean time from one reading to the next [ns]; 0 for fewer than two.
std::int64_t mean_step(std::int64_t first, std::int64_t last, std::uint64_t count);

/// Whether a silence from one reading to the next is too long for one chunk, where readings come each `step` [ns].
bool is_long_silence(std::int64_t earlier, std::int64_t later, std::int64_t step);

/// The summary of those of the readings in order [first, last) that count.
Summary summary_of(const Columns& in_order, std::size_t first, std::size_t last);

/// The bytes do not hold begin and end; these are columns of the row.
std::string packed(const Summary&);
std::optional<Summary> unpacked(std::string_view, Time begin, Time end);

}  // namespace castner::historian

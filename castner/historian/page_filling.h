// SPDX-License-Identifier: Apache-2.0
/// Rows of chunks on the file's pages, so that little of them stays empty: where three days of readings leave a gap on a page, a
/// piece of a fourth one fills it.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "castner/historian/chunk.h"

namespace castner::historian {

/// A chunk that is to become a row.
struct ChunkRow {
  TagId tag{};
  bool late = false;
  Chunk chunk;
  bool grows = false;  ///< soon a longer one takes its place: among others it would leave a hole
};

constexpr std::size_t kPage = 8184;  ///< room for rows on a page [bytes]

/// What of it lies on a page that it shares with other rows [bytes]: all, but for a very long one, which has pages of its own.
std::size_t bytes_on_page(const ChunkRow&);

/// The same readings in as many or more rows: where nothing fits into what is left of a page, one is cut into pieces that do.
/// @param room  on the last page [bytes], about
std::vector<ChunkRow> cut_to_fill(std::vector<ChunkRow>, std::size_t room);

/// The places of rows in the order in which they fill pages: always the longest one that fits, and those that grow after all
/// others. SQLite puts each on the last page, or where it does not fit there on a new one.
/// @param room  on the last page [bytes]; afterwards, what is left on it
std::vector<std::size_t> filling_order(std::span<const ChunkRow>, std::size_t& room);

}  // namespace castner::historian

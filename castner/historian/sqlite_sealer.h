// SPDX-License-Identifier: Apache-2.0
/// Turns waiting readings into chunks: those in time join the tag's last chunk while it is small, late ones get their own.
#pragma once

#include <utility>
#include <vector>

#include "castner/historian/chunk.h"
#include "castner/historian/columns.h"
#include "castner/historian/sqlite_db.h"

namespace castner::historian {

/// A chunk that is to become a row.
struct ChunkRow {
  TagId tag{};
  bool late = false;
  Chunk chunk;
  [[nodiscard]] Result<void> write(Db&) const;
};

/// What is to change in the file.
struct Sealed {
  std::vector<std::int64_t> taken;  ///< ids of the chunks that go, since they are in the rows
  std::vector<ChunkRow> rows;
  void append(Sealed);
};

/// Makes chunks of these readings (in the order appended) and of those in the file that they join. Only reads: the connection must
/// be in a transaction.
/// @param waiting   may be empty: then only what is in the file is joined
/// @param thorough  joins all small chunks at the end, though they may have to be packed anew soon
[[nodiscard]] Result<void> seal(Db&, TagId, const Columns& waiting, Sealed&, bool thorough);

}  // namespace castner::historian

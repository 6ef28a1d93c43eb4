// SPDX-License-Identifier: Apache-2.0
/// Flush and compaction of one tag: readings of a memtable become chunks, and small chunks at the tag's end become one.
#pragma once

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

/// The changes that flushes make in the file.
struct FileChange {
  std::vector<std::int64_t> replaced;  ///< ids of chunks whose readings are in `rows`, so that they go
  std::vector<ChunkRow> rows;
};

/// Adds the chunks of one tag to `change`. Only reads the file: the connection must be in a transaction.
/// @param memtable     the tag's readings in the order appended; may be empty, then only chunks in the file are compacted
/// @param compact_all  merges all small chunks at the end, though they may have to be compressed anew soon
[[nodiscard]] Result<void> flush_tag(Db&, TagId, const Columns& memtable, bool compact_all, FileChange& change);

}  // namespace castner::historian

// SPDX-License-Identifier: Apache-2.0
/// Turns waiting readings into chunks: those in time join the tag's last chunk while it is small, late ones get their own.
#pragma once

#include <vector>

#include "castner/historian/chunk.h"
#include "castner/historian/columns.h"
#include "castner/historian/sqlite_db.h"

namespace castner::historian {

/// Chunks that are to become rows. They are written together, longest first: rows of one length fill pages, mixed ones do not.
/// Whether one is late is settled when it is added, so everything of a tag that it might overlap must be written before.
class ChunkRows {
 public:
  void add(TagId, Chunk, bool late);
  /// Late where it overlaps one in the file.
  [[nodiscard]] Result<void> add(Db&, TagId, Chunk);
  [[nodiscard]] Result<void> write(Db&);
  bool has(TagId) const;

 private:
  struct Row {
    TagId tag{};
    bool late = false;
    Chunk chunk;
  };
  std::vector<Row> rows_;
};

/// Within a transaction of the writer: makes chunks of these readings (in the order appended), and takes those they join
/// out of the file.
/// @param thorough  joins all small chunks at the end, though they may have to be packed anew soon
[[nodiscard]] Result<void> seal(Db&, TagId, const Columns& waiting, ChunkRows&, bool thorough);

}  // namespace castner::historian

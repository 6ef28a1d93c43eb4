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
  /// Late where it overlaps one in the file, but for the late one of this id.
  [[nodiscard]] Result<void> add(Db&, TagId, Chunk, std::int64_t but_for = 0);
  [[nodiscard]] Result<void> write(Db&) const;
  void clear() { rows_.clear(); }
  bool has(TagId) const;

 private:
  struct Row {
    TagId tag{};
    bool late = false;
    Chunk chunk;
  };
  std::vector<Row> rows_;
};

/// What is to change in the file.
struct Sealed {
  std::vector<std::int64_t> taken;  ///< ids of the chunks that go, since they are in the rows
  ChunkRows rows;
};

/// Makes chunks of these readings (in the order appended) and of those in the file that they join. Only reads: the connection must
/// be in a transaction.
/// @param waiting   may be empty: then only what is in the file is joined
/// @param thorough  joins all small chunks at the end, though they may have to be packed anew soon
[[nodiscard]] Result<void> seal(Db&, TagId, const Columns& waiting, Sealed&, bool thorough);

}  // namespace castner::historian

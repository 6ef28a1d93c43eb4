// SPDX-License-Identifier: Apache-2.0
/// Turns waiting readings into chunks: those in time join the tag's last chunk while it is small, late ones get their own.
#pragma once

#include <utility>
#include <vector>

#include "castner/historian/columns.h"
#include "castner/historian/page_filling.h"
#include "castner/historian/sqlite_db.h"

namespace castner::historian {

/// Chunks that are to become rows, written together.
/// Whether one is late is settled when it is added, so everything of a tag that it might overlap must be written before.
class ChunkRows {
 public:
  void add(TagId, Chunk, bool late, bool grows = false);
  /// Late where it overlaps one in the file, but for the late one of this id.
  [[nodiscard]] Result<void> add(Db&, TagId, Chunk, std::int64_t but_for = 0);
  void append(ChunkRows);
  void cut_to_fill(std::size_t room) { rows_ = historian::cut_to_fill(std::move(rows_), room); }
  /// @param room  on the table's last page [bytes], as far as is known: where that is wrong, a page stays emptier
  [[nodiscard]] Result<void> write(Db&, std::size_t& room) const;

 private:
  std::vector<ChunkRow> rows_;
};

/// What is to change in the file.
struct Sealed {
  std::vector<std::int64_t> taken;  ///< ids of the chunks that go, since they are in the rows
  ChunkRows rows;
  void append(Sealed);
};

/// Makes chunks of these readings (in the order appended) and of those in the file that they join. Only reads: the connection must
/// be in a transaction.
/// @param waiting   may be empty: then only what is in the file is joined
/// @param thorough  joins all small chunks at the end, though they may have to be packed anew soon
[[nodiscard]] Result<void> seal(Db&, TagId, const Columns& waiting, Sealed&, bool thorough);

}  // namespace castner::historian

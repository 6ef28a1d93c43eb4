// SPDX-License-Identifier: Apache-2.0
/// Turns waiting readings into chunks: those in time join the tag's last chunk while it is small, late ones get their own.
#pragma once

#include <span>

#include "castner/historian/columns.h"
#include "castner/historian/sqlite_db.h"

namespace castner::historian {

/// Within a transaction of the writer: writes these readings (in the order appended) as chunks.
[[nodiscard]] Result<void> seal(Db&, TagId, const Columns& waiting);

struct Chunk;
/// One chunk; late where it overlaps one that is there.
[[nodiscard]] Result<void> write_chunk(Db&, TagId, const Chunk&);

}  // namespace castner::historian

// SPDX-License-Identifier: Apache-2.0
/// Room on the disk that only cutting off may take: the write-ahead log owns it before anybody needs it.
#pragma once

#include <string>

namespace castner::people {

/// How far a change may go on a full disk.
enum class Room {
  free,  ///< into what others leave
  kept,  ///< and into the reserve: somebody must lose access now
};

/// Room for more than a hundred removals with their entries of the trail.
inline constexpr long kLogReserve = 1L << 20;

/// Whether the file of the log owns kLogReserve beyond its end; takes it where there is room. Its size, and so what SQLite reads of it,
/// stays. True as well where the file system knows no such thing (the reserve does not exist there).
bool keep_reserve(const std::string& log);

}  // namespace castner::people

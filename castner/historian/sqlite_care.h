// SPDX-License-Identifier: Apache-2.0
/// Back up a historian's file while it is in use, verify every byte of it, repair a damaged one.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "castner/base/error.h"

namespace castner::historian {

struct Inventory {
  std::uint64_t tags = 0, chunks = 0, waiting = 0, gaps = 0;
  std::uint64_t readings = 0;         ///< in chunks and in the write-ahead log alone
  std::uint64_t bytes = 0;            ///< of the file, without its log
  std::vector<std::string> problems;  ///< what is damaged, one a line; the first hundred of a kind
};

/// Copies the file as it is at one moment, also while a server writes to it. `to` must not exist yet; it appears when it
/// is complete and on the disk.
[[nodiscard]] Result<Inventory> backup_file(const std::string& path, const std::string& to);

/// Unpacks every chunk, compares it with its row and its summary, and asks SQLite about its pages. Changes nothing.
[[nodiscard]] Result<Inventory> verify_file(const std::string& path);

struct Repair {
  Inventory saved;
  std::vector<std::string> lost;  ///< one a line
};
/// Writes everything that can still be read into a new file `to`, which must not exist yet; the old one is left as it is.
/// world_refused where a program still writes to it, or where not even its list of tables can be read.
[[nodiscard]] Result<Repair> repair_file(const std::string& path, const std::string& to);

}  // namespace castner::historian

// SPDX-License-Identifier: Apache-2.0
/// A copy of accounts, sessions, tokens and the audit trail, made while the server is in use.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "castner/base/error.h"

namespace castner::people {

struct RecordsContents {
  std::int64_t accounts = 0, sessions = 0, tokens = 0, entries = 0;  ///< entries of the audit trail
  std::vector<std::string> problems;                                 ///< what is damaged, one a line
};

/// Copies the records as they are at one moment into a new file `to`, readable by its owner only, and checks the copy: its pages
/// and the chain of its audit trail.
[[nodiscard]] Result<RecordsContents> backup_records(const std::string& path, const std::string& to);

}  // namespace castner::people

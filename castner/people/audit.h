// SPDX-License-Identifier: Apache-2.0
/// The audit trail: entries are only appended, and each holds the hash of the one before.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "castner/people/database.h"

namespace castner::people {

struct AuditEntry {
  std::int64_t number = 0;  ///< 1, 2, 3, ... without holes
  Time time;
  /// Name of the account, "token NAME", "castner account" or "castner token" (the commands), or the name someone tried.
  std::string who;
  std::string what;     ///< language-free: "session.signed_in", "account.added", ...
  std::string detail;   ///< "wang.fang: viewer"
  std::string address;  ///< where it came from; "" for commands
  std::string hash;     ///< of this entry and the hash of the one before
};

/// Whether every entry of the trail that `run` reads still holds the hash of the one before.
[[nodiscard]] Result<bool> is_intact(const Database::Run& run);

/// A change or a hole in the middle breaks the chain. Cutting off the newest entries does not: so each entry's hash also goes to
/// the log, which belongs to another keeper.
class Audit {
 public:
  Audit(Database& database, const Clock& clock) : database_(database), clock_(clock) {}

  /// Durable on return.
  Result<void> note(std::string_view who, std::string_view what, std::string_view detail, std::string_view address);

  /// Newest first, at most `limit`, with a number below `before`.
  [[nodiscard]] Result<std::vector<AuditEntry>> entries(int limit, std::int64_t before = INT64_MAX) const;

  /// Whether every entry still holds the hash of the one before.
  [[nodiscard]] Result<bool> intact() const;

 private:
  Database& database_;
  const Clock& clock_;
};

}  // namespace castner::people

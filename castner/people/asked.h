// SPDX-License-Identifier: Apache-2.0
/// Pending requests to the server, which outlive a restart.
#pragma once

#include <optional>

#include "castner/people/database.h"

namespace castner::people {

/// Balances of the past from one time to another.
struct AskedPast {
  Time from, to;
};

/// Every method may be called from any thread.
class Asked {
 public:
  Asked(Database& database, const Clock& clock) : database_(database), clock_(clock) {}

  /// In place of what was asked before; durable on return.
  [[nodiscard]] Result<void> keep(const AskedPast&);
  [[nodiscard]] Result<void> done();
  [[nodiscard]] Result<std::optional<AskedPast>> past() const;

 private:
  Database& database_;
  const Clock& clock_;
};

}  // namespace castner::people

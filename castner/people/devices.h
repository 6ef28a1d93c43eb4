// SPDX-License-Identifier: Apache-2.0
/// Devices from which an account has signed in: a random number in the browser's cookie, of which only the hash is kept. It opens
/// nothing; who has one does not wait behind strangers.
#pragma once

#include <string>
#include <string_view>

#include "castner/people/database.h"

namespace castner::people {

/// Every method may be called from any thread.
class Devices {
 public:
  static constexpr int kMost = 50;  ///< of one account; the oldest goes

  Devices(Database& database, const Clock& clock) : database_(database), clock_(clock) {}

  /// Remembers that the account signed in here. @param secret  of the device's cookie, "" where it has none; what the cookie is to hold
  [[nodiscard]] Result<std::string> remember(std::string_view account, std::string_view secret);
  [[nodiscard]] Result<bool> known(std::string_view account, std::string_view secret) const;

 private:
  Database& database_;
  const Clock& clock_;
};

}  // namespace castner::people

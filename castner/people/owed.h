// SPDX-License-Identifier: Apache-2.0
/// Whom and what the disk had no room to cut off: it holds at once in memory, and is written as soon as there is room. A restart before that forgets it.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "castner/people/database.h"

namespace castner::people {

/// What a person hears of it.
inline constexpr std::string_view kHoldsInMemory =
    "cutting off holds at once, but only until the server restarts, and is written when there is room on the disk";

/// Every method may be called from any thread.
class Owed {
 public:
  enum class Kind { session, token, disabled, removed };  ///< by digest, by number, and accounts by name

  Owed(Database& database, const Clock& clock) : database_(database), clock_(clock) {}

  void owe(Kind, std::string_view key);
  bool holds(Kind, std::string_view key) const;
  /// Whether the account may not sign in, nor any of its sessions be used.
  bool shut_out(std::string_view account) const;
  /// How often the account was changed or removed while the server runs: sessions that only memory keeps end with it, as those in the
  /// file do.
  std::uint64_t changes_of(std::string_view account) const;
  void changed(std::string_view account);
  /// Writes what it can, at most once a minute unless `at_once`.
  void pay(bool at_once = false);
  std::size_t size() const;

 private:
  using One = std::pair<Kind, std::string>;
  Result<void> write(const One&);

  Database& database_;
  const Clock& clock_;
  std::mutex paying_;  ///< one at a time: what was written once must not be written again over what came after it
  mutable std::mutex mutex_;
  std::vector<One> all_;
  std::map<std::string, std::uint64_t, std::less<>> changes_;
  std::chrono::nanoseconds tried_{0};  ///< uptime
};

}  // namespace castner::people

// SPDX-License-Identifier: Apache-2.0
/// Sessions of people who signed in: a random number in the browser's cookie, of which only the hash is kept.
#pragma once

#include <chrono>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

#include "castner/people/accounts.h"
#include "castner/people/database.h"
#include "castner/people/owed.h"

namespace castner::people {

struct Session {
  std::string account;
  Role role = Role::viewer;  ///< as the account has it now
  std::string csrf;          ///< each changing request carries it in a header
  Time expires;              ///< where it is not used meanwhile
};

/// How long a session lasts without use, and at most. Viewers' are long: a wall screen stays for a year.
struct SessionLife {
  std::chrono::nanoseconds idle, most;
};
constexpr SessionLife session_life(Role role) {
  using std::chrono::hours;
  return role == Role::viewer ? SessionLife{hours(24 * 30), hours(24 * 400)} : SessionLife{hours(12), hours(24 * 7)};
}

/// Every method may be called from any thread.
class Sessions {
 public:
  static constexpr int kMost = 50;  ///< of one account; the one that was not used for longest ends

  Sessions(Database& database, const Clock& clock, Owed& owed) : database_(database), clock_(clock), owed_(owed) {}

  /// A new session; its id goes into the cookie and nowhere else. Sessions that are over are forgotten meanwhile. While the disk is full it is
  /// kept in memory, until there is room or it is over, the account is changed, or the server ends: people must get in just then.
  /// bad_input where the account got another password since it was read.
  [[nodiscard]] Result<std::string> open(const Account&);
  /// The session of a cookie while it lasts and its account may sign in.
  /// @param use  it is being used, which makes it last longer; false: only a look, which never waits for the disk
  [[nodiscard]] Result<std::optional<Session>> find(std::string_view id, bool use = true);
  /// Ends it at once; where the disk is full, as `Owed` has it.
  void close(std::string_view id);

 private:
  struct Unkept {
    std::string account, csrf, password;
    std::uint64_t changes;  ///< of the account until then
    Time created, seen;
    std::chrono::nanoseconds tried;  ///< uptime
  };
  void keep_in_memory(const std::string& digest, Unkept);
  Result<std::optional<Session>> find_in_memory(const std::string& digest, bool use);

  Database& database_;
  const Clock& clock_;
  Owed& owed_;
  std::mutex mutex_;
  std::map<std::string, Unkept> unkept_;  ///< by digest
};

}  // namespace castner::people

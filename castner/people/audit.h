// SPDX-License-Identifier: Apache-2.0
/// The audit trail: entries are only appended, and each holds the hash of the one before.
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <mutex>
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
  std::string detail;   ///< "wang.fang: viewer"; "+37": as often again
  std::string address;  ///< where it came from; "" for commands
  std::string hash;     ///< of this entry and the hash of the one before
};

/// Whether every entry of the trail that `run` reads still holds the hash of the one before.
[[nodiscard]] Result<bool> is_intact(const Database::Run& run);

/// A change or a hole in the middle breaks the chain. Cutting off the newest entries does not: so each entry's hash also goes to
/// the log, which belongs to another keeper.
///
/// Signing in and out again and again does not fill the disk: of one kind and name kRepeats within kWindow are written one by one, of
/// refused sign-ins of all names together kRefused; how many more there were is one entry, "+37", at the window's end.
class Audit {
 public:
  static constexpr int kRepeats = 10, kRefused = 100;
  static constexpr std::chrono::nanoseconds kWindow = std::chrono::minutes(10);
  static constexpr std::size_t kMostWaiting =
      1000;  ///< entries that the disk had no room for; what comes then is counted only

  Audit(Database& database, const Clock& clock) : database_(database), clock_(clock) {}

  /// Durable on return. Where the disk says no, the entry waits in memory with its time until there is room, and the refusal comes back.
  /// One with Room::kept goes before those that wait.
  Result<void> note(std::string_view who, std::string_view what, std::string_view detail, std::string_view address,
                    Room = Room::free);

  /// Writes what waits, if there is room now; and how often was repeated what is over, with `all` what is not over too.
  void write_waiting(bool all = false);
  std::size_t waiting() const;
  std::uint64_t lost() const;  ///< entries that nothing was kept of but their number and a line of the log

  /// Newest first, at most `limit`, with a number below `before`.
  [[nodiscard]] Result<std::vector<AuditEntry>> entries(int limit, std::int64_t before = INT64_MAX) const;

  /// Whether every entry still holds the hash of the one before.
  [[nodiscard]] Result<bool> intact() const;

 private:
  struct Repeats {
    std::chrono::nanoseconds since{0};  ///< uptime
    int written = 0;
    std::uint64_t more = 0;
    AuditEntry last;
  };
  bool is_one_too_many(const AuditEntry&);
  bool is_one_too_many(const std::string& key, int most, const AuditEntry&);
  void count_repeats(bool all);
  bool wait(AuditEntry);
  Result<void> write();
  Result<void> write(std::vector<AuditEntry>, Room);

  Database& database_;
  const Clock& clock_;
  mutable std::mutex mutex_;
  std::map<std::string, Repeats> repeats_;
  std::vector<AuditEntry> waiting_;
  std::uint64_t lost_ = 0, lost_untold_ = 0;
  std::chrono::nanoseconds tried_{0};  ///< uptime
};

}  // namespace castner::people

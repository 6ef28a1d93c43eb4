// SPDX-License-Identifier: Apache-2.0
/// The way to the one place where passwords are hashed: slow on purpose, and fair to those who wait.
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <list>
#include <map>
#include <memory>
#include <mutex>
#include <string>

namespace castner::api {

/// One hashes, a few wait, and the next is whoever has the best claim: a device that has signed in before, once for each account and while
/// the account has not signed in again and again; then the network (/24, or /64 of IPv6) that has had the place least recently, so that
/// two hundred addresses of one network have one share together; then the account that has done so least: who knows one
/// password keeps nobody else out; then the address with the fewest failures and attempts, refused ones too; then whoever came last, who else
/// would wait behind everybody's first attempt. Where there is no room, the worst claim goes. Thread safe.
class SignInGate {
 public:
  static constexpr std::size_t kWaiting = 3;  ///< of the server's eight workers
  static constexpr int kOften = 3;  ///< sign-ins of one account, without a minute's silence, that count for nothing
  struct Claim {
    std::string address;
    bool known_device = false;
    int failures = 0;       ///< of the address, not long ago
    std::string name = {};  ///< of the account; whoever knows the name may say it
  };
  /// Holds the place until it is destroyed.
  using Place = std::shared_ptr<void>;

  /// The place, after a wait; null for a claim that others are before.
  [[nodiscard]] Place enter(const Claim&);
  /// An account's password was right.
  void signed_in(const std::string& name);

 private:
  struct Waiter {
    bool first;                    ///< a known device that goes before all others
    std::uint64_t network_served;  ///< when its network last had the place; 0: long ago or never
    int often;                     ///< sign-ins of its account beyond the first few
    int failures;                  ///< and attempts
    std::uint64_t came;
    std::string network, name;
    enum class Fate { waits, goes, refused } fate = Fate::waits;
  };
  static bool before(const Waiter&, const Waiter&);
  void take(const std::string& network);
  void leave();

  std::mutex mutex_;
  std::condition_variable changed_;
  bool taken_ = false;
  std::uint64_t turn_ = 0, came_ = 0;
  std::list<Waiter> waiting_;
  /// How often something happened without a minute's silence.
  struct Count {
    int count = 0;
    std::chrono::steady_clock::time_point last{};
  };
  using Counts = std::map<std::string, Count>;
  static int counted(Counts&, const std::string& key, int more);
  int often(const std::string& name);
  Counts attempts_, successes_;                  ///< by address, by account
  std::map<std::string, std::uint64_t> served_;  ///< by network: the turn in which it last had the place
};

}  // namespace castner::api

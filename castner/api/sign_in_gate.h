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

/// One hashes, a few wait, and the next is whoever has the best claim: a device that has signed in before; then the network (/24, or /64 of
/// IPv6) that has had the place least recently, so that two hundred addresses of one network have one share together; then the address
/// with the fewest failures and attempts, refused ones too; then whoever came last, who else would wait behind everybody's first attempt.
/// Where there is no room, the worst claim goes. Thread safe.
class SignInGate {
 public:
  static constexpr std::size_t kWaiting = 3;  ///< of the server's eight workers
  struct Claim {
    std::string address;
    bool known_device = false;
    int failures = 0;  ///< of the address, not long ago
  };
  /// Holds the place until it is destroyed.
  using Place = std::shared_ptr<void>;

  /// The place, after a wait; null for a claim that others are before.
  [[nodiscard]] Place enter(const Claim&);

 private:
  struct Waiter {
    bool known_device;
    std::uint64_t network_served;  ///< when its network last had the place; 0: long ago or never
    int failures;                  ///< and attempts
    std::uint64_t came;
    std::string network;
    enum class Fate { waits, goes, refused } fate = Fate::waits;
  };
  static bool before(const Waiter&, const Waiter&);
  int attempts(const std::string& address);
  void take(const std::string& network);
  void leave();

  std::mutex mutex_;
  std::condition_variable changed_;
  bool taken_ = false;
  std::uint64_t turn_ = 0, came_ = 0;
  std::list<Waiter> waiting_;
  struct Attempts {
    int count = 0;
    std::chrono::steady_clock::time_point last;
  };
  std::map<std::string, Attempts> attempts_;     ///< by address
  std::map<std::string, std::uint64_t> served_;  ///< by network: the turn in which it last had the place
};

}  // namespace castner::api

// SPDX-License-Identifier: Apache-2.0
/// Makes guessing passwords slow: after a few failures each next attempt must wait, twice as long every time.
#pragma once

#include <chrono>
#include <map>
#include <mutex>
#include <string>

#include "castner/base/clock.h"

namespace castner::people {

/// A name for the /24 of an IPv4 address, "127.0.1", or the /64 of an IPv6 one, of which one household or server has all addresses.
[[nodiscard]] std::string network_of(const std::string& address);

/// Counted for each name together with the address (whoever changes addresses locks nobody else out), and for each address over all
/// names. A device that has signed in as this name is counted by itself, whatever strangers do from its address. In memory only: a
/// restart forgets.
class SignInLimits {
 public:
  struct Rule {
    int free = 5;  ///< failures without a wait
    std::chrono::nanoseconds longest{std::chrono::minutes(1)};
  };
  static constexpr Rule kName{5, std::chrono::minutes(1)};
  static constexpr Rule kAddress{10, std::chrono::minutes(15)};
  static constexpr std::chrono::nanoseconds kForget = std::chrono::hours(1);  ///< after so long without a failure
  static constexpr std::size_t kMost = 10'000;                                ///< names, and addresses, remembered

  struct Attempt {
    std::string name, address;
    std::string device = {};  ///< the secret of a device that has signed in as this name; else ""
  };

  explicit SignInLimits(const Clock& clock) : clock_(clock) {}

  /// How long to wait before trying; 0: try now.
  std::chrono::nanoseconds wait(const Attempt&) const;
  /// The same; and an attempt that may be made counts as a failure until it succeeds, so that many at once gain nothing.
  std::chrono::nanoseconds begin(const Attempt&);
  /// Takes back what `begin` counted, and one failure more of the address.
  void succeeded(const Attempt&);
  int failures(const std::string& address) const;  ///< not long ago
  std::size_t remembered() const;                  ///< names and addresses together

 private:
  struct Count {
    int failures = 0;
    std::chrono::nanoseconds last{0};  ///< uptime
  };
  using Counts = std::map<std::string, Count>;
  std::chrono::nanoseconds wait(const Counts&, const std::string&, const Rule&) const;
  std::chrono::nanoseconds wait_locked(const Attempt&) const;
  void count(Counts&, const std::string&);

  const Clock& clock_;
  mutable std::mutex mutex_;
  Counts names_, addresses_;
};

}  // namespace castner::people

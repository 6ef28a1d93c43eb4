// SPDX-License-Identifier: Apache-2.0
/// Makes guessing passwords slow: after a few failures each next attempt must wait, twice as long every time.
#pragma once

#include <chrono>
#include <map>
#include <mutex>
#include <string>

#include "castner/base/clock.h"

namespace castner::people {

/// Counted for each name and for each address. A name's wait stays short (nobody can lock a colleague out for long), an address's
/// grows longer. In memory only: a restart forgets.
class SignInLimits {
 public:
  struct Rule {
    int free = 5;  ///< failures without a wait
    std::chrono::nanoseconds longest{std::chrono::minutes(1)};
  };
  static constexpr Rule kName{5, std::chrono::minutes(1)};
  static constexpr Rule kAddress{10, std::chrono::minutes(15)};
  static constexpr std::chrono::nanoseconds kForget = std::chrono::hours(1);  ///< after so long without a failure
  static constexpr std::size_t kMost = 2'000;                                 ///< names, and addresses, remembered

  explicit SignInLimits(const Clock& clock) : clock_(clock) {}

  /// How long to wait before trying; 0: try now. An attempt under way counts as a failure until it succeeds, so that
  /// many at once gain nothing.
  std::chrono::nanoseconds begin(const std::string& name, const std::string& address);
  void succeeded(const std::string& name, const std::string& address);
  std::size_t remembered() const;  ///< names and addresses together

 private:
  struct Count {
    int failures = 0;
    std::chrono::nanoseconds last{0};  ///< uptime
  };
  using Counts = std::map<std::string, Count>;
  std::chrono::nanoseconds wait(const Counts&, const std::string&, const Rule&) const;
  void count(Counts&, const std::string&);

  const Clock& clock_;
  mutable std::mutex mutex_;
  Counts names_, addresses_;
};

}  // namespace castner::people

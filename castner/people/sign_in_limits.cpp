// SPDX-License-Identifier: Apache-2.0
#include "castner/people/sign_in_limits.h"

#include <algorithm>

namespace castner::people {

using std::chrono::nanoseconds;

nanoseconds SignInLimits::wait(const Counts& counts, const std::string& key, const Rule& rule) const {
  const auto it = counts.find(key);
  if (it == counts.end() || it->second.failures < rule.free) return nanoseconds(0);
  const auto since = clock_.uptime() - it->second.last;
  if (since >= kForget) return nanoseconds(0);
  const int doublings = std::min(it->second.failures - rule.free, 20);
  const nanoseconds whole = std::min<nanoseconds>(std::chrono::seconds(1) * (1 << doublings), rule.longest);
  return std::max(whole - since, nanoseconds(0));
}

void SignInLimits::count(Counts& counts, const std::string& key) {
  const auto now = clock_.uptime();
  if (counts.size() >= kMost && !counts.contains(key)) {
    std::erase_if(counts, [&](const auto& c) { return now - c.second.last >= kForget; });
    if (counts.size() >= kMost)  // a flood of names: the oldest goes
      counts.erase(std::min_element(counts.begin(), counts.end(),
                                    [](const auto& a, const auto& b) { return a.second.last < b.second.last; }));
  }
  auto& c = counts[key];
  if (now - c.last >= kForget) c.failures = 0;
  ++c.failures;
  c.last = now;
}

nanoseconds SignInLimits::begin(const std::string& name, const std::string& address) {
  const std::lock_guard lock(mutex_);
  const auto must = std::max(wait(names_, name, kName), wait(addresses_, address, kAddress));
  if (must > nanoseconds(0)) return must;
  count(names_, name);
  count(addresses_, address);
  return nanoseconds(0);
}

void SignInLimits::succeeded(const std::string& name, const std::string& address) {
  const std::lock_guard lock(mutex_);
  names_.erase(name);
  // Not all of the address: who owns one account must not be able to guess the others' passwords in between.
  if (const auto it = addresses_.find(address); it != addresses_.end())
    it->second.failures = std::max(0, it->second.failures - 1);
}

std::size_t SignInLimits::remembered() const {
  const std::lock_guard lock(mutex_);
  return names_.size() + addresses_.size();
}

}  // namespace castner::people

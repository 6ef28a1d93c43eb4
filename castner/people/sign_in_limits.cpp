// SPDX-License-Identifier: Apache-2.0
#include "castner/people/sign_in_limits.h"

#include <arpa/inet.h>

#include <algorithm>

namespace castner::people {

using std::chrono::nanoseconds;

namespace {

/// Of IPv6 the network: it has more addresses than anyone can count.
std::string one_of(const std::string& address) {
  return address.find(':') == std::string::npos ? address : network_of(address);
}

std::string pair_of(const SignInLimits::Attempt& a) {
  return a.name + "\n" + (a.device.empty() ? one_of(a.address) : "device " + a.device);
}

}  // namespace

std::string network_of(const std::string& address) {
  in6_addr six{};
  if (inet_pton(AF_INET6, address.c_str(), &six) != 1) return address.substr(0, address.rfind('.'));
  std::string network = "six";
  for (int i = 0; i < 8; ++i) network += "." + std::to_string(six.s6_addr[i]);
  return network;
}

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

nanoseconds SignInLimits::wait_locked(const Attempt& a) const {
  const auto by_name = wait(names_, pair_of(a), kName);
  return a.device.empty() ? std::max(by_name, wait(addresses_, one_of(a.address), kAddress)) : by_name;
}

nanoseconds SignInLimits::wait(const Attempt& a) const {
  const std::lock_guard lock(mutex_);
  return wait_locked(a);
}

nanoseconds SignInLimits::begin(const Attempt& a) {
  const std::lock_guard lock(mutex_);
  const auto must = wait_locked(a);
  if (must > nanoseconds(0)) return must;
  count(names_, pair_of(a));
  count(addresses_, one_of(a.address));
  return nanoseconds(0);
}

void SignInLimits::succeeded(const Attempt& a) {
  const std::lock_guard lock(mutex_);
  names_.erase(pair_of(a));
  // Not all of the address: who owns one account must not be able to guess the others' passwords in between.
  if (const auto it = addresses_.find(one_of(a.address)); it != addresses_.end())
    it->second.failures = std::max(0, it->second.failures - 2);
}

int SignInLimits::failures(const std::string& address) const {
  const std::lock_guard lock(mutex_);
  const auto it = addresses_.find(one_of(address));
  return it == addresses_.end() || clock_.uptime() - it->second.last >= kForget ? 0 : it->second.failures;
}

std::size_t SignInLimits::remembered() const {
  const std::lock_guard lock(mutex_);
  return names_.size() + addresses_.size();
}

}  // namespace castner::people

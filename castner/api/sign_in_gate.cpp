// SPDX-License-Identifier: Apache-2.0
#include "castner/api/sign_in_gate.h"

#include <tuple>

#include "castner/people/sign_in_limits.h"

namespace castner::api {

bool SignInGate::before(const Waiter& a, const Waiter& b) {
  return std::tuple(!a.known_device, a.network_served, a.failures, b.came) <
         std::tuple(!b.known_device, b.network_served, b.failures, a.came);
}

void SignInGate::take(const std::string& network) {
  constexpr std::size_t kMostNetworks = 4096;
  taken_ = true;
  if (served_.size() >= kMostNetworks) served_.clear();  // all are strangers again, which is fair
  served_[network] = ++turn_;
  // The others of this network come after everyone else now.
  for (auto& w : waiting_)
    if (w.network == network) w.network_served = turn_;
}

void SignInGate::leave() {
  const std::lock_guard lock(mutex_);
  taken_ = false;
  Waiter* next = nullptr;
  for (auto& w : waiting_)
    if (w.fate == Waiter::Fate::waits && (!next || before(w, *next))) next = &w;
  if (!next) return;
  next->fate = Waiter::Fate::goes;
  take(next->network);
  changed_.notify_all();
}

/// Attempts of an address that has not been silent for a minute, this one among them.
int SignInGate::attempts(const std::string& address) {
  constexpr std::size_t kMostAddresses = 10'000;
  const auto now = std::chrono::steady_clock::now();
  if (attempts_.size() >= kMostAddresses && !attempts_.contains(address)) attempts_.clear();
  auto& a = attempts_[address];
  if (now - a.last > std::chrono::minutes(1)) a.count = 0;
  a.last = now;
  return ++a.count;
}

SignInGate::Place SignInGate::enter(const Claim& claim) {
  const auto place = [this] { return Place(this, [](SignInGate* gate) { gate->leave(); }); };
  std::unique_lock lock(mutex_);
  const auto network = people::network_of(claim.address);
  const int tried = attempts(claim.address);
  if (!taken_) {
    take(network);
    return place();
  }
  const auto served = served_.find(network);
  Waiter own{claim.known_device, served == served_.end() ? 0 : served->second, claim.failures + tried, ++came_,
             network};
  std::size_t count = 0;
  Waiter* worst = nullptr;
  for (auto& w : waiting_) {
    if (w.fate != Waiter::Fate::waits) continue;
    ++count;
    if (!worst || before(*worst, w)) worst = &w;
  }
  if (count >= kWaiting) {
    if (!before(own, *worst)) return nullptr;
    worst->fate = Waiter::Fate::refused;
    changed_.notify_all();
  }
  const auto me = waiting_.insert(waiting_.end(), std::move(own));
  changed_.wait(lock, [&] { return me->fate != Waiter::Fate::waits; });
  const bool goes = me->fate == Waiter::Fate::goes;
  waiting_.erase(me);
  return goes ? place() : nullptr;
}

}  // namespace castner::api

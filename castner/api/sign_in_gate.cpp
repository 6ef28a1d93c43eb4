// SPDX-License-Identifier: Apache-2.0
#include "castner/api/sign_in_gate.h"

#include <algorithm>
#include <tuple>

#include "castner/people/sign_in_limits.h"

namespace castner::api {

bool SignInGate::before(const Waiter& a, const Waiter& b) {
  return std::tuple(!a.first, a.network_served, a.often, a.failures, b.came) <
         std::tuple(!b.first, b.network_served, b.often, b.failures, a.came);
}

void SignInGate::take(const std::string& network) {
  constexpr std::size_t kMostNetworks = 4096;
  if (served_.size() >= kMostNetworks) served_.clear();  // all are strangers again, which is fair
  served_[network] = ++turn_;
  taken_ = true;
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

int SignInGate::counted(Counts& counts, const std::string& key, int more) {
  constexpr std::size_t kMost = 10'000;
  const auto now = std::chrono::steady_clock::now();
  if (counts.size() >= kMost && !counts.contains(key)) counts.clear();
  auto& c = counts[key];
  if (now - c.last > std::chrono::minutes(1)) c.count = 0;
  if (more > 0) c.last = now;
  return c.count += more;
}

int SignInGate::often(const std::string& name) {
  return successes_.contains(name) ? std::max(0, counted(successes_, name, 0) - kOften) : 0;
}

void SignInGate::signed_in(const std::string& name) {
  const std::lock_guard lock(mutex_);
  counted(successes_, name, 1);
  // Those who wait with this name count as those who come now.
  for (auto& w : waiting_)
    if (w.name == name) w.often = often(name);
}

SignInGate::Place SignInGate::enter(const Claim& claim) {
  const auto place = [this] { return Place(this, [](SignInGate* gate) { gate->leave(); }); };
  std::unique_lock lock(mutex_);
  const auto network = people::network_of(claim.address);
  const int tried = counted(attempts_, claim.address, 1);
  if (!taken_) {
    take(network);
    return place();
  }
  const auto served = served_.find(network);
  const int again = often(claim.name);
  const auto waits_first = [&](const Waiter& w) { return w.first && w.name == claim.name; };
  const bool first = claim.known_device && again == 0 && std::none_of(waiting_.begin(), waiting_.end(), waits_first);
  Waiter own{first,     served == served_.end() ? 0 : served->second, again, claim.failures + tried, ++came_, network,
             claim.name};
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

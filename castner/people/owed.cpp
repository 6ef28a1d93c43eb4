// SPDX-License-Identifier: Apache-2.0
#include "castner/people/owed.h"

#include <algorithm>

#include "castner/base/log.h"

namespace castner::people {
namespace {

constexpr auto kPayEvery = std::chrono::minutes(1);

std::vector<const char*> statements_of(Owed::Kind kind) {
  constexpr const char* kSessions = "DELETE FROM session WHERE account = ?";
  switch (kind) {
    case Owed::Kind::session: return {"DELETE FROM session WHERE digest = ?"};
    case Owed::Kind::token: return {"DELETE FROM token WHERE id = ?"};
    case Owed::Kind::disabled: return {kSessions, "UPDATE account SET disabled = 1 WHERE name = ?"};
    case Owed::Kind::removed:
      return {kSessions, "DELETE FROM device WHERE account = ?", "DELETE FROM account WHERE name = ?"};
  }
  return {};
}

}  // namespace

void Owed::owe(Kind kind, std::string_view key) {
  const std::lock_guard lock(mutex_);
  const One one(kind, key);
  if (std::find(all_.begin(), all_.end(), one) == all_.end()) all_.push_back(one);
  tried_ = clock_.uptime();
}

bool Owed::holds(Kind kind, std::string_view key) const {
  const std::lock_guard lock(mutex_);
  return std::any_of(all_.begin(), all_.end(), [&](const One& o) { return o.first == kind && o.second == key; });
}

bool Owed::shut_out(std::string_view account) const {
  return holds(Kind::disabled, account) || holds(Kind::removed, account);
}

std::size_t Owed::size() const {
  const std::lock_guard lock(mutex_);
  return all_.size();
}

Result<void> Owed::write(const One& one) {
  return database_.together(
      [&](const Database::Run& run) -> Result<void> {
        for (const char* sql : statements_of(one.first)) CASTNER_TRY(run(sql, {one.second}));
        return {};
      },
      Room::kept);
}

std::uint64_t Owed::changes_of(std::string_view account) const {
  const std::lock_guard lock(mutex_);
  const auto found = changes_.find(account);
  return found == changes_.end() ? 0 : found->second;
}

void Owed::changed(std::string_view account) {
  const std::lock_guard lock(mutex_);
  ++changes_[std::string(account)];
}

void Owed::pay(bool at_once) {
  const std::lock_guard paying(paying_);
  std::vector<One> all;
  {
    const std::lock_guard lock(mutex_);
    const auto now = clock_.uptime();
    if (all_.empty() || (!at_once && now - tried_ < kPayEvery)) return;
    tried_ = now;
    all = all_;
  }
  for (const One& one : all) {
    if (!write(one)) return;
    const std::lock_guard lock(mutex_);
    std::erase(all_, one);
  }
  log_event(LogLevel::info, "cut_off_written", {{"count", std::to_string(all.size())}});
}

}  // namespace castner::people

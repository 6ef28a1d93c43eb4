// SPDX-License-Identifier: Apache-2.0
#include "castner/people/sessions.h"

#include <algorithm>

namespace castner::people {
namespace {

/// Use is written down this often: a page asks many times a second.
constexpr auto kNoteEvery = std::chrono::minutes(1);
constexpr std::size_t kMostInMemory = 1000;

}  // namespace

Result<std::string> Sessions::open(const Account& account) {
  const Time now = clock_.now();
  const auto longest = session_life(Role::viewer);
  (void)database_.write("DELETE FROM session WHERE created < ? OR seen < ?",
                        {cell(now - longest.most), cell(now - longest.idle)});
  const std::string id = random_secret(), csrf = random_secret();
  const auto opened =
      database_.write("INSERT INTO session (digest, account, csrf, created, seen) VALUES (?, ?, ?, ?, ?)",
                      {digest_of(id), account.name, csrf, cell(now), cell(now)});
  if (opened) return id;
  const auto password = CASTNER_TRY(database_.read("SELECT password FROM account WHERE name = ?", {account.name}));
  if (password.empty()) return tl::unexpected(opened.error());
  keep_in_memory(digest_of(id), {account.name, csrf, text(password.front().front()), now, now, now});
  return id;
}

void Sessions::keep_in_memory(const std::string& digest, Unkept session) {
  const std::lock_guard lock(mutex_);
  const Time now = session.seen;
  const auto longest = session_life(Role::viewer);
  std::erase_if(unkept_, [&](const auto& s) { return now - s.second.seen > longest.idle; });
  if (unkept_.size() >= kMostInMemory)
    unkept_.erase(std::min_element(unkept_.begin(), unkept_.end(),
                                   [](const auto& a, const auto& b) { return a.second.seen < b.second.seen; }));
  unkept_[digest] = std::move(session);
}

Result<std::optional<Session>> Sessions::find_in_memory(const std::string& digest, bool use) {
  const std::lock_guard lock(mutex_);
  const auto found = unkept_.find(digest);
  if (found == unkept_.end()) return std::optional<Session>();
  auto& u = found->second;
  const auto rows = CASTNER_TRY(database_.read(
      "SELECT role FROM account WHERE name = ? AND password = ? AND disabled = 0", {u.account, u.password}));
  const Time now = clock_.now();
  Session s{.account = u.account, .csrf = u.csrf, .expires = {}};
  if (!rows.empty()) {
    s.role = role_named(text(rows.front().front())).value_or(Role::viewer);
    const auto life = session_life(s.role);
    if (now < std::min(u.created + life.most, u.seen + life.idle)) {
      if (use) u.seen = now;
      s.expires = std::min(u.created + life.most, u.seen + life.idle);
      if (use && now - u.tried >= kNoteEvery) {
        u.tried = now;
        // Nobody's, where the account got another password in this moment.
        const auto kept = database_.write(
            "INSERT INTO session (digest, account, csrf, created, seen) SELECT ?, name, ?, ?, ? FROM account "
            "WHERE name = ? AND password = ? AND disabled = 0",
            {digest, u.csrf, cell(u.created), cell(now), u.account, u.password});
        if (kept.value_or(0) > 0) unkept_.erase(found);
      }
      return std::optional(s);
    }
  }
  unkept_.erase(found);
  return std::optional<Session>();
}

Result<std::optional<Session>> Sessions::find(std::string_view id, bool use) {
  if (use) forget_ended();
  {
    const std::lock_guard lock(mutex_);
    if (ended_.contains(digest_of(id))) return std::optional<Session>();
  }
  const auto rows = database_.read(
      "SELECT s.account, a.role, s.csrf, s.created, s.seen FROM session s JOIN account a ON a.name = s.account "
      "WHERE s.digest = ? AND a.disabled = 0",
      {digest_of(id)});
  if (!rows) return tl::unexpected(rows.error());
  if (rows->empty()) return find_in_memory(digest_of(id), use);
  const auto& r = rows->front();
  Session s{
      .account = text(r[0]), .role = role_named(text(r[1])).value_or(Role::viewer), .csrf = text(r[2]), .expires = {}};
  const Time now = clock_.now(), created = *time_of(r[3]), seen = *time_of(r[4]);
  const auto life = session_life(s.role);
  s.expires = std::min(created + life.most, seen + life.idle);
  if (now >= s.expires) return std::optional<Session>();
  if (use && now - seen >= kNoteEvery) {
    // A disk that is full must not sign people out.
    (void)database_.write("UPDATE session SET seen = ? WHERE digest = ?", {cell(now), digest_of(id)});
    s.expires = std::min(created + life.most, now + life.idle);
  }
  return std::optional(s);
}

Result<void> Sessions::close(std::string_view id) {
  const auto digest = digest_of(id);
  {
    const std::lock_guard lock(mutex_);
    if (unkept_.erase(digest) > 0) return {};
    ended_.insert(digest);
  }
  const auto gone = database_.write("DELETE FROM session WHERE digest = ?", {digest});
  const std::lock_guard lock(mutex_);
  if (gone)
    ended_.erase(digest);
  else
    ended_tried_ = clock_.now();
  return {};
}

void Sessions::forget_ended() {
  std::set<std::string> ended;
  {
    const std::lock_guard lock(mutex_);
    const Time now = clock_.now();
    if (ended_.empty() || now - ended_tried_ < kNoteEvery) return;
    ended_tried_ = now;
    ended = ended_;
  }
  for (const auto& digest : ended) {
    if (!database_.write("DELETE FROM session WHERE digest = ?", {digest})) return;
    const std::lock_guard lock(mutex_);
    ended_.erase(digest);
  }
}

Result<void> Sessions::close_all_of(std::string_view account) {
  {
    const std::lock_guard lock(mutex_);
    std::erase_if(unkept_, [&](const auto& s) { return s.second.account == account; });
  }
  if (auto gone = database_.write("DELETE FROM session WHERE account = ?", {cell(account)}); !gone)
    return tl::unexpected(gone.error());
  return {};
}

}  // namespace castner::people

// SPDX-License-Identifier: Apache-2.0
#include "castner/people/sessions.h"

#include <algorithm>
#include <utility>

namespace castner::people {
namespace {

/// Use is written down this often: a page asks many times a second. A use in what is now the future was before the clock was set back: such a
/// session has not been used since, and of one account it ends first.
constexpr auto kNoteEvery = std::chrono::minutes(1);
constexpr std::size_t kMostInMemory = 1000;

}  // namespace

Result<std::string> Sessions::open(const Account& account) {
  const Time now = clock_.now();
  const auto longest = session_life(Role::viewer);
  const std::string id = random_secret(), csrf = random_secret();
  const auto changes = owed_.changes_of(account.name);
  bool opened = false;
  const auto done = database_.together([&](const Database::Run& run) -> Result<void> {
    CASTNER_TRY(
        run("DELETE FROM session WHERE created < ? OR seen < ?", {cell(now - longest.most), cell(now - longest.idle)}));
    // Nobody's, where the account got another password in this moment.
    opened = !CASTNER_TRY(run("INSERT INTO session (digest, account, csrf, created, seen) SELECT ?, name, ?, ?, ? "
                              "FROM account WHERE name = ? AND password = ? AND disabled = 0 RETURNING 1",
                              {digest_of(id), csrf, cell(now), cell(now), account.name, account.password}))
                  .empty();
    CASTNER_TRY(
        run("DELETE FROM session WHERE account = ? AND digest <> ? AND digest NOT IN (SELECT digest FROM session "
            "WHERE account = ? AND digest <> ? ORDER BY seen > ?, seen DESC, created DESC LIMIT ?)",
            {account.name, digest_of(id), account.name, digest_of(id), cell(now), std::int64_t{kMost - 1}}));
    return {};
  });
  if (done && !opened) return bad_input("account", "was changed meanwhile", "sign in again");
  if (!done) keep_in_memory(digest_of(id), {account.name, csrf, account.password, changes, now, now, clock_.uptime()});
  return id;
}

void Sessions::keep_in_memory(const std::string& digest, Unkept session) {
  const std::lock_guard lock(mutex_);
  const Time now = session.seen;
  const auto longest = session_life(Role::viewer);
  std::erase_if(unkept_, [&](const auto& s) { return now - s.second.seen > longest.idle; });
  // Of the same account, so that nobody's sign-ins end a session of somebody else's.
  const auto of_account = [&](const auto& s) { return s.second.account == session.account; };
  const bool own = std::count_if(unkept_.begin(), unkept_.end(), of_account) >= kMost;
  if (own || unkept_.size() >= kMostInMemory) {
    const auto in_use = [&](const auto& s) { return std::pair(s->second.seen <= now, s->second.seen); };
    auto oldest = unkept_.end();
    for (auto s = unkept_.begin(); s != unkept_.end(); ++s)
      if ((!own || of_account(*s)) && (oldest == unkept_.end() || in_use(s) < in_use(oldest))) oldest = s;
    unkept_.erase(oldest);
  }
  unkept_[digest] = std::move(session);
}

Result<std::optional<Session>> Sessions::find_in_memory(const std::string& digest, bool use) {
  const std::lock_guard lock(mutex_);
  const auto found = unkept_.find(digest);
  if (found == unkept_.end() || owed_.shut_out(found->second.account)) return std::optional<Session>();
  auto& u = found->second;
  if (u.changes != owed_.changes_of(u.account)) {
    unkept_.erase(found);
    return std::optional<Session>();
  }
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
      if (use && clock_.uptime() - u.tried >= kNoteEvery) {
        u.tried = clock_.uptime();
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
  if (use) owed_.pay();
  if (owed_.holds(Owed::Kind::session, digest_of(id))) return std::optional<Session>();
  const auto rows = database_.read(
      "SELECT s.account, a.role, s.csrf, s.created, s.seen FROM session s JOIN account a ON a.name = s.account "
      "WHERE s.digest = ? AND a.disabled = 0",
      {digest_of(id)});
  if (!rows) return tl::unexpected(rows.error());
  if (rows->empty()) return find_in_memory(digest_of(id), use);
  const auto& r = rows->front();
  if (owed_.shut_out(text(r[0]))) return std::optional<Session>();
  Session s{
      .account = text(r[0]), .role = role_named(text(r[1])).value_or(Role::viewer), .csrf = text(r[2]), .expires = {}};
  const Time now = clock_.now(), created = *time_of(r[3]), seen = *time_of(r[4]);
  const auto life = session_life(s.role);
  s.expires = std::min(created + life.most, seen + life.idle);
  if (now >= s.expires) return std::optional<Session>();
  if (use && (now - seen >= kNoteEvery || seen > now)) {
    // A disk that is full must not sign people out.
    (void)database_.write("UPDATE session SET seen = ? WHERE digest = ?", {cell(now), digest_of(id)});
    s.expires = std::min(created + life.most, now + life.idle);
  }
  return std::optional(s);
}

void Sessions::close(std::string_view id) {
  const auto digest = digest_of(id);
  {
    const std::lock_guard lock(mutex_);
    if (unkept_.erase(digest) > 0) return;
  }
  if (!database_.write("DELETE FROM session WHERE digest = ?", {digest}, Room::kept))
    owed_.owe(Owed::Kind::session, digest);
}

}  // namespace castner::people

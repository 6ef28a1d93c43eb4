// SPDX-License-Identifier: Apache-2.0
#include "castner/people/sessions.h"

#include <algorithm>

namespace castner::people {
namespace {

/// Use is written down this often: a page asks many times a second.
constexpr auto kNoteEvery = std::chrono::minutes(1);

}  // namespace

Result<std::string> Sessions::open(const Account& account) {
  const Time now = clock_.now();
  const auto longest = session_life(Role::viewer);
  if (auto swept = database_.write("DELETE FROM session WHERE created < ? OR seen < ?",
                                   {cell(now - longest.most), cell(now - longest.idle)});
      !swept)
    return tl::unexpected(swept.error());
  const std::string id = random_secret();
  const auto opened =
      database_.write("INSERT INTO session (digest, account, csrf, created, seen) VALUES (?, ?, ?, ?, ?)",
                      {digest_of(id), account.name, random_secret(), cell(now), cell(now)});
  if (!opened) return tl::unexpected(opened.error());
  return id;
}

Result<std::optional<Session>> Sessions::find(std::string_view id, bool use) {
  const auto rows = database_.read(
      "SELECT s.account, a.role, s.csrf, s.created, s.seen FROM session s JOIN account a ON a.name = s.account "
      "WHERE s.digest = ? AND a.disabled = 0",
      {digest_of(id)});
  if (!rows) return tl::unexpected(rows.error());
  if (rows->empty()) return std::optional<Session>();
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
  if (auto gone = database_.write("DELETE FROM session WHERE digest = ?", {digest_of(id)}); !gone)
    return tl::unexpected(gone.error());
  return {};
}

Result<void> Sessions::close_all_of(std::string_view account) {
  if (auto gone = database_.write("DELETE FROM session WHERE account = ?", {cell(account)}); !gone)
    return tl::unexpected(gone.error());
  return {};
}

}  // namespace castner::people

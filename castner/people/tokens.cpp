// SPDX-License-Identifier: Apache-2.0
#include "castner/people/tokens.h"

#include "castner/base/utf8.h"
#include "castner/people/secrets.h"

namespace castner::people {
namespace {

constexpr auto kNoteUseEvery = std::chrono::minutes(1);

Token token_of(const Row& r) {
  return {whole(r[0]),   text(r[1]),   role_named(text(r[2])).value_or(Role::viewer), time_of(r[3]).value_or(Time{}),
          time_of(r[4]), time_of(r[5])};
}

}  // namespace

Result<MadeToken> Tokens::add(std::string_view name, Role role, std::optional<Time> expires) {
  Error error;
  if (name.empty() || name.size() > 64 || !is_printable(name))
    error.problems.push_back({"name", "is not a name for a token", "1 to 64 bytes of printable text"});
  if (role == Role::administrator)
    error.problems.push_back({"role", "a token cannot be administrator", "viewer, operator or engineer"});
  const Time now = clock_.now();
  if (expires && *expires <= now)
    error.problems.push_back({"expires", "has passed already", "a time to come, or none"});
  if (!error.problems.empty()) return tl::unexpected(error);

  MadeToken made{{0, std::string(name), role, now, expires, {}}, "castner_" + random_secret()};
  auto done = database_.together([&](const Database::Run& run) -> Result<void> {
    const auto id = run("INSERT INTO token (digest, name, role, created, expires) VALUES (?, ?, ?, ?, ?) RETURNING id",
                        {digest_of(made.secret), made.token.name, cell(role_name(role)), cell(now), cell(expires)});
    if (!id) return tl::unexpected(id.error());
    made.token.id = whole(id->front().front());
    return {};
  });
  if (!done) return tl::unexpected(done.error());
  return made;
}

Result<bool> Tokens::remove(std::int64_t id) {
  const auto number = std::to_string(id);
  if (owed_.holds(Owed::Kind::token, number)) return false;
  if (const auto gone = database_.write("DELETE FROM token WHERE id = ?", {id}, Room::kept)) return *gone > 0;
  const auto there = CASTNER_TRY(database_.read("SELECT 1 FROM token WHERE id = ?", {id}));
  if (there.empty()) return false;
  owed_.owe(Owed::Kind::token, number);
  return true;
}

Result<std::vector<Token>> Tokens::all() const {
  auto all = CASTNER_TRY(
      database_.read_all(token_of, "SELECT id, name, role, created, expires, last_used FROM token ORDER BY id"));
  std::erase_if(all, [&](const Token& t) { return owed_.holds(Owed::Kind::token, std::to_string(t.id)); });
  return all;
}

Result<std::optional<Token>> Tokens::find(std::string_view secret, bool use) {
  const auto rows = database_.read("SELECT id, name, role, created, expires, last_used FROM token WHERE digest = ?",
                                   {digest_of(secret)});
  if (!rows) return tl::unexpected(rows.error());
  if (rows->empty()) return std::optional<Token>();
  auto token = token_of(rows->front());
  if (owed_.holds(Owed::Kind::token, std::to_string(token.id))) return std::optional<Token>();
  const Time now = clock_.now();
  if (token.expires && now >= *token.expires) return std::optional<Token>();
  if (use && (!token.last_used || now - *token.last_used >= kNoteUseEvery))
    (void)database_.write("UPDATE token SET last_used = ? WHERE id = ?", {cell(now), token.id});
  return std::optional(token);
}

}  // namespace castner::people

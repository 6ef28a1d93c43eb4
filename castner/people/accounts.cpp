// SPDX-License-Identifier: Apache-2.0
#include "castner/people/accounts.h"

#include <algorithm>

namespace castner::people {
namespace {

constexpr const char* kColumns = "SELECT name, role, created, last_sign_in, disabled FROM account";

Account account_of(const Row& r) {
  // A role that this version does not know gives the least.
  return {text(r[0]), role_named(text(r[1])).value_or(Role::viewer), time_of(r[2]).value_or(Time{}), time_of(r[3]),
          whole(r[4]) != 0};
}

}  // namespace

Result<void> check_account_name(std::string_view name) {
  const auto fine = [](char c) {
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '_' ||
           c == '-' || c == '@';
  };
  if (name.empty() || name.size() > 64 || !std::all_of(name.begin(), name.end(), fine))
    return bad_input("name", "is not a name for an account", "1 to 64 letters A to Z, digits, and . _ - @");
  return {};
}

Result<void> check_password(std::string_view password, std::string_view name) {
  if (password.size() < 10 || password.size() > 256)
    return bad_input("password", "has " + std::to_string(password.size()) + " bytes",
                     "10 to 256; a sentence is easy to remember");
  if (password == name || password.find_first_not_of(password.front()) == std::string_view::npos)
    return bad_input("password", "is too easy to guess", "a sentence is easy to remember and hard to guess");
  return {};
}

Accounts::Accounts(Database& database, const Clock& clock, HashCost cost)
    : database_(database), clock_(clock), cost_(cost), nobody_(password_hash(random_secret(), cost)) {}

Result<Account> Accounts::add(std::string_view name, Role role, std::string_view password) {
  Error error;
  for (const auto& checked : {check_account_name(name), check_password(password, name)})
    if (!checked)
      error.problems.insert(error.problems.end(), checked.error().problems.begin(), checked.error().problems.end());
  if (!error.problems.empty()) return tl::unexpected(error);
  const Account made{
      .name = std::string(name), .role = role, .created = clock_.now(), .last_sign_in = {}, .disabled = false};
  const auto added =
      database_.write("INSERT INTO account (name, role, password, created) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING",
                      {made.name, cell(role_name(role)), password_hash(password, cost_), cell(made.created)});
  if (!added) return tl::unexpected(added.error());
  if (*added == 0) return bad_input("name", "there is an account \"" + made.name + "\" already", "choose another name");
  return made;
}

Result<Accounts::Refusal> Accounts::keep_an_administrator(const std::string& name, const Database::Run& run) const {
  const auto mine = run("SELECT role, disabled FROM account WHERE name = ?", {name});
  if (!mine) return tl::unexpected(mine.error());
  if (mine->empty()) return Refusal::no_such_account;
  if (text(mine->front()[0]) != role_name(Role::administrator) || whole(mine->front()[1]) != 0) return Refusal::none;
  const auto others =
      run("SELECT count(*) FROM account WHERE role = 'administrator' AND disabled = 0 AND name <> ?", {name});
  if (!others) return tl::unexpected(others.error());
  return whole(others->front().front()) > 0 ? Refusal::none : Refusal::last_administrator;
}

Result<Accounts::Refusal> Accounts::change(std::string_view name, const AccountChange& change) {
  if (change.password) CASTNER_TRY(check_password(*change.password, name));
  const std::string who(name);
  const std::string hash = change.password ? password_hash(*change.password, cost_) : "";
  const bool weaker = (change.role && *change.role != Role::administrator) || change.disabled.value_or(false);
  auto refusal = Refusal::none;
  const auto done = database_.together([&](const Database::Run& run) -> Result<void> {
    const auto kept = CASTNER_TRY(keep_an_administrator(who, run));
    refusal = kept == Refusal::last_administrator && !weaker ? Refusal::none : kept;
    if (refusal != Refusal::none) return {};
    const auto set = [&](const char* sql, Cell value) -> Result<void> {
      if (auto changed = run(sql, {std::move(value), who}); !changed) return tl::unexpected(changed.error());
      return {};
    };
    if (change.role)
      if (auto r = set("UPDATE account SET role = ? WHERE name = ?", cell(role_name(*change.role))); !r) return r;
    if (change.password)
      if (auto r = set("UPDATE account SET password = ? WHERE name = ?", hash); !r) return r;
    if (change.disabled)
      if (auto r = set("UPDATE account SET disabled = ? WHERE name = ?", std::int64_t(*change.disabled)); !r) return r;
    if (auto ended = run("DELETE FROM session WHERE account = ?", {who}); !ended) return tl::unexpected(ended.error());
    return {};
  });
  if (!done) return tl::unexpected(done.error());
  return refusal;
}

Result<Accounts::Refusal> Accounts::remove(std::string_view name) {
  const std::string who(name);
  auto refusal = Refusal::none;
  const auto done = database_.together([&](const Database::Run& run) -> Result<void> {
    const auto kept = CASTNER_TRY(keep_an_administrator(who, run));
    refusal = kept;
    if (refusal != Refusal::none) return {};
    for (const char* sql : {"DELETE FROM session WHERE account = ?", "DELETE FROM device WHERE account = ?",
                            "DELETE FROM account WHERE name = ?"})
      if (auto gone = run(sql, {who}); !gone) return tl::unexpected(gone.error());
    return {};
  });
  if (!done) return tl::unexpected(done.error());
  return refusal;
}

Result<std::vector<Account>> Accounts::all() const {
  return database_.read_all(account_of,
                            "SELECT name, role, created, last_sign_in, disabled FROM account ORDER BY name");
}

Result<std::optional<Account>> Accounts::find(std::string_view name) const {
  static const std::string sql = std::string(kColumns) + " WHERE name = ?";
  const auto rows = database_.read(sql.c_str(), {cell(name)});
  if (!rows) return tl::unexpected(rows.error());
  return rows->empty() ? std::nullopt : std::optional(account_of(rows->front()));
}

Result<bool> Accounts::any() const {
  const auto rows = CASTNER_TRY(database_.read("SELECT EXISTS (SELECT 1 FROM account)"));
  return whole(rows.front().front()) != 0;
}

Result<std::optional<Account>> Accounts::sign_in(std::string_view name, std::string_view password) {
  const auto rows = database_.read("SELECT password, disabled FROM account WHERE name = ?", {cell(name)});
  if (!rows) return tl::unexpected(rows.error());
  const bool exists = !rows->empty() && whole(rows->front()[1]) == 0;
  const bool fits = password_fits(password, exists ? text(rows->front()[0]) : nobody_);
  if (!exists || !fits) return std::optional<Account>();
  // A disk that is full must not keep people out.
  (void)database_.write("UPDATE account SET last_sign_in = ? WHERE name = ?", {cell(clock_.now()), cell(name)});
  return find(name);
}

}  // namespace castner::people

// SPDX-License-Identifier: Apache-2.0
#include "castner/people/accounts.h"

#include <algorithm>

namespace castner::people {
namespace {

constexpr const char* kColumns = "SELECT name, role, created, last_sign_in, disabled, password FROM account";

Account account_of(const Row& r) {
  // A role that this version does not know gives the least.
  return {text(r[0]),
          role_named(text(r[1])).value_or(Role::viewer),
          time_of(r[2]).value_or(Time{}),
          time_of(r[3]),
          whole(r[4]) != 0,
          text(r[5])};
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

Accounts::Accounts(Database& database, const Clock& clock, Owed& owed, HashCost cost)
    : database_(database), clock_(clock), owed_(owed), cost_(cost), nobody_(password_hash(random_secret(), cost)) {}

Result<Account> Accounts::add(std::string_view name, Role role, std::string_view password) {
  Error error;
  for (const auto& checked : {check_account_name(name), check_password(password, name)})
    if (!checked)
      error.problems.insert(error.problems.end(), checked.error().problems.begin(), checked.error().problems.end());
  if (!error.problems.empty()) return tl::unexpected(error);
  owed_.pay(true);  // one of this name that was removed while the disk was full
  const Account made{.name = std::string(name),
                     .role = role,
                     .created = clock_.now(),
                     .last_sign_in = {},
                     .disabled = false,
                     .password = password_hash(password, cost_)};
  const auto added =
      database_.write("INSERT INTO account (name, role, password, created) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING",
                      {made.name, cell(role_name(role)), made.password, cell(made.created)});
  if (!added) return tl::unexpected(added.error());
  if (*added == 0) return bad_input("name", "there is an account \"" + made.name + "\" already", "choose another name");
  return made;
}

Result<Accounts::Refusal> Accounts::keep_an_administrator(const std::string& name, const Database::Run& run) const {
  const auto mine = CASTNER_TRY(run("SELECT role, disabled FROM account WHERE name = ?", {name}));
  if (mine.empty() || owed_.holds(Owed::Kind::removed, name)) return Refusal::no_such_account;
  if (text(mine.front()[0]) != role_name(Role::administrator) || whole(mine.front()[1]) != 0) return Refusal::none;
  const auto others =
      CASTNER_TRY(run("SELECT name FROM account WHERE role = 'administrator' AND disabled = 0 AND name <> ?", {name}));
  const auto may_sign_in = [&](const Row& r) { return !owed_.shut_out(text(r.front())); };
  return std::any_of(others.begin(), others.end(), may_sign_in) ? Refusal::none : Refusal::last_administrator;
}

Result<Accounts::Refusal> Accounts::change(std::string_view name, const AccountChange& change) {
  if (change.password) CASTNER_TRY(check_password(*change.password, name));
  const std::string who(name);
  const std::string hash = change.password ? password_hash(*change.password, cost_) : "";
  const bool weaker = (change.role && *change.role != Role::administrator) || change.disabled.value_or(false);
  const std::lock_guard lock(change_mutex_);
  owed_.pay(true);
  auto refusal = Refusal::none;
  const auto done = database_.together(
      [&](const Database::Run& run) -> Result<void> {
        const auto kept = CASTNER_TRY(keep_an_administrator(who, run));
        refusal = kept == Refusal::last_administrator && !weaker ? Refusal::none : kept;
        if (refusal != Refusal::none) return {};
        if (change.role)
          CASTNER_TRY(run("UPDATE account SET role = ? WHERE name = ?", {cell(role_name(*change.role)), who}));
        if (change.password) CASTNER_TRY(run("UPDATE account SET password = ? WHERE name = ?", {hash, who}));
        if (change.disabled)
          CASTNER_TRY(run("UPDATE account SET disabled = ? WHERE name = ?", {std::int64_t(*change.disabled), who}));
        CASTNER_TRY(run("DELETE FROM session WHERE account = ?", {who}));
        return {};
      },
      change.role || change.disabled ? Room::kept : Room::free);
  if (done && refusal == Refusal::none) owed_.changed(who);
  if (done) return refusal;
  if (!change.disabled.value_or(false) || change.role || change.password) return tl::unexpected(done.error());
  return shut_out(who, Owed::Kind::disabled);
}

Result<Accounts::Refusal> Accounts::shut_out(const std::string& who, Owed::Kind kind) {
  const auto refusal = CASTNER_TRY(
      keep_an_administrator(who, [this](const char* sql, const Row& values) { return database_.read(sql, values); }));
  if (refusal == Refusal::none) owed_.owe(kind, who), owed_.changed(who);
  return refusal;
}

Result<Accounts::Refusal> Accounts::remove(std::string_view name) {
  const std::string who(name);
  const std::lock_guard lock(change_mutex_);
  owed_.pay(true);
  auto refusal = Refusal::none;
  const auto done = database_.together(
      [&](const Database::Run& run) -> Result<void> {
        refusal = CASTNER_TRY(keep_an_administrator(who, run));
        if (refusal != Refusal::none) return {};
        for (const char* sql : {"DELETE FROM session WHERE account = ?", "DELETE FROM device WHERE account = ?",
                                "DELETE FROM account WHERE name = ?"})
          CASTNER_TRY(run(sql, {who}));
        return {};
      },
      Room::kept);
  if (done && refusal == Refusal::none) owed_.changed(who);
  return done ? Result<Refusal>(refusal) : shut_out(who, Owed::Kind::removed);
}

std::optional<Account> Accounts::as_it_is(Account a) const {
  if (owed_.holds(Owed::Kind::removed, a.name)) return {};
  a.disabled |= owed_.holds(Owed::Kind::disabled, a.name);
  return a;
}

Result<std::vector<Account>> Accounts::all() const {
  static const std::string sql = std::string(kColumns) + " ORDER BY name";
  std::vector<Account> all;
  for (auto& a : CASTNER_TRY(database_.read_all(account_of, sql.c_str())))
    if (auto seen = as_it_is(std::move(a))) all.push_back(std::move(*seen));
  return all;
}

Result<std::optional<Account>> Accounts::find(std::string_view name) const {
  static const std::string sql = std::string(kColumns) + " WHERE name = ?";
  const auto rows = CASTNER_TRY(database_.read(sql.c_str(), {cell(name)}));
  return rows.empty() ? std::nullopt : as_it_is(account_of(rows.front()));
}

Result<bool> Accounts::any() const {
  const auto rows = CASTNER_TRY(database_.read("SELECT EXISTS (SELECT 1 FROM account)"));
  return whole(rows.front().front()) != 0;
}

Result<std::optional<Account>> Accounts::sign_in(std::string_view name, std::string_view password) {
  auto account = CASTNER_TRY(find(name));
  const bool exists = account && !account->disabled;
  const bool fits = password_fits(password, exists ? account->password : nobody_);
  if (!exists || !fits) return std::optional<Account>();
  // A disk that is full must not keep people out.
  const Time now = clock_.now();
  if (database_.write("UPDATE account SET last_sign_in = ? WHERE name = ?", {cell(now), cell(name)}))
    account->last_sign_in = now;
  return account;
}

}  // namespace castner::people

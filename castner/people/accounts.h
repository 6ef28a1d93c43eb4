// SPDX-License-Identifier: Apache-2.0
/// Accounts: names, passwords and roles of the people who may sign in.
#pragma once

#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "castner/people/database.h"
#include "castner/people/owed.h"
#include "castner/people/role.h"
#include "castner/people/secrets.h"

namespace castner::people {

struct Account {
  std::string name;
  Role role = Role::viewer;
  Time created;
  std::optional<Time> last_sign_in;
  bool disabled = false;
  std::string password = {};  ///< its hash when this was read; a session opens only while the account still has it
};

/// The changes of an account; an empty member leaves its value.
struct AccountChange {
  std::optional<Role> role;
  std::optional<std::string> password;
  std::optional<bool> disabled;
};

/// A name: 1 to 64 of A-Z a-z 0-9 . _ - @. A password: 10 to 256 bytes, any; and not the name. Else bad_input.
Result<void> check_account_name(std::string_view);
Result<void> check_password(std::string_view password, std::string_view name);

/// Every method may be called from any thread. Errors: bad_input for what makes no sense, world_refused for the disk.
class Accounts {
 public:
  Accounts(Database& database, const Clock& clock, Owed& owed, HashCost cost);

  [[nodiscard]] Result<Account> add(std::string_view name, Role, std::string_view password);
  /// Why not: there is no such account, or no administrator who can sign in would be left.
  enum class Refusal { none, no_such_account, last_administrator };
  /// Where the disk is full, an account is disabled and removed all the same, as `Owed` has it; other changes are refused.
  [[nodiscard]] Result<Refusal> change(std::string_view name, const AccountChange&);
  [[nodiscard]] Result<Refusal> remove(std::string_view name);

  [[nodiscard]] Result<std::vector<Account>> all() const;  ///< by name
  [[nodiscard]] Result<std::optional<Account>> find(std::string_view name) const;
  [[nodiscard]] Result<bool> any() const;

  /// The account with this name and password, unless it is disabled. Takes equally long for names that do not exist.
  [[nodiscard]] Result<std::optional<Account>> sign_in(std::string_view name, std::string_view password);

 private:
  Result<Refusal> keep_an_administrator(const std::string& name, const Database::Run& run) const;
  /// In memory, for want of room on the disk.
  Result<Refusal> shut_out(const std::string& who, Owed::Kind);
  std::optional<Account> as_it_is(Account) const;
  Database& database_;
  const Clock& clock_;
  Owed& owed_;
  std::mutex change_mutex_;  ///< so that two who shut each other out leave one administrator
  const HashCost cost_;
  const std::string nobody_;  ///< hash of a password that nobody has
};

}  // namespace castner::people

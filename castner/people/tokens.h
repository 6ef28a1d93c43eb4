// SPDX-License-Identifier: Apache-2.0
/// Tokens with which programs sign in: a long random text, shown once, of which only the hash is kept.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "castner/people/database.h"
#include "castner/people/owed.h"
#include "castner/people/role.h"

namespace castner::people {

struct Token {
  std::int64_t id = 0;
  std::string name;  ///< of the program, for people
  Role role = Role::viewer;
  Time created;
  std::optional<Time> expires;  ///< never where empty
  std::optional<Time> last_used;
};

struct MadeToken {
  Token token;
  std::string secret;  ///< "castner_" and 64 hexadecimal digits
};

/// Every method may be called from any thread.
class Tokens {
 public:
  Tokens(Database& database, const Clock& clock, Owed& owed) : database_(database), clock_(clock), owed_(owed) {}

  /// bad_input for the role administrator (a program must not make accounts), a name that is not 1 to 64 bytes of printable text,
  /// and an end that has passed.
  [[nodiscard]] Result<MadeToken> add(std::string_view name, Role, std::optional<Time> expires);
  /// False if there is no such token. Where the disk is full, as `Owed` has it.
  [[nodiscard]] Result<bool> remove(std::int64_t id);
  [[nodiscard]] Result<std::vector<Token>> all() const;
  /// The token while it lasts. @param use  as for sessions: when it was used last is noted
  [[nodiscard]] Result<std::optional<Token>> find(std::string_view secret, bool use = true);

 private:
  Database& database_;
  const Clock& clock_;
  Owed& owed_;
};

}  // namespace castner::people

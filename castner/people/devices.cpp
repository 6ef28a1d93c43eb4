// SPDX-License-Identifier: Apache-2.0
#include "castner/people/devices.h"

#include "castner/people/secrets.h"

namespace castner::people {

Result<std::string> Devices::remember(std::string_view account, std::string_view secret) {
  // One of its own making: a secret that somebody planted would be known to him too.
  const auto ours = CASTNER_TRY(database_.read("SELECT 1 FROM device WHERE digest = ?", {digest_of(secret)}));
  const std::string kept = ours.empty() ? random_secret() : std::string(secret);
  const auto done = database_.together([&](const Database::Run& run) -> Result<void> {
    for (const auto& [sql, values] :
         {std::pair<const char*, Row>{"INSERT INTO device (digest, account, seen) VALUES (?, ?, ?) "
                                      "ON CONFLICT DO UPDATE SET seen = excluded.seen",
                                      {digest_of(kept), cell(account), cell(clock_.now())}},
          {"DELETE FROM device WHERE account = ? AND digest NOT IN (SELECT digest FROM device "
           "WHERE account = ? ORDER BY seen DESC LIMIT ?)",
           {cell(account), cell(account), std::int64_t{kMost}}}})
      if (auto ran = run(sql, values); !ran) return tl::unexpected(ran.error());
    return {};
  });
  if (!done) return tl::unexpected(done.error());
  return kept;
}

Result<bool> Devices::known(std::string_view account, std::string_view secret) const {
  if (secret.empty()) return false;
  const auto rows = CASTNER_TRY(
      database_.read("SELECT 1 FROM device WHERE digest = ? AND account = ?", {digest_of(secret), cell(account)}));
  return !rows.empty();
}

}  // namespace castner::people

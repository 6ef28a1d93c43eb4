// SPDX-License-Identifier: Apache-2.0
#include "castner/people/asked.h"

namespace castner::people {

Result<void> Asked::keep(const AskedPast& p) {
  CASTNER_TRY(database_.write("INSERT OR REPLACE INTO asked_past (id, from_time, to_time, created) VALUES (1, ?, ?, ?)",
                              {cell(p.from), cell(p.to), cell(clock_.now())}));
  return {};
}

Result<void> Asked::done() {
  CASTNER_TRY(database_.write("DELETE FROM asked_past"));
  return {};
}

Result<std::optional<AskedPast>> Asked::past() const {
  const auto rows = CASTNER_TRY(database_.read("SELECT from_time, to_time FROM asked_past"));
  if (rows.empty()) return std::nullopt;
  return AskedPast{time_of(rows[0][0]).value_or(Time{}), time_of(rows[0][1]).value_or(Time{})};
}

}  // namespace castner::people

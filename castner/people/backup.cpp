// SPDX-License-Identifier: Apache-2.0
#include "castner/people/backup.h"

#include "castner/base/sqlite_copy.h"
#include "castner/people/audit.h"

namespace castner::people {
namespace {

Result<RecordsContents> contents_of(sqlite::Db& db) {
  RecordsContents found;
  for (const auto& row : CASTNER_TRY(run(db, "PRAGMA quick_check(100)")))
    if (text(row[0]) != "ok") found.problems.push_back("pages: " + text(row[0]));
  found.accounts = CASTNER_TRY(db.number("SELECT count(*) FROM account"));
  found.sessions = CASTNER_TRY(db.number("SELECT count(*) FROM session"));
  found.tokens = CASTNER_TRY(db.number("SELECT count(*) FROM token"));
  found.entries = CASTNER_TRY(db.number("SELECT count(*) FROM audit"));
  const auto intact = CASTNER_TRY(is_intact([&](const char* sql, const Row& values) { return run(db, sql, values); }));
  if (!intact) found.problems.emplace_back("audit trail: an entry was changed or is missing");
  return found;
}

}  // namespace

Result<RecordsContents> backup_records(const std::string& path, const std::string& to) {
  auto from = CASTNER_TRY(open_to_read(path));
  RecordsContents found;
  const auto look = [&](sqlite::Db& copy) -> Result<void> {
    found = CASTNER_TRY(contents_of(copy));
    return {};
  };
  CASTNER_TRY(sqlite::back_up(from, to, look));
  return found;
}

}  // namespace castner::people

// SPDX-License-Identifier: Apache-2.0
// The file of the records.
//  1. open: whose file is it, is it private; a write-ahead log; what of kParts is missing is made, all of it or nothing.
//  2. Two connections: reads wait for no writer's disk.
//  3. Every change first asks whether the log keeps its reserve (log_reserve.h); where the disk has no more, only cutting off goes on.
//  4. At the end the log is empty, and owns the reserve again.
#include "castner/people/database.h"

#include <algorithm>
#include <filesystem>
#include <set>

#include "castner/base/log.h"
#include "castner/base/sqlite_copy.h"
#include "castner/base/survive.h"

namespace castner::people {
namespace {

constexpr int kApplicationId = 0x43415354;  // "CAST": whose file this is
constexpr int kSchema = 4;

/// What the file holds, and since which version of it.
struct Part {
  const char* name;
  int since;
  bool is_table;
  const char* sql;
};
constexpr Part kParts[] = {
    {"account", 1, true, R"(CREATE TABLE IF NOT EXISTS account (
  name TEXT PRIMARY KEY, role TEXT NOT NULL, password TEXT NOT NULL, created INTEGER NOT NULL, last_sign_in INTEGER,
  disabled INTEGER NOT NULL DEFAULT 0) STRICT, WITHOUT ROWID)"},
    {"session", 1, true, R"(CREATE TABLE IF NOT EXISTS session (
  digest TEXT PRIMARY KEY, account TEXT NOT NULL, csrf TEXT NOT NULL, created INTEGER NOT NULL, seen INTEGER NOT NULL) STRICT, WITHOUT ROWID)"},
    {"device", 2, true, R"(CREATE TABLE IF NOT EXISTS device (
  digest TEXT NOT NULL, account TEXT NOT NULL, seen INTEGER NOT NULL, PRIMARY KEY (digest, account)) STRICT, WITHOUT ROWID)"},
    {"token", 1, true, R"(CREATE TABLE IF NOT EXISTS token (
  id INTEGER PRIMARY KEY AUTOINCREMENT, digest TEXT NOT NULL UNIQUE, name TEXT NOT NULL, role TEXT NOT NULL, created INTEGER NOT NULL,
  expires INTEGER, last_used INTEGER) STRICT)"},
    {"audit", 1, true, R"(CREATE TABLE IF NOT EXISTS audit (
  number INTEGER PRIMARY KEY, time INTEGER NOT NULL, who TEXT NOT NULL, what TEXT NOT NULL, detail TEXT NOT NULL,
  address TEXT NOT NULL, hash TEXT NOT NULL) STRICT)"},
    {"view", 2, true, R"(CREATE TABLE IF NOT EXISTS view (
  id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL, owner TEXT NOT NULL, shared INTEGER NOT NULL, query TEXT NOT NULL,
  created INTEGER NOT NULL, UNIQUE (owner, name)) STRICT)"},
    {"mark", 2, true, R"(CREATE TABLE IF NOT EXISTS mark (
  id INTEGER PRIMARY KEY AUTOINCREMENT, time INTEGER NOT NULL, kind TEXT NOT NULL, text TEXT NOT NULL, who TEXT NOT NULL,
  created INTEGER NOT NULL) STRICT)"},
    {"asked_past", 3, true, R"(CREATE TABLE IF NOT EXISTS asked_past (
  id INTEGER PRIMARY KEY, from_time INTEGER NOT NULL, to_time INTEGER NOT NULL, created INTEGER NOT NULL) STRICT)"},
    {"cell_service", 4, true, R"(CREATE TABLE IF NOT EXISTS cell_service (
  id INTEGER PRIMARY KEY AUTOINCREMENT, cell TEXT NOT NULL, what TEXT NOT NULL, time INTEGER NOT NULL, note TEXT NOT NULL,
  who TEXT NOT NULL, created INTEGER NOT NULL) STRICT)"},
    {"mark_by_time", 2, false, "CREATE INDEX IF NOT EXISTS mark_by_time ON mark (time)"},
    {"audit_stays", 1, false,
     "CREATE TRIGGER IF NOT EXISTS audit_stays BEFORE UPDATE ON audit BEGIN "
     "SELECT RAISE(ABORT, 'the audit trail is only added to'); END"},
    {"audit_keeps", 1, false,
     "CREATE TRIGGER IF NOT EXISTS audit_keeps BEFORE DELETE ON audit BEGIN "
     "SELECT RAISE(ABORT, 'the audit trail is only added to'); END"},
};

Row row_of(const sqlite::Query& query) {
  Row row;
  for (int c = 0; c < query.columns(); ++c)
    row.push_back(query.null(c)         ? Cell()
                  : query.is_integer(c) ? Cell(query.integer(c))
                                        : Cell(std::string(query.bytes(c))));
  return row;
}

/// Refuses a database that is another program's, or of a newer Castner.
Result<void> check_whose(sqlite::Db& db) {
  const bool empty = CASTNER_TRY(db.number("SELECT count(*) FROM sqlite_schema")) == 0;
  // A history is of the same program: what is in it tells them apart.
  const bool accounts = CASTNER_TRY(db.number("SELECT count(*) FROM sqlite_schema WHERE name = 'account'")) > 0;
  if (!empty && (CASTNER_TRY(db.number("PRAGMA application_id")) != kApplicationId || !accounts))
    return world_refused(db.path(), "is a database, but not of Castner's accounts", "name another file");
  if (CASTNER_TRY(db.number("PRAGMA user_version")) > kSchema)
    return world_refused(db.path(), "was written by a newer Castner", "start that one");
  return {};
}

/// The parts that a file of this version should have and has not, "device, view"; "" for none.
Result<std::string> missing_parts(sqlite::Db& db, std::int64_t version, bool tables_only) {
  std::set<std::string> there;
  auto names = db.query("SELECT name FROM sqlite_schema");
  CASTNER_TRY(names.each([&] { there.emplace(names.bytes(0)); }));
  std::string all;
  for (const Part& p : kParts)
    if (p.since <= version && (p.is_table || !tables_only) && !there.contains(p.name))
      (all += all.empty() ? "" : ", ") += p.name;
  return all;
}

/// Makes what is not there: all of it or nothing, and the version with it. A file that calls itself finished and is not was left by a
/// version of Castner that wrote its number first, on a full disk.
Result<void> complete(sqlite::Db& db) {
  const auto version = CASTNER_TRY(db.number("PRAGMA user_version"));
  const auto missing = CASTNER_TRY(missing_parts(db, kSchema, false));
  // Only where it is needed: a server whose disk is full writes nothing when it starts.
  if (version == kSchema && missing.empty()) return {};
  std::string all = "BEGIN IMMEDIATE; ";
  for (const Part& p : kParts) (all += p.sql) += "; ";
  all += "PRAGMA application_id = " + std::to_string(kApplicationId) +
         "; PRAGMA user_version = " + std::to_string(kSchema) + "; COMMIT";
  if (auto made = db.run(all); !made) {
    db.rollback();
    return made;
  }
  if (version == kSchema)
    log_event(LogLevel::warning, "records_completed", {{"file", db.path()}, {"missing", missing}});
  return {};
}

}  // namespace

Result<std::vector<Row>> run(sqlite::Db& db, const char* sql, const Row& values) {
  auto query = db.query(sql);
  for (const Cell& value : values)
    if (const auto* n = std::get_if<std::int64_t>(&value))
      query.bind(*n);
    else if (const auto* s = std::get_if<std::string>(&value))
      query.bind(std::string_view(*s));
    else
      query.bind(nullptr);
  std::vector<Row> rows;
  while (CASTNER_TRY(query.step())) rows.push_back(row_of(query));
  return rows;
}

Result<sqlite::Db> open_to_read(const std::string& path) {
  if (std::error_code none; !std::filesystem::exists(path, none))
    return sqlite::no_such_file(path, "castner.toml names the records under [server], as records = \"PATH\"");
  // Read and write, since a reader of a write-ahead log takes part in its locks; query_only keeps it from more.
  auto db = CASTNER_TRY(sqlite::Db::open(path, sqlite::Db::Mode::read_write));
  CASTNER_TRY(check_whose(db));
  const auto version = CASTNER_TRY(db.number("PRAGMA user_version"));
  const auto missing = CASTNER_TRY(missing_parts(db, std::max<std::int64_t>(version, 1), true));
  if (!missing.empty())
    return world_refused(path, "is not complete: " + missing + " is missing",
                         "start the server once while its disk has room: it makes what is missing");
  CASTNER_TRY(db.run("PRAGMA query_only = ON"));
  return db;
}

Result<std::unique_ptr<Database>> Database::open(const std::string& path) {
  auto writes = CASTNER_TRY(sqlite::Db::open(path, sqlite::Db::Mode::create));
  CASTNER_TRY(check_whose(writes));
  writes.keep_private();
  CASTNER_TRY(writes.run("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL"));
  CASTNER_TRY(writes.keep_log());
  CASTNER_TRY(complete(writes));
  auto reads = CASTNER_TRY(sqlite::Db::open(path, sqlite::Db::Mode::read_write));
  CASTNER_TRY(reads.run("PRAGMA query_only = ON"));
  CASTNER_TRY(reads.keep_log());
  (void)keep_reserve(path + "-wal");
  return std::unique_ptr<Database>(new Database(std::move(reads), std::move(writes)));
}

Database::~Database() {
  reads_.reset();
  writes_.reset();  // which empties the log
  (void)keep_reserve(log_);
}

Result<std::vector<Row>> Database::read(const char* sql, const Row& values) const {
  const std::lock_guard lock(read_mutex_);
  return run(*reads_, sql, values);
}

/// Where the log cannot grow without its reserve, what is in it goes to the file first, so that it begins anew.
Result<void> Database::check_room(Room room) {
  if (keep_reserve(log_) || room == Room::kept) return {};
  const auto moved = run(*writes_, "PRAGMA wal_checkpoint(PASSIVE)");
  if (moved && !moved->empty() && whole(moved->front()[1]) == whole(moved->front()[2])) return {};
  return world_refused(writes_->path(), "database or disk is full (SQLite 13)", "free some space on its disk");
}

Result<int> Database::write(const char* sql, const Row& values, Room room) {
  const std::lock_guard lock(write_mutex_);
  CASTNER_TRY(note(check_room(room)));
  CASTNER_TRY(note(run(*writes_, sql, values)));
  return static_cast<int>(writes_->changes());
}

Result<void> Database::together(const std::function<Result<void>(const Run&)>& work, Room room) {
  const std::lock_guard lock(write_mutex_);
  CASTNER_TRY(note(check_room(room)));
  CASTNER_TRY(note(writes_->run("BEGIN IMMEDIATE")));
  Result<void> done = world_refused(writes_->path(), kSurvived);  // where it throws: nothing of it stays
  (void)survive("changing the records", [&] {
    auto changed = work([this](const char* sql, const Row& values) { return run(*writes_, sql, values); });
    done = changed ? writes_->run("COMMIT") : std::move(changed);
  });
  if (!done) writes_->rollback();
  return note(std::move(done));
}

std::string Database::last_error() const {
  const std::lock_guard lock(error_mutex_);
  return error_;
}

std::string Database::damage() const {
  const std::lock_guard lock(read_mutex_);
  const auto missing = missing_parts(*reads_, kSchema, true);
  if (!missing) return missing.error().first();
  return missing->empty() ? "" : reads_->path() + ": is not complete: " + *missing + " is missing";
}

template <class T>
Result<T> Database::note(Result<T> outcome) {
  const std::lock_guard lock(error_mutex_);
  if (outcome)
    error_.clear();
  else if (outcome.error().code == ErrorCode::world_refused)
    error_ = outcome.error().first();
  return outcome;
}

}  // namespace castner::people

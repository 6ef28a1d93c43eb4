// SPDX-License-Identifier: Apache-2.0
#include "castner/people/database.h"

#include <sqlite3.h>
#include <sys/stat.h>

#include <map>
#include <utility>

namespace castner::people {
namespace {

constexpr int kApplicationId = 0x43415354;  // "CAST": whose file this is
constexpr int kSchema = 1;

const char* const kTables = R"(
CREATE TABLE IF NOT EXISTS account (
  name TEXT PRIMARY KEY, role TEXT NOT NULL, password TEXT NOT NULL, created INTEGER NOT NULL, last_sign_in INTEGER,
  disabled INTEGER NOT NULL DEFAULT 0) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS session (
  digest TEXT PRIMARY KEY, account TEXT NOT NULL, csrf TEXT NOT NULL, created INTEGER NOT NULL, seen INTEGER NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS token (
  id INTEGER PRIMARY KEY AUTOINCREMENT, digest TEXT NOT NULL UNIQUE, name TEXT NOT NULL, role TEXT NOT NULL, created INTEGER NOT NULL,
  expires INTEGER, last_used INTEGER) STRICT;
CREATE TABLE IF NOT EXISTS audit (
  number INTEGER PRIMARY KEY, time INTEGER NOT NULL, who TEXT NOT NULL, what TEXT NOT NULL, detail TEXT NOT NULL,
  address TEXT NOT NULL, hash TEXT NOT NULL) STRICT;
CREATE TRIGGER IF NOT EXISTS audit_stays BEFORE UPDATE ON audit BEGIN SELECT RAISE(ABORT, 'the audit trail is only added to'); END;
CREATE TRIGGER IF NOT EXISTS audit_keeps BEFORE DELETE ON audit BEGIN SELECT RAISE(ABORT, 'the audit trail is only added to'); END;
)";

}  // namespace

struct Database::Connection {
  sqlite3* handle = nullptr;
  std::map<std::string, sqlite3_stmt*, std::less<>> statements;

  ~Connection() {
    for (const auto& [sql, statement] : statements) sqlite3_finalize(statement);
    sqlite3_close(handle);
  }

  tl::unexpected<Error> refused(const std::string& path) const {
    return world_refused(path, handle ? sqlite3_errmsg(handle) : "no memory",
                         "see that the disk has room and that castner may write there");
  }

  Result<std::vector<Row>> run(const std::string& path, const char* sql, const Row& values) {
    auto& statement = statements[sql];
    if (statement == nullptr && sqlite3_prepare_v2(handle, sql, -1, &statement, nullptr) != SQLITE_OK)
      return refused(path);
    for (std::size_t i = 0; i < values.size(); ++i) {
      const int at = static_cast<int>(i) + 1;
      if (const auto* n = std::get_if<std::int64_t>(&values[i]))
        sqlite3_bind_int64(statement, at, *n);
      else if (const auto* s = std::get_if<std::string>(&values[i]))
        sqlite3_bind_text(statement, at, s->data(), static_cast<int>(s->size()), SQLITE_STATIC);
      else
        sqlite3_bind_null(statement, at);
    }
    std::vector<Row> rows;
    int step;
    while ((step = sqlite3_step(statement)) == SQLITE_ROW) {
      Row row;
      for (int c = 0; c < sqlite3_column_count(statement); ++c) switch (sqlite3_column_type(statement, c)) {
          case SQLITE_NULL: row.emplace_back(); break;
          case SQLITE_INTEGER: row.emplace_back(static_cast<std::int64_t>(sqlite3_column_int64(statement, c))); break;
          default:
            row.emplace_back(std::string(reinterpret_cast<const char*>(sqlite3_column_text(statement, c)),
                                         static_cast<std::size_t>(sqlite3_column_bytes(statement, c))));
        }
      rows.push_back(std::move(row));
    }
    auto answer = step == SQLITE_DONE ? Result<std::vector<Row>>(std::move(rows)) : refused(path);
    sqlite3_reset(statement);
    sqlite3_clear_bindings(statement);
    return answer;
  }

  Result<void> script(const std::string& path, const char* sql) const {
    if (sqlite3_exec(handle, sql, nullptr, nullptr, nullptr) != SQLITE_OK) return refused(path);
    return {};
  }
};

Database::Database(std::string path, std::unique_ptr<Connection> reads, std::unique_ptr<Connection> writes)
    : path_(std::move(path)), reads_(std::move(reads)), writes_(std::move(writes)) {}
Database::~Database() = default;

Result<std::unique_ptr<Database>> Database::open(const std::string& path) {
  const auto before = umask(0077);  // hashes of passwords are nobody else's business
  auto writes = std::make_unique<Connection>();
  const int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX;
  const int opened = sqlite3_open_v2(path.c_str(), &writes->handle, flags, nullptr);
  if (opened == SQLITE_OK) sqlite3_busy_timeout(writes->handle, 5000);  // a castner command beside the server
  const auto wal = opened == SQLITE_OK ? writes->run(path, "PRAGMA journal_mode = WAL", {}) : writes->refused(path);
  umask(before);
  if (!wal) return tl::unexpected(wal.error());

  const auto id = writes->run(path, "PRAGMA application_id", {});
  if (!id) return tl::unexpected(id.error());
  const auto tables = writes->run(path, "SELECT count(*) FROM sqlite_schema", {});
  if (!tables) return tl::unexpected(tables.error());
  const bool empty = whole(tables->front().front()) == 0;
  if (!empty && whole(id->front().front()) != kApplicationId)
    return world_refused(path, "is a database, but not of Castner's accounts", "name another file");
  const auto version = writes->run(path, "PRAGMA user_version", {});
  if (!version) return tl::unexpected(version.error());
  if (whole(version->front().front()) > kSchema)
    return world_refused(path, "was written by a newer Castner", "start that one");

  const std::string set_up = "PRAGMA synchronous = FULL; PRAGMA application_id = " + std::to_string(kApplicationId) +
                             "; PRAGMA user_version = " + std::to_string(kSchema) + ";" + kTables;
  if (auto done = writes->script(path, set_up.c_str()); !done) return tl::unexpected(done.error());

  auto reads = std::make_unique<Connection>();
  if (sqlite3_open_v2(path.c_str(), &reads->handle, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, nullptr) != SQLITE_OK)
    return reads->refused(path);
  sqlite3_busy_timeout(reads->handle, 5000);
  if (auto done = reads->script(path, "PRAGMA query_only = ON"); !done) return tl::unexpected(done.error());
  return std::unique_ptr<Database>(new Database(path, std::move(reads), std::move(writes)));
}

Result<std::vector<Row>> Database::read(const char* sql, const Row& values) const {
  const std::lock_guard lock(read_mutex_);
  return reads_->run(path_, sql, values);
}

Result<int> Database::write(const char* sql, const Row& values) {
  const std::lock_guard lock(write_mutex_);
  if (auto done = writes_->run(path_, sql, values); !done) return tl::unexpected(done.error());
  return sqlite3_changes(writes_->handle);
}

Result<void> Database::together(const std::function<Result<void>(const Run&)>& work) {
  const std::lock_guard lock(write_mutex_);
  if (auto begun = writes_->run(path_, "BEGIN IMMEDIATE", {}); !begun) return tl::unexpected(begun.error());
  auto done = work([this](const char* sql, const Row& values) { return writes_->run(path_, sql, values); });
  if (done) {
    auto kept = writes_->run(path_, "COMMIT", {});
    if (kept) return {};
    done = tl::unexpected(kept.error());
  }
  (void)writes_->run(path_, "ROLLBACK", {});  // nothing to roll back where COMMIT did so itself
  return done;
}

}  // namespace castner::people

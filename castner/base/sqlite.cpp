// SPDX-License-Identifier: Apache-2.0
#include "castner/base/sqlite.h"

#include <fcntl.h>
#include <sqlite3.h>
#include <sys/stat.h>
#include <unistd.h>

#include "castner/base/check.h"

namespace castner::sqlite {
namespace {

std::string cure_of(int code) {
  if (code == SQLITE_IOERR_SHMSIZE) code = SQLITE_FULL;  // the index of the log finds no room
  switch (code & 0xFF) {
    case SQLITE_FULL: return "free some space on its disk";
    case SQLITE_READONLY: return "let the server's account write to the file and its folder";
    case SQLITE_CANTOPEN: return "the folder must exist and the server's account must be allowed to write to it";
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      return "a part of it is damaged; bring back a backup (of readings, castner historian verify and repair save the "
             "rest)";
    case SQLITE_BUSY: return "another program holds the file";
    case SQLITE_IOERR: return "look at the disk, and whether a limit on the size of files holds (ulimit -f)";
    default: return {};
  }
}

constexpr int kBusyMs = 5000;

/// Makes the file with a mode of its own, for umask belongs to all threads. One that is there is not opened: closing it would
/// give up the locks that this process holds on it. What cannot be done here, SQLite refuses next.
void make_private(const std::string& path) {
  if (const int made = ::open(path.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, S_IRUSR | S_IWUSR); made >= 0)
    ::close(made);
}

}  // namespace

tl::unexpected<Error> refused_by(sqlite3* db, const std::string& path) {
  const int code = db ? sqlite3_extended_errcode(db) : SQLITE_NOMEM;
  const std::string what = db ? sqlite3_errmsg(db) : "out of memory";
  return world_refused(path, what + " (SQLite " + std::to_string(code) + ")", cure_of(code));
}

Query::Query(sqlite3* db, const std::string& path, sqlite3_stmt* statement, int code)
    : db_(db), path_(&path), statement_(statement), code_(code) {}
Query::Query(Query&& other) noexcept
    : db_(other.db_), path_(other.path_), statement_(other.statement_), code_(other.code_), next_(other.next_) {
  other.statement_ = nullptr;
}
Query::~Query() {
  if (!statement_) return;
  sqlite3_reset(statement_);
  sqlite3_clear_bindings(statement_);
}

Query& Query::bind(std::int64_t v) {
  if (code_ == SQLITE_OK) code_ = sqlite3_bind_int64(statement_, next_++, v);
  return *this;
}
Query& Query::bind(std::string_view v) {
  if (code_ == SQLITE_OK)
    code_ = sqlite3_bind_text64(statement_, next_++, v.data() ? v.data() : "", v.size(), SQLITE_TRANSIENT, SQLITE_UTF8);
  return *this;
}
Query& Query::bind(Blob v) {
  // Not copied: whoever binds keeps it until the statement has run.
  if (code_ == SQLITE_OK)
    code_ = sqlite3_bind_blob64(statement_, next_++, v.bytes.data(), v.bytes.size(), SQLITE_STATIC);
  return *this;
}
Query& Query::bind(std::nullptr_t) {
  if (code_ == SQLITE_OK) code_ = sqlite3_bind_null(statement_, next_++);
  return *this;
}

Result<bool> Query::step() {
  if (code_ != SQLITE_OK) return refused_by(db_, *path_);
  const int code = sqlite3_step(statement_);
  if (code == SQLITE_ROW) return true;
  if (code == SQLITE_DONE) return false;
  return refused_by(db_, *path_);
}

std::int64_t Query::integer(int column) const { return sqlite3_column_int64(statement_, column); }
int Query::columns() const { return sqlite3_column_count(statement_); }
bool Query::is_integer(int column) const { return sqlite3_column_type(statement_, column) == SQLITE_INTEGER; }
bool Query::null(int column) const { return sqlite3_column_type(statement_, column) == SQLITE_NULL; }
std::string_view Query::bytes(int column) const {
  const auto* data = static_cast<const char*>(sqlite3_column_blob(statement_, column));
  return {data ? data : "", static_cast<std::size_t>(sqlite3_column_bytes(statement_, column))};
}

void Db::Close::operator()(sqlite3* db) const { sqlite3_close_v2(db); }
void Db::Finalize::operator()(sqlite3_stmt* s) const { sqlite3_finalize(s); }

Result<Db> Db::open(const std::string& path, Mode mode, const char* vfs) {
  const int flags = mode == Mode::read_only ? SQLITE_OPEN_READONLY
                    : mode == Mode::create  ? SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE
                                            : SQLITE_OPEN_READWRITE;
  Db db;
  db.path_ = std::make_unique<std::string>(path);
  // Who only looks leaves the log of a server that was stopped, and leaves none beside a copy that had none.
  const bool log_lies_there = mode != Mode::create && ::access((path + "-wal").c_str(), F_OK) == 0;
  if (mode == Mode::create && !vfs) make_private(path);
  sqlite3* raw = nullptr;
  const int code = sqlite3_open_v2(path.c_str(), &raw, flags | SQLITE_OPEN_NOMUTEX, vfs);
  db.db_.reset(raw);
  if (code != SQLITE_OK) return refused_by(raw, path);
  // Without the right to write, SQLite opens it to read, and would say so at the first change.
  if (mode == Mode::create && sqlite3_db_readonly(raw, "main") == 1)
    return world_refused(path, std::string(sqlite3_errstr(SQLITE_READONLY)) + " (SQLite 8)", cure_of(SQLITE_READONLY));
  sqlite3_extended_result_codes(raw, 1);
  sqlite3_busy_timeout(raw, kBusyMs);
  if (log_lies_there) CASTNER_TRY(db.keep_log());
  return db;
}

Result<void> Db::keep_log() {
  int yes = 1;
  if (sqlite3_file_control(raw(), "main", SQLITE_FCNTL_PERSIST_WAL, &yes) != SQLITE_OK)
    return refused_by(raw(), path());
  // With a limit SQLite empties the log at the end: its pages must not get into a file that is restored beside it.
  return run("PRAGMA journal_size_limit=16777216");
}

void Db::keep_private() const {
  struct stat main {};
  if (::stat(path().c_str(), &main) != 0 || !S_ISREG(main.st_mode)) return;
  const auto mode = main.st_mode & 07770;
  for (const char* suffix : {"", "-wal", "-shm"}) {
    struct stat info {};
    const auto file = path() + suffix;
    if (::stat(file.c_str(), &info) == 0 && S_ISREG(info.st_mode) && (info.st_mode & 07777) != mode) [[maybe_unused]]
      const int tried = ::chmod(file.c_str(), mode);
  }
}

Result<void> Db::copy_to(Db& empty) {
  auto* backup = sqlite3_backup_init(empty.raw(), "main", raw(), "main");
  if (!backup) return refused_by(empty.raw(), empty.path());
  // In one step: a reader of a write-ahead log sees one moment and holds up no writer.
  const int code = sqlite3_backup_step(backup, -1);
  sqlite3_backup_finish(backup);
  if (code != SQLITE_DONE) return refused_by(empty.raw(), empty.path());
  return {};
}

Query Db::query(const char* sql) {
  auto& kept = statements_[sql];
  int code = SQLITE_OK;
  if (!kept) {
    sqlite3_stmt* s = nullptr;
    code = sqlite3_prepare_v3(db_.get(), sql, -1, SQLITE_PREPARE_PERSISTENT, &s, nullptr);
    kept.reset(s);
    if (code != SQLITE_OK) kept.reset();
  }
  return Query(db_.get(), *path_, kept.get(), code);
}

Result<void> Db::run(const std::string& sql) {
  if (sqlite3_exec(db_.get(), sql.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK)
    return refused_by(db_.get(), *path_);
  return {};
}

Result<std::int64_t> Db::number(const char* sql) {
  auto q = query(sql);
  const auto row = q.step();
  if (!row) return tl::unexpected(row.error());
  return *row ? q.integer(0) : 0;
}

std::int64_t Db::last_id() const { return sqlite3_last_insert_rowid(db_.get()); }
std::int64_t Db::changes() const { return sqlite3_changes64(db_.get()); }
bool Db::in_transaction() const { return sqlite3_get_autocommit(db_.get()) == 0; }
void Db::rollback() {
  if (in_transaction()) sqlite3_exec(db_.get(), "ROLLBACK", nullptr, nullptr, nullptr);
}

}  // namespace castner::sqlite

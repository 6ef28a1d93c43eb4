// SPDX-License-Identifier: Apache-2.0
#include "castner/historian/sqlite_schema.h"

#include <sqlite3.h>

#include <filesystem>

#include "castner/base/sqlite_copy.h"

namespace castner::historian {
namespace {

constexpr std::int64_t kApplication = 0x43415354;  // "CAST"
constexpr std::int64_t kLayout = 1;

// `journal` is the write-ahead log. AUTOINCREMENT where a number must not come back after its row has gone: tags.sealed refers
// to ids of journal.
constexpr const char* kTables = R"(
CREATE TABLE tags(id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL UNIQUE, unit TEXT NOT NULL,
                  sealed INTEGER NOT NULL DEFAULT 0);
CREATE TABLE journal(id INTEGER PRIMARY KEY AUTOINCREMENT, block BLOB NOT NULL);
CREATE TABLE chunks(id INTEGER PRIMARY KEY, tag INTEGER NOT NULL, late INTEGER NOT NULL, begins INTEGER NOT NULL,
                    ends INTEGER NOT NULL, count INTEGER NOT NULL, summary BLOB NOT NULL, block BLOB NOT NULL);
CREATE INDEX chunks_by_time ON chunks(tag, late, begins, ends);
CREATE TABLE gaps(id INTEGER PRIMARY KEY, tag INTEGER NOT NULL, begins INTEGER NOT NULL, ends INTEGER, why TEXT NOT NULL);
CREATE INDEX gaps_by_end ON gaps(ends, tag);
CREATE TABLE retention(place INTEGER PRIMARY KEY, pattern TEXT NOT NULL, age INTEGER NOT NULL);
)";

/// A file that is not SQLite's is refused like one of another program.
Result<std::int64_t> number_or_other_file(Db& db, const char* sql, std::int64_t otherwise) {
  auto n = db.number(sql);
  if (!n && sqlite3_errcode(db.raw()) == SQLITE_NOTADB) return otherwise;
  return n;
}

Result<void> check_layout(Db& db) {
  const auto application = number_or_other_file(db, "PRAGMA application_id", 0);
  if (!application) return tl::unexpected(application.error());
  // Accounts and tokens have a file of the same program: what is in it tells them apart.
  const auto chunks = number_or_other_file(db, "SELECT count(*) FROM sqlite_master WHERE name='chunks'", 0);
  if (!chunks) return tl::unexpected(chunks.error());
  if (*application != kApplication || *chunks == 0)
    return bad_input(db.path(), "is not a historian's file",
                     "give the path of another file, or of one that is not there yet");
  const auto layout = db.number("PRAGMA user_version");
  if (!layout) return tl::unexpected(layout.error());
  if (*layout != kLayout)
    return bad_input(db.path(), "has layout " + std::to_string(*layout) + ", and this Castner knows 1",
                     "use a newer Castner");
  return {};
}

Result<void> set_up_writer(Db& db) {
  const auto tables = number_or_other_file(db, "SELECT count(*) FROM sqlite_master", 1);
  if (!tables) return tl::unexpected(tables.error());
  if (*tables > 0)
    if (auto fine = check_layout(db); !fine) return fine;
  // Only in a new file, before its first page and before it turns to write-ahead logging; in another this would write a page, for
  // which a full disk has no room.
  if (*tables == 0)
    if (auto done = db.run("PRAGMA page_size=8192; PRAGMA auto_vacuum=INCREMENTAL"); !done) return done;
  // FULL: the log is on the disk, not only written, before a commit counts.
  if (auto done = db.run("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=-8192;"
                         "PRAGMA temp_store=MEMORY");
      !done)
    return done;
  if (auto done = db.keep_log(); !done) return done;
  if (*tables > 0) return {};
  return db.run(std::string("BEGIN IMMEDIATE;") + kTables + "PRAGMA application_id=" + std::to_string(kApplication) +
                "; PRAGMA user_version=" + std::to_string(kLayout) + "; COMMIT");
}

}  // namespace

Result<Db> open_to_write(const std::string& path, const char* vfs) {
  auto db = Db::open(path, Db::Mode::create, vfs);
  if (!db) return db;
  if (auto done = set_up_writer(*db); !done) return tl::unexpected(done.error());
  if (!vfs) db->keep_private();
  return db;
}

Result<Db> open_to_read(const std::string& path, const char* vfs) {
  if (std::error_code none; !vfs && !std::filesystem::exists(path, none))
    return sqlite::no_such_file(path, "castner.toml names the history under [historian], as url = \"sqlite:PATH\"");
  // Read and write, since a reader of a write-ahead log takes part in its locks; query_only keeps it from more.
  auto db = Db::open(path, Db::Mode::read_write, vfs);
  if (!db) return db;
  if (auto fine = check_layout(*db); !fine) return tl::unexpected(fine.error());
  if (auto done = db->run("PRAGMA query_only=1; PRAGMA cache_size=-4096"); !done) return tl::unexpected(done.error());
  return db;
}

}  // namespace castner::historian

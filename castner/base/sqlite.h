// SPDX-License-Identifier: Apache-2.0
/// One connection to a SQLite file and the questions put to it; every refusal comes back as a value.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>

#include "castner/base/error.h"

struct sqlite3;
struct sqlite3_stmt;

namespace castner::sqlite {

struct Blob {
  std::string_view bytes;
};

/// A prepared statement in use; given back when it goes out of scope.
class Query {
 public:
  Query(sqlite3* db, const std::string& path, sqlite3_stmt* statement, int code);
  Query(Query&& other) noexcept;
  Query& operator=(Query&&) = delete;
  ~Query();

  Query& bind(std::int64_t);
  Query& bind(std::string_view text);
  Query& bind(Blob);
  Query& bind(std::nullptr_t);
  /// The next row: true; none left: false.
  [[nodiscard]] Result<bool> step();
  /// Steps to the end; f() is called at each row.
  template <class F>
  [[nodiscard]] Result<void> each(F f) {
    while (CASTNER_TRY(step())) f();
    return {};
  }
  [[nodiscard]] Result<void> run() {
    return each([] {});
  }

  std::int64_t integer(int column) const;
  std::string_view bytes(int column) const;  ///< until the next step
  bool null(int column) const;
  bool is_integer(int column) const;
  int columns() const;

 private:
  sqlite3* db_;
  const std::string* path_;
  sqlite3_stmt* statement_;
  int code_, next_ = 1;
};

/// Not thread safe: one thread at a time. A statement is prepared once and kept.
class Db {
 public:
  enum class Mode { create, read_write, read_only };
  /// What is made is its owner's alone (0600), and its -wal and -shm have the same mode. `vfs`: SQLite's name of the file system,
  /// nullptr for the machine's.
  [[nodiscard]] static Result<Db> open(const std::string& path, Mode, const char* vfs = nullptr);

  /// Nobody but owner and group may read the file and its logs any more. Only of a file that is known to be ours. What cannot
  /// be done here, another owner has to do.
  void keep_private() const;
  /// The write-ahead log and its index stay when the file is closed, the log empty: on a disk that has filled up meanwhile, the next
  /// start finds the room that it needs. Who only looks leaves a log where one lay, and none beside a copy that had none.
  [[nodiscard]] Result<void> keep_log();
  /// Copies every page as it is at one moment, also while another program writes, into an empty database.
  [[nodiscard]] Result<void> copy_to(Db& empty);

  Query query(const char* sql);                                ///< sql must live as long as this
  [[nodiscard]] Result<void> run(const std::string& sql);      ///< one or several statements without parameters
  [[nodiscard]] Result<std::int64_t> number(const char* sql);  ///< first column of the only row
  std::int64_t last_id() const;
  std::int64_t changes() const;  ///< rows that the last statement changed
  bool in_transaction() const;
  void rollback();  ///< where a transaction is open
  const std::string& path() const { return *path_; }
  sqlite3* raw() const { return db_.get(); }

 private:
  struct Close {
    void operator()(sqlite3*) const;
  };
  struct Finalize {
    void operator()(sqlite3_stmt*) const;
  };
  std::unique_ptr<std::string> path_;  // queries point to it
  std::unique_ptr<sqlite3, Close> db_;
  std::map<const char*, std::unique_ptr<sqlite3_stmt, Finalize>> statements_;
};

/// SQLite's last error on this connection, as a refusal with a cure.
tl::unexpected<Error> refused_by(sqlite3*, const std::string& path);

}  // namespace castner::sqlite

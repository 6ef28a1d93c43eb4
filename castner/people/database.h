// SPDX-License-Identifier: Apache-2.0
/// The file of accounts, tokens and the audit trail: one SQLite database, statements with bound values only.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "castner/base/clock.h"
#include "castner/base/error.h"
#include "castner/base/sqlite.h"
#include "castner/people/log_reserve.h"

namespace castner::people {

/// A number, a text, or nothing (NULL).
using Cell = std::variant<std::monostate, std::int64_t, std::string>;
using Row = std::vector<Cell>;

inline std::int64_t whole(const Cell& c) {
  return std::holds_alternative<std::int64_t>(c) ? std::get<std::int64_t>(c) : 0;
}
inline std::string text(const Cell& c) {
  return std::holds_alternative<std::string>(c) ? std::get<std::string>(c) : "";
}
inline Cell cell(Time t) { return static_cast<std::int64_t>(t.time_since_epoch().count()); }
inline Cell cell(std::optional<Time> t) { return t ? cell(*t) : Cell(); }
inline Cell cell(std::string_view s) { return std::string(s); }
inline std::optional<Time> time_of(const Cell& c) {
  return std::holds_alternative<std::int64_t>(c) ? std::optional(Time(std::chrono::nanoseconds(whole(c))))
                                                 : std::nullopt;
}

/// Rows of one statement; `values` stand for its question marks.
[[nodiscard]] Result<std::vector<Row>> run(sqlite::Db&, const char* sql, const Row& values = {});

/// Opens a file that exists, to read beside a server. world_refused where it is not there or no database of ours.
[[nodiscard]] Result<sqlite::Db> open_to_read(const std::string& path);

/// Every method may be called from any thread. A reader never waits for a writer's disk.
class Database {
 public:
  /// Opens or makes it, readable by its owner only. world_refused where the disk says no or the file is no database of ours.
  [[nodiscard]] static Result<std::unique_ptr<Database>> open(const std::string& path);
  Database(const Database&) = delete;
  Database& operator=(const Database&) = delete;
  ~Database();

  /// Rows of a SELECT. `values` stand for its question marks.
  [[nodiscard]] Result<std::vector<Row>> read(const char* sql, const Row& values = {}) const;
  /// The same, each row as `of` understands it.
  template <class T>
  [[nodiscard]] Result<std::vector<T>> read_all(T (*of)(const Row&), const char* sql, const Row& values = {}) const {
    const auto rows = CASTNER_TRY(read(sql, values));
    std::vector<T> all;
    for (const auto& r : rows) all.push_back(of(r));
    return all;
  }
  /// One statement that changes something, durable on return; how many rows it changed.
  [[nodiscard]] Result<int> write(const char* sql, const Row& values = {}, Room = Room::free);

  /// Several statements, all or none. `work` gets what runs one of them (a SELECT too) and may refuse.
  using Run = std::function<Result<std::vector<Row>>(const char* sql, const Row& values)>;
  [[nodiscard]] Result<void> together(const std::function<Result<void>(const Run&)>& work, Room = Room::free);

  /// Why the last change was refused by the disk; "" where it went well. Never waits for the disk.
  std::string last_error() const;
  /// Which tables are missing, or why the file cannot be read; "" where it is whole. Waits for no writer's disk.
  std::string damage() const;

 private:
  Database(sqlite::Db reads, sqlite::Db writes)
      : reads_(std::move(reads)), writes_(std::move(writes)), log_(writes_->path() + "-wal") {}
  template <class T>
  Result<T> note(Result<T> outcome);
  Result<void> check_room(Room);

  mutable std::mutex read_mutex_, error_mutex_;
  std::mutex write_mutex_;
  mutable std::optional<sqlite::Db> reads_;
  std::optional<sqlite::Db> writes_;
  const std::string log_;
  std::string error_;
};

}  // namespace castner::people

// SPDX-License-Identifier: Apache-2.0
/// The state of a SQLite store, shared by its parts: the writer, tags, newest readings, connections to read with.
#pragma once

#include <atomic>
#include <functional>
#include <limits>
#include <memory>
#include <mutex>
#include <optional>
#include <shared_mutex>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "castner/historian/merging_iterator.h"
#include "castner/historian/sqlite_store.h"
#include "castner/historian/sqlite_writer.h"

namespace castner::historian {

/// Keeps a second program from writing: the lock is the kernel's and goes with the process.
class WriterLock {
 public:
  static Result<WriterLock> take(const std::string& path);
  WriterLock() = default;
  WriterLock(WriterLock&& other) noexcept : file_(std::exchange(other.file_, -1)) {}
  WriterLock& operator=(WriterLock&&) = delete;
  ~WriterLock();

 private:
  int file_ = -1;
};

inline std::int64_t number(TagId tag) { return static_cast<std::int64_t>(tag); }

struct SqliteStore::Inside {
  Inside(WriterLock l, std::string p, SqliteOptions o, Db db, Db chunks, Memtable found)
      : lock(std::move(l)),
        path(std::move(p)),
        options(o),
        writer(std::move(db), std::move(chunks), std::move(found), options) {}

  WriterLock lock;
  const std::string path;
  const SqliteOptions options;

  // Under writer.view(), as the memtables are.
  std::vector<Tag> tags;
  std::unordered_map<std::string, std::size_t> by_name;
  std::unordered_map<TagId, std::size_t> by_id;
  std::unordered_map<TagId, readings::Reading> newest;
  std::uint64_t acknowledged = 0;
  /// The latest arrival so far [ns]. After the clock was set back it lies in the future of the clock.
  std::atomic<std::int64_t> latest_arrival = std::numeric_limits<std::int64_t>::min();

  std::mutex idle_mutex;
  std::vector<std::unique_ptr<Db>> idle;

  SqliteWriter writer;  // last: its thread uses all the rest

  /// A connection to read with; it goes back by itself.
  struct Reader {
    Inside* in;
    std::unique_ptr<Db> db;
    Reader(Inside* i, std::unique_ptr<Db> d) : in(i), db(std::move(d)) {}
    Reader(Reader&&) = default;
    ~Reader();
  };
  Result<Reader> reader();

  static tl::unexpected<Error> unknown() { return bad_input("", "no such tag in this store", "define it first"); }
  Result<void> check_tag(TagId) const;

  // Called only under the writer's exclusive lock.
  void keep_tag(Tag);
  void note_newest(TagId, const readings::Reading&);
  void note_newest(const Columns&);

  /// Returns when all of them are durable, or none is taken.
  Result<void> append(std::span<const Columns> blocks);
  /// An iterator over everything durable now, in memtables and chunks. The connection stays in a transaction.
  Result<MergingIterator> snapshot(Db&, const Range&);
  Result<std::optional<readings::Reading>> newest_before(Db&, TagId, Time);
  /// Of those that count, in the last stretch before that time; `from` is where it begins.
  Result<std::optional<readings::Reading>> newest_before(Db&, TagId, Time, Time& from,
                                                         const std::function<bool(const readings::Reading&)>& counts);
  /// What latest() says of a tag when the file is opened.
  Result<std::optional<readings::Reading>> newest_found(Db&, TagId);
  Result<void> load();
  Result<void> find_latest_arrival(Db&);
  Time now() const { return (options.clock ? *options.clock : system_clock()).now(); }
  /// What ages count from: the newest reading that does not lie after `now`.
  std::optional<Time> newest_trusted(Time now) const;
  Result<bool> has_old_in_memory(Time now);
  /// The readings that count; with `versions` corrected ones too.
  Result<std::vector<readings::Reading>> read(const Range&, std::size_t limit, bool versions);
  /// Runs a merging iterator in a connection of its own.
  Result<void> scan(const Range&, const MergingIterator::OnReadings&, const MergingIterator::OnSummary& = {});
};

}  // namespace castner::historian

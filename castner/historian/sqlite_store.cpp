// SPDX-License-Identifier: Apache-2.0
// Opening a file, and what the store keeps in memory. Nothing is special about a file whose program was killed:
//  1. open takes the lock of the kernel on `PATH-writer`; it goes with the process, and a second program is refused.
//  2. SQLite recovers its own log. Then read_log goes through the write-ahead log in order; readings that `tags.sealed`
//     says are in chunks already are left out, the rest goes into the active memtable.
//  3. load reads the tags and looks up the newest reading of each, so that latest() needs no file.
//  4. define_all answers from memory if it knows all names; else one work of the writer inserts them and, once durable,
//     publishes them.
//  5. A query takes an idle connection or opens one. snapshot begins a transaction and copies the tag's readings from
//     the memtables under one shared lock, so that each reading is seen exactly once.
//  6. scan runs the merging iterator over that snapshot (merging_iterator.h).
#include "castner/historian/sqlite_store.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <limits>

#include "castner/historian/chunk_codec.h"
#include "castner/historian/sqlite_inside.h"
#include "castner/historian/sqlite_schema.h"
#include "castner/readings/newest.h"
#include "castner/readings/same.h"
#include "castner/readings/tag_name.h"

namespace castner::historian {
namespace {

constexpr int kMostInFuture = 16;            // stretches of a tag that are passed over when a file is opened
constexpr std::size_t kIdleConnections = 8;  // more readers at once open more, and close them again

/// Recovery: the readings in the write-ahead log that no chunk holds yet. A row may have been flushed for some of its tags only.
Result<Memtable> read_log(Db& db) {
  std::unordered_map<std::int64_t, std::int64_t>
      flushed;  // by tag: the last row of the log whose readings are in chunks
  auto tags = db.query("SELECT id, sealed FROM tags");
  if (auto done = tags.each([&] { flushed[tags.integer(0)] = tags.integer(1); }); !done)
    return tl::unexpected(done.error());
  Memtable found;
  Result<void> damage;
  auto q = db.query("SELECT id, block FROM journal ORDER BY id");
  const auto done = q.each([&] {
    const auto block = unpack(q.bytes(1));
    if (!block) {
      damage = world_refused(db.path(),
                             "journal row " + std::to_string(q.integer(0)) + ": " + block.error().problems.front().what,
                             "castner historian repair saves the rest");
      return;
    }
    Columns left;
    std::size_t at = 0;
    for (const auto& run : block->runs) {
      if (flushed[number(run.tag)] < q.integer(0)) left.append(run.tag, *block, at, at + run.count);
      at += run.count;
    }
    found.add(left, q.integer(0));
  });
  for (const auto* outcome : {&done, &std::as_const(damage)})
    if (!*outcome) return tl::unexpected(outcome->error());
  return found;
}

}  // namespace

Result<WriterLock> WriterLock::take(const std::string& path) {
  const auto file = path + "-writer";
  WriterLock lock;
  lock.file_ = ::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (lock.file_ < 0)
    return world_refused(file, "cannot be made: " + std::string(std::strerror(errno)),
                         "the folder must exist and the server's account must be allowed to write to it");
  if (::flock(lock.file_, LOCK_EX | LOCK_NB) != 0)
    return world_refused(path, "another program writes to it", "stop the other castner first");
  return lock;
}
WriterLock::~WriterLock() {
  if (file_ >= 0) ::close(file_);
}

SqliteStore::Inside::Reader::~Reader() {
  if (!db) return;
  db->rollback();
  const std::lock_guard guard(in->idle_mutex);
  if (in->idle.size() < kIdleConnections) in->idle.push_back(std::move(db));
}

Result<SqliteStore::Inside::Reader> SqliteStore::Inside::reader() {
  {
    const std::lock_guard guard(idle_mutex);
    if (!idle.empty()) {
      Reader r(this, std::move(idle.back()));
      idle.pop_back();
      return r;
    }
  }
  auto db = open_to_read(path, options.vfs);
  if (!db) return tl::unexpected(db.error());
  return Reader(this, std::make_unique<Db>(std::move(*db)));
}

Result<void> SqliteStore::Inside::check_tag(TagId tag) const {
  const std::shared_lock seen(writer.view());
  if (!by_id.contains(tag)) return unknown();
  return {};
}

void SqliteStore::Inside::keep_tag(Tag t) {
  if (const auto at = by_id.find(t.id); at != by_id.end()) {
    tags[at->second].unit = t.unit;
    return;
  }
  by_name[t.name] = tags.size();
  by_id[t.id] = tags.size();
  tags.push_back(std::move(t));
}

void SqliteStore::Inside::note_newest(TagId tag, const readings::Reading& r) {
  if (readings::is_ahead(r.status)) return;
  const auto [at, is_first] = newest.try_emplace(tag, r);
  auto& n = at->second;
  if (is_first || !readings::takes_over(r, n, options.clock_tolerance)) return;
  if (!readings::same_but_for_arrival(n, r)) n = r;
}

void SqliteStore::Inside::note_newest(const Columns& c) {
  std::size_t at = 0;
  for (const auto& run : c.runs) {
    // Only readings at the greatest time of a run can be the newest, but for those from the future.
    auto most = std::numeric_limits<std::int64_t>::min();
    const auto counts = [&](std::size_t i) {
      return !readings::is_ahead(static_cast<readings::StatusCode>(c.statuses[i]));
    };
    for (auto i = at; i < at + run.count; ++i)
      if (c.times[i] > most && counts(i)) most = c.times[i];
    for (auto i = at; i < at + run.count; ++i)
      if (c.times[i] == most && counts(i)) note_newest(run.tag, c.reading(i));
    at += run.count;
  }
}

Result<MergingIterator> SqliteStore::Inside::snapshot(Db& db, const Range& range) {
  MergingIterator iterator(db, range);
  const std::shared_lock seen(writer.view());
  if (auto done = db.run("BEGIN"); !done) return tl::unexpected(done.error());
  if (auto done = iterator.find(); !done) return tl::unexpected(done.error());
  iterator.add_memtable(writer.memtables().of(range.tag));
  return iterator;
}

Result<void> SqliteStore::Inside::scan(const Range& range, const MergingIterator::OnReadings& on_readings,
                                       const MergingIterator::OnSummary& on_summary) {
  auto r = reader();
  if (!r) return tl::unexpected(r.error());
  auto found = snapshot(*r->db, range);
  if (!found) return tl::unexpected(found.error());
  return found->run(on_readings, on_summary);
}

/// Scans from the beginning of the last chunk in time before t: every later reading lies in it, in a late chunk or a memtable.
Result<std::optional<readings::Reading>> SqliteStore::Inside::newest_before(Db& db, TagId tag, Time t) {
  Time from;
  return newest_before(db, tag, t, from, [](const readings::Reading&) { return true; });
}

Result<std::optional<readings::Reading>> SqliteStore::Inside::newest_before(
    Db& db, TagId tag, Time t, Time& from, const std::function<bool(const readings::Reading&)>& counts) {
  std::optional<readings::Reading> found;
  from = Time::min();
  {
    auto q = db.query("SELECT max(begins) FROM chunks WHERE tag=? AND late=0 AND begins<?");
    q.bind(number(tag)).bind(ns_of(t));
    const auto row = q.step();
    if (!row) return tl::unexpected(row.error());
    if (*row && !q.null(0)) from = Time(std::chrono::nanoseconds(q.integer(0)));
  }
  auto iterator = snapshot(db, {tag, from, t});
  if (!iterator) return tl::unexpected(iterator.error());
  auto done = iterator->run([&](const Columns& c, std::size_t first, std::size_t last) {
    for (auto i = last; i-- > first;)
      if (auto r = c.reading(i); counts(r)) {
        found = std::move(r);
        break;
      }
    return true;
  });
  db.rollback();
  if (!done) return tl::unexpected(done.error());
  return found;
}

/// The newest that does not lie after now and was not marked as from the future. As takes_over decides while readings come, one
/// that lies after its arrival gives way to the one before it if that came later.
Result<std::optional<readings::Reading>> SqliteStore::Inside::newest_found(Db& db, TagId tag) {
  const auto counts = [](const readings::Reading& r) { return !readings::is_ahead(r.status); };
  Time until = now() + options.clock_tolerance;
  Result<std::optional<readings::Reading>> found;
  for (int k = 0; k < kMostInFuture; ++k) {
    Time from;
    found = newest_before(db, tag, until, from, counts);
    if (!found || *found || from == Time::min()) break;
    until = from;
  }
  for (int k = 0; k < kMostInFuture && found && *found; ++k) {
    const auto& ahead = **found;
    if (ahead.time <= ahead.arrival + options.clock_tolerance) break;
    auto before = newest_before(db, tag, ahead.time);
    if (!before) return before;
    if (!*before || (*before)->arrival <= ahead.arrival ||
        !readings::takes_over(**before, ahead, options.clock_tolerance))
      break;
    found = std::move(before);
  }
  return found;
}

/// In the log and in the chunks that were written last. Readings that came after the clock was set back have the latest arrival before
/// that (append), so it is found as long as the clock has not come to it.
Result<void> SqliteStore::Inside::find_latest_arrival(Db& db) {
  constexpr const char* kLast =
      "SELECT block FROM journal UNION ALL SELECT block FROM (SELECT block FROM chunks ORDER BY id DESC LIMIT 64)";
  auto latest = latest_arrival.load();
  Columns c;
  auto q = db.query(kLast);
  CASTNER_TRY(q.each([&] {
    if (!unpack(q.bytes(0), c)) return;  // a damaged block is for those who read it to tell
    for (const auto arrival : c.arrivals) latest = std::max(latest, arrival);
  }));
  latest_arrival = latest;
  return {};
}

Result<void> SqliteStore::Inside::load() {
  auto r = reader();
  if (!r) return tl::unexpected(r.error());
  CASTNER_TRY(find_latest_arrival(*r->db));
  auto q = r->db->query("SELECT id, name, unit FROM tags ORDER BY id");
  const auto done = q.each([&] {
    keep_tag({TagId(static_cast<std::uint32_t>(q.integer(0))), std::string(q.bytes(1)), std::string(q.bytes(2))});
  });
  if (!done) return done;
  for (const auto& t : tags) {
    const auto found = newest_found(*r->db, t.id);
    if (!found) return tl::unexpected(found.error());
    if (*found) newest[t.id] = **found;
  }
  return {};
}

Result<std::unique_ptr<SqliteStore>> SqliteStore::open(const std::string& path, const SqliteOptions& options) {
  auto lock = WriterLock::take(path);
  if (!lock) return tl::unexpected(lock.error());
  auto db = open_to_write(path, options.vfs);
  if (!db) return tl::unexpected(db.error());
  auto found = read_log(*db);
  if (!found) return tl::unexpected(found.error());
  auto chunks = open_to_read(path, options.vfs);
  if (!chunks) return tl::unexpected(chunks.error());
  auto inside =
      std::make_unique<Inside>(std::move(*lock), path, options, std::move(*db), std::move(*chunks), std::move(*found));
  if (auto done = inside->load(); !done) return tl::unexpected(done.error());
  return std::unique_ptr<SqliteStore>(new SqliteStore(std::move(inside)));
}

SqliteStore::SqliteStore(std::unique_ptr<Inside> in) : in_(std::move(in)) {}
SqliteStore::~SqliteStore() = default;

Result<std::vector<TagId>> SqliteStore::define_all(std::span<const TagName> names) {
  for (const auto& n : names)
    if (auto fine = readings::check_tag_name(n.name); !fine) return tl::unexpected(fine.error());
  std::vector<TagId> ids;
  {
    const std::shared_lock seen(in_->writer.view());
    for (const auto& n : names) {
      const auto at = in_->by_name.find(std::string(n.name));
      if (at == in_->by_name.end() || (!n.unit.empty() && n.unit != in_->tags[at->second].unit)) break;
      ids.push_back(in_->tags[at->second].id);
    }
    if (ids.size() == names.size()) return ids;
  }
  std::vector<Tag> made;
  const auto write = [&](Db& db) -> Result<void> {
    made.clear();
    for (const auto& n : names) {
      auto q = db.query(
          "INSERT INTO tags(name, unit) VALUES(?1, ?2)"
          " ON CONFLICT(name) DO UPDATE SET unit=iif(?2='', unit, ?2) RETURNING id, unit");
      q.bind(n.name).bind(n.unit);
      const auto row = q.step();
      if (!row) return tl::unexpected(row.error());
      made.push_back({TagId(static_cast<std::uint32_t>(q.integer(0))), std::string(n.name), std::string(q.bytes(1))});
      if (auto done = q.run(); !done) return done;
    }
    return {};
  };
  const auto publish = [&] {
    for (auto& t : made) in_->keep_tag(t);
  };
  if (auto done = in_->writer.commit({write, publish}); !done) return tl::unexpected(done.error());
  ids.clear();
  for (const auto& t : made) ids.push_back(t.id);
  return ids;
}

std::vector<Tag> SqliteStore::tags() const {
  const std::shared_lock seen(in_->writer.view());
  return in_->tags;
}

std::optional<Tag> SqliteStore::find(std::string_view name) const {
  const std::shared_lock seen(in_->writer.view());
  const auto at = in_->by_name.find(std::string(name));
  if (at == in_->by_name.end()) return {};
  return in_->tags[at->second];
}

}  // namespace castner::historian

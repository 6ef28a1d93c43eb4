// SPDX-License-Identifier: Apache-2.0
// Looks after a file of the SQLite store. verify_file, in one read transaction:
//  1. SQLite checks its pages (PRAGMA quick_check).
//  2. Each chunk is decompressed and compared with its row (tag, count, begin, end) and its summary; chunks in time
//     must not overlap.
//  3. Each block of the write-ahead log is decompressed; readings beyond its tag's `sealed` are counted as waiting.
// backup_file:
//  1. base/sqlite_copy copies all pages, of one moment, into `TO.part`.
//  2. The copy is verified, and renamed to TO: TO is whole or not there.
// repair_file, with the writer's lock, row by row into a new file, so that one unreadable page costs only its own rows:
//  1. Row ids are looked up from the front, from the back and through an index, since any of the three may stop at a
//     damaged page.
//  2. A chunk whose block can be read is kept; if its row does not fit it, row and summary are made again, and it
//     counts as late.
//  3. Of two chunks in time that overlap, the later one is marked late, or a reader would miss one of them.
//  4. The log, gaps and retention rules follow. What cannot be read is listed as lost.
#include "castner/historian/sqlite_care.h"

#include <filesystem>
#include <functional>
#include <limits>
#include <map>
#include <set>

#include "castner/base/sqlite_copy.h"
#include "castner/historian/chunk.h"
#include "castner/historian/chunk_codec.h"
#include "castner/historian/flush.h"
#include "castner/historian/merge.h"
#include "castner/historian/sqlite_inside.h"
#include "castner/historian/sqlite_schema.h"
#include "castner/readings/time_zone.h"

namespace castner::historian {
namespace {

constexpr std::size_t kMostOfAKind = 100;

/// A row of chunks as the file says it, which damage may have changed.
struct FoundRow {
  std::int64_t id = 0, tag = 0, late = 0, begins = 0, ends = 0, count = 0;
  std::string summary, block;
};
constexpr const char* kChunk = "SELECT id, tag, late, begins, ends, count, summary, block FROM chunks WHERE id=?";

FoundRow found_row(const Query& q) {
  return {q.integer(0),
          q.integer(1),
          q.integer(2),
          q.integer(3),
          q.integer(4),
          q.integer(5),
          std::string(q.bytes(6)),
          std::string(q.bytes(7))};
}

/// Why a chunk does not agree with its row; "" if it does.
std::string fault_of(const FoundRow& row) {
  const auto c = unpack(row.block);
  if (!c) return c.error().problems.front().what;
  if (c->runs.size() != 1 || number(c->runs[0].tag) != row.tag) return "its readings are another tag's";
  if (static_cast<std::int64_t>(c->size()) != row.count) return "it has not as many readings as its row says";
  if (c->times.front() != row.begins || c->times.back() != row.ends)
    return "its readings are not of the time its row says";
  for (std::size_t i = 1; i < c->size(); ++i)
    if (c->times[i] < c->times[i - 1]) return "its readings are not in order";
  // By content, bit for bit: the same summary has more bytes in older files.
  const auto said = unpacked(row.summary, c->time(0), c->time(c->size() - 1));
  if (!said || packed(*said) != packed(summary_of(*c, 0, c->size()))) return "its summary does not fit its readings";
  return {};
}

void add(std::vector<std::string>& list, std::string line) {
  if (list.size() < kMostOfAKind)
    list.push_back(std::move(line));
  else if (list.size() == kMostOfAKind)
    list.push_back("and more");
}

/// Calls f with each row, in a damaged file with those before the damage. Returns why it stopped, or "".
std::string each_row(Db& db, const char* sql, const std::function<void(const Query&)>& f) {
  auto q = db.query(sql);
  const auto done = q.each([&] { f(q); });
  return done ? "" : done.error().problems.front().what;
}

std::string describe(const FoundRow& row, const std::map<std::int64_t, std::string>& names) {
  const auto name = names.find(row.tag);
  return "chunk " + std::to_string(row.id) + ", " + std::to_string(row.count) + " readings of " +
         (name == names.end() ? "tag " + std::to_string(row.tag) : name->second) + " from " +
         readings::time_text(time_of(row.begins)) + " to " + readings::time_text(time_of(row.ends));
}

void verify_chunks(Db& db, Inventory& found, const std::map<std::int64_t, std::string>& names) {
  std::vector<std::int64_t> ids;
  const auto stopped = each_row(db, "SELECT id FROM chunks ORDER BY tag, late, begins",
                                [&](const Query& q) { ids.push_back(q.integer(0)); });
  if (!stopped.empty()) add(found.problems, "chunks: " + stopped);
  FoundRow before;
  for (const auto id : ids) {
    auto q = db.query(kChunk);
    q.bind(id);
    const auto there = q.step();
    if (!there || !*there) {
      add(found.problems,
          "chunk " + std::to_string(id) + ": " + (there ? "it is gone" : there.error().problems.front().what));
      continue;
    }
    auto row = found_row(q);
    ++found.chunks;
    found.readings += static_cast<std::uint64_t>(row.count);
    if (!names.contains(row.tag)) add(found.problems, describe(row, names) + ": there is no such tag");
    if (const auto fault = fault_of(row); !fault.empty()) add(found.problems, describe(row, names) + ": " + fault);
    if (row.late == 0 && before.late == 0 && before.tag == row.tag && before.id != 0 && row.begins <= before.ends)
      add(found.problems, describe(row, names) + ": it begins before the one before it ends");
    before = std::move(row);
  }
}

void verify_log(Db& db, Inventory& found) {
  std::map<std::int64_t, std::int64_t> flushed;
  each_row(db, "SELECT id, sealed FROM tags", [&](const Query& q) { flushed[q.integer(0)] = q.integer(1); });
  const auto stopped = each_row(db, "SELECT id, block FROM journal", [&](const Query& q) {
    const auto block = unpack(q.bytes(1));
    if (!block)
      return add(found.problems,
                 "journal row " + std::to_string(q.integer(0)) + ": " + block.error().problems.front().what);
    for (const auto& run : block->runs) {
      const auto tag = flushed.find(number(run.tag));
      if (tag == flushed.end())
        add(found.problems,
            "journal row " + std::to_string(q.integer(0)) + ": there is no tag " + std::to_string(number(run.tag)));
      else if (tag->second < q.integer(0))
        found.waiting += run.count;
    }
  });
  if (!stopped.empty()) add(found.problems, "journal: " + stopped);
  found.readings += found.waiting;
}

std::map<std::int64_t, std::string> names_of(Db& db, std::vector<std::string>& problems) {
  std::map<std::int64_t, std::string> names;
  const auto stopped =
      each_row(db, "SELECT id, name FROM tags", [&](const Query& q) { names[q.integer(0)] = q.bytes(1); });
  if (!stopped.empty()) add(problems, "tags: " + stopped);
  return names;
}

Inventory inventory_of(Db& db) {
  Inventory found;
  const auto stopped = each_row(db, "PRAGMA quick_check(100)", [&](const Query& q) {
    if (q.bytes(0) != "ok") add(found.problems, "pages: " + std::string(q.bytes(0)));
  });
  if (!stopped.empty()) add(found.problems, "pages: " + stopped);
  const auto names = names_of(db, found.problems);
  found.tags = names.size();
  verify_chunks(db, found, names);
  verify_log(db, found);
  each_row(db, "SELECT count(*) FROM gaps",
           [&](const Query& q) { found.gaps = static_cast<std::uint64_t>(q.integer(0)); });
  const auto pages = db.number("PRAGMA page_count"), page = db.number("PRAGMA page_size");
  if (pages && page) found.bytes = static_cast<std::uint64_t>(*pages * *page);
  return found;
}

}  // namespace

Result<Inventory> verify_file(const std::string& path) {
  auto db = open_to_read(path);
  if (!db) return tl::unexpected(db.error());
  if (auto done = db->run("BEGIN"); !done) return tl::unexpected(done.error());
  return inventory_of(*db);
}

Result<Inventory> backup_file(const std::string& path, const std::string& to) {
  CASTNER_TRY(sqlite::must_be_new(to));
  auto from = CASTNER_TRY(open_to_read(path));
  Inventory found;
  const auto look = [&](Db& copy) -> Result<void> {
    found = inventory_of(copy);
    return {};
  };
  CASTNER_TRY(sqlite::back_up(from, to, look));
  return found;
}

namespace {

/// Copies every row that can still be read from each table.
class Salvage {
 public:
  Salvage(Db& from, Db& to, Repair& repair) : from_(from), to_(to), repair_(repair) {}

  Result<void> all() {
    if (auto done = to_.run("BEGIN IMMEDIATE"); !done) return done;
    if (auto done = tags(); !done) return done;
    if (auto done = chunks(); !done) return done;
    if (auto done = put_in_time(); !done) return done;
    if (auto done = log(); !done) return done;
    if (auto done = rest(); !done) return done;
    return to_.run("COMMIT");
  }

 private:
  /// Row numbers of a table, though some of its pages may be unreadable: from the front, from the back, and from an index.
  std::set<std::int64_t> ids(std::initializer_list<const char*> ways) {
    std::set<std::int64_t> found;
    for (const auto* sql : ways) each_row(from_, sql, [&](const Query& q) { found.insert(q.integer(0)); });
    return found;
  }
  void lose(std::string line) { repair_.lost.push_back(std::move(line)); }

  Result<void> keep_tag(std::int64_t id, std::string_view name, std::string_view unit, std::int64_t flushed) {
    auto q = to_.query("INSERT INTO tags(id, name, unit, sealed) VALUES(?,?,?,?)");
    q.bind(id).bind(name).bind(unit).bind(flushed);
    names_[id] = name;
    return q.run();
  }
  Result<void> tags() {
    for (const auto id : ids({"SELECT id FROM tags ORDER BY id", "SELECT id FROM tags ORDER BY id DESC",
                              "SELECT id FROM tags ORDER BY name"})) {
      auto q = from_.query("SELECT name, unit, sealed FROM tags WHERE id=?");
      q.bind(id);
      const auto row = q.step();
      if (row && *row)
        if (auto done = keep_tag(id, q.bytes(0), q.bytes(1), q.integer(2)); !done) return done;
    }
    return {};
  }
  /// Gives a name to a tag whose own name is lost though its readings are not.
  Result<void> name_of(std::int64_t tag) {
    if (names_.contains(tag)) return {};
    const auto name = "lost name " + std::to_string(tag);
    lose("the name of tag " + std::to_string(tag) + "; it is called \"" + name + "\" now");
    return keep_tag(tag, name, "", 0);
  }
  Result<void> chunks() {
    for (const auto id : ids({"SELECT id FROM chunks ORDER BY id", "SELECT id FROM chunks ORDER BY id DESC",
                              "SELECT id FROM chunks ORDER BY tag, late, begins"})) {
      auto q = from_.query(kChunk);
      q.bind(id);
      const auto there = q.step();
      if (!there || !*there) {
        lose("chunk " + std::to_string(id) + ": " + (there ? "it is gone" : there.error().problems.front().what));
        continue;
      }
      const auto row = found_row(q);
      auto fault = fault_of(row);
      const auto readings = unpack(row.block);
      if (!readings || readings->runs.size() != 1) {
        lose(describe(row, names_) + ": " + fault);
        continue;
      }
      // The readings are intact: a row that does not fit them is made again from them.
      const auto tag = readings->runs[0].tag;
      if (auto done = name_of(number(tag)); !done) return done;
      const auto ordered = in_order(*readings);
      Chunk chunk{summary_of(ordered, 0, ordered.size()), ordered.size(), fault.empty() ? row.block : pack(ordered)};
      const bool late = !fault.empty() || row.late != 0;
      if (auto done = ChunkRow{tag, late, std::move(chunk)}.write(to_); !done) return done;
    }
    return {};
  }
  /// Chunks in time must not overlap, or a reader misses one of them: the later of two that overlap is marked late.
  Result<void> put_in_time() {
    std::vector<std::int64_t> late;
    std::int64_t tag = 0, ends = 0;
    const auto stopped = each_row(to_, "SELECT id, tag, begins, ends FROM chunks WHERE late=0 ORDER BY tag, begins",
                                  [&](const Query& q) {
                                    const bool overlaps = q.integer(1) == tag && q.integer(2) <= ends;
                                    if (overlaps) late.push_back(q.integer(0));
                                    if (!overlaps) ends = q.integer(3);
                                    tag = q.integer(1);
                                  });
    if (!stopped.empty()) return world_refused(to_.path(), stopped);
    for (const auto id : late) {
      auto q = to_.query("UPDATE chunks SET late=1 WHERE id=?");
      q.bind(id);
      if (auto done = q.run(); !done) return done;
    }
    return {};
  }
  Result<void> log() {
    for (const auto id : ids({"SELECT id FROM journal ORDER BY id", "SELECT id FROM journal ORDER BY id DESC"})) {
      auto q = from_.query("SELECT block FROM journal WHERE id=?");
      q.bind(id);
      const auto row = q.step();
      const auto block =
          row && *row ? unpack(q.bytes(0))
                      : Result<Columns>(world_refused("", row ? "it is gone" : row.error().problems.front().what));
      if (!block) {
        lose("journal row " + std::to_string(id) + ", readings that waited: " + block.error().problems.front().what);
        continue;
      }
      for (const auto& run : block->runs)
        if (auto done = name_of(number(run.tag)); !done) return done;
      auto keep = to_.query("INSERT INTO journal(id, block) VALUES(?,?)");
      const std::string bytes(q.bytes(0));
      keep.bind(id).bind(Blob{bytes});
      if (auto done = keep.run(); !done) return done;
    }
    return {};
  }
  Result<void> rest() {
    Result<void> outcome;
    auto stopped = each_row(from_, "SELECT tag, begins, ends, why FROM gaps ORDER BY id", [&](const Query& q) {
      auto keep = to_.query("INSERT INTO gaps(tag, begins, ends, why) VALUES(?,?,?,?)");
      keep.bind(q.integer(0)).bind(q.integer(1));
      if (q.null(2))
        keep.bind(nullptr);
      else
        keep.bind(q.integer(2));
      keep.bind(q.bytes(3));
      if (outcome) outcome = keep.run();
    });
    if (!stopped.empty()) lose("some of the ledger of gaps: " + stopped);
    stopped = each_row(from_, "SELECT pattern, age FROM retention ORDER BY place", [&](const Query& q) {
      auto keep = to_.query("INSERT INTO retention(pattern, age) VALUES(?,?)");
      keep.bind(q.bytes(0)).bind(q.integer(1));
      if (outcome) outcome = keep.run();
    });
    if (!stopped.empty()) lose("some of the rules of retention: " + stopped);
    // Ids of the log must go on after the greatest that tags refer to.
    auto on = to_.query(
        "INSERT INTO sqlite_sequence(name, seq) SELECT 'journal', 0 WHERE NOT EXISTS"
        "(SELECT 1 FROM sqlite_sequence WHERE name='journal')");
    if (outcome) outcome = on.run();
    auto on_too = to_.query(
        "UPDATE sqlite_sequence SET seq=max(seq, (SELECT coalesce(max(sealed), 0) FROM tags)) WHERE name='journal'");
    if (outcome) outcome = on_too.run();
    return outcome;
  }

  Db &from_, &to_;
  Repair& repair_;
  std::map<std::int64_t, std::string> names_;
};

}  // namespace

Result<Repair> repair_file(const std::string& path, const std::string& to) {
  CASTNER_TRY(sqlite::must_be_new(to));
  auto from = open_to_read(path);  // before the lock, whose file a mistyped path must not leave behind
  if (!from) return tl::unexpected(from.error());
  const auto lock = WriterLock::take(path);
  if (!lock) return tl::unexpected(lock.error());
  const auto part = to + ".part";
  std::error_code ignored;
  std::filesystem::remove(part, ignored);
  Repair repair;
  {
    auto copy = open_to_write(part);
    if (!copy) return tl::unexpected(copy.error());
    if (auto done = Salvage(*from, *copy, repair).all(); !done) return tl::unexpected(done.error());
    if (auto done = copy->run("PRAGMA journal_mode=DELETE"); !done) return tl::unexpected(done.error());
    repair.saved = inventory_of(*copy);
  }
  if (auto done = sqlite::put_in_place(part, to); !done) return tl::unexpected(done.error());
  return repair;
}

}  // namespace castner::historian

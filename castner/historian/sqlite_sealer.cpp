// SPDX-License-Identifier: Apache-2.0
#include "castner/historian/sqlite_sealer.h"

#include <algorithm>
#include <optional>

#include "castner/historian/chunk.h"
#include "castner/historian/chunk_codec.h"
#include "castner/historian/merge.h"

namespace castner::historian {
namespace {

std::int64_t ns(Time t) { return t.time_since_epoch().count(); }

struct Last {
  std::int64_t id, begins, ends;
  std::uint64_t count;
  std::size_t bytes;
};

Result<std::optional<Last>> last_of(Db& db, TagId tag, bool late) {
  auto q = db.query(
      late ? "SELECT id, begins, ends, count, length(block) FROM chunks WHERE tag=? AND late=1 ORDER BY id DESC LIMIT 1"
           : "SELECT id, begins, ends, count, length(block) FROM chunks WHERE tag=? AND late=0 ORDER BY begins DESC "
             "LIMIT 1");
  q.bind(static_cast<std::int64_t>(tag));
  const auto row = q.step();
  if (!row) return tl::unexpected(row.error());
  if (!*row) return std::nullopt;
  return Last{q.integer(0), q.integer(1), q.integer(2), static_cast<std::uint64_t>(q.integer(3)),
              static_cast<std::size_t>(q.integer(4))};
}

Result<Columns> take(Db& db, std::int64_t id) {
  auto q = db.query("SELECT block FROM chunks WHERE id=?");
  q.bind(id);
  const auto row = q.step();
  if (!row) return tl::unexpected(row.error());
  auto readings = *row ? unpack(q.bytes(0)) : Columns();
  if (!readings) return readings;
  auto gone = db.query("DELETE FROM chunks WHERE id=?");
  gone.bind(id);
  if (auto done = gone.run(); !done) return tl::unexpected(done.error());
  return readings;
}

/// Whether these readings, which are after the chunk, should become one with it.
/// Small ones join equals, so that a reading is packed anew only a few times until its chunk is full.
bool joins(const Last& last, const Columns& c, bool thorough) {
  if ((!thorough && last.count > 2 * c.size()) || is_full(last.count, last.bytes)) return false;
  const auto step = last.count < 2 ? 0 : (last.ends - last.begins) / static_cast<std::int64_t>(last.count - 1);
  return !is_long_silence(last.ends, c.times.front(), step);
}

Result<bool> overlaps(Db& db, TagId tag, std::int64_t begins, std::int64_t ends) {
  // Those in time do not overlap each other: only the last that begins before our end can reach us.
  auto q = db.query(
      "SELECT (SELECT ends FROM chunks WHERE tag=?1 AND late=0 AND begins<=?3 ORDER BY begins DESC LIMIT 1) >= ?2"
      " OR EXISTS(SELECT 1 FROM chunks WHERE tag=?1 AND late=1 AND begins<=?3 AND ends>=?2)");
  q.bind(static_cast<std::int64_t>(tag)).bind(begins).bind(ends);
  const auto row = q.step();
  if (!row) return tl::unexpected(row.error());
  return *row && q.integer(0) != 0;
}

/// Late ones join the last late chunk where both are small and near each other.
Result<Columns> with_late_neighbour(Db& db, TagId tag, Columns c) {
  const auto last = last_of(db, tag, true);
  if (!last) return tl::unexpected(last.error());
  if (!*last) return c;
  const auto& l = **last;
  const bool apart = l.ends < c.times.front()
                         ? is_long_silence(l.ends, c.times.front(), 0)
                         : c.times.back() < l.begins && is_long_silence(c.times.back(), l.begins, 0);
  if (apart || l.count > 2 * c.size() || is_full(l.count, l.bytes)) return c;
  auto before = take(db, l.id);
  if (!before) return c;  // damaged: left alone for repair to find
  const Columns* both[] = {&*before, &c};
  return in_order(joined(tag, both));
}

}  // namespace

void ChunkRows::add(TagId tag, Chunk chunk, bool late) { rows_.push_back({tag, late, std::move(chunk)}); }

Result<void> ChunkRows::add(Db& db, TagId tag, Chunk chunk) {
  const auto late = overlaps(db, tag, ns(chunk.summary.begin), ns(chunk.summary.end));
  if (!late) return tl::unexpected(late.error());
  add(tag, std::move(chunk), *late);
  return {};
}

bool ChunkRows::has(TagId tag) const {
  return std::any_of(rows_.begin(), rows_.end(), [&](const Row& r) { return r.tag == tag; });
}

Result<void> ChunkRows::write(Db& db) {
  std::stable_sort(rows_.begin(), rows_.end(),
                   [](const Row& a, const Row& b) { return a.chunk.block.size() > b.chunk.block.size(); });
  for (const auto& [tag, late, chunk] : rows_) {
    const auto summary = packed(chunk.summary);
    auto q = db.query("INSERT INTO chunks(tag, late, begins, ends, count, summary, block) VALUES(?,?,?,?,?,?,?)");
    q.bind(static_cast<std::int64_t>(tag)).bind(std::int64_t{late});
    q.bind(ns(chunk.summary.begin)).bind(ns(chunk.summary.end)).bind(static_cast<std::int64_t>(chunk.count));
    q.bind(Blob{summary}).bind(Blob{chunk.block});
    if (auto done = q.run(); !done) return done;
  }
  rows_.clear();
  return {};
}

Result<void> seal(Db& db, TagId tag, const Columns& waiting, ChunkRows& rows, bool thorough) {
  const auto c = in_order(waiting);
  auto last = last_of(db, tag, false);
  if (!last) return tl::unexpected(last.error());
  const auto fresh_from =
      *last
          ? static_cast<std::size_t>(std::upper_bound(c.times.begin(), c.times.end(), (*last)->ends) - c.times.begin())
          : 0;
  // A small chunk is mostly table of symbols and tells nothing.
  const bool telling = *last && (*last)->count >= 1000;
  const double bytes_each = telling ? static_cast<double>((*last)->bytes) / static_cast<double>((*last)->count) : 0.0;
  if (fresh_from > 0) {
    Columns late;
    late.append(tag, c, 0, fresh_from);
    const auto all = with_late_neighbour(db, tag, std::move(late));
    if (!all) return tl::unexpected(all.error());
    // Before the chunks in time are taken out, which these may overlap.
    for (auto& chunk : cut_into_chunks(tag, *all, bytes_each))
      if (auto done = rows.add(db, tag, std::move(chunk)); !done) return done;
  }
  if (fresh_from == c.size()) return {};
  Columns fresh;
  fresh.append(tag, c, fresh_from, c.size());
  while (*last && joins(**last, fresh, thorough)) {
    auto before = take(db, (*last)->id);
    if (!before) break;  // damaged: left alone for repair to find
    const Columns* both[] = {&*before, &fresh};
    fresh = joined(tag, both);
    if (last = last_of(db, tag, false); !last) return tl::unexpected(last.error());
  }
  // Late chunks may overlap these; being late, they are known to have come after.
  for (auto& chunk : cut_into_chunks(tag, fresh, bytes_each)) rows.add(tag, std::move(chunk), false);
  return {};
}

}  // namespace castner::historian

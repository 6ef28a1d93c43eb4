// SPDX-License-Identifier: Apache-2.0
#include "castner/historian/sqlite_sealer.h"

#include <algorithm>
#include <iterator>
#include <limits>
#include <numeric>
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

/// The tag's newest chunks, at most so many: of those in time by time, of late ones by when they came.
Result<std::vector<Last>> last_of(Db& db, TagId tag, bool late, std::size_t most) {
  auto q = db.query(late ? "SELECT id, begins, ends, count, length(block) FROM chunks WHERE tag=? AND late=1"
                           " ORDER BY id DESC LIMIT ?"
                         : "SELECT id, begins, ends, count, length(block) FROM chunks WHERE tag=? AND late=0"
                           " ORDER BY begins DESC LIMIT ?");
  q.bind(static_cast<std::int64_t>(tag)).bind(static_cast<std::int64_t>(most));
  std::vector<Last> found;
  for (;;) {
    const auto row = q.step();
    if (!row) return tl::unexpected(row.error());
    if (!*row) return found;
    found.push_back({q.integer(0), q.integer(1), q.integer(2), static_cast<std::uint64_t>(q.integer(3)),
                     static_cast<std::size_t>(q.integer(4))});
  }
}

Result<Columns> take(Db& db, std::int64_t id, Sealed& sealed) {
  auto q = db.query("SELECT block FROM chunks WHERE id=?");
  q.bind(id);
  const auto row = q.step();
  if (!row) return tl::unexpected(row.error());
  auto readings = *row ? unpack(q.bytes(0)) : Columns();
  if (readings) sealed.taken.push_back(id);
  return readings;
}

constexpr std::size_t kAlike = 3;  // so many chunks of a size become one with the readings that follow them
constexpr std::size_t kLookBack = 12;

/// How many of a tag's last chunks, newest first, should become one with the readings after them. Not each time anew, or
/// a reading would be packed ten times until its chunk is full: three alike wait for a fourth, as digits carry.
std::size_t to_join(const std::vector<Last>& last, std::size_t fresh, std::int64_t begins, bool thorough) {
  std::size_t joined = 0;
  for (;;) {
    std::size_t alike = 0, sum = fresh;
    for (auto i = joined; i < last.size(); ++i, ++alike) {
      const auto& l = last[i];
      if ((!thorough && l.count > 2 * fresh) || is_full(l.count, l.bytes)) break;
      const auto step = mean_step(l.begins, l.ends, l.count);
      if (is_long_silence(l.ends, begins, step)) break;
      begins = l.begins;
      sum += l.count;
    }
    if (alike < (thorough ? 1 : kAlike)) return joined;
    joined += alike;
    fresh = sum;
  }
}

/// Whether it overlaps a chunk in the file other than the late one of the id `but_for`.
Result<bool> overlaps(Db& db, TagId tag, std::int64_t begins, std::int64_t ends, std::int64_t but_for) {
  // Those in time do not overlap each other: only the last that begins before our end can reach us.
  auto q = db.query(
      "SELECT (SELECT ends FROM chunks WHERE tag=?1 AND late=0 AND begins<=?3 ORDER BY begins DESC LIMIT 1) >= ?2"
      " OR EXISTS(SELECT 1 FROM chunks WHERE tag=?1 AND late=1 AND begins<=?3 AND ends>=?2 AND id<>?4)");
  q.bind(static_cast<std::int64_t>(tag)).bind(begins).bind(ends).bind(but_for);
  const auto row = q.step();
  if (!row) return tl::unexpected(row.error());
  return *row && q.integer(0) != 0;
}

/// Late ones join the last late chunk where both are small and near each other; its id, or 0. But not across `newest`, where the
/// newest chunk begins: that one takes those within it when it grows.
Result<std::pair<Columns, std::int64_t>> with_late_neighbour(Db& db, TagId tag, Columns c, std::int64_t newest,
                                                             Sealed& sealed) {
  const auto last = last_of(db, tag, true, 1);
  if (!last) return tl::unexpected(last.error());
  const auto is_taken = [&](std::int64_t id) {
    return std::find(sealed.taken.begin(), sealed.taken.end(), id) != sealed.taken.end();
  };
  if (last->empty() || is_taken(last->front().id)) return std::pair(std::move(c), std::int64_t{0});
  const auto& l = last->front();
  const auto& t = c.times;
  const bool apart = (l.begins < newest) != (t.front() < newest) ||
                     (l.ends < t.front() && is_long_silence(l.ends, t.front(), 0)) ||
                     (t.back() < l.begins && is_long_silence(t.back(), l.begins, 0));
  if (apart || l.count > 2 * c.size() || is_full(l.count, l.bytes)) return std::pair(std::move(c), std::int64_t{0});
  const auto before = take(db, l.id, sealed);
  if (!before) return std::pair(std::move(c), std::int64_t{0});  // damaged: left alone for repair to find
  const Columns* both[] = {&*before, &c};
  return std::pair(in_order(joined(tag, both)), l.id);
}

/// The late chunks that reach into `from` and what follows, in the order in which they came. Nothing where they may not become
/// one with what they overlap: one begins before it, or is damaged, or they are more than `most` readings.
Result<std::optional<std::vector<Columns>>> late_from(Db& db, TagId tag, std::int64_t from, std::size_t most,
                                                      Sealed& sealed) {
  auto q = db.query("SELECT id, begins, count, block FROM chunks WHERE tag=? AND late=1 AND ends>=? ORDER BY id");
  q.bind(static_cast<std::int64_t>(tag)).bind(from);
  std::vector<Columns> found;
  std::vector<std::int64_t> ids;
  for (std::size_t n = 0;;) {
    const auto row = q.step();
    if (!row) return tl::unexpected(row.error());
    if (!*row) break;
    n += static_cast<std::size_t>(q.integer(2));
    if (q.integer(1) < from || n > most) return std::nullopt;
    auto readings = unpack(q.bytes(3));
    if (!readings) return std::nullopt;
    ids.push_back(q.integer(0));
    found.push_back(std::move(*readings));
  }
  sealed.taken.insert(sealed.taken.end(), ids.begin(), ids.end());
  return found;
}

}  // namespace

void Sealed::append(Sealed other) {
  taken.insert(taken.end(), other.taken.begin(), other.taken.end());
  std::move(other.rows.begin(), other.rows.end(), std::back_inserter(rows));
}

Result<void> ChunkRow::write(Db& db) const {
  const auto summary = packed(chunk.summary);
  auto q = db.query("INSERT INTO chunks(tag, late, begins, ends, count, summary, block) VALUES(?,?,?,?,?,?,?)");
  q.bind(static_cast<std::int64_t>(tag)).bind(std::int64_t{late});
  q.bind(ns(chunk.summary.begin)).bind(ns(chunk.summary.end)).bind(static_cast<std::int64_t>(chunk.count));
  q.bind(Blob{summary}).bind(Blob{chunk.block});
  return q.run();
}

Result<void> seal(Db& db, TagId tag, const Columns& waiting, Sealed& sealed, bool thorough) {
  auto& rows = sealed.rows;
  const auto sorted = is_in_order(waiting) ? Columns() : in_order(waiting);
  const auto& c = sorted.empty() ? waiting : sorted;
  const auto last = last_of(db, tag, false, kLookBack);
  if (!last) return tl::unexpected(last.error());
  std::size_t fresh_from = 0;
  double bytes_each = 0.0;
  if (!last->empty()) {
    const auto& l = last->front();
    fresh_from = static_cast<std::size_t>(std::upper_bound(c.times.begin(), c.times.end(), l.ends) - c.times.begin());
    // A small chunk is mostly table of symbols and tells nothing.
    if (l.count >= 1000) bytes_each = static_cast<double>(l.bytes) / static_cast<double>(l.count);
  }
  if (c.empty() && last->empty()) return {};
  const bool all_late = !c.empty() && fresh_from == c.size();
  const auto fresh_begins = all_late || c.empty() ? last->front().ends : c.times[fresh_from];
  const auto joins = all_late ? 0 : to_join(*last, c.size() - fresh_from, fresh_begins, thorough);
  if (c.empty() && joins < 2) return {};
  std::vector<Columns> together;  // what is packed into chunks in time
  for (std::size_t i = 0; i < joins; ++i) {
    auto before = take(db, (*last)[i].id, sealed);
    if (!before) break;  // damaged: left alone for repair to find
    together.push_back(std::move(*before));
  }
  std::reverse(together.begin(), together.end());
  // From here on they cover all time, silences too: late ones that stay late overlap them where they reach so far.
  auto begins = all_late ? std::numeric_limits<std::int64_t>::max() : fresh_begins;
  if (!together.empty()) {
    begins = together.front().times.front();
    const auto most = std::accumulate(together.begin(), together.end(), c.size(),
                                      [](std::size_t n, const Columns& part) { return n + part.size(); });
    auto late = late_from(db, tag, begins, most, sealed);
    if (!late) return tl::unexpected(late.error());
    if (*late) {  // what is late, in the file or here, joins what is packed anew
      fresh_from = static_cast<std::size_t>(std::lower_bound(c.times.begin(), c.times.end(), begins) - c.times.begin());
      std::move((*late)->begin(), (*late)->end(), std::back_inserter(together));
    }
  }
  if (fresh_from > 0) {
    Columns late;
    late.append(tag, c, 0, fresh_from);
    const auto all = with_late_neighbour(db, tag, std::move(late), last->front().begins, sealed);
    if (!all) return tl::unexpected(all.error());
    const auto& [readings, joined_one] = *all;
    for (auto& chunk : cut_into_chunks(tag, readings, bytes_each)) {
      const auto first = ns(chunk.summary.begin), end = ns(chunk.summary.end);
      const auto is_late = end >= begins ? Result<bool>(true) : overlaps(db, tag, first, end, joined_one);
      if (!is_late) return tl::unexpected(is_late.error());
      rows.push_back({tag, *is_late, std::move(chunk)});
    }
  }
  if (all_late) return {};
  together.emplace_back().append(tag, c, fresh_from, c.size());
  std::vector<const Columns*> parts;
  for (const auto& part : together) parts.push_back(&part);
  // Late chunks may overlap these still; being late, they are known to have come after.
  for (auto& chunk : cut_into_chunks(tag, in_order(joined(tag, parts)), bytes_each))
    rows.push_back({tag, false, std::move(chunk)});
  return {};
}

}  // namespace castner::historian

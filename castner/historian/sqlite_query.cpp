// SPDX-License-Identifier: Apache-2.0
// The queries of the SQLite store; a change of gaps is one work of the writer:
//  1. read and versions scan a snapshot; read keeps the last version of each time only.
//  2. latest is answered from memory.
//  3. aggregate starts from the newest reading before the range, which holds into it. A chunk within one bucket gives
//     its summary; other chunks are decompressed.
//  4. downsample first looks for the oldest and the newest reading in the range, divides that stretch, and thins one
//     scan of it.
//  5. A gap is opened only where the tag has none open; closing one never lets it end before it begins.
#include <algorithm>
#include <filesystem>

#include "castner/historian/aggregate.h"
#include "castner/historian/sqlite_inside.h"

namespace castner::historian {

Result<std::vector<readings::Reading>> SqliteStore::Inside::read(const Range& range, std::size_t limit, bool versions) {
  if (auto fine = check_tag(range.tag); !fine) return tl::unexpected(fine.error());
  std::vector<readings::Reading> all;
  if (range.from >= range.to || limit == 0) return all;
  const auto done = scan(range, [&](const Columns& c, std::size_t first, std::size_t last) {
    for (auto i = first; i < last && all.size() < limit; ++i)
      if (versions || counts(c, i, last)) all.push_back(c.reading(i));
    return all.size() < limit;
  });
  if (!done) return tl::unexpected(done.error());
  return all;
}

Result<std::vector<readings::Reading>> SqliteStore::read(const Range& range, std::size_t limit) const {
  return in_->read(range, limit, false);
}
Result<std::vector<readings::Reading>> SqliteStore::versions(const Range& range, std::size_t limit) const {
  return in_->read(range, limit, true);
}

Result<std::vector<std::optional<readings::Reading>>> SqliteStore::latest(std::span<const TagId> tags) const {
  const std::shared_lock seen(in_->writer.view());
  std::vector<std::optional<readings::Reading>> all;
  all.reserve(tags.size());
  for (const auto tag : tags) {
    if (!in_->by_id.contains(tag)) return Inside::unknown();
    const auto at = in_->newest.find(tag);
    all.push_back(at == in_->newest.end() ? std::nullopt : std::optional(at->second));
  }
  return all;
}

Result<std::vector<Bucket>> SqliteStore::aggregate(const Range& range, std::chrono::nanoseconds bucket) const {
  if (auto fine = in_->check_tag(range.tag); !fine) return tl::unexpected(fine.error());
  if (!bucket_count(range, bucket)) return bad_input("", "no such buckets", "from < to, and at most 1000000 buckets");
  const auto newest = latest(std::span(&range.tag, 1));
  if (!newest) return tl::unexpected(newest.error());
  auto r = in_->reader();
  if (!r) return tl::unexpected(r.error());
  Bucketer buckets(range, bucket);
  const auto earlier = in_->newest_before(*r->db, range.tag, range.from);
  if (!earlier) return tl::unexpected(earlier.error());
  if (*earlier) buckets.before(fact_of(**earlier));
  auto iterator = in_->snapshot(*r->db, range);
  if (!iterator) return tl::unexpected(iterator.error());
  const auto done = iterator->run(
      [&](const Columns& c, std::size_t first, std::size_t last) {
        for (auto i = first; i < last; ++i)
          if (counts(c, i, last)) buckets.add(fact_at(c, i));
        return true;
      },
      [&](const Summary& s) {
        const bool fits = buckets.fits(s);
        if (fits) buckets.add(s);
        return fits;
      });
  if (!done) return tl::unexpected(done.error());
  return buckets.finish(newest->front() && newest->front()->time >= range.to);
}

Result<std::vector<Point>> SqliteStore::downsample(const Range& range, std::size_t points) const {
  if (auto fine = in_->check_tag(range.tag); !fine) return tl::unexpected(fine.error());
  if (points < 4) return bad_input("", "a curve needs at least 4 points");
  if (range.from >= range.to) return std::vector<Point>();
  // The stretch that has readings is divided, not the whole range: a wide query must not blur a short answer.
  const auto oldest = read(range, 1);
  if (!oldest) return tl::unexpected(oldest.error());
  if (oldest->empty()) return std::vector<Point>();
  auto r = in_->reader();
  if (!r) return tl::unexpected(r.error());
  const auto last_there = in_->newest_before(*r->db, range.tag, range.to);
  if (!last_there) return tl::unexpected(last_there.error());
  Range there{range.tag, oldest->front().time, range.to};
  if (*last_there) there.to = std::max((*last_there)->time, there.from) + std::chrono::nanoseconds(1);
  Thinner thin(there, points);
  const auto done = in_->scan(there, [&](const Columns& c, std::size_t first, std::size_t last) {
    thin.add(c, first, last);
    return true;
  });
  if (!done) return tl::unexpected(done.error());
  return thin.finish();
}

Result<void> SqliteStore::open_gaps(std::span<const Gap> gaps) {
  for (const auto& g : gaps)
    if (auto fine = in_->check_tag(g.tag); !fine) return fine;
  const auto write = [&](Db& db) -> Result<void> {
    for (const auto& g : gaps) {
      auto q = db.query(
          "INSERT INTO gaps(tag, begins, why) SELECT ?1, ?2, ?3"
          " WHERE NOT EXISTS(SELECT 1 FROM gaps WHERE tag=?1 AND ends IS NULL)");
      q.bind(number(g.tag)).bind(ns_of(g.from)).bind(std::string_view(g.why));
      if (auto done = q.run(); !done) return done;
    }
    return {};
  };
  return in_->writer.commit({write, {}});
}

Result<void> SqliteStore::close_gaps(std::span<const GapEnd> ends) {
  for (const auto& e : ends)
    if (auto fine = in_->check_tag(e.tag); !fine) return fine;
  const auto write = [&](Db& db) -> Result<void> {
    for (const auto& e : ends) {
      auto q = db.query("UPDATE gaps SET ends=max(begins, ?2) WHERE tag=?1 AND ends IS NULL");
      q.bind(number(e.tag)).bind(ns_of(e.to));
      if (auto done = q.run(); !done) return done;
    }
    return {};
  };
  return in_->writer.commit({write, {}});
}

Result<std::vector<Gap>> SqliteStore::gaps(Time from, Time to) const {
  auto r = in_->reader();
  if (!r) return tl::unexpected(r.error());
  auto q = r->db->query(
      "SELECT tag, begins, ends, why FROM gaps WHERE begins<? AND (ends IS NULL OR ends>?) ORDER BY begins, id");
  q.bind(ns_of(to)).bind(ns_of(from));
  std::vector<Gap> all;
  const auto time = [&](int column) { return Time(std::chrono::nanoseconds(q.integer(column))); };
  const auto done = q.each([&] {
    all.push_back({TagId(static_cast<std::uint32_t>(q.integer(0))), time(1), {}, std::string(q.bytes(3))});
    if (!q.null(2)) all.back().to = time(2);
  });
  if (!done) return tl::unexpected(done.error());
  return all;
}

StoreHealth SqliteStore::health() const {
  StoreHealth h;
  h.last_error = in_->writer.last_error();
  for (const auto* suffix : {"", "-wal"}) {
    std::error_code none;
    const auto size = std::filesystem::file_size(in_->path + suffix, none);
    if (!none) h.bytes += size;
  }
  const std::shared_lock seen(in_->writer.view());
  h.acknowledged = in_->acknowledged;
  h.waiting = in_->writer.memtables().readings();
  return h;
}

Result<void> SqliteStore::settle() { return in_->writer.settle(); }

}  // namespace castner::historian

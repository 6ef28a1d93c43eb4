// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <bit>

#include "castner/historian/chunk_codec.h"
#include "castner/historian/sqlite_inside.h"

namespace castner::historian {
namespace {

constexpr std::size_t kInBlock = std::size_t{1} << 17;  // readings in a row of the write-ahead log

/// Readings grouped by tag (a counting sort), each group in the order given; in blocks for the write-ahead log.
std::vector<Columns> grouped(std::span<const TaggedReading> readings) {
  std::uint32_t most = 0;
  for (const auto& r : readings) most = std::max(most, static_cast<std::uint32_t>(r.tag));
  std::vector<std::uint32_t> start(most + 2, 0), order(readings.size());
  for (const auto& r : readings) ++start[static_cast<std::uint32_t>(r.tag) + 1];
  for (std::size_t i = 1; i < start.size(); ++i) start[i] += start[i - 1];
  for (std::uint32_t i = 0; i < readings.size(); ++i) order[start[static_cast<std::uint32_t>(readings[i].tag)]++] = i;
  std::vector<Columns> blocks;
  std::size_t text = 0;
  for (const auto i : order) {
    if (blocks.empty() || blocks.back().size() >= kInBlock || text >= kMostTextInBlock / 4) {
      blocks.emplace_back().reserve(std::min(readings.size(), kInBlock));
      text = 0;
    }
    blocks.back().push(readings[i].tag, readings[i].reading);
    if (const auto* s = std::get_if<std::string>(&readings[i].reading.value)) text += s->size();
  }
  return blocks;
}

/// Readings [begin, begin + n) of a column.
void add(Columns& to, const Numbers& some, std::size_t begin, std::size_t n) {
  const auto before = to.size();
  const auto times = some.times.subspan(begin, n);
  to.runs.push_back({some.tag, static_cast<std::uint32_t>(n)});
  to.times.resize(before + n);
  std::transform(times.begin(), times.end(), to.times.end() - static_cast<std::ptrdiff_t>(n), ns_of);
  to.arrivals.resize(before + n, ns_of(some.arrival));
  to.statuses.resize(before + n, static_cast<std::uint32_t>(some.status));
  to.kinds.resize(before + n, some.values.index() == 0 ? Kind::real : Kind::integer);
  to.bits.resize(before + n);
  std::visit(
      [&](const auto& all) {
        const auto values = all.subspan(begin, n);
        std::transform(values.begin(), values.end(), to.bits.end() - static_cast<std::ptrdiff_t>(n),
                       [](auto v) { return std::bit_cast<std::uint64_t>(v); });
      },
      some.values);
}

}  // namespace

/// The caller's thread compresses; then the writer commits the blocks of all callers at once (sqlite_writer.cpp).
/// After the clock was set back, what comes has the latest arrival before that, until the clock has come to it: a correction would else
/// lie before what it corrects. What is the newest goes by the arrivals as they were stamped.
Result<void> SqliteStore::Inside::append(std::span<const Columns> given) {
  auto latest = latest_arrival.load();
  std::vector<Columns> later;
  if (latest > ns_of(now())) {
    later.assign(given.begin(), given.end());
    for (auto& b : later)
      for (auto& arrival : b.arrivals) arrival = std::max(arrival, latest);
  }
  const std::span<const Columns> blocks = later.empty() ? given : std::span<const Columns>(later);
  std::vector<std::string> packed;
  for (const auto& b : blocks) {
    packed.push_back(pack(b));
    for (const auto arrival : b.arrivals) latest = std::max(latest, arrival);
  }
  std::vector<std::int64_t> rows;
  const auto write = [&](Db& db) -> Result<void> {
    rows.clear();
    for (const auto& p : packed) {
      auto q = db.query("INSERT INTO journal(block) VALUES(?)");
      if (auto done = q.bind(Blob{p}).run(); !done) return done;
      rows.push_back(db.last_id());
    }
    return {};
  };
  const auto publish = [&] {
    for (std::size_t k = 0; k < blocks.size(); ++k) {
      writer.memtables_to_change().add(blocks[k], rows[k]);
      note_newest(given[k]);
      acknowledged += blocks[k].size();
    }
    latest_arrival = std::max(latest_arrival.load(), latest);
  };
  return writer.commit({write, publish});
}

Result<void> SqliteStore::append(std::span<const Numbers> columns, std::span<const TaggedReading> readings) {
  std::size_t n = readings.size();
  {
    const std::shared_lock seen(in_->writer.view());
    for (const auto& c : columns) {
      if (!in_->by_id.contains(c.tag)) return Inside::unknown();
      if (!c.is_consistent()) return bad_input("", "as many values as times are needed");
      n += c.times.size();
    }
    std::optional<TagId> known;  // neighbours are often of one tag
    for (const auto& r : readings) {
      if (r.tag != known && !in_->by_id.contains(r.tag)) return Inside::unknown();
      known = r.tag;
      const auto* text = std::get_if<std::string>(&r.reading.value);
      if (text && text->size() > kMostText) return bad_input("", "a text is longer than 65536 bytes");
    }
  }
  if (n > kMostAtOnce) return bad_input("", "more than 1048576 readings at once", "split them");
  if (n == 0) return {};
  std::vector<Columns> blocks;
  for (const auto& c : columns)
    for (std::size_t begin = 0, some = 0; begin < c.times.size(); begin += some) {
      if (blocks.empty() || blocks.back().size() >= kInBlock) blocks.emplace_back().reserve(std::min(n, kInBlock));
      some = std::min(c.times.size() - begin, kInBlock - blocks.back().size());
      add(blocks.back(), c, begin, some);
    }
  for (auto& block : grouped(readings)) blocks.push_back(std::move(block));
  return in_->append(blocks);
}

}  // namespace castner::historian

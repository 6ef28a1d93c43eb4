// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <bit>
#include <memory>
#include <system_error>
#include <thread>
#include <unordered_set>

#include "castner/historian/chunk.h"
#include "castner/historian/chunk_codec.h"
#include "castner/historian/sqlite_inside.h"
#include "castner/historian/sqlite_sealer.h"

namespace castner::historian {
namespace {

constexpr std::size_t kInBlock = std::size_t{1} << 17;  // readings in a row of the journal
constexpr std::size_t kLong = 1024;                     // a column so long becomes chunks at once
constexpr std::size_t kWorthAThread = 65'536;           // readings that take a core a few milliseconds

/// Readings grouped by tag, each group in the order given; in blocks for the journal.
std::vector<Columns> grouped(std::span<const TaggedReading> readings) {
  std::uint32_t most = 0;
  for (const auto& r : readings) most = std::max(most, static_cast<std::uint32_t>(r.tag));
  std::vector<std::uint32_t> place(most + 2, 0), order(readings.size());
  for (const auto& r : readings) ++place[static_cast<std::uint32_t>(r.tag) + 1];
  for (std::size_t i = 1; i < place.size(); ++i) place[i] += place[i - 1];
  for (std::uint32_t i = 0; i < readings.size(); ++i) order[place[static_cast<std::uint32_t>(readings[i].tag)]++] = i;
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

void add(Columns& to, const Numbers& some) {
  const auto n = some.times.size(), before = to.size();
  to.runs.push_back({some.tag, static_cast<std::uint32_t>(n)});
  to.times.resize(before + n);
  std::transform(some.times.begin(), some.times.end(), to.times.end() - static_cast<std::ptrdiff_t>(n), ns_of);
  to.arrivals.resize(before + n, ns_of(some.arrival));
  to.statuses.resize(before + n, static_cast<std::uint32_t>(some.status));
  to.kinds.resize(before + n, some.values.index() == 0 ? Kind::real : Kind::integer);
  to.bits.resize(before + n);
  std::visit(
      [&](const auto& values) {
        std::transform(values.begin(), values.end(), to.bits.end() - static_cast<std::ptrdiff_t>(n),
                       [](auto v) { return std::bit_cast<std::uint64_t>(v); });
      },
      some.values);
}

/// A block of the journal: what is in it, packed, and the row it got.
struct Journalled {
  Columns readings;
  std::string block;
  std::int64_t row = 0;
};

Result<void> write(Db& db, Journalled& j) {
  if (j.block.empty()) j.block = pack(j.readings);
  auto q = db.query("INSERT INTO journal(block) VALUES(?)");
  q.bind(Blob{j.block});
  if (auto done = q.run(); !done) return done;
  j.row = db.last_id();
  return {};
}

/// A long column, cut into chunks by its caller's thread.
struct Long {
  TagId tag{};
  Columns readings;
  std::vector<Chunk> chunks;
};

/// Columns of one call are often alike, so what the one before took is a good guess.
void cut(std::span<Long> longs) {
  double bytes_each = 0;
  for (auto& l : longs) {
    l.chunks = cut_into_chunks(l.tag, l.readings, bytes_each);
    const auto& first = l.chunks.front();
    bytes_each = static_cast<double>(first.block.size()) / static_cast<double>(first.count);
  }
}

/// Half of them in a thread of their own, where that is worth one.
void cut_all(std::span<Long> longs) {
  std::size_t readings = 0;
  for (const auto& l : longs) readings += l.readings.size();
  if (readings < kWorthAThread) return cut(longs);
  const auto half = longs.size() / 2;
  try {
    const std::jthread other(cut, longs.first(half));
    cut(longs.subspan(half));
  } catch (const std::system_error&) {
    cut(longs);  // the machine gives no more threads
  }
}

bool ascending(std::span<const Time> t) {
  return std::adjacent_find(t.begin(), t.end(), std::greater_equal<>()) == t.end();
}

}  // namespace

Result<void> SqliteStore::append(std::span<const TaggedReading> readings) {
  if (readings.size() > kMostAtOnce) return bad_input("", "more than 1048576 readings at once", "split them");
  if (readings.empty()) return {};
  {
    const std::shared_lock seen(in_->writer.view());
    TagId known{};  // neighbours are often of one tag
    for (const auto& r : readings) {
      if (r.tag != known && !in_->by_id.contains(r.tag)) return Inside::unknown();
      known = r.tag;
      const auto* text = std::get_if<std::string>(&r.reading.value);
      if (text && text->size() > kMostText) return bad_input("", "a text is longer than 65536 bytes");
    }
  }
  std::vector<Journalled> blocks;
  for (auto& c : grouped(readings)) {
    auto block = pack(c);
    blocks.push_back({std::move(c), std::move(block)});
  }
  const auto put = [&](Db& db) -> Result<void> {
    for (auto& b : blocks)
      if (auto done = write(db, b); !done) return done;
    return {};
  };
  const auto publish = [&] {
    for (const auto& b : blocks) {
      in_->writer.heads_to_change().add(b.readings, b.row);
      in_->note_newest(b.readings);
    }
    in_->acknowledged += readings.size();
  };
  return in_->writer.commit({put, publish});
}

Result<void> SqliteStore::append(std::span<const Numbers> columns) {
  std::size_t n = 0;
  {
    const std::shared_lock seen(in_->writer.view());
    for (const auto& c : columns) {
      if (!in_->by_id.contains(c.tag)) return Inside::unknown();
      if (!c.is_whole()) return bad_input("", "as many values as times are needed");
      n += c.times.size();
    }
  }
  if (n > kMostAtOnce) return bad_input("", "more than 1048576 readings at once", "split them");
  if (n == 0) return {};

  // Short ones go into the journal together. Long ones become chunks at once, without a journal; but a tag's second one, and
  // one whose tag's readings wait, which have come before it, must wait behind them.
  const auto is_long = [](const Numbers& c) { return c.times.size() >= kLong && ascending(c.times); };
  const bool some_are_long = std::any_of(columns.begin(), columns.end(), is_long);
  std::unordered_set<TagId> seen;
  std::vector<Journalled> blocks;
  std::vector<Long> longs;
  for (const auto& c : columns) {
    if (c.times.empty()) continue;
    const bool is_first = !some_are_long || seen.insert(c.tag).second;
    if (some_are_long && is_first && is_long(c)) {
      Columns readings;
      add(readings, c);
      longs.push_back({c.tag, std::move(readings), {}});
    } else {
      if (blocks.empty() || blocks.back().readings.size() >= kInBlock)
        blocks.emplace_back().readings.reserve(std::min(n, kInBlock));
      add(blocks.back().readings, c);
    }
  }
  cut_all(longs);
  std::vector<ChunkRow> filling;
  for (auto& l : longs)
    for (auto& chunk : l.chunks) filling.push_back({l.tag, false, std::move(chunk)});
  filling = cut_to_fill(std::move(filling), in_->writer.room());
  for (auto& b : blocks) b.block = pack(b.readings);
  std::vector<Journalled> behind;
  std::unordered_set<TagId> waiting;

  const auto put = [&](Db& db) -> Result<void> {
    behind.clear();
    waiting.clear();
    for (auto& b : blocks)
      if (auto done = write(db, b); !done) return done;
    for (const auto& l : longs)
      if (in_->writer.heads().has(l.tag)) {
        waiting.insert(l.tag);
        behind.push_back({l.readings, {}});
        if (auto done = write(db, behind.back()); !done) return done;
      }
    ChunkRows rows;
    for (const auto& row : filling)
      if (!waiting.contains(row.tag))
        if (auto done = rows.add(db, row.tag, row.chunk); !done) return done;
    return in_->writer.write_rows(db, rows);
  };
  const auto publish = [&] {
    for (const auto* some : {&blocks, &behind})
      for (const auto& b : *some) {
        in_->writer.heads_to_change().add(b.readings, b.row);
        in_->note_newest(b.readings);
      }
    for (const auto& l : longs) in_->note_newest(l.tag, l.readings.reading(l.readings.size() - 1));
    in_->acknowledged += n;
  };
  return in_->writer.commit({put, publish});
}

}  // namespace castner::historian

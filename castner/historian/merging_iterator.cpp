// SPDX-License-Identifier: Apache-2.0
#include "castner/historian/merging_iterator.h"

#include <algorithm>
#include <limits>
#include <utility>

#include "castner/historian/chunk.h"
#include "castner/historian/chunk_codec.h"
#include "castner/historian/merge.h"

namespace castner::historian {
namespace {

// Chunks in time never overlap, so at most one begins before the range and reaches into it.
constexpr const char* kInTime =
    "SELECT id, begins, ends FROM chunks WHERE tag=?1 AND late=0 AND begins<?3 AND begins>="
    "coalesce((SELECT begins FROM chunks WHERE tag=?1 AND late=0 AND begins<=?2 ORDER BY begins DESC LIMIT 1), ?2)";
constexpr const char* kLate = "SELECT id, begins, ends FROM chunks WHERE tag=?1 AND late=1 AND begins<?3 AND ends>=?2";

}  // namespace

Result<void> MergingIterator::find() {
  for (const bool late : {false, true}) {
    auto q = db_.query(late ? kLate : kInTime);
    q.bind(static_cast<std::int64_t>(range_.tag)).bind(ns_of(range_.from)).bind(ns_of(range_.to));
    const auto done = q.each([&] {
      if (q.integer(2) >= ns_of(range_.from))
        sources_.push_back({q.integer(0), q.integer(1), q.integer(2), late ? q.integer(0) : 0});
    });
    if (!done) return done;
  }
  return {};
}

Result<void> MergingIterator::load(const Source& source, Columns& into) {
  if (source.id == 0) {
    into = std::move(memtable_);
    return {};
  }
  auto q = db_.query("SELECT block FROM chunks WHERE id=?");
  q.bind(source.id);
  const auto row = q.step();
  if (!row) return tl::unexpected(row.error());
  const auto done = *row ? unpack(q.bytes(0), into) : Result<void>(world_refused("", "it is gone"));
  if (done) return {};
  return world_refused(db_.path(), "chunk " + std::to_string(source.id) + ": " + done.error().problems.front().what,
                       "castner historian repair saves the rest");
}

Result<bool> MergingIterator::enough_in_summary(const Source& source, const OnSummary& on_summary) {
  if (!on_summary || source.id == 0 || source.begins < ns_of(range_.from) || source.ends >= ns_of(range_.to))
    return false;
  auto q = db_.query("SELECT summary FROM chunks WHERE id=?");
  q.bind(source.id);
  const auto row = q.step();
  if (!row) return tl::unexpected(row.error());
  if (!*row) return false;
  const auto summary = unpacked(q.bytes(0), time_of(source.begins), time_of(source.ends));
  return summary && on_summary(*summary);
}

bool MergingIterator::show_before(std::int64_t time, bool all, const OnReadings& on_readings) {
  struct Part {
    std::size_t open, first, last;
  };
  std::vector<Part> parts;
  for (std::size_t i = 0; i < open_.size(); ++i) {
    auto& o = open_[i];
    const auto& t = o.readings.times;
    const auto last = all || t.back() < time
                          ? t.size()
                          : static_cast<std::size_t>(std::lower_bound(t.begin(), t.end(), time) - t.begin());
    if (last > o.next) parts.push_back({i, o.next, last});
    o.next = std::max(o.next, last);
  }
  bool more = true;
  const auto show = [&](const Columns& c, std::size_t first, std::size_t last) {
    const auto [from, to] = indices_within(c, range_.from, range_.to);
    first = std::max(first, from);
    last = std::min(last, to);
    if (first < last) more = on_readings(c, first, last);
  };
  if (parts.size() == 1) {
    show(open_[parts[0].open].readings, parts[0].first, parts[0].last);
  } else if (parts.size() > 1) {
    std::sort(parts.begin(), parts.end(),
              [&](const Part& a, const Part& b) { return open_[a.open].rank < open_[b.open].rank; });
    Columns together;
    for (const auto& p : parts) together.append(range_.tag, open_[p.open].readings, p.first, p.last);
    together = in_order(std::move(together));
    show(together, 0, together.size());
  }
  const auto is_over = [](const Open& o) { return o.next >= o.readings.size(); };
  if (const auto over = std::find_if(open_.begin(), open_.end(), is_over); over != open_.end()) {
    spare_ = std::exchange(over->readings, {});
    std::erase_if(open_, is_over);
  }
  return more;
}

Result<void> MergingIterator::run(const OnReadings& on_readings, const OnSummary& on_summary) {
  if (!memtable_.empty()) {
    memtable_ = in_order(std::move(memtable_));
    sources_.push_back({0, memtable_.times.front(), memtable_.times.back(), std::numeric_limits<std::int64_t>::max()});
  }
  std::stable_sort(sources_.begin(), sources_.end(),
                   [](const Source& a, const Source& b) { return a.begins < b.begins; });
  for (std::size_t i = 0; i < sources_.size(); ++i) {
    const auto& source = sources_[i];
    if (!open_.empty() && !show_before(source.begins, false, on_readings)) return {};
    if (open_.empty() && (i + 1 == sources_.size() || sources_[i + 1].begins > source.ends)) {
      const auto enough = enough_in_summary(source, on_summary);
      if (!enough) return tl::unexpected(enough.error());
      if (*enough) continue;
    }
    auto readings = std::exchange(spare_, {});
    if (auto done = load(source, readings); !done) return done;
    if (!readings.empty()) open_.push_back({source.rank, std::move(readings), 0});
  }
  if (!open_.empty()) show_before(0, true, on_readings);
  return {};
}

}  // namespace castner::historian

// SPDX-License-Identifier: Apache-2.0
// Deletion of what is too old, as the Store promises it:
//  1. The reference is the newest reading of all tags that does not lie after `now`. It is at most `now`.
//  2. A tag's limit is the reference less the age of the first rule that fits it. Where the memtables hold readings before the limit,
//     everything is flushed first: what is in chunks alone can be cut.
//  3. clean_cut moves the limit back to a moment that no chunk of the tag reaches across. Chunks that overlap (a late one and the one
//     that it corrects) thus go together or stay together, and no corrected value comes back.
//  4. Where that is more than a day before the limit (a tag that speaks once a day has a chunk of a year), the chunks that reach across the
//     limit are cut there instead, and their later parts take their places.
//  5. Where the reference lies more than a day after that of the last deletion (table `forgotten`), nothing goes. A tag stays as it is where
//     its oldest group of overlapping chunks ended more than a day before the limit, or began more than two days before it.
//  6. All of it is one transaction of the writer. Where a tag's newest reading has gone, the memtables are asked for another.
#include <algorithm>

#include "castner/historian/chunk_codec.h"
#include "castner/historian/flush.h"
#include "castner/historian/merge.h"
#include "castner/historian/sqlite_inside.h"
#include "castner/readings/newest.h"
#include "castner/readings/tag_name.h"

namespace castner::historian {
namespace {

const Retention* rule_for(const std::vector<Retention>& rules, const std::string& tag) {
  const auto rule =
      std::find_if(rules.begin(), rules.end(), [&](const auto& r) { return readings::fits_pattern(r.pattern, tag); });
  return rule == rules.end() ? nullptr : &*rule;
}

Result<std::vector<Retention>> rules_in(Db& db) {
  std::vector<Retention> rules;
  auto q = db.query("SELECT pattern, age FROM retention ORDER BY place");
  CASTNER_TRY(q.each([&] { rules.push_back({std::string(q.bytes(0)), std::chrono::nanoseconds(q.integer(1))}); }));
  return rules;
}

/// Whether `later` is later than `earlier`, and by more than is usual, so many times; never overflows.
bool by_more_than_usual(std::int64_t later, std::int64_t earlier, std::uint64_t times = 1) {
  return later > earlier && static_cast<std::uint64_t>(later) - static_cast<std::uint64_t>(earlier) >
                                times * static_cast<std::uint64_t>(Store::kUsualDeletion.count());
}

/// The tag's limit; nullopt where that lies before all time.
std::optional<std::int64_t> limit_of(Time reference, const Retention& rule) {
  if (reference.time_since_epoch() < Time::min().time_since_epoch() + rule.age) return {};
  return ns_of(reference - rule.age);
}

/// The latest moment at or before the limit that no chunk reaches across.
Result<std::int64_t> clean_cut(Db& db, TagId tag, std::int64_t limit) {
  for (auto cut = limit;;) {
    auto next = cut;
    {
      auto q =
          db.query("SELECT begins, ends FROM chunks WHERE tag=? AND late=0 AND begins<? ORDER BY begins DESC LIMIT 1");
      q.bind(number(tag)).bind(cut);
      if (CASTNER_TRY(q.step()) && q.integer(1) >= cut) next = q.integer(0);
    }
    {
      auto q = db.query("SELECT min(begins) FROM chunks WHERE tag=? AND late=1 AND begins<? AND ends>=?");
      q.bind(number(tag)).bind(cut).bind(cut);
      if (CASTNER_TRY(q.step()) && !q.null(0)) next = std::min(next, q.integer(0));
    }
    if (next == cut) return cut;
    cut = next;
  }
}

/// What of a tag lies before a clean cut.
struct Old {
  std::uint64_t readings = 0;
  std::int64_t begins = 0;
  std::int64_t first_ends = 0;  ///< of the oldest group of chunks that overlap
};
Result<Old> before_cut(Db& db, TagId tag, std::int64_t cut) {
  Old old;
  bool in_first = true;
  auto q = db.query(
      "SELECT begins, ends, count FROM chunks WHERE tag=?1 AND late=0 AND begins<?2 UNION ALL "
      "SELECT begins, ends, count FROM chunks WHERE tag=?1 AND late=1 AND begins<?2 ORDER BY 1");
  q.bind(number(tag)).bind(cut);
  CASTNER_TRY(q.each([&] {
    if (old.readings == 0) {
      old.begins = q.integer(0);
      old.first_ends = q.integer(1);
    }
    in_first = in_first && q.integer(0) <= old.first_ends;
    if (in_first) old.first_ends = std::max(old.first_ends, q.integer(1));
    old.readings += static_cast<std::uint64_t>(q.integer(2));
  }));
  return old;
}

/// Where a tag is cut, and what then takes the place of chunks that reach across.
struct Cut {
  std::int64_t at = 0;
  std::vector<ChunkRow> rests;
};
Result<Cut> cut_of(Db& db, TagId tag, std::int64_t limit) {
  Cut cut{CASTNER_TRY(clean_cut(db, tag, limit)), {}};
  if (!by_more_than_usual(limit, cut.at)) return cut;
  bool whole = true;
  for (const bool late : {false, true}) {
    auto q = db.query("SELECT block FROM chunks WHERE tag=? AND late=? AND begins<? AND ends>=?");
    q.bind(number(tag)).bind(std::int64_t{late}).bind(limit).bind(limit);
    CASTNER_TRY(q.each([&] {
      const auto all = unpack(q.bytes(0));
      whole = whole && all;
      if (!whole) return;  // a damaged chunk stays as it is, for verify and repair to find
      const auto first = indices_within(*all, time_of(limit), Time::max()).first;
      Columns rest;
      rest.append(tag, *all, first, all->size());
      for (auto& chunk : cut_into_chunks(tag, rest, 0.0)) cut.rests.push_back({tag, late, std::move(chunk)});
    }));
  }
  if (!whole) return Cut{cut.at, {}};
  cut.at = limit;
  return cut;
}

Result<void> delete_before(Db& db, TagId tag, std::int64_t cut) {
  for (const auto* sql : {"DELETE FROM chunks WHERE tag=? AND late=0 AND begins<?",
                          "DELETE FROM chunks WHERE tag=? AND late=1 AND begins<?"}) {
    auto q = db.query(sql);
    CASTNER_TRY(q.bind(number(tag)).bind(cut).run());
  }
  return {};
}

/// Whether the reference lies so far after that of the last deletion that a person should look.
Result<bool> leaps(Db& db, Time reference) {
  CASTNER_TRY(
      db.run("CREATE TABLE IF NOT EXISTS forgotten(one INTEGER PRIMARY KEY CHECK(one=1), until INTEGER NOT NULL)"));
  auto q = db.query("SELECT until FROM forgotten");
  return CASTNER_TRY(q.step()) && by_more_than_usual(ns_of(reference), q.integer(0));
}

Result<void> note_reference(Db& db, Time reference) {
  auto q = db.query("INSERT INTO forgotten(one, until) VALUES(1, ?1) ON CONFLICT DO UPDATE SET until=?1");
  return q.bind(ns_of(reference)).run();
}

}  // namespace

/// Under the view, or on the writer's thread.
std::optional<Time> SqliteStore::Inside::newest_trusted(Time now) const {
  std::optional<Time> found;
  for (const auto& [tag, r] : newest)
    if (r.time <= now + options.clock_tolerance && (!found || *found < r.time)) found = r.time;
  return found ? std::optional(std::min(*found, now)) : std::nullopt;
}

/// Whether the memtables hold readings that are too old.
Result<bool> SqliteStore::Inside::has_old_in_memory(Time now) {
  auto r = reader();
  if (!r) return tl::unexpected(r.error());
  const auto rules = CASTNER_TRY(rules_in(*r->db));
  const std::shared_lock seen(writer.view());
  const auto reference = newest_trusted(now);
  if (!reference) return false;
  return std::any_of(tags.begin(), tags.end(), [&](const Tag& t) {
    const auto* rule = rule_for(rules, t.name);
    const auto limit = rule ? limit_of(*reference, *rule) : std::nullopt;
    return limit && writer.memtables().oldest(t.id) < *limit;
  });
}

Result<void> SqliteStore::set_retention(std::span<const Retention> rules) {
  for (const auto& r : rules)
    if (r.age.count() <= 0)
      return bad_input("", "readings of " + r.pattern + " are to be kept for no time", "give an age > 0");
  {
    // Only what changes is written: a server whose disk is full writes nothing when it starts.
    auto r = in_->reader();
    if (!r) return tl::unexpected(r.error());
    if (CASTNER_TRY(rules_in(*r->db)) == std::vector<Retention>(rules.begin(), rules.end())) return {};
  }
  const auto write = [&](Db& db) -> Result<void> {
    CASTNER_TRY(db.run("DELETE FROM retention"));
    for (const auto& r : rules) {
      auto q = db.query("INSERT INTO retention(pattern, age) VALUES(?, ?)");
      CASTNER_TRY(q.bind(std::string_view(r.pattern)).bind(r.age.count()).run());
    }
    return {};
  };
  return in_->writer.commit({write, {}});
}

Result<Forgotten> SqliteStore::forget(Time now, Deletion how) {
  const auto in_memory = in_->has_old_in_memory(now);
  if (!in_memory) return tl::unexpected(in_memory.error());
  if (*in_memory) CASTNER_TRY(settle());
  Forgotten f;
  std::vector<std::pair<TagId, std::int64_t>> cuts;
  const auto write = [&](Db& db) -> Result<void> {
    f = {};
    cuts.clear();
    const auto rules = CASTNER_TRY(rules_in(db));
    const auto reference = in_->newest_trusted(now);
    if (!reference || rules.empty()) return {};
    const bool leap = CASTNER_TRY(leaps(db, *reference));
    for (const auto& t : in_->tags) {
      const auto* rule = rule_for(rules, t.name);
      const auto limit = rule ? limit_of(*reference, *rule) : std::nullopt;
      if (!limit) continue;
      const auto cut = CASTNER_TRY(cut_of(db, t.id, *limit));
      auto old = CASTNER_TRY(before_cut(db, t.id, cut.at));
      for (const auto& rest : cut.rests) old.readings -= rest.chunk.count;
      if (old.readings == 0) continue;
      if (how == Deletion::usual &&
          (leap || by_more_than_usual(*limit, old.first_ends) || by_more_than_usual(*limit, old.begins, 2))) {
        f.oldest = f.waiting == 0 ? time_of(old.begins) : std::min(f.oldest, time_of(old.begins));
        f.before = f.waiting == 0 ? time_of(*limit) : std::max(f.before, time_of(*limit));
        f.waiting += old.readings;
        continue;
      }
      CASTNER_TRY(delete_before(db, t.id, cut.at));
      for (const auto& rest : cut.rests) CASTNER_TRY(rest.write(db));
      f.gone += old.readings;
      cuts.emplace_back(t.id, cut.at);
    }
    return leap && f.waiting > 0 ? Result<void>() : note_reference(db, *reference);
  };
  const auto publish = [&] {
    for (const auto& [tag, cut] : cuts) {
      // If even the newest reading was too old, all chunks of the tag are gone; the memtables may hold another.
      const auto at = in_->newest.find(tag);
      if (at == in_->newest.end() || ns_of(at->second.time) >= cut) continue;
      in_->newest.erase(at);
      if (in_->writer.memtables().has(tag)) in_->note_newest(in_->writer.memtables().of(tag));
    }
  };
  CASTNER_TRY(in_->writer.commit({write, publish, true}));
  return f;
}

}  // namespace castner::historian

// SPDX-License-Identifier: Apache-2.0
#include "castner/people/notes.h"

#include <algorithm>
#include <utility>

#include "castner/base/utf8.h"

namespace castner::people {
namespace {

constexpr std::int64_t kMostViews = 200;
constexpr std::size_t kLongestQuery = 4000;

bool is_line(std::string_view s, std::size_t most) { return !s.empty() && s.size() <= most && is_printable(s); }

View view_of(const Row& r) { return {whole(r[0]), text(r[1]), text(r[2]), whole(r[3]) != 0, text(r[4])}; }
TimeMark mark_of(const Row& r) {
  return {whole(r[0]), time_of(r[1]).value_or(Time{}), text(r[2]), text(r[3]), text(r[4])};
}

/// Deletes one row and returns what it was.
template <class T>
Result<std::optional<T>> removed(Database& database, T (*of)(const Row&), const char* sql, const Row& values) {
  std::optional<T> gone;
  const auto done = database.together([&](const Database::Run& run) -> Result<void> {
    const auto rows = CASTNER_TRY(run(sql, values));
    if (!rows.empty()) gone = of(rows.front());
    return {};
  });
  if (!done) return tl::unexpected(done.error());
  return gone;
}

}  // namespace

Result<std::vector<View>> Notes::views(std::string_view owner) const {
  return database_.read_all(view_of,
                            "SELECT id, name, owner, shared, query FROM view WHERE shared = 1 OR owner = ? "
                            "ORDER BY name, owner",
                            {cell(owner)});
}

Result<View> Notes::keep(View v) {
  Error error;
  if (!is_line(v.name, 80))
    error.problems.push_back({"name", "is not a name for a view", "1 to 80 bytes of printable text"});
  if (!is_line(v.query, kLongestQuery))
    error.problems.push_back({"query", "is not the query of an address", "1 to 4000 bytes of printable text"});
  if (!error.problems.empty()) return tl::unexpected(error);
  bool full = false;
  auto done = database_.together([&](const Database::Run& run) -> Result<void> {
    const auto others = CASTNER_TRY(run("SELECT count(*) FROM view WHERE owner = ? AND name <> ?", {v.owner, v.name}));
    full = whole(others.front().front()) >= kMostViews;
    if (full) return {};
    const auto id =
        CASTNER_TRY(run("INSERT INTO view (name, owner, shared, query, created) VALUES (?, ?, ?, ?, ?) "
                        "ON CONFLICT (owner, name) DO UPDATE SET shared = excluded.shared, query = "
                        "excluded.query RETURNING id",
                        {v.name, v.owner, std::int64_t{v.shared}, v.query, cell(clock_.now())}));
    v.id = whole(id.front().front());
    return {};
  });
  if (!done) return tl::unexpected(done.error());
  if (full) {
    error.problems.push_back({"name", "you have 200 views already", "remove one first"});
    return tl::unexpected(error);
  }
  return v;
}

Result<std::optional<View>> Notes::remove_view(std::int64_t id, std::string_view who, bool is_administrator) {
  return removed(database_, view_of,
                 "DELETE FROM view WHERE id = ? AND (owner = ? OR (shared = 1 AND ?)) "
                 "RETURNING id, name, owner, shared, query",
                 {id, cell(who), std::int64_t{is_administrator}});
}

Result<std::vector<TimeMark>> Notes::marks(Time from, Time to) const {
  auto all = CASTNER_TRY(database_.read_all(
      mark_of,
      "SELECT id, time, kind, text, who FROM mark WHERE time BETWEEN ? AND ? ORDER BY time DESC, id DESC LIMIT 500",
      {cell(from), cell(to)}));
  std::reverse(all.begin(), all.end());
  return all;
}

Result<TimeMark> Notes::add(TimeMark m) {
  Error error;
  if (std::find(std::begin(TimeMark::kKinds), std::end(TimeMark::kKinds), m.kind) == std::end(TimeMark::kKinds))
    error.problems.push_back({"kind", "is no kind of mark", "stop, exchange, difficulty or note"});
  if (!is_line(m.text, 200))
    error.problems.push_back({"text", "is no text for a mark", "1 to 200 bytes of printable text"});
  if (!error.problems.empty()) return tl::unexpected(error);
  auto done = database_.together([&](const Database::Run& run) -> Result<void> {
    const auto id =
        CASTNER_TRY(run("INSERT INTO mark (time, kind, text, who, created) VALUES (?, ?, ?, ?, ?) RETURNING id",
                        {cell(m.time), m.kind, m.text, m.who, cell(clock_.now())}));
    m.id = whole(id.front().front());
    return {};
  });
  if (!done) return tl::unexpected(done.error());
  return m;
}

Result<std::optional<TimeMark>> Notes::remove_mark(std::int64_t id, std::string_view who, bool is_administrator) {
  return removed(database_, mark_of,
                 "DELETE FROM mark WHERE id = ? AND (who = ? OR ?) RETURNING id, time, kind, text, who",
                 {id, cell(who), std::int64_t{is_administrator}});
}

}  // namespace castner::people

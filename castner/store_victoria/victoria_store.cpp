// SPDX-License-Identifier: Apache-2.0
// The Store over VictoriaMetrics, which keeps series of finite doubles at milliseconds:
//  1. A reading of tag T is a sample of castner_value{plant, tag}. What a double cannot say (status, NaN, infinite) is
//     a sample of castner_status at the same time, only where it is not zero.
//  2. Tags are samples of castner_tag whose value is their id; a gap is a sample of castner_gap at its start: 0 while
//     it lasts, then its end. open() reads both back.
//  3. append groups readings by tag and posts JSON lines to /api/v1/import.
//  4. Before a query that follows an import, /internal/force_flush makes the server show what it took.
//  5. The server takes several samples of one series and time and keeps them in no order. So a reading at a time that has one already is
//     a correction: it goes to series of its own, castner_value{..., version="1"}, then "2" and so on, each with its own marks.
//  6. each_fact exports values and marks of a range, line by line, and joins them by time; of several at one time the
//     highest version counts. read, aggregate and downsample go through it.
//  7. latest is answered from memory; at first it is asked for by last_over_time within a month, then within ten years.
// What it cannot keep as the Store promises stands in cannot_keep().
#include "castner/store_victoria/victoria_store.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "castner/base/quantity.h"
#include "castner/readings/tag_name.h"
#include "castner/store_victoria/victoria_inside.h"

namespace castner::store_victoria {
namespace {

constexpr int kMostVersions = 9;  ///< later corrections of one time share the last one, whose greatest value counts

}  // namespace

VictoriaStore::VictoriaStore(std::string base, std::string plant, std::chrono::nanoseconds tolerance)
    : http_(std::move(base)), plant_(std::move(plant)), tolerance_(tolerance) {}

Result<std::unique_ptr<VictoriaStore>> VictoriaStore::open(const std::string& url,
                                                           std::chrono::nanoseconds clock_tolerance) {
  std::string base = url, plant = "plant";
  constexpr std::string_view kPlant = "?plant=";
  if (const auto at = base.find(kPlant); at != base.npos) {
    plant = base.substr(at + kPlant.size());
    base.resize(at);
  }
  while (base.ends_with('/')) base.pop_back();
  if (plant.empty() || !readings::check_tag_name(plant) || base.find_first_of("?# ") != base.npos)
    return bad_input("", "\"" + url + "\" names no VictoriaMetrics",
                     "write http://HOST:8428, or http://HOST:8428/?plant=NAME");
  std::unique_ptr<VictoriaStore> store(new VictoriaStore(base, plant, clock_tolerance));
  CASTNER_TRY(store->load());
  return store;
}

/// The tags that are there, and the gaps that are open.
Result<void> VictoriaStore::load() {
  if (auto shown = show_all(); !shown) return shown;
  struct Known {
    std::int64_t at = 0;
    double id = 0.0;
    std::string unit;
  };
  std::map<std::string, Known> known;
  const Parameters all_time = {
      {"match[]", "castner_tag{plant=" + json(plant_).dump() + "}"}, {"start", "0"}, {"end", kForEver}};
  auto done = each_line(http_, all_time, [&](const json& line) {
    const auto& metric = line.at("metric");
    Known& k = known[metric.value("tag", "")];
    return each_sample(line, [&](std::int64_t at, double id) {
      if (at >= k.at) k = {at, id, metric.value("unit", "")};
      return true;
    });
  });
  if (!done) return done;
  std::map<std::uint32_t, historian::Tag> by_id;
  for (const auto& [name, k] : known) {
    const auto id = static_cast<std::uint32_t>(k.id);
    by_id[id] = {historian::TagId(id), name, k.unit};
  }
  for (auto& [id, tag] : by_id) {
    ids_[tag.name] = tag.id;
    tags_.push_back(std::move(tag));
  }
  const auto gaps_so_far = CASTNER_TRY(gaps(Time::min(), Time::max()));
  for (const auto& gap : gaps_so_far)
    if (!gap.to) open_gaps_[gap.tag] = gap;
  return {};
}

Result<void> VictoriaStore::post(const std::string& lines) {
  auto answer = http_.post("/api/v1/import", lines, "application/json");
  const std::lock_guard lock(mutex_);
  hidden_ = true;
  last_error_ = answer ? "" : answer.error().first();
  if (!answer) return tl::unexpected(answer.error());
  return {};
}

Result<void> VictoriaStore::import(const std::vector<Column>& columns, std::uint64_t count) {
  std::string lines;
  for (const auto& c : columns) {
    json metric = c.more;
    metric["__name__"] = c.series;
    metric["plant"] = plant_;
    metric["tag"] = c.tag;
    // A device's words of complaint may be in no UTF-8.
    lines += "{\"metric\":" + metric.dump(-1, ' ', false, json::error_handler_t::replace) + ",\"values\":[";
    for (std::size_t i = 0; i < c.values.size(); ++i) (lines += i ? "," : "") += number_text(c.values[i]);
    lines += "],\"timestamps\":[";
    for (std::size_t i = 0; i < c.times.size(); ++i) (lines += i ? "," : "") += std::to_string(c.times[i]);
    lines += "]}\n";
  }
  if (auto done = post(lines); !done) return done;
  const std::lock_guard lock(mutex_);
  acknowledged_ += count;
  return {};
}

Result<std::vector<historian::TagId>> VictoriaStore::define_all(std::span<const historian::TagName> names) {
  for (const auto& n : names) CASTNER_TRY(readings::check_tag_name(n.name));
  std::vector<Column> columns;
  std::vector<historian::Tag> changed;
  std::vector<historian::TagId> ids;
  {
    const std::lock_guard lock(mutex_);
    auto next = static_cast<std::uint32_t>(tags_.empty() ? 1 : static_cast<std::uint32_t>(tags_.back().id) + 1);
    std::map<std::string, historian::TagId> fresh;
    for (const auto& n : names) {
      const std::string name(n.name);
      auto known = ids_.find(name);
      historian::Tag tag{{}, name, std::string(n.unit)};
      if (known != ids_.end()) {
        tag.id = known->second;
        const auto& old =
            *std::find_if(tags_.begin(), tags_.end(), [&](const historian::Tag& t) { return t.id == tag.id; });
        ids.push_back(tag.id);
        if (n.unit.empty() || n.unit == old.unit) continue;
      } else if (const auto twice = fresh.find(name); twice != fresh.end()) {
        ids.push_back(twice->second);
        continue;
      } else {
        tag.id = historian::TagId(next++);
        fresh[name] = tag.id;
        ids.push_back(tag.id);
      }
      Column c{
          "castner_tag", name, json::object(), {milliseconds_of(system_clock().now())}, {static_cast<double>(tag.id)}};
      if (!tag.unit.empty()) c.more["unit"] = tag.unit;
      columns.push_back(std::move(c));
      changed.push_back(std::move(tag));
    }
  }
  if (changed.empty()) return ids;
  CASTNER_TRY(import(columns, 0));
  const std::lock_guard lock(mutex_);
  for (auto& tag : changed) {
    const auto old = std::find_if(tags_.begin(), tags_.end(), [&](const historian::Tag& t) { return t.id == tag.id; });
    ids_[tag.name] = tag.id;
    if (old == tags_.end())
      tags_.push_back(std::move(tag));
    else
      *old = std::move(tag);
  }
  return ids;
}

std::vector<historian::Tag> VictoriaStore::tags() const {
  const std::lock_guard lock(mutex_);
  return tags_;
}

std::optional<historian::Tag> VictoriaStore::find(std::string_view name) const {
  const std::lock_guard lock(mutex_);
  const auto id = ids_.find(name);
  if (id == ids_.end()) return {};
  return *std::find_if(tags_.begin(), tags_.end(), [&](const historian::Tag& t) { return t.id == id->second; });
}

std::string VictoriaStore::name_of(historian::TagId tag) const {
  const std::lock_guard lock(mutex_);
  const auto at = std::find_if(tags_.begin(), tags_.end(), [&](const historian::Tag& t) { return t.id == tag; });
  return at == tags_.end() ? "" : at->name;
}

void VictoriaStore::remember(const std::string& tag, const readings::Reading& r) {
  if (readings::is_ahead(r.status)) return;
  const Time time = time_of(milliseconds_of(r.time));
  const std::lock_guard lock(mutex_);
  auto& newest = newest_[tag];
  if (time >= newest.time || readings::takes_over(r, newest, tolerance_))
    newest = {time, historian::number_of(r.value), r.status, r.arrival};
}

Result<void> VictoriaStore::append(std::span<const historian::Numbers> columns,
                                   std::span<const historian::TaggedReading> readings) {
  std::vector<historian::TaggedReading> all;
  for (const auto& c : columns) {
    if (!c.is_consistent()) return bad_input("", "as many values as times are needed");
    for (std::size_t i = 0; i < c.times.size(); ++i)
      all.emplace_back(historian::TaggedReading{.tag = c.tag}).reading = c.reading(i);
  }
  all.insert(all.end(), readings.begin(), readings.end());
  return append_all(all);
}

Result<void> VictoriaStore::append_all(std::span<const historian::TaggedReading> readings) {
  if (readings.size() > kMostAtOnce) return bad_input("", "more than 1048576 readings at once", "split them");
  std::map<historian::TagId, std::string> names;
  std::map<std::pair<historian::TagId, std::int64_t>, const readings::Reading*>
      last;  // of each time: the one that counts
  for (const auto& [tag, r] : readings) {
    auto& name = names[tag];
    if (name.empty() && (name = name_of(tag)).empty()) return no_such_tag();
    if (std::holds_alternative<std::string>(r.value))
      return bad_input("", name + " is a text, and VictoriaMetrics keeps numbers", "keep texts in a SQLite historian");
    if (r.time < Time{}) return bad_input("", "VictoriaMetrics keeps no time before 1970");
    last[{tag, milliseconds_of(r.time)}] = &r;
  }
  const std::lock_guard one_at_a_time(appending_);  // two corrections of one time must not see the same version
  CASTNER_TRY(know_ends());
  std::vector<Column> all;
  for (auto at = last.begin(); at != last.end();) {
    const auto tag = at->first.first;
    const std::string& name = names[tag];
    auto& end = ends_.try_emplace(name, -1).first->second;
    // Only at times up to the last one of the tag can there be a reading already.
    SaidAt there;
    if (const std::int64_t first = at->first.second; first <= end) {
      CASTNER_TRY(show_all());
      const auto after = last.upper_bound({tag, std::numeric_limits<std::int64_t>::max()});
      there = CASTNER_TRY(said(labels(name), first, std::min(end, std::prev(after)->first.second)));
    }
    std::map<int, std::pair<Column, Column>> versions;
    for (; at != last.end() && at->first.first == tag; ++at) {
      const auto& [ms, r] = std::pair(at->first.second, at->second);
      const double number = historian::number_of(r->value), mark = mark_of(number) + static_cast<double>(r->status);
      const double value = std::isfinite(number) ? number : 0.0;
      int version = 0;
      if (const auto before = there.find(ms); before != there.end()) {
        // A repetition: the server rounds to some 15 digits.
        if (before->second.mark == mark && std::abs(before->second.value - value) <= 1e-13 * std::abs(value)) continue;
        version = std::min(before->second.version + 1, kMostVersions);
      }
      end = std::max(end, ms);
      const json label = version == 0 ? json::object() : json{{"version", std::to_string(version)}};
      auto& [values, marks] =
          versions.try_emplace(version, Column{"castner_value", name, label}, Column{"castner_status", name, label})
              .first->second;
      values.times.push_back(ms);
      values.values.push_back(value);
      if (mark == 0.0) continue;
      marks.times.push_back(ms);
      marks.values.push_back(mark);
    }
    for (auto& [version, columns] : versions) {
      all.push_back(std::move(columns.first));
      if (!columns.second.times.empty()) all.push_back(std::move(columns.second));
    }
  }
  if (all.empty()) {
    const std::lock_guard lock(mutex_);
    acknowledged_ += readings.size();
    return {};
  }
  if (auto done = import(all, readings.size()); !done) return done;
  for (const auto& [tag, r] : readings) remember(names[tag], r);
  return {};
}

/// The time of the last sample of each tag that was there when the store was opened. The server takes none more than two days ahead.
Result<void> VictoriaStore::know_ends() {
  if (ends_known_) return {};
  CASTNER_TRY(show_all());
  const auto until = milliseconds_of(system_clock().now() + std::chrono::hours(72)) / 1000;
  const std::string query = "tlast_over_time(castner_value{plant=" + json(plant_).dump() + ",version=\"\"}[" +
                            std::to_string(until / 86400 - 5) + "d])";
  const auto body =
      CASTNER_TRY(http_.get("/api/v1/query", {{"query", query}, {"time", std::to_string(until)}, {"nocache", "1"}}));
  CASTNER_TRY(take_apart(body, [&](const json& j) {
    for (const auto& r : j.at("data").at("result"))
      ends_[r.at("metric").value("tag", "")] =
          std::llround(std::strtod(r.at("value").at(1).get<std::string>().c_str(), nullptr) * 1e3);
  }));
  ends_known_ = true;
  return {};
}

Result<void> VictoriaStore::show_all() const {
  const std::lock_guard one_at_a_time(showing_);  // a second caller must not query before the first flush is done
  {
    const std::lock_guard lock(mutex_);
    if (!hidden_) return {};
    hidden_ = false;
  }
  CASTNER_TRY(http_.get("/internal/force_flush"));
  return {};
}
Result<void> VictoriaStore::settle() { return show_all(); }

std::string VictoriaStore::labels(std::string_view tag) const {
  return "{plant=" + json(plant_).dump() + ",tag=" + json(tag).dump() + "}";
}

/// What counts of [first, last], by time: the greatest value and mark of its highest version.
Result<VictoriaStore::SaidAt> VictoriaStore::said(const std::string& labels, std::int64_t first,
                                                  std::int64_t last) const {
  std::map<std::pair<std::int64_t, int>, Said> all;
  std::set<std::pair<std::int64_t, int>> valued;
  for (const bool marks : {false, true}) {
    const Parameters asked = {{"match[]", (marks ? "castner_status" : "castner_value") + labels},
                              {"start", seconds_text(first)},
                              {"end", seconds_text(last)},
                              {"max_rows_per_line", "10000"}};
    CASTNER_TRY(each_line(http_, asked, [&](const json& line) {
      const int version = std::atoi(line.at("metric").value("version", "0").c_str());
      return each_sample(line, [&](std::int64_t ms, double number) {
        Said& known = all[{ms, version}];
        double& kept = marks ? known.mark : known.value;
        const bool fresh = !marks && valued.emplace(ms, version).second;
        kept = fresh ? number : std::max(kept, number);
        return true;
      });
    }));
  }
  SaidAt counts;
  for (auto& [key, what] : all)  // ascending: the highest version of a time stands last
    if (valued.contains(key)) what.version = key.second, counts[key.first] = what;
  return counts;
}

/// Readings of [from, to), ascending; of several at one time the one that was appended last.
Result<void> VictoriaStore::each_fact(const std::string& tag, Time from, Time to,
                                      const std::function<bool(const historian::Fact&)>& each) const {
  if (from >= to) return {};
  if (auto done = show_all(); !done) return done;
  const std::int64_t first = std::max<std::int64_t>(0, milliseconds_of(from)),
                     last = milliseconds_of(to - std::chrono::nanoseconds(1));
  if (last < first) return {};
  const std::string who = labels(tag);
  const auto corrected = CASTNER_TRY(said(who.substr(0, who.size() - 1) + ",version!=\"\"}", first, last));
  const auto asked = [&](const char* series) {
    return Parameters{{"match[]", series + who.substr(0, who.size() - 1) + ",version=\"\"}"},
                      {"start", seconds_text(first)},
                      {"end", seconds_text(last)},
                      {"max_rows_per_line", "10000"}};
  };
  std::map<std::int64_t, double> marks;
  auto done = each_line(http_, asked("castner_status"), [&](const json& line) {
    return each_sample(line, [&](std::int64_t ms, double mark) { return marks[ms] = std::max(marks[ms], mark), true; });
  });
  if (!done) return done;
  std::optional<std::pair<std::int64_t, double>> waiting;
  bool more = true;
  const auto pass = [&] {
    if (!waiting || waiting->first < first || time_of(waiting->first) < from) return true;
    if (const auto c = corrected.find(waiting->first); c != corrected.end())
      return each(fact(waiting->first, c->second.value, c->second.mark));
    const auto mark = marks.find(waiting->first);
    return each(fact(waiting->first, waiting->second, mark == marks.end() ? 0.0 : mark->second));
  };
  done = each_line(http_, asked("castner_value"), [&](const json& line) {
    return each_sample(line, [&](std::int64_t ms, double value) {
      if (waiting && waiting->first == ms)
        waiting->second = std::max(waiting->second, value);
      else {
        more = pass();
        waiting = {ms, value};
      }
      return more;
    });
  });
  if (done && more) pass();
  return done;
}

Result<std::vector<readings::Reading>> VictoriaStore::read(const historian::Range& range, std::size_t limit) const {
  const std::string tag = name_of(range.tag);
  if (tag.empty()) return no_such_tag();
  std::vector<readings::Reading> all;
  if (limit == 0) return all;
  auto done = each_fact(tag, range.from, range.to, [&](const historian::Fact& f) {
    all.push_back(reading(f));
    return all.size() < limit;
  });
  if (!done) return tl::unexpected(done.error());
  return all;
}

Result<std::vector<readings::Reading>> VictoriaStore::versions(const historian::Range& range, std::size_t limit) const {
  return read(range, limit);
}

/// The newest reading of every tag of the plant: first within a month; where a tag has none there, within ten years.
Result<std::map<std::string, readings::Reading>> VictoriaStore::newest_of_all() const {
  CASTNER_TRY(show_all());
  const Time future = system_clock().now() + tolerance_;
  const auto until = milliseconds_of(future) / 1000;
  const auto ask = [&](const std::string& query,
                       const std::function<void(const std::string&, double)>& each) -> Result<void> {
    const auto body = http_.get("/api/v1/query", {{"query", query}, {"time", std::to_string(until)}, {"nocache", "1"}});
    if (!body) return tl::unexpected(body.error());
    return take_apart(*body, [&](const json& j) {
      for (const auto& r : j.at("data").at("result"))
        each(r.at("metric").value("tag", ""), std::strtod(r.at("value").at(1).get<std::string>().c_str(), nullptr));
    });
  };
  std::map<std::string, readings::Reading> found;
  for (const char* back : {"[32d]", "[10y]"}) {
    struct Newest {
      double at = -1.0, value = 0.0, mark_at = -2.0, mark = 0.0;
    };
    std::map<std::string, Newest> newest;
    const std::string who = "{plant=" + json(plant_).dump() + ",version=\"\"}" + std::string(back);
    std::set<std::string> corrected;
    if (auto done = ask("last_over_time(castner_value{plant=" + json(plant_).dump() + ",version!=\"\"}" + back + ")",
                        [&](const std::string& tag, double) { corrected.insert(tag); });
        !done)
      return tl::unexpected(done.error());
    for (const auto& [query, member] : {std::pair{"tlast_over_time(castner_value" + who + ")", &Newest::at},
                                        std::pair{"last_over_time(castner_value" + who + ")", &Newest::value},
                                        std::pair{"tlast_over_time(castner_status" + who + ")", &Newest::mark_at},
                                        std::pair{"last_over_time(castner_status" + who + ")", &Newest::mark}})
      if (auto done = ask(query, [&, m = member](const std::string& tag, double v) { newest[tag].*m = v; }); !done)
        return tl::unexpected(done.error());
    for (const auto& [tag, n] : newest) {
      if (n.at < 0.0) continue;
      auto r = reading(fact(std::llround(n.at * 1e3), n.value, n.mark_at == n.at ? n.mark : 0.0));
      if (corrected.contains(tag))
        CASTNER_TRY(each_fact(tag, r.time, r.time + milliseconds(1),
                              [&](const historian::Fact& f) { return r = reading(f), true; }));
      if (!readings::is_ahead(r.status)) {
        found[tag] = r;
        continue;
      }
      // Of a tag whose clock is ahead, the day before is looked through for a reading that is not.
      CASTNER_TRY(each_fact(tag, r.time - std::chrono::hours(24), r.time, [&](const historian::Fact& f) {
        if (!readings::is_ahead(f.status)) found[tag] = reading(f);
        return true;
      }));
    }
    if (found.size() >= tags().size()) break;
  }
  return found;
}

Result<std::vector<std::optional<readings::Reading>>> VictoriaStore::latest(
    std::span<const historian::TagId> wanted) const {
  bool known = false;
  {
    const std::lock_guard lock(mutex_);
    known = newest_known_;
  }
  if (!known) {
    auto before = CASTNER_TRY(newest_of_all());
    const std::lock_guard lock(mutex_);
    for (auto& [tag, r] : before) {
      const auto seen = newest_.find(tag);
      if (seen == newest_.end() || !readings::takes_over(seen->second, r, tolerance_)) newest_[tag] = r;
    }
    newest_known_ = true;
  }
  std::vector<std::optional<readings::Reading>> all;
  for (const historian::TagId tag : wanted) {
    const std::string name = name_of(tag);
    if (name.empty()) return no_such_tag();
    const std::lock_guard lock(mutex_);
    const auto at = newest_.find(name);
    all.push_back(at == newest_.end() ? std::nullopt : std::optional(at->second));
    if (all.back()) all.back()->arrival = all.back()->time;  // as after opening it anew
  }
  return all;
}

/// The newest reading before t: looked for in the day before, then back to 1970.
Result<std::optional<historian::Fact>> VictoriaStore::newest_before(const std::string& tag, Time t) const {
  std::optional<historian::Fact> newest;
  for (const Time from : {t - std::chrono::hours(24), Time{}}) {
    auto done = each_fact(tag, from, t, [&](const historian::Fact& f) { return newest = f, true; });
    if (!done) return tl::unexpected(done.error());
    if (newest) break;
  }
  return newest;
}

Result<std::vector<historian::Bucket>> VictoriaStore::aggregate(const historian::Range& range,
                                                                std::chrono::nanoseconds bucket) const {
  const std::string tag = name_of(range.tag);
  if (tag.empty()) return no_such_tag();
  if (!historian::bucket_count(range, bucket))
    return bad_input("", "no such buckets", "from < to, and at most 1000000 buckets");
  historian::Bucketer buckets(range, bucket);
  const auto before = CASTNER_TRY(newest_before(tag, range.from));
  if (before) buckets.before(*before);
  auto done = each_fact(tag, range.from, range.to, [&](const historian::Fact& f) { return buckets.add(f), true; });
  if (!done) return tl::unexpected(done.error());
  const auto newest = CASTNER_TRY(latest(std::span(&range.tag, 1)));
  return buckets.finish(newest.front() && newest.front()->time >= range.to);
}

Result<std::vector<historian::Point>> VictoriaStore::downsample(const historian::Range& range,
                                                                std::size_t points) const {
  if (points < 4) return bad_input("", "a curve needs at least 4 points");
  const auto all = CASTNER_TRY(read(range, std::numeric_limits<std::size_t>::max()));
  if (all.empty()) return std::vector<historian::Point>();
  historian::Thinner thin({range.tag, all.front().time, all.back().time + std::chrono::nanoseconds(1)}, points);
  for (const auto& r : all) thin.add(historian::fact_of(r));
  return thin.finish();
}

Result<void> VictoriaStore::set_retention(std::span<const historian::Retention> rules) {
  if (rules.empty()) return {};
  return bad_input("", "VictoriaMetrics forgets all tags alike",
                   "give the server its own -retentionPeriod and leave the rules out");
}
Result<historian::Forgotten> VictoriaStore::forget(Time, historian::Deletion) { return historian::Forgotten{}; }

// A gap is one sample at its start: 0 while it lasts, then the time it ended. Both stay; the greater counts.
Result<void> VictoriaStore::open_gaps(std::span<const historian::Gap> gaps) {
  std::vector<Column> columns;
  std::map<historian::TagId, historian::Gap> opened;
  for (const historian::Gap& g : gaps) {
    const std::string name = name_of(g.tag);
    if (name.empty()) return no_such_tag();
    const std::lock_guard lock(mutex_);
    if (open_gaps_.contains(g.tag) || !opened.try_emplace(g.tag, historian::Gap{g.tag, g.from, {}, g.why}).second)
      continue;
    columns.push_back({"castner_gap", name, {{"why", g.why}}, {milliseconds_of(g.from)}, {0.0}});
  }
  if (columns.empty()) return {};
  if (auto done = import(columns, 0); !done) return done;
  const std::lock_guard lock(mutex_);
  open_gaps_.merge(opened);
  return {};
}

Result<void> VictoriaStore::close_gaps(std::span<const historian::GapEnd> ends) {
  std::vector<Column> columns;
  for (const historian::GapEnd& e : ends) {
    const std::string name = name_of(e.tag);
    if (name.empty()) return no_such_tag();
    const std::lock_guard lock(mutex_);
    const auto open = open_gaps_.find(e.tag);
    if (open == open_gaps_.end()) continue;
    const historian::Gap& gap = open->second;
    columns.push_back({"castner_gap",
                       name,
                       {{"why", gap.why}},
                       {milliseconds_of(gap.from)},
                       {static_cast<double>(milliseconds_of(std::max(e.to, gap.from)))}});
  }
  if (columns.empty()) return {};
  if (auto done = import(columns, 0); !done) return done;
  const std::lock_guard lock(mutex_);
  for (const historian::GapEnd& e : ends) open_gaps_.erase(e.tag);
  return {};
}

Result<std::vector<historian::Gap>> VictoriaStore::gaps(Time from, Time to) const {
  CASTNER_TRY(show_all());
  std::map<std::tuple<std::int64_t, std::string, std::string>, double> ends;  // by start, tag, why
  const Parameters asked = {
      {"match[]", "castner_gap{plant=" + json(plant_).dump() + "}"}, {"start", "0"}, {"end", kForEver}};
  auto done = each_line(http_, asked, [&](const json& line) {
    const auto& metric = line.at("metric");
    return each_sample(line, [&](std::int64_t start, double end) {
      auto& known = ends[{start, metric.value("tag", ""), metric.value("why", "")}];
      known = std::max(known, end);
      return true;
    });
  });
  if (!done) return tl::unexpected(done.error());
  std::vector<historian::Gap> all;
  for (const auto& [key, end] : ends) {
    const auto& [start, tag, why] = key;
    const auto known = find(tag);
    if (!known) continue;
    historian::Gap gap{known->id, time_of(start), {}, why};
    if (end > 0.0) gap.to = time_of(static_cast<std::int64_t>(end));
    if (gap.from < to && (!gap.to || *gap.to > from)) all.push_back(std::move(gap));
  }
  return all;
}

historian::StoreHealth VictoriaStore::health() const {
  const std::lock_guard lock(mutex_);
  return {.acknowledged = acknowledged_, .last_error = last_error_};
}

std::vector<std::string> VictoriaStore::cannot_keep() const {
  return {
      "texts: a reading that is a text is refused",
      "the last seconds before the server is killed: it acknowledges before it has written to its disk",
      "times finer than a millisecond, times before 1970, and times more than two days ahead",
      "every number to the last bit: it keeps decimal fractions, about 15 digits among numbers of much the same size",
      "integers and true or false as such: they come back as numbers",
      "what a correction corrected; and of more than nine corrections of one time the greatest of the last ones counts",
      "when a reading arrived: its own time stands instead",
      "different times for different tags: it forgets all alike, by its own -retentionPeriod",
  };
}

}  // namespace castner::store_victoria

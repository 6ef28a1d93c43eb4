// SPDX-License-Identifier: Apache-2.0
/// A store in memory: the other stores are compared with it, and tests of their users run on it.
// Every query goes through all readings of its tag again, so that the code is plain enough to be the reference of the
// others:
//  1. insert: a tag's readings stand in one vector, sorted by time, then arrival, then the order of the calls.
//  2. of: a reading that equals the one before it but for its arrival is a repetition and is left out; the rest are the
//     versions.
//  3. within: of several versions at one time the last one counts.
//  4. aggregate and downsample feed the readings that count to the Bucketer and the Thinner, as every store does.
//  5. The newest reading of each tag is kept apart, as readings/newest.h says.
//  6. forget erases what the first retention rule that fits the tag calls too old, counted from the newest reading.
#pragma once

#include <algorithm>
#include <map>
#include <mutex>

#include "castner/historian/aggregate.h"
#include "castner/historian/store.h"
#include "castner/readings/newest.h"
#include "castner/readings/same.h"
#include "castner/readings/tag_name.h"

namespace castner::historian {

class MemoryStore : public Store {
 public:
  explicit MemoryStore(std::chrono::nanoseconds clock_tolerance = readings::kAhead) : tolerance_(clock_tolerance) {}

  Result<std::vector<TagId>> define_all(std::span<const TagName> names) override {
    for (const auto& n : names)
      if (auto fine = readings::check_tag_name(n.name); !fine) return tl::unexpected(fine.error());
    const std::lock_guard lock(mutex_);
    std::vector<TagId> ids;
    for (const auto& n : names) {
      auto t = std::find_if(tags_.begin(), tags_.end(), [&](const Tag& known) { return known.name == n.name; });
      if (t == tags_.end())
        t = tags_.insert(t, {TagId(static_cast<std::uint32_t>(tags_.size() + 1)), std::string(n.name), ""});
      if (!n.unit.empty()) t->unit = n.unit;
      ids.push_back(t->id);
    }
    return ids;
  }
  std::vector<Tag> tags() const override {
    const std::lock_guard lock(mutex_);
    return tags_;
  }
  std::optional<Tag> find(std::string_view name) const override {
    const std::lock_guard lock(mutex_);
    for (const auto& t : tags_)
      if (t.name == name) return t;
    return {};
  }

  using Store::append;
  Result<void> append(std::span<const Numbers> columns, std::span<const TaggedReading> readings) override {
    const std::lock_guard lock(mutex_);
    std::size_t n = readings.size();
    for (const auto& c : columns) {
      if (!known(c.tag)) return unknown();
      if (!c.is_consistent()) return bad_input("", "as many values as times are needed");
      n += c.times.size();
    }
    if (n > kMostAtOnce) return too_many();
    for (const auto& r : readings) {
      if (!known(r.tag)) return unknown();
      const auto* text = std::get_if<std::string>(&r.reading.value);
      if (text && text->size() > kMostText) return bad_input("", "a text is longer than 65536 bytes");
    }
    const Time before = latest_arrival_;
    for (const auto& c : columns)
      for (std::size_t i = 0; i < c.times.size(); ++i) insert(c.tag, c.reading(i), before);
    for (const auto& r : readings) insert(r.tag, r.reading, before);
    return {};
  }

  Result<std::vector<readings::Reading>> read(const Range& range, std::size_t limit) const override {
    const std::lock_guard lock(mutex_);
    if (!known(range.tag)) return unknown();
    auto all = within(range);
    all.resize(std::min(limit, all.size()));
    return all;
  }
  Result<std::vector<readings::Reading>> versions(const Range& range, std::size_t limit) const override {
    const std::lock_guard lock(mutex_);
    if (!known(range.tag)) return unknown();
    std::vector<readings::Reading> all;
    for (const auto& r : of(range.tag))
      if (r.time >= range.from && r.time < range.to && all.size() < limit) all.push_back(r);
    return all;
  }
  Result<std::vector<std::optional<readings::Reading>>> latest(std::span<const TagId> tags) const override {
    const std::lock_guard lock(mutex_);
    std::vector<std::optional<readings::Reading>> all;
    for (const auto tag : tags) {
      if (!known(tag)) return unknown();
      const auto at = newest_.find(tag);
      all.push_back(at == newest_.end() ? std::nullopt : std::optional(at->second));
    }
    return all;
  }
  Result<std::vector<Bucket>> aggregate(const Range& range, std::chrono::nanoseconds bucket) const override {
    const std::lock_guard lock(mutex_);
    if (!known(range.tag)) return unknown();
    if (!bucket_count(range, bucket)) return bad_input("", "no such buckets", "from < to, and at most 1000000 buckets");
    Bucketer buckets(range, bucket);
    const auto earlier = within({range.tag, Time::min(), range.from});
    if (!earlier.empty()) buckets.before(fact_of(earlier.back()));
    for (const auto& r : within(range)) buckets.add(fact_of(r));
    const auto newest = newest_.find(range.tag);
    return buckets.finish(newest != newest_.end() && newest->second.time >= range.to);
  }
  Result<std::vector<Point>> downsample(const Range& range, std::size_t points) const override {
    const std::lock_guard lock(mutex_);
    if (!known(range.tag)) return unknown();
    if (points < 4) return bad_input("", "a curve needs at least 4 points");
    const auto all = within(range);
    if (all.empty()) return std::vector<Point>();
    Thinner thin({range.tag, all.front().time, all.back().time + std::chrono::nanoseconds(1)}, points);
    for (const auto& r : all) thin.add(fact_of(r));
    return thin.finish();
  }

  Result<void> set_retention(std::span<const Retention> rules) override {
    const std::lock_guard lock(mutex_);
    retention_.assign(rules.begin(), rules.end());
    return {};
  }
  Result<Forgotten> forget(Time now, Deletion how) override {
    const std::lock_guard lock(mutex_);
    Forgotten f;
    const auto reference = newest_trusted(now);
    if (!reference) return f;
    const bool leaps = forgotten_until_ && *reference > *forgotten_until_ + kUsualDeletion;
    for (const auto& t : tags_) {
      const auto rule = std::find_if(retention_.begin(), retention_.end(),
                                     [&](const auto& r) { return readings::fits_pattern(r.pattern, t.name); });
      auto& series = series_[t.id];
      if (rule == retention_.end() || reference->time_since_epoch() < Time::min().time_since_epoch() + rule->age ||
          series.empty())
        continue;
      const auto limit = *reference - rule->age;
      const auto is_old = [&](const readings::Reading& r) { return r.time < limit; };
      const auto old = static_cast<std::uint64_t>(std::count_if(series.begin(), series.end(), is_old));
      if (old == 0) continue;
      if (how == Deletion::usual && (leaps || series.front().time < limit - kUsualDeletion)) {
        f.oldest = f.waiting == 0 ? series.front().time : std::min(f.oldest, series.front().time);
        f.before = f.waiting == 0 ? limit : std::max(f.before, limit);
        f.waiting += old;
        continue;
      }
      f.gone += old;
      std::erase_if(series, is_old);
      if (const auto at = newest_.find(t.id); at != newest_.end() && at->second.time < limit) newest_.erase(at);
    }
    if (!leaps || f.waiting == 0) forgotten_until_ = reference;
    return f;
  }

  Result<void> open_gaps(std::span<const Gap> gaps) override {
    const std::lock_guard lock(mutex_);
    for (const auto& g : gaps)
      if (!known(g.tag)) return unknown();
    for (const auto& g : gaps)
      if (!open_gap_of(g.tag)) gaps_.push_back({g.tag, g.from, {}, g.why});
    return {};
  }
  Result<void> close_gaps(std::span<const GapEnd> ends) override {
    const std::lock_guard lock(mutex_);
    for (const auto& e : ends)
      if (!known(e.tag)) return unknown();
    for (const auto& e : ends)
      if (Gap* open = open_gap_of(e.tag)) open->to = std::max(e.to, open->from);
    return {};
  }
  Result<std::vector<Gap>> gaps(Time from, Time to) const override {
    const std::lock_guard lock(mutex_);
    std::vector<Gap> all;
    for (const auto& g : gaps_)
      if (g.from < to && (!g.to || *g.to > from)) all.push_back(g);
    std::stable_sort(all.begin(), all.end(), [](const Gap& a, const Gap& b) { return a.from < b.from; });
    return all;
  }

  StoreHealth health() const override {
    const std::lock_guard lock(mutex_);
    return {.acknowledged = acknowledged_};
  }
  std::vector<std::string> cannot_keep() const override {
    return {"readings are in memory only: they are gone when the program ends"};
  }

 private:
  bool known(TagId tag) const {
    return static_cast<std::uint32_t>(tag) >= 1 && static_cast<std::uint32_t>(tag) <= tags_.size();
  }
  Gap* open_gap_of(TagId tag) {
    const auto at = std::find_if(gaps_.begin(), gaps_.end(), [&](const Gap& g) { return g.tag == tag && !g.to; });
    return at == gaps_.end() ? nullptr : &*at;
  }
  static tl::unexpected<Error> too_many() { return bad_input("", "more than 1048576 readings at once", "split them"); }
  static tl::unexpected<Error> unknown() { return bad_input("", "no such tag in this store", "define it first"); }

  std::optional<Time> newest_trusted(Time now) const {
    std::optional<Time> newest;
    for (const auto& [tag, r] : newest_)
      if (r.time <= now + tolerance_ && (!newest || *newest < r.time)) newest = r.time;
    return newest ? std::optional(std::min(*newest, now)) : std::nullopt;
  }
  /// Every version, in order.
  std::vector<readings::Reading> of(TagId tag) const {
    std::vector<readings::Reading> kept;
    const auto at = series_.find(tag);
    if (at == series_.end()) return kept;
    for (const auto& r : at->second)
      if (kept.empty() || !readings::same_but_for_arrival(kept.back(), r)) kept.push_back(r);
    return kept;
  }
  /// Keeps the series in the order of (time, arrival, call). After the clock was set back what comes has the latest arrival before.
  void insert(TagId tag, readings::Reading r, Time before) {
    ++acknowledged_;
    if (!readings::is_ahead(r.status)) {
      const auto [newest, is_first] = newest_.try_emplace(tag, r);
      if (!is_first && readings::takes_over(r, newest->second, tolerance_) &&
          !readings::same_but_for_arrival(r, newest->second))
        newest->second = r;
    }
    if (before > system_clock().now()) r.arrival = std::max(r.arrival, before);
    latest_arrival_ = std::max(latest_arrival_, r.arrival);
    auto& series = series_[tag];
    series.insert(std::upper_bound(series.begin(), series.end(), r,
                                   [](const readings::Reading& a, const readings::Reading& b) {
                                     return std::pair(a.time, a.arrival) < std::pair(b.time, b.arrival);
                                   }),
                  r);
  }
  /// The readings that count.
  std::vector<readings::Reading> within(const Range& range) const {
    std::vector<readings::Reading> all;
    for (const auto& r : of(range.tag)) {
      if (r.time < range.from || r.time >= range.to) continue;
      if (!all.empty() && all.back().time == r.time) all.pop_back();
      all.push_back(r);
    }
    return all;
  }

  const std::chrono::nanoseconds tolerance_;
  mutable std::mutex mutex_;
  std::vector<Tag> tags_;
  std::map<TagId, std::vector<readings::Reading>> series_;
  std::map<TagId, readings::Reading> newest_;
  std::vector<Retention> retention_;
  std::optional<Time> forgotten_until_;  ///< what the last deletion counted from
  std::vector<Gap> gaps_;
  Time latest_arrival_ = Time::min();
  std::uint64_t acknowledged_ = 0;
};

}  // namespace castner::historian

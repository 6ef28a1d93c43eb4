// SPDX-License-Identifier: Apache-2.0
// Aggregates of one tag's readings, each in one pass in the order of time:
//  1. A reading counts if it is the last of its time; it is usable if its quality is not bad and its value is a number.
//  2. The Bucketer puts a reading into bucket floor((time - from) / width) and updates counts by quality, minimum,
//     maximum, first, last and sum.
//  3. A usable value holds until the next reading (a step function). hold_until() adds value * duration to the integral
//     of each bucket that the step crosses; the time-weighted mean is that integral divided by the time for which a
//     value held.
//  4. A Summary holds the same sums over consecutive readings. A chunk that lies within one bucket is added by its
//     summary, so that its block is not read.
//  5. The last value before the range holds from its beginning; after the tag's newest reading no value holds.
//  6. The Thinner is M4 [jugel2014]: first, lowest, highest and last reading of each of points / 4 equal stretches.
#include "castner/historian/aggregate.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <limits>

#include "castner/base/check.h"
#include "castner/base/time_span.h"

namespace castner::historian {
namespace {

Time ns_after(Time start, std::uint64_t ns) {
  return Time(std::chrono::nanoseconds(
      static_cast<std::int64_t>(static_cast<std::uint64_t>(start.time_since_epoch().count()) + ns)));
}
constexpr double kSecondsPerNs = 1e-9;

void count_quality(auto& of, readings::StatusCode status) {
  switch (readings::quality_of(status)) {
    case readings::Quality::good: ++of.good; break;
    case readings::Quality::uncertain: ++of.uncertain; break;
    case readings::Quality::bad: ++of.bad; break;
  }
}

inline void add_to(Summary& s, const Fact& f) {
  if (s.count() == 0) {
    s.begin = f.time;
  } else if (s.end_usable) {
    const auto ns = ns_between(s.end, f.time);
    s.integral += s.last * (static_cast<double>(ns) * kSecondsPerNs);
    s.held += std::chrono::nanoseconds(ns);
  }
  s.end = f.time;
  count_quality(s, f.status);
  s.end_usable = f.usable();
  if (!s.end_usable) return;
  if (s.usable == 0) s.min = s.max = s.first = f.value;
  ++s.usable;
  s.min = std::min(s.min, f.value);
  s.max = std::max(s.max, f.value);
  s.last = f.value;
  s.sum += f.value;
}

}  // namespace

Fact fact_at(const Columns& c, std::size_t i) {
  const auto number = [&] {
    switch (c.kinds[i]) {
      case Kind::real: return std::bit_cast<double>(c.bits[i]);
      case Kind::integer: return static_cast<double>(static_cast<std::int64_t>(c.bits[i]));
      case Kind::boolean: return c.bits[i] != 0 ? 1.0 : 0.0;
      case Kind::text: break;
    }
    return std::numeric_limits<double>::quiet_NaN();
  };
  return {c.time(i), number(), static_cast<readings::StatusCode>(c.statuses[i])};
}

double number_of(const readings::Value& v) {
  if (const auto* d = std::get_if<double>(&v)) return *d;
  if (const auto* i = std::get_if<std::int64_t>(&v)) return static_cast<double>(*i);
  if (const auto* b = std::get_if<bool>(&v)) return *b ? 1.0 : 0.0;
  return std::numeric_limits<double>::quiet_NaN();
}

void Summary::add(const Fact& f) { add_to(*this, f); }

void Summary::add(const Columns& c, std::size_t from, std::size_t to) {
  auto some = *this;  // apart from all else, so that it stays in registers
  for (auto i = from; i < to; ++i)
    if (counts(c, i, to)) add_to(some, fact_at(c, i));
  *this = some;
}

std::optional<std::uint64_t> bucket_count(const Range& range, std::chrono::nanoseconds bucket) {
  if (bucket.count() <= 0 || range.to <= range.from) return {};
  const auto n = (ns_between(range.from, range.to) - 1) / static_cast<std::uint64_t>(bucket.count()) + 1;
  if (n > static_cast<std::uint64_t>(Store::kMostBuckets)) return {};
  return n;
}

Bucketer::Bucketer(const Range& range, std::chrono::nanoseconds bucket)
    : range_(range), width_(static_cast<std::uint64_t>(bucket.count())) {
  check(bucket.count() > 0 && range.from < range.to, "buckets have a width and a range has a length");
}

std::uint64_t Bucketer::index_of(Time t) const { return ns_between(range_.from, t) / width_; }

Bucketer::Open& Bucketer::at(Time t) {
  if (!open_.empty() && ns_between(open_.back().bucket.from, t) < width_) return open_.back();  // without a division
  open_.emplace_back().bucket.from = ns_after(range_.from, index_of(t) * width_);
  return open_.back();
}

void Bucketer::hold_until(Time t) {
  while (holds_ && since_ < t) {
    auto& o = at(since_);
    const auto left = width_ - ns_between(o.bucket.from, since_);
    const auto ns = std::min(left, ns_between(since_, t));
    o.integral += value_ * (static_cast<double>(ns) * kSecondsPerNs);
    o.bucket.held += std::chrono::nanoseconds(ns);
    since_ = ns_after(since_, ns);
  }
}

void Bucketer::before(const Fact& f) {
  holds_ = f.usable();
  value_ = f.value;
  since_ = range_.from;
}

void Bucketer::add(const Fact& f) {
  hold_until(f.time);
  auto& o = at(f.time);
  count_quality(o.bucket, f.status);
  holds_ = f.usable();
  if (!holds_) return;
  auto& b = o.bucket;
  if (b.usable++ == 0) b.min = b.max = b.first = f.value;
  b.min = std::min(b.min, f.value);
  b.max = std::max(b.max, f.value);
  b.last = value_ = f.value;
  o.sum += f.value;
  since_ = f.time;
}

bool Bucketer::fits(const Summary& s) const {
  return s.begin >= range_.from && s.end < range_.to && index_of(s.begin) == index_of(s.end);
}

void Bucketer::add(const Summary& s) {
  hold_until(s.begin);
  auto& o = at(s.begin);
  auto& b = o.bucket;
  b.good += s.good;
  b.uncertain += s.uncertain;
  b.bad += s.bad;
  if (s.usable > 0) {
    if (b.usable == 0) b.min = s.min, b.max = s.max, b.first = s.first;
    b.usable += s.usable;
    b.min = std::min(b.min, s.min);
    b.max = std::max(b.max, s.max);
    b.last = s.last;
    o.sum += s.sum;
    o.integral += s.integral;
    b.held += s.held;
  }
  holds_ = s.end_usable;
  value_ = s.last;
  since_ = s.end;
}

std::vector<Bucket> Bucketer::finish(bool after) {
  if (after) hold_until(range_.to);
  std::vector<Bucket> all;
  all.reserve(open_.size());
  for (auto& o : open_) {
    auto& b = o.bucket;
    if (b.usable > 0) b.mean = o.sum / static_cast<double>(b.usable);
    b.time_weighted_mean =
        b.held.count() > 0 ? o.integral / (static_cast<double>(b.held.count()) * kSecondsPerNs) : b.mean;
    all.push_back(b);
  }
  return all;
}

Thinner::Thinner(const Range& range, std::size_t points) : range_(range), points_(points) {
  check(points >= 4 && range.from < range.to, "a stretch of a curve has up to four points");
  width_ = (ns_between(range.from, range.to) - 1) / (points / 4) + 1;
}

void Thinner::add(const Fact& f) {
  const Point p{f.time, f.value, f.status};
  if (few_) {
    if (all_.size() < points_) {
      all_.push_back(p);
    } else {
      few_ = false;
      all_ = {};
    }
  }
  enter(f.time);
  if (!any_) first_ = p;
  any_ = true;
  last_ = p;
  if (!f.usable()) return;
  if (!any_usable_ || f.value < low_.value) low_ = p;
  if (!any_usable_ || f.value > high_.value) high_ = p;
  any_usable_ = true;
}

/// Compares first: the division is slow and seldom needed.
void Thinner::enter(Time t) {
  if (any_ && ns_between(stretch_, t) < width_) return;
  if (any_) close();
  stretch_ = ns_after(range_.from, ns_between(range_.from, t) / width_ * width_);
}

void Thinner::add(const Columns& c, std::size_t first, std::size_t last) {
  for (auto i = first; i < last; ++i)
    if (counts(c, i, last)) add(fact_at(c, i));
}

void Thinner::close() {
  std::vector<Point> kept{first_};
  if (any_usable_) {
    const bool low_first = low_.time < high_.time;
    for (const auto& p : {low_first ? low_ : high_, low_first ? high_ : low_})
      if (p.time > kept.back().time) kept.push_back(p);
  }
  if (last_.time > kept.back().time) kept.push_back(last_);
  thin_.insert(thin_.end(), kept.begin(), kept.end());
  any_ = any_usable_ = false;
}

std::vector<Point> Thinner::finish() {
  if (few_) return std::move(all_);
  if (any_) close();
  return std::move(thin_);
}

}  // namespace castner::historian

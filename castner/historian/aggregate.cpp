// SPDX-License-Identifier: Apache-2.0
#include "castner/historian/aggregate.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <limits>

#include "castner/base/check.h"

namespace castner::historian {
namespace {

/// Later minus earlier [ns]; never overflows, whatever the two are.
std::uint64_t ns_between(Time earlier, Time later) {
  return static_cast<std::uint64_t>(later.time_since_epoch().count()) -
         static_cast<std::uint64_t>(earlier.time_since_epoch().count());
}
Time ns_after(Time start, std::uint64_t ns) {
  return Time(std::chrono::nanoseconds(
      static_cast<std::int64_t>(static_cast<std::uint64_t>(start.time_since_epoch().count()) + ns)));
}
constexpr double kSecondsPerNs = 1e-9;

/// Good doubles at ever later times: what nearly all readings are.
bool plain(const Columns& c, std::size_t first, std::size_t last) {
  unsigned other = 0;
  for (auto i = first; i < last; ++i) other |= static_cast<unsigned>(c.kinds[i]) ^ static_cast<unsigned>(Kind::real);
  std::uint32_t status = 0;
  for (auto i = first; i < last; ++i) status |= c.statuses[i] ^ static_cast<std::uint32_t>(readings::Status::good);
  unsigned repeated = 0;
  for (auto i = first + 1; i < last; ++i) repeated |= c.times[i] == c.times[i - 1];
  return (other | status | repeated) == 0;
}

/// Lowest and highest of doubles given by their bits, NaN left out; inf and -inf where all are NaN.
std::pair<double, double> extremes(const std::uint64_t* bits, std::size_t n) {
  constexpr std::size_t kLanes =
      4;  // side by side, so that the processor need not wait for one comparison to begin the next
  constexpr double kInfinity = std::numeric_limits<double>::infinity();
  std::array<double, kLanes> low, high;
  low.fill(kInfinity);
  high.fill(-kInfinity);
  const auto look = [&](std::size_t i, std::size_t lane) {
    const auto v = std::bit_cast<double>(bits[i]);
    low[lane] = v < low[lane] ? v : low[lane];
    high[lane] = v > high[lane] ? v : high[lane];
  };
  std::size_t i = 0;
  for (; i + kLanes <= n; i += kLanes)
    for (std::size_t lane = 0; lane < kLanes; ++lane) look(i + lane, lane);
  for (; i < n; ++i) look(i, 0);
  return {*std::min_element(low.begin(), low.end()), *std::max_element(high.begin(), high.end())};
}

void count_quality(auto& of, readings::Status status) {
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
  return {c.time(i), number(), static_cast<readings::Status>(c.statuses[i])};
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
  enter(stretch_of(f.time));
  if (!any_) first_ = p;
  any_ = true;
  last_ = p;
  if (!f.usable()) return;
  if (!any_usable_ || f.value < low_.value) low_ = p;
  if (!any_usable_ || f.value > high_.value) high_ = p;
  any_usable_ = true;
}

std::uint64_t Thinner::stretch_of(Time t) const { return ns_between(range_.from, t) / width_; }

void Thinner::enter(std::uint64_t stretch) {
  if (any_ && stretch != index_) close();
  index_ = stretch;
}

void Thinner::add(const Columns& c, std::size_t first, std::size_t last) {
  const auto begin = c.times.begin();
  while (first < last) {
    const auto stretch = stretch_of(c.time(first));
    const auto end = static_cast<std::size_t>(
        std::partition_point(begin + static_cast<std::ptrdiff_t>(first), begin + static_cast<std::ptrdiff_t>(last),
                             [&](std::int64_t t) { return stretch_of(Time(std::chrono::nanoseconds(t))) == stretch; }) -
        begin);
    if (!few_ && plain(c, first, end)) {
      enter(stretch);
      add_plain(c, first, end);
    } else {
      for (auto i = first; i < end; ++i)
        if (counts(c, i, end)) add(fact_at(c, i));
    }
    first = end;
  }
}

void Thinner::add_plain(const Columns& c, std::size_t first, std::size_t last) {
  const auto at = [&](std::size_t i) {
    return Point{c.time(i), std::bit_cast<double>(c.bits[i]), readings::Status::good};
  };
  if (!any_) first_ = at(first);
  any_ = true;
  last_ = at(last - 1);
  constexpr std::size_t kBlock = 256;  // only a block that goes beyond what was seen is searched for the reading
  for (auto from = first; from < last; from += kBlock) {
    const auto to = std::min(from + kBlock, last);
    const auto [low, high] = extremes(c.bits.data() + from, to - from);
    const auto point_of = [&](double v) {
      auto i = from;
      while (std::bit_cast<double>(c.bits[i]) != v) ++i;
      return at(i);
    };
    if (!(low <= high)) continue;  // nothing but NaN
    if (!any_usable_ || low < low_.value) low_ = point_of(low);
    if (!any_usable_ || high > high_.value) high_ = point_of(high);
    any_usable_ = true;
  }
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

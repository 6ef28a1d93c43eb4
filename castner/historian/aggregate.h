// SPDX-License-Identifier: Apache-2.0
/// Aggregates of readings over stretches of time (counts by quality, extremes, means), and curves thinned for a drawing.
#pragma once

#include <optional>
#include <vector>

#include "castner/historian/columns.h"
#include "castner/historian/store.h"
#include "castner/readings/newest.h"

namespace castner::historian {

/// The reading as a number; NaN for text.
double number_of(const readings::Value&);

/// What an aggregate needs of one reading: time, number, status. Usable as Bucket says, and not from the future.
struct Fact {
  Time time;
  double value = 0.0;
  readings::StatusCode status = readings::StatusCode::good;
  bool usable() const {
    return readings::quality_of(status) != readings::Quality::bad && value == value && !readings::is_ahead(status);
  }
};
inline Fact fact_of(const readings::Reading& r) { return {r.time, number_of(r.value), r.status}; }

/// The aggregate of consecutive readings of one tag, each of which counts; kept with a chunk so that they need not be read again.
struct Summary {
  Time begin, end;  ///< times of the first and the last reading
  std::uint64_t good = 0, uncertain = 0, bad = 0, usable = 0;
  double min = 0.0, max = 0.0, first = 0.0, last = 0.0, sum = 0.0;  ///< of the usable ones; 0 where there is none
  double integral = 0.0;             ///< of the held value from begin to end [unit of the tag times s]
  std::chrono::nanoseconds held{0};  ///< for how long a usable value held, from begin to end
  bool end_usable = false;           ///< whether the last reading is usable: then `last` goes on holding
  std::uint64_t count() const { return good + uncertain + bad; }
  void add(const Fact&);  ///< ascending in time
  /// Adds those of readings [from, to) that count, ascending in time: the same as one by one, several times as fast.
  void add(const Columns&, std::size_t from, std::size_t to);
  friend bool operator==(const Summary&, const Summary&) = default;
};

/// How many buckets a range has; empty where more than Store::kMostBuckets or where the arguments make no sense.
std::optional<std::uint64_t> bucket_count(const Range&, std::chrono::nanoseconds bucket);

/// Aggregates readings into buckets. Feed ascending in time, from range.from on.
class Bucketer {
 public:
  Bucketer(const Range&, std::chrono::nanoseconds bucket);
  /// The newest reading before the range: its value holds when the range begins.
  void before(const Fact&);
  void add(const Fact&);
  bool fits(const Summary&) const;  ///< whether it lies within the range and within one bucket
  void add(const Summary&);         ///< only what fits
  /// `after`: whether the tag has a reading at range.to or later; then the last value holds until the range ends.
  std::vector<Bucket> finish(bool after);

 private:
  struct Open {
    Bucket bucket;
    double sum = 0.0, integral = 0.0;
  };
  Open& at(Time);
  std::uint64_t index_of(Time) const;
  void hold_until(Time);

  Range range_;
  std::uint64_t width_;
  std::vector<Open> open_;
  bool holds_ = false;
  double value_ = 0.0;
  Time since_;
};

/// Reading i of some columns.
Fact fact_at(const Columns&, std::size_t i);
/// Whether reading i of [first, last) counts: the last of its time.
inline bool counts(const Columns& c, std::size_t i, std::size_t last) {
  return i + 1 == last || c.times[i + 1] != c.times[i];
}

/// Thins a curve as Store::downsample says. Feed ascending in time, within the range.
class Thinner {
 public:
  Thinner(const Range&, std::size_t points);  ///< points >= 4
  void add(const Fact&);
  /// Adds those of readings [first, last) that count; no reading of the same time may lie outside them.
  void add(const Columns&, std::size_t first, std::size_t last);
  std::vector<Point> finish();

 private:
  void enter(Time);
  void close();
  Range range_;
  std::size_t points_;
  std::uint64_t width_;
  std::vector<Point> all_;  ///< while they are few
  bool few_ = true;
  std::vector<Point> thin_;
  Time stretch_;  ///< where the current one begins
  bool any_ = false, any_usable_ = false;
  Point first_, last_, low_, high_;
};

}  // namespace castner::historian

// SPDX-License-Identifier: Apache-2.0
/// The interface of every store of readings: append, read back, newest, aggregates, gaps.
#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "castner/base/error.h"
#include "castner/historian/retention.h"
#include "castner/readings/reading.h"

namespace castner::historian {

/// A tag's number within one store; good for as long as the store's file lives. From Store::define.
enum class TagId : std::uint32_t {};

struct Tag {
  TagId id{};
  std::string name;
  std::string unit;  ///< of its values, for people; "" where unknown
};

/// A tag to be defined.
struct TagName {
  std::string_view name;
  std::string_view unit;
};

struct TaggedReading {
  TagId tag{};
  readings::Reading reading;
};

/// Plain numbers of one tag that share a status and an arrival: the fast way to append. Times in any order.
struct Numbers {
  TagId tag{};
  std::span<const Time> times;
  std::variant<std::span<const double>, std::span<const std::int64_t>> values;  ///< as many as times
  readings::StatusCode status = readings::StatusCode::good;
  Time arrival;
  bool is_consistent() const {  ///< as many values as times
    return std::visit([&](const auto& v) { return v.size() == times.size(); }, values);
  }
  readings::Reading reading(std::size_t i) const {
    readings::Reading r{.time = times[i], .status = status, .arrival = arrival};
    std::visit([&](const auto& v) { r.value = v[i]; }, values);
    return r;
  }
};

/// The readings of one tag from `from` (included) to `to` (excluded).
struct Range {
  TagId tag{};
  Time from = Time::min();
  Time to = Time::max();
};

/// The aggregate of one stretch of time. Usable: good or uncertain, a number (double but not NaN, integer, or bool as 0 and 1), and not
/// marked as from the future (newest.h).
/// NaN stands where there is nothing usable.
struct Bucket {
  Time from;
  std::uint64_t good = 0, uncertain = 0, bad = 0;  ///< readings by quality, usable or not
  std::uint64_t usable = 0;
  double mean = std::numeric_limits<double>::quiet_NaN();
  double min = std::numeric_limits<double>::quiet_NaN();
  double max = std::numeric_limits<double>::quiet_NaN();
  double first = std::numeric_limits<double>::quiet_NaN();
  double last = std::numeric_limits<double>::quiet_NaN();
  /// Each reading counts for as long as it held: until the tag's next reading (a bad one ends it), or the bucket's end.
  /// After the tag's newest reading nothing is known, so nothing is counted. Where no usable value held for any time: the mean.
  double time_weighted_mean = std::numeric_limits<double>::quiet_NaN();
  std::chrono::nanoseconds held{0};  ///< for how long a usable value held
};

/// One point of a curve to draw.
struct Point {
  Time time;
  double value = 0.0;  ///< NaN where the reading is no number
  readings::StatusCode status = readings::StatusCode::good;
};

/// A stretch in which a tag was silent, and why. `to` is empty while it lasts.
struct Gap {
  TagId tag{};
  Time from;
  std::optional<Time> to;
  std::string why;
};
/// When a tag speaks again.
struct GapEnd {
  TagId tag{};
  Time to;
};

struct StoreHealth {
  std::uint64_t acknowledged = 0;  ///< readings, since the store was opened
  std::uint64_t waiting = 0;       ///< readings that are durable but not yet in their final form
  std::uint64_t bytes = 0;         ///< on disk; 0 where unknown
  std::string last_error;          ///< the error of the last append, or of the last flush, if it failed; else ""
};

/// Every method may be called from any thread at any time, also while append waits for the disk.
///
/// Errors: bad_input for a tag that is not defined or arguments that make no sense; world_refused where the disk or the
/// server said no: then nothing of that call was taken, and a later call may succeed.
///
/// Readings may come late, twice and out of order. At one time of one tag, a reading that differs (bits, type or status) from
/// the newest one there is a correction: both are kept. The newest arrival counts; of equal arrivals, the one appended later.
/// A reading equal to the one that counts is a repetition and is kept once, with its first arrival. After the clock was set back, what is
/// appended has the latest arrival from before, until the clock has come to it: so the one appended later counts then too.
/// Arrivals are kept to the nanosecond, but stamp them to the millisecond: finer noise costs two bytes a reading.
class Store {
 public:
  virtual ~Store() = default;

  /// The tags of these names, in the order asked; made where there are none; a unit that is not "" replaces the one known.
  /// Durable on return, with one wait for the disk. A name is 1 to 255 bytes of UTF-8 without control characters, else
  /// bad_input and none is made.
  [[nodiscard]] virtual Result<std::vector<TagId>> define_all(std::span<const TagName>) = 0;
  /// The same for one.
  [[nodiscard]] Result<TagId> define(std::string_view name, std::string_view unit) {
    return define_all(std::span(std::initializer_list<TagName>{{name, unit}})).map([](const auto& ids) {
      return ids.front();
    });
  }
  virtual std::vector<Tag> tags() const = 0;  ///< in the order they were defined
  virtual std::optional<Tag> find(std::string_view name) const = 0;

  /// Returns when every reading is durable, or none is taken: the columns first, then the others, each in the order given. Appends of
  /// many threads share one wait for the disk. At most kMostAtOnce readings, each text at most kMostText bytes; else bad_input.
  /// Columns are millions a second when they are long.
  [[nodiscard]] virtual Result<void> append(std::span<const Numbers>, std::span<const TaggedReading>) = 0;
  [[nodiscard]] Result<void> append(std::span<const TaggedReading> readings) { return append({}, readings); }
  [[nodiscard]] Result<void> append(std::span<const Numbers> columns) { return append(columns, {}); }

  /// The readings that count, ascending in time; at most `limit`, the earliest. To go on, read again from the last time + 1 ns.
  [[nodiscard]] virtual Result<std::vector<readings::Reading>> read(const Range&, std::size_t limit) const = 0;
  /// The same with corrected readings: ascending in time, then in the order of arrival; the last of one time counts.
  [[nodiscard]] virtual Result<std::vector<readings::Reading>> versions(const Range&, std::size_t limit) const = 0;
  /// The newest (by its own time) of each tag, in the order asked; empty where a tag has none. Never one from the future: neither one that
  /// was marked so, nor, when the store is opened, one after now, nor one that lies well after the arrival of a later one (newest.h).
  [[nodiscard]] virtual Result<std::vector<std::optional<readings::Reading>>> latest(std::span<const TagId>) const = 0;
  /// Buckets start at range.from plus multiples of `bucket`. Those without a reading and without a held value are left
  /// out. At most kMostBuckets, else bad_input.
  [[nodiscard]] virtual Result<std::vector<Bucket>> aggregate(const Range&, std::chrono::nanoseconds bucket) const = 0;
  /// A curve of at most `points` (at least 4) that looks like the whole one: of each of points/4 equal stretches its first, lowest,
  /// highest and last reading, so that no peak is lost and the line drawn is the same to the pixel. All of them where they are few.
  /// Source [jugel2014], M4.
  [[nodiscard]] virtual Result<std::vector<Point>> downsample(const Range&, std::size_t points) const = 0;

  /// The rules for forget(): of those that fit a tag the first one counts; a tag that no rule fits is kept for ever.
  [[nodiscard]] virtual Result<void> set_retention(std::span<const Retention>) = 0;
  /// Drops readings that are too old; some of them may stay for a while. Age counts from the newest reading of all tags that does not
  /// lie after `now`: a clock alone deletes nothing, and neither does a reading from the future. A tag is cut at one moment: all
  /// versions of what lies before go, all of what lies after stay, so that no corrected value comes back.
  ///
  /// Each call of the usual kind drops about what has become too old since the one before. What would be more than a day's worth waits:
  /// everything, where the newest reading has moved on by more than kUsualDeletion since the last deletion (the clock was set, or the
  /// server was away); and a tag, where some of it is older than its limit by more (a rule was made shorter, old readings came late).
  [[nodiscard]] virtual Result<Forgotten> forget(Time now, Deletion = Deletion::usual) = 0;

  /// Records that tags fell silent; a tag's gap that is open already stays as it is. `to` of each is ignored.
  /// Durable on return, with one wait for the disk: when a device dies, a thousand tags fall silent at once.
  [[nodiscard]] virtual Result<void> open_gaps(std::span<const Gap>) = 0;
  /// Closes the open gaps of these tags, with one wait for the disk; a tag without one is left alone.
  [[nodiscard]] virtual Result<void> close_gaps(std::span<const GapEnd>) = 0;
  /// The gaps that touch [from, to), sorted by start.
  [[nodiscard]] virtual Result<std::vector<Gap>> gaps(Time from, Time to) const = 0;

  virtual StoreHealth health() const = 0;
  /// What this store cannot keep as it came, one sentence each, to be said at start; empty if it keeps everything.
  virtual std::vector<std::string> cannot_keep() const { return {}; }
  /// Flushes and compacts everything now: before measuring and in tests.
  [[nodiscard]] virtual Result<void> settle() { return {}; }

  static constexpr std::chrono::nanoseconds kUsualDeletion = std::chrono::hours(24);
  static constexpr std::int64_t kMostBuckets = 1'000'000;
  static constexpr std::size_t kMostAtOnce = std::size_t{1} << 20;
  static constexpr std::size_t kMostText = std::size_t{1} << 16;
};

}  // namespace castner::historian

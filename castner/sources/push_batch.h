// SPDX-License-Identifier: Apache-2.0
/// What one HTTP body said, laid out tag by tag, so that millions of readings a second need no memory of their own.
#pragma once

#include <bit>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <variant>
#include <vector>

#include "castner/readings/reading.h"

namespace castner::sources {

/// Good numbers of one tag and one kind, in the order of the body.
struct PushRun {
  std::uint32_t tag = 0;  ///< its place
  std::span<const Time> times;
  std::variant<std::span<const double>, std::span<const std::int64_t>> values;  ///< as many as times
};

/// Any other reading: states, texts, and what is not good.
struct PushOther {
  std::uint32_t tag = 0;  ///< its place
  readings::Reading reading;
};

/// Kept and filled again by each body of one worker: tags keep their places, and what is laid out its memory. When there are
/// more than kMostTags all of them go, so that invented names cannot fill the memory.
class PushBatch {
 public:
  static constexpr std::size_t kMostTags = 200'000;
  static constexpr std::size_t kMostName = 255;  ///< [bytes], what the historian takes

  /// Forgets the readings, keeps the names. True where names went too: what a caller remembers by place is void then.
  bool clear();

  /// The place of a tag.
  std::uint32_t place(std::string_view tag);
  void add(std::uint32_t tag, Time time, double value) {
    numbers_.push_back({time, std::bit_cast<std::uint64_t>(value), 2 * tag});
  }
  void add(std::uint32_t tag, Time time, std::int64_t value) {
    numbers_.push_back({time, static_cast<std::uint64_t>(value), 2 * tag + 1});
  }
  void add_other(std::uint32_t tag, readings::Reading reading) { others_.push_back({tag, std::move(reading)}); }
  /// Lays out what was added, tag by tag.
  void arrange();

  const std::vector<std::string>& tags() const { return tags_; }  ///< by place
  const std::vector<PushRun>& runs() const { return runs_; }      ///< in the order of places; void before arrange()
  const std::vector<PushOther>& others() const { return others_; }
  std::size_t size() const { return numbers_.size() + others_.size(); }  ///< readings
  /// Changes when places do.
  std::uint64_t generation() const { return generation_; }

 private:
  struct Number {
    Time time;
    std::uint64_t bits;
    std::uint32_t group;  ///< twice the place of its tag, and one more for integers
  };
  struct Hash {
    using is_transparent = void;
    std::size_t operator()(std::string_view s) const { return std::hash<std::string_view>{}(s); }
  };
  std::vector<std::string> tags_;
  std::unordered_map<std::string, std::uint32_t, Hash, std::equal_to<>> places_;
  std::vector<Number> numbers_;  ///< in the order of the body
  std::vector<std::uint32_t> ends_;
  std::vector<Time> times_;
  std::vector<double> reals_;
  std::vector<std::int64_t> integers_;
  std::vector<PushRun> runs_;
  std::vector<PushOther> others_;
  std::uint64_t generation_ = 0;
};

/// "" where a tag may be called so, else why not: 1 to 255 bytes, valid UTF-8, no control characters.
[[nodiscard]] std::string name_problem(std::string_view tag);

}  // namespace castner::sources

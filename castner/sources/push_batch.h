// SPDX-License-Identifier: Apache-2.0
/// The readings of one HTTP body as columns, tag by tag; its memory is used again by the next body.
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
  std::uint32_t tag = 0;  ///< index into PushBatch::tags()
  std::span<const Time> times;
  std::variant<std::span<const double>, std::span<const std::int64_t>> values;  ///< as many as times
};

/// Any other reading: states, texts, what is not good; and every reading of a tag that has such ones too, or both kinds of numbers,
/// in the order of the body, since of two at one time the later counts.
struct PushOther {
  std::uint32_t tag = 0;  ///< index into PushBatch::tags()
  readings::Reading reading;
  std::size_t behind = 0;  ///< how many good numbers came before it
};

/// A worker keeps one and fills it again with each body: tags keep their indices, columns their memory. Beyond kMostTags all tags
/// are dropped, so that invented names cannot fill the memory.
class PushBatch {
 public:
  static constexpr std::size_t kMostTags = 200'000;
  static constexpr std::size_t kMostReadings = std::size_t{1} << 20;  ///< of one body
  static constexpr std::size_t kMostName = 255;                       ///< [bytes], what the historian takes

  /// Drops the readings and keeps the tags. True if the tags were dropped too: indices that a caller keeps are void then.
  bool clear();

  /// The index of a tag, which is added if it is new.
  std::uint32_t index(std::string_view tag);
  void add(std::uint32_t tag, Time time, double value) {
    numbers_.push_back({time, std::bit_cast<std::uint64_t>(value), 2 * tag});
  }
  void add(std::uint32_t tag, Time time, std::int64_t value) {
    numbers_.push_back({time, static_cast<std::uint64_t>(value), 2 * tag + 1});
  }
  void add_other(std::uint32_t tag, readings::Reading reading) {
    others_.push_back({tag, std::move(reading), numbers_.size()});
  }
  struct Mark {
    std::size_t numbers = 0, others = 0;
  };
  Mark mark() const { return {numbers_.size(), others_.size()}; }
  /// Gives this time to everything that was added since: of a line, the time stands last.
  void set_time(Mark since, Time time);
  /// Sorts the added numbers into runs, tag by tag.
  void arrange();

  const std::vector<std::string>& tags() const { return tags_; }  ///< by index
  const std::vector<PushRun>& runs() const { return runs_; }      ///< in the order of indices; void before arrange()
  const std::vector<PushOther>& others() const { return others_; }
  std::size_t size() const { return numbers_.size() + others_.size(); }  ///< readings
  /// Counts how often the tags were dropped.
  std::uint64_t generation() const { return generation_; }

 private:
  struct Number {
    Time time;
    std::uint64_t bits;
    std::uint32_t group;  ///< 2 * index of its tag, + 1 for integers
  };
  struct Hash {
    using is_transparent = void;
    std::size_t operator()(std::string_view s) const { return std::hash<std::string_view>{}(s); }
  };
  bool count();
  void put_mixed_in_order();

  std::vector<std::string> tags_;
  std::unordered_map<std::string, std::uint32_t, Hash, std::equal_to<>> indices_;
  std::vector<Number> numbers_;  ///< in the order of the body
  std::vector<std::uint32_t> ends_;
  std::vector<std::uint8_t> kinds_;  ///< of each tag: bits of the kinds that came
  std::vector<Time> times_;
  std::vector<double> reals_;
  std::vector<std::int64_t> integers_;
  std::vector<PushRun> runs_;
  std::vector<PushOther> others_;
  std::uint64_t generation_ = 0;
};

/// What is wrong with a body of more than PushBatch::kMostReadings, and the cure.
constexpr const char* kTooManyReadings = "more than 1048576 readings in one body";
constexpr const char* kFewerReadings = "send them in several";

/// "" for a valid name of a tag, else why it is not: 1 to 255 bytes, valid UTF-8, no control characters.
[[nodiscard]] std::string name_problem(std::string_view tag);

}  // namespace castner::sources

// SPDX-License-Identifier: Apache-2.0
/// What one HTTP body said, laid out tag by tag, so that millions of readings a second need no memory of their own.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "castner/historian/reading.h"

namespace castner::sources {

/// Good numbers of one tag and one kind, in the order of the body; empty where this body has none.
template <class Number>
struct PushNumbers {
  std::vector<Time> times;
  std::vector<Number> values;  ///< as many as times
  void clear() {
    times.clear();
    values.clear();
  }
};
struct PushColumn {
  std::string tag;
  PushNumbers<double> reals;
  PushNumbers<std::int64_t> integers;
  std::size_t size() const { return reals.values.size() + integers.values.size(); }
};

/// Any other reading: states, texts, and what is not good.
struct PushOther {
  std::uint32_t column = 0;  ///< whose tag
  historian::Reading reading;
};

/// Kept and filled again by each body of one worker: columns keep their places and their memory. When there are more than
/// kMostColumns all of them go, so that invented names cannot fill the memory.
class PushBatch {
 public:
  static constexpr std::size_t kMostColumns = 200'000;
  static constexpr std::size_t kMostName = 255;  ///< [bytes], what the historian takes

  /// Forgets the readings, keeps the names. True where names went too: what a caller remembers by place is void then.
  bool clear() {
    size_ = 0;
    others_.clear();
    if (columns_.size() <= kMostColumns) {
      for (auto& c : columns_) {
        c.reals.clear();
        c.integers.clear();
      }
      return false;
    }
    columns_.clear();
    places_.clear();
    ++generation_;
    return true;
  }

  /// The place of a tag's column.
  std::uint32_t column(std::string_view tag) {
    if (const auto known = places_.find(tag); known != places_.end()) return known->second;
    const auto place = static_cast<std::uint32_t>(columns_.size());
    columns_.push_back({std::string(tag), {}, {}});
    places_.emplace(std::string(tag), place);
    return place;
  }
  void add(std::uint32_t column, Time time, double value) { add(columns_[column].reals, time, value); }
  void add(std::uint32_t column, Time time, std::int64_t value) { add(columns_[column].integers, time, value); }
  void add_other(std::uint32_t column, historian::Reading reading) {
    others_.push_back({column, std::move(reading)});
    ++size_;
  }

  const std::vector<PushColumn>& columns() const { return columns_; }
  const std::vector<PushOther>& others() const { return others_; }
  std::size_t size() const { return size_; }  ///< readings
  /// Changes when places do.
  std::uint64_t generation() const { return generation_; }

 private:
  template <class Number>
  void add(PushNumbers<Number>& to, Time time, Number value) {
    to.times.push_back(time);
    to.values.push_back(value);
    ++size_;
  }
  struct Hash {
    using is_transparent = void;
    std::size_t operator()(std::string_view s) const { return std::hash<std::string_view>{}(s); }
  };
  std::vector<PushColumn> columns_;
  std::unordered_map<std::string, std::uint32_t, Hash, std::equal_to<>> places_;
  std::vector<PushOther> others_;
  std::size_t size_ = 0;
  std::uint64_t generation_ = 0;
};

/// "" where a tag may be called so, else why not: 1 to 255 bytes, valid UTF-8, no control characters.
[[nodiscard]] std::string name_problem(std::string_view tag);

}  // namespace castner::sources

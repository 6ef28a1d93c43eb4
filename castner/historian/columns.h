// SPDX-License-Identifier: Apache-2.0
/// Readings as columns: the input of a block's compression.
#pragma once

#include <bit>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "castner/historian/store.h"

namespace castner::historian {

inline std::int64_t ns_of(Time t) { return t.time_since_epoch().count(); }
inline Time time_of(std::int64_t ns) { return Time(std::chrono::nanoseconds(ns)); }

/// The kind of a reading's value: its index in `Value`.
enum class Kind : std::uint8_t { real = 0, integer = 1, boolean = 2, text = 3 };

/// Runs of readings, each of one tag. All columns have the same length, which is the sum of the runs.
struct Columns {
  struct Run {
    TagId tag{};
    std::uint32_t count = 0;
    friend bool operator==(const Run&, const Run&) = default;
  };
  std::vector<Run> runs;
  std::vector<std::int64_t> times, arrivals;  ///< [ns] since 1970 UTC
  std::vector<std::uint32_t> statuses;
  std::vector<Kind> kinds;
  std::vector<std::uint64_t> bits;  ///< a double's bits, an integer, 0 or 1, or an index into `texts`
  std::vector<std::string> texts;

  std::size_t size() const { return times.size(); }
  bool empty() const { return times.empty(); }
  void reserve(std::size_t n) {
    times.reserve(n);
    arrivals.reserve(n);
    statuses.reserve(n);
    kinds.reserve(n);
    bits.reserve(n);
  }
  void clear() {  ///< keeps the memory
    runs.clear();
    times.clear();
    arrivals.clear();
    statuses.clear();
    kinds.clear();
    bits.clear();
    texts.clear();
  }
  void count_one(TagId tag) {
    if (runs.empty() || runs.back().tag != tag) runs.push_back({tag, 0});
    ++runs.back().count;
  }
  void push(TagId tag, const readings::Reading& r) {
    count_one(tag);
    times.push_back(r.time.time_since_epoch().count());
    arrivals.push_back(r.arrival.time_since_epoch().count());
    statuses.push_back(static_cast<std::uint32_t>(r.status));
    kinds.push_back(static_cast<Kind>(r.value.index()));
    switch (kinds.back()) {
      case Kind::real: bits.push_back(std::bit_cast<std::uint64_t>(std::get<double>(r.value))); break;
      case Kind::integer: bits.push_back(static_cast<std::uint64_t>(std::get<std::int64_t>(r.value))); break;
      case Kind::boolean: bits.push_back(std::get<bool>(r.value) ? 1 : 0); break;
      case Kind::text:
        bits.push_back(texts.size());
        texts.push_back(std::get<std::string>(r.value));
        break;
    }
  }
  /// Readings [begin, end) of `from`, all of one tag, at the end of this.
  void append(TagId tag, const Columns& from, std::size_t begin, std::size_t end) {
    if (begin == end) return;
    if (runs.empty() || runs.back().tag != tag) runs.push_back({tag, 0});
    runs.back().count += static_cast<std::uint32_t>(end - begin);
    const auto copy = [&](auto& to, const auto& of) {
      to.insert(to.end(), of.begin() + static_cast<std::ptrdiff_t>(begin),
                of.begin() + static_cast<std::ptrdiff_t>(end));
    };
    copy(times, from.times);
    copy(arrivals, from.arrivals);
    copy(statuses, from.statuses);
    copy(kinds, from.kinds);
    copy(bits, from.bits);
    if (from.texts.empty()) return;
    for (auto i = bits.size() - (end - begin); i < bits.size(); ++i)
      if (kinds[i] == Kind::text) {
        texts.push_back(from.texts[bits[i]]);
        bits[i] = texts.size() - 1;
      }
  }

  Time time(std::size_t i) const { return Time(std::chrono::nanoseconds(times[i])); }
  readings::Value value(std::size_t i) const {
    switch (kinds[i]) {
      case Kind::real: return std::bit_cast<double>(bits[i]);
      case Kind::integer: return static_cast<std::int64_t>(bits[i]);
      case Kind::boolean: return bits[i] != 0;
      case Kind::text: return texts[bits[i]];
    }
    return 0.0;
  }
  readings::Reading reading(std::size_t i) const {
    return {time(i), value(i), static_cast<readings::StatusCode>(statuses[i]),
            Time(std::chrono::nanoseconds(arrivals[i]))};
  }
  /// Whether two readings have the same value bit for bit; times are not compared.
  bool same_value(std::size_t i, const Columns& other, std::size_t j) const {
    if (kinds[i] != other.kinds[j]) return false;
    return kinds[i] == Kind::text ? texts[bits[i]] == other.texts[other.bits[j]] : bits[i] == other.bits[j];
  }
  std::size_t text_bytes() const {
    std::size_t n = 0;
    for (const auto& t : texts) n += t.size();
    return n;
  }
};

}  // namespace castner::historian

// SPDX-License-Identifier: Apache-2.0
#include "castner/historian/chunk.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <span>

#include "castner/historian/alp.h"
#include "castner/historian/chunk_codec.h"
#include "castner/historian/integers.h"

namespace castner::historian {
namespace {

constexpr std::size_t kFewReadings = 256;
constexpr std::size_t kMostReadings = 12'288;  // unpacked in about 0.2 ms
constexpr std::size_t kMostBytes = 2650;       // of a block: three of its rows, with 76 bytes beside it, fill a page
constexpr std::int64_t kHour = 3'600'000'000'000;

std::size_t readings_per_chunk(double bytes_each) {
  const auto n = 0.99 * kMostBytes / std::max(bytes_each, 1e-3);  // the next ones may take a little more
  return std::clamp(static_cast<std::size_t>(n), kFewReadings, kMostReadings);
}

/// Where to cut instead of before `end`, so that readings of one time stay together: chunks never share a time.
std::size_t end_of_time(const Columns& c, std::size_t end, std::size_t last) {
  while (end < last && c.times[end] == c.times[end - 1]) ++end;
  return end;
}

/// One stretch without a long silence.
void cut_stretch(TagId tag, const Columns& c, std::size_t begin, std::size_t last, double& bytes_each,
                 std::vector<Chunk>& out) {
  while (begin < last) {
    auto want = bytes_each > 0 ? readings_per_chunk(bytes_each) : kMostReadings / 2;
    std::string block;
    std::size_t end = 0;
    for (int attempt = 0; attempt < 4; ++attempt) {
      end = end_of_time(c, std::min(begin + want, last), last);
      block = pack(tag, c, begin, end);
      bytes_each = static_cast<double>(block.size()) / static_cast<double>(end - begin);
      const bool fits = block.size() <= kMostBytes || want <= kFewReadings;
      const auto best = readings_per_chunk(bytes_each);
      if (fits && (end == last || attempt > 0 || want > best * 3 / 4)) break;
      want = fits ? best : std::max(kFewReadings, best * 97 / 100);
    }
    out.push_back({summary_of(c, begin, end), end - begin, std::move(block)});
    begin = end;
  }
}

// Bits of a summary's flags: whether its end is usable, and how its numbers are written; without the last two, as doubles.
constexpr std::uint8_t kEndUsable = 1, kIntegers = 2, kDecimals = 4;

/// Counters and states are integers, which take fewer bytes than a double. Not -0, whose sign would be lost.
bool is_integer(double v) {
  if (!(std::fabs(v) < 9007199254740992.0)) return false;
  const auto n = static_cast<double>(static_cast<std::int64_t>(v));
  return std::bit_cast<std::uint64_t>(v) == std::bit_cast<std::uint64_t>(n);
}

void put_integer(Packer& to, std::int64_t n) { to.varint(zigzag(static_cast<std::uint64_t>(n))); }
std::int64_t get_integer(Unpacker& from) { return static_cast<std::int64_t>(unzigzag(from.varint())); }
void put_double(Packer& to, double v) { to.fixed(std::bit_cast<std::uint64_t>(v)); }
double get_double(Unpacker& from) { return std::bit_cast<double>(from.fixed()); }

/// The integers of the first four, as differences from the first.
void put_decimals(Packer& to, const AlpEncoded& d) {
  to.byte(static_cast<std::uint8_t>(static_cast<unsigned>(d.scheme.scaling) << 4 | d.scheme.exponent));
  std::int64_t near = 0;
  for (const auto n : d.integers) {
    put_integer(to, n - near);
    near = d.integers.front();
  }
}

void get_decimals(Unpacker& from, std::initializer_list<double*> values) {
  const auto byte = from.byte();
  const AlpScheme scheme{static_cast<Scaling>(byte >> 4), byte & 15u};
  if (scheme.scaling < Scaling::divided || scheme.scaling > Scaling::single) from.fail();
  std::uint64_t first = 0;
  for (auto* v : values) {
    const auto n = first + static_cast<std::uint64_t>(get_integer(from));  // wraps around if it was forged
    if (v == *values.begin()) first = n;
    *v = alp_value(scheme, static_cast<std::int64_t>(n));
  }
}

}  // namespace

bool is_full(std::uint64_t count, std::size_t block_bytes) {
  if (count == 0) return false;
  return count >= readings_per_chunk(static_cast<double>(block_bytes) / static_cast<double>(count)) * 9 / 10;
}

std::int64_t mean_step(std::int64_t first, std::int64_t last, std::uint64_t count) {
  // Unsigned: from one end of time to the other there are more ns than a signed integer holds.
  const auto ns = static_cast<std::uint64_t>(last) - static_cast<std::uint64_t>(first);
  return count < 2 ? 0 : static_cast<std::int64_t>(std::min(ns / (count - 1), std::uint64_t{1} << 62));
}

bool is_long_silence(std::int64_t earlier, std::int64_t later, std::int64_t step) {
  const auto silence = static_cast<std::uint64_t>(later) - static_cast<std::uint64_t>(earlier);
  const auto usual = static_cast<std::uint64_t>(std::clamp<std::int64_t>(step, 0, std::int64_t{1} << 50));
  return silence > std::max<std::uint64_t>(kHour, 64 * usual);
}

Summary summary_of(const Columns& c, std::size_t first, std::size_t last) {
  Summary s;
  s.add(c, first, last);
  return s;
}

std::vector<Chunk> cut_into_chunks(TagId tag, const Columns& c, double bytes_each) {
  std::vector<Chunk> chunks;
  std::size_t begin = 0;
  for (std::size_t i = 1; i <= c.size(); ++i) {
    // None at any step, which is seen without the division that the mean takes.
    if (i < c.size() && !is_long_silence(c.times[i - 1], c.times[i], 0)) continue;
    const auto n = i - begin;
    // The mean step so far; of one reading nothing is known, and one a day is usual in a laboratory.
    const auto step = n < 2 ? 24 * kHour : mean_step(c.times[begin], c.times[i - 1], n);
    if (i < c.size() && !is_long_silence(c.times[i - 1], c.times[i], step)) continue;
    cut_stretch(tag, c, begin, i, bytes_each, chunks);
    begin = i;
  }
  return chunks;
}

std::string packed(const Summary& s) {
  Packer to;
  for (const auto n : {s.good, s.uncertain, s.bad, s.usable}) to.varint(n);
  to.varint(static_cast<std::uint64_t>(s.held.count()));
  const double numbers[] = {s.min, s.max, s.first, s.last, s.sum, s.integral};
  const bool integers = s.usable > 0 && std::all_of(std::begin(numbers), std::end(numbers), is_integer);
  const auto decimals = s.usable > 0 && !integers ? alp_encode(std::span(numbers).first<4>()) : std::nullopt;
  to.byte(static_cast<std::uint8_t>((s.end_usable ? kEndUsable : 0) | (integers   ? kIntegers
                                                                       : decimals ? kDecimals
                                                                                  : 0)));
  if (s.usable == 0) return to.bytes();
  if (decimals) put_decimals(to, *decimals);
  for (const auto v : std::span(numbers).subspan(decimals ? 4 : 0))
    integers ? put_integer(to, static_cast<std::int64_t>(v)) : put_double(to, v);
  return to.bytes();
}

std::optional<Summary> unpacked(std::string_view bytes, Time begin, Time end) {
  Unpacker from(bytes);
  Summary s{.begin = begin, .end = end};
  for (auto* n : {&s.good, &s.uncertain, &s.bad, &s.usable}) *n = from.varint();
  s.held = std::chrono::nanoseconds(static_cast<std::int64_t>(from.varint()));
  const auto flags = from.byte();
  const auto how = flags & ~kEndUsable;
  if (how != 0 && how != kIntegers && how != kDecimals) from.fail();
  s.end_usable = flags & kEndUsable;
  if (s.usable > 0) {
    const auto numbers = {&s.min, &s.max, &s.first, &s.last, &s.sum, &s.integral};
    if (how == kDecimals) get_decimals(from, {&s.min, &s.max, &s.first, &s.last});
    for (auto* v : std::span(numbers).subspan(how == kDecimals ? 4 : 0))
      *v = how == kIntegers ? static_cast<double>(get_integer(from)) : get_double(from);
  }
  if (!from.ok() || !from.at_end()) return {};
  return s;
}

}  // namespace castner::historian

// SPDX-License-Identifier: Apache-2.0
#include "castner/historian/integers.h"

#include <algorithm>
#include <array>
#include <bit>

namespace castner::historian {
namespace {

constexpr std::size_t kWorthACut = 256;  // a shorter piece is cheaper with its neighbour than with a table of its own

/// Widths of an integer in bits; the file holds the index.
constexpr std::array<unsigned, 11> kWidths = {0, 2, 4, 8, 16, 24, 32, 40, 48, 56, 64};
constexpr std::size_t kByte = 3;  // the index of 8 bits

/// Earlier versions put several numbers of 2 or 4 bits in a byte, the first one lowest; they are read, not written.
void get_side_by_side(unsigned bits, std::string_view packed, std::span<std::uint64_t> out) {
  const unsigned each = 8 / bits, mask = (1u << bits) - 1;
  for (std::size_t i = 0; i < out.size(); ++i)
    out[i] = static_cast<unsigned char>(packed[i / each]) >> (bits * (i % each)) & mask;
}

/// The largest integer that `bits` hold; the one after it stands for one in the list of long ones.
constexpr std::uint64_t most_in(unsigned bits) { return bits == 0 ? 0 : bits >= 64 ? ~0ull : (1ull << bits) - 2; }

/// Index of the narrowest width that leaves at most one integer in 64 to the list of long ones.
std::size_t width_for(std::span<const std::uint64_t> v) {
  std::uint64_t any = 0;
  for (const auto x : v) any |= x;
  if (any == 0) return 0;  // often: residuals of what grows evenly or stands still
  if (any <= most_in(kWidths[kByte])) return kByte;
  // How many integers need so many bits; one that would say "long" needs one more. Four histograms in turn, since integers are
  // alike and two increments of one counter wait for each other.
  std::array<std::array<std::uint32_t, 65>, 4> in_turn{};
  const auto bits_of = [](std::uint64_t x) { return x + 1 == 0 ? 64 : x == 0 ? 0 : std::bit_width(x + 1); };
  for (std::size_t i = 0; i < v.size(); ++i) ++in_turn[i % 4][static_cast<std::size_t>(bits_of(v[i]))];
  std::array<std::size_t, 65> of_bits{};
  for (const auto& some : in_turn)
    for (std::size_t k = 0; k < of_bits.size(); ++k) of_bits[k] += some[k];
  auto longer = v.size() - of_bits[0];
  unsigned bits = 0;
  for (auto width = kByte;; ++width) {
    while (bits < kWidths[width]) longer -= of_bits[++bits];
    if (longer <= v.size() / 64 || bits == 64) return width;
  }
}

}  // namespace

void Packer::varint(std::uint64_t v) {
  while (v >= 0x80) {
    byte(static_cast<std::uint8_t>(v | 0x80));
    v >>= 7;
  }
  byte(static_cast<std::uint8_t>(v));
}

void Packer::fixed(std::uint64_t v) {
  for (int i = 0; i < 8; ++i) byte(static_cast<std::uint8_t>(v >> (8 * i)));
}

void Packer::cut() {
  if (bytes_.size() - (cuts_.empty() ? 0 : cuts_.back()) >= kWorthACut)
    cuts_.push_back(bytes_.size());
  else if (!cuts_.empty())  // it joins what lies before it: with the noise after it, it would spoil the noise's table
    cuts_.back() = bytes_.size();
}

void Packer::integers(std::span<const std::uint64_t> v) {
  const auto width = width_for(v);
  byte(static_cast<std::uint8_t>(width));
  const auto bits = kWidths[width];
  if (bits == 0) return;
  const auto most = most_in(bits);
  const auto short_of = [&](std::uint64_t x) { return x > most ? most + 1 : x; };
  cut();
  const auto start = bytes_.size();
  const auto n = v.size();
  bytes_.resize(start + n * (bits / 8));
  // The highest plane first: it varies least, as does what lies before it.
  for (unsigned p = 0; p < bits / 8; ++p) {
    auto* plane = bytes_.data() + start + p * n;
    const auto shift = bits - 8 * (p + 1);
    for (std::size_t i = 0; i < n; ++i) plane[i] = static_cast<char>(short_of(v[i]) >> shift);
    if (n >= kWorthACut) cuts_.push_back(start + (p + 1) * n);
  }
  if (bits < 64)
    for (const auto x : v)
      if (x > most) varint(x - most);
}

std::uint8_t Unpacker::byte() {
  if (left_.empty()) {
    ok_ = false;
    return 0;
  }
  const auto b = static_cast<std::uint8_t>(left_.front());
  left_.remove_prefix(1);
  return b;
}

std::uint64_t Unpacker::varint() {
  std::uint64_t v = 0;
  for (unsigned shift = 0; shift < 64; shift += 7) {
    const auto b = byte();
    v |= static_cast<std::uint64_t>(b & 0x7F) << shift;
    if (!(b & 0x80)) return v;
  }
  ok_ = false;
  return 0;
}

std::uint64_t Unpacker::fixed() {
  std::uint64_t v = 0;
  for (int i = 0; i < 8; ++i) v |= static_cast<std::uint64_t>(byte()) << (8 * i);
  return v;
}

std::string_view Unpacker::raw(std::uint64_t n) {
  if (n > left_.size()) {
    ok_ = false;
    return {};
  }
  const auto s = left_.substr(0, n);
  left_.remove_prefix(n);
  return s;
}

void Unpacker::integers(std::span<std::uint64_t> out) {
  const std::size_t width = byte();
  const auto n = out.size();
  if (width == 0) {
    std::fill(out.begin(), out.end(), 0);
    return;
  }
  const auto bits = width < kWidths.size() ? kWidths[width] : 0;
  if (bits == 0 || n > left_.size() * 8 / bits) {
    ok_ = false;
    return;
  }
  if (bits < 8) {
    const auto per_byte = 8 / bits;
    const auto packed = raw((n + per_byte - 1) / per_byte);
    if (!ok_) return;
    get_side_by_side(bits, packed, out);
  } else {
    const auto planes = raw(n * (bits / 8));
    const auto byte_of = [&](unsigned p, std::size_t i) {
      return std::uint64_t{static_cast<std::uint8_t>(planes[p * n + i])};
    };
    // Most have one or two planes: these in one pass, since memory takes the time.
    const unsigned first = bits == 8 ? 1 : 2;
    if (first == 1)
      for (std::size_t i = 0; i < n; ++i) out[i] = byte_of(0, i);
    else
      for (std::size_t i = 0; i < n; ++i) out[i] = byte_of(0, i) << 8 | byte_of(1, i);
    for (unsigned p = first; p < bits / 8; ++p)
      for (std::size_t i = 0; i < n; ++i) out[i] = out[i] << 8 | byte_of(p, i);
  }
  if (bits == 64) return;
  const auto most = most_in(bits);
  for (auto& x : out)
    if (x > most) x = most + varint();
}

}  // namespace castner::historian

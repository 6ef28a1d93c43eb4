// SPDX-License-Identifier: Apache-2.0
/// Integers laid out so that a general compressor comes near their entropy: each byte of an integer in a plane of its own.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace castner::historian {

/// Small numbers of either sign become small numbers without one: 0, -1, 1, -2 become 0, 1, 2, 3.
constexpr std::uint64_t zigzag(std::uint64_t difference) { return (difference << 1) ^ (0 - (difference >> 63)); }
constexpr std::uint64_t unzigzag(std::uint64_t z) { return (z >> 1) ^ (0 - (z & 1)); }

/// Collects bytes, with the offsets at which one kind of content ends and another begins.
class Packer {
 public:
  void byte(std::uint8_t b) { bytes_.push_back(static_cast<char>(b)); }
  void varint(std::uint64_t v);  ///< 7 bits a byte, low first
  void fixed(std::uint64_t v);   ///< 8 bytes, low first
  void raw(std::string_view s) { bytes_.append(s); }
  void integers(std::span<const std::uint64_t>);  ///< as byte planes; small integers take few
  void cut();                                     ///< begins content of another kind
  const std::string& bytes() const { return bytes_; }
  const std::vector<std::size_t>& cuts() const { return cuts_; }

 private:
  std::string bytes_;
  std::vector<std::size_t> cuts_;
};

/// Reads what a Packer wrote, never past the end. After an overrun or invalid input ok() is false and every read returns 0.
class Unpacker {
 public:
  explicit Unpacker(std::string_view bytes) : left_(bytes) {}
  std::uint8_t byte();
  std::uint64_t varint();
  std::uint64_t fixed();
  std::string_view raw(std::uint64_t n);
  void integers(std::span<std::uint64_t> out);
  bool ok() const { return ok_; }
  bool at_end() const { return left_.empty(); }
  std::size_t left() const { return left_.size(); }
  void fail() { ok_ = false; }

 private:
  std::string_view left_;
  bool ok_ = true;
};

}  // namespace castner::historian

// SPDX-License-Identifier: Apache-2.0
#include "castner/base/utf8.h"

#include <array>
#include <cstring>

namespace castner {

Utf8Character utf8_character(std::string_view text, std::size_t at) {
  const auto byte = [&](std::size_t i) { return static_cast<std::uint32_t>(static_cast<unsigned char>(text[at + i])); };
  const std::uint32_t first = byte(0);
  if (first < 0x80) return {first, 1};
  const std::size_t length = first >> 5 == 0b110 ? 2 : first >> 4 == 0b1110 ? 3 : first >> 3 == 0b11110 ? 4 : 0;
  if (length == 0 || text.size() - at < length) return {};
  std::uint32_t code = first & (0x7Fu >> length);
  for (std::size_t i = 1; i < length; ++i) {
    if (byte(i) >> 6 != 0b10) return {};
    code = code << 6 | (byte(i) & 0x3Fu);
  }
  constexpr std::array<std::uint32_t, 5> kSmallest{0, 0, 0x80, 0x800, 0x10000};  // a smaller one is overlong
  const bool surrogate = code >= 0xD800 && code <= 0xDFFF;
  if (code < kSmallest[length] || surrogate || code > 0x10FFFF) return {};
  return {code, length};
}

bool is_utf8(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    const auto length = utf8_character(text, at).length;
    if (length == 0) return false;
    at += length;
  }
  return true;
}

std::size_t not_text_at(std::string_view bytes) {
  constexpr std::uint64_t kOnes = 0x0101010101010101, kTops = 0x8080808080808080;
  for (std::size_t at = 0; at < bytes.size();) {
    // Eight bytes of ASCII without a zero at once: bodies of megabytes are nothing else.
    for (std::uint64_t eight = 0; bytes.size() - at >= 8; at += 8) {
      std::memcpy(&eight, bytes.data() + at, 8);
      if ((eight & kTops) != 0 || ((eight - kOnes) & ~eight & kTops) != 0) break;
    }
    if (at == bytes.size()) break;
    const auto length = utf8_character(bytes, at).length;
    if (length == 0 || bytes[at] == '\0') return at;
    at += length;
  }
  return std::string_view::npos;
}

bool is_printable(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    const auto c = utf8_character(text, at);
    if (c.length == 0 || c.code < 0x20 || (c.code >= 0x7f && c.code < 0xa0)) return false;
    at += c.length;
  }
  return true;
}

std::string_view cut_utf8(std::string_view text, std::size_t most_bytes) {
  if (text.size() <= most_bytes) return text;
  while (most_bytes > 0 && (static_cast<unsigned char>(text[most_bytes]) & 0xC0) == 0x80) --most_bytes;
  return text.substr(0, most_bytes);
}

void append_utf8(std::string& out, std::uint32_t code) {
  const auto put = [&](std::uint32_t byte) { out += static_cast<char>(byte); };
  const auto follow = [&](int shift) { put(0x80u | (code >> shift & 0x3Fu)); };
  if (code < 0x80) {
    put(code);
  } else if (code < 0x800) {
    put(0xC0u | code >> 6), follow(0);
  } else if (code < 0x10000) {
    put(0xE0u | code >> 12), follow(6), follow(0);
  } else {
    put(0xF0u | code >> 18), follow(12), follow(6), follow(0);
  }
}

}  // namespace castner

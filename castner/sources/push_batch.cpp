// SPDX-License-Identifier: Apache-2.0
#include "castner/sources/push_batch.h"

namespace castner::sources {
namespace {

/// How many bytes the UTF-8 character at the start takes; 0 where it is none (overlong and surrogates are none).
std::size_t character(std::string_view s) {
  const auto byte = [&](std::size_t i) { return i < s.size() ? static_cast<unsigned char>(s[i]) : 0u; };
  const auto more = [&](std::size_t i) { return (byte(i) & 0xC0u) == 0x80u; };
  const unsigned a = byte(0), b = byte(1);
  if (a < 0x80) return 1;
  if (a >= 0xC2 && a <= 0xDF) return more(1) ? 2 : 0;
  if (a >= 0xE0 && a <= 0xEF) {
    if ((a == 0xE0 && b < 0xA0) || (a == 0xED && b > 0x9F)) return 0;
    return more(1) && more(2) ? 3 : 0;
  }
  if (a >= 0xF0 && a <= 0xF4) {
    if ((a == 0xF0 && b < 0x90) || (a == 0xF4 && b > 0x8F)) return 0;
    return more(1) && more(2) && more(3) ? 4 : 0;
  }
  return 0;
}

}  // namespace

std::string name_problem(std::string_view tag) {
  if (tag.empty()) return "the name is empty";
  if (tag.size() > PushBatch::kMostName) return "the name is longer than 255 bytes";
  for (std::size_t i = 0; i < tag.size();) {
    const auto n = character(tag.substr(i));
    if (n == 0) return "the name is not valid UTF-8";
    const auto c = static_cast<unsigned char>(tag[i]);
    if (c < 0x20 || c == 0x7F) return "the name holds a control character";
    i += n;
  }
  return "";
}

}  // namespace castner::sources

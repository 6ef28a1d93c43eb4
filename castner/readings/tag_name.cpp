// SPDX-License-Identifier: Apache-2.0
#include "castner/readings/tag_name.h"

#include <cstddef>
#include <string>

namespace castner::readings {
namespace {

/// Length of the UTF-8 character at the start; 0 where there is none (overlong forms and surrogates are none).
std::size_t utf8_length(std::string_view s) {
  const auto byte = [&](std::size_t i) { return i < s.size() ? static_cast<unsigned char>(s[i]) : 0u; };
  const auto follows = [&](std::size_t i) { return (byte(i) & 0xC0u) == 0x80u; };
  const unsigned first = byte(0);
  if (first < 0x80) return 1;
  if (first >= 0xC2 && first < 0xE0) return follows(1) ? 2 : 0;
  if (first >= 0xE0 && first < 0xF0) {
    const bool overlong = first == 0xE0 && byte(1) < 0xA0, surrogate = first == 0xED && byte(1) >= 0xA0;
    return follows(1) && follows(2) && !overlong && !surrogate ? 3 : 0;
  }
  if (first >= 0xF0 && first < 0xF5) {
    const bool overlong = first == 0xF0 && byte(1) < 0x90, beyond = first == 0xF4 && byte(1) >= 0x90;
    return follows(1) && follows(2) && follows(3) && !overlong && !beyond ? 4 : 0;
  }
  return 0;
}

}  // namespace

Result<void> check_tag_name(std::string_view name) {
  if (name.empty() || name.size() > 255)
    return bad_input("", "a tag's name has " + std::to_string(name.size()) + " bytes", "1 to 255 are possible");
  for (std::size_t i = 0; i < name.size();) {
    const auto length = utf8_length(name.substr(i));
    const auto byte = static_cast<unsigned char>(name[i]);
    if (length == 0) return bad_input("", "a tag's name is not UTF-8 at byte " + std::to_string(i + 1));
    if (byte < 0x20 || byte == 0x7F)
      return bad_input("", "a tag's name has a control character at byte " + std::to_string(i + 1));
    i += length;
  }
  return {};
}

bool fits_pattern(std::string_view pattern, std::string_view name) {
  // Where a `*` was met last, and how much of the name it has eaten: on a mismatch it eats one more.
  std::size_t p = 0, n = 0, star = std::string_view::npos, eaten = 0;
  while (n < name.size()) {
    if (p < pattern.size() && pattern[p] == '*') {
      star = p++;
      eaten = n;
    } else if (p < pattern.size() && (pattern[p] == '?' || pattern[p] == name[n])) {
      ++p;
      ++n;
    } else if (star != std::string_view::npos) {
      p = star + 1;
      n = ++eaten;
    } else {
      return false;
    }
  }
  while (p < pattern.size() && pattern[p] == '*') ++p;
  return p == pattern.size();
}

}  // namespace castner::readings

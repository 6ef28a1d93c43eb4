// SPDX-License-Identifier: Apache-2.0
#include "castner/readings/tag_name.h"

#include <cstddef>
#include <string>

#include "castner/base/utf8.h"

namespace castner::readings {
Result<void> check_tag_name(std::string_view name) {
  if (name.empty() || name.size() > 255)
    return bad_input("", "a tag's name has " + std::to_string(name.size()) + " bytes", "1 to 255 are possible");
  for (std::size_t i = 0; i < name.size();) {
    const auto length = utf8_character(name, i).length;
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

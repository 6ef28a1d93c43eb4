// SPDX-License-Identifier: Apache-2.0
#include "castner/drawing/text_width.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <utility>

#include "castner/base/utf8.h"

namespace castner::drawing {
namespace {

/// The first character; a byte that begins none counts as one by itself.
Utf8Character first_of(std::string_view text) {
  const auto c = utf8_character(text);
  return c.length > 0 ? c : Utf8Character{static_cast<unsigned char>(text[0]), 1};
}

/// Wide and Fullwidth ranges of Unicode's EastAsianWidth, as far as plants' names and our sentences go.
bool wide(std::uint32_t c) {
  constexpr std::array<std::pair<std::uint32_t, std::uint32_t>, 9> kWide{{{0x1100, 0x115F},
                                                                          {0x2E80, 0x303E},
                                                                          {0x3041, 0x33FF},
                                                                          {0x3400, 0x4DBF},
                                                                          {0x4E00, 0xA4CF},
                                                                          {0xAC00, 0xD7A3},
                                                                          {0xF900, 0xFAFF},
                                                                          {0xFE30, 0xFF60},
                                                                          {0x1F300, 0x3FFFD}}};
  return std::any_of(kWide.begin(), kWide.end(), [c](const auto& r) { return c >= r.first && c <= r.second; }) ||
         (c >= 0xFFE0 && c <= 0xFFE6);
}

bool without_width(std::uint32_t c) {
  return (c >= 0x300 && c <= 0x36F) || (c >= 0x200B && c <= 0x200F) || c == 0xFEFF;
}

int columns(std::uint32_t c) { return without_width(c) ? 0 : wide(c) ? 2 : 1; }

}  // namespace

int columns_of(std::string_view text) {
  int n = 0;
  while (!text.empty()) {
    const auto c = first_of(text);
    n += columns(c.code);
    text.remove_prefix(c.length);
  }
  return n;
}

std::string padded(std::string_view text, int width, bool right) {
  const std::string blanks(static_cast<std::size_t>(std::max(0, width - columns_of(text))), ' ');
  return right ? blanks + std::string(text) : std::string(text) + blanks;
}

std::string cut(std::string_view text, int width) {
  if (columns_of(text) <= width) return std::string(text);
  int n = 0;
  std::size_t bytes = 0;
  while (bytes < text.size()) {
    const auto c = first_of(text.substr(bytes));
    if (n + columns(c.code) > width - 1) break;
    n += columns(c.code);
    bytes += c.length;
  }
  return std::string(text.substr(0, bytes)) + "…";
}

double pixels_of(std::string_view text, double font_size) {
  double em = 0.0;
  while (!text.empty()) {
    const auto c = first_of(text);
    const bool narrow =
        c.code == ' ' || c.code == '.' || c.code == ',' || c.code == 'i' || c.code == 'l' || c.code == '-';
    // Sizes of a wide sans serif: which font the reader's machine has is not known.
    em += wide(c.code)                       ? 1.0
          : without_width(c.code)            ? 0.0
          : narrow                           ? 0.33
          : (c.code >= 'A' && c.code <= 'Z') ? 0.68
                                             : 0.63;
    text.remove_prefix(c.length);
  }
  return em * font_size;
}

}  // namespace castner::drawing

// SPDX-License-Identifier: Apache-2.0
/// Text as UTF-8 (RFC 3629): the characters of a text, whether it is valid, and a code point as bytes.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace castner {

/// One character of a text.
struct Utf8Character {
  std::uint32_t code = 0;  ///< its code point; undefined where length is 0
  std::size_t length = 0;  ///< in bytes, 1 to 4; 0 where no valid character begins
};

/// The character that begins at byte `at`, which must lie within the text. Overlong forms, surrogates, code points
/// beyond U+10FFFF and sequences that end early are no characters.
[[nodiscard]] Utf8Character utf8_character(std::string_view text, std::size_t at = 0);

/// Valid UTF-8 from end to end.
[[nodiscard]] bool is_utf8(std::string_view text);

/// The byte at which a text stops being one that is kept and shown: no UTF-8, or U+0000; npos where all of it is.
[[nodiscard]] std::size_t not_text_at(std::string_view bytes);

/// Valid UTF-8 without control characters: what may stand in one line of a log or a page.
[[nodiscard]] bool is_printable(std::string_view text);

/// As much of a text as fits into so many bytes, cut between characters.
[[nodiscard]] std::string_view cut_utf8(std::string_view text, std::size_t most_bytes);

/// Appends a code point that is no surrogate and at most U+10FFFF.
void append_utf8(std::string& out, std::uint32_t code);

}  // namespace castner

// SPDX-License-Identifier: Apache-2.0
#include "castner/base/utf8.h"

#include <gtest/gtest.h>

namespace castner {
namespace {

TEST(Utf8, EveryCodePointComesBack) {
  for (std::uint32_t code = 0; code <= 0x10FFFF; ++code) {
    if (code >= 0xD800 && code <= 0xDFFF) continue;
    std::string text;
    append_utf8(text, code);
    const auto c = utf8_character(text);
    ASSERT_EQ(c.code, code);
    ASSERT_EQ(c.length, text.size());
  }
}

// The table of well-formed sequences: The Unicode Standard 15.0, table 3-7.
TEST(Utf8, TakesWellFormedSequencesOnly) {
  for (const char* good : {"a", "\xC2\x80", "\xDF\xBF", "\xE0\xA0\x80", "\xED\x9F\xBF", "\xEE\x80\x80", "\xEF\xBF\xBF",
                           "\xF0\x90\x80\x80", "\xF4\x8F\xBF\xBF"})
    EXPECT_TRUE(is_utf8(good)) << good;
  for (const char* bad : {"\x80", "\xC0\x80", "\xC1\xBF", "\xC2", "\xC2\x41", "\xE0\x9F\xBF", "\xE2\x82",
                          "\xED\xA0\x80", "\xF0\x8F\xBF\xBF", "\xF4\x90\x80\x80", "\xF5\x80\x80\x80", "\xFF"})
    EXPECT_FALSE(is_utf8(bad)) << bad;
}

TEST(Utf8, FindsTheFirstByteThatIsNoText) {
  std::string plain(100, 'a');
  EXPECT_EQ(not_text_at(plain), std::string::npos);
  EXPECT_EQ(not_text_at("ä€😀 and so on, longer than eight bytes"), std::string::npos);
  for (const std::string& bad : {std::string("\xFF"), std::string("\0", 1), std::string("\xC3"),
                                 std::string("\xED\xA0\x80"), std::string("\xC0\xAF")})
    for (std::size_t at = 0; at < 40; ++at) {
      auto text = plain;
      text.insert(at, bad);
      EXPECT_EQ(not_text_at(text), at);
      text.resize(at + bad.size());
      EXPECT_EQ(not_text_at(text), at) << "at the end";
    }
  for (int byte = 1; byte < 0x80; ++byte)
    EXPECT_EQ(not_text_at(std::string(17, static_cast<char>(byte))), std::string::npos) << byte;
}

TEST(Utf8, FindsTheCharacterInTheMiddle) {
  const std::string text = "a\xE6\xB0\xAF";  // a氯
  EXPECT_EQ(utf8_character(text, 1).code, 0x6C2Fu);
  EXPECT_EQ(utf8_character(text, 1).length, 3u);
  EXPECT_EQ(utf8_character(text, 2).length, 0u);
}

TEST(Utf8, IsCutBetweenCharacters) {
  const std::string pump = "\xe6\xb3\xb5\xe6\xb3\xb5";
  for (std::size_t n = 0; n <= 7; ++n) {
    EXPECT_TRUE(is_utf8(cut_utf8(pump, n))) << n;
    EXPECT_EQ(cut_utf8(pump, n).size(), n / 3 * 3) << n;
  }
  EXPECT_EQ(cut_utf8("abc", 2), "ab");
}

TEST(Utf8, PrintableTextHasNoControls) {
  for (const char* good : {"", "a b", "\xe6\xb3\xb5", "\xc2\xa0"}) EXPECT_TRUE(is_printable(good)) << good;
  for (const char* bad : {"a\n", "\x7f", "\xff", "\xe6\xb3", "\xc2\x85", "\xed\xa0\x80"})
    EXPECT_FALSE(is_printable(bad)) << bad;
}

}  // namespace
}  // namespace castner

// SPDX-License-Identifier: Apache-2.0
#include "castner/words/text.h"

#include <gtest/gtest.h>

#include <set>

namespace castner::words {
namespace {

std::multiset<std::string> blanks(std::string_view sentence) {
  std::multiset<std::string> out;
  for (std::size_t open = sentence.find('{'); open != std::string_view::npos; open = sentence.find('{', open + 1))
    out.insert(std::string(sentence.substr(open, sentence.find('}', open) - open + 1)));
  return out;
}

TEST(Text, BothLanguagesHaveTheSameSentencesWithTheSameBlanks) {
  for (const auto& [code, sentence] : text_en()) {
    ASSERT_TRUE(text_zh().contains(code)) << code << " has no Chinese";
    EXPECT_EQ(blanks(sentence), blanks(text_zh().at(code))) << code;
  }
  for (const auto& [code, sentence] : text_zh()) EXPECT_TRUE(text_en().contains(code)) << code << " has no English";
}

TEST(Text, SpeaksWithoutExclamationMarks) {
  for (const auto* table : {&text_en(), &text_zh()})
    for (const auto& [code, sentence] : *table) {
      EXPECT_EQ(sentence.find('!'), std::string_view::npos) << code;
      EXPECT_EQ(sentence.find("！"), std::string_view::npos) << code;
      EXPECT_FALSE(sentence.empty() && code != "sentence.gap") << code;
    }
}

TEST(Text, EveryChineseSentenceIsChinese) {
  // Words that are the same in both languages: empty joints.
  const std::set<std::string_view> same{"sentence.gap", "list.comma"};
  for (const auto& [code, sentence] : text_zh())
    EXPECT_TRUE(same.contains(code) || sentence != text_en().at(code)) << code;
}

TEST(Words, FillsBlanksAndFallsBackToTheCode) {
  const Words en(Language::en), zh(Language::zh);
  EXPECT_EQ(en("instruments.high", {{"tag", "FI-1"}, {"size", "2 t/h"}}), "FI-1 reads 2 t/h too high");
  EXPECT_EQ(en("instruments.high", {{"tag", "{size}"}, {"size", "2 t/h"}}), "{size} reads 2 t/h too high");
  EXPECT_EQ(zh("no.such.code"), "no.such.code");
  EXPECT_EQ(en.list({"a", "b", "c"}), "a, b and c");
  EXPECT_EQ(zh.list({"a", "b", "c"}), "a、b 和 c");
  EXPECT_EQ(en.list({}), "");
}

}  // namespace
}  // namespace castner::words

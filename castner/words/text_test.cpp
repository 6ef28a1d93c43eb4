// SPDX-License-Identifier: Apache-2.0
// The tables, row by row. Whether each code is used, and whether the pages' files are current, tests tools/words.py.
#include "castner/words/text.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

namespace castner::words {
namespace {

std::multiset<std::string> blanks(std::string_view sentence) {
  std::multiset<std::string> out;
  for (std::size_t open = sentence.find('{'); open != std::string_view::npos; open = sentence.find('{', open + 1))
    out.insert(std::string(sentence.substr(open, sentence.find('}', open) - open + 1)));
  return out;
}

std::vector<Text> all_texts() {
  std::vector<Text> all;
  for (const auto texts : {shared_texts(), report_texts(), pages_texts()})
    all.insert(all.end(), texts.begin(), texts.end());
  return all;
}

TEST(Text, HasOneRowACode) {
  std::set<std::string_view> codes;
  for (const auto& t : all_texts()) EXPECT_TRUE(codes.insert(t.code).second) << t.code << " has two rows";
}

TEST(Text, SaysEachSentenceOnceAndRefersToItElsewhere) {
  std::map<std::pair<std::string_view, std::string_view>, std::string_view> said;
  for (const auto& t : all_texts())
    if (t.same_as.empty()) {
      EXPECT_TRUE(said.emplace(std::pair(t.en, t.zh), t.code).second)
          << t.code << " says what " << said[{t.en, t.zh}] << " says: write same(\"" << t.code << "\", ...)";
    }
}

TEST(Text, RefersOnlyToRowsWithWordsInItsOwnTableOrTheSharedOne) {
  const auto shared = shared_texts();
  for (const auto texts : {shared, report_texts(), pages_texts()})
    for (const auto& t : texts) {
      if (t.same_as.empty()) continue;
      const auto said = [&](const Text& other) { return other.code == t.same_as && other.same_as.empty(); };
      EXPECT_TRUE(std::any_of(shared.begin(), shared.end(), said) || std::any_of(texts.begin(), texts.end(), said))
          << t.code << " refers to " << t.same_as;
    }
}

TEST(Text, HasTheSameBlanksInBothLanguages) {
  for (const auto& t : all_texts()) EXPECT_EQ(blanks(t.en), blanks(t.zh)) << t.code;
}

TEST(Text, SpeaksWithoutExclamationMarks) {
  for (const auto& t : all_texts()) {
    EXPECT_EQ((std::string(t.en) + std::string(t.zh)).find_first_of('!'), std::string::npos) << t.code;
    EXPECT_EQ(t.zh.find("！"), std::string_view::npos) << t.code;
    EXPECT_TRUE(!t.zh.empty() || !t.same_as.empty() || t.code == "sentence.gap") << t.code;
  }
}

TEST(Text, IsChineseWhereItSaysSo) {
  const std::set<std::string_view> alike{"version"};  // a name and a number
  for (const auto& t : all_texts()) EXPECT_TRUE(!t.same_as.empty() || alike.contains(t.code) || t.zh != t.en) << t.code;
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

TEST(Words, SayARowThatRefersToAnother) {
  for (const auto language : {Language::en, Language::zh})
    for (const auto texts : {shared_texts(), report_texts()})
      for (const auto& t : texts)
        EXPECT_EQ(Words(language)(t.code), Words(language)(t.same_as.empty() ? t.code : t.same_as)) << t.code;
}

}  // namespace
}  // namespace castner::words

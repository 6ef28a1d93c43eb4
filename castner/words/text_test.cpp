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

std::vector<Said> all_said() {
  std::vector<Said> all;
  for (const auto rows : {said_by_engine(), said_by_models(), said_by_server()})
    all.insert(all.end(), rows.begin(), rows.end());
  return all;
}

TEST(Said, HasOneRowASentenceAndAgreesWithTheTextsOnItsChinese) {
  std::map<std::string_view, std::string_view> chinese;
  for (const auto& row : all_said()) EXPECT_TRUE(chinese.emplace(row.en, row.zh).second) << row.en << " stands twice";
  for (const auto& t : all_texts()) {
    const auto row = chinese.find(t.en);
    EXPECT_TRUE(row == chinese.end() || row->second == t.zh) << t.code << " and " << t.en;
  }
}

TEST(Said, IsChineseWithBlanksOfTheEnglish) {
  for (const auto& row : all_said()) {
    const auto given = blanks(row.en), used = blanks(row.zh);
    EXPECT_EQ(std::set(given.begin(), given.end()).size(), given.size()) << row.en << " names a blank twice";
    EXPECT_TRUE(std::includes(given.begin(), given.end(), used.begin(), used.end())) << row.en;
    EXPECT_TRUE(std::any_of(row.zh.begin(), row.zh.end(), [](char c) { return (c & 0x80) != 0; })) << row.en;
    EXPECT_EQ((std::string(row.en) + std::string(row.zh)).find('!'), std::string::npos) << row.en;
  }
}

TEST(Said, IsSaidByItsOwnRowAndByNoneBefore) {
  for (const auto rows : {said_by_engine(), said_by_models()})
    for (const auto& row : rows) {
      Words::Blanks values;
      for (const auto& blank : blanks(row.en)) values[blank.substr(1, blank.size() - 2)] = "X7." + blank.substr(1, 2);
      EXPECT_EQ(Words(Language::zh).said(Words::filled(row.en, values)), Words::filled(row.zh, values)) << row.en;
    }
}

TEST(Words, SayWhatARoomSaidInEnglishAndLeaveNames) {
  const Words en(Language::en), zh(Language::zh);
  const std::string warning = "plant.toml:12: stream \"S, 1\" is connected to no unit";
  EXPECT_EQ(en.said(warning), warning);
  EXPECT_EQ(zh.said(warning), "plant.toml:12: 物流 \"S, 1\" 未连接任何装置");
  EXPECT_EQ(zh.said("HX1: energy balance of the hot side cannot be closed further (residual 3.2 of its size); "
                    "L2.flow_mass stands at its lower bound 0 kg/s; change a specification that drives it there"),
            "HX1: 热侧能量平衡无法进一步闭合（残差为其典型量级的 3.2 倍）；"
            "L2.flow_mass 处于下限 0 kg/s；请更改使其到达该处的设定");
  EXPECT_EQ(
      zh.said("3 equations say too much about 2 variables: N: mass balance, M: heat transfer and 1 more determine "
              "only A.x, B.y; free a variable held in them; and 1 more specification is needed: nothing "
              "determines C.z; specify 1 of them"),
      "3 个方程对 2 个变量约束过多：N: 质量平衡, M: 传热 以及另外 1 项只能确定 A.x, B.y；"
      "请放开其中一个被固定的变量；此外，还缺 1 个设定：没有方程能确定 C.z；请设定其中 1 个");
  EXPECT_EQ(zh.said("a new trouble: RECT power"), "a new trouble: RECT power");
  EXPECT_EQ(zh.said(""), "");
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

// SPDX-License-Identifier: Apache-2.0
// The tables, row by row. Whether each code is used, and whether the pages' files are current, tests tools/words.py.
#include "castner/words/text.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
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
  for (const auto texts : {shared_texts(), report_texts(), cells_texts(), cells_report_texts(), pages_texts(),
                           start_texts(), room_texts()})
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
  const auto of_pages = pages_texts();
  std::vector<Text> shared(shared_texts().begin(), shared_texts().end());  // of the report and the pages
  shared.insert(shared.end(), cells_texts().begin(), cells_texts().end());
  std::vector<Text> pages(of_pages.begin(), of_pages.end());
  pages.insert(pages.end(), start_texts().begin(), start_texts().end());
  pages.insert(pages.end(), room_texts().begin(), room_texts().end());
  for (const auto texts :
       {std::span<const Text>(shared), report_texts(), cells_report_texts(), std::span<const Text>(pages)})
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
  for (const auto rows : {said_by_engine(), said_by_models(), said_by_server(), said_by_tables(), said_by_plant_file(),
                          said_by_readers()})
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

/// "n" and "number" of "{n:number}".
std::pair<std::string, std::string> name_and_kind(const std::string& blank) {
  const std::string inside = blank.substr(1, blank.size() - 2);
  const std::size_t colon = std::min(inside.find(':'), inside.size());
  return {inside.substr(0, colon), inside.substr(std::min(colon + 1, inside.size()))};
}

TEST(Said, IsChineseWithBlanksOfTheEnglish) {
  const std::set<std::string> kinds{"", "said", "number", "names", "role", "word"};
  for (const auto& row : all_said()) {
    std::multiset<std::string> given;
    for (const auto& blank : blanks(row.en)) {
      const auto [name, kind] = name_and_kind(blank);
      given.insert("{" + name + "}");
      EXPECT_TRUE(kinds.contains(kind)) << row.en;
    }
    const auto used = blanks(row.zh);
    EXPECT_EQ(std::set(given.begin(), given.end()).size(), given.size()) << row.en << " names a blank twice";
    EXPECT_TRUE(std::includes(given.begin(), given.end(), used.begin(), used.end())) << row.en;
    EXPECT_TRUE(std::any_of(row.zh.begin(), row.zh.end(), [](char c) { return (c & 0x80) != 0; })) << row.en;
    EXPECT_EQ((std::string(row.en) + std::string(row.zh)).find('!'), std::string::npos) << row.en;
  }
}

struct Filled {
  std::string en, zh;
};

/// A row whose blanks are filled: a number by digits, a role by a word, what is said in turn by what no row knows, the rest by a name.
Filled filled(const Said& row, const std::string& name) {
  Words::Blanks english, chinese;
  for (const auto& blank : blanks(row.en)) {
    const auto [key, kind] = name_and_kind(blank);
    const auto value = kind == "number"                                               ? "71"
                       : kind == "role" || (kind == "word" && !name.starts_with('"')) ? "X7"
                       : kind == "said"                                               ? "X7." + key
                                                                                      : name;
    english[blank.substr(1, blank.size() - 2)] = chinese[key] = value;
  }
  return {Words::filled(row.en, english), Words::filled(row.zh, chinese)};
}

/// Each row with its table, as a face looks it up.
void for_each_said(const std::function<void(const Said&, std::function<std::string(std::string_view)>)>& use) {
  for (const auto rows : {said_by_engine(), said_by_models(), said_by_plant_file(), said_by_readers()})
    for (const auto& row : rows) use(row, [](auto text) { return Words(Language::zh).said(text); });
  for (const auto& tables : {std::vector{said_by_server(), said_by_tables()}, std::vector{said_of_names()}})
    for (const auto rows : tables)
      for (const auto& row : rows) use(row, [&tables](auto text) { return said_in_chinese(tables, text); });
}

TEST(Said, IsSaidByItsOwnRowAndByNoneBefore) {
  for_each_said([](const Said& row, const auto& said) {
    const auto [en, zh] = filled(row, "X7");
    EXPECT_EQ(said(en), zh) << row.en;
  });
}

/// What people may call a thing: each phrase of the rooms, and what separates phrases.
std::vector<std::string> awkward_names() {
  std::vector<std::string> names{" and ", "a, b", "a: b", ".*+?^${}()|[]\\", "$& $1", "100 %", "{n}", "'"};
  for (const auto& row : all_said()) names.emplace_back(row.en);
  for (auto& name : names) std::erase(name, '"');
  return names;
}

TEST(Said, LeavesEachNameInQuotesWhateverItSays) {
  for (const auto& name : awkward_names())
    for_each_said([&](const Said& row, const auto& said) {
      const auto [en, zh] = filled(row, '"' + name + '"');
      EXPECT_EQ(said(en), zh) << row.en;
    });
}

/// Whether the name, in its place, holds what ends a blank of this row, parts sentences, or ends some row that begins with a blank:
/// then quotes alone can tell where it ends. So does a row with blanks of its own.
bool needs_quotes(const Said& row, const std::string& name) {
  const std::string in_place = " " + name + " ";
  for (const std::string_view joint : {"{", ": ", "; ", ", "})
    if (in_place.find(joint) != std::string::npos) return true;
  for (std::size_t close = row.en.find('}'); close != std::string_view::npos; close = row.en.find('}', close + 1)) {
    const auto literal = row.en.substr(close + 1, row.en.find('{', close) - close - 1);
    if (!literal.empty() && in_place.find(literal) != std::string::npos) return true;
  }
  const auto all = all_said();
  return std::any_of(all.begin(), all.end(), [&](const Said& other) {
    return other.en.starts_with('{') && !other.en.ends_with('}') &&
           (" " + name).ends_with(other.en.substr(other.en.rfind('}') + 1));
  });
}

TEST(Said, LeavesEachNameWithoutQuotesWhereTheRowTellsItsEnd) {
  int tried = 0;
  for (const auto& name : awkward_names())
    for_each_said([&](const Said& row, const auto& said) {
      if (needs_quotes(row, name)) return;
      ++tried;
      const auto [en, zh] = filled(row, name);
      EXPECT_EQ(said(en), zh) << row.en;
    });
  EXPECT_GT(tried, 10000);
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
              "only A.x, B.y; free one that is held in them: D.z, E.w; and 1 more specification is needed: nothing "
              "determines C.z; specify 1 of them"),
      "3 个方程对 2 个变量约束过多：N: 质量平衡, M: 传热 以及另外 1 项只能确定 A.x、B.y；"
      "请放开其中一个被固定的变量：D.z、E.w；此外，还缺 1 个设定：没有方程能确定 C.z；请设定其中 1 个");
  EXPECT_EQ(
      zh.said("every variable of a and b: residual, E1: membrane and gap voltage and 2 more is held; free one of them"),
      "a and b: 残差, E1: 膜与极间距电压 以及另外 2 项的变量全部被固定；请放开其中一个");
  EXPECT_EQ(zh.said("1 more specification is needed: nothing determines upper, residual and 2 more; specify 1 of them"),
            "还缺 1 个设定：没有方程能确定 upper、residual 以及另外 2 项；请设定其中 1 个");
  EXPECT_EQ(
      zh.said("residual: mass balance is open (residual 3 of its size); check the readings and held values around "
              "upper (it ended at 2)"),
      "residual: 质量平衡未闭合（残差为其典型量级的 3 倍）；请检查 upper 附近的读数和固定值（终值为 2）");
  EXPECT_EQ(zh.said("a new \"trouble, residual, b\": RECT power"), "a new \"trouble, residual, b\": RECT power");
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
    for (const auto texts : {shared_texts(), report_texts(), cells_texts(), cells_report_texts()})
      for (const auto& t : texts)
        EXPECT_EQ(Words(language)(t.code), Words(language)(t.same_as.empty() ? t.code : t.same_as)) << t.code;
}

}  // namespace
}  // namespace castner::words

// SPDX-License-Identifier: Apache-2.0
#include "castner/base/config.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "castner/base/suggest.h"

namespace castner {
namespace {

std::string refusal(const std::string& text) {
  const auto r = read_toml(text, "p.toml");
  return r ? "" : r.error().text();
}

TEST(Toml, KeepsLinesAndTheOrderOfTheFile) {
  const auto r = read_toml("\xEF\xBB\xBFz = 1\r\n\n[[unit]]\nname = \"N\"\nb = { y = 1.5,\n x = true }\n", "p.toml");
  ASSERT_FALSE(r) << "an inline table stays on one line";
  const auto s = read_toml(
      "\xEF\xBB\xBFz = 1\r\n\n[[unit]]\nname = \"N\"\nb = { y = 1.5, x = true }\nl = [\n \"a\",\n \"b\"]\n", "p.toml");
  ASSERT_TRUE(s) << s.error().text();
  ASSERT_EQ(s->members.size(), 2u);
  EXPECT_EQ(s->members[0].key, "z");
  EXPECT_TRUE(s->members[0].value.integer);
  const ConfigNode& unit = s->members[1].value.items[0];
  EXPECT_EQ(unit.line, 3);
  EXPECT_EQ(unit.find("name")->text, "N");
  EXPECT_EQ(unit.find("b")->members[0].key, "y");
  EXPECT_EQ(unit.find("b")->members[1].key, "x");
  EXPECT_EQ(unit.find("l")->items[1].line, 8);
  EXPECT_EQ(unit.find("missing"), nullptr);
}
TEST(Toml, SyntaxErrorsNameTheirPlaceAndACure) {
  EXPECT_EQ(refusal("a = 1\narea = 166.2 m2\n"),
            "p.toml:2: not TOML at column 14, key-value pair: expected a comment or whitespace, saw 'm'; a number with "
            "a unit stands in quotes: \"12 t/h\"\n");
  EXPECT_EQ(
      refusal("name = N1"),
      "p.toml:1: not TOML at column 8, floating-point: expected 'nan', saw 'N'; a text stands in quotes: \"N1\"\n");
  EXPECT_NE(refusal("a = 1\na = 2"), "");
  EXPECT_NE(refusal("[a"), "");
  EXPECT_NE(refusal("[|a]\nb = 1"), "");
}
TEST(Toml, RefusesWhatIsNotText) {
  EXPECT_EQ(refusal(std::string("\xff\xfe[\0", 4)), "p.toml: the file is in UTF-16 or UTF-32; save it as UTF-8\n");
  EXPECT_EQ(refusal(std::string("a\0b", 3)),
            "p.toml: the file is binary, not a text; give a plant file, which is a text in UTF-8\n");
  EXPECT_EQ(refusal("a = 1\nb = \"\xB3\xC7\""),
            "p.toml:2: a character is not UTF-8; save the file as UTF-8 (it may be in GB18030)\n");
  EXPECT_NE(refusal("\xC0\x80"), "");
  EXPECT_NE(refusal("\xED\xA0\x80"), "");
}
TEST(Toml, DeepNestingIsRefusedNotFollowed) {
  std::string keys = "a", brackets = "a = ", tables = "a = ";
  for (int i = 0; i < 200000; ++i) {
    keys += ".a";
    brackets += "[";
    tables += "{a = ";
  }
  EXPECT_NE(refusal(keys + " = 1"), "");
  EXPECT_NE(refusal("[" + keys + "]"), "");
  EXPECT_NE(refusal(brackets), "");
  EXPECT_NE(refusal(tables), "");
  EXPECT_NE(refusal("x = \"a\nb\"\n" + keys + " = 1"), "");
}
TEST(Toml, CharactersBeyondAsciiBelongInTextsAndComments) {
  EXPECT_EQ(refusal("a = 1 # °é。、\nb = \"°é。、\"\nc = '°'\nd = \"\"\"é\n。\"\"\"\"\"\ne = [\"\"\"a\"\"\"\"\", "
                    "\"é\"]\n\"é\" = 1\n"),
            "");
  EXPECT_EQ(refusal("a = 1\nb = “x”"),
            "p.toml:2: \"“\" stands outside quotes; a text stands in quotes, and = , . \" are those of English\n");
  EXPECT_EQ(refusal("a = 1\n\n温度 = 3"),
            "p.toml:3: \"温\" stands outside quotes; a text stands in quotes, and = , . \" are those of English\n");
  for (const char* quote_in_a_value : {"a = { t = 90['volt温e m\"\nc = 1\n", "a = 1='volt温e"})
    EXPECT_EQ(refusal(quote_in_a_value),
              "p.toml:1: \"温\" stands outside quotes; a text stands in quotes, and = , . \" are those of English\n");
  EXPECT_EQ(refusal("['é'.\"温\"]\n\"é\".'b' = ['é', # é\n \"é\"]\nc = { 'é' = 'é', d.\"é\" = 1 }\n"), "");
  EXPECT_NE(refusal("a = \"\\é\""), "");
  EXPECT_NE(refusal("a = \"\"\"x \\  \n  é\"\"\""), "");
  EXPECT_EQ(refusal("a = \"\"\"x \\  \n  y é\"\"\""), "");
  EXPECT_NE(refusal("# a\xe2\x80\xa8é = 1"), "");
}
TEST(Toml, DotsInTextsAndCommentsAreNoKeys) {
  const std::string dots(300, '.');
  EXPECT_EQ(refusal("# " + dots + "\na = \"" + dots + "\"\nb = '''\n" + dots + "\n" + dots + "'''\nc = \"\\\"" + dots +
                    "\"\n"),
            "");
}

TEST(Section, CollectsWrongKindsAndUnknownKeys) {
  const auto r = read_toml("[unit]\nname = 3\ninlest = []\noutlets = [1]\nmodel = \"node\"\n", "p.toml");
  ASSERT_TRUE(r);
  Problems problems("p.toml");
  Section s(*r->find("unit"), "[unit]", problems);
  EXPECT_EQ(s.text("name", "\"N1\""), std::nullopt);
  EXPECT_EQ(s.text("model", "\"node\""), "node");
  EXPECT_TRUE(s.texts("inlets", "[\"S1\"]").empty());
  EXPECT_TRUE(s.texts("outlets", "[\"S1\"]").empty());
  s.finish();
  EXPECT_EQ(problems.error().text(),
            "p.toml:2: [unit]: name is a number, not a text; write name = \"N1\"\n"
            "p.toml:3: [unit]: unknown key \"inlest\"; did you mean \"inlets\"?\n"
            "p.toml:4: [unit]: outlets holds a number, not a text; write outlets = [\"S1\"]\n");
}
TEST(Problems, AreSortedSaidOnceAndCounted) {
  Problems p("f");
  for (int i = 150; i > 0; --i) p.add(i, "wrong");
  p.add(1, "wrong");
  const Error e = p.error();
  EXPECT_EQ(e.problems.size(), 101u);
  EXPECT_EQ(e.problems[0].where, "f:1");
  EXPECT_EQ(e.problems[1].where, "f:2");
  EXPECT_EQ(e.problems[100].what, "and 50 more problems");
}

TEST(Suggest, FindsTheNearestName) {
  const std::vector<std::string> names{"flow_mass", "temperature", "pressure", "S1", "S2"};
  EXPECT_EQ(nearest_name("flow_mas", names), "flow_mass");
  EXPECT_EQ(nearest_name("temprature", names), "temperature");
  EXPECT_EQ(nearest_name("s1", names), "S1");
  EXPECT_EQ(nearest_name("voltage", names), "");
  EXPECT_EQ(did_you_mean("voltage", names, "none"), "none");
  EXPECT_EQ(edit_distance("abcd", "acbd"), 1.0);
  EXPECT_EQ(in_quotes("a\nb" + std::string(100, 'x')).size(), 65u);
  EXPECT_EQ(listed(names, 2), "\"flow_mass\", \"temperature\" and 3 more");
}
RC_GTEST_PROP(SuggestProperty, DistanceIsZeroToItselfAndSymmetric, (const std::string& a, const std::string& b)) {
  RC_ASSERT(edit_distance(a, a) == 0.0);
  RC_ASSERT(edit_distance(a, b) == edit_distance(b, a));
}
TEST(Toml, DatesKeepTheirText) {
  const auto r = read_toml("a = 2026-03-02\nb = 2026-03-02T08:05:00.5+08:00\nc = 08:05:00\n", "d.toml");
  ASSERT_TRUE(r.has_value());
  for (const auto& [key, text] : {std::pair("a", "2026-03-02"), {"b", "2026-03-02T08:05:00"}, {"c", "08:05:00"}}) {
    ASSERT_NE(r->find(key), nullptr);
    EXPECT_EQ(r->find(key)->kind, ConfigNode::Kind::date);
    EXPECT_EQ(r->find(key)->text, text);
  }
}

RC_GTEST_PROP(TomlProperty, AnyBytesAreReadOrRefused, (const std::string& bytes)) {
  const auto r = read_toml(bytes, "p.toml");
  RC_ASSERT(r.has_value() || r.error().problems.size() == 1u);
}

}  // namespace
}  // namespace castner

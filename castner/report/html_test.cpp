// SPDX-License-Identifier: Apache-2.0
#include "castner/report/html.h"

#include <gtest/gtest.h>

#include <cmath>
#include <functional>
#include <map>
#include <pugixml.hpp>
#include <regex>
#include <set>

#include "castner/report/fixture.h"
#include "castner/report/html_parts.h"

namespace castner::report {
namespace {

using testing::Case;

struct Rendered {
  std::string name, html;
};

const std::vector<Rendered>& all_pages() {
  static const std::vector<Rendered> kPages = [] {
    std::vector<Rendered> pages;
    const std::pair<const char*, Case (*)()> cases[] = {
        {"small", testing::small_network}, {"steam", testing::steam_network},   {"evaporator", testing::evaporator},
        {"room", testing::cell_room},      {"hostile", testing::hostile_names}, {"empty", testing::empty_plant}};
    for (const auto& [name, make] : cases) {
      const Case c = make();
      for (const auto language : {words::Language::en, words::Language::zh})
        pages.push_back({std::string(name) + (language == words::Language::en ? " en" : " zh"),
                         html_report(c.plant, c.assessment, language)});
    }
    return pages;
  }();
  return kPages;
}

const std::string& page(const std::string& name) {
  for (const auto& p : all_pages())
    if (p.name == name) return p.html;
  ADD_FAILURE() << "no page " << name;
  return all_pages().front().html;
}

/// All text a person can read, without the style sheet.
std::string visible_text(const std::string& html) {
  pugi::xml_document doc;
  doc.load_buffer(html.data(), html.size(), pugi::parse_full | pugi::parse_ws_pcdata);
  std::string out;
  const std::function<void(pugi::xml_node)> walk = [&](pugi::xml_node n) {
    for (auto child : n.children()) {
      if (std::string_view(child.name()) == "style") continue;
      if (child.type() == pugi::node_pcdata) out += child.value();
      walk(child);
    }
  };
  walk(doc);
  return out;
}

TEST(Html, IsWellFormed) {
  for (const auto& p : all_pages()) {
    pugi::xml_document doc;
    const auto result = doc.load_buffer(p.html.data(), p.html.size(), pugi::parse_full, pugi::encoding_utf8);
    EXPECT_TRUE(result) << p.name << ": " << result.description() << " near "
                        << p.html.substr(static_cast<std::size_t>(result.offset), 80);
    EXPECT_TRUE(doc.child("html").child("body")) << p.name;
  }
}

TEST(Html, NeedsNoScriptAndFetchesNothing) {
  for (const auto& p : all_pages()) EXPECT_EQ(p.html.find("://"), std::string::npos) << p.name;  // no address at all
  for (const auto& p : all_pages()) {
    pugi::xml_document doc;
    doc.load_buffer(p.html.data(), p.html.size(), pugi::parse_full);
    const std::function<void(pugi::xml_node)> walk = [&](pugi::xml_node n) {
      static const std::set<std::string_view> kNever{"script", "link",  "iframe", "img",
                                                     "object", "embed", "form",   "base"};
      EXPECT_FALSE(kNever.contains(n.name())) << p.name << ": <" << n.name() << ">";
      for (auto a : n.attributes()) {
        const std::string_view attribute = a.name();
        EXPECT_FALSE(attribute == "src" || attribute == "srcset" || attribute.starts_with("on"))
            << p.name << ": " << attribute;
        EXPECT_TRUE(attribute != "href" || a.value()[0] == '#') << p.name << ": " << a.value();
      }
      for (auto child : n.children()) walk(child);
    };
    walk(doc);
    for (const char* in_style : {"url(", "@import"})
      EXPECT_EQ(std::string_view(doc.child("html").child("head").child("style").child_value()).find(in_style),
                std::string_view::npos);
  }
}

TEST(Html, EscapesHostileNames) {
  for (const char* language : {"hostile en", "hostile zh"}) {
    const auto& html = page(language);
    EXPECT_EQ(html.find("<script>"), std::string::npos);
    EXPECT_EQ(html.find("<img"), std::string::npos);
    EXPECT_NE(html.find("&lt;script&gt;alert(1)"), std::string::npos);
    EXPECT_NE(visible_text(html).find("</title><script>alert(1)</script>"), std::string::npos);
    EXPECT_NE(visible_text(html).find("\"><img src=x onerror=alert(1)>&amp;"), std::string::npos);
  }
}

TEST(Html, EscapeMakesAnyBytesSafe) {
  EXPECT_EQ(escape("a<b>&\"'"), "a&lt;b&gt;&amp;&quot;&#39;");
  EXPECT_EQ(escape("碱 ± °C"), "碱 ± °C");
  EXPECT_EQ(escape(std::string_view("\x00\x1b[31m", 6)), "\xEF\xBF\xBD\xEF\xBF\xBD[31m");
  EXPECT_EQ(escape("\xff\xc0\xaf\xed\xa0\x80\xe7\xa2"),
            "\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD");
}

TEST(Html, EveryLinkHasItsTargetAndEveryIdIsItsOwn) {
  for (const auto& p : all_pages()) {
    pugi::xml_document doc;
    doc.load_buffer(p.html.data(), p.html.size(), pugi::parse_full);
    std::map<std::string, int> ids;
    std::set<std::string> targets;
    const std::function<void(pugi::xml_node)> walk = [&](pugi::xml_node n) {
      if (const auto id = n.attribute("id")) ++ids[id.value()];
      if (const auto href = n.attribute("href")) targets.insert(href.value() + 1);
      if (const auto by = n.attribute("aria-labelledby")) targets.insert(by.value());
      for (auto child : n.children()) walk(child);
    };
    walk(doc);
    for (const auto& [id, count] : ids) EXPECT_EQ(count, 1) << p.name << " #" << id;
    for (const auto& t : targets) EXPECT_TRUE(ids.contains(t)) << p.name << " #" << t;
  }
}

TEST(Html, NeverShowsWhatIsNotANumber) {
  const std::regex broken("(^|[^a-zA-Z])(nan|NaN|inf|null)([^a-zA-Z]|$)");
  for (const auto& p : all_pages()) {
    const std::string text = visible_text(p.html);
    EXPECT_FALSE(std::regex_search(text, broken)) << p.name;
    EXPECT_EQ(text.find("{"), std::string::npos)
        << p.name << ": a blank was not filled near " << text.substr(std::min(text.find("{"), text.size()), 40);
    EXPECT_FALSE(std::regex_search(p.html, std::regex("[\", (]-?(nan|inf)[\", )]"))) << p.name;
  }
}

TEST(Html, AnswersFirstAndAdvisesOnly) {
  const std::string text = visible_text(page("room en"));
  EXPECT_LT(text.find("Look at 3 things"), text.find("The numbers behind this chart"));
  for (const auto& p : all_pages())
    EXPECT_NE(p.html.find(p.name.ends_with("en") ? "it is not a safety instrumented system" : "不是安全仪表系统"),
              std::string::npos);
}

TEST(Html, SaysWhatItCannotTell) {
  const std::string room = visible_text(page("room en"));
  EXPECT_NE(room.find("Cannot tell: Comprehensive energy"), std::string::npos);
  EXPECT_NE(room.find("give [economics] auxiliaries in the plant file"), std::string::npos);
  EXPECT_NE(visible_text(page("empty en")).find("Cannot tell"), std::string::npos);
  EXPECT_NE(visible_text(page("small en")).find("cannot tell"), std::string::npos);  // the flow of B
}

TEST(Html, ReadsTheSameThroughEitherLanguage) {
  // The numbers of both pages, in order of the instruments table, are the same.
  const std::regex number("<td class=\"n\">([^<]*)");
  for (const char* name : {"steam", "room", "evaporator"}) {
    std::vector<std::string> found[2];
    for (int l = 0; l < 2; ++l) {
      const auto& html = page(std::string(name) + (l == 0 ? " en" : " zh"));
      for (std::sregex_iterator it(html.begin(), html.end(), number), end; it != end; ++it)
        found[l].push_back((*it)[1]);
    }
    EXPECT_EQ(found[0], found[1]) << name;
    EXPECT_GT(found[0].size(), 10u) << name;
  }
}

/// Relative luminance of #rgb or #rrggbb, as WCAG 2 defines it.
double luminance(std::string colour) {
  if (colour.size() == 4) colour = {'#', colour[1], colour[1], colour[2], colour[2], colour[3], colour[3]};
  const auto channel = [&](std::size_t at) {
    const double c = std::stoi(colour.substr(at, 2), nullptr, 16) / 255.0;
    return c <= 0.04045 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4);
  };
  return 0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5);
}

TEST(Html, TextHasTheContrastOfWcagAaInEveryScheme) {
  const std::string css(style_sheet());
  const std::regex block(":root\\{([^}]*)\\}"), variable("--([a-z0-9-]+):(#[0-9a-f]{3,6})");
  int schemes = 0;
  for (std::sregex_iterator it(css.begin(), css.end(), block), end; it != end; ++it) {
    const std::string body = (*it)[1];
    std::map<std::string, std::string> colour;
    for (std::sregex_iterator v(body.begin(), body.end(), variable); v != end; ++v) colour[(*v)[1]] = (*v)[2];
    ++schemes;
    for (const char* text : {"ink", "quiet", "accent", "warn", "bad"})
      for (const char* ground : {"bg", "soft", "box"}) {
        const double a = luminance(colour.at(text)), b = luminance(colour.at(ground));
        EXPECT_GE((std::max(a, b) + 0.05) / (std::min(a, b) + 0.05), 4.5)
            << "scheme " << schemes << ": " << text << " on " << ground;
      }
    for (const char* mark : {"part0", "accent", "warn", "bad"}) {  // drawings need 3 to 1
      const double a = luminance(colour.at(mark)), b = luminance(colour.at("bg"));
      EXPECT_GE((std::max(a, b) + 0.05) / (std::min(a, b) + 0.05), 3.0) << "scheme " << schemes << ": " << mark;
    }
  }
  EXPECT_EQ(schemes, 3);  // light, dark, paper
}

TEST(Html, DrawsNothingRatherThanACarpetOfStreams) {
  auto c = testing::small_network();
  for (int k = 0; k < 300; ++k) c.plant.streams.push_back(c.plant.streams[0]);
  const std::string html = html_report(c.plant, c.assessment, words::Language::en);
  EXPECT_NE(html.find("304 streams are too many for one picture"), std::string::npos);
  EXPECT_EQ(html.find("class=\"unit-box\""), std::string::npos);
}

TEST(Html, SurvivesWindowsThatCouldNotBeReconciled) {
  auto c = testing::cell_room();
  for (auto& w : c.assessment.windows)
    if (w.state) w.state->reconciliation.report.status = solve::Status::infeasible;
  c.assessment.windows[3].state->reconciliation.report.advice.text = "the bounds of E101 leave no room";
  c.assessment.indicators.clear();
  c.assessment.losses.clear();
  c.assessment.findings.clear();
  const std::string html = html_report(c.plant, c.assessment, words::Language::en);
  EXPECT_NE(html.find("Cannot tell"), std::string::npos);
  EXPECT_NE(html.find("could not be reconciled"), std::string::npos);
}

TEST(Html, Ticks) {
  EXPECT_EQ(ticks(0, 10, 5), (std::vector<double>{0, 2, 4, 6, 8, 10}));
  EXPECT_EQ(ticks(1, 1, 5), std::vector<double>{1});
  EXPECT_EQ(ticks(-1, 1, 2), (std::vector<double>{-1, 0, 1}));
  EXPECT_FALSE(std::signbit(ticks(-1, 1, 2)[1]));
}

TEST(HtmlProse, CommandsAreCodeAndTheRestIsEscaped) {
  EXPECT_EQ(prose("`castner check` says <more>; see `a & b`."),
            "<code>castner check</code> says &lt;more&gt;; see <code>a &amp; b</code>.");
  EXPECT_EQ(prose("one ` alone"), "one ` alone");
  EXPECT_EQ(prose(""), "");
}

TEST(HtmlProse, NoPageShowsBackticks) {
  for (const auto& p : all_pages()) {
    if (p.name.starts_with("hostile")) continue;
    EXPECT_EQ(visible_text(p.html).find('`'), std::string::npos) << p.name;
  }
}

}  // namespace
}  // namespace castner::report

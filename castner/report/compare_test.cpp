// SPDX-License-Identifier: Apache-2.0
#include "castner/report/compare.h"

#include <gtest/gtest.h>

#include <cmath>

#include "castner/report/fixture.h"
#include "castner/report/html.h"
#include "castner/report/json.h"
#include "castner/report/terminal.h"

namespace castner::report {
namespace {

Earlier earlier_cell_room() {
  const auto c = testing::cell_room();
  return *read_earlier(assess_json(c.plant, c.assessment), "earlier.json");
}

TEST(Compare, ReadsBackWhatAssessWrote) {
  const auto e = earlier_cell_room();
  EXPECT_EQ(e.from, "2026-03-01T00:00:00+08:00");
  EXPECT_EQ(e.to, "2026-03-03T00:00:00+08:00");
  EXPECT_EQ(e.indicators.at("ac_energy_per_naoh").value, 2161.4);
  EXPECT_EQ(e.indicators.at("comprehensive_energy_per_naoh").value, std::nullopt);
  ASSERT_EQ(e.findings.size(), 7u);
  EXPECT_EQ(e.findings[2].code, "gross_error.bias");
  EXPECT_EQ(e.findings[2].path, "FI-204");
}

TEST(Compare, GivesDifferencesTheirUncertaintyAndSortsFindings) {
  auto now = testing::cell_room();
  auto& a = now.assessment;
  a.indicators["ac_energy_per_naoh"] = {2161.4 - 40.0, 12.0, "kW.h/t"};
  a.findings.erase(a.findings.begin() + 2);  // FI-204 was mended
  insight::Finding fresh;
  fresh.code = "data.stuck";
  fresh.path = "TI-102";
  fresh.blanks = {{"tag", "TI-102"}};
  a.findings.push_back(fresh);
  const auto c = compare(earlier_cell_room(), a);
  ASSERT_FALSE(c.changes.empty());
  const auto& first = c.changes[0];  // the clear one comes first
  EXPECT_EQ(first.path, "ac_energy_per_naoh");
  EXPECT_TRUE(first.clear);
  EXPECT_NEAR(*first.difference.value, -40.0, 1e-9);
  EXPECT_NEAR(*first.difference.sd, std::hypot(12.0, 8.9), 1e-12);
  EXPECT_FALSE(c.changes[1].clear);
  ASSERT_EQ(c.fresh.size(), 1u);
  EXPECT_EQ(c.fresh[0].path, "TI-102");
  ASSERT_EQ(c.gone.size(), 1u);
  EXPECT_EQ(c.gone[0].title, "FI-204 reads 2.04 ± 0.42 t/h too high");
  EXPECT_EQ(c.still.size(), 6u);

  const std::string text = assess_text(now.plant, a, {}, &c), html = html_report(now.plant, a, words::Language::en, &c);
  EXPECT_NE(text.find("−40 ± 15 kWh/t, clear"), std::string::npos) << text;
  EXPECT_NE(text.find("New findings: TI-102 is stuck"), std::string::npos);
  EXPECT_NE(html.find("FI-204 reads 2.04 ± 0.42 t/h too high</li>"), std::string::npos);
}

TEST(Compare, DoesNotCompareWhatIsUnknownOrInAnotherUnit) {
  auto now = testing::cell_room();
  now.assessment.indicators["dc_energy_per_naoh"].unit = "kgce/t";
  for (const auto& change : compare(earlier_cell_room(), now.assessment).changes) {
    EXPECT_NE(change.path, "comprehensive_energy_per_naoh");
    EXPECT_NE(change.path, "dc_energy_per_naoh");
  }
}

TEST(Compare, SaysWhatIsNotAnEarlierAnswer) {
  const auto problem = [](std::string_view json) {
    const auto e = read_earlier(json, "old.json");
    return e ? std::string("read") : e.error().text();
  };
  EXPECT_EQ(problem("{\"windows\":[],\n\"find"),
            "old.json:2: not JSON; give the output of an earlier `castner assess ... --json`\n");
  EXPECT_NE(problem("[1,2]").find("not an answer of `castner assess`"), std::string::npos);
  EXPECT_NE(problem("{\"windows\":{},\"findings\":[]}").find("not an answer"), std::string::npos);
  EXPECT_EQ(problem("{\"windows\":[],\"findings\":[]}"), "read");
  EXPECT_EQ(problem("{\"windows\":[3,{\"from\":7}],\"findings\":[null,{\"code\":9}],\"indicators\":{\"a\":1}}"),
            "read");
  EXPECT_NE(problem(std::string(200000, '[')), "read");
  EXPECT_NE(problem(""), "read");
}

}  // namespace
}  // namespace castner::report

// SPDX-License-Identifier: Apache-2.0
// What follows only from a key that readings contradict is told with it, and nothing else is.
#include <gtest/gtest.h>

#include <regex>

#include "castner/assess/assess.h"
#include "castner/base/file.h"
#include "castner/insight/findings.h"
#include "castner/insight/three_meters_for_tests.h"
#include "castner/plant_file/plant_file.h"
#include "tests/support/root.h"

namespace castner::insight {
namespace {

/// Two electrolysers, of which E2 is read at full load; with other readings by their quantity, in the plant file's units.
Findings found_of(const std::string& says_e2, const std::vector<std::pair<std::string, std::string>>& readings) {
  auto text = read_file(testing::root() + "/tests/cases/assess/declared_idle_at_load/plant.toml").value();
  text = std::regex_replace(text, std::regex("idle=true\n"), says_e2);
  std::vector<std::pair<std::string, std::string>> all{{"B2.flow_mass", "34.4"}, {"L2.flow_mass", "58.0"}};
  all.insert(all.end(), readings.begin(), readings.end());
  for (const auto& [of, value] : all)
    text = std::regex_replace(text, std::regex("(of='" + of + "'\nvalue=)[0-9.]+"), "$01" + value);
  const auto plant = plant_file::read_plant(text, "plant.toml").value();
  std::vector<assess::Measured> measured = assess::plant_readings(plant);
  return judged(plant, assess::assess_readings(plant, measured)).findings;
}

/// "units.contradicted <units.idle" in order, < before what follows; without what a plant of two electrolysers lacks anyway.
std::string codes(const Findings& all) {
  std::string out;
  for (const Finding& f : all)
    if (!f.code.starts_with("cannot_tell.") && !f.code.starts_with("no_price."))
      out += (out.empty() ? "" : " ") + (f.follows ? "<" + f.code : f.code);
  return out;
}

TEST(Follows, FromAKeyThatSaysOfARunningUnitThatItIsIdle) {
  EXPECT_EQ(codes(found_of("idle=true\n", {})), "units.contradicted <units.idle <instrument.no_redundancy");
  EXPECT_EQ(codes(found_of("", {})), "instrument.no_redundancy parameter.untold")
      << "without the key other instruments are alone";
}

TEST(Follows, NothingThatIsThereWithoutTheKeyToo) {
  EXPECT_EQ(codes(found_of("", {{"L.mass_frac.NaOH", "31.5"}})),
            "gross_error.cannot_tell instrument.no_redundancy parameter.untold");
  EXPECT_EQ(codes(found_of("idle=true\n", {{"L.mass_frac.NaOH", "31.5"}})),
            "units.contradicted <units.idle <instrument.no_redundancy gross_error.cannot_tell");
}

TEST(Follows, FromAKeyThatSaysOfAnIdleUnitThatItRuns) {
  const auto all = found_of("idle=false\n", {{"E2.current", "0.0"}});
  ASSERT_GE(all.size(), 2u);
  EXPECT_EQ(all[0].code, "units.contradicted");
  EXPECT_TRUE(all[1].code.starts_with("solver.") && all[1].follows) << codes(all);
}

/// A key that is wrong, with balances that are open with it, and perhaps without it too.
Judged open_with_a_key(bool without_too) {
  const auto plant = three_meters();
  assess::Assessment a;
  a.windows.push_back(good_window(plant));
  assess::State& state = *a.windows[0].state;
  const auto open = [](assess::State& s) {
    s.reconciliation.global_test = {.statistic = 30.0, .critical = 6.0, .passed = false};
  };
  if (without_too) open(state);
  state.without_word = std::make_shared<const assess::State>(state);
  open(state);
  state.contradicted = {{.tag = "FI-1", .unit = 0, .load = true, .said = true}};
  return judged(plant, std::move(a));
}

TEST(Follows, BalancesThatAreOpenForAWrongKeyAlone) {
  const auto j = open_with_a_key(false);
  ASSERT_GE(j.findings.size(), 2u);
  EXPECT_EQ(j.findings[0].code, "units.contradicted");
  EXPECT_EQ(j.findings[1].code, kOpenBalance);
  EXPECT_TRUE(j.findings[1].follows);
  EXPECT_TRUE(j.open) << "what was computed with the wrong key is no fact";
  EXPECT_EQ(open_with_a_key(true).findings[0].code, kOpenBalance);
}

}  // namespace
}  // namespace castner::insight

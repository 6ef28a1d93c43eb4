// SPDX-License-Identifier: Apache-2.0
// What is counted per tonne, or per kilogram of steam, has no value where that may as well be 0.
#include "castner/assess/combine.h"
#include "castner/assess/idle_for_tests.h"
#include "castner/assess/indicators.h"
#include "castner/assess/losses.h"

namespace castner::assess::idle_tests {
namespace {

/// An evaporator effect that is said to run. A feed of 95 degC brings all the heat that its vapour takes, and more.
/// @param steam  [t/h]   @param feed  [degC]
plant::Plant effect(double steam, double feed) {
  std::string text =
      "[[unit]]\nname='EV'\nmodel='caustic_evaporator'\nidle=false\ninlets={feed='F',steam='S'}\n"
      "outlets={product='P',vapour='V',condensate='K'}\n";
  for (const char* s : {"F", "P", "V", "S", "K"})
    text += std::string("[[stream]]\nname='") + s + "'\ncontents='" +
            (*s == 'F' || *s == 'P' ? "caustic"
             : *s == 'K'            ? "water"
                                    : "steam") +
            "'\n";
  const auto read = [&](const char* of, double value, const char* unit, double sd) {
    text += std::string("[[measurement]]\ntag='") + of + "'\nof='" + of + "'\nvalue=" + std::to_string(value) +
            "\nunit='" + unit + "'\nsd=" + std::to_string(sd) + "\n";
  };
  read("S.flow_mass", steam, "t/h", 0.06);
  read("S.temperature", 160.0, "degC", 0.3);
  read("S.pressure", 5.0, "bar", 0.02);
  read("F.flow_mass", 10.0, "t/h", 0.1);
  read("F.mass_frac.NaOH", 32.0, "%", 0.2);
  read("F.temperature", feed, "degC", 0.3);
  read("V.pressure", 0.2, "bar", 0.002);
  return plant_of(text);
}

TEST(NoLoad, LeavesWhatIsCountedByItWithoutValue) {
  for (const auto& [steam, feed, tells] :
       {std::tuple{2.0, 78.0, true}, std::tuple{2.0, 95.0, true}, std::tuple{0.11, 95.0, false}}) {
    SCOPED_TRACE(std::to_string(steam) + " t/h at " + std::to_string(feed));
    const auto plant = effect(steam, feed);
    const auto a = assess_readings(plant, plant_readings(plant), {});
    ASSERT_EQ(a.windows[0].state->reconciliation.report.status, solve::Status::converged)
        << a.windows[0].state->reconciliation.report.advice.text;
    ASSERT_TRUE(a.windows[0].state->idle.empty());
    for (const char* path : {"evaporator_economy", "EV.evaporator_economy"}) {
      EXPECT_EQ(a.indicators.at(path).value.has_value(), tells) << path;
      EXPECT_EQ(a.windows[0].state->indicators.at(path).value.has_value(), tells) << path;
      EXPECT_EQ(a.missing.contains(path), !tells);
      if (!tells) {
        EXPECT_EQ(a.missing.at(path).what, "no_load");
      }
    }
    // The caustic passes at 3.2 t/h NaOH all the same.
    EXPECT_TRUE(a.indicators.at("steam_per_naoh").value.has_value());
  }
}

TEST(NoLoad, OfOneWindowLeavesTheMeanToTheOthers) {
  const auto runs = effect(2.0, 78.0), stands = effect(0.11, 95.0);
  tables::Table table;
  std::mt19937 random(3);
  std::normal_distribution<double> normal(0.0, 1.0);
  for (std::size_t i = 0; i < runs.measurements.size(); ++i) {
    const auto& m = runs.measurements[i];
    Series s{.tag = m.tag, .unit = m.unit.text, .samples = {}};
    for (int k = 0; k < 90; ++k) {
      const double value = m.unit.from_si(*(k < 30 ? runs : stands).measurements[i].value);
      const double noise = 0.02 * m.unit.difference_from_si(m.uncertainty.sd(*m.value));
      s.samples.push_back({Time{} + std::chrono::minutes(k), value + noise * normal(random), Quality::good});
    }
    table.series.push_back(std::move(s));
  }
  const auto a = assess(runs, table, "day.csv");
  ASSERT_TRUE(a) << a.error().text();
  ASSERT_EQ(a->windows.size(), 3u);
  for (const auto& w : a->windows) {
    ASSERT_TRUE(w.state);
    ASSERT_EQ(w.state->reconciliation.report.status, solve::Status::converged);
  }
  const auto first = a->windows[0].state->indicators.at("evaporator_economy").value;
  ASSERT_TRUE(first.has_value());
  ASSERT_TRUE(a->indicators.at("evaporator_economy").value.has_value());
  EXPECT_NEAR(*a->indicators.at("evaporator_economy").value, *first, 1e-9);
  EXPECT_FALSE(a->in_part.contains("evaporator_economy")) << "without load it has no meaning";
}

// Every indicator of the cell room that is a ratio says by what, so that none is forgotten.
TEST(NoLoad, IsAskedOfEveryRatio) {
  const auto plant = plant_of(text_of("plants/cell_room/plant.toml"));
  const auto x = simulate(plant).result.x;
  const auto apparatus = find_apparatus(plant);
  for (const auto& i : indicators(plant, apparatus, x)) {
    const std::string name = i.path.substr(i.path.rfind('.') + 1);
    const std::size_t per = name == "load" || name == "current_density" ? 0
                            : name == "comprehensive_energy_per_naoh"   ? 2
                                                                        : 1;
    EXPECT_EQ(i.per.size(), per) << i.path;
    for (const auto& load : i.per) EXPECT_GT(load.value, 0.0) << i.path;
  }
  for (const auto& l : losses(apparatus, x, "E1"))
    EXPECT_EQ(l.per.size(), l.kind == "above_best_peer" || l.kind == "steam_excess" ? 1u : 0u) << l.kind;
}

}  // namespace
}  // namespace castner::assess::idle_tests

// SPDX-License-Identifier: Apache-2.0
// Writes the reports of the made-up plants to the folder named by CASTNER_SHOW, for a person to look at.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <random>

#include "castner/assess/assess.h"
#include "castner/assess/simulation.h"
#include "castner/base/file.h"
#include "castner/insight/findings.h"
#include "castner/plant_file/plant_file.h"
#include "castner/report/csv.h"
#include "castner/report/fixture.h"
#include "castner/report/html.h"
#include "castner/report/terminal.h"
#include "tests/support/root.h"

namespace castner::report {
namespace {

TEST(Show, WritesReportsToLookAt) {
  const char* folder = std::getenv("CASTNER_SHOW");
  if (folder == nullptr) GTEST_SKIP() << "set CASTNER_SHOW to a folder";
  const std::pair<const char*, testing::Case (*)()> cases[] = {
      {"small", testing::small_network}, {"steam", testing::steam_network},   {"evaporator", testing::evaporator},
      {"room", testing::cell_room},      {"hostile", testing::hostile_names}, {"empty", testing::empty_plant}};
  for (const auto& [name, make] : cases) {
    const auto c = make();
    for (const auto& [suffix, language] : {std::pair{"en", words::Language::en}, {"zh", words::Language::zh}})
      ASSERT_TRUE(write_file(std::string(folder) + "/" + name + "_" + suffix + ".html",
                             html_report(c.plant, c.assessment, language)));
    for (const auto& [suffix, language] : {std::pair{"en", words::Language::en}, {"zh", words::Language::zh}})
      ASSERT_TRUE(
          write_file(std::string(folder) + "/" + name + "_" + suffix + ".txt",
                     assess_text(c.plant, c.assessment,
                                 {.language = language, .columns = 96, .colour = false, .html_file = "report.html"})));
    ASSERT_TRUE(write_file(std::string(folder) + "/" + name + ".csv", reconciled_csv(c.plant, c.assessment)));
  }
}

/// The example plants: the steam network as published, the others simulated and given noise.
TEST(Show, WritesReportsOfTheExamplePlants) {
  const char* folder = std::getenv("CASTNER_SHOW");
  if (folder == nullptr) GTEST_SKIP() << "set CASTNER_SHOW to a folder";
  for (const char* name : {"steam_network/plant", "caustic_evaporator/geankoplis", "caustic_evaporator/three_effects",
                           "cell_room/plant"}) {
    const auto text = read_file(castner::testing::root() + "/plants/" + name + ".toml");
    ASSERT_TRUE(text) << name;
    const auto plant = plant_file::read_plant(*text, name);
    ASSERT_TRUE(plant) << plant.error().text();
    auto readings = assess::plant_readings(*plant);
    const auto simulation = assess::simulate(*plant);
    std::string stem = name;
    std::replace(stem.begin(), stem.end(), '/', '_');
    ASSERT_TRUE(write_file(std::string(folder) + "/" + stem + "_simulate.txt", simulate_text(*plant, simulation)));
    ASSERT_TRUE(write_file(std::string(folder) + "/" + stem + "_check.txt",
                           check_text(*plant, assess::check_structure(*plant))));
    if (simulation.result.report.status == solve::Status::converged) {
      std::mt19937 random(3);
      std::normal_distribution<double> noise;
      for (std::size_t k = 0; k < readings.size(); ++k) {
        const auto& m = plant->measurements[k];
        const double v = simulation.result.x[static_cast<std::size_t>(m.variable)];
        if (!readings[k].value) readings[k].value = v + (k == 3 ? 9.0 : noise(random)) * m.uncertainty.sd(v);
      }
    }
    auto a = insight::judged(*plant, assess::assess_readings(*plant, readings));
    a.plant_file = name;
    for (const auto& [suffix, language] : {std::pair{"en", words::Language::en}, {"zh", words::Language::zh}})
      ASSERT_TRUE(
          write_file(std::string(folder) + "/" + stem + "_" + suffix + ".html", html_report(*plant, a, language)));
    ASSERT_TRUE(write_file(std::string(folder) + "/" + stem + ".txt", assess_text(*plant, a)));
    ASSERT_TRUE(
        write_file(std::string(folder) + "/" + stem + "_reconcile.txt", reconcile_text(*plant, *a.windows[0].state)));
    ASSERT_TRUE(write_file(std::string(folder) + "/" + stem + ".csv", reconciled_csv(*plant, a)));
  }
  ASSERT_TRUE(write_file(std::string(folder) + "/models.txt", models_text()));
}

}  // namespace
}  // namespace castner::report

// SPDX-License-Identifier: Apache-2.0
// A plant in which nothing tells some of the parameters is balanced all the same, in no more steps than another.
#include "castner/assess/untold.h"

#include "castner/assess/idle_for_tests.h"
#include "castner/assess/state.h"

namespace castner::assess {
namespace {

using namespace idle_tests;

/// The plant of that case without these parameters, and its readings reconciled.
State reconciled_without(const std::vector<std::string>& parameters, std::vector<std::string>& untold) {
  std::string text = text_of("tests/cases/reconcile/two_electrolysers/plant.toml");
  for (const auto& p : parameters)
    for (auto at = text.find(p); at != text.npos; at = text.find(p)) text.erase(at, p.size());
  const auto plant = plant_of(text);
  PlantReconciler reconciler(plant);
  auto state = reconciler.reconcile(plant_readings(plant), {}, true);
  EXPECT_EQ(state.reconciliation.report.status, solve::Status::converged) << state.reconciliation.report.advice.text;
  untold = untold_parameters(plant, state.reconciliation);
  return state;
}

TEST(UntoldParameters, AreNoneWhereTheyAreGiven) {
  std::vector<std::string> untold;
  const auto state = reconciled_without({}, untold);
  EXPECT_TRUE(untold.empty()) << untold.front();
  EXPECT_LT(state.reconciliation.report.iterations, 30);
}

TEST(UntoldParameters, DoNotKeepTheSearchGoing) {
  for (const auto& left :
       std::vector<std::vector<std::string>>{{", water_transport_offset = 0", ", heat_loss = \"0 W\""},
                                             {", water_transport_offset = 0"},
                                             {", heat_loss = \"0 W\""}}) {
    std::vector<std::string> untold;
    const auto state = reconciled_without(left, untold);
    EXPECT_LT(state.reconciliation.report.iterations, 150) << left.front();
    EXPECT_TRUE(state.reconciliation.global_test.passed.value_or(false));
    // Without a reading the objective falls by z^2, and it cannot fall below 0: nobody is accused where all is explained.
    EXPECT_TRUE(state.reconciliation.gross_errors.empty()) << left.front();
    for (const double z : state.reconciliation.statistic)
      EXPECT_LE(z * z, state.reconciliation.global_test.statistic * (1.0 + 1e-6)) << left.front();
    if (left.size() < 2) continue;
    for (const char* path : {"E1.water_transport_offset", "E1.heat_loss", "E2.water_transport_offset", "E2.heat_loss"})
      EXPECT_NE(std::find(untold.begin(), untold.end(), path), untold.end()) << path;
  }
}

}  // namespace
}  // namespace castner::assess

// SPDX-License-Identifier: Apache-2.0
#include "castner/report/json.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <limits>
#include <nlohmann/json.hpp>

#include "castner/report/fixture.h"

namespace castner::report {
namespace {

using Json = nlohmann::ordered_json;
using testing::small_network;

std::vector<std::string> keys(const Json& object) {
  std::vector<std::string> out;
  for (const auto& [key, value] : object.items()) out.push_back(key);
  return out;
}
using Names = std::vector<std::string>;

TEST(ReconcileJson, HasTheKeysOfTheInterface) {
  const auto c = small_network();
  const auto doc = Json::parse(reconcile_json(c.plant, *c.assessment.windows[0].state));
  EXPECT_EQ(keys(doc), (Names{"status", "advice", "objective", "degrees_of_freedom", "global_test", "after_elimination",
                              "estimates", "gross_errors", "warnings", "idle"}));
  EXPECT_EQ(keys(doc["global_test"]), (Names{"statistic", "critical", "alpha", "passed"}));
  EXPECT_EQ(keys(doc["after_elimination"]), (Names{"objective", "degrees_of_freedom", "critical", "passed"}));
  EXPECT_EQ(keys(doc["estimates"]), (Names{"F.flow_mass", "A.flow_mass", "B.flow_mass", "P.flow_mass"}));
  EXPECT_EQ(keys(doc["estimates"]["A.flow_mass"]),
            (Names{"value", "sd", "unit", "measured", "adjustment", "class", "used", "smallest_seen"}));
  EXPECT_EQ(keys(doc["gross_errors"][0]), (Names{"tag", "of", "kind", "size", "size_sd", "statistic", "critical",
                                                 "removed", "alternatives", "also_possible"}));
  EXPECT_EQ(doc["status"], "converged");
  EXPECT_TRUE(doc["advice"].is_null());
  EXPECT_EQ(doc["objective"], 20.1);
  EXPECT_EQ(doc["global_test"]["passed"], false);
  EXPECT_EQ(doc["after_elimination"]["passed"], true);
}

TEST(ReconcileJson, TellsMeasuredRemovedAndUnobservableApart) {
  const auto c = small_network();
  const auto doc = Json::parse(reconcile_json(c.plant, *c.assessment.windows[0].state));
  const auto& kept = doc["estimates"]["F.flow_mass"];
  EXPECT_EQ(kept["class"], "redundant");
  EXPECT_EQ(kept["used"], true);
  EXPECT_EQ(kept["unit"], "kg/s");
  EXPECT_NEAR(kept["adjustment"].get<double>(), (10.012345 - 10.05) / 3.6, 1e-12);  // rounding of one subtraction
  const auto& removed = doc["estimates"]["A.flow_mass"];
  EXPECT_EQ(removed["class"], "observable");
  EXPECT_EQ(removed["used"], false);
  EXPECT_NEAR(removed["measured"].get<double>(), 2.0, 1e-12);
  EXPECT_EQ(doc["gross_errors"][0]["tag"], "FI-2");
  EXPECT_EQ(doc["gross_errors"][0]["of"], "A.flow_mass");
  EXPECT_EQ(doc["gross_errors"][0]["kind"], "bias");
  const auto& unseen = doc["estimates"]["B.flow_mass"];
  EXPECT_TRUE(unseen["value"].is_null());
  EXPECT_TRUE(unseen["sd"].is_null());
  EXPECT_TRUE(unseen["measured"].is_null());
  EXPECT_EQ(unseen["class"], "unobservable");
}

TEST(AssessJson, SaysWhenUnitsStoppedAndWhatAMeanIsOver) {
  auto c = small_network();
  c.assessment.windows.push_back(c.assessment.windows[0]);
  c.assessment.stops = {{0, Time{} + std::chrono::minutes(370), Time{} + std::chrono::minutes(580)}, {0, {}, Time{}}};
  c.assessment.indicators["load"] = {2.0, 0.1, "kg/s"};
  c.assessment.covers["load"] = 2;
  const auto doc = Json::parse(assess_json(c.plant, c.assessment, words::Language::en));
  ASSERT_EQ(doc["stops"].size(), 2u);
  EXPECT_EQ(keys(doc["stops"][0]), (Names{"unit", "from", "to"}));
  EXPECT_EQ(doc["stops"][0]["unit"], c.plant.units[0].name);
  EXPECT_EQ(doc["stops"][0]["from"], "1970-01-01T06:10:00Z");
  EXPECT_EQ(doc["stops"][0]["to"], "1970-01-01T09:40:00Z");
  EXPECT_TRUE(doc["stops"][1]["from"].is_null());
  EXPECT_EQ(doc["indicators"]["load"]["windows"], 2);
}

TEST(ReconcileJson, NamesALeakByItsUnitAndListsWhatCannotBeToldApart) {
  auto c = small_network();
  auto state = *c.assessment.windows[0].state;
  state.leak_units = {0, 1};
  auto& r = state.reconciliation;
  r.gross_errors[0].alternatives = {{solve::GrossError::Kind::leak, 1}, {solve::GrossError::Kind::bias, 2}};
  r.gross_errors[0].also_possible = {{solve::GrossError::Kind::bias, 1, 3.5, -0.25, 0.1}};
  r.gross_errors.push_back({.kind = solve::GrossError::Kind::leak,
                            .index = 0,
                            .size = 0.5,
                            .size_sd = 0.1,
                            .statistic = 5,
                            .critical = 2.4,
                            .removed = false,
                            .alternatives = {}});
  const auto errors = Json::parse(reconcile_json(c.plant, state))["gross_errors"];
  EXPECT_EQ(errors[0]["alternatives"].dump(),
            R"([{"tag":null,"of":"N2","kind":"leak"},{"tag":"FI-3","of":"P.flow_mass","kind":"bias"}])");
  EXPECT_EQ(errors[0]["also_possible"].dump(),
            R"([{"tag":"FI-2","of":"A.flow_mass","kind":"bias","size":-0.25,"size_sd":0.1,"statistic":3.5}])");
  EXPECT_TRUE(errors[1]["tag"].is_null());
  EXPECT_EQ(errors[1]["of"], "N1");
  EXPECT_EQ(errors[1]["kind"], "leak");
  EXPECT_EQ(errors[1]["removed"], false);
}

TEST(ReconcileJson, GivesNoNumbersWhereItDidNotConverge) {
  auto c = small_network();
  auto state = *c.assessment.windows[0].state;
  state.reconciliation.report.status = solve::Status::no_convergence;
  state.reconciliation.report.advice = {"look here", "N1", "N1: mass balance", "A.flow_mass"};
  const auto doc = Json::parse(reconcile_json(c.plant, state));
  EXPECT_EQ(doc["status"], "no_convergence");
  EXPECT_EQ(keys(doc["advice"]), (Names{"text", "unit", "equation", "variable"}));
  EXPECT_TRUE(doc["objective"].is_null());
  EXPECT_TRUE(doc["global_test"]["statistic"].is_null());
  for (const auto& [path, e] : doc["estimates"].items()) {
    EXPECT_TRUE(e["value"].is_null()) << path;
    EXPECT_TRUE(e["sd"].is_null()) << path;
    EXPECT_TRUE(e["adjustment"].is_null()) << path;
  }
  EXPECT_NEAR(doc["estimates"]["F.flow_mass"]["measured"].get<double>(), 10.05 / 3.6, 1e-12);
}

TEST(ReconcileJson, SaysWhichEstimatorAndWhichUnitWhenTheyAreSpecial) {
  auto c = small_network();
  c.plant.as_published = true;
  const auto doc = Json::parse(reconcile_json(c.plant, *c.assessment.windows[0].state, true));
  EXPECT_EQ(doc["estimator"], "huber");
  EXPECT_EQ(doc["estimates"]["F.flow_mass"]["unit"], "1");
}

TEST(SimulateJson, HasTheKeysOfTheInterfaceAndTurnsNanToNull) {
  const auto c = small_network();
  solve::Simulation s;
  s.report.status = solve::Status::converged;
  s.report.iterations = 7;
  s.x = {3.33, 2.0, 1.33, std::numeric_limits<double>::quiet_NaN()};
  const auto doc =
      Json::parse(simulate_json(c.plant, {.result = s, .indicators = {{"load", {12.5, std::nullopt, "t/h"}}}}));
  EXPECT_EQ(keys(doc), (Names{"status", "advice", "iterations", "values", "undetermined", "indicators", "warnings",
                              "worst_residuals", "idle"}));
  EXPECT_EQ(doc["iterations"], 7);
  EXPECT_EQ(doc["values"]["F.flow_mass"].dump(), R"({"value":3.33,"unit":"kg/s"})");
  EXPECT_TRUE(doc["values"]["P.flow_mass"]["value"].is_null());
  EXPECT_EQ(doc["indicators"]["load"].dump(), R"({"value":12.5,"sd":null,"unit":"t/h"})");
}

TEST(SimulateJson, ShowsNoValueOfWhatNothingDetermines) {
  const auto c = small_network();
  solve::Simulation s;
  s.report.status = solve::Status::converged;
  s.x = {1, 2, 3, 4};
  s.undetermined = {{1, 2}, 1};
  const auto doc = Json::parse(simulate_json(c.plant, {.result = s}));
  EXPECT_EQ(doc["values"]["F.flow_mass"]["value"], 1.0);
  EXPECT_EQ(doc["undetermined"].size(), 2u);
  for (const auto& path : doc["undetermined"]) EXPECT_TRUE(doc["values"][path]["value"].is_null()) << path;
}

TEST(SimulateJson, ShowsTheWorstResidualsAndNoValuesWhenItFails) {
  const auto c = small_network();
  solve::Simulation s;
  s.report.status = solve::Status::structurally_singular;
  s.report.worst_residuals = {{"N1: mass balance", 0.25, 1.5}};
  s.x = {1, 2, 3, 4};
  const auto doc = Json::parse(simulate_json(c.plant, {.result = s}));
  EXPECT_EQ(doc["status"], "structurally_singular");
  EXPECT_TRUE(doc["advice"].is_object());
  EXPECT_TRUE(doc["values"]["F.flow_mass"]["value"].is_null());
  EXPECT_EQ(doc["worst_residuals"].dump(), R"([{"equation":"N1: mass balance","value":0.25,"scaled":1.5}])");
}

TEST(CheckJson, SaysWhatAPlantFileCanTell) {
  const auto c = testing::steam_network();
  const auto doc = Json::parse(check_json(c.plant, assess::check_structure(c.plant)));
  EXPECT_EQ(keys(doc), (Names{"passed", "variables", "equations", "parameters_held", "specifications", "simulation",
                              "reconciliation", "suggestions", "warnings"}));
  EXPECT_EQ(doc["equations"], 11);
  EXPECT_EQ(doc["simulation"]["degrees_of_freedom"], 17);
  EXPECT_EQ(doc["simulation"]["square_and_solvable"], false);
  EXPECT_FALSE(doc["simulation"]["under_determined"]["variables"].empty());
  EXPECT_EQ(doc["reconciliation"]["degrees_of_redundancy"], 11);
  EXPECT_EQ(doc["reconciliation"]["instruments"].size(), 28u);
  EXPECT_EQ(doc["reconciliation"]["instruments"][0].dump(),
            R"({"tag":"FI-01","of":"S1.flow_mass","class":"redundant","smallest_seen":null,"hardly_checked":false})")
      << "0.9 of a balance of hundreds: no error of it would be seen";
  for (const auto& s : doc["suggestions"]) EXPECT_EQ(s["unit"], "1");  // as published
}

TEST(ModelsJson, ListsEveryModelWithItsPorts) {
  const auto models = Json::parse(models_json())["models"];
  const auto it =
      std::find_if(models.begin(), models.end(), [](const auto& m) { return m["name"] == "caustic_evaporator"; });
  ASSERT_NE(it, models.end());
  EXPECT_EQ((*it)["ports"][0]["name"], "feed");
  EXPECT_EQ((*it)["ports"][0]["contents"][0], "caustic");
  EXPECT_FALSE((*it)["parameters"].empty());
}

TEST(AssessJson, HasTheKeysOfTheInterface) {
  auto c = small_network();
  c.assessment.losses.push_back({"E101", "anode", "no_overvoltage", {6e5, 2e4, "W"}, {2.2e6, 7e4, "CNY/a"}});
  const auto doc = Json::parse(assess_json(c.plant, c.assessment));
  EXPECT_EQ(keys(doc), (Names{"windows", "indicators", "losses", "findings", "data", "stops"}));
  EXPECT_EQ(keys(doc["windows"][0]), (Names{"from", "to", "rows", "steady", "unsteady_tags", "reconciliation",
                                            "indicators", "drifting_tags", "switched", "unread_tags"}));
  EXPECT_TRUE(doc["windows"][0]["switched"].empty() && doc["windows"][0]["reconciliation"]["idle"].empty());
  EXPECT_TRUE(doc["windows"][0]["from"].is_null());
  EXPECT_EQ(keys(doc["losses"][0]),
            (Names{"path", "kind", "reference", "power", "cost_per_year", "rests_on", "balances_open"}));
  EXPECT_EQ(doc["losses"][0]["cost_per_year"].dump(), R"({"value":2200000.0,"sd":70000.0,"unit":"CNY/a"})");
  EXPECT_EQ(keys(doc["findings"][0]), (Names{"code", "severity", "title", "path", "evidence", "cost_per_day", "follows",
                                             "rests_on", "balances_open"}));
  EXPECT_EQ(keys(doc["findings"][0]["evidence"][0]), (Names{"path", "value", "sd", "unit", "text"}));
  EXPECT_EQ(doc["findings"][0]["cost_per_day"].dump(), R"({"value":null,"sd":null,"unit":"CNY/d"})");
  EXPECT_EQ(keys(doc["data"]), (Names{"rows", "gaps", "bad_quality", "stuck_tags"}));
}

TEST(AssessJson, WritesTimesWithTheOffsetOfThePlant) {
  auto c = small_network();
  using namespace std::chrono;
  auto& w = c.assessment.windows[0];
  w.from = Time(seconds(1772323200));  // 2026-03-01T00:00:00Z
  w.to = *w.from + minutes(30) + milliseconds(250);
  c.assessment.time_zone = "Asia/Shanghai";
  c.assessment.gaps = {{*w.from, *w.to}};
  auto doc = Json::parse(assess_json(c.plant, c.assessment));
  EXPECT_EQ(doc["windows"][0]["from"], "2026-03-01T08:00:00+08:00");
  EXPECT_EQ(doc["windows"][0]["to"], "2026-03-01T08:30:00.250+08:00");
  EXPECT_EQ(doc["data"]["gaps"][0]["from"], "2026-03-01T08:00:00+08:00");
  c.assessment.time_zone = "-03:30";
  EXPECT_EQ(Json::parse(assess_json(c.plant, c.assessment))["windows"][0]["from"], "2026-02-28T20:30:00-03:30");
  c.assessment.time_zone = "America/New_York";  // the clock changed on 8 March 2026
  EXPECT_EQ(Json::parse(assess_json(c.plant, c.assessment))["windows"][0]["from"], "2026-02-28T19:00:00-05:00");
  c.assessment.windows[0].from = Time(seconds(1773014400));  // 2026-03-09T00:00:00Z
  EXPECT_EQ(Json::parse(assess_json(c.plant, c.assessment))["windows"][0]["from"], "2026-03-08T20:00:00-04:00");
  c.assessment.time_zone = "offsets in the file";
  EXPECT_EQ(Json::parse(assess_json(c.plant, c.assessment))["windows"][0]["from"], "2026-03-09T00:00:00Z");
}

TEST(AssessJson, LeavesAnUnsteadyWindowWithoutReconciliation) {
  auto c = small_network();
  auto& w = c.assessment.windows[0];
  w.state.reset();
  w.steady = false;
  w.unsteady_tags = {"FI-1"};
  const auto doc = Json::parse(assess_json(c.plant, c.assessment));
  EXPECT_TRUE(doc["windows"][0]["reconciliation"].is_null());
  EXPECT_EQ(doc["windows"][0]["unsteady_tags"], Json({"FI-1"}));
}

TEST(AssessJson, SurvivesHostileAndBrokenNames) {
  auto c = testing::hostile_names();
  c.assessment.findings[0].blanks["tag"] = "\xff\xfe broken bytes";
  const auto doc = Json::parse(assess_json(c.plant, c.assessment));
  const std::string title = doc["findings"][0]["title"];
  EXPECT_NE(title.find("broken bytes"), std::string::npos);
  EXPECT_NE(title.find("1.00 ± 0.32 t/h too high"), std::string::npos) << title;
  EXPECT_TRUE(Json::parse(assess_json(testing::empty_plant().plant, {}))["windows"].empty());
}

TEST(AssessJson, SpeaksTheLanguageAskedForInTitlesOnly) {
  const auto c = small_network();
  const auto en = Json::parse(assess_json(c.plant, c.assessment, words::Language::en));
  auto zh = Json::parse(assess_json(c.plant, c.assessment, words::Language::zh));
  EXPECT_EQ(en["findings"][0]["title"], "FI-2 reads 1.00 ± 0.32 t/h too high");
  EXPECT_EQ(zh["findings"][0]["title"], "FI-2 读数偏高 1.00 ± 0.32 t/h");
  zh["findings"][0]["title"] = en["findings"][0]["title"];
  for (std::size_t k = 0; k < en["findings"][0]["evidence"].size(); ++k)
    zh["findings"][0]["evidence"][k]["text"] = en["findings"][0]["evidence"][k]["text"];
  EXPECT_EQ(en, zh);
}

}  // namespace
}  // namespace castner::report

// SPDX-License-Identifier: Apache-2.0
// A plant that somebody picks on the page Start gives a balance, whatever unit it is of and whichever of the meters it offers there are:
//   1. each model stands alone with a pipe to the outside at each port, and meters of several sets on it;
//   2. the plant file that comes back leaves no parameter free that may be assumed and that nothing tells;
//   3. a file of readings of a state in which the plant runs is balanced, in seconds, in every window.
#include <chrono>
#include <set>

#include "castner/api/server_for_tests.h"
#include "castner/assess/structure_check.h"
#include "castner/solve/reconcile.h"
#include "castner/unit_models/models.h"

namespace castner::api::testing {
namespace {

using Json = nlohmann::json;

/// What may be measured of a pipe with these contents, and of a unit, in the order in which plants buy it.
std::vector<std::string> offered(plant::Contents contents) {
  switch (contents) {
    case plant::Contents::brine:
    case plant::Contents::acid_brine:
    case plant::Contents::depleted_brine: return {"flow_vol", "temperature", "conc_mass.NaCl"};
    case plant::Contents::caustic: return {"flow_vol", "temperature", "mass_frac.NaOH"};
    case plant::Contents::chlorine_gas: return {"flow_vol_normal_dry", "pressure", "mole_frac_dry.O2"};
    case plant::Contents::hydrogen_gas: return {"flow_vol_normal_dry", "pressure"};
    case plant::Contents::steam: return {"flow_mass", "pressure", "temperature"};
    default: return {"flow_mass", "temperature"};
  }
}

/// @param kinds  how many of the offered meters each pipe has
Json sketch_of(const plant::ModelInfo& model, int kinds) {
  Json parameters = Json::object(), pipes = Json::array(), meters = Json::array();
  for (const auto& p : model.parameters)
    if (p.kind == plant::ParameterInfo::Kind::constant && !p.default_value)
      parameters[p.name] = p.name == "cells" ? "90" : p.unit == "m2" ? "2.7 m2" : "1 " + p.unit;
  const auto meter = [&](const std::string& of) {
    meters.push_back({{"tag", "T-" + of}, {"of", of}, {"unit", ""}, {"sd", "1 %"}});
  };
  for (const auto& port : model.ports)
    for (int n = 1; n <= (model.many && port.inlet == (model.name == "mixer") ? 2 : 1); ++n) {
      const std::string name = model.many ? port.name + std::to_string(n) : "P_" + port.name;
      const std::string end = model.many ? "U" : "U." + port.name;
      const auto contents = model.many                                       ? plant::Contents::caustic
                            : port.contents.front() == plant::Contents::mass ? plant::Contents::water
                                                                             : port.contents.front();
      // By its ends, as most people leave it, where the ports decide.
      const bool by_ends = !model.many && !port.optional && port.contents.size() <= 2;
      pipes.push_back({{"name", name},
                       {"from", port.inlet ? "" : end},
                       {"to", port.inlet ? end : ""},
                       {"contents", by_ends ? "" : std::string(plant::contents_info(contents).name)}});
      const auto all = offered(contents);
      for (int k = 0; k < std::min<int>(kinds, static_cast<int>(all.size())); ++k)
        meter(name + "." + all[static_cast<std::size_t>(k)]);
    }
  if (model.name == "electrolyser")
    for (const char* of : {"U.current", "U.voltage"}) meter(of);
  if (model.name == "rectifier") meter("U.ac_power");
  return {{"name", "P"},
          {"window", "30 min"},
          {"max_gap", "5 min"},
          {"min_rows", 20},
          {"units", {{{"name", "U"}, {"model", model.name}, {"parameters", parameters}}}},
          {"pipes", pipes},
          {"meters", meters}};
}

/// A state in which the plant runs, near its first values.
std::vector<double> running_state(const plant::Plant& plant) {
  std::vector<solve::Held> held;
  std::vector<std::pair<int, double>> known;
  for (const auto& [variable, value] : plant.parameters) {
    held.push_back({variable, value});
    known.emplace_back(variable, value);
  }
  const auto x = plant.flowsheet->initialise(known);
  std::vector<solve::MeasuredValue> about;
  for (std::size_t v = 0; v < x.size(); ++v)
    if (std::none_of(held.begin(), held.end(), [&](const auto& h) { return h.variable == static_cast<int>(v); }))
      about.push_back(
          {static_cast<int>(v), x[v], 0.2 * std::max(std::abs(x[v]), plant.flowsheet->variables()[v].nominal)});
  const auto found = solve::reconcile(*plant.flowsheet, about, held, {}, x, {.eliminate = false, .covariance = false});
  EXPECT_EQ(found.report.status, solve::Status::converged) << found.report.advice.text;
  return found.x;
}

std::string two_hours(const plant::Plant& plant, const std::vector<double>& x) {
  std::string csv = "time";
  std::vector<const plant::Measurement*> meters;
  for (const auto& m : plant.measurements)
    if (!m.value) meters.push_back(&m);
  for (const auto* m : meters) csv += "," + m->tag + " (" + m->unit.text + ")";
  for (int k = 0; k < 120; ++k) {
    csv += "\n2026-11-23T0" + std::to_string(k / 60) + ":" + std::to_string(100 + k % 60).substr(1) + ":00Z";
    for (const auto* m : meters)
      csv += "," + std::to_string(m->unit.from_si(x[static_cast<std::size_t>(m->variable)]) *
                                  (1.0 + 0.0005 * ((k * 7) % 11 - 5)));
  }
  return csv + "\n";
}

class StartOfEachModel : public ServerTest {};

TEST_F(StartOfEachModel, GivesABalanceWithoutKnowingTheModelsParameters) {
  serve();
  for (const auto& model : unit_models::all_models())
    for (const int kinds : {1, 2, 3}) {
      if (kinds == 1 && model.name == "electrolyser") continue;  // by flows alone nothing tells how warm it is
      SCOPED_TRACE(model.name + " " + std::to_string(kinds));
      auto sketch = sketch_of(model, kinds);
      for (auto& m : sketch["meters"]) {  // in the units that people write
        const std::string of = m["of"];
        const auto ends = [&](const char* name) { return of.ends_with(name); };
        m["unit"] = ends("flow_vol")              ? "m3/h"
                    : ends("temperature")         ? "degC"
                    : ends("NaCl")                ? "g/L"
                    : ends("NaOH") || ends("O2")  ? "%"
                    : ends("flow_vol_normal_dry") ? "Nm3/h"
                    : ends("pressure")            ? "kPa"
                    : ends("flow_mass")           ? "t/h"
                    : ends("current")             ? "kA"
                    : ends("voltage")             ? "V"
                                                  : "kW";
      }
      const auto answer = post_json("/api/v1/start/plant", sketch).json();
      ASSERT_EQ(answer["problems"].size(), 0u) << answer["problems"];
      const std::string text = answer["plant"];
      const auto plant = plant_file::read_plant(text, "plant.toml");
      ASSERT_TRUE(plant) << plant.error().text();
      const auto structure = assess::check_structure(*plant);
      EXPECT_EQ(structure.reconciliation, solve::Status::converged) << structure.advice.text << text;
      for (const auto& path : structure.untold)
        EXPECT_TRUE(path == "U.duty" || path == "U.area") << path << " is told by nothing, and was not assumed\n"
                                                          << text;
      const auto csv = two_hours(*plant, running_state(*plant));
      const auto begin = std::chrono::steady_clock::now();
      const auto balance = ask("POST", "/api/v1/start/assess?name=a.csv&plant=" + std::to_string(text.size()),
                               "Content-Type: application/octet-stream\r\n", text + csv);
      EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(30));
      ASSERT_EQ(balance.status, 200) << balance.body.substr(0, 500) << text;
      EXPECT_EQ(balance.json()["reconciled"], 4) << balance.json()["sentences"] << text << csv.substr(0, 800);
    }
}

}  // namespace
}  // namespace castner::api::testing

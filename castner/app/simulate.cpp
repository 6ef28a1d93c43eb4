// SPDX-License-Identifier: Apache-2.0
// castner simulate: the plant at its specifications.
#include <CLI/CLI.hpp>
#include <iostream>
#include <memory>

#include "castner/app/common.h"
#include "castner/assess/simulation.h"
#include "castner/report/json.h"
#include "castner/report/terminal.h"

namespace castner::app {
namespace {

struct SimulateOptions {
  std::string plant;
  words::Language language = words::Language::en;
  bool json = false;
};

int run(const SimulateOptions& o) {
  const auto plant = load_plant(o.plant, o.language);
  if (!plant) return say(plant.error(), o.language);
  const auto simulation = assess::simulate(*plant);
  std::cout << (o.json ? report::simulate_json(*plant, simulation)
                       : report::simulate_text(*plant, simulation, {.language = o.language}));
  return simulation.missing > 0 ? kSaysNo : exit_code_of(simulation.result.report.status);
}

}  // namespace

void add_simulate(CLI::App& root, int& exit_code) {
  auto* command = root.add_subcommand("simulate", "Solve the plant at its specifications");
  auto o = std::make_shared<SimulateOptions>();
  command->add_option("PLANT.toml", o->plant, "the plant file")->required();
  add_language(*command, o->language);
  command->add_flag("--json", o->json, "one JSON document on standard output");
  command->footer("Example: castner simulate plants/caustic_evaporator/geankoplis.toml");
  command->callback([o, &exit_code] { exit_code = run(*o); });
}

}  // namespace castner::app

// SPDX-License-Identifier: Apache-2.0
// castner check: what a plant file can tell before any data.
#include <CLI/CLI.hpp>
#include <iostream>
#include <memory>

#include "castner/app/common.h"
#include "castner/assess/structure_check.h"
#include "castner/report/json.h"
#include "castner/report/terminal.h"

namespace castner::app {
namespace {

struct CheckOptions {
  std::string plant;
  words::Language language = words::Language::en;
  bool models = false, json = false;
};

int run(const CheckOptions& o) {
  if (o.models) {
    std::cout << (o.json ? report::models_json() : report::models_text({.language = o.language}));
    return kAnswered;
  }
  if (o.plant.empty())
    return say(
        {ErrorCode::bad_input, {{"", "castner check needs a plant file", "castner check PLANT.toml, or --models"}}},
        o.language);
  const auto plant = load_plant(o.plant, o.language);
  if (!plant) return say(plant.error(), o.language);
  const auto structure = assess::check_structure(*plant);
  std::cout << (o.json ? report::check_json(*plant, structure)
                       : report::check_text(*plant, structure, {.language = o.language}));
  return structure.passed() ? kAnswered : kSaysNo;
}

}  // namespace

void add_check(CLI::App& root, int& exit_code) {
  auto* command = root.add_subcommand(
      "check", "Without data: structure, what the instruments can check, which one more would help most");
  auto o = std::make_shared<CheckOptions>();
  command->add_option("PLANT.toml", o->plant, "the plant file");
  command->add_flag("--models", o->models, "list the unit models with their ports and parameters");
  add_language(*command, o->language);
  command->add_flag("--json", o->json, "one JSON document on standard output");
  command->footer("Example: castner check plants/cell_room/plant.toml");
  command->callback([o, &exit_code] { exit_code = run(*o); });
}

}  // namespace castner::app

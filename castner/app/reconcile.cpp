// SPDX-License-Identifier: Apache-2.0
// castner reconcile: one set of readings made to agree with the balances.
#include <CLI/CLI.hpp>
#include <iostream>
#include <memory>
#include <optional>

#include "castner/app/common.h"
#include "castner/app/data_options.h"
#include "castner/assess/file_unit.h"
#include "castner/assess/state.h"
#include "castner/base/decimal.h"
#include "castner/base/file.h"
#include "castner/report/json.h"
#include "castner/report/terminal.h"
#include "castner/tables/measurements_file.h"

namespace castner::app {
namespace {

struct ReconcileOptions {
  std::string plant;
  words::Language language = words::Language::en;
  std::optional<std::string> measurements;
  DataOptions how;
  solve::ReconcileOptions solver;
  double alpha_per_test = 0.0;
  bool leaks = false, json = false;
};

/// What alpha may be: the message of CLI11's own range would write the least one as 0.
std::string probability_problem(const std::string& text) {
  const double p = plain_number<double>(text).value_or(0.0);
  const bool good = p >= 1e-12 && p <= 0.999999;
  return good ? "" : "\"" + text + "\" is not a probability between 1e-12 and 0.999999";
}

struct Readings {
  std::vector<assess::Measured> values;
  std::vector<plant::IdleWord> idle;  ///< what keys and tags say of each unit
};

/// The plant's own readings, with those of a file laid over them where one is given.
Result<Readings> load_readings(const plant::Plant& plant, const ReconcileOptions& o) {
  Readings r{assess::plant_readings(plant), {}};
  std::vector<tables::SnapshotRow> rows;
  if (o.measurements) {
    auto options = CASTNER_TRY(tables::table_options(o.how, std::nullopt));
    assess::as_the_plant_says(options, plant);
    const auto bytes = CASTNER_TRY(read_file(*o.measurements));
    std::vector<std::string> notes;
    rows = CASTNER_TRY(tables::read_measurements(bytes, *o.measurements, options, &notes));
    r.values = CASTNER_TRY(assess::snapshot_readings(plant, rows, *o.measurements, &notes));
    say_notes(*o.measurements, notes, o.language);
  }
  r.idle = assess::idle_words(plant, r.values, rows);
  return r;
}

int run(const ReconcileOptions& o) {
  const auto plant = load_plant(o.plant, o.language);
  if (!plant) return say(plant.error(), o.language);
  const auto readings = load_readings(*plant, o);
  if (!readings) return say(readings.error(), o.language);
  assess::PlantReconciler reconciler(*plant);
  const auto state = reconciler.reconcile(readings->values, o.solver, o.leaks, readings->idle);
  std::cout << (o.json ? report::reconcile_json(*plant, state, o.solver.robust)
                       : report::reconcile_text(*plant, state, {.language = o.language}));
  return exit_code_of(state.reconciliation.report.status);
}

}  // namespace

void add_reconcile(CLI::App& root, int& exit_code) {
  auto* command =
      root.add_subcommand("reconcile", "Make one set of readings agree with the balances, and name the ones that lie");
  auto o = std::make_shared<ReconcileOptions>();
  command->add_option("PLANT.toml", o->plant, "the plant file")->required();
  command->add_option("--measurements", o->measurements, "CSV: tag,value[,sd][,quality]; over the plant file's values");
  add_table_options(*command, o->how);
  auto* alpha = command->add_option("--alpha", o->solver.alpha, "error probability of the tests")
                    ->check(probability_problem)
                    ->capture_default_str();
  auto* per_test =
      command->add_option("--alpha-per-test", o->alpha_per_test, "error probability of each single measurement test")
          ->check(probability_problem);
  alpha->excludes(per_test);
  command->add_flag("--leaks", o->leaks, "test each unit's mass balance for a leak too");
  command->add_flag_callback(
      "--no-elimination", [o] { o->solver.eliminate = false; },
      "name the suspects and remove none: estimates of every reading");
  command->add_flag("--robust", o->solver.robust, "Huber estimate (k = 1.345)");
  add_language(*command, o->language);
  command->add_flag("--json", o->json, "one JSON document on standard output");
  command->footer("Example: castner reconcile plants/steam_network/plant.toml --json");
  command->callback([o, per_test, &exit_code] {
    if (per_test->count() > 0) o->solver.alpha_per_test = o->alpha_per_test;
    exit_code = run(*o);
  });
}

}  // namespace castner::app

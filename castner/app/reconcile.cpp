// SPDX-License-Identifier: Apache-2.0
// castner reconcile: one set of readings made to agree with the balances.
#include <CLI/CLI.hpp>
#include <iostream>
#include <memory>
#include <optional>

#include "castner/app/common.h"
#include "castner/base/file.h"
#include "castner/ops/state.h"
#include "castner/report/json.h"
#include "castner/report/terminal.h"
#include "castner/sources/table_reader.h"

namespace castner::app {
namespace {

struct Options {
  std::string plant;
  std::optional<std::string> measurements;
  solve::ReconcileOptions solver;
  double alpha_per_test = 0.0;
  bool leaks = false, json = false;
};

/// The plant's own readings, with those of a file laid over them where one is given.
Result<std::vector<ops::Measured>> load_readings(const plant_file::Plant& plant,
                                                 const std::optional<std::string>& file) {
  if (!file) return ops::plant_readings(plant);
  const auto bytes = read_file(*file);
  if (!bytes) return tl::unexpected(bytes.error());
  const auto table = sources::read_table(*bytes, *file);
  if (!table) return tl::unexpected(table.error());
  if (table->facts.shape != sources::TableShape::snapshot)
    return bad_input(*file + ":1", "is a table of times, not one set of readings",
                     "give columns tag,value[,sd][,quality], or use castner assess");
  return ops::snapshot_readings(plant, table->snapshot, *file);
}

int run(const Options& o) {
  const auto plant = load_plant(o.plant);
  if (!plant) return say(plant.error());
  const auto readings = load_readings(*plant, o.measurements);
  if (!readings) return say(readings.error());
  ops::Reconciler reconciler(*plant);
  const auto state = reconciler.reconcile(*readings, o.solver, o.leaks);
  std::cout << (o.json ? report::reconcile_json(*plant, state, o.solver.robust)
                       : report::reconcile_text(*plant, state));
  return exit_code_of(state.reconciliation.report.status);
}

}  // namespace

void add_reconcile(CLI::App& root, int& exit_code) {
  auto* command =
      root.add_subcommand("reconcile", "Make one set of readings agree with the balances, and name the ones that lie");
  auto o = std::make_shared<Options>();
  command->add_option("PLANT.toml", o->plant, "the plant file")->required();
  command->add_option("--measurements", o->measurements, "CSV: tag,value[,sd][,quality]; over the plant file's values");
  auto* alpha = command->add_option("--alpha", o->solver.alpha, "error probability of the tests")
                    ->check(CLI::Range(1e-12, 0.999999))
                    ->capture_default_str();
  auto* per_test =
      command->add_option("--alpha-per-test", o->alpha_per_test, "error probability of each single measurement test")
          ->check(CLI::Range(1e-12, 0.999999));
  alpha->excludes(per_test);
  command->add_flag("--leaks", o->leaks, "test each unit's mass balance for a leak too");
  command->add_flag("--robust", o->solver.robust, "Huber estimate (k = 1.345)");
  command->add_flag("--json", o->json, "one JSON document on standard output");
  command->footer("Example: castner reconcile plants/steam_network/plant.toml --json");
  command->callback([o, per_test, &exit_code] {
    if (per_test->count() > 0) o->solver.alpha_per_test = o->alpha_per_test;
    exit_code = run(*o);
  });
}

}  // namespace castner::app

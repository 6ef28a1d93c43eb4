// SPDX-License-Identifier: Apache-2.0
// Reconciling the example cell room against IPOPT (exact Hessian, warm) on the same flowsheet, in one run. The problem was
// solved, then every reading moved by a tenth of its sd: what a live watch does each minute.
#include <benchmark/benchmark.h>

#include <random>

#include "castner/assess/simulation.h"
#include "castner/assess/state.h"
#include "castner/base/check.h"
#include "castner/base/file.h"
#include "castner/plant_file/plant_file.h"
#include "tests/support/ipopt_reference.h"
#include "tests/support/root.h"

namespace castner::assess {
namespace {

struct Case {
  plant::Plant plant;
  std::vector<solve::Held> held;
  std::vector<solve::MeasuredValue> first, next;
  std::vector<double> start;
};

Case cell_room() {
  const std::string path = testing::root() + "/plants/cell_room/plant.toml";
  auto plant = plant_file::read_plant(read_file(path).value(), path);
  check(plant.has_value(), "the shipped plant can be read");
  Case c{std::move(*plant), {}, {}, {}, {}};
  const auto truth = simulate(c.plant).result;
  check(truth.report.status == solve::Status::converged, "the shipped plant can be simulated");
  c.start = truth.x;
  for (const auto& [variable, value] : c.plant.parameters) c.held.push_back({variable, value});
  std::mt19937_64 random(5);
  std::normal_distribution<double> normal;
  for (const auto& m : c.plant.measurements) {
    const double value = truth.x[static_cast<std::size_t>(m.variable)], sd = m.uncertainty.sd(value);
    const double seen = value + sd * normal(random);
    c.first.push_back({m.variable, seen, sd});
    c.next.push_back({m.variable, seen + 0.1 * sd * normal(random), sd});
  }
  return c;
}

void ours(benchmark::State& state, solve::ReconcileOptions options) {
  const Case c = cell_room();
  solve::Reconciler reconciler(*c.plant.flowsheet, c.held);
  const auto first = reconciler.reconcile(c.first, {}, c.start, {.covariance = false});
  int iterations = 0;
  for (auto _ : state) {
    const auto out = reconciler.reconcile(c.next, {}, first.x, options);
    iterations = out.report.iterations;
    if (out.report.status != solve::Status::converged) state.SkipWithError("not converged");
  }
  state.counters["iterations"] = iterations;
}
BENCHMARK_CAPTURE(ours, cell_room / estimates, {.covariance = false})->Unit(benchmark::kMicrosecond);
BENCHMARK_CAPTURE(ours, cell_room / with_uncertainty, {.eliminate = false})->Unit(benchmark::kMicrosecond);
BENCHMARK_CAPTURE(ours, cell_room / with_serial_elimination, {})->Unit(benchmark::kMicrosecond);

void ipopt(benchmark::State& state) {
  const Case c = cell_room();
  const auto first = testing::ipopt_reconcile(*c.plant.flowsheet, c.first, c.held, c.start);
  int iterations = 0;
  for (auto _ : state) {
    const auto out =
        testing::ipopt_reconcile(*c.plant.flowsheet, c.next, c.held, first.x, {.warm = &first, .tolerance = 1e-8});
    iterations = out.iterations;
    if (!out.solved) state.SkipWithError("not solved");
  }
  state.counters["iterations"] = iterations;
}
BENCHMARK(ipopt)->Name("ipopt/cell_room/warm")->Unit(benchmark::kMicrosecond);

void jacobian(benchmark::State& state) {
  const Case c = cell_room();
  std::vector<double> values(c.plant.flowsheet->jacobian_pattern().row.size());
  for (auto _ : state) benchmark::DoNotOptimize(c.plant.flowsheet->jacobian(c.start, values));
}
BENCHMARK(jacobian)->Name("cell_room/one exact Jacobian")->Unit(benchmark::kMicrosecond);

}  // namespace
}  // namespace castner::assess

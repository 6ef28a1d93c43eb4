// SPDX-License-Identifier: Apache-2.0
// What a row of 180 cells costs the estimator: healthy ones, and with five events open; and the plain control chart beside it.
#include <benchmark/benchmark.h>

#include <cmath>

#include "castner/cells/plain_cells_for_tests.h"

namespace castner::cells {
namespace {

void rows(benchmark::State& state, int sick) {
  PlainCells plain(180);
  CellWatch watch(plain.settings());
  plain.run(watch, 26.0);
  plain.fault = [&](int cell, double, double j) { return cell < sick ? 0.02e-3 * j : 0.0; };
  plain.run(watch, 1.0);
  std::vector<std::vector<double>> voltages;
  for (int k = 0; k < 64; ++k) {
    voltages.emplace_back(180);
    for (int i = 0; i < 180; ++i)
      voltages.back()[static_cast<std::size_t>(i)] =
          std::round((PlainCells::healthy(5e3) + plain.own[static_cast<std::size_t>(i)] +
                      plain.ohmic[static_cast<std::size_t>(i)] * 5e3 + (i < sick ? 0.1 : 0.0) + 1e-3 * plain.normal()) *
                     1e4) /
          1e4;
  }
  double time = plain.time;
  std::size_t k = 0;
  for (auto _ : state) {
    Scan row{.time = time += 10.0, .current = 5e3 * PlainCells::kArea, .voltage = 540.0};
    row.cells = voltages[k++ % voltages.size()];
    watch.step(row);
  }
  state.SetItemsProcessed(state.iterations() * 180);
}
void healthy_row(benchmark::State& state) { rows(state, 0); }
void row_with_five_sick_cells(benchmark::State& state) { rows(state, 5); }
BENCHMARK(healthy_row);
BENCHMARK(row_with_five_sick_cells);

/// The least that any chart does: each cell's deviation from the mean, standardised and cumulated.
void plain_cusum_row(benchmark::State& state) {
  std::vector<double> v(180, 3.0), mean(180, 0.0), up(180, 0.0), down(180, 0.0);
  for (auto _ : state) {
    double sum = 0.0;
    for (const double x : v) sum += x;
    for (std::size_t i = 0; i < v.size(); ++i) {
      const double z = (v[i] - sum / 180.0 - mean[i]) * 1e3;
      up[i] = std::max(0.0, up[i] + z - 0.5);
      down[i] = std::max(0.0, down[i] - z - 0.5);
    }
    benchmark::DoNotOptimize(up.data());
    benchmark::ClobberMemory();
  }
  state.SetItemsProcessed(state.iterations() * 180);
}
BENCHMARK(plain_cusum_row);

}  // namespace
}  // namespace castner::cells

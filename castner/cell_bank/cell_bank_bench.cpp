// SPDX-License-Identifier: Apache-2.0
// What a row of 180 cells costs: the bank alone, and a story with instruments.
#include <benchmark/benchmark.h>

#include <cmath>

#include "castner/cell_bank/story.h"

namespace castner::cell_bank {
namespace {

void bank_row(benchmark::State& state) {
  CellBank bank({}, 1);
  double time = 0.0;
  for (auto _ : state) {
    bank.step({.time = time, .current = 14542.0 + 50.0 * std::sin(time)});
    benchmark::DoNotOptimize(bank.voltages().data());
    time += 60.0;
  }
  state.SetItemsProcessed(state.iterations() * bank.cells());
}
BENCHMARK(bank_row);

void story_row(benchmark::State& state) {
  auto script = *story_script("three_in_a_month", 1);
  script.duration = kForever;
  Story story(script, 1);
  for (auto _ : state) benchmark::DoNotOptimize(story.next());
  state.SetItemsProcessed(state.iterations() * script.bank.cells);
}
BENCHMARK(story_row);

}  // namespace
}  // namespace castner::cell_bank

// SPDX-License-Identifier: Apache-2.0
// What a second of 10 000 cells costs: their newest readings taken from the store, rows, the estimator; and the picture of all of them.
#include <benchmark/benchmark.h>
#include <fmt/format.h>

#include <random>

#include "castner/base/manual_clock.h"
#include "castner/historian/memory_store.h"
#include "castner/service/live_cells.h"

namespace castner::service {
namespace {

constexpr int kElectrolysers = 50, kCellsOfEach = 200;

struct TenThousandCells {
  TenThousandCells() {
    std::string text = "[cell_room]\n";
    std::vector<std::string> names;
    for (int e = 0; e < kElectrolysers; ++e) {
      text += fmt::format(
          "[[electrolyser]]\nname = \"E{0}\"\ncells = {1}\ncell_area = \"2.7 m2\"\nvoltages = "
          "\"EI-{0}-{{001..{1}}}\"\ncurrent = \"II-{0}\"\n",
          e, kCellsOfEach);
      for (int i = 1; i <= kCellsOfEach; ++i) names.push_back(fmt::format("EI-{}-{:03}", e, i));
      names.push_back(fmt::format("II-{}", e));
      settings.push_back({.name = names.back(), .unit = "kA"});
    }
    std::vector<historian::TagName> tags;
    for (const auto& n : names) tags.push_back({n, n.starts_with("II") ? "kA" : "V"});
    ids = store.define_all(tags).value();
    const auto file = cell_room::read_cell_room(text, "cells.toml").value();
    if (!watcher.watch(file, text, settings, {})) std::abort();
  }
  /// A second passes; every tag reads.
  void write() {
    clock.advance(std::chrono::seconds(1));
    readings.clear();
    for (std::size_t i = 0; i < ids.size(); ++i) {
      const bool current = (i + 1) % (kCellsOfEach + 1) == 0;
      const double noise = 1e-3 * static_cast<double>(static_cast<int>(chance() % 2001) - 1000) / 577.0;
      readings.push_back(
          {ids[i], {.time = clock.now(), .value = current ? 13.5 : 3.0 + noise, .arrival = clock.now()}});
    }
    (void)store.append(readings);
  }
  ManualClock clock{Time(std::chrono::hours(24 * 365 * 50))};
  historian::MemoryStore store;
  CellWatcher watcher{store, clock, {.look = std::chrono::hours(1000)}};
  std::vector<sources::TagSettings> settings;
  std::vector<historian::TagId> ids;
  std::vector<historian::TaggedReading> readings;
  std::mt19937 chance{1};
};

/// Looks at what is new, judges and publishes the picture, which a server does every fifth second.
void a_second_of_ten_thousand_cells(benchmark::State& state) {
  TenThousandCells cells;
  for (auto _ : state) {
    state.PauseTiming();
    cells.write();
    state.ResumeTiming();
    benchmark::DoNotOptimize(cells.watcher.look_now());
  }
  state.SetItemsProcessed(state.iterations() * kElectrolysers * kCellsOfEach);
}
BENCHMARK(a_second_of_ten_thousand_cells)->Unit(benchmark::kMillisecond)->Iterations(1800);

}  // namespace
}  // namespace castner::service

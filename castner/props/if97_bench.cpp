// SPDX-License-Identifier: Apache-2.0
// IF97 on 1024 random states of its regions, seed fixed: ours, with derivatives too, and beside it CoolProp's IF97 header
// where -DCASTNER_PEER_IF97=FOLDER names the folder that holds IF97.h. One item is one property at one state.
#include <benchmark/benchmark.h>

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <random>
#include <vector>

#include "castner/numerics/scalar.h"
#include "castner/props/water_if97.h"

#ifdef CASTNER_PEER_IF97
#include <IF97.h>
#endif

namespace castner::props {
namespace {

constexpr std::size_t kStates = 1024;

struct States {
  std::vector<WaterState<double>> liquid, vapour;
};
/// The plant's part of the regions: condensate and cooling water to 200 degC, steam and vapour to 450 degC and 2 MPa.
const States& states() {
  static const States all = [] {
    std::mt19937 generator(97);
    std::uniform_real_distribution<double> unit(0.0, 1.0);
    States s;
    for (std::size_t k = 0; k < kStates; ++k) {
      const double t1 = 275.0 + 198.0 * unit(generator), p1 = pressure_sat_water(t1) * 1.01;
      s.liquid.push_back({.temperature = t1, .pressure = p1 + (10e6 - p1) * unit(generator)});
      const double p2 = 1e3 * std::pow(2000.0, unit(generator)), t2 = temperature_sat_water(p2) + 0.01;
      s.vapour.push_back({.temperature = t2 + (723.0 - t2) * unit(generator), .pressure = p2});
    }
    return s;
  }();
  return all;
}

template <class F>
void over(benchmark::State& bench, const std::vector<WaterState<double>>& at, F f) {
  for (auto _ : bench)
    for (const auto& s : at) benchmark::DoNotOptimize(f(s));
  bench.SetItemsProcessed(static_cast<int64_t>(bench.iterations()) * static_cast<int64_t>(at.size()));
}

/// Under callgrind one pass is enough, and its calls are then known: tools/bench_if97_instructions.py sets the variable.
void passes(benchmark::internal::Benchmark* b) {
  if (std::getenv("CASTNER_ONE_PASS") == nullptr) return;
  b->Iterations(1);
  states();  // made before anything is counted
}

WaterState<Dual1> seeded(const WaterState<double>& s) {
  return {.temperature = Dual1::seed(s.temperature, 0), .pressure = Dual1::seed(s.pressure, 1)};
}

void enth_liq_castner(benchmark::State& b) {
  over(b, states().liquid, [](const auto& s) { return enth_mass_liq_water(s); });
}
void enth_vap_castner(benchmark::State& b) {
  over(b, states().vapour, [](const auto& s) { return enth_mass_vap_water(s); });
}
void pressure_sat_castner(benchmark::State& b) {
  over(b, states().liquid, [](const auto& s) { return pressure_sat_water(s.temperature); });
}
void temperature_sat_castner(benchmark::State& b) {
  over(b, states().vapour, [](const auto& s) { return temperature_sat_water(s.pressure); });
}
void enth_liq_castner_derivatives(benchmark::State& b) {
  over(b, states().liquid, [](const auto& s) { return enth_mass_liq_water(seeded(s)); });
}
void enth_vap_castner_derivatives(benchmark::State& b) {
  over(b, states().vapour, [](const auto& s) { return enth_mass_vap_water(seeded(s)); });
}
BENCHMARK(enth_liq_castner)->Apply(passes);
BENCHMARK(enth_vap_castner)->Apply(passes);
BENCHMARK(pressure_sat_castner)->Apply(passes);
BENCHMARK(temperature_sat_castner)->Apply(passes);
BENCHMARK(enth_liq_castner_derivatives)->Apply(passes);
BENCHMARK(enth_vap_castner_derivatives)->Apply(passes);

#ifdef CASTNER_PEER_IF97
// The peer's region objects called directly: no choice of region, as ours.
const IF97::Region1 peer_liquid;
const IF97::Region2 peer_vapour;
void enth_liq_coolprop(benchmark::State& b) {
  over(b, states().liquid, [](const auto& s) { return peer_liquid.hmass(s.temperature, s.pressure); });
}
void enth_vap_coolprop(benchmark::State& b) {
  over(b, states().vapour, [](const auto& s) { return peer_vapour.hmass(s.temperature, s.pressure); });
}
void pressure_sat_coolprop(benchmark::State& b) {
  over(b, states().liquid, [](const auto& s) { return IF97::psat97(s.temperature); });
}
void temperature_sat_coolprop(benchmark::State& b) {
  over(b, states().vapour, [](const auto& s) { return IF97::Tsat97(s.pressure); });
}
BENCHMARK(enth_liq_coolprop)->Apply(passes);
BENCHMARK(enth_vap_coolprop)->Apply(passes);
BENCHMARK(pressure_sat_coolprop)->Apply(passes);
BENCHMARK(temperature_sat_coolprop)->Apply(passes);
#endif

}  // namespace
}  // namespace castner::props

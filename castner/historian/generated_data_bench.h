// SPDX-License-Identifier: Apache-2.0
/// Two data sets that anyone can make again: integer random walks of servers, and cell voltages at 0.1 mV.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <random>
#include <unordered_map>
#include <vector>

#include "castner/historian/store.h"

namespace castner::historian {

struct GeneratedSet {
  std::vector<Time> times;                  ///< the same for every tag
  std::vector<std::vector<double>> values;  ///< by tag, then by time
  double step = 1.0;                        ///< every value is an integer multiple of it
  std::size_t readings() const { return times.size() * values.size(); }
};

inline std::vector<Time> regular_times(std::size_t n, std::chrono::seconds every) {
  std::vector<Time> t;
  for (std::size_t k = 0; k < n; ++k)
    t.push_back(Time(std::chrono::seconds(1'704'067'200) + every * static_cast<int>(k)));
  return t;
}

/// In the shape of TSBS's "cpu-only": ten integers from 0 to 100 a host, each a random walk, every 10 s; shown truncated.
inline GeneratedSet host_walks(std::size_t hosts, std::size_t steps) {
  std::uint64_t s = 123;
  const auto uniform = [&] {  // xorshift64, so that the same numbers come everywhere
    s ^= s << 13;
    s ^= s >> 7;
    s ^= s << 17;
    return static_cast<double>(s >> 11) * 0x1p-53;
  };
  GeneratedSet set{regular_times(steps, std::chrono::seconds(10)), std::vector<std::vector<double>>(hosts * 10)};
  std::vector<double> x(hosts * 10);
  for (auto& v : x) v = uniform() * 100;
  for (std::size_t k = 0; k < steps; ++k)
    for (std::size_t i = 0; i < x.size(); ++i) {
      x[i] = std::clamp(x[i] + (uniform() + uniform() + uniform() + uniform() - 2) * 1.7, 0.0, 100.0);
      set.values[i].push_back(std::trunc(x[i]));
    }
  return set;
}

/// Cells of about 3 V every second, read at 0.1 mV: noise of 2 mV (sd), and a drift of about 1 mV an hour, each cell its own.
inline GeneratedSet cell_voltages(std::size_t cells, std::size_t steps) {
  std::mt19937_64 random(20'261'123);
  std::normal_distribution<double> noise(0.0, 0.002), level(3.0, 0.05), drift(0.0, 1e-3 / 3600);
  GeneratedSet set{regular_times(steps, std::chrono::seconds(1)), std::vector<std::vector<double>>(cells), 1e-4};
  for (auto& values : set.values) {
    const double start = level(random), slope = drift(random);
    values.reserve(steps);
    for (std::size_t k = 0; k < steps; ++k)
      values.push_back(std::round((start + slope * static_cast<double>(k) + noise(random)) * 1e4) / 1e4);
  }
  return set;
}

/// Zero-order entropy of the differences of neighbours, mean over tags [bytes a reading].
inline double entropy(const GeneratedSet& set) {
  double bits = 0;
  for (const auto& values : set.values) {
    std::unordered_map<std::int64_t, double> count;
    for (std::size_t i = 1; i < values.size(); ++i)
      ++count[std::llround(values[i] / set.step) - std::llround(values[i - 1] / set.step)];
    const auto n = static_cast<double>(values.size() - 1);
    for (const auto& [difference, times] : count) bits -= times / n * std::log2(times / n);
  }
  return bits / 8 / static_cast<double>(set.values.size());
}

}  // namespace castner::historian

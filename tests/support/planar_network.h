// SPDX-License-Identifier: Apache-2.0
/// A planar network of pipes of any size with known true flows, the same from the same seed here and in
/// tools/bench_scipy.py.
#pragma once

#include <cmath>
#include <cstdint>
#include <vector>

#include "castner/solve/reconcile.h"
#include "tests/support/linear_network.h"

namespace castner::testing {

/// Knuth's linear congruential generator: two lines in any language.
class Lcg {
 public:
  explicit Lcg(std::uint64_t seed) : state_(seed) {}
  double uniform() {
    state_ = state_ * 6364136223846793005u + 1442695040888963407u;
    return static_cast<double>(state_ >> 11) * 0x1p-53;
  }
  /// Normal enough: twelve uniforms.
  double normal() {
    double sum = -6.0;
    for (int i = 0; i < 12; ++i) sum += uniform();
    return sum;
  }

 private:
  std::uint64_t state_;
};

struct PlanarNetwork {
  LinearNetwork system;
  std::vector<double> truth;
  std::vector<solve::MeasuredValue> readings;  ///< of every stream
  std::vector<int> biased;                     ///< readings that were falsified by 10 sd
};

/// A grid of nodes, each with a stream to its four neighbours; at the rim streams come from and go to outside.
/// 2 rows columns + rows + columns streams. Flows are differences of a random stream function, so they balance.
/// @param biases  how many readings are falsified
inline PlanarNetwork planar_network(int rows, int columns, std::uint64_t seed, int biases) {
  Lcg random(seed);
  const auto width = static_cast<std::size_t>(columns) + 1;
  std::vector<double> psi((static_cast<std::size_t>(rows) + 1) * width);
  for (double& v : psi) v = 100.0 * random.uniform();
  const auto corner = [&](int i, int j) {
    return psi[static_cast<std::size_t>(i) * width + static_cast<std::size_t>(j)];
  };
  const auto node = [&](int i, int j) { return i < 0 || j < 0 || i >= rows || j >= columns ? -1 : i * columns + j; };
  std::vector<LinearNetwork::Entry> entries;
  std::vector<double> truth;
  const auto pipe = [&](int from, int to, double flow) {
    const int s = static_cast<int>(truth.size());
    if (flow < 0.0) std::swap(from, to);
    if (to >= 0) entries.push_back({to, s, 1.0});
    if (from >= 0) entries.push_back({from, s, -1.0});
    truth.push_back(std::abs(flow));
  };
  for (int i = 0; i < rows; ++i)
    for (int j = 0; j <= columns; ++j) pipe(node(i, j - 1), node(i, j), corner(i + 1, j) - corner(i, j));
  for (int i = 0; i <= rows; ++i)
    for (int j = 0; j < columns; ++j) pipe(node(i - 1, j), node(i, j), corner(i, j) - corner(i, j + 1));
  const int streams = static_cast<int>(truth.size());
  PlanarNetwork n{LinearNetwork(rows * columns, streams, entries), truth, {}, {}};
  for (int s = 0; s < streams; ++s) {
    const double flow = truth[static_cast<std::size_t>(s)], sd = 0.02 * flow + 0.2;
    n.readings.push_back({s, flow + sd * random.normal(), sd});
    n.system.variable(s).nominal = 30.0;
  }
  for (int k = 0; k < biases; ++k) {
    int s = static_cast<int>((2 * k + 1) * static_cast<long>(streams) / (2 * biases));
    // A small stream among large ones cannot be checked by them: take the next large one.
    while (truth[static_cast<std::size_t>(s)] < 50.0) s = (s + 1) % streams;
    n.readings[static_cast<std::size_t>(s)].value += 10.0 * n.readings[static_cast<std::size_t>(s)].sd;
    n.biased.push_back(s);
  }
  for (int i = 0; i < rows * columns; ++i) n.system.set_size(i, 30.0);
  return n;
}

}  // namespace castner::testing

// SPDX-License-Identifier: Apache-2.0
// The cell room's equations for a program in another language: it writes x, reads residuals or the exact Jacobian. So that
// SciPy is measured on the same problem with the same derivatives (tools/bench_scipy.py).
//
// First a line of JSON (the problem); then, for ever: a byte 'r' or 'j' and x as doubles in; doubles out, residuals, or the
// Jacobian's values in the order of the pattern.
#include <cstdio>
#include <iostream>
#include <nlohmann/json.hpp>

#include "tests/support/cell_room.h"
#include "tests/support/root.h"

int main() {
  const auto room = castner::testing::cell_room(castner::testing::root());
  const auto& system = room.system();
  const std::size_t n = system.variables().size(), m = system.equations().size();
  nlohmann::json problem;
  for (const auto& v : system.variables()) problem["nominal"].push_back(v.nominal);
  for (const double size : system.residual_sizes()) problem["size"].push_back(size);
  for (const auto& h : room.held) problem["held"].push_back(h.variable);
  for (const unsigned seed : {1u, 2u})
    for (const auto& r : room.readings(seed)) {
      const std::string key = "readings_" + std::to_string(seed);
      problem[key]["variable"].push_back(r.variable);
      problem[key]["value"].push_back(r.value);
      problem[key]["sd"].push_back(r.sd);
    }
  problem["start"] = room.truth;
  const auto& pattern = system.jacobian_pattern();
  problem["pattern"] = {{"start", pattern.start}, {"row", pattern.row}};
  std::cout << problem.dump() << std::endl;

  std::vector<double> x(n), r(m), values(pattern.row.size());
  const auto answer = [](const std::vector<double>& v) {
    std::fwrite(v.data(), sizeof(double), v.size(), stdout);
    std::fflush(stdout);
  };
  for (int what = std::getchar(); what != EOF; what = std::getchar()) {
    if (std::fread(x.data(), sizeof(double), n, stdin) != n) return 1;
    if (!(what == 'r' ? system.residual(x, r) : system.jacobian(x, values))) {
      std::fill(r.begin(), r.end(), 1e30);
      std::fill(values.begin(), values.end(), 0.0);
    }
    answer(what == 'r' ? r : values);
  }
}

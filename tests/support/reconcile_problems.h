// SPDX-License-Identifier: Apache-2.0
/// The published nonlinear reconciliation problems of tests/validation/reconciliation/nonlinear.json.
#pragma once

#include <algorithm>
#include <cmath>
#include <memory>
#include <string>
#include <vector>

#include "castner/solve/reconcile.h"
#include "tests/support/published_networks.h"
#include "tests/support/textbook_system.h"

namespace castner::testing {

struct ReconcileProblem {
  std::string name;
  std::unique_ptr<EquationSystem> system;
  std::vector<solve::MeasuredValue> readings;
  std::vector<solve::Held> held;
  std::vector<double> start;
};

template <class Function>
ReconcileProblem textbook_problem(std::string name, std::vector<double> start, std::size_t equations,
                                  Function function) {
  ReconcileProblem p{std::move(name), nullptr, {}, {}, start};
  p.system =
      std::make_unique<TextbookSystem<Function>>(numbered(start), numbered_equations(equations), std::move(function));
  return p;
}

inline ReconcileProblem pai_fisher() {
  const auto f = validation_json("nonlinear.json")["pai_fisher_1988"];
  auto start = f["measured"].get<std::vector<double>>();
  for (const double v : f["unmeasured_start"]) start.push_back(v);
  auto p = textbook_problem("Pai and Fisher 1988", start, 6, [](auto x, auto r) {
    const auto &x1 = x[0], &x2 = x[1], &x3 = x[2], &x4 = x[3], &x5 = x[4], &v1 = x[5], &v2 = x[6], &v3 = x[7];
    if (value_of(v3) <= 0.0) return false;
    r[0] = 0.5 * x1 * x1 - 0.7 * x2 + x3 * v1 + x2 * x2 * v1 * v2 + 2.0 * x3 * v3 * v3 - 255.8;
    r[1] = x1 - 2.0 * x2 + 3.0 * x1 * x3 - 2.0 * x2 * v1 - x2 * v2 * v3 + 111.2;
    r[2] = x3 * v1 - x1 + 3.0 * x2 + x1 * v2 - x3 * sqrt(v3) - 33.57;
    r[3] = x4 - x1 - x3 * x3 + v2 + 3.0 * v3;
    r[4] = x5 - 2.0 * x3 * v2 * v3;
    r[5] = 2.0 * x1 + x2 * x3 * v1 + v2 - v3 - 126.6;
    return true;
  });
  for (int i = 0; i < 5; ++i)
    p.readings.push_back({i, start[static_cast<std::size_t>(i)], f["sd"][static_cast<std::size_t>(i)]});
  return p;
}

/// y = t1 t2^2 t3 x1 x2^2/(1 + t1 x1 + t2 x2)^3 at 28 runs, errors in x1, x2 and y; t unknown.
inline ReconcileProblem rod_hancil() {
  const auto f = validation_json("nonlinear.json")["rod_hancil_1980"];
  std::vector<double> start;
  for (const char* key : {"x1", "x2", "y", "start"})
    for (const double v : f[key]) start.push_back(v);
  const std::size_t n = f["y"].size();
  auto p = textbook_problem("Rod and Hancil 1980", start, n, [n](auto x, auto r) {
    const auto &t1 = x[3 * n], &t2 = x[3 * n + 1], &t3 = x[3 * n + 2];
    for (std::size_t i = 0; i < n; ++i) {
      const auto d = 1.0 + t1 * x[i] + t2 * x[n + i];
      r[i] = x[2 * n + i] - t1 * t2 * t2 * t3 * x[i] * x[n + i] * x[n + i] / (d * d * d);
    }
    return true;
  });
  for (std::size_t i = 0; i < 3 * n; ++i)
    p.readings.push_back({static_cast<int>(i), start[i], f[i < 2 * n ? "sd_x" : "sd_y"]});
  return p;
}

/// Flows, then mass fractions stream by stream; component balances of every node, fractions of every stream add to one.
inline ReconcileProblem multicomponent(const std::string& key, const std::string& name, bool all_fractions) {
  const auto f = validation_json("nonlinear.json")[key];
  const auto flow = f["flow_start"].get<std::vector<double>>();
  const auto percent = f["percent"].get<std::vector<std::vector<double>>>();
  const std::size_t streams = flow.size(), components = percent.size();
  std::vector<std::vector<double>> incidence;
  for (const auto& node : f["nodes"]) {
    incidence.emplace_back(streams, 0.0);
    for (const std::size_t s : node["in"]) incidence.back()[s - 1] = 1.0;
    for (const std::size_t s : node["out"]) incidence.back()[s - 1] = -1.0;
  }
  std::vector<double> start = flow;
  for (std::size_t s = 0; s < streams; ++s)
    for (std::size_t c = 0; c < components; ++c) start.push_back(std::max(percent[c][s] / 100.0, 1e-5));
  const std::size_t nodes = incidence.size();
  auto p = textbook_problem(name, start, nodes * components + streams, [=](auto x, auto r) {
    for (std::size_t n = 0; n < nodes; ++n)
      for (std::size_t c = 0; c < components; ++c) {
        r[n * components + c] = 0.0;
        for (std::size_t s = 0; s < streams; ++s)
          if (incidence[n][s] != 0.0) r[n * components + c] += incidence[n][s] * x[s] * x[streams + s * components + c];
      }
    for (std::size_t s = 0; s < streams; ++s) {
      r[nodes * components + s] = -1.0;
      for (std::size_t c = 0; c < components; ++c) r[nodes * components + s] += x[streams + s * components + c];
    }
    return true;
  });
  if (f.contains("flow")) {
    for (std::size_t s = 0; s < streams; ++s)
      if (!f["flow"][s].is_null())
        p.readings.push_back({static_cast<int>(s), f["flow"][s], 0.01 * f["flow"][s].get<double>()});
  } else {
    p.held.push_back({0, flow[0]});
  }
  for (std::size_t s = 0; s < streams; ++s)
    for (std::size_t c = 0; c + (all_fractions ? 0 : 1) < components; ++c) {
      const double w = percent[c][s] / 100.0;
      p.readings.push_back({static_cast<int>(streams + s * components + c), w, std::max(0.01 * w, 1e-4)});
    }
  return p;
}

/// A heat-exchanger network measured up to twenty times; four UA common to all sets.
inline ReconcileProblem biegler_tjoa(std::size_t first_sets) {
  const auto f = validation_json("nonlinear.json")["biegler_tjoa_1993"];
  auto sets = f["sets"].get<std::vector<std::vector<double>>>();
  sets.resize(first_sets);
  const auto columns = f["columns"].get<std::vector<std::string>>();
  std::vector<double> start;
  for (const auto& set : sets) start.insert(start.end(), set.begin(), set.end());
  for (const double v : f["start_ua"]) start.push_back(v);
  const std::size_t n = sets.size(), width = columns.size();
  std::vector<std::size_t> at;
  for (const char* name : {"FA1", "FA3", "FA6", "FB1", "FC1", "FD1", "TA1", "TA2", "TA3", "TA4", "TA5",
                           "TA6", "TA7", "TA8", "TB1", "TB2", "TB3", "TC1", "TC2", "TD1", "TD2"})
    at.push_back(static_cast<std::size_t>(std::find(columns.begin(), columns.end(), name) - columns.begin()));
  auto p = textbook_problem("Biegler and Tjoa 1993", start, 10 * n, [=](auto x, auto r) {
    bool possible = true;
    const auto mean_difference = [&](const auto& a, const auto& b) {  // logarithmic, smooth where both are equal
      if (value_of(a) <= 0.0 || value_of(b) <= 0.0) possible = false;
      return possible && std::abs(value_of(a) - value_of(b)) > 1e-4 * value_of(a) ? (a - b) / log(a / b)
                                                                                  : (a + b + 4.0 * sqrt(a * b)) / 6.0;
    };
    for (std::size_t k = 0; k < n && possible; ++k) {
      const auto v = [&](std::size_t i) { return x[k * width + at[i]]; };
      const auto FA1 = v(0), FA3 = v(1), FA6 = v(2), FB1 = v(3), FC1 = v(4), FD1 = v(5), TA1 = v(6), TA2 = v(7),
                 TA3 = v(8), TA4 = v(9), TA5 = v(10), TA6 = v(11), TA7 = v(12), TA8 = v(13), TB1 = v(14), TB2 = v(15),
                 TB3 = v(16), TC1 = v(17), TC2 = v(18), TD1 = v(19), TD2 = v(20);
      const auto* ua = &x[n * width];
      auto e = r.subspan(10 * k, 10);
      e[0] = FA1 - FA3 - FA6;
      e[1] = FA1 * (TA2 - TA1) - FB1 * (TB2 - TB3);
      e[2] = FA3 * (TA4 - TA3) - FB1 * (TB1 - TB2);
      e[3] = FA3 * (TA5 - TA4) - FC1 * (TC1 - TC2);
      e[4] = FA6 * (TA7 - TA6) - FD1 * (TD1 - TD2);
      e[5] = FA1 * TA8 - FA3 * TA5 - FA6 * TA7;
      e[6] = ua[0] * mean_difference(TB2 - TA2, TB3 - TA1) - FB1 * (TB2 - TB3);
      e[7] = ua[1] * mean_difference(TB1 - TA4, TB2 - TA3) - FB1 * (TB1 - TB2);
      e[8] = ua[2] * mean_difference(TC1 - TA5, TC2 - TA4) - FC1 * (TC1 - TC2);
      e[9] = ua[3] * mean_difference(TD1 - TA7, TD2 - TA6) - FD1 * (TD1 - TD2);
    }
    return possible;
  });
  for (std::size_t k = 0; k < n; ++k)
    for (std::size_t i = 0; i < width; ++i)
      if (columns[i] != "TA3" && columns[i] != "TA6")
        p.readings.push_back({static_cast<int>(k * width + i), sets[k][i], columns[i][0] == 'F' ? 0.5 : 0.01});
  return p;
}

inline std::vector<ReconcileProblem> nonlinear_problems() {
  std::vector<ReconcileProblem> all;
  all.push_back(pai_fisher());
  all.push_back(rod_hancil());
  all.push_back(multicomponent("rao_narasimhan_1996_1", "Rao and Narasimhan 1996, 1", true));
  all.push_back(multicomponent("rao_narasimhan_1996_2", "Rao and Narasimhan 1996, 2", false));
  all.push_back(biegler_tjoa(5));
  return all;
}

}  // namespace castner::testing

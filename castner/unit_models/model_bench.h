// SPDX-License-Identifier: Apache-2.0
/// A bench for one unit model in a test: connect it, fix what is known, solve for the rest.
#pragma once

#include <gtest/gtest.h>

#include <cmath>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "castner/plant/model.h"
#include "castner/unit_models/models.h"

namespace castner::unit_models {

class ModelBench {
 public:
  struct Connection {
    std::string port;
    bool inlet;
    plant::Contents contents;
  };

  ModelBench(const std::string& model, const std::vector<Connection>& connections,
             const std::map<std::string, double>& constants = {}) {
    const plant::ModelInfo* info = model_named(model);
    plant::UnitSpec spec{.name = "U", .ports = {}, .constants = {}};
    for (const auto& c : connections) spec.ports.push_back({c.port, c.inlet, "S_" + c.port, c.contents});
    for (const auto& p : info->parameters)
      if (p.kind == plant::ParameterInfo::Kind::constant && p.default_value) spec.constants[p.name] = *p.default_value;
    for (const auto& [name, value] : constants) spec.constants[name] = value;
    auto made = info->make(spec);
    if (!made) problems = made.error().text();
    if (!made) return;
    unit = std::move(*made);
    for (const auto& v : unit->variables()) x.push_back(v.start);
    held.assign(x.size(), false);
    for (const auto& c : connections) (c.inlet ? inlets : outlets).push_back(at(c.port + ".flow_mass"));
  }

  std::size_t at(const std::string& name) const {
    const auto v = unit->variables();
    for (std::size_t i = 0; i < v.size(); ++i)
      if (v[i].name == name) return i;
    ADD_FAILURE() << "no variable " << name;
    return 0;
  }
  double& operator[](const std::string& name) { return x[at(name)]; }
  void hold(const std::string& name, double value) { x[at(name)] = value, held[at(name)] = true; }

  std::vector<double> residual() const {
    std::vector<double> r(unit->equations().size());
    EXPECT_TRUE(unit->residual(std::span<const double>(x), std::span<double>(r)));
    return r;
  }

  /// Row-major derivatives of every equation by every variable, exact.
  std::vector<double> jacobian() const {
    const std::size_t n = x.size(), m = unit->equations().size();
    std::vector<double> j(m * n);
    std::vector<Dual1> xd(n), rd(m);
    for (std::size_t from = 0; from < n; from += 8) {
      for (std::size_t i = 0; i < n; ++i)
        xd[i] = i >= from && i < from + 8 ? Dual1::seed(x[i], static_cast<int>(i - from)) : Dual1(x[i]);
      EXPECT_TRUE(unit->residual(std::span<const Dual1>(xd), std::span<Dual1>(rd)));
      for (std::size_t e = 0; e < m; ++e)
        for (std::size_t k = 0; k < 8 && from + k < n; ++k) j[e * n + from + k] = rd[e].v[k];
    }
    return j;
  }

  /// Initialises, keeping what is held, then Newton with halved steps. Returns the iterations, or -1.
  int solve() {
    std::vector<double> first = x;
    unit->initialise(first);
    for (std::size_t i = 0; i < x.size(); ++i)
      if (!held[i] && std::isfinite(first[i])) x[i] = first[i];
    std::vector<std::size_t> open;
    for (std::size_t i = 0; i < x.size(); ++i)
      if (!held[i]) open.push_back(i);
    const std::size_t m = unit->equations().size();
    EXPECT_EQ(open.size(), m) << "free variables and equations of the bench";
    if (open.size() != m) return -1;
    for (int iteration = 0; iteration < 60; ++iteration) {
      if (norm(x) < 1e-11) return iteration;
      const auto step = newton_step(open);
      double factor = 1.0;
      const double before = norm(x);
      std::vector<double> next;
      for (; factor > 1e-6; factor /= 2) {
        next = x;
        for (std::size_t k = 0; k < m; ++k) next[open[k]] -= factor * step[k];
        if (norm(next) < before || before < 1e-9) break;
      }
      if (factor <= 1e-6) return before < 1e-9 ? iteration : -1;
      x = next;
    }
    return -1;
  }

  std::unique_ptr<plant::Unit> unit;
  std::string problems;
  std::vector<double> x;
  std::vector<bool> held;
  std::vector<std::size_t> inlets, outlets;  ///< their flow_mass

 private:
  double norm(const std::vector<double>& at_x) const {
    const auto equations = unit->equations();
    std::vector<double> r(equations.size());
    if (!unit->residual(std::span<const double>(at_x), std::span<double>(r))) return INFINITY;
    double worst = 0.0;
    for (std::size_t e = 0; e < r.size(); ++e) worst = std::max(worst, std::abs(r[e]) / equations[e].size);
    return worst;
  }

  /// Gauss with row exchange on the free columns.
  std::vector<double> newton_step(const std::vector<std::size_t>& open) const {
    const std::size_t m = open.size(), n = x.size();
    const auto j = jacobian();
    auto r = residual();
    std::vector<double> a(m * m);
    for (std::size_t e = 0; e < m; ++e) {
      const double size = unit->equations()[e].size;
      for (std::size_t k = 0; k < m; ++k) a[e * m + k] = j[e * n + open[k]] / size;
      r[e] /= size;
    }
    for (std::size_t c = 0; c < m; ++c) {
      std::size_t pivot = c;
      for (std::size_t e = c; e < m; ++e)
        if (std::abs(a[e * m + c]) > std::abs(a[pivot * m + c])) pivot = e;
      EXPECT_NE(a[pivot * m + c], 0.0) << "singular: " << unit->variables()[open[c]].name;
      for (std::size_t k = 0; k < m; ++k) std::swap(a[c * m + k], a[pivot * m + k]);
      std::swap(r[c], r[pivot]);
      for (std::size_t e = 0; e < m; ++e) {
        if (e == c) continue;
        const double f = a[e * m + c] / a[c * m + c];
        if (f == 0.0) continue;
        for (std::size_t k = c; k < m; ++k) a[e * m + k] -= f * a[c * m + k];
        r[e] -= f * r[c];
      }
    }
    for (std::size_t c = 0; c < m; ++c) r[c] /= a[c * m + c];
    return r;
  }
};

}  // namespace castner::unit_models

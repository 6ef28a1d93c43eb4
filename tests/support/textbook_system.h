// SPDX-License-Identifier: Apache-2.0
/// Ten lines of mathematics as an EquationSystem: a generic lambda and its variables; derivatives by Dual.
#pragma once

#include <cmath>
#include <string>
#include <utility>
#include <vector>

#include "castner/numerics/dual.h"
#include "castner/numerics/equation_system.h"

namespace castner::testing {

/// Function: bool f(std::span<const T> x, std::span<T> r) for any scalar T. Small systems only: one column at a time.
template <class Function>
class TextbookSystem final : public EquationSystem {
 public:
  TextbookSystem(std::vector<Variable> variables, std::vector<std::string> equations, Function function)
      : variables_(std::move(variables)),
        equations_(std::move(equations)),
        sizes_(equations_.size(), 1.0),
        function_(std::move(function)) {
    find_patterns();
  }
  void set_sizes(std::vector<double> sizes) { sizes_ = std::move(sizes); }
  void set_nominal(int i, double nominal) { variables_[static_cast<std::size_t>(i)].nominal = nominal; }
  void set_bounds(int i, double low, double high) {
    variables_[static_cast<std::size_t>(i)].low = low;
    variables_[static_cast<std::size_t>(i)].high = high;
  }

  std::span<const Variable> variables() const override { return variables_; }
  std::span<const std::string> equations() const override { return equations_; }
  std::span<const double> residual_sizes() const override { return sizes_; }
  bool residual(std::span<const double> x, std::span<double> r) const override { return function_(x, r); }
  const SparsePattern& jacobian_pattern() const override { return jacobian_; }
  const SparsePattern& hessian_pattern() const override { return hessian_; }

  bool jacobian(std::span<const double> x, std::span<double> values) const override {
    std::vector<First> r;
    for (std::size_t c = 0; c < variables_.size(); ++c) {
      if (!sweep(x, c, 1.0, r)) return false;
      for (const auto [row, k] : jacobian_.column(c)) values[k] = r[row].v[0];
    }
    return true;
  }
  bool hessian(std::span<const double> x, std::span<const double> multipliers,
               std::span<double> values) const override {
    std::vector<Second> r;
    for (std::size_t c = 0; c < variables_.size(); ++c)
      for (const auto [row, k] : hessian_.column(c)) {
        if (!sweep(x, row, c, 1.0, r)) return false;
        values[k] = 0.0;
        for (std::size_t e = 0; e < r.size(); ++e) values[k] += multipliers[e] * r[e].v[0].v[0];
      }
    return true;
  }

 private:
  using First = Dual<double, 1>;
  using Second = Dual<First, 1>;

  bool sweep(std::span<const double> x, std::size_t column, double seed, std::vector<First>& r) const {
    std::vector<First> y(x.begin(), x.end());
    y[column].v[0] = seed;
    r.assign(equations_.size(), First());
    return function_(std::span<const First>(y), std::span<First>(r));
  }
  bool sweep(std::span<const double> x, std::size_t i, std::size_t j, double seed, std::vector<Second>& r) const {
    std::vector<Second> y(x.size());
    for (std::size_t k = 0; k < x.size(); ++k) y[k] = Second(First(x[k]));
    y[j].a.v[0] = seed;
    y[i].v[0].a = 1.0;
    r.assign(equations_.size(), Second());
    return function_(std::span<const Second>(y), std::span<Second>(r));
  }
  /// A derivative seeded with NaN reaches exactly what depends on it.
  void find_patterns() {
    const int n = static_cast<int>(variables_.size()), m = static_cast<int>(equations_.size());
    std::vector<double> x;
    for (const auto& v : variables_) x.push_back(v.start);
    std::vector<std::pair<int, int>> first, second;
    std::vector<First> r1;
    std::vector<Second> r2;
    for (int c = 0; c < n; ++c) {
      sweep(x, static_cast<std::size_t>(c), std::nan(""), r1);
      for (int e = 0; e < m; ++e)
        if (std::isnan(r1[static_cast<std::size_t>(e)].v[0])) first.emplace_back(e, c);
      for (int i = c; i < n; ++i) {
        sweep(x, static_cast<std::size_t>(i), static_cast<std::size_t>(c), std::nan(""), r2);
        for (const auto& v : r2)
          if (std::isnan(v.v[0].v[0])) {
            second.emplace_back(i, c);
            break;
          }
      }
    }
    jacobian_ = make_pattern(m, n, first);
    hessian_ = make_pattern(n, n, second);
  }

  std::vector<Variable> variables_;
  std::vector<std::string> equations_;
  std::vector<double> sizes_;
  Function function_;
  SparsePattern jacobian_, hessian_;
};

/// Free variables named x1 ... xn, started at the values given.
inline std::vector<Variable> numbered(const std::vector<double>& start, const std::string& letter = "x") {
  std::vector<Variable> v;
  for (std::size_t i = 0; i < start.size(); ++i)
    v.push_back(
        {.name = letter + std::to_string(i + 1), .nominal = std::max(std::abs(start[i]), 1e-3), .start = start[i]});
  return v;
}
inline std::vector<std::string> numbered_equations(std::size_t n) {
  std::vector<std::string> e;
  for (std::size_t i = 0; i < n; ++i) e.push_back("e" + std::to_string(i + 1));
  return e;
}

}  // namespace castner::testing

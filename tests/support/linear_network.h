// SPDX-License-Identifier: Apache-2.0
/// A network of flows as an EquationSystem: A x = b with a constant sparse matrix.
#pragma once

#include <algorithm>
#include <cmath>
#include <string>
#include <utility>
#include <vector>

#include "castner/numerics/equation_system.h"

namespace castner::testing {

class LinearNetwork final : public EquationSystem {
 public:
  /// One entry of A.
  struct Entry {
    int row, column;
    double value;
  };

  LinearNetwork(int rows, int columns, const std::vector<Entry>& entries, std::vector<double> b = {})
      : b_(std::move(b)), sizes_(static_cast<std::size_t>(rows), 1.0) {
    b_.resize(static_cast<std::size_t>(rows), 0.0);
    std::vector<std::pair<int, int>> places;
    for (const auto& e : entries) places.emplace_back(e.row, e.column);
    std::vector<int> place;
    pattern_ = make_pattern(rows, columns, places, &place);
    values_.assign(pattern_.row.size(), 0.0);
    for (std::size_t k = 0; k < entries.size(); ++k) values_[static_cast<std::size_t>(place[k])] += entries[k].value;
    for (int j = 0; j < columns; ++j) variables_.push_back({.name = "x" + std::to_string(j + 1)});
    for (int i = 0; i < rows; ++i) equations_.push_back("N" + std::to_string(i + 1) + ": mass balance");
    hessian_ = make_pattern(columns, columns, {});
  }
  static LinearNetwork dense(const std::vector<std::vector<double>>& a, std::vector<double> b = {}) {
    std::vector<Entry> entries;
    for (std::size_t i = 0; i < a.size(); ++i)
      for (std::size_t j = 0; j < a[i].size(); ++j)
        if (a[i][j] != 0.0) entries.push_back({static_cast<int>(i), static_cast<int>(j), a[i][j]});
    return {static_cast<int>(a.size()), static_cast<int>(a.empty() ? 0 : a[0].size()), entries, std::move(b)};
  }

  Variable& variable(int j) { return variables_[static_cast<std::size_t>(j)]; }
  void set_size(int row, double size) { sizes_[static_cast<std::size_t>(row)] = size; }
  const std::vector<double>& values() const { return values_; }

  std::span<const Variable> variables() const override { return variables_; }
  std::span<const std::string> equations() const override { return equations_; }
  std::span<const double> residual_sizes() const override { return sizes_; }
  bool residual(std::span<const double> x, std::span<double> r) const override {
    for (std::size_t i = 0; i < b_.size(); ++i) r[i] = -b_[i];
    add_product(pattern_, values_, x, r);
    return true;
  }
  const SparsePattern& jacobian_pattern() const override { return pattern_; }
  bool jacobian(std::span<const double>, std::span<double> values) const override {
    std::copy(values_.begin(), values_.end(), values.begin());
    return true;
  }
  const SparsePattern& hessian_pattern() const override { return hessian_; }
  bool hessian(std::span<const double>, std::span<const double>, std::span<double>) const override { return true; }

 private:
  std::vector<Variable> variables_;
  std::vector<std::string> equations_;
  std::vector<double> b_, sizes_, values_;
  SparsePattern pattern_, hessian_;
};

}  // namespace castner::testing

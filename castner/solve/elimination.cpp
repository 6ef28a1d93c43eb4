// SPDX-License-Identifier: Apache-2.0
#include "castner/solve/elimination.h"

#include <algorithm>
#include <cmath>
#include <queue>

#include "castner/solve/index.h"

namespace castner::solve {
namespace {

constexpr double kThreshold = 0.1;    // of the largest entry of the column: bounds every multiplier by 10
constexpr double kEasyPivot = 1e-3;   // columns whose best entry is smaller wait until the others are done
constexpr double kCancelled = 1e-14;  // of the operands: nothing is left of a difference

double entry(const SparseRow& row, int column) {
  const auto it = std::lower_bound(row.begin(), row.end(), column, [](const auto& e, int c) { return e.first < c; });
  return it != row.end() && it->first == column ? it->second : 0.0;
}

class Eliminator {
 public:
  Eliminator(std::vector<SparseRow>& rows, int columns, const std::vector<bool>& eligible)
      : rows_(rows), eligible_(eligible), active_(rows.size(), true), rows_of_(at(columns)) {
    for (int r = 0; r < count(rows); ++r)
      for (const auto& [c, v] : rows[at(r)])
        if (eligible[at(c)]) rows_of_[at(c)].push_back(r);
    for (int c = 0; c < columns; ++c)
      if (eligible[at(c)]) queue_.push({count(rows_of_[at(c)]), c});
    done_.assign(at(columns), false);
  }

  Elimination run() {
    work(kEasyPivot);
    for (const int c : postponed_) queue_.push({count(rows_of_[at(c)]), c});
    postponed_.clear();
    work(kZeroEntry);
    out_.dependent_columns = std::move(postponed_);
    std::sort(out_.dependent_columns.begin(), out_.dependent_columns.end());
    for (int r = 0; r < count(rows_); ++r)
      if (active_[at(r)]) {
        out_.remaining_rows.push_back(r);
        // What is left in eligible columns is below kZeroEntry.
        std::erase_if(rows_[at(r)], [&](const auto& e) { return eligible_[at(e.first)]; });
      }
    return std::move(out_);
  }

 private:
  void work(double smallest) {
    while (!queue_.empty()) {
      const auto [n, c] = queue_.top();
      queue_.pop();
      if (done_[at(c)]) continue;
      compact(c);
      if (count(rows_of_[at(c)]) != n) {  // an old count
        queue_.push({count(rows_of_[at(c)]), c});
        continue;
      }
      double largest = 0.0;
      for (const int r : rows_of_[at(c)]) largest = std::max(largest, std::abs(entry(rows_[at(r)], c)));
      if (largest <= smallest) {
        postponed_.push_back(c);
        continue;
      }
      take(c, largest);
    }
  }
  void compact(int c) {
    auto& list = rows_of_[at(c)];
    std::sort(list.begin(), list.end());
    list.erase(std::unique(list.begin(), list.end()), list.end());
    std::erase_if(list, [&](int r) { return !active_[at(r)] || entry(rows_[at(r)], c) == 0.0; });
  }
  /// Among rows with a large enough entry: the shortest.
  void take(int c, double largest) {
    int best = -1;
    for (const int r : rows_of_[at(c)])
      if (std::abs(entry(rows_[at(r)], c)) >= kThreshold * largest &&
          (best < 0 || rows_[at(r)].size() < rows_[at(best)].size()))
        best = r;
    const double value = entry(rows_[at(best)], c);
    out_.pivots.push_back({best, c, value});
    active_[at(best)] = false;
    done_[at(c)] = true;
    for (const int r : rows_of_[at(c)])
      if (r != best) subtract(r, best, entry(rows_[at(r)], c) / value, c);
  }
  /// row r -= factor * row p; column c becomes exactly zero.
  void subtract(int r, int p, double factor, int c) {
    const auto &a = rows_[at(r)], &b = rows_[at(p)];
    merged_.clear();
    auto i = a.begin();
    for (const auto& [column, v] : b) {
      for (; i != a.end() && i->first < column; ++i) merged_.push_back(*i);
      const bool both = i != a.end() && i->first == column;
      const double old = both ? i->second : 0.0, change = factor * v, now = old - change;
      if (both) ++i;
      if (column == c || std::abs(now) <= kCancelled * std::max(std::abs(old), std::abs(change))) continue;
      merged_.emplace_back(column, now);
      if (!both && eligible_[at(column)]) rows_of_[at(column)].push_back(r);
    }
    merged_.insert(merged_.end(), i, a.end());
    std::swap(rows_[at(r)], merged_);
  }

  std::vector<SparseRow>& rows_;
  const std::vector<bool>& eligible_;
  std::vector<bool> active_, done_;
  std::vector<std::vector<int>> rows_of_;
  using Waiting = std::pair<int, int>;  // rows in the column, column
  std::priority_queue<Waiting, std::vector<Waiting>, std::greater<>> queue_;
  std::vector<int> postponed_;
  SparseRow merged_;
  Elimination out_;
};

/// Factors of rows and columns that bring every entry as near to 1 as such factors can, in the mean square of logarithms
/// (Curtis and Reid 1972, by alternating means): what is left does not depend on the units of equations and variables,
/// and so nor does what counts as zero. Powers of two, so that nothing is rounded.
Equilibration out_of_units(std::vector<SparseRow>& rows, int columns) {
  constexpr int kMostPasses = 300;
  constexpr double kSettled = 0.02;  // of a factor of two
  std::vector<double> r(rows.size(), 0.0), c(at(columns), 0.0), sum(at(columns));
  std::vector<int> entries(at(columns), 0);
  auto logs = rows;
  for (auto& row : logs) {
    std::erase_if(row, [](const auto& e) { return e.second == 0.0; });
    for (auto& [column, v] : row) v = std::log2(std::abs(v)), ++entries[at(column)];
  }
  double change = 1.0;
  for (int pass = 0; pass < kMostPasses && change > kSettled; ++pass) {
    change = 0.0;
    std::fill(sum.begin(), sum.end(), 0.0);
    for (std::size_t i = 0; i < logs.size(); ++i) {
      if (logs[i].empty()) continue;
      double mean = 0.0;
      for (const auto& [column, v] : logs[i]) mean += v + c[at(column)];
      r[i] = -mean / static_cast<double>(logs[i].size());
      for (const auto& [column, v] : logs[i]) sum[at(column)] += v + r[i];
    }
    for (std::size_t j = 0; j < c.size(); ++j) {
      if (entries[j] == 0) continue;
      const double now = -sum[j] / entries[j];
      change = std::max(change, std::abs(now - c[j]));
      c[j] = now;
    }
  }
  for (double& x : r) x = std::exp2(std::round(x));
  for (double& x : c) x = std::exp2(std::round(x));
  for (std::size_t i = 0; i < rows.size(); ++i)
    for (auto& [column, v] : rows[i]) v *= r[i] * c[at(column)];
  return {std::move(r), std::move(c)};
}

}  // namespace

Elimination eliminate(std::vector<SparseRow>& rows, int columns, const std::vector<bool>& eligible) {
  return Eliminator(rows, columns, eligible).run();
}

Equilibration equilibrate(std::vector<SparseRow>& rows, int columns) {
  Equilibration s = out_of_units(rows, columns);
  std::vector<double> largest(at(columns));
  for (int pass = 0; pass < 3; ++pass) {
    std::fill(largest.begin(), largest.end(), 0.0);
    for (std::size_t r = 0; r < rows.size(); ++r) {
      double m = 0.0;
      for (const auto& [c, v] : rows[r]) m = std::max(m, std::abs(v));
      if (m == 0.0) continue;
      s.row[r] /= m;
      for (auto& [c, v] : rows[r]) {
        v /= m;
        largest[at(c)] = std::max(largest[at(c)], std::abs(v));
      }
    }
    for (std::size_t c = 0; c < largest.size(); ++c)
      if (largest[c] > 0.0) s.column[c] /= largest[c];
    for (auto& row : rows)
      for (auto& [c, v] : row) v /= largest[at(c)];
  }
  return s;
}

}  // namespace castner::solve

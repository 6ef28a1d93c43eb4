// SPDX-License-Identifier: Apache-2.0
#include "castner/solve/matching.h"

#include "castner/solve/index.h"

namespace castner::solve {
namespace {

/// Looks for an augmenting path from one column, depth first, without recursion (a path may be as long as the plant).
class Augmenter {
 public:
  Augmenter(const SparsePattern& p, Matching& m)
      : p_(p), m_(m), visited_(at(p.rows), -1), cheap_(p.start.begin(), p.start.end() - 1), next_(at(p.cols), 0) {}

  bool augment(int from) {
    path_.assign(1, from);
    next_[at(from)] = p_.start[at(from)];
    while (!path_.empty()) {
      const int c = path_.back();
      if (const int free = free_row(c); free >= 0) {
        assign(free);
        return true;
      }
      if (!descend(c, from)) path_.pop_back();
    }
    return false;
  }

 private:
  /// A row of this column that nobody has taken; each column looks at each of its rows once for this.
  int free_row(int c) {
    for (int& k = cheap_[at(c)]; k < p_.start[at(c) + 1];) {
      const int r = p_.row[at(k++)];
      if (m_.column_of_row[at(r)] < 0) return r;
    }
    return -1;
  }
  bool descend(int c, int root) {
    for (int& k = next_[at(c)]; k < p_.start[at(c) + 1];) {
      const int r = p_.row[at(k++)];
      if (visited_[at(r)] == root) continue;
      visited_[at(r)] = root;
      const int taken_by = m_.column_of_row[at(r)];
      path_.push_back(taken_by);
      next_[at(taken_by)] = p_.start[at(taken_by)];
      return true;
    }
    return false;
  }
  /// Gives the free row to the end of the path and shifts every row one column back along it.
  void assign(int r) {
    for (auto c = path_.rbegin(); c != path_.rend(); ++c) {
      const int before = m_.row_of_column[at(*c)];
      m_.row_of_column[at(*c)] = r;
      m_.column_of_row[at(r)] = *c;
      r = before;
    }
    ++m_.size;
  }

  const SparsePattern& p_;
  Matching& m_;
  std::vector<int> visited_, cheap_, next_, path_;
};

std::vector<int> flagged(const std::vector<bool>& flag) {
  std::vector<int> list;
  for (int i = 0; i < count(flag); ++i)
    if (flag[at(i)]) list.push_back(i);
  return list;
}

}  // namespace

Matching match(const SparsePattern& p) {
  Matching m{std::vector<int>(at(p.cols), -1), std::vector<int>(at(p.rows), -1), 0};
  Augmenter augmenter(p, m);
  for (int c = 0; c < p.cols; ++c) augmenter.augment(c);
  return m;
}

Coarse decompose(const SparsePattern& p, const Matching& m) {
  std::vector<std::vector<int>> columns_of(at(p.rows));
  for (int c = 0; c < p.cols; ++c)
    for (int k = p.start[at(c)]; k < p.start[at(c) + 1]; ++k) columns_of[at(p.row[at(k)])].push_back(c);

  Coarse d;
  {  // over: from rows without a column, to all their columns, to the rows matched with those
    std::vector<bool> row(at(p.rows), false), column(at(p.cols), false);
    std::vector<int> queue;
    for (int r = 0; r < p.rows; ++r)
      if (m.column_of_row[at(r)] < 0) row[at(r)] = true, queue.push_back(r);
    for (std::size_t q = 0; q < queue.size(); ++q)
      for (const int c : columns_of[at(queue[q])]) {
        if (column[at(c)]) continue;
        column[at(c)] = true;
        if (const int r = m.row_of_column[at(c)]; !row[at(r)]) row[at(r)] = true, queue.push_back(r);
      }
    d.over_rows = flagged(row);
    d.over_columns = flagged(column);
  }
  {  // under: the same with rows and columns exchanged
    std::vector<bool> row(at(p.rows), false), column(at(p.cols), false);
    std::vector<int> queue;
    for (int c = 0; c < p.cols; ++c)
      if (m.row_of_column[at(c)] < 0) column[at(c)] = true, queue.push_back(c);
    for (std::size_t q = 0; q < queue.size(); ++q)
      for (int k = p.start[at(queue[q])]; k < p.start[at(queue[q]) + 1]; ++k) {
        const int r = p.row[at(k)];
        if (row[at(r)]) continue;
        row[at(r)] = true;
        if (const int c = m.column_of_row[at(r)]; !column[at(c)]) column[at(c)] = true, queue.push_back(c);
      }
    d.under_rows = flagged(row);
    d.under_columns = flagged(column);
  }
  return d;
}

}  // namespace castner::solve

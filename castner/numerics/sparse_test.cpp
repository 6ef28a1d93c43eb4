// SPDX-License-Identifier: Apache-2.0
// Sparse operations against the same sums over dense matrices.
#include "castner/numerics/sparse.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace castner {
namespace {

/// A random matrix twice: dense and sparse, some of its stored values zero. Small integers, so that sums are exact.
struct Both {
  std::size_t rows = 0, columns = 0;
  std::vector<std::vector<double>> dense;
  SparsePattern pattern;
  std::vector<double> values;
};

std::vector<double> numbers(std::size_t n) {
  std::vector<double> v(n);
  for (double& x : v) x = *rc::gen::inRange(-9, 10);
  return v;
}

Both random_matrix(bool lower_triangle = false) {
  Both b;
  b.rows = *rc::gen::inRange<std::size_t>(1, 7);
  b.columns = lower_triangle ? b.rows : *rc::gen::inRange<std::size_t>(1, 7);
  b.dense.assign(b.rows, std::vector<double>(b.columns, 0.0));
  std::vector<std::pair<int, int>> entries;
  for (std::size_t r = 0; r < b.rows; ++r)
    for (std::size_t c = 0; c < b.columns; ++c)
      if ((!lower_triangle || r >= c) && *rc::gen::inRange(0, 3) == 0) entries.push_back(sparse_place(r, c));
  b.pattern = make_pattern(static_cast<int>(b.rows), static_cast<int>(b.columns), entries);
  b.values = numbers(b.pattern.row.size());
  for_each_entry(b.pattern, [&](std::size_t r, std::size_t c, std::size_t k) { b.dense[r][c] = b.values[k]; });
  return b;
}

RC_GTEST_PROP(Sparse, MultipliesAsTheDenseMatrixDoes, ()) {
  const Both a = random_matrix();
  const auto x = numbers(a.columns), before = numbers(a.rows);
  auto y = before, expected = before;
  for (std::size_t r = 0; r < a.rows; ++r)
    for (std::size_t c = 0; c < a.columns; ++c) expected[r] -= 2.0 * a.dense[r][c] * x[c];
  add_product(a.pattern, a.values, x, y, -2.0);
  RC_ASSERT(y == expected);
}

RC_GTEST_PROP(Sparse, MultipliesTransposedAsTheDenseMatrixDoes, ()) {
  const Both a = random_matrix();
  const auto x = numbers(a.rows), before = numbers(a.columns);
  auto y = before, expected = before;
  for (std::size_t r = 0; r < a.rows; ++r)
    for (std::size_t c = 0; c < a.columns; ++c) expected[c] -= 2.0 * a.dense[r][c] * x[r];
  add_transposed_product(a.pattern, a.values, x, y, -2.0);
  RC_ASSERT(y == expected);
}

RC_GTEST_PROP(Sparse, MultipliesASymmetricMatrixFromItsLowerTriangle, ()) {
  const Both a = random_matrix(true);
  const auto x = numbers(a.rows), before = numbers(a.rows);
  auto y = before, expected = before;
  for (std::size_t r = 0; r < a.rows; ++r)
    for (std::size_t c = 0; c < a.rows; ++c) expected[r] -= 2.0 * (r >= c ? a.dense[r][c] : a.dense[c][r]) * x[c];
  add_symmetric_product(a.pattern, a.values, x, y, -2.0);
  RC_ASSERT(y == expected);
}

RC_GTEST_PROP(Sparse, SelectsColumnsInTheOrderAsked, ()) {
  const Both a = random_matrix();
  const auto columns = *rc::gen::container<std::vector<int>>(rc::gen::inRange(0, static_cast<int>(a.columns)));
  std::vector<int> place;
  const auto selected = select_columns(a.pattern, columns, &place);
  RC_ASSERT(selected.cols == static_cast<int>(columns.size()));
  RC_ASSERT(place.size() == selected.row.size());
  std::vector<std::vector<double>> dense(a.rows, std::vector<double>(columns.size(), 0.0));
  for_each_entry(selected, [&](std::size_t r, std::size_t c, std::size_t k) {
    dense[r][c] = a.values[static_cast<std::size_t>(place[k])];
  });
  for (std::size_t r = 0; r < a.rows; ++r)
    for (std::size_t c = 0; c < columns.size(); ++c)
      RC_ASSERT(dense[r][c] == a.dense[r][static_cast<std::size_t>(columns[c])]);
}

TEST(Sparse, SharesOnePlaceBetweenEqualPairs) {
  std::vector<int> place;
  const auto p = make_pattern(3, 2, {{2, 1}, {0, 1}, {2, 1}, {1, 0}}, &place);
  EXPECT_EQ(p.start, (std::vector<int>{0, 1, 3}));
  EXPECT_EQ(p.row, (std::vector<int>{1, 0, 2}));
  EXPECT_EQ(place, (std::vector<int>{2, 1, 2, 0}));
}

}  // namespace
}  // namespace castner

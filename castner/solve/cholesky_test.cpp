// SPDX-License-Identifier: Apache-2.0
// Factors, solutions and selected inverses against Eigen's dense ones.
#include "castner/solve/cholesky.h"

#include <gtest/gtest.h>

#include <Eigen/Dense>
#include <random>

namespace castner::solve {
namespace {

/// B B' + I for a sparse random B: symmetric, positive definite, with fill-in when it is factored.
struct Sample {
  Eigen::MatrixXd dense;
  SparsePattern upper;
  std::vector<double> values;
};

Sample sample(int n, unsigned seed) {
  std::mt19937 random(seed);
  std::normal_distribution<double> normal;
  Eigen::MatrixXd b = Eigen::MatrixXd::Zero(n, n);
  for (int r = 0; r < n; ++r)
    for (int k = 0; k < 3; ++k) b(r, static_cast<int>(random() % static_cast<unsigned>(n))) = normal(random);
  Sample s{b * b.transpose() + Eigen::MatrixXd::Identity(n, n), {}, {}};
  std::vector<std::pair<int, int>> entries;
  for (int c = 0; c < n; ++c)
    for (int r = 0; r <= c; ++r)
      if (s.dense(r, c) != 0.0) entries.emplace_back(r, c);
  s.upper = make_pattern(n, n, entries);
  for (const auto& [r, c] : entries) s.values.push_back(s.dense(r, c));
  return s;
}

TEST(Cholesky, SolvesAsTheDenseMatrixDoes) {
  for (const int n : {1, 2, 17, 120}) {
    const auto s = sample(n, 3);
    Cholesky c;
    EXPECT_GT(c.factor(s.upper, s.values), 0.0);
    const Eigen::VectorXd b = Eigen::VectorXd::LinSpaced(n, -1.0, 2.0), x = s.dense.ldlt().solve(b);
    std::vector<double> ours(b.data(), b.data() + n);
    c.solve(ours);
    for (int i = 0; i < n; ++i) EXPECT_NEAR(ours[static_cast<std::size_t>(i)], x(i), 1e-12 * x.norm());
  }
}

TEST(Cholesky, InvertsWhereTheMatrixHasEntries) {
  for (unsigned seed = 1; seed <= 20; ++seed) {
    const auto s = sample(40, seed);
    Cholesky c;
    ASSERT_GT(c.factor(s.upper, s.values), 0.0);
    c.invert_selected();
    const Eigen::MatrixXd inverse = s.dense.inverse();
    for_each_entry(s.upper, [&](std::size_t r, std::size_t k, std::size_t) {
      const int i = static_cast<int>(r), j = static_cast<int>(k);
      EXPECT_NEAR(c.inverse(i, j), inverse(i, j), 1e-12 * inverse.norm());
      EXPECT_EQ(c.inverse(i, j), c.inverse(j, i));
    });
  }
}

TEST(Cholesky, ForgetsTheInverseWithTheMatrix) {
  const SparsePattern upper = make_pattern(1, 1, {{0, 0}});
  Cholesky c;
  ASSERT_GT(c.factor(upper, std::vector<double>{2.0}), 0.0);
  c.invert_selected();
  ASSERT_EQ(c.inverse(0, 0), 0.5);
  ASSERT_GT(c.factor(upper, std::vector<double>{4.0}), 0.0);
  EXPECT_DEATH((void)c.inverse(0, 0), "selected before it is asked for");
}

TEST(Cholesky, TellsHowFarTheMatrixIsFromSingular) {
  // [1 x; x 1] has the pivots 1 and 1 - x^2.
  const SparsePattern upper = make_pattern(2, 2, {{0, 0}, {0, 1}, {1, 1}});
  Cholesky c;
  const auto smallest = [&](double x) { return c.factor(upper, std::vector<double>{1.0, x, 1.0}); };
  EXPECT_DOUBLE_EQ(smallest(0.0), 1.0);
  EXPECT_DOUBLE_EQ(smallest(0.5), 0.75);
  EXPECT_LE(smallest(1.0), 0.0);
  EXPECT_LT(smallest(2.0), 0.0);
  EXPECT_DOUBLE_EQ(c.factor(SparsePattern(), {}), 1.0) << "nothing is not singular";
}

}  // namespace
}  // namespace castner::solve

// SPDX-License-Identifier: Apache-2.0
#include "castner/plant/flowsheet.h"

#include <gtest/gtest.h>

#include <random>

namespace castner::plant {
namespace {

/// Five variables, three equations of very different shape; x4 enters no equation.
struct Curved {
  std::vector<Variable> variables{{"a", "1", 0, 9, 1, 1.1},
                                  {"b", "1", 0, 9, 1, 0.7},
                                  {"c", "1", 0, 9, 1, 1.3},
                                  {"d", "1", 0, 9, 1, 0.4},
                                  {"e", "1", 0, 9, 1, 2.0}};
  std::vector<Equation> equations{{"product", 1}, {"curve", 1}, {"line", 2}};
  int mass_balance = 2;
  template <class T>
  bool residual(std::span<const T> x, std::span<T> r) const {
    if (value_of(x[1]) <= 0.0) return false;
    r[0] = x[0] * x[1] - x[2] * x[2] * 3.0;
    r[1] = exp(x[0] * x[3]) + log(x[1]) / x[2] - 1.0;
    r[2] = x[0] + x[1] * 2.0 - x[3];
    return true;
  }
};
struct Line {
  std::vector<Variable> variables{{"p"}, {"q"}};
  std::vector<Equation> equations{{"line", 1}};
  static constexpr bool kLinear = true;
  template <class T>
  bool residual(std::span<const T> x, std::span<T> r) const {
    r[0] = x[0] * 2.0 - x[1];
    return true;
  }
};

Flowsheet two_joined() {
  Flowsheet f;
  f.add_unit("U", make_unit(Curved{}), {"a", "b", "c", "d", "e"});
  f.add_unit("V", make_unit(Curved{}), {"c", "f", "f", "a", "g"});  // f twice: one variable, two places
  f.add_unit("L", make_unit(Line{}), {"a", "g"});
  return f;
}

std::vector<double> dense(const SparsePattern& p, const std::vector<double>& v) {
  std::vector<double> d(static_cast<std::size_t>(p.rows * p.cols), 0.0);
  for_each_entry(
      p, [&](std::size_t r, std::size_t c, std::size_t k) { d[r * static_cast<std::size_t>(p.cols) + c] = v[k]; });
  return d;
}

TEST(Flowsheet, SharesVariablesOfConnectedUnits) {
  const Flowsheet f = two_joined();
  EXPECT_EQ(f.variables().size(), 7u);
  EXPECT_EQ(f.equations()[3], "V: product");
  EXPECT_EQ(f.mass_balance(1), 5);
  EXPECT_EQ(f.mass_balance(2), -1);
  EXPECT_EQ(f.find("nowhere"), std::nullopt);
}

TEST(Flowsheet, PatternHoldsExactlyWhatDepends) {
  const Flowsheet f = two_joined();
  const auto& p = f.jacobian_pattern();
  EXPECT_EQ(p.rows, 7);
  // U: a b c | a b c d | a b d ; V (c f f a): c f | c f a | c f a ; L: a g
  EXPECT_EQ(p.nonzeros(), 10 + 2 + 3 + 3 + 2);
}

TEST(Flowsheet, JacobianAndHessianAgreeWithDifferences) {
  const Flowsheet f = two_joined();
  const std::size_t n = f.variables().size(), m = f.equations().size();
  std::mt19937 random(7);
  std::uniform_real_distribution<double> near_one(0.5, 1.5);
  std::vector<double> x(n), multipliers(m);
  for (double& v : x) v = near_one(random);
  for (double& v : multipliers) v = near_one(random) - 1.0;

  std::vector<double> j(f.jacobian_pattern().row.size()), h(f.hessian_pattern().row.size());
  ASSERT_TRUE(f.jacobian(x, j));
  ASSERT_TRUE(f.hessian(x, multipliers, h));
  const auto jd = dense(f.jacobian_pattern(), j), hd = dense(f.hessian_pattern(), h);

  const double step = 1e-6;  // error of a central difference about step^2 = 1e-12, of rounding 1e-10
  for (std::size_t c = 0; c < n; ++c) {
    auto up = x, down = x;
    up[c] += step;
    down[c] -= step;
    std::vector<double> ru(m), rd(m), ju(j.size()), jl(j.size());
    ASSERT_TRUE(f.residual(up, ru) && f.residual(down, rd) && f.jacobian(up, ju) && f.jacobian(down, jl));
    const auto jud = dense(f.jacobian_pattern(), ju), jld = dense(f.jacobian_pattern(), jl);
    for (std::size_t e = 0; e < m; ++e) EXPECT_NEAR(jd[e * n + c], (ru[e] - rd[e]) / (2 * step), 1e-8);
    for (std::size_t i = c; i < n; ++i) {
      double expected = 0.0;
      for (std::size_t e = 0; e < m; ++e) expected += multipliers[e] * (jud[e * n + i] - jld[e * n + i]) / (2 * step);
      EXPECT_NEAR(hd[i * n + c], expected, 1e-7) << i << "," << c;
    }
  }
}

TEST(Flowsheet, SaysWhereItCannotBeEvaluated) {
  const Flowsheet f = two_joined();
  std::vector<double> x(f.variables().size(), 1.0), r(f.equations().size()), j(f.jacobian_pattern().row.size());
  x[1] = -1.0;
  EXPECT_FALSE(f.residual(x, r));
  EXPECT_FALSE(f.jacobian(x, j));
}

}  // namespace
}  // namespace castner::plant

// SPDX-License-Identifier: Apache-2.0
#include "castner/expression/expression.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cmath>

namespace castner::expression {
namespace {

/// A plant of mass flows, a temperature and pure numbers; `s` is a length, `min` a number, to meet unit and function.
tl::expected<Dimension, Problem> lookup(std::string_view path) {
  const auto of = [](const char* unit) { return parse_unit(unit)->dimension; };
  if (path == "S1.flow_mass" || path == "S2.flow_mass") return of("kg/s");
  if (path == "S1.temperature") return of("K");
  if (path == "s") return of("m");
  if (path == "x" || path == "y" || path == "z" || path == "min") return Dimension{};
  return tl::unexpected(Problem{"", std::string(path) + " is unknown", "there is none"});
}

Expression read(std::string_view text) {
  auto e = parse_expression(text, lookup);
  if (!e) ADD_FAILURE() << text << "\n" << e.error().text();
  return e ? std::move(*e) : *parse_expression("0", lookup);
}
/// Its value where every name is `x`.
double value(std::string_view text, double x = 2.0) {
  const Expression e = read(text);
  double r = NAN;
  const std::vector<double> all(e.names().size(), x);
  return e.evaluate<double>(all, r) ? r : NAN;
}
std::string refusal(std::string_view text) {
  const auto e = parse_expression(text, lookup);
  return e ? "" : e.error().text();
}

TEST(Expression, Precedence) {
  EXPECT_EQ(value("-2^2"), -4);
  EXPECT_EQ(value("2^3^2"), 512);
  EXPECT_EQ(value("2^-1"), 0.5);
  EXPECT_EQ(value("-2^-2"), -0.25);
  EXPECT_EQ(value("1 - 2 - 3"), -4);
  EXPECT_EQ(value("8 / 4 / 2"), 1);
  EXPECT_EQ(value("2 * -3 + 1"), -5);
  EXPECT_EQ(value("(1 + 2) * 3"), 9);
  EXPECT_EQ(value("x^2*y", 3.0), 27);
  EXPECT_EQ(value("-x^2", 3.0), -9);
  EXPECT_EQ(value("2^x", 3.0), 8);
  EXPECT_EQ(value("x^y", 3.0), 27);
}
TEST(Expression, Functions) {
  EXPECT_EQ(value("log(exp(2))"), 2);
  EXPECT_EQ(value("sqrt(x)", 9.0), 3);
  EXPECT_EQ(value("abs(-3) + min(1, 2) * max(4, 5, 6)"), 9);
  EXPECT_EQ(value("min + min(x, 1)", 3.0), 4);
}
TEST(Expression, AUnitFollowsItsNumber) {
  EXPECT_EQ(value("2 m/s"), 2);  // a speed
  EXPECT_EQ(read("2 m/s").dimension().si_unit(), "m/s");
  EXPECT_EQ(read("2 m / s").dimension().si_unit(), "1");  // divided by the variable s, a length
  EXPECT_EQ(value("2 m / s", 4.0), 0.5);
  EXPECT_DOUBLE_EQ(value("36 t/h"), 10);
  EXPECT_DOUBLE_EQ(value("36t/h"), 10);
  EXPECT_EQ(value("20 degC"), 293.15);
  EXPECT_EQ(value("S1.temperature - 20 degC", 300.0), 300.0 - 293.15);
  EXPECT_EQ(read("(2 m)^2").dimension().si_unit(), "m2");
  EXPECT_EQ(read("2 W/(m2.K)").dimension().si_unit(), "W/(m2.K)");
  EXPECT_EQ(read("(3 W/(m2.K))*x").dimension().si_unit(), "W/(m2.K)");
  EXPECT_EQ(value("5 % * x", 2.0), 0.1);
  EXPECT_EQ(value("2/s", 4.0), 0.5);
  EXPECT_EQ(value("1e3 min/h"), 1e3 / 60);
}
TEST(Expression, KnowsItsNamesDimensionAndDegree) {
  const Expression e = read("S1.flow_mass * x - 2 * S2.flow_mass + S1.flow_mass");
  EXPECT_EQ(e.names(), (std::vector<std::string>{"S1.flow_mass", "x", "S2.flow_mass"}));
  EXPECT_EQ(e.dimension().si_unit(), "kg/s");
  EXPECT_FALSE(e.linear());
  EXPECT_TRUE(read("S1.flow_mass / 3 - 2 * S2.flow_mass^1 * sqrt(4)").linear());
  EXPECT_TRUE(read("x^0").linear());
  EXPECT_EQ(value("3^x^0"), 3);
  EXPECT_FALSE(read("x / y").linear());
  EXPECT_FALSE(read("min(x, y)").linear());
  EXPECT_EQ(read("sqrt(S1.flow_mass)^2").dimension().si_unit(), "kg/s");
  EXPECT_EQ(read("S1.flow_mass^(1/3)").dimension() * read("S1.flow_mass^(2/3)").dimension(),
            read("S1.flow_mass").dimension());
}
TEST(Expression, DimensionsAreCheckedAllAtOnce) {
  EXPECT_EQ(refusal("S1.flow_mass + 3 - S9.x + log(S1.temperature)"),
            "column 14: \"+\" joins kg/s and a pure number; give the number its unit, such as kg/s\n"
            "column 20: S9.x is unknown; there is none\n"
            "column 27: log of K; divide by a reference first, as in log(x / (1 K))\n");
  EXPECT_EQ(refusal("S1.flow_mass - S1.temperature"),
            "column 14: \"-\" joins kg/s and K; both sides need one dimension\n");
  EXPECT_EQ(refusal("2^S1.flow_mass"), "column 2: an exponent in kg/s; an exponent is a pure number\n");
  EXPECT_EQ(refusal("S1.flow_mass^x"),
            "column 13: a variable exponent on kg/s; only a pure number takes one; divide by a reference first\n");
  EXPECT_NE(refusal("max(1, S1.flow_mass)"), "");
  EXPECT_EQ(refusal("x^y + (x/y)^2.5 + exp(x)"), "");
}
TEST(Expression, SyntaxErrorsNameTheColumnAndACure) {
  EXPECT_EQ(
      refusal("S1.flow_mass = S2.flow_mass"),
      "column 14: \"=\" is not part of an expression; write left = right as \"left - (right)\"; it is held at 0\n");
  EXPECT_EQ(refusal("x ** 2"), "column 3: \"**\" is not part of the language; a power is written with ^\n");
  EXPECT_EQ(refusal("2 x"),
            "column 3: \"x\" follows without an operator; write * between factors; a unit follows its number after at "
            "most one space\n");
  EXPECT_EQ(refusal("2 m x"),
            "column 5: \"x\" follows without an operator; write * between factors; a unit follows its number after at "
            "most one space\n");
  EXPECT_EQ(refusal("2 mx"), "column 3: \"mx\" is not a unit; write * between a number and a name\n");
  EXPECT_EQ(refusal("ln(x)"), "column 1: \"ln\" is not a function; the natural logarithm is log\n");
  EXPECT_EQ(refusal("x × y"), "column 3: \"×\" is not part of the language; operators are + - * / ^ ( )\n");
  EXPECT_EQ(refusal("(x + 1"), "column 1: a ( is never closed; add the ) that belongs to it\n");
  for (const char* bad : {"",      "  ",    "x +",  "* x",   "x)", "()",      "min()", "min(x)",  "abs(x, y)",
                          "x y",   "x(y)",  "2,5",  "1.2.3", "x.", ".x",      "x..y",  "x.2",     "1e999",
                          "x = y", "2 (x)", "2  m", "x ^",   "$",  "2 m^2 3", "0x10",  "x^(1/0)", "@"})
    EXPECT_NE(refusal(bad), "") << bad;
}
TEST(Expression, DepthIsLimited) {
  for (const char* piece : {"(", "-", "abs(", "2^", "min(1,", "-("}) {
    std::string deep;
    for (int i = 0; i < 5000; ++i) deep += piece;
    EXPECT_NE(refusal(deep + "x"), "") << piece;
  }
  std::string wide = "x";
  for (int i = 0; i < 20000; ++i) wide += "+x";
  EXPECT_EQ(value(wide, 1.0), 20001);
  EXPECT_NE(refusal(wide + wide + wide), "");  // beyond 100 000 characters
}
TEST(Expression, SaysWhereItCannotBeEvaluated) {
  EXPECT_TRUE(std::isnan(value("1 / (x - 2)")));
  EXPECT_TRUE(std::isnan(value("log(x - 2)")));
  EXPECT_TRUE(std::isnan(value("sqrt(x - 3)")));
  EXPECT_TRUE(std::isnan(value("exp(x * 1000)")));
  EXPECT_TRUE(std::isnan(value("1 / (1 / (x - 2))")));
  EXPECT_EQ(value("sqrt(x - 2)"), 0);
  Dual1 r;
  const std::vector<Dual1> at{Dual1::seed(0.0, 0)};
  EXPECT_FALSE(read("sqrt(x)").evaluate<Dual1>(at, r));
  EXPECT_FALSE(read("x^1.5").evaluate<Dual1>(at, r));
  EXPECT_TRUE(read("x^3").evaluate<Dual1>(at, r));
}

/// d/dx at x, by Dual1.
double slope(std::string_view text, double x) {
  const Expression e = read(text);
  const std::vector<Dual1> at{Dual1::seed(x, 0)};
  Dual1 r;
  return e.evaluate<Dual1>(at, r) ? r.v[0] : NAN;
}
TEST(Expression, AtAKinkTheLeftBranchRules) {
  EXPECT_EQ(slope("abs(x)", 0.0), -1);
  EXPECT_EQ(slope("min(x, 2)", 2.0), 1);
  EXPECT_EQ(slope("max(x, 2)", 2.0), 0);
  EXPECT_EQ(slope("abs(x)", 1.0), 1);
  EXPECT_EQ(slope("max(x, 2)", 3.0), 1);
  EXPECT_EQ(slope("min(x, 2)", 3.0), 0);
}
TEST(Expression, FindsTheKinkItLiesOn) {
  const Expression e = read("max(x, y) + abs(x - 5)");
  const std::vector<double> nominal{10.0, 10.0}, apart{1.0, 2.0}, together{2.0, 2.0 + 1e-7}, on_abs{5.0, 1.0};
  EXPECT_TRUE(e.kinks(apart, nominal).empty());
  ASSERT_EQ(e.kinks(together, nominal).size(), 1u);
  EXPECT_EQ(e.kinks(together, nominal)[0].function, "max");
  EXPECT_EQ(e.kinks(together, nominal)[0].column, 1);
  EXPECT_EQ(e.kinks(on_abs, nominal)[0].column, 13);
  EXPECT_TRUE(read("abs(1 - 1) + x").kinks(std::vector{1.0}, std::vector{1.0}).empty());  // no variable can cross it
}
/// Any smooth expression of x and y that stays finite near 1.
std::string some_expression(int depth) {
  const int kind = *rc::gen::inRange(0, depth > 3 ? 3 : 10);
  const auto inner = [&] { return some_expression(depth + 1); };
  switch (kind) {
    case 0: return "x";
    case 1: return "y";
    case 2: return *rc::gen::element<std::string>("2", "0.5", "3 %", "1.5");
    case 3: return "(" + inner() + " + " + inner() + ")";
    case 4: return "(" + inner() + " - " + inner() + ")";
    case 5: return inner() + " * " + inner();
    case 6: return inner() + " / (1 + (" + inner() + ")^2)";
    case 7: return "log(2 + (" + inner() + ")^2)";
    case 8: return "exp(-(" + inner() + ")^2)";
    default: return "sqrt(1 + (" + inner() + ")^2)^" + *rc::gen::element<std::string>("3", "0.5", "-1", "x");
  }
}
RC_GTEST_PROP(ExpressionProperty, DerivativesEqualDifferences, ()) {
  const auto parsed = parse_expression(some_expression(0), lookup);
  RC_ASSERT(parsed.has_value());
  const Expression& e = *parsed;
  const std::size_t n = e.names().size();
  std::vector<double> x;
  for (std::size_t i = 0; i < n; ++i) x.push_back(0.7 + 0.001 * *rc::gen::inRange(0, 600));
  const double h = 1e-4;
  const auto f = [&](std::vector<double> p, std::size_t i, double d) {
    p[i] += d;
    std::vector<Dual1> q(p.begin(), p.end());
    for (std::size_t k = 0; k < n; ++k) q[k].v[k] = 1.0;
    Dual1 r;
    RC_ASSERT(e.evaluate<Dual1>(q, r));
    return r;
  };
  std::vector<Dual2> x2(x.begin(), x.end());
  for (std::size_t k = 0; k < n; ++k) {
    x2[k].a.v[k] = 1.0;
    x2[k].v[k].a = 1.0;
  }
  Dual2 r2;
  if (n > 0) RC_ASSERT(e.evaluate<Dual2>(x2, r2));
  for (std::size_t i = 0; i < n; ++i) {
    // Central difference: h^2/6 times a third derivative, which grows with the size of the function; and rounding.
    const Dual1 up = f(x, i, h), down = f(x, i, -h), up2 = f(x, i, 2 * h), down2 = f(x, i, -2 * h);
    const auto difference = [&](double u, double d, double uu, double dd) {
      return (8 * (u - d) - (uu - dd)) / (12 * h);
    };
    const double size = 1.0 + std::abs(up.a) + std::abs(r2.v[i].a) + std::abs(r2.v[i].v[i]);
    RC_ASSERT(std::abs(r2.v[i].a - difference(up.a, down.a, up2.a, down2.a)) < 1e-7 * size);
    for (std::size_t j = 0; j < n; ++j)
      RC_ASSERT(std::abs(r2.v[i].v[j] - difference(up.v[j], down.v[j], up2.v[j], down2.v[j])) < 1e-5 * size);
  }
}
RC_GTEST_PROP(ExpressionProperty, AnyTextIsReadOrRefusedWithACure, ()) {
  const auto pieces = *rc::gen::container<std::vector<std::string>>(
      rc::gen::element<std::string>("x", "S1.flow_mass", "2", ".5", " ", "kg/s", "+", "-", "*", "/", "^", "(", ")", ",",
                                    "min", "sqrt", "=", "1e9", "%", "é"));
  std::string text;
  for (const auto& p : pieces) text += p;
  const auto e = parse_expression(text, lookup);
  if (e) return;
  for (const Problem& p : e.error().problems) RC_ASSERT(!p.what.empty() && !p.cure.empty());
}

}  // namespace
}  // namespace castner::expression

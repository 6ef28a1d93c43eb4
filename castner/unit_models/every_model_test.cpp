// SPDX-License-Identifier: Apache-2.0
// What must hold for every unit model, whatever it describes. A new model joins by one row in samples_for_tests.h.
#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <set>

#include "castner/unit_models/model_bench.h"
#include "castner/unit_models/samples_for_tests.h"

namespace castner::unit_models {
namespace {

/// A point a few percent around the starts, the same each run.
void scatter(ModelBench& b, unsigned seed) {
  std::mt19937 random(seed);
  std::uniform_real_distribution<double> around(0.97, 1.03);
  b.unit->initialise(b.x);
  for (double& v : b.x) v = (v == 0.0 ? 0.01 : v) * around(random);
}

TEST(EveryModel, HasASample) {
  std::set<std::string> seen;
  for (const auto& s : samples()) seen.insert(s.model);
  for (const auto& m : all_models()) EXPECT_TRUE(seen.count(m.name)) << m.name << " has no row in samples()";
}

TEST(EveryModel, IsNamedAndDescribed) {
  for (const auto& m : all_models()) {
    EXPECT_EQ(model_named(m.name), &m);
    EXPECT_FALSE(m.about.empty());
    for (const auto& p : m.parameters) EXPECT_FALSE(p.about.empty()) << m.name << "." << p.name;
    for (const auto& p : m.ports) EXPECT_FALSE(p.contents.empty()) << m.name << "." << p.name;
  }
  EXPECT_EQ(model_named("perpetuum_mobile"), nullptr);
}

TEST(EveryModel, NamesAndSizesItsEquationsAndVariables) {
  for (const auto& s : samples()) {
    const ModelBench b(s.model, s.connections, s.constants);
    ASSERT_TRUE(b.unit) << s.model << ": " << b.problems;
    std::set<std::string> names;
    for (const auto& e : b.unit->equations()) {
      EXPECT_TRUE(names.insert(e.name).second) << s.model << ": two equations are called " << e.name;
      EXPECT_GT(e.size, 0.0) << s.model << ": " << e.name;
    }
    names.clear();
    for (const auto& v : b.unit->variables()) {
      EXPECT_TRUE(names.insert(v.name).second) << s.model << ": two variables are called " << v.name;
      EXPECT_GT(v.nominal, 0.0) << s.model << ": " << v.name;
      EXPECT_LE(v.low, v.start) << s.model << ": " << v.name;
      EXPECT_LE(v.start, v.high) << s.model << ": " << v.name;
    }
  }
}

TEST(EveryModel, ExactJacobianAgreesWithDifferences) {
  for (const auto& s : samples()) {
    ModelBench b(s.model, s.connections, s.constants);
    ASSERT_TRUE(b.unit) << s.model << ": " << b.problems;
    scatter(b, 11);
    const auto exact = b.jacobian();
    const std::size_t n = b.x.size();
    for (std::size_t i = 0; i < n; ++i) {
      const double middle = b.x[i], h = 1e-5 * std::abs(middle);
      b.x[i] = middle + h;
      const auto above = b.residual();
      b.x[i] = middle - h;
      const auto below = b.residual();
      b.x[i] = middle;
      for (std::size_t e = 0; e < above.size(); ++e) {
        const double size = b.unit->equations()[e].size;
        // Difference of a residual of `size` carrying terms up to 1000 times larger: rounding 1e-13 * 1000 / 1e-5.
        const double scale = size / std::abs(middle);
        EXPECT_NEAR(exact[e * n + i] / scale, (above[e] - below[e]) / (2 * h) / scale,
                    1e-6 * std::abs(exact[e * n + i] / scale) + 1e-5)
            << s.model << ": " << b.unit->equations()[e].name << " by " << b.unit->variables()[i].name;
      }
    }
  }
}

TEST(EveryModel, SecondOrderScalarCarriesTheSameValuesAndSlopes) {
  for (const auto& s : samples()) {
    ModelBench b(s.model, s.connections, s.constants);
    ASSERT_TRUE(b.unit) << s.model << ": " << b.problems;
    scatter(b, 12);
    const auto first = b.jacobian();
    const auto value = b.residual();
    const std::size_t n = b.x.size(), m = value.size();
    std::vector<Dual2> x(n), r(m);
    for (std::size_t i = 0; i < n; ++i) {
      for (std::size_t k = 0; k < n; ++k) x[k] = Dual2(b.x[k]);
      x[i].v[0] = Dual<double, 4>(1.0);
      ASSERT_TRUE(b.unit->residual(std::span<const Dual2>(x), std::span<Dual2>(r)));
      for (std::size_t e = 0; e < m; ++e) {
        // The same arithmetic in the same order; the last digits may differ by fused operations.
        EXPECT_NEAR(r[e].a.a, value[e], 1e-9 * (std::abs(value[e]) + b.unit->equations()[e].size)) << s.model;
        EXPECT_NEAR(r[e].v[0].a, first[e * n + i], 1e-9 * std::abs(first[e * n + i]) + 1e-12) << s.model;
      }
    }
  }
}

TEST(EveryModel, MassBalanceIsInMinusOutInKilogramsPerSecond) {
  for (const auto& s : samples()) {
    ModelBench b(s.model, s.connections, s.constants);
    ASSERT_TRUE(b.unit) << s.model << ": " << b.problems;
    if (b.inlets.empty()) continue;
    ASSERT_GE(b.unit->mass_balance(), 0) << s.model;
    scatter(b, 13);
    double expected = 0.0;
    for (std::size_t i : b.inlets) expected += b.x[i];
    for (std::size_t i : b.outlets) expected -= b.x[i];
    EXPECT_NEAR(b.residual()[static_cast<std::size_t>(b.unit->mass_balance())], expected, 1e-12) << s.model;
  }
}

/// A unit out of service is seen in the same variables, balances mass as it does at work, and has a state in which nothing moves.
TEST(EveryModel, IdleBalancesWhatItHadAndStandsStill) {
  for (const auto& s : samples()) {
    ModelBench b(s.model, s.connections, s.constants);
    ASSERT_TRUE(b.unit) << s.model << ": " << b.problems;
    const auto idle = b.unit->idle_form();
    if (!idle) continue;
    const auto variables = b.unit->variables(), same = idle->unit->variables();
    ASSERT_EQ(same.size(), variables.size()) << s.model;
    for (std::size_t i = 0; i < same.size(); ++i) EXPECT_EQ(same[i].name, variables[i].name);
    std::set<std::string> names;
    for (const auto& e : idle->unit->equations()) {
      EXPECT_TRUE(names.insert(e.name).second) << s.model << ": two equations are called " << e.name;
      EXPECT_GT(e.size, 0.0);
    }
    EXPECT_EQ(idle->unit->mass_balance() >= 0, b.unit->mass_balance() >= 0) << s.model;
    std::vector<double> r(idle->unit->equations().size());
    scatter(b, 15);
    EXPECT_TRUE(idle->unit->residual(std::span<const double>(b.x), std::span<double>(r))) << s.model;
    if (const int row = idle->unit->mass_balance(); row >= 0) {
      double expected = 0.0;
      for (std::size_t i : b.inlets) expected += b.x[i];
      for (std::size_t i : b.outlets) expected -= b.x[i];
      EXPECT_NEAR(r[static_cast<std::size_t>(row)], expected, 1e-12) << s.model;
    }
    for (const auto& group : idle->signs) EXPECT_FALSE(group.empty()) << s.model;
    EXPECT_FALSE(idle->signs.empty()) << s.model << " cannot be seen to stand still";
  }
}

/// An equation that follows from others would be counted twice.
TEST(EveryModel, IdleSaysEachThingOnce) {
  for (const auto& s : samples()) {
    ModelBench b(s.model, s.connections, s.constants);
    ASSERT_TRUE(b.unit) << s.model << ": " << b.problems;
    auto idle = b.unit->idle_form();
    if (!idle) continue;
    scatter(b, 16);
    b.unit = std::move(idle->unit);
    const std::size_t n = b.x.size(), m = b.unit->equations().size();
    auto j = b.jacobian();
    for (std::size_t e = 0; e < m; ++e) {
      // Gauss: what is left of a row once those before it are taken out of it.
      const auto row = j.begin() + static_cast<std::ptrdiff_t>(e * n), end = row + static_cast<std::ptrdiff_t>(n);
      double size = 0.0;
      for (auto i = row; i != end; ++i) size = std::max(size, std::abs(*i));
      for (std::size_t before = 0; before < e; ++before) {
        std::size_t pivot = 0;
        for (std::size_t i = 0; i < n; ++i)
          if (std::abs(j[before * n + i]) > std::abs(j[before * n + pivot])) pivot = i;
        const double f = j[e * n + pivot] / j[before * n + pivot];
        for (std::size_t i = 0; i < n; ++i) j[e * n + i] -= f * j[before * n + i];
      }
      ASSERT_TRUE(std::any_of(row, end, [&](double v) { return std::abs(v) > 1e-9 * size; }))
          << s.model << ": " << b.unit->equations()[e].name;
    }
  }
}

/// A leak is looked for as a residual of the mass balance alone. It then means liquor or gas lost as it stands in an
/// outlet only if that outlet's flow enters no other equation.
TEST(EveryModel, LosesMassAsOneOfItsOutlets) {
  for (const auto& s : samples()) {
    ModelBench b(s.model, s.connections, s.constants);
    ASSERT_TRUE(b.unit) << s.model << ": " << b.problems;
    if (b.outlets.empty()) continue;
    scatter(b, 14);
    const auto j = b.jacobian();
    const std::size_t n = b.x.size(), m = b.unit->equations().size();
    bool found = false;
    for (const std::size_t flow : b.outlets) {
      bool only_mass = true;
      for (std::size_t e = 0; e < m; ++e)
        if (static_cast<int>(e) != b.unit->mass_balance() && j[e * n + flow] != 0.0) only_mass = false;
      found = found || only_mass;
    }
    EXPECT_TRUE(found) << s.model;
  }
}

}  // namespace
}  // namespace castner::unit_models

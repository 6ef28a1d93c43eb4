// SPDX-License-Identifier: Apache-2.0
#include "castner/solve/undetermined.h"

#include <gtest/gtest.h>

#include <cmath>
#include <random>

#include "castner/solve/index.h"
#include "tests/support/linear_network.h"
#include "tests/support/textbook_system.h"

namespace castner::solve {
namespace {

using testing::LinearNetwork;
using testing::numbered;
using testing::numbered_equations;
using testing::TextbookSystem;
using Indices = std::vector<int>;

template <class Function>
Simulation solved(const std::vector<double>& start, std::size_t equations, Function f,
                  const std::vector<Held>& held = {}) {
  const TextbookSystem s(numbered(start), numbered_equations(equations), f);
  return simulate(s, held, start);
}

TEST(Undetermined, IsNothingWhereEverythingFollows) {
  const auto out = solved({1.0, 1.0}, 2, [](auto x, auto r) {
    r[0] = x[0] * x[0] + x[1] - 5.0;
    r[1] = x[0] - x[1] + 1.0;
    return true;
  });
  ASSERT_EQ(out.report.status, Status::converged);
  EXPECT_TRUE(out.undetermined.variables.empty());
  EXPECT_EQ(out.undetermined.missing, 0);
}

/// x y = 1e-12 and y = 1e-9: however small, y is known, and x = 0.001 with it.
TEST(Undetermined, IsNotWhatASmallNumberDetermines) {
  const auto out = solved({1.0, 2.0}, 2, [](auto x, auto r) {
    r[0] = x[0] * x[1] - 1e-12;
    r[1] = x[1] - 1e-9;
    return true;
  });
  ASSERT_EQ(out.report.status, Status::converged);
  EXPECT_TRUE(out.undetermined.variables.empty());
  EXPECT_NEAR(out.x[0], 1e-3, 1e-6) << "residuals are closed to 1e-9 of their size, and this one is 1e-12";
}

TEST(Undetermined, IsWhatTwoEquationsThatSayTheSameLeave) {
  const auto out = solved({1.0, 1.0, 1.0}, 3, [](auto x, auto r) {
    r[0] = x[0] + x[1] - 3.0;
    r[1] = 2.0 * (x[0] + x[1]) - 6.0;
    r[2] = x[2] - 4.0;
    return true;
  });
  ASSERT_EQ(out.report.status, Status::converged);
  EXPECT_EQ(out.undetermined.variables, (Indices{0, 1}));
  EXPECT_EQ(out.undetermined.missing, 1);
}

TEST(Undetermined, IsWhatIsMultipliedByZero) {
  // x2 enters as 0 x2, x4 as (x3 - 2) x4, which is zero at the solution only.
  const auto out = solved({1.0, 1.0, 1.0, 1.0}, 4, [](auto x, auto r) {
    r[0] = x[0] - 3.0;
    r[1] = 0.0 * x[1] + x[0] - 3.0;
    r[2] = x[2] - 2.0;
    r[3] = (x[2] - 2.0) * (x[3] - 7.0);
    return true;
  });
  ASSERT_EQ(out.report.status, Status::converged);
  EXPECT_EQ(out.undetermined.variables, (Indices{1, 3}));
  EXPECT_EQ(out.undetermined.missing, 2);
}

TEST(Undetermined, IsNotADoubleRoot) {
  // A shut valve: 0 = Q^2 says what Q is, although its slope is zero there.
  const auto out = solved({1.0, 0.0}, 1,
                          [](auto x, auto r) {
                            r[0] = x[0] * x[0] - x[1];
                            return true;
                          },
                          {{1, 0.0}});
  ASSERT_EQ(out.report.status, Status::converged);
  EXPECT_NEAR(out.x[0], 0.0, 1e-4);
  EXPECT_TRUE(out.undetermined.variables.empty());
}

TEST(Undetermined, IsWhatATinyFlowSeemsToDetermine) {
  // The flow x1 comes out as zero but for rounding, so that its heat balance tells no temperature x2.
  const auto out = solved({0.3, 350.0}, 2, [](auto x, auto r) {
    r[0] = x[0] * x[0] * x[0] + x[0];
    r[1] = x[0] * (x[1] - 300.0);
    return true;
  });
  ASSERT_EQ(out.report.status, Status::converged);
  EXPECT_EQ(out.undetermined.variables, (Indices{1}));
}

TEST(Undetermined, IsNotWhatIsSmallButKnown) {
  // A trace: its coefficient is tiny whatever the solution.
  const auto out = solved({1.0, 1.0}, 2, [](auto x, auto r) {
    r[0] = x[0] - 3.0;
    r[1] = 1e-12 * x[1] - x[0] * 1e-12;
    return true;
  });
  ASSERT_EQ(out.report.status, Status::converged);
  EXPECT_TRUE(out.undetermined.variables.empty());
}

/// A ring of pipes, each flow the last one's, with a feed to the first node and a product from each.
LinearNetwork ring(int pipes) {
  std::vector<std::vector<double>> a;
  for (int k = 0; k < pipes; ++k) {
    auto& row = a.emplace_back(static_cast<std::size_t>(2 * pipes + 1), 0.0);
    row[static_cast<std::size_t>(k)] = -1.0;                       // leaves node k round the ring
    row[static_cast<std::size_t>((k + pipes - 1) % pipes)] = 1.0;  // arrives from the node before
    row[static_cast<std::size_t>(pipes + k)] = -1.0;               // leaves the ring
    if (k == 0) row.back() = 1.0;                                  // the feed
  }
  return LinearNetwork::dense(a);
}

TEST(Undetermined, IsTheFlowOfARingOfAnySize) {
  std::mt19937_64 random(3);
  std::uniform_real_distribution<double> flow(0.1, 5.0);
  for (int pipes = 2; pipes < 12; ++pipes) {
    // Feed and all products given, and they agree: what goes round may be anything.
    std::vector<Held> held;
    double feed = 0.0;
    for (int k = 0; k < pipes; ++k) held.push_back({pipes + k, flow(random)}), feed += held.back().value;
    held.push_back({2 * pipes, feed});
    const auto s = ring(pipes);
    const std::vector<double> start(s.variables().size(), 1.0);
    const auto loose = simulate(s, held, start);
    ASSERT_EQ(loose.report.status, Status::converged) << pipes;
    EXPECT_EQ(count(loose.undetermined.variables), pipes);
    EXPECT_EQ(loose.undetermined.missing, 1);
    // One of the flows given instead of the feed: everything follows.
    held.back() = {0, 2.0};
    const auto tight = simulate(s, held, start);
    ASSERT_EQ(tight.report.status, Status::converged) << pipes;
    EXPECT_TRUE(tight.undetermined.variables.empty());
    EXPECT_NEAR(tight.x.back(), feed, 1e-9 * feed);
  }
}

TEST(Simulate, TakesAnEquationMoreThatFollowsFromTheOthers) {
  // A loop of two apparatus: both mass balances say that the flows are equal, and one flow is given.
  const LinearNetwork s = LinearNetwork::dense({{1, -1, 0}, {-1, 1, 0}, {1, 1, -1}});
  const auto out = simulate(s, std::vector<Held>{{0, 3.0}}, std::vector<double>{1, 1, 1});
  ASSERT_EQ(out.report.status, Status::converged) << out.report.advice.text;
  EXPECT_NEAR(out.x[1], 3.0, 1e-9);
  EXPECT_NEAR(out.x[2], 6.0, 1e-9);
  ASSERT_EQ(out.report.warnings.size(), 1u);
  EXPECT_EQ(out.report.warnings.front().text,
            "1 of the equations N1: mass balance, N2: mass balance follow from the others, which they agree with");
}

TEST(Simulate, RefusesSpecificationsTooManyEvenIfTheyAgree) {
  const LinearNetwork s = LinearNetwork::dense({{1, -1, -1}});
  const auto out = simulate(s, std::vector<Held>{{0, 3.0}, {1, 1.0}, {2, 2.0}}, std::vector<double>{1, 1, 1});
  EXPECT_EQ(out.report.status, Status::structurally_singular);
  EXPECT_NE(out.report.advice.text.find("free one of them"), std::string::npos) << out.report.advice.text;
}

TEST(Simulate, SaysOnlyWhatIsMissingBesideALoop) {
  // The loop's surplus balance is no fault; that x3 and x4 lack a specification is.
  const LinearNetwork s = LinearNetwork::dense({{1, -1, 0, 0}, {-1, 1, 0, 0}, {0, 0, 1, -1}});
  const auto out = simulate(s, std::vector<Held>{{0, 3.0}}, std::vector<double>{1, 1, 1, 1});
  EXPECT_EQ(out.report.status, Status::structurally_singular);
  EXPECT_EQ(out.report.advice.text, "1 more specification is needed: nothing determines x3, x4; specify 1 of them");
}

}  // namespace
}  // namespace castner::solve

// SPDX-License-Identifier: Apache-2.0
// Classes, degrees of freedom, estimates and variances of random systems against dense linear algebra (Eigen's SVD).
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <Eigen/Dense>
#include <cmath>
#include <random>

#include "castner/solve/reconcile.h"
#include "tests/support/linear_network.h"

namespace castner::solve {
namespace {

using Eigen::MatrixXd;
using Eigen::VectorXd;
using testing::LinearNetwork;

struct Problem {
  MatrixXd a;         ///< before scaling
  VectorXd b, sd, y;  ///< sd 0 where unmeasured
  VectorXd row_scale, column_scale;
};

/// Small integers, so that rank deficiency is common and exact; sometimes a row that is a sum of others.
Problem random_problem(std::mt19937_64& random, double decades) {
  const auto uniform = [&](int from, int to) { return std::uniform_int_distribution<int>(from, to)(random); };
  std::normal_distribution<double> normal;
  std::uniform_real_distribution<double> decade(-decades, decades);
  const int m = uniform(1, 9), n = uniform(1, 14);
  Problem p;
  p.a = MatrixXd::Zero(m, n);
  for (int i = 0; i < m; ++i)
    for (int j = 0; j < n; ++j)
      if (uniform(0, 2) == 0) p.a(i, j) = uniform(0, 1) ? 1 : uniform(-2, 2);
  if (m > 2 && uniform(0, 2) == 0) p.a.row(m - 1) = p.a.row(0) + p.a.row(1);
  if (n > 2 && uniform(0, 2) == 0) p.a.col(n - 1) = p.a.col(0) - p.a.col(1);
  const VectorXd truth = VectorXd::NullaryExpr(n, [&] { return 3.0 + normal(random); });
  p.b = p.a * truth;
  p.sd = VectorXd::Zero(n);
  p.y = VectorXd::Zero(n);
  const int share = uniform(0, 4);
  for (int j = 0; j < n; ++j)
    if (uniform(0, 3) < share) {
      p.sd(j) = 0.01 * std::pow(10.0, std::uniform_real_distribution<double>(0.0, 2.0)(random));
      p.y(j) = truth(j) + p.sd(j) * normal(random);
    }
  p.row_scale = VectorXd::NullaryExpr(m, [&] { return std::pow(10.0, decade(random)); });
  p.column_scale = VectorXd::NullaryExpr(n, [&] { return std::pow(10.0, decade(random)); });
  return p;
}

int rank(const MatrixXd& a) {
  if (a.size() == 0) return 0;
  Eigen::JacobiSVD<MatrixXd> svd(a);
  return static_cast<int>((svd.singularValues().array() > 1e-9 * std::max(1.0, svd.singularValues()(0))).count());
}
MatrixXd columns(const MatrixXd& a, const std::vector<int>& list) {
  MatrixXd out(a.rows(), static_cast<int>(list.size()));
  for (std::size_t k = 0; k < list.size(); ++k) out.col(static_cast<int>(k)) = a.col(list[k]);
  return out;
}

/// The posterior covariance by the null space of A: x = N s + ..., information N^T W N.
MatrixXd dense_covariance(const Problem& p) {
  Eigen::FullPivLU<MatrixXd> lu(p.a);
  lu.setThreshold(1e-10);
  const int n = static_cast<int>(p.a.cols());
  if (lu.dimensionOfKernel() == 0) return MatrixXd::Zero(n, n);
  const MatrixXd null = lu.kernel();
  VectorXd w = VectorXd::Zero(n);
  for (int j = 0; j < n; ++j)
    if (p.sd(j) > 0.0) w(j) = 1.0 / (p.sd(j) * p.sd(j));
  const MatrixXd root = w.cwiseSqrt().asDiagonal() * null;
  if (root.norm() < 1e-9 * null.norm()) return MatrixXd::Zero(n, n);  // no reading sees what the balances leave open
  Eigen::CompleteOrthogonalDecomposition<MatrixXd> qr(root);
  qr.setThreshold(1e-11);
  const MatrixXd inverse = qr.pseudoInverse();
  return null * inverse * inverse.transpose() * null.transpose();
}

struct Scaled {
  LinearNetwork system;
  std::vector<MeasuredValue> readings;
  std::vector<double> start;
};
Scaled scaled(const Problem& p) {
  const int m = static_cast<int>(p.a.rows()), n = static_cast<int>(p.a.cols());
  std::vector<LinearNetwork::Entry> entries;
  std::vector<double> b;
  for (int i = 0; i < m; ++i) {
    for (int j = 0; j < n; ++j)
      if (p.a(i, j) != 0.0) entries.push_back({i, j, p.row_scale(i) * p.a(i, j) / p.column_scale(j)});
    b.push_back(p.row_scale(i) * p.b(i));
  }
  Scaled s{LinearNetwork(m, n, entries, b), {}, {}};
  for (int j = 0; j < n; ++j) {
    s.system.variable(j).nominal = 3.0 * p.column_scale(j);
    s.start.push_back(2.0 * p.column_scale(j));
    if (p.sd(j) > 0.0) s.readings.push_back({j, p.y(j) * p.column_scale(j), p.sd(j) * p.column_scale(j)});
  }
  for (int i = 0; i < m; ++i) s.system.set_size(i, 3.0 * p.row_scale(i));
  return s;
}

/// What differs, or nothing.
std::string differs_from_dense(const Problem& p) {
  const Scaled s = scaled(p);
  const int n = static_cast<int>(p.a.cols());
  const auto out = reconcile(s.system, s.readings, {}, {}, s.start, {.eliminate = false});
  if (out.report.status != Status::converged) return "not converged";

  std::vector<int> unmeasured;
  for (int j = 0; j < n; ++j)
    if (!(p.sd(j) > 0.0)) unmeasured.push_back(j);
  const int rank_unmeasured = rank(columns(p.a, unmeasured));
  if (out.global_test.degrees_of_freedom != rank(p.a) - rank_unmeasured) return "degrees of freedom";

  const MatrixXd covariance = dense_covariance(p);
  for (int j = 0; j < n; ++j) {
    const auto& e = out.estimates[static_cast<std::size_t>(j)];
    // Independent of the (other) unmeasured columns: still determined without its own reading.
    auto with = unmeasured;
    const bool measured = p.sd(j) > 0.0;
    if (measured)
      with.push_back(j);
    else
      std::erase(with, j);
    const int without_rank = measured ? rank_unmeasured : rank(columns(p.a, with));
    const bool determined = (measured ? rank(columns(p.a, with)) : rank_unmeasured) > without_rank;
    const Class kind = measured     ? determined ? Class::redundant : Class::nonredundant
                       : determined ? Class::observable
                                    : Class::unobservable;
    if (e.kind != kind) return "class of x" + std::to_string(j + 1) + ": " + class_name(e.kind);
    if (e.kind == Class::unobservable) continue;
    // What the balances alone determine has variance zero, a difference of equal numbers: next to the reading's variance.
    const double variance = std::pow(e.sd / p.column_scale(j), 2);
    if (!(std::abs(variance - covariance(j, j)) < 1e-9 * (covariance(j, j) + (measured ? p.sd(j) * p.sd(j) : 1.0))))
      return "variance of x" + std::to_string(j + 1) + ": " + std::to_string(variance) + " and " +
             std::to_string(covariance(j, j));
  }
  for (const auto& r : out.report.worst_residuals)
    if (std::abs(r.scaled) > 1e-9) return "open: " + r.equation;
  return "";
}

RC_GTEST_PROP(Classification, AgreesWithDenseAlgebra, (unsigned seed)) {
  std::mt19937_64 random(seed);
  RC_ASSERT(differs_from_dense(random_problem(random, 0.0)) == "");
}

RC_GTEST_PROP(Classification, AgreesWithDenseAlgebraInAnyUnits, (unsigned seed)) {
  std::mt19937_64 random(seed);
  RC_ASSERT(differs_from_dense(random_problem(random, 4.0)) == "");
}

TEST(Classification, AgreesWithDenseAlgebraOnFourThousandSystems) {
  for (unsigned seed = 0; seed < 4000; ++seed) {
    std::mt19937_64 random(seed);
    const Problem p = random_problem(random, seed % 2 ? 4.0 : 0.0);
    ASSERT_EQ(differs_from_dense(p), "") << "seed " << seed << "\n" << p.a << "\nsd " << p.sd.transpose();
  }
}

RC_GTEST_PROP(Reconcile, MinimisesTheWeightedAdjustments, (unsigned seed)) {
  // The answer is not beaten by any point of the balances nearby, nor by the truth it was made from.
  std::mt19937_64 random(seed);
  const Problem p = random_problem(random, 0.0);
  const Scaled s = scaled(p);
  const auto out = reconcile(s.system, s.readings, {}, {}, s.start, {.covariance = false});
  RC_ASSERT(out.report.status == Status::converged);
  Eigen::FullPivLU<MatrixXd> lu(p.a);
  if (lu.dimensionOfKernel() == 0) return;
  const MatrixXd null = lu.kernel();
  const int n = static_cast<int>(p.a.cols());
  std::normal_distribution<double> normal;
  const auto objective = [&](const VectorXd& x) {
    double sum = 0.0;
    for (int j = 0; j < n; ++j)
      if (p.sd(j) > 0.0) sum += std::pow((x(j) - p.y(j)) / p.sd(j), 2);
    return sum;
  };
  const VectorXd x = Eigen::Map<const VectorXd>(out.x.data(), n).cwiseQuotient(p.column_scale);
  RC_ASSERT(std::abs(objective(x) - out.global_test.statistic) < 1e-9 * (1.0 + objective(x)));
  for (int trial = 0; trial < 20; ++trial) {
    const VectorXd d = 0.1 * null * VectorXd::NullaryExpr(null.cols(), [&] { return normal(random); });
    RC_ASSERT(objective(x + d) >= objective(x) - 1e-8 * (1.0 + objective(x)));
  }
}

/// What differs when equations and variables are written in units of 1e-5 to 1e5 their size, or nothing.
std::string differs_in_units(unsigned seed) {
  std::mt19937_64 random(seed);
  Problem p = random_problem(random, 5.0);
  const Scaled wild = scaled(p);
  const auto a = reconcile(wild.system, wild.readings, {}, {}, wild.start);
  const VectorXd column = p.column_scale;
  p.row_scale.setOnes();
  p.column_scale.setOnes();
  const Scaled plain = scaled(p);
  const auto b = reconcile(plain.system, plain.readings, {}, {}, plain.start);
  if (a.report.status != b.report.status) return "status";
  if (std::abs(a.global_test.statistic - b.global_test.statistic) >= 1e-7 * (1.0 + b.global_test.statistic))
    return "statistic of the global test";
  if (a.global_test.degrees_of_freedom != b.global_test.degrees_of_freedom) return "degrees of freedom";
  if (a.gross_errors.size() != b.gross_errors.size()) return "number of gross errors";
  for (std::size_t k = 0; k < a.gross_errors.size(); ++k) {
    if (a.gross_errors[k].index != b.gross_errors[k].index) return "order of gross errors";
    if (a.gross_errors[k].alternatives.size() != b.gross_errors[k].alternatives.size()) return "alternatives";
  }
  for (std::size_t j = 0; j < a.estimates.size(); ++j) {
    if (a.estimates[j].kind != b.estimates[j].kind) return "class of x" + std::to_string(j);
    if (b.estimates[j].kind == Class::unobservable) continue;
    if (std::abs(a.estimates[j].value / column(static_cast<int>(j)) - b.estimates[j].value) >= 1e-7)
      return "estimate of x" + std::to_string(j);
  }
  return {};
}

RC_GTEST_PROP(Reconcile, GivesTheSameAnswerInAnyUnits, (unsigned seed)) {
  const auto difference = differs_in_units(seed);
  if (!difference.empty()) RC_LOG() << difference;
  RC_ASSERT(difference.empty());
}

TEST(Reconcile, GivesTheSameAnswerInAnyUnitsOnTwentyThousandSystems) {
  for (const unsigned seed : {6294865u, 2722518u}) EXPECT_EQ(differs_in_units(seed), "") << seed;  // once wrong
  for (unsigned seed = 0; seed < 20000; ++seed) EXPECT_EQ(differs_in_units(seed), "") << seed;
}

}  // namespace
}  // namespace castner::solve

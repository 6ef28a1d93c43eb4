// SPDX-License-Identifier: Apache-2.0
#include "castner/cells/polarisation.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <random>
#include <vector>

#include "tests/support/agreement.h"

namespace castner::cells {
namespace {

using testing::spot;
using Points = std::vector<PolarisationPoint>;

constexpr double kReversible = 2.2491, kAt = 361.15;
/// The base cell of docs/domain/electrolyser.md 2.2: both electrodes have the same j0, so that one asinh is exact.
constexpr Polarisation kBaseCell{kAt, 0.100, 100.0, 0.10758e-3, 5000.0, 1500.0};

double voltage(const Polarisation& c, double j, double t) {
  return kReversible + electrode_voltage(c, j, t) + ohmic_voltage(c, j, t);
}
PolarisationBelief at_88(PolarisationBelief b = kMembraneCell) {
  b.reference_temperature = kAt;
  return b;
}
PolarisationBelief hardly_anything() {
  return {kAt, {0.1, 3.0}, {100.0, 5.0}, {1e-4, 3.0}, {5000.0, 20000.0}, {1500.0, 10000.0}};
}
/// n currents, evenly between two [A/m2], with noise.
Points measured(const Polarisation& c, double low, double high, int n, double noise, std::mt19937_64& random) {
  std::normal_distribution<double> normal(0.0, noise > 0.0 ? noise : 1.0);
  Points all;
  for (int k = 0; k < n; ++k) {
    const double j = low + (high - low) * k / (n - 1);
    all.push_back(
        {j, kAt, kReversible, voltage(c, j, kAt) + (noise > 0.0 ? normal(random) : 0.0), std::max(noise, 1e-6)});
  }
  return all;
}

// Half a unit of the last digit, and as much for the rounding of E_rev.
TEST(Polarisation, IsTheTableOfTheProcess) {
  const double u[] = {2.5283, 2.5945, 2.6579, 2.7196, 2.7801, 2.8397, 2.8986, 2.9569, 3.0149, 3.0724, 3.1297};
  for (int k = 0; k < 11; ++k) {
    const double j = 1500.0 + 500.0 * k;
    spot("Domain 2.2, polarisation", ("U V at " + std::to_string(j / 1e3).substr(0, 3) + " kA/m2").c_str(), u[k],
         voltage(kBaseCell, j, kAt), 1e-4);
  }
  EXPECT_EQ(electrode_voltage(kBaseCell, 0.0, 350.0), 0.0);
}

TEST(Polarisation, AHotterCellNeedsLess) {
  for (double j : {100.0, 1000.0, 6000.0}) {
    EXPECT_LT(electrode_voltage(kBaseCell, j, kAt + 10.0), electrode_voltage(kBaseCell, j, kAt));
    EXPECT_LT(ohmic_voltage(kBaseCell, j, kAt + 10.0), ohmic_voltage(kBaseCell, j, kAt));
  }
}

TEST(FitPolarisation, FindsTheCurveThatMadeThePoints) {
  const Polarisation truth{kAt, 0.13, 30.0, 0.14e-3, 6500.0, 900.0};
  Points all;
  for (double t : {335.0, 350.0, 361.15})
    for (double j : {20.0, 100.0, 300.0, 1000.0, 2000.0, 4000.0, 6000.0})
      all.push_back({j, t, kReversible, voltage(truth, j, t), 1e-6});
  const auto fit = fit_polarisation(all, hardly_anything());
  EXPECT_TRUE(fit.converged);
  EXPECT_NEAR(fit.curve.tafel_slope, truth.tafel_slope, 1e-6);
  EXPECT_NEAR(fit.curve.exchange_current_density, truth.exchange_current_density, 1e-3);
  EXPECT_NEAR(fit.curve.resistance, truth.resistance, 1e-9);
  EXPECT_NEAR(fit.curve.exchange_activation, truth.exchange_activation, 0.1);
  EXPECT_NEAR(fit.curve.resistance_activation, truth.resistance_activation, 0.1);
  EXPECT_NEAR(fit.determined, 5.0, 1e-3);
  EXPECT_LT(fit.rms, 1e-7);
}

// Seven currents from 3.5 to 6.5 kA/m2 alone hardly tell the parts apart; their sum they do.
TEST(FitPolarisation, SaysThatANarrowBandOfCurrentsDoesNotTellTheParts) {
  std::mt19937_64 random(1);
  const auto points = measured(kBaseCell, 3500.0, 6500.0, 7, 3e-3, random);
  const auto blind = voltage_parts(fit_polarisation(points, hardly_anything()), 5000.0, kAt);
  EXPECT_GT(blind.ohmic_sd, 0.025);  // 5 % of it
  EXPECT_LT(blind.sum_sd, 3e-3);
  EXPECT_NEAR(blind.covariance / (blind.electrode_sd * blind.ohmic_sd), -1.0, 0.01);
  const auto believing = voltage_parts(fit_polarisation(points, at_88()), 5000.0, kAt);
  EXPECT_LT(believing.ohmic_sd, 0.6 * blind.ohmic_sd);
  EXPECT_NEAR(believing.ohmic, ohmic_voltage(kBaseCell, 5000.0, kAt), 3.0 * believing.ohmic_sd);
}

// Cells that are as the belief says: the parts of 95 in 100 lie within 1.96 of the sd that the fit gives, in a narrow band and in a wide.
TEST(FitPolarisation, SdsAreHonest) {
  std::mt19937_64 random(2);
  std::normal_distribution<double> normal;
  const auto belief = at_88();
  for (double low : {200.0, 3500.0}) {
    int electrode = 0, ohmic = 0;
    constexpr int kCells = 1000;
    for (int cell = 0; cell < kCells; ++cell) {
      const auto drawn = [&](const Belief& b) { return b.value * std::exp(b.sd * normal(random)); };
      const Polarisation truth{
          kAt,   drawn(belief.tafel_slope), drawn(belief.exchange_current_density), drawn(belief.resistance), 5000.0,
          1500.0};
      const auto fit = fit_polarisation(measured(truth, low, 6500.0, 12, 2e-3, random), belief);
      ASSERT_TRUE(fit.converged);
      const auto parts = voltage_parts(fit, 5000.0, kAt);
      electrode += std::abs(parts.electrode - electrode_voltage(truth, 5000.0, kAt)) < 1.96 * parts.electrode_sd;
      ohmic += std::abs(parts.ohmic - ohmic_voltage(truth, 5000.0, kAt)) < 1.96 * parts.ohmic_sd;
    }
    EXPECT_NEAR(electrode, 950, 20) << low;  // three sd of a thousand draws
    EXPECT_NEAR(ohmic, 950, 20) << low;
  }
}

// Two electrodes with exchange currents a hundred times apart: one asinh still tells electrode from resistance.
TEST(FitPolarisation, OneAsinhStandsForTwoElectrodes) {
  std::mt19937_64 random(3);
  std::normal_distribution<double> noise(0.0, 0.5e-3);
  const auto both = [](double j) {
    return (0.040 * std::asinh(j / 2.0) + 0.070 * std::asinh(j / 200.0)) / std::log(10.0);
  };
  Points all;
  for (double j = 250.0; j <= 6500.0; j += 125.0)
    all.push_back({j, kAt, kReversible, kReversible + both(j) + 0.11e-3 * j + noise(random), 0.5e-3});
  auto belief = hardly_anything();
  const auto parts = voltage_parts(fit_polarisation(all, belief), 5000.0, kAt);
  EXPECT_NEAR(parts.ohmic / (0.11e-3 * 5000.0), 1.0, 0.02);
  EXPECT_NEAR(parts.electrode / both(5000.0), 1.0, 0.04);
}

TEST(FitPolarisation, AFewWildPointsCountLittleWhereSomeAreExpected) {
  std::mt19937_64 random(4);
  auto points = measured(kBaseCell, 200.0, 6500.0, 40, 1e-3, random);
  for (std::size_t k : {3u, 17u, 30u}) points[k].voltage += 0.2;
  const auto taken_in = fit_polarisation(points, at_88());
  const auto robust = fit_polarisation(points, at_88(), Outliers::some);
  const auto true_ohmic = ohmic_voltage(kBaseCell, 5000.0, kAt),
             true_sum = voltage(kBaseCell, 5000.0, kAt) - kReversible;
  const auto bad = voltage_parts(taken_in, 5000.0, kAt), good = voltage_parts(robust, 5000.0, kAt);
  EXPECT_GT(taken_in.scatter, 20.0);
  EXPECT_LT(robust.scatter, 2.0);
  EXPECT_TRUE(robust.converged);
  EXPECT_GT(std::abs(bad.electrode + bad.ohmic - true_sum), 5e-3);
  EXPECT_NEAR(good.electrode + good.ohmic, true_sum, 1e-3);
  EXPECT_NEAR(good.ohmic, true_ohmic, 4.0 * good.ohmic_sd);
}

TEST(FitPolarisation, PointsThatScatterMoreThanTheirSdMakeTheResultLessSure) {
  std::mt19937_64 random(5);
  auto points = measured(kBaseCell, 200.0, 6500.0, 200, 3e-3, random);
  for (auto& p : points) p.sd = 1e-3;
  const auto fit = fit_polarisation(points, at_88());
  EXPECT_NEAR(fit.scatter, 3.0, 0.5);  // sd of 3 from 200 points: 0.15
  auto honest = points;
  for (auto& p : honest) p.sd = 3e-3;
  EXPECT_NEAR(voltage_parts(fit, 5000.0, kAt).ohmic_sd,
              voltage_parts(fit_polarisation(honest, at_88()), 5000.0, kAt).ohmic_sd, 2e-3);
}

TEST(FitPolarisation, OneTemperatureLeavesTheActivationsAsBelieved) {
  std::mt19937_64 random(6);
  const auto fit = fit_polarisation(measured(kBaseCell, 200.0, 6500.0, 30, 1e-3, random), at_88());
  EXPECT_NEAR(fit.curve.exchange_activation, kMembraneCell.exchange_activation.value, 1e-6);
  EXPECT_NEAR(std::sqrt(fit.covariance[4][4]), kMembraneCell.resistance_activation.sd, 1e-6);
  EXPECT_LT(fit.determined, 3.0);
}

TEST(FitPolarisation, WhatIsHeldStays) {
  std::mt19937_64 random(7);
  auto belief = at_88();
  belief.tafel_slope = {0.09, 0.0};
  const auto fit = fit_polarisation(measured(kBaseCell, 200.0, 6500.0, 30, 1e-3, random), belief);
  EXPECT_NEAR(fit.curve.tafel_slope, 0.09, 1e-12);
  for (std::size_t i = 0; i < PolarisationFit::kUnknowns; ++i) EXPECT_EQ(fit.covariance[0][i], 0.0);
}

TEST(FitPolarisation, WithoutPointsTheBeliefComesBack) {
  const double nan = std::numeric_limits<double>::quiet_NaN();
  const Points unusable{{nan, kAt, kReversible, 3.0}, {5000.0, kAt, kReversible, nan}, {-5.0, kAt, kReversible, 2.2}};
  for (const Points& none : {Points{}, unusable}) {
    const auto fit = fit_polarisation(none, kMembraneCell, Outliers::some);
    EXPECT_TRUE(fit.converged);
    EXPECT_NEAR(fit.curve.resistance, kMembraneCell.resistance.value, 1e-12);
    EXPECT_NEAR(std::sqrt(fit.covariance[0][0]), kMembraneCell.tafel_slope.sd, 1e-9);
    EXPECT_NEAR(fit.determined, 0.0, 1e-9);
  }
}

}  // namespace
}  // namespace castner::cells

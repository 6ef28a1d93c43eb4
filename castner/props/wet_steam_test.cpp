// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "castner/numerics/scalar.h"
#include "castner/props/water_if97.h"
#include "castner/props/water_if97_backward.h"

namespace castner::props {
namespace {

constexpr double kPressures[] = {50e3, 300e3, 900e3, 5e6};

TEST(WetSteam, TemperatureInvertsTheForwardEquationsInEachPhase) {
  for (const double p : kPressures) {
    const double saturated = temperature_sat_water(p), liquid = enth_mass_liq_sat_water(saturated),
                 vapour = enth_mass_vap_sat_water(saturated);
    const auto temperature = [&](double h) { return temperature_wet_steam<double>({p, h}); };
    for (const double t : {saturated - 60.0, saturated - 1.0})
      EXPECT_NEAR(temperature(enth_mass_liq_sat_water(t)), t, 1e-8);
    for (const double t : {saturated + 1.0, saturated + 200.0})
      EXPECT_NEAR(temperature(enth_mass_vap_water<double>({t, p})), t, 1e-8);
    EXPECT_NEAR(temperature(0.5 * (liquid + vapour)), saturated, 1e-12);
    // Without a gap where phases meet, to the rounding of an enthalpy over its slope.
    EXPECT_NEAR(temperature(liquid * (1 - 1e-12)), temperature(liquid * (1 + 1e-12)), 1e-7);
    EXPECT_NEAR(temperature(vapour * (1 - 1e-12)), temperature(vapour * (1 + 1e-12)), 1e-7);
    EXPECT_NEAR((vapour_frac_wet_steam<double>({p, liquid})), 0.0, 1e-12);
    EXPECT_NEAR((vapour_frac_wet_steam<double>({p, vapour})), 1.0, 1e-12);
    EXPECT_LT(temperature(-5e6), temperature(-1e6));  // rises on beyond 0 and 800 degC, for a solver
    EXPECT_GT(temperature(9e6), temperature(6e6));
  }
}

TEST(WetSteam, DerivativesAgreeWithDifferences) {
  for (const double p : kPressures)
    for (const double h : {-1e5, 2e5, 1.5e6, 3e6, 3.4e6, 5e6}) {
      const auto first = [&](double at_p, double at_h) {
        return temperature_wet_steam<Dual1>({Dual1::seed(at_p, 0), Dual1::seed(at_h, 1)});
      };
      const auto middle = first(p, h);
      const double dp = 1e-4 * p, dh = 100.0;
      EXPECT_NEAR(middle.v[0] * p, (first(p + dp, h).a - first(p - dp, h).a) / (2 * dp) * p, 1e-3) << p << " " << h;
      EXPECT_NEAR(middle.v[1] * 1e6, (first(p, h + dh).a - first(p, h - dh).a) / (2 * dh) * 1e6, 1e-2) << p << " " << h;
      Dual2 x_p(p), x_h(h);
      x_p.v[0].a = 1.0, x_h.v[1].a = 1.0, x_p.a.v[0] = 1.0, x_h.a.v[1] = 1.0;
      const Dual2 second = temperature_wet_steam<Dual2>({x_p, x_h});
      EXPECT_NEAR(second.v[1].v[1] * 1e12, (first(p, h + dh).v[1] - first(p, h - dh).v[1]) / (2 * dh) * 1e12, 1.0)
          << p << " " << h;
      EXPECT_NEAR(second.v[0].v[1] * p * 1e6, (first(p + dp, h).v[1] - first(p - dp, h).v[1]) / (2 * dp) * p * 1e6,
                  1e-2)
          << p << " " << h;
    }
}

TEST(WetSteam, SaysInEveryPhaseWhatItDependsOn) {
  for (const double h : {2e5, 1.5e6, 3e6}) {
    Dual1 p(300e3), enthalpy(h);
    p.v[0] = enthalpy.v[1] = std::nan("");
    const auto t = temperature_wet_steam<Dual1>({p, enthalpy});
    EXPECT_TRUE(std::isnan(t.v[0]) && std::isnan(t.v[1])) << h;
  }
}

}  // namespace
}  // namespace castner::props

// SPDX-License-Identifier: Apache-2.0
#include "castner/cell_bank/meter.h"

#include <gtest/gtest.h>

#include <cmath>

namespace castner::cell_bank {
namespace {

TEST(Meter, ShowsGainAndOffset) {
  Meter meter({.gain = 1.01, .offset = 2.0}, 1, "II");
  EXPECT_NEAR(meter.read(100.0, 0.0), 103.0, 1e-12);
  meter.calibrate(1.0, 0.0);
  EXPECT_NEAR(meter.read(100.0, 1.0), 100.0, 1e-12);
}
TEST(Meter, AnalyserFollowsWithItsLag) {
  Meter meter({.lag = 90.0}, 1, "AI");
  EXPECT_EQ(meter.read(0.0, 0.0), 0.0);
  double shown = 0.0;
  for (int t = 10; t <= 90; t += 10) shown = meter.read(1.0, t);
  EXPECT_NEAR(shown, 1.0 - std::exp(-1.0), 1e-12);
}
TEST(Meter, ResultOfASampleStandsUntilTheNext) {
  Meter meter({.every = 3600.0}, 1, "laboratory");
  EXPECT_EQ(meter.read(1.0, 0.0), 1.0);
  EXPECT_EQ(meter.read(2.0, 3000.0), 1.0);
  EXPECT_EQ(meter.read(3.0, 3600.0), 3.0);
}
TEST(Meter, NoiseAndDriftHaveTheirSizes) {
  Meter meter({.noise = 1.0, .drift = 3.0, .resolution = 0.1}, 1, "II");
  double square = 0.0, quick = 0.0, last = 0.0;
  const int n = 20000;
  for (int i = 0; i < n; ++i) {
    const double shown = meter.read(0.0, i * 7200.0);
    EXPECT_NEAR(shown * 10.0, std::round(shown * 10.0), 1e-9);
    square += shown * shown;
    if (i > 0) quick += (shown - last) * (shown - last);
    last = shown;
  }
  EXPECT_NEAR(square / n, 10.0, 1.5);
  EXPECT_LT(quick / n, 4.0) << "drift is slow: of noise alone it would be 2";
}

}  // namespace
}  // namespace castner::cell_bank

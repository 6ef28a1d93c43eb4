// SPDX-License-Identifier: Apache-2.0
#include "castner/assess/traced.h"

#include <gtest/gtest.h>

namespace castner::assess {
namespace {

TEST(Trace, GivesValueAndEveryDerivativeBeyondEight) {
  std::vector<double> x(20);
  for (std::size_t i = 0; i < x.size(); ++i) x[i] = 1.0 + 0.1 * static_cast<double>(i);
  // f = sum of x_i^2 over the 19 variables 1 to 19, asked for twice each
  const Traced t = trace(x, [](Reader& at) {
    Dual1 s(0.0);
    for (int i = 1; i < 20; ++i) s += at(i) * at(i);
    return s;
  });
  double expected = 0.0;
  for (std::size_t i = 1; i < 20; ++i) expected += x[i] * x[i];
  EXPECT_NEAR(t.value, expected, 1e-12);
  ASSERT_EQ(t.gradient.size(), 19u);
  for (const auto& [i, d] : t.gradient) EXPECT_NEAR(d, 2.0 * x[static_cast<std::size_t>(i)], 1e-12) << i;
}

TEST(Trace, OfAConstantHasNoGradient) {
  const std::vector<double> x{1.0};
  const Traced t = trace(x, [](Reader&) { return Dual1(3.0); });
  EXPECT_EQ(t.value, 3.0);
  EXPECT_TRUE(t.gradient.empty());
}

}  // namespace
}  // namespace castner::assess

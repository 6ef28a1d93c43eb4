// SPDX-License-Identifier: Apache-2.0
#include "castner/report/html.h"

#include <gtest/gtest.h>

#include "castner/report/fixture.h"

namespace castner::report {
namespace {
TEST(Html, Builds) { const auto c = testing::small_network(); EXPECT_FALSE(html_report(c.plant, c.assessment, Language::en).empty()); }
}  // namespace
}  // namespace castner::report

// SPDX-License-Identifier: Apache-2.0
#include "castner/base/error.h"

#include <gtest/gtest.h>

#include <memory>

namespace castner {
namespace {

Result<std::unique_ptr<int>> number(int n) {
  if (n < 0) return bad_input("data.csv:3", "the number is negative", "write it without a minus");
  return std::make_unique<int>(n);
}
Result<void> small(int n) {
  if (n > 9) return world_refused("disk", "the number is large");
  return {};
}

/// Its calls are counted, since an expression that is tried must be evaluated once.
Result<int> sum(int a, int b, int& calls) {
  CASTNER_TRY(small(a));
  const auto first = CASTNER_TRY(number((++calls, a)));
  return *first + *CASTNER_TRY(number(b));
}

TEST(CastnerTry, GivesTheValueAndEvaluatesOnce) {
  int calls = 0;
  EXPECT_EQ(sum(1, 2, calls).value(), 3);
  EXPECT_EQ(calls, 1);
}
TEST(CastnerTry, ReturnsTheErrorOfAnyOfThem) {
  int calls = 0;
  EXPECT_EQ(sum(10, 2, calls).error().code, ErrorCode::world_refused);
  EXPECT_EQ(calls, 0);
  EXPECT_EQ(sum(1, -2, calls).error().first(), "data.csv:3: the number is negative; write it without a minus");
}
TEST(Error, HasNoFirstProblemWhereThereIsNone) { EXPECT_EQ(Error{}.first(), ""); }

}  // namespace
}  // namespace castner

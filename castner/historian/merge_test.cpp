// SPDX-License-Identifier: Apache-2.0
#include "castner/historian/merge.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>

namespace castner::historian {
namespace {

Columns columns_of(const std::vector<readings::Reading>& readings) {
  Columns c;
  for (const auto& r : readings) c.push(TagId(1), r);
  return c;
}

/// As merge.h says it, by the library's sort, reading by reading.
std::vector<readings::Reading> sorted(std::vector<readings::Reading> all) {
  std::stable_sort(all.begin(), all.end(), [](const readings::Reading& a, const readings::Reading& b) {
    return std::pair(a.time, a.arrival) < std::pair(b.time, b.arrival);
  });
  std::vector<readings::Reading> kept;
  for (const auto& r : all) {
    const bool repeats =
        !kept.empty() && kept.back().time == r.time && kept.back().status == r.status && kept.back().value == r.value;
    if (!repeats) kept.push_back(r);
  }
  return kept;
}

void expect_sorted(const std::vector<readings::Reading>& given) {
  const auto got = in_order(columns_of(given));
  const auto want = sorted(given);
  RC_ASSERT(got.size() == want.size());
  RC_ASSERT(got.runs.empty() || (got.runs.size() == 1 && got.runs[0].count == want.size()));
  for (std::size_t i = 0; i < want.size(); ++i) {
    const auto r = got.reading(i);
    RC_ASSERT(r.time == want[i].time);
    RC_ASSERT(r.arrival == want[i].arrival);
    RC_ASSERT(r.value == want[i].value);
    RC_ASSERT(r.status == want[i].status);
  }
}

readings::Value value_of(int n) {
  if (n % 4 == 0) return std::string(static_cast<std::size_t>(n % 3), 'x');
  if (n % 4 == 1) return std::int64_t{n};
  return 0.5 * n;
}

// Stretches in order, of which some overtake others, repeat them or lie far back: from nearly sorted to hopeless.
RC_GTEST_PROP(Merge, PutsStretchesThatOvertakeEachOtherInOrder, ()) {
  std::vector<readings::Reading> given;
  int time = 0, arrival = 0;
  const auto jump = *rc::gen::element(2, 30, 1000);
  const auto stretches = *rc::gen::inRange(1, 60);
  for (int s = 0; s < stretches; ++s) {
    time = std::max(0, time + *rc::gen::inRange(-jump, jump));
    arrival += *rc::gen::inRange(-1, 3);
    for (auto left = *rc::gen::inRange(1, 20); left > 0; --left) {
      readings::Reading r{.time = Time(std::chrono::seconds(time)), .arrival = Time(std::chrono::seconds(arrival))};
      r.value = value_of(*rc::gen::inRange(0, 6));
      given.push_back(r);
      time += *rc::gen::inRange(0, 2);
    }
  }
  expect_sorted(given);
}

TEST(Merge, ReadingsFromBackToFrontComeRightAndInGoodTime) {
  std::vector<readings::Reading> given;
  for (int i = 300'000; i > 0; --i) given.push_back({Time(std::chrono::seconds(i)), 1.0 * i});
  const auto got = in_order(columns_of(given));
  ASSERT_EQ(got.size(), 300'000u);
  EXPECT_TRUE(is_in_order(got));
}

}  // namespace
}  // namespace castner::historian

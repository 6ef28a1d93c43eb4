// SPDX-License-Identifier: Apache-2.0
// What store.h promises of deletion, over every keeper of readings.
#include "castner/service/every_store_for_tests.h"

namespace castner::service {

class Retention : public Stores {
 protected:
  void SetUp() override {
    if (!GetParam().exact) GTEST_SKIP() << "it forgets by its own rule";
    Stores::SetUp();
  }
};

TEST_P(Retention, ForgetsByAgeAndTag) {
  const auto a = tag("TI-1"), b = tag("LAB-1"), c = tag("FI-1");
  for (const auto t : {a, b, c}) put(t, {good(0, 1.0), good(10, 2.0)});
  ASSERT_TRUE(store_->settle());
  for (const auto t : {a, b, c}) put(t, {good(50'000, 3.0)});
  ASSERT_TRUE(store_->settle());
  const historian::Retention rules[] = {
      {"LAB-*", std::chrono::hours(24 * 365 * 10)}, {"?I-1", seconds(60)}, {"*", std::chrono::hours(1)}};
  ASSERT_TRUE(store_->set_retention(rules));
  if (GetParam().lasts) reopen();
  EXPECT_EQ(store_->forget(at(50'030))->gone, 4u);
  EXPECT_EQ(all(a).size(), 1u);
  EXPECT_EQ(all(b).size(), 3u);
  EXPECT_EQ(all(c).size(), 1u);
  put(b, {good(100'000, 4.0)});
  EXPECT_EQ(store_->forget(at(100'000))->gone, 2u);
  EXPECT_TRUE(all(a).empty());
  EXPECT_FALSE(store_->latest(std::span(&a, 1)).value()[0]);
}

TEST_P(Retention, CountsFromTheNewestReadingAndNotFromTheClock) {
  const auto a = tag("FI-1"), b = tag("FI-2");
  const historian::Retention rules[] = {{"*", std::chrono::hours(24)}};
  ASSERT_TRUE(store_->set_retention(rules));
  std::vector<readings::Reading> hours;
  for (int h = 0; h < 40; ++h) hours.push_back(good(h * 3600.0, h));
  put(a, hours);
  ASSERT_TRUE(store_->settle());
  for (const double days : {0.0, 400.0, 40'000.0}) {
    const auto f = store_->forget(at(39 * 3600.0 + days * 86400)).value();
    EXPECT_EQ(f.waiting, 0u);
    EXPECT_GE(all(a).size(), 25u) << "a day of readings, whatever the clock says";
    if (GetParam().lasts) reopen();
  }
  // A reading from the future of the clock is none to count from.
  put(b, {{at(1e8), 1.0, readings::StatusCode::good, at(39 * 3600.0)}});
  EXPECT_EQ(store_->forget(at(39 * 3600.0))->waiting, 0u);
  EXPECT_GE(all(a).size(), 25u);
}

TEST_P(Retention, WaitsWhereMoreThanADayWouldGoAtOnce) {
  const auto a = tag("FI-1");
  const historian::Retention rules[] = {{"*", std::chrono::hours(24 * 30)}};
  ASSERT_TRUE(store_->set_retention(rules));
  const auto day = [](double d) { return 86400 * d; };
  for (int d = 0; d < 30; ++d) {
    put(a, {good(day(d), d)});
    ASSERT_TRUE(store_->settle());
    EXPECT_EQ(store_->forget(at(day(d)))->waiting, 0u);
  }
  put(a, {good(day(429), 0.0)});  // the server's clock is 400 days ahead, and so are its readings
  ASSERT_TRUE(store_->settle());
  for (int k = 0; k < 3; ++k) {
    const auto f = store_->forget(at(day(429))).value();
    EXPECT_EQ(f.gone, 0u);
    EXPECT_EQ(f.waiting, 30u);
    EXPECT_EQ(f.oldest, at(0));
    EXPECT_EQ(f.before, at(day(399)));
    EXPECT_EQ(all(a).size(), 31u);
    if (GetParam().lasts) reopen();
  }
  EXPECT_EQ(store_->forget(at(day(29.5)))->waiting, 0u) << "the clock was set right: nothing is too old";
  EXPECT_EQ(all(a).size(), 31u);
  EXPECT_EQ(store_->forget(at(day(429)), historian::Deletion::confirmed)->gone, 30u);
  EXPECT_EQ(all(a).size(), 1u);
  put(a, {good(day(429.5), 0.0)});
  EXPECT_EQ(store_->forget(at(day(429.5)))->waiting, 0u) << "and from now on as usual";
}

TEST_P(Retention, WaitsWhereARuleWasMadeShorterOrOldReadingsCame) {
  const auto a = tag("FI-1"), b = tag("LAB-1");
  const historian::Retention long_one[] = {{"*", std::chrono::hours(24 * 400)}},
                             short_one[] = {{"F*", std::chrono::hours(24 * 10)}, {"*", std::chrono::hours(24 * 400)}};
  ASSERT_TRUE(store_->set_retention(long_one));
  std::vector<readings::Reading> all_days;
  for (int d = 0; d < 30; ++d)  // a run of two hours each day
    for (int minute = 0; minute < 120; minute += 6) all_days.push_back(good(86400.0 * d + 60 * minute, d));
  put(a, all_days);
  put(b, {good(86400.0 * 29.5, 0.0)});
  ASSERT_TRUE(store_->settle());
  EXPECT_EQ(store_->forget(at(86400.0 * 29.5))->waiting, 0u);
  ASSERT_TRUE(store_->set_retention(short_one));
  EXPECT_EQ(store_->forget(at(86400.0 * 29.5))->waiting, 400u);
  EXPECT_EQ(all(a).size(), 600u);
  put(b, {{at(-86400.0 * 500), 1.0, readings::StatusCode::good, at(86400.0 * 29.5)}});
  const auto f = store_->forget(at(86400.0 * 29.5)).value();
  EXPECT_EQ(f.waiting, 401u);
  EXPECT_EQ(f.oldest, at(-86400.0 * 500));
  EXPECT_EQ(store_->forget(at(86400.0 * 29.5), historian::Deletion::confirmed)->gone, 401u);
  EXPECT_EQ(all(a).size(), 200u);
  EXPECT_EQ(all(b).size(), 1u);
}

TEST_P(Retention, ForgetsATagThatSpeaksSeldomToo) {
  const auto lab = tag("LAB-1"), shift = tag("LAB-2"), corrected = tag("LAB-3");
  const historian::Retention rules[] = {{"*", std::chrono::hours(24 * 30)}};
  ASSERT_TRUE(store_->set_retention(rules));
  for (int d = 0; d < 200; ++d) {
    const auto now = 86400.0 * d;
    put(lab, {good(now, d)});
    for (int s = 0; s < 3; ++s) put(shift, {good(now + 28'800.0 * s, s)});
    put(corrected, {good(now, -1.0)});  // what the laboratory says comes two days later
    if (d >= 2) put(corrected, {{at(now - 2 * 86400.0), 1.0, readings::StatusCode::good, at(now)}});
    if (d % 7 == 3) {
      ASSERT_TRUE(store_->settle());
    }
    ASSERT_EQ(store_->forget(at(now + 57'600.0))->waiting, 0u) << "day " << d;
    if (d % 50 == 20 && GetParam().lasts) reopen();
    if (d < 40) continue;
    for (const auto t : {lab, shift, corrected}) {
      const auto there = all(t);
      ASSERT_GE(there.front().time, at(now - 86400.0 * 32)) << "day " << d;
      ASSERT_EQ(store_->read({t, at(now - 86400.0 * 29), at(now)}, 1000)->size(), t == shift ? 87u : 29u)
          << "day " << d;
    }
    const auto settled = store_->read({corrected, at(0), at(now - 86400.0 * 2)}, 1000).value();
    for (const auto& r : settled)
      ASSERT_EQ(r.value, readings::Value(1.0)) << "a corrected value came back on day " << d;
  }
}

TEST_P(Retention, WaitsWhereMuchOfAChunkWouldGo) {
  const auto lab = tag("LAB-1");
  std::vector<readings::Reading> days;
  for (int d = 0; d < 100; ++d) days.push_back(good(86400.0 * d, d));
  put(lab, days);
  ASSERT_TRUE(store_->settle());
  const historian::Retention rules[] = {{"*", std::chrono::hours(24 * 30)}};
  ASSERT_TRUE(store_->set_retention(rules));
  const auto f = store_->forget(at(86400.0 * 99)).value();
  EXPECT_EQ(f.gone, 0u);
  EXPECT_EQ(f.waiting, 69u);
  EXPECT_EQ(f.oldest, at(0));
  EXPECT_EQ(all(lab).size(), 100u);
  EXPECT_EQ(store_->forget(at(86400.0 * 99), historian::Deletion::confirmed)->gone, 69u);
  EXPECT_EQ(all(lab).size(), 31u);
  if (GetParam().lasts) reopen();
  EXPECT_EQ(all(lab).front().time, at(86400.0 * 69));
}

TEST_P(Retention, NeverBringsBackACorrectedValue) {
  const auto t = tag("FI-1");
  const historian::Retention rules[] = {{"*", std::chrono::hours(1)}};
  ASSERT_TRUE(store_->set_retention(rules));
  // Noise, so that a chunk is full after half an hour; the value of second 600 is wrong and is corrected late, and once more later still.
  std::mt19937_64 random(5);
  std::vector<readings::Reading> first;
  for (int s = 0; s < 4000; s += 5) first.push_back(good(s, s == 600 ? -1.0 : static_cast<double>(random()) * 0x1p-7));
  put(t, first);
  ASSERT_TRUE(store_->settle());
  for (const double value : {600.0, 601.0}) {
    put(t, {{at(600), value, readings::StatusCode::good, at(6000 + value)}});
    ASSERT_TRUE(store_->settle());
  }
  for (double now = 4000; now < 16'000; now += 300) {
    put(t, {good(now, 0.0)});
    ASSERT_TRUE(store_->settle());
    EXPECT_EQ(store_->forget(at(now))->waiting, 0u);
    const auto there = store_->read({t, at(600), at(601)}, 10).value();
    ASSERT_LE(there.size(), 1u);
    for (const auto& r : there) EXPECT_EQ(r.value, readings::Value(601.0)) << "at " << now;
  }
  put(t, {good(66'000, 0.0)});  // the silence before it ends the chunk
  ASSERT_TRUE(store_->settle());
  EXPECT_EQ(store_->forget(at(66'000))->waiting, 0u);
  EXPECT_TRUE(store_->read({t, at(600), at(601)}, 10)->empty()) << "in the end it goes";
}

INSTANTIATE_TEST_SUITE_P(All, Retention, ::testing::ValuesIn(kKeepers),
                         [](const auto& keeper) { return keeper.param.name; });

}  // namespace castner::service

// SPDX-License-Identifier: Apache-2.0
// One suite over every keeper of readings: what store.h promises, line by line.
#include "castner/service/every_store_for_tests.h"

namespace castner::service {

TEST_P(Stores, DefineGivesOneTagOneNumberAndTakesANewUnit) {
  const auto a = tag("FI-101", "m3/h"), b = tag("氯气压力");
  EXPECT_NE(a, b);
  EXPECT_EQ(tag("FI-101"), a);
  EXPECT_EQ(store_->find("FI-101")->unit, "m3/h");
  EXPECT_EQ(tag("FI-101", "t/h"), a);
  EXPECT_EQ(store_->find("FI-101")->unit, "t/h");
  EXPECT_FALSE(store_->find("FI-102"));
  ASSERT_EQ(store_->tags().size(), 2u);
  EXPECT_EQ(store_->tags()[1].name, "氯气压力");
}

TEST_P(Stores, DefineRefusesNamesThatAreNoneAndThenMakesNone) {
  for (const std::string& bad : {std::string(), std::string("a\nb"), std::string("a\0b", 3), std::string("\xff"),
                                 std::string("\xed\xa0\x80"), std::string(256, 'x')}) {
    const historian::TagName names[] = {{"fine", ""}, {bad, ""}};
    EXPECT_FALSE(store_->define_all(names)) << bad;
  }
  EXPECT_TRUE(store_->tags().empty());
  const auto odd = "'; DROP TABLE tags; --";
  EXPECT_EQ(store_->find(odd), std::nullopt);
  tag(odd);
  EXPECT_EQ(store_->find(odd)->name, odd);
}

TEST_P(Stores, EveryKindOfValueComesBackBitForBit) {
  const auto t = tag("x");
  std::vector<readings::Reading> put_in;
  double s = 0;
  for (const double v :
       {3.0521, -0.0, std::numeric_limits<double>::max(), 3.0522, std::numeric_limits<double>::denorm_min(),
        std::numeric_limits<double>::infinity(), -std::numeric_limits<double>::infinity(),
        std::bit_cast<double>(std::uint64_t{0x7FF8000000000123}),
        std::bit_cast<double>(std::uint64_t{0xFFF0000000000001})})
    put_in.push_back(good(s++, v));
  for (const std::int64_t v :
       {std::numeric_limits<std::int64_t>::min(), std::int64_t{-1}, std::numeric_limits<std::int64_t>::max()})
    put_in.push_back(good(s++, v));
  put_in.push_back(good(s++, true));
  put_in.push_back(good(s++, false));
  for (const char* v : {"", "running", "停机", "a\nb"}) put_in.push_back(good(s++, std::string(v)));
  put_in.push_back(good(s++, std::string("\0\xff", 2)));
  put_in.push_back(
      {at(s) + nanoseconds(1), 1.5, static_cast<readings::StatusCode>(0x80AB1234), at(-5) + nanoseconds(7)});
  put(t, put_in);
  expect_same(all(t), put_in);
  ASSERT_TRUE(store_->settle());
  expect_same(all(t), put_in);
  if (!GetParam().lasts) return;
  reopen();
  expect_same(all(t), put_in);
}

TEST_P(Stores, ReadIsHalfOpenAscendingAndLimited) {
  const auto t = tag("x"), other = tag("y");
  put(t, {good(3, 3.0), good(1, 1.0), good(2, 2.0)});
  put(other, {good(1, 9.0)});
  expect_same(store_->read({t, at(1), at(3)}, 10).value(), {good(1, 1.0), good(2, 2.0)});
  expect_same(store_->read({t}, 2).value(), {good(1, 1.0), good(2, 2.0)});
  expect_same(store_->read({t, at(2) + nanoseconds(1)}, 2).value(), {good(3, 3.0)});
  EXPECT_TRUE(store_->read({t, at(3), at(1)}, 10)->empty());
  EXPECT_FALSE(store_->read({historian::TagId(99)}, 10));
}

TEST_P(Stores, ColumnsOfNumbersAreTheSameAsReadings) {
  const auto t = tag("x"), u = tag("y");
  std::vector<Time> times;
  std::vector<double> values;
  for (int i = 0; i < 3000; ++i) {  // long enough for a store that treats long ones apart
    times.push_back(at(i));
    values.push_back(3.0 + i % 7 * 1e-4);
  }
  const historian::Numbers columns[] = {
      {t, times, values, readings::StatusCode::uncertain, at(9000)},
      {u, std::span(times).first(3), std::span(values).first(3), readings::StatusCode::good, at(1)}};
  ASSERT_TRUE(store_->append(columns));
  const auto back = store_->read({t}, 5000).value();
  ASSERT_EQ(back.size(), 3000u);
  for (std::size_t i = 0; i < 3000; ++i)
    EXPECT_TRUE(readings::same_reading(back[i], {times[i], values[i], readings::StatusCode::uncertain, at(9000)}));
  EXPECT_EQ(all(u).size(), 3u);
  const std::vector<std::int64_t> whole = {-1, 0, std::numeric_limits<std::int64_t>::min()};
  ASSERT_TRUE(store_->append(std::vector<historian::Numbers>{{u, std::span(times).subspan(3, 3), whole}}));
  const auto kinds = all(u);
  ASSERT_EQ(kinds.size(), 6u);
  EXPECT_EQ(kinds[2].value, readings::Value(values[2]));
  EXPECT_EQ(kinds[5].value, readings::Value(whole[2])) << "an integer stays an integer";
  EXPECT_FALSE(store_->append(std::vector<historian::Numbers>{{t, times, std::span(values).first(2)}}));
  EXPECT_FALSE(store_->append(std::vector<historian::Numbers>{{historian::TagId(77), times, values}}));
}

TEST_P(Stores, AppendRefusesAsAWhole) {
  const auto t = tag("x");
  const historian::TaggedReading some[] = {{t, good(1, 1.0)}, {historian::TagId(77), good(1, 1.0)}};
  EXPECT_FALSE(store_->append(some));
  EXPECT_FALSE(store_->append(std::vector<historian::TaggedReading>{{historian::TagId{}, good(1, 1.0)}}));
  const historian::TaggedReading long_text[] = {{t, good(1, 1.0)},
                                                {t, good(2, std::string(historian::Store::kMostText + 1, 'x'))}};
  EXPECT_FALSE(store_->append(long_text));
  EXPECT_TRUE(all(t).empty());
  EXPECT_TRUE(store_->append(std::span<const historian::TaggedReading>()));
}

TEST_P(Stores, ACorrectionCountsAndKeepsWhatItCorrects) {
  const auto t = tag("x");
  const readings::Reading first{at(1), 1.0, readings::StatusCode::good, at(2)},
      second{at(1), 2.0, readings::StatusCode::good, at(3)}, back_again{at(1), 1.0, readings::StatusCode::good, at(4)};
  put(t, {first, good(5, 5.0)});
  ASSERT_TRUE(store_->settle());
  put(t, {back_again});
  put(t, {second});  // arrived before back_again, came later
  for (int round = 0; round < 2; ++round) {
    expect_same(all(t), {back_again, good(5, 5.0)});
    expect_same(store_->versions({t, at(0), at(2)}, 10).value(), {first, second, back_again});
    ASSERT_TRUE(store_->settle());
  }
}

TEST_P(Stores, OfEqualArrivalsTheLaterAppendedCounts) {
  const auto t = tag("x");
  put(t, {good(1, 1.0), good(9, 9.0)});
  ASSERT_TRUE(store_->settle());
  put(t, {good(1, 2.0), good(1, 3.0)});
  expect_same(all(t), {good(1, 3.0), good(9, 9.0)});
  ASSERT_TRUE(store_->settle());
  put(t, {good(12, 12.0)});
  ASSERT_TRUE(store_->settle());  // the chunk in time is written anew, after the late one
  expect_same(all(t), {good(1, 3.0), good(9, 9.0), good(12, 12.0)});
  expect_same(store_->versions({t, at(0), at(2)}, 10).value(), {good(1, 1.0), good(1, 2.0), good(1, 3.0)});
}

// Long columns and short ones may be kept in different ways.
TEST_P(Stores, OfEqualArrivalsInOneCallTheLaterColumnCounts) {
  constexpr std::size_t kLong = 5000;
  std::vector<Time> times;
  for (std::size_t i = 0; i < kLong; ++i) times.push_back(at(static_cast<int>(i)));
  const std::vector<double> ones(kLong, 1.0), twos(kLong, 2.0);
  for (const auto& [first, second] :
       {std::pair<std::size_t, std::size_t>{3, kLong}, {kLong, 3}, {kLong, kLong}, {3, 3}}) {
    const auto name = std::to_string(first) + " then " + std::to_string(second);
    SCOPED_TRACE(name);
    const auto t = tag(name);
    const auto column = [&](const std::vector<double>& values, std::size_t n) {
      return historian::Numbers{t, std::span(times).first(n), std::span(values).first(n), readings::StatusCode::good,
                                at(9000)};
    };
    ASSERT_TRUE(store_->append(std::vector<historian::Numbers>{column(ones, first), column(twos, second)}));
    for (int round = 0; round < 2; ++round) {
      const auto read = store_->read({t}, kLong).value();
      ASSERT_EQ(read.size(), std::max(first, second));
      for (std::size_t i = 0; i < read.size(); ++i)
        ASSERT_EQ(read[i].value, readings::Value(i < second ? 2.0 : 1.0)) << i;
      ASSERT_TRUE(store_->settle());
    }
  }
}

// A gap that is filled afterwards, while the chunks around it become one: whatever a question begins with, all of it is seen.
TEST_P(Stores, AFilledGapHidesNothing) {
  const auto t = tag("x");
  std::vector<readings::Reading> wanted;
  const auto put_seconds = [&](std::initializer_list<std::pair<int, int>> stretches) {
    std::vector<readings::Reading> some;
    for (const auto& [from, to] : stretches)
      for (int s = from; s < to; ++s) some.push_back(good(s, 1.0 * s));
    wanted.insert(wanted.end(), some.begin(), some.end());
    put(t, some);
  };
  put_seconds({{0, 10}});
  put_seconds({{20, 30}});
  put_seconds({{30, 40}});
  put_seconds({{12, 17}, {40, 50}});  // the gap, and enough new ones for the three before them to be joined
  std::sort(wanted.begin(), wanted.end(), [](const auto& a, const auto& b) { return a.time < b.time; });
  if (GetParam().lasts) reopen();
  expect_same({*store_->latest(std::span(&t, 1)).value()[0]}, {good(49, 49.0)});
  for (int from = 0; from < 50; ++from) {
    SCOPED_TRACE("from second " + std::to_string(from));
    const auto first = std::find_if(wanted.begin(), wanted.end(), [&](const auto& r) { return r.time >= at(from); });
    expect_same(store_->read({t, at(from), at(60)}, 1000).value(), {first, wanted.end()});
  }
}

TEST_P(Stores, ARepetitionIsKeptOnceWithItsFirstArrival) {
  const auto t = tag("x");
  put(t, {good(1, 1.0)});
  ASSERT_TRUE(store_->settle());
  put(t, {{at(1), 1.0, readings::StatusCode::good, at(50)}});
  expect_same(store_->versions({t}, 10).value(), {good(1, 1.0)});
  put(t, {{at(1), 1.0, readings::StatusCode::bad, at(60)}});  // another status is a correction
  EXPECT_EQ(store_->versions({t}, 10)->size(), 2u);
}

TEST_P(Stores, LatestIsNewestByItsOwnTime) {
  const auto t = tag("x"), none = tag("y");
  put(t, {good(5, 5.0), good(3, 3.0)});
  put(t, {good(4, 4.0)});
  const historian::TagId both[] = {none, t};
  auto latest = store_->latest(both).value();
  EXPECT_FALSE(latest[0]);
  expect_same({*latest[1]}, {good(5, 5.0)});
  if (GetParam().lasts) reopen();
  const auto again = store_->latest(both);
  ASSERT_TRUE(again) << again.error().text();
  EXPECT_FALSE(again->at(0));
  ASSERT_TRUE(again->at(1));
  expect_same({*again->at(1)}, {good(5, 5.0)});
  if (!GetParam().exact) return;  // no corrections
  put(t, {{at(5), 6.0, readings::StatusCode::good, at(7)}});
  EXPECT_EQ(std::get<double>(store_->latest(both).value()[1]->value), 6.0);
  put(t, {{at(5), 7.0, readings::StatusCode::good, at(6)}});  // an earlier arrival
  EXPECT_EQ(std::get<double>(store_->latest(both).value()[1]->value), 6.0);
  if (!GetParam().lasts) return;
  reopen();
  EXPECT_EQ(std::get<double>(store_->latest(both).value()[1]->value), 6.0);
}

TEST_P(Stores, LatestIsNotLeftInTheFutureByAClockThatWasAhead) {
  const auto t = tag("x");
  const auto newest = [&] { return historian::number_of(store_->latest(std::span(&t, 1)).value()[0]->value); };
  put(t, {good(3600, 1.0)});  // the clock is an hour ahead, ...
  put(t, {good(10, 2.0)});    // ... and is set back
  EXPECT_EQ(newest(), 2.0) << "else the page would not move for an hour";
  put(t, {good(9, 3.0)});
  EXPECT_EQ(newest(), 2.0) << "late is late";
  put(t, {{at(70), 4.0, readings::StatusCode::good, at(11)}});
  put(t, {good(12, 5.0)});
  EXPECT_EQ(newest(), 4.0) << "a device's clock may be a minute ahead";
  put(t, {{at(1e5), 6.0, readings::StatusCode::good, at(13)}});  // tomorrow, by a wrong date
  put(t, {good(14, 7.0)});
  EXPECT_EQ(newest(), 7.0);
  EXPECT_EQ(all(t).size(), 7u) << "what was said stays";
}

TEST_P(Stores, AggregatesOfAWorkedExample) {
  const auto t = tag("x");
  // Bucket 0: 1 for 2 s, 4 for 1 s, then bad for 7 s. Bucket 1: nothing. Bucket 2: 10 at its 5th second, held on to 3 s of bucket 3.
  put(t, {good(0, 1.0),
          good(2, std::int64_t{4}),
          {at(3), 99.0, readings::StatusCode::bad_sensor_failure, at(3)},
          good(25, 10.0),
          {at(33), true, readings::StatusCode::uncertain, at(33)}});
  for (int round = 0; round < 2; ++round) {
    const auto b = store_->aggregate({t, at(0), at(40)}, seconds(10)).value();
    ASSERT_EQ(b.size(), 3u);
    EXPECT_EQ(b[0].from, at(0));
    EXPECT_EQ(b[0].good, 2u);
    EXPECT_EQ(b[0].bad, 1u);
    EXPECT_EQ(b[0].usable, 2u);
    EXPECT_EQ(b[0].min, 1.0);
    EXPECT_EQ(b[0].max, 4.0);
    EXPECT_EQ(b[0].first, 1.0);
    EXPECT_EQ(b[0].last, 4.0);
    EXPECT_EQ(b[0].mean, 2.5);
    EXPECT_EQ(b[0].held, seconds(3));
    EXPECT_DOUBLE_EQ(b[0].time_weighted_mean, 2.0);
    EXPECT_EQ(b[1].from, at(20));
    EXPECT_EQ(b[1].held, seconds(5));
    EXPECT_EQ(b[2].from, at(30));
    EXPECT_EQ(b[2].uncertain, 1u);
    EXPECT_EQ(b[2].mean, 1.0);
    EXPECT_EQ(b[2].held, seconds(3));  // after the newest reading nothing is known
    EXPECT_DOUBLE_EQ(b[2].time_weighted_mean, 10.0);
    // From within: what holds at the start counts from there; a bucket without a reading shows what held.
    const auto c = store_->aggregate({t, at(27), at(31)}, seconds(1)).value();
    ASSERT_EQ(c.size(), 4u);
    EXPECT_EQ(c[0].usable, 0u);
    EXPECT_TRUE(std::isnan(c[0].mean));
    EXPECT_DOUBLE_EQ(c[0].time_weighted_mean, 10.0);
    ASSERT_TRUE(store_->settle());
  }
  EXPECT_FALSE(store_->aggregate({t}, seconds(1)));
  EXPECT_FALSE(store_->aggregate({t, at(0), at(1)}, seconds(0)));
  EXPECT_FALSE(store_->aggregate({t, at(1), at(0)}, seconds(1)));
}

TEST_P(Stores, DownsamplingKeepsPeaksAndEnds) {
  const auto t = tag("x");
  std::vector<Time> times;
  std::vector<double> values;
  for (int i = 0; i < 10000; ++i) {
    times.push_back(at(i));
    values.push_back(std::sin(i * 0.01));
  }
  values[3333] = 1e6;
  values[7777] = -1e6;
  const historian::Numbers column[] = {{t, times, values, readings::StatusCode::good, at(0)}};
  ASSERT_TRUE(store_->append(column));
  const auto curve = store_->downsample({t}, 400).value();
  EXPECT_LE(curve.size(), 400u);
  EXPECT_GT(curve.size(), 200u);  // where it only rises, first and lowest are one point
  EXPECT_EQ(curve.front().time, at(0));
  EXPECT_EQ(curve.back().time, at(9999));
  const auto has = [&](double v) {
    return std::count_if(curve.begin(), curve.end(), [&](const historian::Point& p) { return p.value == v; });
  };
  EXPECT_EQ(has(1e6), 1);
  EXPECT_EQ(has(-1e6), 1);
  EXPECT_TRUE(std::is_sorted(curve.begin(), curve.end(),
                             [](const historian::Point& a, const historian::Point& b) { return a.time < b.time; }));
  EXPECT_EQ(store_->downsample({t, at(10), at(20)}, 400)->size(), 10u);
  EXPECT_EQ(store_->downsample({t, at(20000), at(20001)}, 400)->size(), 0u);
  EXPECT_FALSE(store_->downsample({t}, 3));
}

TEST_P(Stores, AReadingFromTheFutureIsKeptAndNeverTheNewest) {
  const auto a = tag("TI-1"), b = tag("TI-2");
  const auto ahead = readings::StatusCode::uncertain_time_ahead;
  const double far = GetParam().exact ? 3e8 : 3e4;  // VictoriaMetrics keeps no future
  put(a, {good(0, 1.0), {at(far), 99.0, ahead, at(1)}, good(10, 2.0), {at(20), 98.0, ahead, at(12)}});
  put(b, {{at(far), 5.0, ahead, at(2)}});
  for (int round = 0; round < 3; ++round) {
    const historian::TagId both[] = {a, b};
    const auto newest = store_->latest(both).value();
    ASSERT_TRUE(newest[0]);
    EXPECT_EQ(historian::number_of(newest[0]->value), 2.0);
    EXPECT_FALSE(newest[1]) << "it has said nothing that can be believed";
    EXPECT_EQ(all(a).size(), 4u);
    EXPECT_EQ(all(b).size(), 1u);
    const auto buckets = store_->aggregate({a, at(0), at(100)}, seconds(100)).value();
    ASSERT_EQ(buckets.size(), 1u);
    EXPECT_EQ(buckets[0].mean, 1.5);
    EXPECT_EQ(buckets[0].uncertain, 1u);
    ASSERT_TRUE(store_->settle());
    if (GetParam().lasts) reopen();
  }
}

/// An arrival from before the clock was set back lies in the future: it must not outlive every correction that comes until then.
TEST_P(Stores, TheLaterCountsWhateverTheClockDid) {
  const auto t = tag("LAB-1"), other = tag("TI-1");
  const Time now = std::chrono::floor<seconds>(std::chrono::system_clock::now());
  const Time measured = now - std::chrono::hours(30);
  std::mt19937 random(7);
  double value = 0.0;
  const auto say = [&](Time arrival) {
    put(t,
        {{measured, ++value, readings::StatusCode::good, arrival}, {now, value, readings::StatusCode::good, arrival}});
    put(other, {{now - seconds(static_cast<int>(100 - value)), value, readings::StatusCode::good, arrival}});
    EXPECT_EQ(historian::number_of(all(t).at(0).value), value) << "appended " << value;
  };
  say(now - std::chrono::hours(29));
  say(now + std::chrono::hours(24 * 400));  // the server's clock was wrong
  for (int k = 0; k < 40; ++k) {            // and has been set back; it may be set forth and back again
    if (random() % 3 == 0) {
      ASSERT_TRUE(store_->settle());
    }
    if (GetParam().lasts && random() % 5 == 0) reopen();
    say(random() % 8 == 0 ? now + std::chrono::hours(24 * 10) : now + seconds(k));
  }
  EXPECT_EQ(historian::number_of(all(t).at(0).value), value);
}

/// The tolerance of the server's file holds for the newest reading too: what is taken as good does not give way for being ahead.
TEST(OpenStore, TakesTheToleranceOfTheServersFile) {
  const ScratchFolder folder;
  const Time now = std::chrono::floor<seconds>(std::chrono::system_clock::now());
  for (const std::string& url : {std::string("memory:"), "sqlite:" + folder.path() + "/a.db"})
    for (const auto& [tolerance, ahead, stands] : {std::tuple{seconds(3600), seconds(1800), true},
                                                   {seconds(300), seconds(240), true},
                                                   {seconds(300), seconds(1800), false},
                                                   {seconds(10), seconds(60), false}}) {
      const std::string name = std::to_string(tolerance.count()) + "_" + std::to_string(ahead.count());
      auto store = open_store(url, tolerance).value();
      const auto t = store->define(name, "").value();
      const auto put_at = [&](Time time, double value, Time arrival) {
        const historian::TaggedReading one[] = {{t, {time, value, readings::StatusCode::good, arrival}}};
        ASSERT_TRUE(store->append(one));
      };
      put_at(now - seconds(20), 1.0, now - seconds(20));
      put_at(now + ahead, 99.0, now);
      put_at(now - seconds(1), 2.0, now);
      for (int round = 0; round < 2; ++round) {
        EXPECT_EQ(historian::number_of(store->latest(std::span(&t, 1)).value()[0]->value), stands ? 99.0 : 2.0)
            << url << name;
        if (url == "memory:") break;
        ASSERT_TRUE(store->settle());
        store.reset();
        store = open_store(url, tolerance).value();
      }
    }
}

TEST_P(Stores, AClockThatWasAheadIsForgottenWhenTheStoreIsOpenedAnew) {
  const auto t = tag("TI-1");
  const Time now = std::chrono::floor<seconds>(std::chrono::system_clock::now());
  const auto put_at = [&](Time time, double value) { put(t, {{time, value, readings::StatusCode::good, time}}); };
  put_at(now - seconds(20), 1.0);
  put_at(now + std::chrono::hours(24 * 400), 99.0);  // its arrival is as wrong
  put_at(now - seconds(10), 2.0);
  for (int round = 0; round < 3; ++round) {
    EXPECT_EQ(historian::number_of(store_->latest(std::span(&t, 1)).value()[0]->value), 2.0);
    ASSERT_TRUE(store_->settle());
    if (GetParam().lasts) reopen();
  }
}

TEST_P(Stores, TheLedgerOfGapsKeepsOneOpenGapATag) {
  const auto a = tag("a"), b = tag("b");
  using Gaps = std::vector<historian::Gap>;
  using Ends = std::vector<historian::GapEnd>;
  ASSERT_TRUE(store_->open_gaps(Gaps{{a, at(10), {}, "broker does not answer"}, {b, at(5), {}, "device died"}}));
  ASSERT_TRUE(store_->open_gaps(Gaps{{a, at(12), {}, "still not"}}));
  ASSERT_TRUE(store_->close_gaps(Ends{{b, at(8)}}));
  ASSERT_TRUE(store_->close_gaps(Ends{{b, at(9)}}));  // none is open: nothing happens
  ASSERT_TRUE(store_->open_gaps(Gaps{{b, at(20), {}, "again"}, {b, at(21), {}, "and again"}}));
  ASSERT_TRUE(store_->close_gaps(Ends{{b, at(19)}}));  // the clock jumped back: a gap never ends before it began
  if (GetParam().lasts) reopen();
  const auto gaps = store_->gaps(at(0), at(100)).value();
  ASSERT_EQ(gaps.size(), 3u);
  EXPECT_EQ(gaps[0].tag, b);
  EXPECT_EQ(gaps[0].to, at(8));
  EXPECT_EQ(gaps[1].why, "broker does not answer");
  EXPECT_FALSE(gaps[1].to);
  EXPECT_EQ(gaps[2].to, at(20));
  EXPECT_EQ(store_->gaps(at(8), at(10))->size(), 0u);
  EXPECT_EQ(store_->gaps(at(11), at(12))->size(), 1u);
  EXPECT_FALSE(store_->open_gaps(Gaps{{b, at(30), {}, "fine"}, {historian::TagId(9), at(0), {}, "no such tag"}}));
  EXPECT_EQ(store_->gaps(at(30), at(100))->size(), 1u) << "with one tag unknown, none is opened";
  EXPECT_FALSE(store_->close_gaps(Ends{{a, at(40)}, {historian::TagId(9), at(40)}}));
  EXPECT_FALSE(store_->gaps(at(30), at(100))->front().to) << "nor closed";
}

TEST_P(Stores, ManyThreadsMayWriteAndReadAtOnce) {
  std::vector<historian::TagId> tags;
  for (int i = 0; i < 4; ++i) tags.push_back(tag("t" + std::to_string(i)));
  std::vector<std::thread> threads;
  for (const auto t : tags)
    threads.emplace_back([&, t] {
      for (int i = 0; i < 50; ++i) {
        const historian::TaggedReading r[] = {{t, good(i, i * 0.1)}};
        ASSERT_TRUE(store_->append(r));
        const auto back = store_->read({t}, 1000).value();
        ASSERT_EQ(back.size(), static_cast<std::size_t>(i) + 1);  // each reading once, sealed meanwhile or not
      }
    });
  for (auto& t : threads) t.join();
  EXPECT_EQ(store_->health().acknowledged, 200u);
  EXPECT_EQ(store_->health().last_error, "");
}

TEST(OpenStore, TakesTheUrlsItKnows) {
  const ScratchFolder folder;
  EXPECT_TRUE(open_store("memory:"));
  EXPECT_TRUE(open_store("sqlite:" + folder.path() + "/a.db"));
  EXPECT_EQ(open_store("sqlite:" + folder.path() + "/none/a.db").error().code, ErrorCode::world_refused);
  for (const char* url : {"", "sqlite:", "mysql:x", "/tmp/a.db"})
    EXPECT_EQ(open_store(url).error().code, ErrorCode::bad_input) << url;
}

TEST(SqliteStore, ASecondWriterIsRefused) {
  const ScratchFolder folder;
  const auto first = historian::SqliteStore::open(folder.path() + "/a.db");
  ASSERT_TRUE(first);
  const auto second = historian::SqliteStore::open(folder.path() + "/a.db");
  ASSERT_FALSE(second);
  EXPECT_NE(second.error().text().find("another program writes to it"), std::string::npos);
}

TEST(SqliteStore, AnotherProgramsFileIsLeftAlone) {
  const ScratchFolder folder;
  const auto path = folder.path() + "/a.db";
  std::ofstream(path) << std::string(100, 'x');
  EXPECT_EQ(historian::SqliteStore::open(path).error().code, ErrorCode::bad_input);
  EXPECT_EQ(std::filesystem::file_size(path), 100u);
}

INSTANTIATE_TEST_SUITE_P(All, Stores, ::testing::ValuesIn(kKeepers),
                         [](const auto& keeper) { return keeper.param.name; });

}  // namespace castner::service

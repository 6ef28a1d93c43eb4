// SPDX-License-Identifier: Apache-2.0
#include "castner/sources/health_board.h"

#include <gtest/gtest.h>

#include "castner/base/manual_clock.h"
#include "castner/sources/kinds.h"
#include "castner/sources/outbox.h"

namespace castner::sources {
namespace {

using namespace std::chrono_literals;

TEST(HealthBoard, IsOkOnlyWhileDataFlow) {
  ManualClock clock(Time(1h));
  HealthBoard board({.name = "plc", .period = 1s, .timeout = 2s, .tags = {{.name = "A"}, {.name = "B"}}}, clock);
  EXPECT_EQ(board.health().health, Health::down);
  board.connected();
  EXPECT_EQ(board.health().health, Health::late) << "connected, and nothing came yet";
  board.read(0, clock.now());
  EXPECT_EQ(board.health().health, Health::ok);
  EXPECT_EQ(board.health().tags.at("B").health, Health::late);
  clock.advance(3s);
  EXPECT_EQ(board.health().tags.at("A").health, Health::ok) << "three periods are allowed";
  clock.advance(1ms);
  EXPECT_EQ(board.health().tags.at("A").health, Health::late);
  EXPECT_EQ(board.health().health, Health::late);
  board.disconnected("cable");
  EXPECT_EQ(board.health().tags.at("A").health, Health::down);
  EXPECT_EQ(board.health().last_error, "cable");
}

readings::Reading reading_of(readings::Value value) { return {.time = Time(1h), .value = std::move(value)}; }

TEST(HealthBoard, AsksOfANumberThatComesAgainAndAgainFarFromAllOthers) {
  ManualClock clock(Time(1h));
  HealthBoard board({.name = "plc", .tags = {{.name = "A"}, {.name = "B", .scale = 0.1, .offset = 5.0}, {.name = "C"}}},
                    clock);
  board.connected();
  for (const double v : {80.1, -9999.0, 80.3, -9999.0}) board.shown(0, reading_of(v));
  EXPECT_EQ(board.health().assumed, "") << "twice may be chance";
  board.shown(0, reading_of(-9999.0));
  EXPECT_EQ(board.health().tags.at("A").last_error,
            "shows -9999 again and again, far from all else that it shows; if that means no reading, write no_data = "
            "-9999 in its [[tag]]");
  EXPECT_TRUE(board.health().assumed.starts_with("A: shows -9999"));
  // As it came over the wire: 0x7FFF, which scale and offset make 3281.7.
  for (int i = 0; i < 3; ++i) board.shown(1, reading_of(12.5)), board.shown(1, reading_of(0.1 * 32767 + 5.0));
  EXPECT_NE(board.health().tags.at("B").last_error.find("no_data = 32767 "), std::string::npos);
  // A number that the rest comes near is a reading, and so is one that stands alone in another way.
  for (const double v : {998.0, 999.0, 1001.0, 999.0, 999.0, 5000.0, 5000.0, 5000.0}) board.shown(2, reading_of(v));
  EXPECT_EQ(board.health().tags.at("C").last_error, "");
  // An error of its own comes first.
  board.tag_down(0, "no answer within 2 s");
  EXPECT_EQ(board.health().tags.at("A").last_error, "no answer within 2 s");
}

TEST(HealthBoard, AsksThoseWhoPushForNull) {
  ManualClock clock(Time(1h));
  const auto source = make_source({.name = "edge", .kind = "http_push", .tags = {{.name = "A"}}}, clock).value();
  const std::vector<std::int64_t> values{80, -9999, 81, -9999, -9999};
  const Pushed news{.tag = "A", .newest = Time(1h), .count = 5, .values = std::span<const std::int64_t>(values)};
  source->pushed({&news, 1});
  EXPECT_EQ(source->health().tags.at("A").last_error,
            "shows -9999 again and again, far from all else that it shows; if that means no reading, let its writer "
            "send null");
}

TEST(HealthBoard, AClockThatIsSetMakesNobodyLate) {
  ManualClock clock(Time(1h));
  HealthBoard board({.name = "plc", .period = 1s, .timeout = 2s, .tags = {{.name = "A"}}}, clock);
  board.connected();
  board.read(0, clock.now());
  clock.jump(24h);
  EXPECT_EQ(board.health().health, Health::ok);
  clock.jump(-48h);
  EXPECT_EQ(board.health().health, Health::ok);
}

TEST(HealthBoard, WhatBringsReadingsOfThePastIsLateHoweverFreshItCame) {
  ManualClock clock(Time(24h * 100));
  HealthBoard board({.name = "drop", .period = 1h, .timeout = 2s, .tags = {{.name = "A"}, {.name = "B"}}}, clock);
  board.connected();
  board.read(0, clock.now() - 24h * 30);
  board.read(1, clock.now() - 3h - 4min);
  EXPECT_EQ(board.health().tags.at("A").health, Health::late) << "a file of last month";
  EXPECT_EQ(board.health().tags.at("A").last_error, "its newest reading is of 1970-03-12T00:00:00Z");
  EXPECT_EQ(board.health().tags.at("B").health, Health::ok) << "three periods, and clocks that differ";
  clock.advance(2min);
  EXPECT_EQ(board.health().tags.at("B").health, Health::late);
  board.read(0, clock.now() - 1h);
  EXPECT_EQ(board.health().tags.at("A").health, Health::ok);
  EXPECT_EQ(board.health().tags.at("A").last_error, "");
  board.read(1, Time::min());
  EXPECT_EQ(board.health().tags.at("B").health, Health::late);
}

TEST(HealthBoard, TheNewestReadingIsNotLeftInTheFutureByAClockThatWasSetBack) {
  ManualClock clock(Time(48h));
  HealthBoard board({.name = "plc", .period = 1s, .timeout = 2s, .tags = {{.name = "A"}}}, clock);
  board.connected();
  const Time first = clock.now();
  board.read(0, first);
  board.read(0, first - 1h);
  EXPECT_EQ(board.health().tags.at("A").last, first) << "a late reading is not the newest";
  clock.jump(-24h);
  board.read(0, clock.now());
  EXPECT_EQ(board.health().tags.at("A").last, clock.now());
}

TEST(HealthBoard, ByExceptionNoNewsIsGoodNews) {
  ManualClock clock(Time(1h));
  HealthBoard board({.name = "edge", .tags = {{.name = "A"}}}, clock, HealthBoard::Silence::normal);
  board.connected();
  board.read(0, clock.now());
  clock.advance(24h);
  EXPECT_EQ(board.health().tags.at("A").health, Health::ok);
  board.tag_down(0, "the device said goodbye");
  EXPECT_EQ(board.health().tags.at("A").health, Health::down);
  EXPECT_EQ(board.health().tags.at("A").last_error, "the device said goodbye");
}

TEST(HealthBoard, TellsTheLogOfEveryReadingLostButNotAllTheTime) {
  ManualClock clock{Time{}};
  ::testing::internal::CaptureStderr();
  {
    HealthBoard board({.name = "plc"}, clock);
    for (int k = 0; k < 150; ++k, clock.advance(1s)) board.lost(2);
    EXPECT_EQ(board.health().lost, 300u);
  }
  const std::string said = ::testing::internal::GetCapturedStderr();
  std::vector<int> counts;
  for (std::size_t at = said.find(" count="); at != said.npos; at = said.find(" count=", at + 1))
    counts.push_back(std::stoi(said.substr(at + 7)));
  EXPECT_EQ(counts, (std::vector{2, 120, 120, 58})) << said;
  EXPECT_NE(said.find("error readings_lost source=plc count=2 why="), said.npos) << said;
}

TEST(Outbox, LosesTheOldestBeyondItsLimitAndCountsThem) {
  Outbox box(3);
  const auto reading = [](double v) { return readings::TagReading{"A", {.value = v}}; };
  box.add({reading(1), reading(2)});
  box.add({reading(3), reading(4)});
  EXPECT_EQ(box.take_lost(), 2u);
  EXPECT_EQ(box.take_lost(), 0u);
  std::vector<double> got;
  EXPECT_FALSE(box.flush([](const Delivery&) { return false; }));
  EXPECT_EQ(box.waiting(), 2u);
  EXPECT_TRUE(box.flush([&](const Delivery& d) {
    for (const auto& r : d.readings) got.push_back(std::get<double>(r.reading.value));
    return true;
  }));
  EXPECT_EQ(got, (std::vector<double>{3, 4}));
}

TEST(Outbox, AtItsEndTriesEachBatchOnceMoreAndCountsWhatIsRefused) {
  Outbox box(10);
  const auto reading = [](double v) { return readings::TagReading{"A", {.value = v}}; };
  box.add({reading(1), reading(2)});
  box.add({reading(3), reading(4), reading(5)});
  box.add({reading(6)});
  std::size_t tries = 0;
  box.finish([&](const Delivery& d) {
    EXPECT_TRUE(d.last);
    return ++tries != 2;
  });
  EXPECT_EQ(tries, 3u) << "one that is refused does not keep the others from being tried";
  EXPECT_EQ(box.take_lost(), 3u);
  EXPECT_EQ(box.waiting(), 0u);
}

}  // namespace
}  // namespace castner::sources

// SPDX-License-Identifier: Apache-2.0
#include "castner/sources/health_board.h"

#include <gtest/gtest.h>

#include "castner/base/manual_clock.h"
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

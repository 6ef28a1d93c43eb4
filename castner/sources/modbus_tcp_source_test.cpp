// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <bit>
#include <cmath>

#include "castner/sources/back_off.h"
#include "castner/sources/delivered_for_tests.h"
#include "castner/sources/kinds.h"
#include "castner/sources/modbus_slave_for_tests.h"

namespace castner::sources {
namespace {

using namespace std::chrono_literals;
using readings::StatusCode;
using readings::Value;

class ModbusSourceTest : public ::testing::Test {
 protected:
  SourceSettings settings() const {
    SourceSettings s{.name = "plc", .kind = "modbus_tcp", .url = slave_.url(), .period = 20ms, .timeout = 300ms};
    s.options = {{"retry_limit", "100 ms"}};
    s.where = "castner.toml:1";
    return s;
  }
  static TagSettings tag(std::string name, std::string address, std::string type = "", double scale = 1.0) {
    return {.name = std::move(name),
            .source = "plc",
            .address = std::move(address),
            .type = std::move(type),
            .scale = scale,
            .where = "castner.toml:9"};
  }
  std::unique_ptr<Source> run(const SourceSettings& s) { return delivered_.started(s); }
  bool newest_is(const std::string& name, const Value& value) const {
    const auto all = delivered_.of(name);
    return !all.empty() && all.back().status == StatusCode::good && all.back().value == value;
  }

  TestSlave slave_;
  Delivered delivered_;
};

TEST_F(ModbusSourceTest, ReadsAllFourTablesWithFunctionCodes1To4AndNoOther) {
  auto s = settings();
  s.tags = {tag("H", "holding:40011", "float32"), tag("I", "input:30021", "int16", 0.1), tag("C", "coil:31"),
            tag("D", "discrete:10032"), tag("B", "holding:40041.2")};
  slave_.set(10, 0x3FC0);
  slave_.set(20, 0xFFFF);
  slave_.set(30, 1);
  slave_.set(40, 4);
  const auto source = run(s);
  EXPECT_TRUE(within(5s, [&] {
    return newest_is("H", 1.5) && newest_is("I", -0.1) && newest_is("C", true) && newest_is("D", false) &&
           newest_is("B", true);
  }));
  EXPECT_EQ(source->health().health, Health::ok);
  EXPECT_EQ(source->health().tags.at("H").health, Health::ok);
  std::set<int> seen;
  for (const auto& [function, count] : slave_.functions()) seen.insert(function);
  EXPECT_EQ(seen, (std::set<int>{1, 2, 3, 4})) << "reading is all it does";
}

TEST_F(ModbusSourceTest, ADeviceThatDiesAndComesBackIsReadAgainAndTheGapIsMarked) {
  auto s = settings();
  s.tags = {tag("H", "holding:1")};
  slave_.set(0, 1);
  const auto source = run(s);
  ASSERT_TRUE(within(5s, [&] { return newest_is("H", std::int64_t{1}); }));
  slave_.stop();
  ASSERT_TRUE(within(5s, [&] { return source->health().health == Health::down; }));
  EXPECT_EQ(source->health().tags.at("H").health, Health::down);
  EXPECT_FALSE(source->health().last_error.empty());
  ASSERT_TRUE(
      within(5s, [&] { return readings::quality_of(delivered_.of("H").back().status) == readings::Quality::bad; }));
  std::this_thread::sleep_for(300ms);
  const auto while_dead = delivered_.of("H");
  EXPECT_EQ(
      std::count_if(while_dead.begin(), while_dead.end(), [](const auto& r) { return r.status != StatusCode::good; }),
      1)
      << "one bad reading ends the curve; not one a retry";
  slave_.set(0, 2);
  slave_.start();
  EXPECT_TRUE(within(5s, [&] { return newest_is("H", std::int64_t{2}); })) << "data flow again";
  EXPECT_TRUE(within(5s, [&] { return source->health().health == Health::ok; }));
}

TEST_F(ModbusSourceTest, OneBadAddressDoesNotSilenceItsNeighbours) {
  auto s = settings();
  for (int k = 1; k <= 40; ++k) s.tags.push_back(tag("T" + std::to_string(k), "holding:" + std::to_string(k)));
  for (int k = 0; k < 40; ++k) slave_.set(k, static_cast<std::uint16_t>(100 + k));
  slave_.forbid(16);
  const auto source = run(s);
  EXPECT_TRUE(within(5s, [&] {
    for (int k = 1; k <= 40; ++k)
      if (k != 17 && !newest_is("T" + std::to_string(k), std::int64_t{99 + k})) return false;
    return true;
  }));
  EXPECT_TRUE(delivered_.of("T17").empty());
  const auto health = source->health();
  EXPECT_EQ(health.health, Health::ok);
  EXPECT_EQ(health.tags.at("T17").health, Health::late);
  EXPECT_EQ(health.tags.at("T17").last_error, "Illegal data address");
  EXPECT_EQ(health.tags.at("T16").last_error, "");
}

// Failure, busy, and a gateway that does not reach the device: of these only a moment is known, and all is asked again at the next beat.
TEST_F(ModbusSourceTest, ADeviceThatFailsForAWhileIsReadAgainAtTheNextBeat) {
  for (const int code : {4, 5, 6, 8, 10, 11}) {
    SCOPED_TRACE(code);
    delivered_.clear();
    auto s = settings();
    for (int k = 1; k <= 20; ++k) s.tags.push_back(tag("T" + std::to_string(k), "holding:" + std::to_string(k)));
    slave_.set(0, 1);
    const auto source = run(s);
    ASSERT_TRUE(within(5s, [&] { return newest_is("T1", std::int64_t{1}); }));
    slave_.fail_with(code);
    ASSERT_TRUE(within(5s, [&] { return source->health().tags.at("T20").health == Health::late; }));
    EXPECT_EQ(delivered_.of("T1").back().status, StatusCode::bad_device_failure);
    std::this_thread::sleep_for(200ms);
    slave_.fail_with(0);
    EXPECT_TRUE(within(2s, [&] { return source->health().tags.at("T1").health == Health::ok; }));
    EXPECT_TRUE(within(2s, [&] { return newest_is("T1", std::int64_t{1}); }));
    EXPECT_EQ(slave_.last_count(), 20) << "still in one question";
  }
}

TEST_F(ModbusSourceTest, AnAnswerOfAnotherUnitIsNoAnswer) {
  auto s = settings();
  s.tags = {tag("H", "holding:1@3")};
  slave_.set(0, 7);
  slave_.answer_as(4);
  const auto source = run(s);
  ASSERT_TRUE(within(5s, [&] {
    return source->health().last_error.ends_with("an answer of unit 4; unit 3 was asked");
  })) << source->health().last_error;
  EXPECT_TRUE(delivered_.of("H").empty());
  slave_.answer_as(-1);
  EXPECT_TRUE(within(5s, [&] { return newest_is("H", std::int64_t{7}); }));
}

TEST_F(ModbusSourceTest, ANumberThatMayStandForNoReadingIsAskedAboutAsItCame) {
  auto s = settings();
  s.tags = {tag("I", "holding:1", "int16", 0.1)};
  slave_.set(0, 801);
  const auto source = run(s);
  ASSERT_TRUE(within(5s, [&] { return delivered_.of("I").size() >= 1; }));
  EXPECT_EQ(source->health().tags.at("I").last_error, "");
  slave_.set(0, 0x8000);
  ASSERT_TRUE(within(5s, [&] { return !source->health().tags.at("I").last_error.empty(); }));
  EXPECT_NE(source->health().tags.at("I").last_error.find("no_data = -32768 in its [[tag]]"), std::string::npos)
      << source->health().tags.at("I").last_error;
  EXPECT_EQ(delivered_.of("I").back().status, StatusCode::good);
}

TEST_F(ModbusSourceTest, WhatTheSettingsCallNoDataIsBad) {
  auto s = settings();
  s.no_data = {std::int64_t{-9999}};
  s.tags = {tag("I", "holding:1", "int16", 0.1), tag("U", "holding:2", "uint16", 0.1), tag("L", "holding:3", "int32"),
            tag("M", "holding:5", "uint32"),     tag("F", "holding:7", "float32"),     tag("N", "holding:9", "int16")};
  s.tags[0].no_data = {std::int64_t{0x8000}};
  s.tags[1].no_data = {std::int64_t{0xFFFF}};
  s.tags[2].no_data = {std::int64_t{0x80000000}};
  s.tags[3].no_data = {std::int64_t{0xFFFFFFFF}};
  s.tags[4].no_data = {9.9999e37};
  const auto set = [&](std::initializer_list<int> words) {
    int at = 0;
    for (const int w : words) slave_.set(at++, static_cast<std::uint16_t>(w));
  };
  const auto f = std::bit_cast<std::uint32_t>(9.9999e37f);
  set({0x8000, 0xFFFF, 0x8000, 0, 0xFFFF, 0xFFFF, static_cast<int>(f >> 16), static_cast<int>(f & 0xFFFF), 0xD8F1});
  const auto source = run(s);
  ASSERT_TRUE(within(5s, [&] { return delivered_.of("N").size() >= 1; }));
  for (const char* name : {"I", "U", "L", "M", "F", "N"}) {
    EXPECT_EQ(delivered_.of(name).back().status, StatusCode::bad_no_data) << name;
    EXPECT_TRUE(std::isnan(std::get<double>(delivered_.of(name).back().value))) << name;
    EXPECT_EQ(source->health().tags.at(name).last_error, "the device says that it has no value") << name;
  }
  set({0x7FFF, 0xFFFE, 0x8000, 1, 0xFFFF, 0xFFFE, 0x3F80, 0, 0xD8F2});
  EXPECT_TRUE(within(5s, [&] { return newest_is("N", std::int64_t{-9998}); }));
  for (const char* name : {"I", "U", "L", "M", "F"})
    EXPECT_TRUE(within(5s, [&] { return delivered_.of(name).back().status == StatusCode::good; })) << name;
}

TEST_F(ModbusSourceTest, NoDataThatATagCanNeverSayIsAProblem) {
  auto s = settings();
  for (const char* type : {"uint16", "int16", "bool", "int32", "uint32"}) {
    s.tags.push_back(tag(std::string("T") + type, "holding:1", type));
    s.tags.back().no_data = {std::int64_t{-32769}, std::int64_t{0x10000}, 1.5};
  }
  const auto made = make_source(s, system_clock());
  ASSERT_FALSE(made.has_value());
  EXPECT_EQ(made.error().problems.size(), 3u + 3u + 3u + 1u + 2u) << made.error().text();
}

TEST_F(ModbusSourceTest, ADeviceThatAnswersTooLateIsDroppedAndItsLateAnswerIsNotMistaken) {
  auto s = settings();
  s.timeout = 100ms;
  s.tags = {tag("H", "holding:1"), tag("I", "input:5")};
  slave_.set(0, 7);
  slave_.set(4, 8);
  const auto source = run(s);
  ASSERT_TRUE(within(5s, [&] { return newest_is("H", std::int64_t{7}); }));
  slave_.delay(200ms);
  ASSERT_TRUE(within(5s, [&] { return source->health().health == Health::down; }));
  slave_.delay(0ms);
  EXPECT_TRUE(within(5s, [&] { return source->health().health == Health::ok; }));
  for (const auto& r : delivered_.of("H"))
    EXPECT_TRUE(r.status != StatusCode::good || r.value == Value(std::int64_t{7}));
  for (const auto& r : delivered_.of("I"))
    EXPECT_TRUE(r.status != StatusCode::good || r.value == Value(std::int64_t{8}));
}

TEST_F(ModbusSourceTest, ADeviceThatSendsRubbishDoesNoHarm) {
  auto s = settings();
  s.tags = {tag("H", "holding:1")};
  slave_.set(0, 7);
  slave_.talk_rubbish(true);
  const auto source = run(s);
  ASSERT_TRUE(within(5s, [&] { return slave_.connections() >= 3; })) << "it is tried again";
  EXPECT_TRUE(delivered_.of("H").empty());
  slave_.talk_rubbish(false);
  EXPECT_TRUE(within(5s, [&] { return newest_is("H", std::int64_t{7}); }));
}

TEST_F(ModbusSourceTest, WaitsLongerAfterEachFailureUpToTheLimit) {
  BackOff wait(1s, 5s);
  EXPECT_EQ(wait.failed(), 1s);
  EXPECT_EQ(wait.failed(), 2s);
  EXPECT_EQ(wait.failed(), 4s);
  EXPECT_EQ(wait.failed(), 5s);
  EXPECT_EQ(wait.failed(), 5s);
  wait.worked();
  EXPECT_EQ(wait.failed(), 1s);
}

TEST_F(ModbusSourceTest, WhatTheHistorianRefusesWaitsAndFollowsInOrder) {
  auto s = settings();
  s.tags = {tag("H", "holding:1")};
  delivered_.refuse(true);
  const auto source = run(s);
  for (std::uint16_t k = 1; k <= 10; ++k) {
    slave_.set(0, k);
    std::this_thread::sleep_for(60ms);
  }
  EXPECT_GT(delivered_.refusals(), 0u);
  delivered_.refuse(false);
  ASSERT_TRUE(within(5s, [&] { return newest_is("H", std::int64_t{10}); }));
  std::set<std::int64_t> values;
  Time before{};
  for (const auto& r : delivered_.of("H")) {
    values.insert(std::get<std::int64_t>(r.value));
    EXPECT_GE(r.time, before);
    before = r.time;
  }
  for (std::int64_t k = 1; k <= 10; ++k) EXPECT_TRUE(values.contains(k)) << k << " was read while nobody took it";
  EXPECT_EQ(source->health().lost, 0u);
}

TEST_F(ModbusSourceTest, ABufferThatIsFullLosesTheOldestAndCountsThem) {
  auto s = settings();
  s.options["buffer"] = 5;
  s.tags = {tag("H", "holding:1")};
  delivered_.refuse(true);
  const auto source = run(s);
  ASSERT_TRUE(within(5s, [&] { return source->health().lost >= 3; }));
  delivered_.refuse(false);
  EXPECT_TRUE(within(5s, [&] { return !delivered_.of("H").empty(); }));
}

TEST_F(ModbusSourceTest, WhatWaitsWhenItEndsIsHandedOverOrSaidToBeLost) {
  for (const bool room : {true, false}) {
    Delivered delivered;
    auto s = settings();
    s.tags = {tag("H", "holding:1")};
    delivered.refuse(true);
    if (room) delivered.keep_room_for_last();
    auto source = make_source(s, system_clock()).value();
    source->start(delivered.taker());
    ASSERT_TRUE(within(5s, [&] { return source->health().readings >= 3; }));
    EXPECT_TRUE(delivered.all().empty());
    ::testing::internal::CaptureStderr();
    source.reset();
    const std::string said = ::testing::internal::GetCapturedStderr();
    if (room) {
      EXPECT_GE(delivered.of("H").size(), 3u);
      EXPECT_EQ(said.find("readings_lost"), said.npos) << said;
    } else {
      const auto at = said.find("readings_lost source=plc count=");
      ASSERT_NE(at, said.npos) << said;
      EXPECT_GE(std::stoi(said.substr(at + 31)), 3);
    }
  }
}

TEST_F(ModbusSourceTest, SaysEveryProblemOfItsSettingsAtOnce) {
  auto s = settings();
  s.url = "modbus:5";
  s.options = {{"word_oder", "abcd"}, {"unit_id", 300}};
  s.tags = {tag("H", "holding:30001"), tag("I", "input:1", "float")};
  const auto made = make_source(s, system_clock());
  ASSERT_FALSE(made.has_value());
  const std::string text = made.error().text();
  EXPECT_EQ(made.error().problems.size(), 5u) << text;
  EXPECT_NE(text.find("castner.toml:1: [[source]] \"plc\": url = \"modbus:5\" has no scheme; write url = "),
            std::string::npos)
      << text;
  EXPECT_NE(text.find("did you mean \"word_order\"?"), std::string::npos) << text;
  EXPECT_NE(text.find("castner.toml:9: [[tag]] \"H\": address \"holding:30001\""), std::string::npos) << text;
}

}  // namespace
}  // namespace castner::sources

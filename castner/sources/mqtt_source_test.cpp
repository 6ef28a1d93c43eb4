// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "castner/sources/delivered_for_tests.h"
#include "castner/sources/kinds.h"
#include "castner/sources/mqtt_broker_for_tests.h"

namespace castner::sources {
namespace {

using namespace std::chrono_literals;
using readings::StatusCode;
using readings::Value;

class MqttSourceTest : public ::testing::Test {
 protected:
  SourceSettings settings() const {
    SourceSettings s{.name = "broker", .kind = "mqtt", .url = broker_.url(), .period = 10s, .timeout = 1s};
    s.options = {{"retry_limit", "50 ms"}};
    s.where = "castner.toml:1";
    s.tags = {{.name = "A", .address = "plant/a"}, {.name = "B", .address = "plant/b#motor.current", .scale = 0.1}};
    return s;
  }
  std::unique_ptr<Source> run(const SourceSettings& s) { return delivered_.started(s); }
  bool newest_is(const std::string& name, const Value& value, StatusCode status = StatusCode::good) const {
    const auto all = delivered_.of(name);
    return !all.empty() && all.back().status == status && all.back().value == value;
  }

  TestBroker broker_;
  Delivered delivered_;
};

TEST_F(MqttSourceTest, ReadsItsTopicsAndSendsNothingButWhatAListenerMust) {
  auto s = settings();
  s.options["keep_alive"] = 1;
  auto source = run(s);
  ASSERT_TRUE(within(5s, [&] { return source->health().health == Health::late; })) << "connected is not ok yet";
  broker_.publish("plant/a", "12.5");
  broker_.publish("plant/b", R"({"motor":{"current":40}})");
  EXPECT_TRUE(within(5s, [&] { return newest_is("A", 12.5) && newest_is("B", 4.0); }));
  EXPECT_EQ(source->health().health, Health::ok);
  EXPECT_TRUE(within(5s, [&] { return broker_.acknowledged() == (std::vector<int>{1, 2}); }));
  EXPECT_TRUE(within(5s, [&] { return broker_.types().contains(MqttType::pingreq); }));
  source.reset();
  EXPECT_TRUE(within(5s, [&] { return broker_.types().contains(MqttType::disconnect); }));
  EXPECT_EQ(broker_.types(), (std::set{MqttType::connect, MqttType::subscribe, MqttType::puback, MqttType::pingreq,
                                       MqttType::disconnect}));
  EXPECT_TRUE(broker_.published().empty());
}

TEST_F(MqttSourceTest, AcknowledgesOnlyWhatIsOnTheDisk) {
  delivered_.hold_back();
  const auto source = run(settings());
  broker_.publish("plant/a", "1");
  broker_.publish("plant/a", "2");
  ASSERT_TRUE(within(5s, [&] { return delivered_.of("A").size() == 2; }));
  std::this_thread::sleep_for(100ms);
  EXPECT_TRUE(broker_.acknowledged().empty()) << "taken over, but not yet durable";
  delivered_.make_durable();
  EXPECT_TRUE(within(5s, [&] { return broker_.acknowledged() == (std::vector<int>{1, 2}); }));
}

TEST_F(MqttSourceTest, WhatTheHistorianRefusesStaysWithTheBrokerAndFollows) {
  delivered_.refuse(true);
  const auto source = run(settings());
  for (int k = 1; k <= 20; ++k) broker_.publish("plant/a", std::to_string(k));
  ASSERT_TRUE(within(5s, [&] { return delivered_.refusals() >= 3; }));
  EXPECT_TRUE(broker_.acknowledged().empty());
  delivered_.refuse(false);
  ASSERT_TRUE(within(5s, [&] { return delivered_.of("A").size() >= 20; }));
  const auto all = delivered_.of("A");
  ASSERT_EQ(all.size(), 20u);
  for (std::size_t k = 0; k < 20; ++k) EXPECT_EQ(all[k].value, Value(static_cast<double>(k + 1)));
}

TEST_F(MqttSourceTest, WhatACleanSessionLosesWithItsConnectionIsCounted) {
  for (const bool clean : {false, true}) {
    TestBroker broker;
    Delivered delivered;
    delivered.refuse(true);
    auto s = settings();
    s.url = broker.url();
    s.options["clean_session"] = clean;
    s.options["keep_alive"] = 1;  // its ping finds out that the broker is gone, for nothing is read meanwhile
    const auto source = make_source(s, system_clock()).value();
    source->start(delivered.taker());
    broker.publish("plant/a", "1");
    ASSERT_TRUE(within(5s, [&] { return delivered.refusals() >= 1; }));
    broker.stop();
    ASSERT_TRUE(within(5s, [&] { return source->health().health == Health::down; }));
    if (clean) {
      EXPECT_TRUE(within(5s, [&] { return source->health().lost == 1; }));
    } else {
      std::this_thread::sleep_for(200ms);
      EXPECT_EQ(source->health().lost, 0u) << "the broker sends it again";
    }
  }
}

TEST_F(MqttSourceTest, WhatTheBrokerWillNotSayAgainIsHandedOverAtTheEndOrSaidToBeLost) {
  for (const bool room : {true, false}) {
    Delivered delivered;
    delivered.refuse(true);
    if (room) delivered.keep_room_for_last();
    auto source = make_source(settings(), system_clock()).value();
    source->start(delivered.taker());
    // One that the broker keeps, and three that it forgets, at once, so that they wait here.
    broker_.raw(TestBroker::packet(0, "plant/a", "1") + TestBroker::packet(0, "plant/a", "2") +
                TestBroker::packet(9, "plant/a", "3") + TestBroker::packet(0, "plant/a", "4"));
    ASSERT_TRUE(within(5s, [&] { return delivered.refusals() >= 1; }));
    ::testing::internal::CaptureStderr();
    source.reset();
    const std::string said = ::testing::internal::GetCapturedStderr();
    std::vector<Value> values;
    for (const auto& r : delivered.of("A")) values.push_back(r.value);
    EXPECT_EQ(values, room ? (std::vector<Value>{1.0, 2.0, 4.0}) : std::vector<Value>{});
    EXPECT_EQ(said.find("readings_lost source=broker count=") != said.npos, !room) << said;
  }
}

TEST_F(MqttSourceTest, ABrokerThatDiesAndComesBackIsHeardAgain) {
  const auto source = run(settings());
  broker_.publish("plant/a", "1");
  ASSERT_TRUE(within(5s, [&] { return newest_is("A", 1.0); }));
  ASSERT_TRUE(within(5s, [&] { return broker_.acknowledged().size() == 1; }));
  broker_.stop();
  ASSERT_TRUE(within(5s, [&] { return source->health().health == Health::down; }));
  EXPECT_TRUE(within(5s, [&] { return delivered_.of("A").back().status == StatusCode::bad_not_connected; }));
  broker_.start();
  ASSERT_TRUE(within(5s, [&] { return source->health().health == Health::late; })) << "connected, no data yet";
  broker_.publish("plant/a", "2");
  EXPECT_TRUE(within(5s, [&] { return newest_is("A", 2.0); }));
  EXPECT_EQ(source->health().tags.at("A").health, Health::ok);
}

TEST_F(MqttSourceTest, ABrokerThatFallsSilentIsLeft) {
  auto s = settings();
  s.options["keep_alive"] = 1;
  s.timeout = 200ms;
  const auto source = run(s);
  ASSERT_TRUE(within(5s, [&] { return broker_.connections() == 1; }));
  broker_.answer_pings(false);
  EXPECT_TRUE(within(5s, [&] { return broker_.connections() >= 2; }));
}

TEST_F(MqttSourceTest, RubbishIsCountedAndHarmsNobody) {
  const auto source = run(settings());
  broker_.publish("plant/b", "{\"motor\":");
  broker_.publish("plant/b", std::string(100'000, '['));
  broker_.publish("plant/a", "forty");
  broker_.publish("plant/a", "40");
  EXPECT_TRUE(within(5s, [&] { return newest_is("A", 40.0); }));
  EXPECT_EQ(source->health().rejected, 3u);
  EXPECT_EQ(source->health().tags.at("B").health, Health::late);
  EXPECT_TRUE(within(5s, [&] { return broker_.acknowledged().size() == 4; })) << "rubbish is not sent for ever";
  broker_.raw(std::string("\x30\xFF\xFF\xFF\xFF\xFF rubbish", 15));
  EXPECT_TRUE(within(5s, [&] { return broker_.connections() >= 2; })) << "no MQTT: a new connection";
  broker_.publish("plant/a", "41");
  EXPECT_TRUE(within(5s, [&] { return newest_is("A", 41.0); }));
}

TEST_F(MqttSourceTest, AFloodIsTakenAtTheHistoriansPace) {
  const auto source = run(settings());
  std::string flood;
  for (int k = 1; k <= 50'000; ++k) flood += TestBroker::packet(0, "plant/a", std::to_string(k));
  delivered_.refuse(true);
  broker_.raw(std::move(flood));
  ASSERT_TRUE(within(5s, [&] { return delivered_.refusals() > 0; }));
  delivered_.refuse(false);
  EXPECT_TRUE(within(20s, [&] { return newest_is("A", 50'000.0); }));
  EXPECT_EQ(delivered_.of("A").size(), 50'000u);
}

TEST_F(MqttSourceTest, ARetainedMessageIsOldNews) {
  const auto source = run(settings());
  broker_.publish("plant/a", "5", true);
  ASSERT_TRUE(within(5s, [&] { return newest_is("A", 5.0, StatusCode::uncertain_last_usable_value); }));
  EXPECT_EQ(source->health().tags.at("A").health, Health::late);
}

TEST_F(MqttSourceTest, TakesTheTimeThatThePayloadSays) {
  auto s = settings();
  s.options["time"] = "ts";
  s.tags[1].address = "plant/b#x";
  const auto source = run(s);
  broker_.publish("plant/b", R"({"ts":1795046400123,"x":1})");
  ASSERT_TRUE(within(5s, [&] { return delivered_.of("B").size() == 1; }));
  EXPECT_EQ(delivered_.of("B")[0].time.time_since_epoch(), 1795046400123ms);
}

TEST_F(MqttSourceTest, NoDataNumbersInQuotesAndTimesInSeconds) {
  auto s = settings();
  s.options["time"] = "ts";
  s.tags[1].address = "plant/b#x";
  s.tags[1].unit = "degC";
  s.tags[1].no_data = {std::int64_t{-9999}, 9.9999e37};
  const auto source = run(s);
  broker_.publish("plant/b", R"({"ts":1795046400,"x":1})");
  ASSERT_TRUE(within(5s, [&] { return source->health().rejected == 1; }));
  EXPECT_EQ(source->health().tags.at("B").last_error,
            "1795046400 is 1970-01-21T18:37:26.400Z in ms; it may count s: set time_unit");
  EXPECT_TRUE(delivered_.of("B").empty());
  for (const char* x : {"-9999", "\"23.5\"", "9.9999E+37", "9.999900142e37", "\"-9999.0\""})
    broker_.publish("plant/b", R"({"ts":1795046400123,"x":)" + std::string(x) + "}");
  ASSERT_TRUE(within(5s, [&] { return delivered_.of("B").size() == 5; }));
  for (const int k : {0, 2, 3, 4})
    EXPECT_EQ(delivered_.of("B")[static_cast<std::size_t>(k)].status, StatusCode::bad_no_data) << k;
  EXPECT_DOUBLE_EQ(std::get<double>(delivered_.of("B")[1].value), 2.35) << "scaled";
}

TEST_F(MqttSourceTest, ANumberThatMayStandForNoReadingIsAskedAboutAndKept) {
  auto s = settings();
  s.tags[1].address = "plant/b";
  const auto source = run(s);
  for (const char* x : {"80.1", "-9999", "80.2", "-9999", "80.4", "-9999"}) broker_.publish("plant/b", x);
  ASSERT_TRUE(within(5s, [&] { return delivered_.of("B").size() == 6; }));
  for (const auto& r : delivered_.of("B")) EXPECT_EQ(r.status, StatusCode::good);
  EXPECT_TRUE(source->health().tags.at("B").last_error.starts_with("shows -9999 again and again"))
      << source->health().tags.at("B").last_error;
}

TEST_F(MqttSourceTest, SaysWhyTheBrokerRefusesAndTriesAgain) {
  broker_.refuse_with(4);
  const auto source = run(settings());
  ASSERT_TRUE(within(5s, [&] {
    return source->health().last_error.find("the broker refuses user and password") != std::string::npos;
  }));
  broker_.refuse_with(0);
  EXPECT_TRUE(within(5s, [&] { return source->health().health == Health::late; }));
}

TEST_F(MqttSourceTest, ASubscriptionThatTheBrokerRefusesEndsItsTagAlone) {
  broker_.refuse_filter("plant/a");
  const auto source = run(settings());
  const auto a = [&] { return source->health().tags.at("A"); };
  ASSERT_TRUE(within(5s, [&] { return a().last_error == "the broker refuses the subscription"; }));
  EXPECT_EQ(a().health, Health::down);
  broker_.publish("plant/b", R"({"motor":{"current":40}})");
  EXPECT_TRUE(within(5s, [&] { return newest_is("B", 4.0); }));
  EXPECT_EQ(source->health().tags.at("B").health, Health::ok);
}

TEST_F(MqttSourceTest, SaysEveryProblemOfItsSettingsAtOnce) {
  auto s = settings();
  s.url = "http://x";
  s.options = {{"tme", "ts"}, {"password", "x"}, {"subscribe", "a/#/b"}};
  s.tags[0].address = "a/+";
  s.tags[1].type = "float99";
  const auto made = make_source(s, system_clock());
  ASSERT_FALSE(made.has_value());
  EXPECT_EQ(made.error().problems.size(), 6u) << made.error().text();
}

}  // namespace
}  // namespace castner::sources

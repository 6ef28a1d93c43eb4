// SPDX-License-Identifier: Apache-2.0
// What is no text, no number and no time: refused by every format in which readings come, and nothing of it handed on.
#include <gtest/gtest.h>

#include "castner/sources/line_protocol.h"
#include "castner/sources/mqtt_payload.h"
#include "castner/sources/push_json.h"

namespace castner::sources {
namespace {

using readings::StatusCode;
using readings::Value;

constexpr Time kCame{std::chrono::seconds(1'800'000'000)};

/// The first problem of a body, "" where it is taken.
std::string json_problem(const std::string& body) {
  PushBatch batch;
  const auto done = read_push_json(body, kCame, batch);
  EXPECT_TRUE(done || batch.size() == 0) << "nothing half applied";
  return done ? "" : done.error().problems.front().text();
}
std::string line_problem(const std::string& body, std::int64_t ns_each = 1) {
  LineProtocolReader reader;
  const auto done = reader.read(body, {.ns_each = ns_each, .arrival = kCame});
  EXPECT_TRUE(done || reader.batch().size() == 0) << "nothing half applied";
  return done ? "" : done.error().problems.front().text();
}
std::string mqtt_problem(const std::string& payload, const char* place, const char* type = "") {
  MqttPayload p(payload);
  const auto r = p.reading(*read_payload_place(place), *read_payload_type(type));
  return r ? "" : r.error();
}

const std::string kNoUtf8[] = {"\xFF",
                               "\xC3",
                               "\x80",
                               "\xC0\xAF",
                               "\xED\xA0\x80",
                               "\xF4\x90\x80\x80",
                               "a\xE2\x82",
                               "\xB0"
                               "C"};

TEST(NotText, InvalidUtf8IsRefusedWhereverItStands) {
  for (const auto& bad : kNoUtf8) {
    EXPECT_NE(json_problem(R"({"samples":[{"tag":"A","value":")" + bad + "\"}]}"), "");
    EXPECT_NE(json_problem(R"({"samples":[{"tag":"A)" + bad + R"(","value":1}]})"), "");
    EXPECT_NE(json_problem(R"({"series":[{"tag":"A","times":[],"values":[],")" + bad + R"(":1}]})"), "");
    EXPECT_NE(line_problem("A v=\"" + bad + "\"\n"), "");
    EXPECT_NE(line_problem("A" + bad + " v=1\n"), "");
    EXPECT_NE(line_problem("A,k=" + bad + " v=1\n"), "");
    EXPECT_NE(line_problem("# a comment " + bad + "\nA v=1\n"), "");
    EXPECT_NE(mqtt_problem(R"({"v":")" + bad + "\"}", "v"), "");
    EXPECT_NE(mqtt_problem(R"({"other":")" + bad + R"(","v":1})", "v"), "");
    EXPECT_NE(mqtt_problem(bad, "", "string"), "");
    EXPECT_NE(mqtt_problem("1," + bad, "csv:2", "string"), "");
  }
  EXPECT_EQ(line_problem("A v=1\nB v=\"\xFF\"\n"),
            "line 2: byte 12 of the body is no text in UTF-8; send UTF-8, without zeros");
  EXPECT_EQ(json_problem(R"({"samples":[{"tag":"Grün","value":"电解槽 😀"}]})"), "");
  EXPECT_EQ(line_problem("温度,槽=一 v=\"µ\"\n"), "");
}

TEST(NotText, AZeroIsNoCharacter) {
  EXPECT_NE(json_problem(R"({"samples":[{"tag":"A","value":"a\u0000b"}]})"), "");
  EXPECT_NE(json_problem(R"({"samples":[{"tag":"A\u0000","value":1}]})"), "");
  EXPECT_NE(line_problem(std::string("A v=\"a\0b\"\n", 11)), "");
  EXPECT_NE(mqtt_problem(R"({"v":"a\u0000b"})", "v"), "");
}

TEST(NotText, ANameTwiceInOneObjectIsRefused) {
  EXPECT_EQ(json_problem(R"({"samples":[{"tag":"A","value":1,"value":2}]})"),
            R"(samples[0]: "value" stands twice; give it once)");
  for (const char* body :
       {R"({"samples":[{"tag":"A","tag":"B","value":1}]})", R"({"samples":[{"tag":"A","v\u0061lue":1,"value":2}]})",
        R"({"samples":[{"tag":"A","value":1,"quality":"bad","quality":"good"}]})",
        R"({"samples":[{"tag":"A","value":1,"time":"2026-11-23T14:32:04Z","time":"2026-11-23T14:32:05Z"}]})",
        R"({"samples":[],"samples":[{"tag":"A","value":1}]})",
        R"({"series":[{"tag":"A","times":[],"values":[],"values":[]}]})",
        R"({"series":[{"tag":"A","times":[],"times":[],"values":[]}]})"})
    EXPECT_NE(json_problem(body), "") << body;
  EXPECT_NE(mqtt_problem(R"({"v":1,"v":2})", "v"), "");
  EXPECT_NE(mqtt_problem(R"({"a":{"v":1,"w":{},"v":1}})", "a.v"), "");
  EXPECT_NE(mqtt_problem(R"({"value":1,"value":2})", ""), "");
  EXPECT_EQ(mqtt_problem(R"({"a":{"v":1},"b":{"v":2},"c":[{"v":1},{"v":2}]})", "c.1.v"), "");
  EXPECT_NE(line_problem("A,k=1,k=2 v=1\n"), "");
  EXPECT_NE(line_problem("A,k=1,j=3,k=1 v=1\n"), "");
  EXPECT_EQ(line_problem("A v=1,v=2\n"), "") << "a field twice is two readings of one time: the later counts";
}

TEST(NotText, ANumberHasOneSign) {
  for (const char* bad :
       {"+-5", "-+5", "++5", "--5", "+", "-", "+-5.25", "+-1e3", "+-0", "5-", "1e+-5", "0x1A", "1_000", "1,5", "."})
    EXPECT_NE(line_problem("A v=" + std::string(bad) + "\n"), "") << bad;
  for (const char* bad : {"+-5i", "++5i", "--5i", "-5u", "+-5u", "5.0i"})
    EXPECT_NE(line_problem("A v=" + std::string(bad) + "\n"), "") << bad;
  for (const char* bad : {"+-5", "-+5", "++5", "--5", "0x1A", "1_000"}) {
    EXPECT_NE(mqtt_problem(bad, ""), "") << bad;
    EXPECT_NE(mqtt_problem("1," + std::string(bad), "csv:2", "float64"), "") << bad;
    EXPECT_NE(json_problem(R"({"samples":[{"tag":"A","value":)" + std::string(bad) + "}]}"), "") << bad;
  }
  for (const char* good : {"+5", "-5", "5.", ".5", "-.5", "1e3", "1E-3"})
    EXPECT_EQ(line_problem("A v=" + std::string(good) + "\n"), "") << good;
}

TEST(NotText, ATimeInAnotherUnitIsRefusedWithTheUnitThatIsMeant) {
  EXPECT_EQ(line_problem("P1 value=1.5 1795046400\n"),
            "line 1: 1795046400 is 1970-01-01T00:00:01.795046400Z in ns; say ?precision=s");
  EXPECT_EQ(line_problem("P1 value=1.6 1795046400000\n"),
            "line 1: 1795046400000 is 1970-01-01T00:29:55.046400Z in ns; say ?precision=ms");
  EXPECT_NE(line_problem("P1 value=1 1795046400\n", 1'000'000).find("?precision=s"), std::string::npos);
  EXPECT_NE(line_problem("P1 value=1 1795046400000\n", 1'000'000'000).find("?precision=ms"), std::string::npos)
      << "beyond the last year that there is";
  EXPECT_EQ(line_problem("P1 value=1 1795046400\n", 1'000'000'000), "");
  EXPECT_EQ(line_problem("P1 value=1 1795046400000000000\n"), "");
  const auto in_json = json_problem(R"({"samples":[{"tag":"P1","time":1795046400,"value":5}]})");
  EXPECT_EQ(in_json,
            "samples[0].time: 1795046400 is 1970-01-01T00:00:01.795046400Z in ns; it may count s; count ns, or write "
            "\"2026-11-19T00:00:00Z\"");
  EXPECT_NE(json_problem(R"({"series":[{"tag":"P1","times":[1795046400000],"values":[5]}]})").find("may count ms"),
            std::string::npos);
  for (const char* ts : {"1795046400", "1795046400.25", "\"1795046400\""}) {
    const std::string body = std::string(R"({"ts":)") + ts + "}";
    MqttPayload in_seconds(body);
    const auto t = in_seconds.time({*read_payload_place("ts"), 1'000'000});
    ASSERT_FALSE(t) << ts;
    EXPECT_NE(t.error().find("is 1970-01-"), std::string::npos) << t.error();
    MqttPayload again(body);
    EXPECT_TRUE(again.time({*read_payload_place("ts"), 1'000'000'000})) << ts;
  }
}

/// A device without a clock, or the time since it was switched on: no reading was taken in 1970.
TEST(NotText, ACountOf1970IsRefusedWithTheCure) {
  const std::string cure = "; set the clock that sends it, or leave the time out: then that of arrival counts";
  EXPECT_EQ(line_problem("P1 value=1.5 0\n"), "line 1: 0 is 1970-01-01T00:00:00Z in ns" + cure);
  EXPECT_EQ(json_problem(R"({"samples":[{"tag":"P1","time":12345678,"value":5}]})"),
            "samples[0].time: 12345678 is 1970-01-01T00:00:00.012345678Z in ns" + cure);
  EXPECT_NE(json_problem(R"({"series":[{"tag":"P1","times":[1795046400000000000,0],"values":[5,6]}]})")
                .find("times[1]: 0 is 1970"),
            std::string::npos);
  for (const std::int64_t count : {0, 1, 3600, 12'345'678, 31'535'999})
    for (const std::int64_t ns_each : {1, 1'000, 1'000'000, 1'000'000'000}) {
      EXPECT_NE(line_problem("P1 value=1 " + std::to_string(count) + "\n", ns_each).find("is 1970-"), std::string::npos)
          << count;
      for (const std::string& ts :
           {std::to_string(count), std::to_string(count) + ".25", "\"" + std::to_string(count) + "\""}) {
        const std::string body = R"({"ts":)" + ts + "}";
        MqttPayload payload(body);
        const auto t = payload.time({*read_payload_place("ts"), ns_each});
        ASSERT_FALSE(t) << ts;
        EXPECT_NE(t.error().find("is 1970-"), std::string::npos) << t.error();
      }
    }
}

/// What comes out where seconds are read as ms and written as a text, and what a clock that was never set says.
TEST(NotText, ATextOf1970IsRefusedWithTheCure) {
  const std::string clock = "set the clock that sends it, or leave the time out: then that of arrival counts";
  const std::pair<const char*, std::string> texts[] = {
      {"1970-01-20T14:43:20Z", "it may be 2023-09-13T10:13:20Z, whose count of s was read as one of ms"},
      {"1970-01-21T18:37:26.400Z", "it may be 2026-11-19T00:00:00Z, whose count of s was read as one of ms"},
      {"1970-01-22T02:37:26.4+08:00", "it may be 2026-11-19T00:00:00Z, whose count of s was read as one of ms"},
      {"1970-01-01T00:29:55.0464Z", "it may be 2026-11-19T00:00:00Z, whose count of s was read as one of us"},
      {"1970-01-01T00:00:01.7950464Z", "it may be 2026-11-19T00:00:00Z, whose count of s was read as one of ns"},
      {"1970-01-01T00:00:00Z", clock},
      {"1970-01-01t03:25:45z", clock},
      {"1970-01-01T00:00:00+08:00", clock},
      {"1969-12-31T19:00:00-05:00", clock},
      {"1970-12-31T23:59:59.999999999Z", clock}};
  for (const auto& [text, cure] : texts) {
    const auto said = "\"" + std::string(text) + "\" is in 1970; " + cure;
    EXPECT_EQ(json_problem(R"({"samples":[{"tag":"P1","time":")" + std::string(text) + R"(","value":5}]})"),
              "samples[0].time: " + said);
    EXPECT_EQ(json_problem(R"({"series":[{"tag":"P1","times":[")" + std::string(text) + R"("],"values":[5]}]})"),
              "series[0].times[0]: " + said);
    const std::string body = R"({"ts":")" + std::string(text) + "\"}";
    MqttPayload payload(body);
    const auto t = payload.time({*read_payload_place("ts"), 1});
    ASSERT_FALSE(t) << text;
    EXPECT_EQ(t.error(), said);
    MqttPayload in_csv(text);
    EXPECT_FALSE(in_csv.time({*read_payload_place("csv:1"), 1'000'000})) << text;
  }
  for (const char* text : {"1971-01-01T00:00:00Z", "1969-12-31T12:00:00Z", "2026-11-19T00:00:00Z"}) {
    EXPECT_EQ(json_problem(R"({"samples":[{"tag":"P1","time":")" + std::string(text) + R"(","value":5}]})"), "")
        << text;
    const std::string body = R"({"ts":")" + std::string(text) + "\"}";
    MqttPayload payload(body);
    EXPECT_TRUE(payload.time({*read_payload_place("ts"), 1})) << text;
  }
}

TEST(NotText, ATimeThatCouldNeverBeAskedForIsRefused) {
  const std::pair<const char*, std::int64_t> beyond[] = {{"9214646400", 1'000'000'000}, {"9214646400000", 1'000'000},
                                                         {"9223372036854775", 1'000},   {"9214646400000000000", 1},
                                                         {"-9214560000001", 1'000'000}, {"9223372036854775807", 1}};
  for (const auto& [count, ns] : beyond) {
    EXPECT_NE(line_problem("P1 value=1 " + std::string(count) + "\n", ns).find("is outside the years 1678 to 2261"),
              std::string::npos)
        << count;
    const std::string body = R"({"ts":)" + std::string(count) + "}";
    MqttPayload mqtt(body);
    const auto t = mqtt.time({*read_payload_place("ts"), ns});
    ASSERT_FALSE(t) << count;
    EXPECT_NE(t.error().find("is outside the years 1678 to 2261"), std::string::npos) << t.error();
  }
  EXPECT_EQ(line_problem("P1 value=1 9214646399999\n", 1'000'000), "");
  EXPECT_EQ(json_problem(R"({"samples":[{"tag":"P1","time":9214646400000000000,"value":5}]})"),
            "samples[0].time: 9214646400000000000 in ns is outside the years 1678 to 2261; write "
            "\"2026-11-23T14:32:04.5Z\"");
  for (const char* text : {"2262-01-01T00:00:00Z", "2261-12-31T20:00:00-05:00", "1677-12-31T23:59:59Z"})
    EXPECT_NE(json_problem(R"({"samples":[{"tag":"P1","time":")" + std::string(text) + R"(","value":5}]})"), "")
        << text;
}

TEST(NumberInQuotes, IsANumberWhereTheTagHasAUnit) {
  const auto value = [](const std::string& payload) {
    MqttPayload p(payload);
    return p.reading(*read_payload_place("v"), PayloadType::number);
  };
  EXPECT_EQ(value(R"({"v":"23.5"})")->value, Value(23.5));
  EXPECT_EQ(value(R"({"v":" -2e1 "})")->value, Value(-20.0));
  EXPECT_EQ(value(R"({"v":23.5})")->value, Value(23.5));
  EXPECT_EQ(value(R"({"v":true})")->value, Value(true));
  EXPECT_EQ(value(R"({"v":""})")->status, StatusCode::bad_no_data);
  EXPECT_EQ(value(R"({"v":null})")->status, StatusCode::bad_no_data);
  for (const char* text : {"Bad", "23,5", "23.5 t/h", "0x10", "true", "--", "1e999"})
    EXPECT_FALSE(value(std::string(R"({"v":")") + text + "\"}")) << text;
}

}  // namespace
}  // namespace castner::sources

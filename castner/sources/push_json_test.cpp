// SPDX-License-Identifier: Apache-2.0
#include "castner/sources/push_json.h"

#include <gtest/gtest.h>

#include <cmath>

#include "castner/base/json_reader.h"
#include "castner/base/rfc3339.h"

namespace castner::sources {
namespace {

using readings::StatusCode;
using readings::Value;

constexpr Time kPushArrival{std::chrono::seconds(1'800'000'000)};

struct SentReading {
  Time time;
  Value value;
  StatusCode status;
};

/// Of one tag: good doubles, good integers, the rest.
std::vector<SentReading> sent(std::string_view body, const std::string& tag) {
  PushBatch batch;
  const auto done = read_push_json(body, kPushArrival, batch);
  EXPECT_TRUE(done.has_value()) << (done ? "" : done.error().text());
  std::vector<SentReading> all;
  for (const auto& run : batch.runs())
    if (batch.tags()[run.tag] == tag)
      std::visit(
          [&](const auto& values) {
            for (std::size_t k = 0; k < values.size(); ++k) all.push_back({run.times[k], values[k], StatusCode::good});
          },
          run.values);
  for (const auto& o : batch.others())
    if (batch.tags()[o.tag] == tag) all.push_back({o.reading.time, o.reading.value, o.reading.status});
  return all;
}

std::vector<std::string> push_problems(std::string_view body) {
  PushBatch batch;
  const auto done = read_push_json(body, kPushArrival, batch);
  EXPECT_FALSE(done.has_value()) << body;
  EXPECT_EQ(batch.size(), 0u) << "nothing half applied";
  std::vector<std::string> all;
  if (!done)
    for (const auto& p : done.error().problems) all.push_back(p.text());
  return all;
}

TEST(PushJson, ReadsSamples) {
  const auto body = R"({"samples":[
    {"tag":"A","time":"2026-11-23T14:32:04Z","value":12.5,"quality":"good"},
    {"tag":"A","time":1795444324000000001,"value":13},
    {"tag":"A","value":"on","quality":"uncertain"},
    {"tag":"A","value":null},
    {"tag":"A","value":true},
    {"tag":"A","value":9007199254740993}]})";
  const auto a = sent(body, "A");
  ASSERT_EQ(a.size(), 6u);
  EXPECT_EQ(a[0].value, Value(12.5));
  EXPECT_EQ(a[0].time, *read_utc("2026-11-23T14:32:04Z"));
  EXPECT_EQ(a[1].value, Value(13.0)) << "a JSON number is a double";
  EXPECT_EQ(a[1].time.time_since_epoch().count(), 1795444324000000001);
  EXPECT_EQ(a[2].value, Value(std::string("on")));
  EXPECT_EQ(a[2].status, StatusCode::uncertain);
  EXPECT_EQ(a[2].time, kPushArrival);
  EXPECT_EQ(a[3].status, StatusCode::bad_no_data);
  EXPECT_EQ(a[4].value, Value(true));
  EXPECT_EQ(a[5].value, Value(std::int64_t{9007199254740993})) << "unless only an integer keeps it exactly";
}

TEST(PushJson, ReadsSeriesTagByTag) {
  const auto body =
      R"({"series":[{"tag":"A","times":[1795444324000000001,1795444324000000002,1795444324000000003],"values":[1.5,null,2],"quality":["good","bad","uncertain"]},
                                  {"tag":"B","quality":"bad","times":["2026-11-23T22:32:04+08:00"],"values":[0]}]})";
  const auto a = sent(body, "A");
  ASSERT_EQ(a.size(), 3u);
  EXPECT_EQ(a[0].value, Value(1.5));
  EXPECT_EQ(a[1].status, StatusCode::bad);
  EXPECT_EQ(a[2].status, StatusCode::uncertain);
  const auto b = sent(body, "B");
  ASSERT_EQ(b.size(), 1u);
  EXPECT_EQ(b[0].status, StatusCode::bad);
  EXPECT_EQ(b[0].time, *read_utc("2026-11-23T14:32:04Z"));
}

TEST(PushJson, TellsEveryProblemWithItsPlace) {
  const auto found = push_problems(R"({"samples":[{"tag":"A","value":1},{"tag":5,"value":1},{"value":1},{"tag":"A"},
    {"tag":"A","value":{}},{"tag":"A","value":1,"time":"yesterday"},{"tag":"A","value":1,"quality":"fine"},
    {"tag":"A","value":1,"unit":"t/h"},{"tag":"","value":1}],"extra":0})");
  ASSERT_EQ(found.size(), 9u);
  EXPECT_EQ(found[0], "samples[1].tag: is not a text; write \"tag\": \"FI-101\"");
  EXPECT_EQ(found[1], "samples[2]: has no tag; write \"tag\": \"FI-101\"");
  EXPECT_EQ(found[8], "\"extra\" is not known here; remove it");
}

TEST(PushJson, RefusesWhatIsNoJson) {
  for (const char* body :
       {"", "[", "{", "{}", "[]", "null", "{\"samples\":[}", "{\"samples\":[]", "{\"samples\":[]} x",
        "{\"samples\":[{\"tag\":\"A\",\"value\":01}]}", "{\"samples\":[{\"tag\":\"A\",\"value\":1.}]}",
        "{\"samples\":[{\"tag\":\"A\",\"value\":1e999}]}", "{\"samples\":[{\"tag\":\"\\ud800\",\"value\":1}]}",
        "{\"samples\":[{\"tag\":\"A\",\"value\":1],}", "{\"samples\":[{\"tag\":\"A\",\"value\":NaN}]}"})
    EXPECT_EQ(push_problems(body).size(), 1u) << body;
  std::string deep = "{\"x\":";
  for (int k = 0; k < 100'000; ++k) deep += "[";
  EXPECT_FALSE(push_problems(deep).empty()) << "no recursion without end";
}

/// The readings of a body are counted while they are read, in each list that can hold them, and told once.
TEST(PushJson, CountsWhatItHolds) {
  const auto many = [](std::string text, const char* item, std::size_t n) {
    for (std::size_t k = 0; k < n; ++k) text += item;
    return text;
  };
  constexpr auto kMost = PushBatch::kMostReadings;
  const std::string first = R"({"series":[{"tag":"x",)";
  const char* sample = R"({"tag":"x","value":1},)";
  const std::string last = R"({"tag":"x","value":1}]})";
  const auto two = many(R"({"tag":"a","times":[1795046400000000000)", ",1795046400000000000", kMost / 2 - 1) +
                   many(R"(],"values":[1)", ",1", kMost / 2 - 1) + "]},";
  for (const auto& body :
       {many(first + R"("values":[1)", ",1", kMost) + "]}]}",
        many(first + R"("times":[1795046400000000000)", ",1795046400000000000", kMost) + "]}]}",
        many(first + R"("quality":["bad")", ",\"bad\"", kMost) + "]}]}", many(R"({"samples":[)", sample, kMost) + last,
        R"({"series":[)" + two + two.substr(0, two.size() - 1) + R"(],"samples":[)" + last}) {
    const auto found = push_problems(body);
    ASSERT_FALSE(found.empty());
    EXPECT_NE(found[0].find("more than 1048576 readings in one body; send them in several"), std::string::npos)
        << found[0];
    EXPECT_EQ(found.size(), 1u);
  }
  PushBatch batch;
  EXPECT_TRUE(read_push_json(many(R"({"samples":[)", sample, kMost - 1) + last, kPushArrival, batch).has_value());
  EXPECT_EQ(batch.size(), kMost);
}

TEST(PushJson, AListOfNothingIsFine) {
  PushBatch batch;
  EXPECT_TRUE(read_push_json(R"({"samples":[]})", kPushArrival, batch).has_value());
  EXPECT_EQ(batch.size(), 0u);
}

TEST(JsonReader, UndoesEscapes) {
  JsonReader json(R"("a\u00e9\ud83d\ude00\n\"b")");
  EXPECT_EQ(json.text(), "a\xC3\xA9\xF0\x9F\x98\x80\n\"b");
  EXPECT_TRUE(json.at_end());
}

TEST(ReadUtc, ReadsTimesWithTheirOffsetAndNoOther) {
  EXPECT_EQ(*read_utc("1970-01-01T00:00:00Z"), Time{});
  EXPECT_EQ(read_utc("1970-01-01T08:00:01.000000002+08:00")->time_since_epoch().count(), 1'000'000'002);
  EXPECT_EQ(read_utc("1969-12-31T23:59:59.5Z")->time_since_epoch().count(), -500'000'000);
  for (const char* text :
       {"", "2026-11-23T14:32:04", "2026-02-29T00:00:00Z", "2026-11-23T24:00:00Z", "2026-11-23T14:32:04.Z",
        "2026-11-23T14:32:04+0800", "1677-01-01T00:00:00Z", "2262-01-01T00:00:00Z", "2026-11-23T14:32:60Z"})
    EXPECT_FALSE(read_utc(text).has_value()) << text;
}

}  // namespace
}  // namespace castner::sources

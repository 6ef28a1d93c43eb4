// SPDX-License-Identifier: Apache-2.0
// History as clients get it: curves with their peaks, sums, readings page by page, files for Excel; and what is read of a query.
#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include "castner/api/history_request.h"
#include "castner/api/server_for_tests.h"
#include "castner/base/json_writer.h"
#include "castner/base/rfc3339.h"
#include "castner/http/gzip.h"

namespace castner::api::testing {
namespace {

class History : public ServerTest {
 protected:
  void fill() {
    const auto flow = *store.define("FI-101", "t/h"), level = *store.define("LI 1", "");
    std::vector<historian::TaggedReading> all;
    for (int i = 0; i < 600; ++i)
      all.push_back({flow,
                     {start + i * 1s, i == 321 ? 36.0 : 3.6,
                      i == 5 ? readings::StatusCode::bad : readings::StatusCode::good, start}});
    all.push_back({level, {start + 1s, std::string("high"), readings::StatusCode::uncertain, start}});
    all.push_back({level, {start + 3s, std::numeric_limits<double>::infinity(), readings::StatusCode::good, start}});
    ASSERT_TRUE(store.append(all));
    serve();
  }
  const std::string span = "&from=2026-11-23T00:00:00Z&to=2026-11-23T00:10:00Z";
};

TEST_F(History, ACurveKeepsItsPeakAndIsInSi) {
  fill();
  const auto a = get("/api/v1/history?tags=FI-101&points=40" + span).json();
  const auto& s = a["series"][0];
  EXPECT_EQ(s["unit"], "kg/s");
  EXPECT_LE(s["values"].size(), 40u);
  double most = 0;
  for (const auto& v : s["values"]) most = std::max(most, v.get<double>());
  EXPECT_DOUBLE_EQ(most, 10.0);  // 36 t/h
  EXPECT_EQ(get("/api/v1/history?tags=FI-101&points=40&units=own" + span).json()["series"][0]["unit"], "t/h");
}

TEST_F(History, SumsAreConvertedAndCounted) {
  fill();
  const auto s = get("/api/v1/history?tags=FI-101&bucket=1min&aggregate=mean,max" + span).json()["series"][0];
  ASSERT_EQ(s["mean"].size(), 10u);
  EXPECT_NEAR(s["mean"][1].get<double>(), 1.0, 1e-13);  // 60 additions, each rounded
  EXPECT_DOUBLE_EQ(s["max"][5].get<double>(), 10.0);
  EXPECT_EQ(s["bad"][0], 1);
  EXPECT_EQ(s["good"][0], 59);
  EXPECT_FALSE(s.contains("min"));
}

TEST_F(History, TimesBeyondWhatNanosecondsReachAreRefusedForWhatTheyAre) {
  fill();
  const auto ask = [&](const std::string& span_) {
    const auto a = get("/api/v1/history?tags=FI-101" + span_);
    return std::to_string(a.status) + " " + a.body;
  };
  const auto beyond = ask("&points=40&from=2026-11-23T00:00:00Z&to=2300-01-01T00:00:00Z");
  EXPECT_TRUE(beyond.starts_with("400 ")) << beyond;
  EXPECT_NE(beyond.find("outside the years 1678 to 2261"), beyond.npos) << beyond;
  // 583 years: their length in nanoseconds does not fit into 64 bits.
  const std::string all = "&from=1678-01-01T00:00:00Z&to=2261-01-01T00:00:00Z";
  EXPECT_NE(ask("&bucket=1min&aggregate=mean" + all).find("too short for so long a range"), std::string::npos);
  EXPECT_TRUE(ask("&bucket=3000d&aggregate=mean" + all).starts_with("200 ")) << ask("&bucket=3000d" + all);
  EXPECT_TRUE(ask("&points=40" + all).starts_with("200 "));
}

TEST_F(History, ReadingsComePageByPageWithoutLoss) {
  fill();
  std::size_t count = 0;
  std::string from = "2026-11-23T00:00:00Z";
  for (int page = 0; page < 10; ++page) {
    const auto s = get("/api/v1/history?tags=FI-101&limit=90&to=2026-11-23T00:10:00Z&from=" + from).json()["series"][0];
    count += s["times"].size();
    if (s["next"].is_null()) break;
    from = s["next"].get<std::string>();
  }
  EXPECT_EQ(count, 600u);
}

TEST_F(History, CsvIsWhatExcelOpens) {
  fill();
  const auto a = get("/api/v1/history?tags=FI-101&tag=LI+1&from=2026-11-23T00:00:00Z&to=2026-11-23T00:00:04Z",
                     "Accept: text/csv\r\n");
  EXPECT_EQ(a.header("Content-Type"), "text/csv; charset=utf-8");
  EXPECT_EQ(a.body,
            "\xef\xbb\xbftime,FI-101 (t/h),FI-101 quality,LI 1,LI 1 quality\r\n"
            "2026-11-23T00:00:00Z,3.6,good,,\r\n"
            "2026-11-23T00:00:01Z,3.6,good,high,uncertain\r\n"
            "2026-11-23T00:00:02Z,3.6,good,,\r\n"
            "2026-11-23T00:00:03Z,3.6,good,,good\r\n");
}

TEST_F(History, WhatIsNoNumberIsNullAndSaysWhat) {
  fill();
  const auto v = get("/api/v1/latest?tag=LI%201").json()["values"][0];
  EXPECT_TRUE(v["value"].is_null());
  EXPECT_EQ(v["not_finite"], "Infinity");
}

TEST_F(History, AnAnswerIsPackedForWhoUnderstandsIt) {
  fill();
  const auto path = "/api/v1/history?tags=FI-101" + span;
  const auto packed = get(path, "Accept-Encoding: gzip\r\n"), plain = get(path);
  EXPECT_EQ(packed.header("Content-Encoding"), "gzip");
  EXPECT_LT(packed.body.size(), plain.body.size() / 5);
  EXPECT_EQ(*http::gunzip(packed.body, 10'000'000), plain.body);
}

TEST_F(History, EveryProblemOfAQueryIsNamed) {
  serve();
  const auto a = get("/api/v1/history?from=yesterday&bucket=0s&aggregate=mode&points=3");
  EXPECT_EQ(a.status, 400);
  EXPECT_EQ(a.json()["problems"].size(), 5u) << a.body;
}

/// Values of balances, at seconds from the start.
void balanced(historian::MemoryStore& store, Time start, const std::string& name, const std::vector<int>& at) {
  const auto tag = *store.define(name, "kg/s");
  std::vector<historian::TaggedReading> all;
  for (const int second : at)
    all.push_back({tag, {start + std::chrono::seconds(second), 1.0, readings::StatusCode::good, start}});
  ASSERT_TRUE(store.append(all));
}

// A window is of 2 min: its reconciled values may be 3 min apart, and those of another window as far as they always are.
TEST_F(History, WhereNoBalanceGaveAValueIsAGapOfIt) {
  run_plant();
  balanced(store, start, "reconciled:S1.tested", {0, 120, 240, 420, 540, 660, 841, 1440, 1560});
  balanced(store, start, "reconciled:S2.tested", {0, 1800, 3600, 5400, 9000, 10800});
  balanced(store, start, "indicator:tested", {0, 2400});
  const auto silent = *store.define("FI-101", "t/h");
  const historian::Gap recorded{silent, start + 10min, {}, "plc: no answer"};
  ASSERT_TRUE(store.open_gaps(std::span(&recorded, 1)));
  serve();
  const std::string day = "from=2026-11-23T00:00:00Z&to=2026-11-24T00:00:00Z";
  const auto all =
      get("/api/v1/gaps?tag=FI-101&tag=reconciled:S1.tested&tag=reconciled:S2.tested&tag=indicator:tested&" + day)
          .json()["gaps"];
  std::string said;
  for (const auto& g : all)
    said += g["tag"].get<std::string>() + " " + g["from"].get<std::string>().substr(11, 8) + " " +
            (g["to"].is_null() ? "-" : g["to"].get<std::string>().substr(11, 8)) + " " + g["why"].get<std::string>() +
            "\n";
  EXPECT_EQ(said,
            "indicator:tested 00:00:00 00:40:00 no value from a balance\n"
            "FI-101 00:10:00 - plc: no answer\n"
            "reconciled:S1.tested 00:11:00 00:14:01 no value from a balance\n"
            "reconciled:S1.tested 00:14:01 00:24:00 no value from a balance\n"
            "reconciled:S2.tested 01:30:00 02:30:00 no value from a balance\n");
  EXPECT_EQ(get("/api/v1/gaps?" + day).json()["gaps"].size(), 1u) << "unasked, what was recorded";
  std::string many = day;
  for (int k = 0; k < 51; ++k) many += "&tag=FI-" + std::to_string(k);
  EXPECT_EQ(get("/api/v1/gaps?" + many).status, 400) << "each is read as a whole";
}

// In a curve of a month a missing window is less than a point: its line does not fall to pieces.
TEST_F(History, AGapThatACurveCannotShowIsNone) {
  run_plant();
  std::vector<int> at;
  for (int k = 0; k < 12'000; ++k)  // more than are read at once
    if (k % 3 != 0 && (k < 9'990 || k > 10'020)) at.push_back(120 * k);
  balanced(store, start, "reconciled:S1.tested", at);
  serve();
  const auto of = [&](const std::string& to) {
    return get("/api/v1/gaps?tag=reconciled:S1.tested&from=2026-11-23T00:00:00Z&to=" + to).json()["gaps"];
  };
  EXPECT_EQ(of("2026-11-23T01:00:00Z").size(), 9u);
  const auto month = of("2026-12-23T00:00:00Z");
  ASSERT_EQ(month.size(), 1u);
  EXPECT_EQ(month[0]["from"], "2026-12-06T20:58:00Z");
}

TEST(HistoryRequest, UnderstandsTimesAsPeopleTypeThem) {
  const Time now = std::chrono::sys_days(std::chrono::year(2026) / 11 / 23) + 8h;
  EXPECT_EQ(*read_moment("now", now), now);
  EXPECT_EQ(*read_moment("now-1.5h", now), now - 90min);
  EXPECT_EQ(*read_moment("2026-11-23T16:00:00+08:00", now), now);
  EXPECT_EQ(*read_moment("2026-11-23T16:00:00 08:00", now), now);  // a + that was not encoded
  for (const char* bad : {"", "now-", "now-1", "now+1h", "now--1h", "now-1e99d", "2026-13-01T00:00:00Z", "23.11.2026"})
    EXPECT_FALSE(read_moment(bad, now)) << bad;
}

TEST(Target, DecodesOnceAndRefusesWhatIsMalformed) {
  const auto t = http::read_target("/a/b%2Fc?x=1+2%2B3&x=%E4%B8%AD&flag");
  ASSERT_TRUE(t);
  EXPECT_EQ(t->parts, (std::vector<std::string>{"a", "b/c"}));
  EXPECT_EQ(t->all("x"), (std::vector<std::string>{"1 2+3", "中"}));
  EXPECT_EQ(t->one("flag"), "");
  for (const char* bad : {"", "a", "/%", "/%4", "/%zz", "/%00", "/a/../b", "/%2E%2e", "/%ff", "/a?x=%c0%af", "/a?%80"})
    EXPECT_FALSE(http::read_target(bad)) << bad;
}

RC_GTEST_PROP(JsonWriter, AnyTextAndAnyNumberReadBackTheSame, (const std::string& text, double number)) {
  JsonWriter json;
  json.array().value(text).value(number).end_array();
  const auto back = nlohmann::json::parse(json.text());
  if (http::is_text(text)) RC_ASSERT(back[0] == text);
  if (std::isfinite(number)) RC_ASSERT(back[1].get<double>() == number);
}

RC_GTEST_PROP(Gzip, AnyBytesComeBack, (const std::string& bytes)) {
  RC_ASSERT(http::gunzip(http::gzip(bytes, 6), bytes.size()).value() == bytes);
  if (!bytes.empty()) RC_ASSERT(!http::gunzip(http::gzip(bytes, 6), bytes.size() - 1));
}

TEST(Rfc3339, ShowsAsManyDecimalsAsThereAre) {
  const Time t = std::chrono::sys_days(std::chrono::year(2026) / 2 / 28) + 23h + 59min + 59s;
  EXPECT_EQ(rfc3339(t), "2026-02-28T23:59:59Z");
  EXPECT_EQ(rfc3339(t + 20ms), "2026-02-28T23:59:59.020Z");
  EXPECT_EQ(rfc3339(t + 1ns), "2026-02-28T23:59:59.000000001Z");
  EXPECT_EQ(rfc3339(Time{} - 1us), "1969-12-31T23:59:59.999999Z");
}

}  // namespace
}  // namespace castner::api::testing

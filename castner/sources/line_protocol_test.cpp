// SPDX-License-Identifier: Apache-2.0
#include "castner/sources/line_protocol.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <bit>
#include <charconv>
#include <cmath>
#include <map>

#include "castner/base/quantity.h"
#include "castner/base/rfc3339.h"

namespace castner::sources {
namespace {

using readings::Value;

constexpr Time kArrival{std::chrono::seconds(1'800'000'000)};

struct Said {
  Time time;
  Value value;
  friend bool operator==(const Said&, const Said&) = default;
};

/// All of a batch by tag, doubles first, then integers.
std::map<std::string, std::vector<Said>> said(const PushBatch& batch) {
  std::map<std::string, std::vector<Said>> all;
  for (const auto& run : batch.runs())
    std::visit(
        [&](const auto& values) {
          for (std::size_t k = 0; k < values.size(); ++k)
            all[batch.tags()[run.tag]].push_back({run.times[k], values[k]});
        },
        run.values);
  for (const auto& o : batch.others()) all[batch.tags()[o.tag]].push_back({o.reading.time, o.reading.value});
  return all;
}

/// Counts in tests are small; one of nanoseconds would be of 1970, where there is no reading.
constexpr std::int64_t kEach = 40'000'000'000'000'000;
constexpr LineProtocolOptions kFar{.ns_each = kEach, .arrival = {}};
Time at(std::int64_t count, std::int64_t ns_each = kEach) { return Time(std::chrono::nanoseconds(count * ns_each)); }

std::map<std::string, std::vector<Said>> read(std::string_view body, std::int64_t ns_each = kEach) {
  LineProtocolReader reader;
  const auto done = reader.read(body, {.ns_each = ns_each, .arrival = kArrival});
  EXPECT_TRUE(done.has_value()) << (done ? "" : done.error().text());
  return said(reader.batch());
}

std::vector<Problem> problems(std::string_view body) {
  LineProtocolReader reader;
  const auto done = reader.read(body, {.ns_each = kEach, .arrival = kArrival});
  EXPECT_FALSE(done.has_value()) << body;
  EXPECT_EQ(reader.batch().size(), 0u) << "nothing half applied";
  return done ? std::vector<Problem>{} : done.error().problems;
}

TEST(LineProtocol, NamesATagAfterMeasurementTagSetAndField) {
  const auto all = read(
      "FI-101 value=3.25 10\n"
      "cell,no=7,el=E101 voltage=3.05,temp=88i 20\n"
      "weather,location=us-midwest temperature=82 36\n");
  EXPECT_EQ(all.at("FI-101"), (std::vector<Said>{{at(10), 3.25}}));
  EXPECT_EQ(all.at("cell,el=E101,no=7.voltage"), (std::vector<Said>{{at(20), 3.05}}))
      << "keys in the order of their bytes";
  EXPECT_EQ(all.at("cell,el=E101,no=7.temp"), (std::vector<Said>{{at(20), std::int64_t{88}}}));
  EXPECT_EQ(all.at("weather,location=us-midwest.temperature"), (std::vector<Said>{{at(36), 82.0}}));
}

TEST(LineProtocol, ReadsEveryKindOfValue) {
  const auto all =
      read("m a=1,b=-2.5e-3,c=12i,d=18446744073709551615u,e=7u,f=t,g=FALSE,h=\"a \\\"b\\\", c\\\\\",i=+4 5\n");
  EXPECT_EQ(all.at("m.a")[0].value, Value(1.0));
  EXPECT_EQ(all.at("m.b")[0].value, Value(-0.0025));
  EXPECT_EQ(all.at("m.c")[0].value, Value(std::int64_t{12}));
  EXPECT_EQ(all.at("m.d")[0].value, Value(18446744073709551615.0)) << "beyond int64: the nearest double";
  EXPECT_EQ(all.at("m.e")[0].value, Value(std::int64_t{7}));
  EXPECT_EQ(all.at("m.f")[0].value, Value(true));
  EXPECT_EQ(all.at("m.g")[0].value, Value(false));
  EXPECT_EQ(all.at("m.h")[0].value, Value(std::string("a \"b\", c\\")));
  EXPECT_EQ(all.at("m.i")[0].value, Value(4.0));
}

/// The examples of escaping in InfluxData's reference of the line protocol.
TEST(LineProtocol, UndoesTheEscapes) {
  EXPECT_TRUE(
      read("wea\\,ther\\ now,loc\\ key=a\\=b\\,c temp\\=x=1 1\n").contains("wea,ther now,loc key=a=b,c.temp=x"));
  EXPECT_TRUE(read("C:\\temp value=1 1\n").contains("C:\\temp")) << "a backslash before a letter is a backslash";
}

TEST(LineProtocol, CountsTimesInThePrecisionOfTheBody) {
  EXPECT_EQ(read("a value=1 1800000007", 1'000'000'000).at("a")[0].time, at(1'800'000'007, 1'000'000'000));
  EXPECT_EQ(read("a value=1 -7", 1'000).at("a")[0].time, at(-7, 1'000));
  EXPECT_EQ(read("a value=1").at("a")[0].time, kArrival) << "without a time: that of arrival";
}

TEST(LineProtocol, SkipsCommentsBlankLinesAndCarriageReturns) {
  const auto all = read("# a comment\n\n\r\na value=1 1\r\n  \na value=2 2\r\n# end");
  EXPECT_EQ(all.at("a"), (std::vector<Said>{{at(1), 1.0}, {at(2), 2.0}}));
}

TEST(LineProtocol, RefusesTheWholeBodyAndTellsEveryBadLine) {
  const auto found = problems(
      "good value=1 1\n"
      "novalue\n"
      "a value=nan 1\n"
      "b value=1x 1\n"
      ",k=v value=1 1\n"
      "c,k value=1 1\n"
      "d value=\"open 1\n"
      "e\n");
  ASSERT_EQ(found.size(), 6u);
  EXPECT_EQ(found[0].where, "line 2");
  EXPECT_EQ(found[1].where, "line 3");
  EXPECT_EQ(found[2].where, "line 4");
  EXPECT_EQ(found[5].where, "line 7") << "an open text is told where it began";
  for (const auto& p : found) EXPECT_FALSE(p.cure.empty()) << p.what;
}

TEST(LineProtocol, RefusesTimesAndNamesThatCannotBeKept) {
  EXPECT_EQ(problems("a value=1 99999999999999999999\n").size(), 1u);
  EXPECT_EQ(problems("a value=1 1.5\n").size(), 1u);
  EXPECT_EQ(problems("a value=1 1 2\n").size(), 1u);
  EXPECT_EQ(problems("a value=1e999 1\n").size(), 1u);
  EXPECT_EQ(problems(std::string(300, 'a') + " value=1 1\n").size(), 1u);
  EXPECT_EQ(problems("a\xFF value=1 1\n").size(), 1u) << "not UTF-8";
  EXPECT_EQ(problems("a\x01 value=1 1\n").size(), 1u) << "a control character";
  EXPECT_EQ(problems("a value= 1\n").size(), 1u);
  EXPECT_EQ(problems("a value=1, 1\n").size(), 1u);
  EXPECT_EQ(problems("a value=9223372036854775808i 1\n").size(), 1u);
}

TEST(LineProtocol, TellsAProblemOfManyLinesOnceWithACount) {
  std::string body;
  for (int k = 0; k < 80; ++k) body += "bad\n";
  const auto found = problems(body);
  ASSERT_EQ(found.size(), 1u);
  EXPECT_TRUE(found[0].what.ends_with(", as in line 2, in all 80 rows")) << found[0].what;
}

TEST(LineProtocol, KeepsPlacesAcrossBodiesAndForgetsReadings) {
  LineProtocolReader reader;
  ASSERT_TRUE(reader.read("a value=1 1\nb value=2 2\n", kFar).has_value());
  ASSERT_TRUE(reader.read("b value=3 3\n", kFar).has_value());
  EXPECT_EQ(reader.batch().size(), 1u);
  EXPECT_EQ(reader.batch().tags(), (std::vector<std::string>{"a", "b"}));
  EXPECT_EQ(said(reader.batch()), (std::map<std::string, std::vector<Said>>{{"b", {{at(3), 3.0}}}}));
}

TEST(LineProtocol, ABodyMayBeginWithTheMarkOfAnEditor) {
  const auto all = read(
      "\xEF\xBB\xBF"
      "FI-7 value=1 10\nFI-7 value=2 20\n");
  EXPECT_EQ(all, (std::map<std::string, std::vector<Said>>{{"FI-7", {{at(10), 1.0}, {at(20), 2.0}}}}));
  EXPECT_TRUE(read("\xEF\xBB\xBF").empty());
}

/// The readings of a body are counted while they are read: one line can hold them all, and so can names whose lines are wrong.
TEST(LineProtocol, CountsWhatItHolds) {
  constexpr auto kMost = PushBatch::kMostReadings;
  LineProtocolReader reader;
  for (const char* field : {"a=t", "value=1"}) {
    for (const bool one_line : {true, false}) {
      std::string body = "m ";
      for (std::size_t k = 0; k < kMost; ++k) body.append(field).append(one_line ? "," : "\nm ");
      ASSERT_TRUE(reader.read(body.substr(0, body.size() - (one_line ? 1 : 3)), kFar).has_value());
      EXPECT_EQ(reader.batch().size(), kMost);
      const auto more = reader.read(body + field + " 1\nwrong\n", kFar);
      ASSERT_FALSE(more.has_value());
      EXPECT_EQ(more.error().text(), "line " + std::to_string(one_line ? 1 : kMost + 1) +
                                         ": more than 1048576 readings in one body; send them in several\n");
    }
  }
  std::string names;
  for (std::size_t k = 0; k < 1'300'000; ++k) names += std::to_string(k) + " wrong\n";
  const auto more = reader.read(names, kFar);
  ASSERT_FALSE(more.has_value());
  EXPECT_NE(more.error().problems.front().what.find(", in all 1248575 rows"), std::string::npos)
      << more.error().problems.front().what << ": it was not read to its end";
}

TEST(LineProtocol, InventedNamesCannotFillTheMemory) {
  LineProtocolReader reader;
  const auto generation = reader.batch().generation();
  for (int round = 0; round < 5; ++round) {
    std::string body;
    for (int k = 0; k < 60'000; ++k) body += "t" + std::to_string(round) + "_" + std::to_string(k) + " value=1 1\n";
    ASSERT_TRUE(reader.read(body, kFar).has_value());
    EXPECT_EQ(reader.batch().size(), 60'000u);
    EXPECT_LE(reader.batch().tags().size(), PushBatch::kMostTags + 60'000);
  }
  EXPECT_NE(reader.batch().generation(), generation) << "places changed, and a caller can tell";
}

/// Names that go with a body that is refused must not be remembered by the places they had.
TEST(LineProtocol, ARefusedBodyOfTooManyNamesLeavesNoPlacesBehind) {
  std::string body;
  for (int m = 0; m < 1000; ++m) {
    body += "m" + std::to_string(m) + " ";
    for (int f = 0; f < 250; ++f) body += (f ? ",f" : "f") + std::to_string(f) + "=1";
    body += " 1\n";
  }
  LineProtocolReader reader;
  ASSERT_FALSE(reader.read(body + "bad\n", kFar).has_value());
  ASSERT_TRUE(reader.read("x value=3 1\nm999 f249=1 1\nm0 f0=2 1\n", kFar).has_value());
  EXPECT_EQ(said(reader.batch()),
            (std::map<std::string, std::vector<Said>>{
                {"x", {{at(1), 3.0}}}, {"m999.f249", {{at(1), 1.0}}}, {"m0.f0", {{at(1), 2.0}}}}));
}

TEST(LineProtocol, ALineMayHaveManyFieldsInAnyOrder) {
  std::string up = "m ", down = "m ";
  for (int k = 0; k < 2000; ++k) {
    up += (k ? ",f" : "f") + std::to_string(k) + "=" + std::to_string(k);
    down += (k ? ",f" : "f") + std::to_string(1999 - k) + "=" + std::to_string(1999 - k);
  }
  const auto all = read(up + " 1\n" + down + " 2\n");
  ASSERT_EQ(all.size(), 2000u);
  for (int k = 0; k < 2000; ++k)
    EXPECT_EQ(all.at("m.f" + std::to_string(k)), (std::vector<Said>{{at(1), 1.0 * k}, {at(2), 1.0 * k}}));
}

/// Whatever doubles and times are written come back bit for bit.
RC_GTEST_PROP(LineProtocol, GivesBackWhatWasWritten, (std::vector<std::pair<double, std::int64_t>> rows)) {
  // A count that comes to 1970, or to none of the years that are kept, is refused: not_text_test.cpp.
  for (auto& [value, ns] : rows)
    if (!wrong_count(ns, 1).empty()) ns = kEach + std::abs(ns % kEach);
  std::string body;
  for (const auto& [value, ns] : rows) body += "t value=" + number_text(value) + " " + std::to_string(ns) + "\n";
  LineProtocolReader reader;
  RC_ASSERT(reader.read(body, {}).has_value());
  if (rows.empty()) return;
  const auto& run = reader.batch().runs()[0];
  const auto values = std::get<std::span<const double>>(run.values);
  RC_ASSERT(values.size() == rows.size());
  for (std::size_t k = 0; k < rows.size(); ++k) {
    RC_ASSERT(std::bit_cast<std::uint64_t>(values[k]) == std::bit_cast<std::uint64_t>(rows[k].first));
    RC_ASSERT(run.times[k] == at(rows[k].second, 1));
  }
}

/// Decimals of every length, those with at most fifteen digits read by ourselves among them: the nearest double, as the library says.
RC_GTEST_PROP(LineProtocol, ReadsDecimalsToTheNearestDouble, (bool negative, std::vector<std::uint8_t> digits)) {
  std::string text;
  for (const auto d : digits) text += static_cast<char>('0' + d % 10);
  RC_PRE(!text.empty() && text.size() < 25);
  const auto point = *rc::gen::inRange<std::size_t>(0, text.size() + 1);
  text.insert(point, ".");
  if (*rc::gen::arbitrary<bool>() && point + 1 == text.size()) text.pop_back();
  if (negative) text.insert(0, "-");
  double nearest = 0.0;
  RC_ASSERT(std::from_chars(text.data(), text.data() + text.size(), nearest).ec == std::errc{});
  LineProtocolReader reader;
  RC_ASSERT(reader.read("t value=" + text + " 1\n", kFar).has_value());
  const auto values = std::get<std::span<const double>>(reader.batch().runs()[0].values);
  RC_ASSERT(values.size() == 1u);
  RC_ASSERT(std::bit_cast<std::uint64_t>(values[0]) == std::bit_cast<std::uint64_t>(nearest));
}

/// What was remembered of the lines before must not colour a line that only begins alike.
TEST(LineProtocol, LinesThatOnlyBeginAsTheOnesBeforeAreReadForThemselves) {
  const auto all = read(
      "a f=1,g=2 10\nab f=3,g=4 10\n"
      "a f=5,g=6 101\nab f=7,gh=8 10\r\n"
      "a ff=9 10 \nab,c=1 f=10 1\na f=11\n");
  EXPECT_EQ(all.at("a.f"), (std::vector<Said>{{at(10), 1.0}, {at(101), 5.0}, {kArrival, 11.0}}));
  EXPECT_EQ(all.at("a.g"), (std::vector<Said>{{at(10), 2.0}, {at(101), 6.0}}));
  EXPECT_EQ(all.at("ab.f"), (std::vector<Said>{{at(10), 3.0}, {at(10), 7.0}}));
  EXPECT_EQ(all.at("ab.gh"), (std::vector<Said>{{at(10), 8.0}}));
  EXPECT_EQ(all.at("a.ff"), (std::vector<Said>{{at(10), 9.0}}));
  EXPECT_EQ(all.at("ab,c=1.f"), (std::vector<Said>{{at(1), 10.0}}));
}

}  // namespace
}  // namespace castner::sources

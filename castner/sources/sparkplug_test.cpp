// SPDX-License-Identifier: Apache-2.0
#include "castner/sources/sparkplug.h"

#include <gtest/gtest.h>

#include "castner/readings/newest.h"
#include "castner/sources/delivered_for_tests.h"
#include "castner/sources/mqtt_broker_for_tests.h"
#include "castner/sources/sparkplug_payload_for_tests.h"

namespace castner::sources {
namespace {

using namespace std::chrono_literals;
using readings::Quality;
using readings::StatusCode;
using readings::Value;

constexpr Time kNow{std::chrono::milliseconds(1'795'046'400'000)};

class SparkplugTest : public ::testing::Test {
 protected:
  using Outcome = SparkplugHost::Outcome;
  SparkplugHost host_{{*read_sparkplug_address("G/N/temp"), *read_sparkplug_address("G/N/D/flow"),
                       *read_sparkplug_address("G/N/D/Motor/amps"), *read_sparkplug_address("G/M/temp")}};
  Outcome hear(const std::string& type, const std::string& payload, const std::string& device = "") {
    return host_.heard("spBv1.0/G/" + type + "/N" + (device.empty() ? "" : "/" + device), payload, kNow);
  }
  void born() {
    hear("NBIRTH", Payload(0).bdseq(7).real("temp", 1, 80.0));
    hear("DBIRTH", Payload(1).real("flow", 2, 3.0).real("Motor/amps", 3, 4.0).real("other", 4, 5.0), "D");
  }
};

TEST_F(SparkplugTest, ABirthTellsNamesAliasesAndValues) {
  const auto node = hear("NBIRTH", Payload(0).bdseq(7).real("temp", 1, 80.0));
  ASSERT_EQ(node.readings.size(), 1u);
  EXPECT_EQ(node.readings[0].reading.value, Value(80.0));
  EXPECT_EQ(node.readings[0].reading.status, StatusCode::good);
  const auto device = hear("DBIRTH", Payload(1).real("flow", 2, 3.0).real("Motor/amps", 3, 4.0), "D");
  ASSERT_EQ(device.readings.size(), 2u);
  const auto data = hear("DDATA", Payload(2).real("", 3, 4.5).real("", 2, 3.5), "D");
  ASSERT_EQ(data.readings.size(), 2u);
  EXPECT_EQ(data.readings[0].tag, 2u) << "an alias stands for a name with a slash";
  EXPECT_EQ(data.readings[0].reading.value, Value(4.5));
  EXPECT_EQ(data.readings[1].tag, 1u);
  EXPECT_EQ(host_.holes(), 0u);
}

TEST_F(SparkplugTest, SequencesWrapAt256) {
  born();
  for (int k = 2; k < 600; ++k) hear("NDATA", Payload(k % 256).real("", 1, k));
  EXPECT_EQ(host_.holes(), 0u);
}

TEST_F(SparkplugTest, AHoleMakesEverythingUncertainUntilTheNextBirth) {
  born();
  const auto late = hear("NDATA", Payload(3).real("", 1, 81.0));  // 2 is missing
  EXPECT_EQ(host_.holes(), 1u);
  EXPECT_EQ(late.ask_rebirth, "G/N");
  EXPECT_EQ(late.stale.size(), 3u);
  ASSERT_EQ(late.readings.size(), 1u);
  EXPECT_EQ(late.readings[0].reading.status, StatusCode::uncertain);
  const auto next = hear("DDATA", Payload(4).real("", 2, 3.1), "D");
  EXPECT_EQ(next.readings.at(0).reading.status, StatusCode::uncertain);
  EXPECT_EQ(host_.holes(), 1u) << "one hole is counted once";
  born();
  EXPECT_EQ(hear("NDATA", Payload(2).real("", 1, 82.0)).readings.at(0).reading.status, StatusCode::good);
}

TEST_F(SparkplugTest, ADeathEndsAllTagsOfTheNodeButNotOneOfAnEarlierLife) {
  born();
  const auto old = hear("NDEATH", Payload(-1).bdseq(6));
  EXPECT_TRUE(old.down.empty());
  EXPECT_EQ(hear("NDATA", Payload(2).real("", 1, 81.0)).readings.at(0).reading.status, StatusCode::good);
  const auto death = hear("NDEATH", Payload(-1).bdseq(7));
  EXPECT_EQ(death.down.size(), 3u);
  ASSERT_EQ(death.readings.size(), 3u);
  for (const auto& r : death.readings) EXPECT_EQ(r.reading.status, StatusCode::bad_not_connected);
  EXPECT_TRUE(hear("NDEATH", Payload(-1).bdseq(7)).readings.empty()) << "one bad reading ends a curve, not two";
}

TEST_F(SparkplugTest, ADeadDeviceLeavesItsNodeAlive) {
  born();
  const auto death = hear("DDEATH", Payload(2), "D");
  EXPECT_EQ(death.down, (std::vector<std::size_t>{2, 1}));
  EXPECT_EQ(hear("NDATA", Payload(3).real("", 1, 81.0)).readings.at(0).reading.status, StatusCode::good);
}

TEST_F(SparkplugTest, DataBeforeABirthAreUncertainAndAnAliasMeansNothing) {
  const auto named = hear("NDATA", Payload(17).real("temp", -1, 80.0));
  EXPECT_EQ(named.readings.at(0).reading.status, StatusCode::uncertain);
  EXPECT_EQ(named.ask_rebirth, "G/N");
  const auto alias = hear("NDATA", Payload(18).real("", 1, 80.0));
  EXPECT_TRUE(alias.readings.empty());
  EXPECT_EQ(alias.rejected, 1u);
}

TEST_F(SparkplugTest, AnAliasThatTheBirthDidNotTellAsksForANewBirth) {
  born();
  const auto out = hear("NDATA", Payload(2).real("", 99, 1.0));
  EXPECT_EQ(out.ask_rebirth, "G/N");
  EXPECT_EQ(out.rejected, 1u);
}

TEST_F(SparkplugTest, AfterALostConnectionOldAliasesAreForgotten) {
  born();
  const auto lost = host_.disconnected(kNow);
  EXPECT_EQ(lost.readings.size(), 3u);
  const auto out = hear("DDATA", Payload(2).real("", 2, 9.0), "D");
  EXPECT_TRUE(out.readings.empty()) << "the node may have been born anew with other aliases";
  EXPECT_EQ(out.ask_rebirth, "G/N");
}

TEST_F(SparkplugTest, ReadsTypesNullsHistoryQualityAndTimes) {
  born();
  const auto one = [&](int seq, auto fill) {
    Payload p(seq);
    fill(p.metric("temp", 1, sparkplug::DOUBLE));
    const auto out = hear("NDATA", p);
    EXPECT_EQ(out.readings.size(), 1u);
    return out.readings.empty() ? SparkplugHost::Outcome::Said{} : out.readings[0];
  };
  using Metric = sparkplug::Metric;
  EXPECT_EQ(one(2, [](Metric& m) { m.set_datatype(sparkplug::INT8), m.set_int_value(0xFE); }).reading.value,
            Value(std::int64_t{-2}));
  EXPECT_EQ(one(3, [](Metric& m) { m.set_datatype(sparkplug::INT32), m.set_int_value(0xFFFFFFFF); }).reading.value,
            Value(std::int64_t{-1}));
  EXPECT_EQ(one(4, [](Metric& m) { m.set_datatype(sparkplug::UINT32), m.set_int_value(0xFFFFFFFF); }).reading.value,
            Value(std::int64_t{0xFFFFFFFF}));
  EXPECT_EQ(one(5, [](Metric& m) { m.set_datatype(sparkplug::INT64), m.set_long_value(~0ull); }).reading.value,
            Value(std::int64_t{-1}));
  EXPECT_EQ(one(6, [](Metric& m) { m.set_datatype(sparkplug::FLOAT), m.set_float_value(1.5F); }).reading.value,
            Value(1.5));
  EXPECT_EQ(one(7, [](Metric& m) { m.set_datatype(sparkplug::BOOLEAN), m.set_boolean_value(true); }).reading.value,
            Value(true));
  EXPECT_EQ(one(8, [](Metric& m) { m.set_datatype(sparkplug::STRING), m.set_string_value("on"); }).reading.value,
            Value(std::string("on")));
  EXPECT_EQ(one(9, [](Metric& m) { m.set_is_null(true); }).reading.status, StatusCode::bad_no_data);
  EXPECT_FALSE(one(10, [](Metric& m) { m.set_is_historical(true), m.set_double_value(1); }).current);
  EXPECT_EQ(one(11, [](Metric& m) { m.set_timestamp(1'795'046'399'005), m.set_double_value(1); }).reading.time,
            Time(1'795'046'399'005ms));
  const auto quality = [](int code) {
    return [code](Metric& m) {
      m.set_double_value(1);
      m.mutable_properties()->add_keys("Quality");
      m.mutable_properties()->add_values()->set_int_value(static_cast<std::uint32_t>(code));
    };
  };
  EXPECT_EQ(one(12, quality(192)).reading.status, StatusCode::good);
  EXPECT_EQ(one(13, quality(0)).reading.status, StatusCode::bad);
  EXPECT_EQ(one(14, quality(500)).reading.status, StatusCode::uncertain_last_usable_value);
  const auto coded = [&](Metric& m) {  // as gateway/lib/sparkplug.mjs sends an uncertain value
    quality(0)(m);
    m.mutable_properties()->add_keys("StatusCode");
    m.mutable_properties()->add_values()->set_int_value(0x40920000);
  };
  EXPECT_EQ(one(15, coded).reading.status, static_cast<StatusCode>(0x40920000));
  // Our own marks are none that a source can say, and what the standard says is none of them.
  int seq = 16;
  for (const std::uint32_t code : {0x80230000U, 0x40230000U, 0x50230000U, 0x90230000U, 0xF0230000U}) {
    const auto status = one(seq++, [&](Metric& m) {
                          coded(m);
                          m.mutable_properties()->mutable_values(1)->set_int_value(code);
                        }).reading.status;
    EXPECT_FALSE(readings::is_ahead(status)) << code;
    EXPECT_EQ(readings::quality_of(status), readings::quality_of(static_cast<StatusCode>(code))) << code;
  }
}

TEST_F(SparkplugTest, RubbishAndStrangersChangeNothing) {
  born();
  EXPECT_EQ(hear("NDATA", "\x0A\xFF rubbish").rejected, 1u);
  EXPECT_EQ(host_.heard("spBv1.0/G/NDATA/stranger", "\x0A\xFF", kNow).rejected, 0u);
  EXPECT_EQ(host_.heard("spBv1.0/G/NCMD/N", "x", kNow).rejected, 0u);
  EXPECT_EQ(host_.heard("plant/a", "x", kNow).rejected, 0u);
  EXPECT_EQ(host_.heard("spBv1.0/G/NDATA/N/D", "x", kNow).rejected, 1u) << "node data with a device";
  EXPECT_EQ(hear("NDATA", Payload(2).real("", 1, 81.0)).readings.at(0).reading.status, StatusCode::good);
}

std::string bytes_of_hex(std::string_view hex) {
  std::string bytes;
  for (std::size_t i = 0; i + 1 < hex.size(); i += 2)
    bytes += static_cast<char>(std::stoi(std::string(hex.substr(i, 2)), nullptr, 16));
  return bytes;
}

// As an edge node's library sent them: Int16 -203 packed into long_value, as the specification's own Java library does.
TEST(SparkplugWidened, SmallIntegersInLongValueKeepTheirSign) {
  SparkplugHost host({*read_sparkplug_address("g/n/d/A")});
  host.heard("spBv1.0/g/NBIRTH/n", std::string(Payload(0).bdseq(0)), kNow);
  const auto birth = host.heard("spBv1.0/g/DBIRTH/n/d",
                                bytes_of_hex("08d8c1cdaaa23412140a0141100118d8c1cdaaa23420025085ffffff0f1801"), kNow);
  ASSERT_EQ(birth.readings.size(), 1u);
  const auto data =
      host.heard("spBv1.0/g/DDATA/n/d", bytes_of_hex("08c0c9cdaaa234120d100118c0c9cdaaa23458b5fe031802"), kNow);
  ASSERT_EQ(data.readings.size(), 1u);
  EXPECT_EQ(data.readings[0].reading.value, Value(std::int64_t{-203}));
}

TEST_F(SparkplugTest, IntegersOfEverySizeAreThemselvesInEitherField) {
  born();
  int seq = 2;
  const auto value = [&](sparkplug::DataType type, std::int64_t n, bool wide) {
    Payload p(seq++);
    auto& m = p.metric("temp", -1, type);
    wide ? m.set_long_value(static_cast<std::uint64_t>(n)) : m.set_int_value(static_cast<std::uint32_t>(n));
    return hear("NDATA", p).readings.at(0).reading.value;
  };
  for (const bool wide : {false, true}) {
    for (const std::int64_t n : {-128, -8, -1, 0, 127}) EXPECT_EQ(value(sparkplug::INT8, n, wide), Value(n));
    for (const std::int64_t n : {-32768, -203, -1, 0, 32767}) EXPECT_EQ(value(sparkplug::INT16, n, wide), Value(n));
    for (const std::int64_t n : {-2147483648LL, -1LL, 2147483647LL})
      EXPECT_EQ(value(sparkplug::INT32, n, wide), Value(n));
  }
  // As many bits as the type has, without the sign above them.
  EXPECT_EQ(value(sparkplug::INT8, 0xF8, true), Value(std::int64_t{-8}));
  EXPECT_EQ(value(sparkplug::INT16, 0xFF35, true), Value(std::int64_t{-203}));
  EXPECT_EQ(value(sparkplug::UINT8, 0xF8, true), Value(std::int64_t{248}));
  EXPECT_EQ(value(sparkplug::UINT16, 0xFF35, false), Value(std::int64_t{0xFF35}));
}

/// The bits of -5 in eight bits are those of 251: without a type an integer has no value, whatever its field.
TEST_F(SparkplugTest, AnIntegerWithoutATypeHasNoValueUntilABirthTellsIt) {
  const auto data = [&](int seq, std::uint64_t bits, bool wide, int alias = -1) {
    Payload p(seq);
    auto& m = p.metric(alias < 0 ? "temp" : "", alias, sparkplug::UNKNOWN);
    m.clear_datatype();
    wide ? m.set_long_value(bits) : m.set_int_value(static_cast<std::uint32_t>(bits));
    return hear("NDATA", p);
  };
  const auto none = [&](const Outcome& out) {
    EXPECT_TRUE(out.readings.empty());
    EXPECT_EQ(out.rejected, 1u);
    ASSERT_EQ(out.refused.size(), 1u) << "its tag hears of it";
    EXPECT_EQ(out.refused[0].second, "G/N: \"temp\" is an integer whose type no birth has told: not kept");
  };
  for (const bool wide : {false, true})
    for (const std::uint64_t bits : {0xFBULL, 0xFFFF8000ULL, 0xFFFFFFFBULL, ~0ULL, 5ULL}) {
      const auto out = data(17, bits, wide);
      none(out);
      EXPECT_EQ(out.ask_rebirth, "G/N") << "which brings the type";
    }
  const auto birth = [&](sparkplug::DataType type) {
    Payload p(0);
    p.bdseq(7).metric("temp", 1, type).set_int_value(0);
    hear("NBIRTH", p);
  };
  birth(sparkplug::INT8);
  EXPECT_EQ(data(1, 0xFB, false).readings.at(0).reading.value, Value(std::int64_t{-5}));
  EXPECT_EQ(data(2, 0xFB, false, 1).readings.at(0).reading.value, Value(std::int64_t{-5}));
  birth(sparkplug::UINT8);
  EXPECT_EQ(data(1, 0xFB, false).readings.at(0).reading.value, Value(std::int64_t{251}));
  host_.disconnected(kNow);  // it may be born anew meanwhile, with another type
  none(data(2, 0xFB, false));
  birth(sparkplug::INT8);
  hear("NDEATH", Payload(-1).bdseq(7));
  none(data(1, 0xFB, false));
  Payload untold(0);
  auto& m = untold.bdseq(8).metric("temp", 1, sparkplug::INT8);
  m.clear_datatype();
  m.set_int_value(0xFB);
  none(hear("NBIRTH", untold));
  EXPECT_EQ(hear("NDATA", Payload(1).real("", 1, 3.0)).readings.at(0).reading.value, Value(3.0)) << "a real needs none";
}

TEST_F(SparkplugTest, AnIntegerThatItsTypeCannotBeIsRefused) {
  born();
  int seq = 2;
  const auto told = [&](sparkplug::DataType type, std::uint64_t bits, bool wide) {
    Payload p(seq++);
    auto& m = p.metric("temp", -1, type);
    wide ? m.set_long_value(bits) : m.set_int_value(static_cast<std::uint32_t>(bits));
    const auto out = hear("NDATA", p);
    EXPECT_EQ(out.readings.size() + out.refused.size(), 1u);
    return out.refused.empty() ? "" : out.refused[0].second;
  };
  EXPECT_EQ(told(sparkplug::UINT8, 1000, false), "G/N: \"temp\" is 1000, which no UInt8 can be");
  for (const bool wide : {false, true}) {
    EXPECT_NE(told(sparkplug::INT8, 1000, wide), "");
    EXPECT_NE(told(sparkplug::UINT8, 256, wide), "");
    EXPECT_NE(told(sparkplug::INT16, 70'000, wide), "");
    EXPECT_NE(told(sparkplug::INT16, 0xFFFF'0000, wide), "") << "-65536";
    EXPECT_NE(told(sparkplug::UINT16, 0xFFFF'FFFF, wide), "");
    EXPECT_EQ(told(sparkplug::INT16, 0xFFFF'8000, wide), "") << "-32768, widened";
    EXPECT_EQ(told(sparkplug::UINT32, 0xFFFF'FFFF, wide), "");
  }
  EXPECT_NE(told(sparkplug::INT32, 1ULL << 32, true), "");
  EXPECT_NE(told(sparkplug::UINT32, 1ULL << 32, true), "");
  EXPECT_NE(told(sparkplug::DOUBLE, 0xFFFF'FFFB, false), "") << "-5 or 4294967291";
  EXPECT_EQ(told(sparkplug::BOOLEAN, 1, false), "");
  EXPECT_EQ(told(sparkplug::DATETIME, 1'795'046'400'000, true), "");
}

TEST_F(SparkplugTest, AnIntegerThatNoNumberHoldsExactlyIsUncertain) {
  born();
  int seq = 2;
  const auto reading = [&](std::uint64_t n) {
    Payload p(seq++);
    p.metric("temp", -1, sparkplug::UINT64).set_long_value(n);
    return hear("NDATA", p).readings.at(0).reading;
  };
  EXPECT_EQ(reading(~0ull).status, StatusCode::uncertain) << "2^64 - 1 would be 2^64";
  EXPECT_EQ(reading((1ull << 63) + 1).status, StatusCode::uncertain);
  EXPECT_EQ(reading(1ull << 63).value, Value(0x1p63));
  EXPECT_EQ(reading(1ull << 63).status, StatusCode::good);
  EXPECT_EQ(reading((1ull << 63) - 1).value, Value(std::int64_t{INT64_MAX}));
}

// As an edge node sent it: UDT is a template of the type "bearing" with the member temp, 7.
TEST(SparkplugTemplates, MembersAreMetricsOfTheirOwn) {
  SparkplugHost host({*read_sparkplug_address("g/n/d/UDT/temp"), *read_sparkplug_address("g/n/d/UDT"),
                      *read_sparkplug_address("g/n/d/Motor/Bearing/amps")});
  host.heard("spBv1.0/g/NBIRTH/n", std::string(Payload(0).bdseq(0)), kNow);
  const auto birth = host.heard(
      "spBv1.0/g/DBIRTH/n/d",
      bytes_of_hex(
          "08d8c1cdaaa234122a0a03554454100618d8c1cdaaa2342013920117120a0a0474656d7020035007220742656172696e6728001801"),
      kNow);
  ASSERT_EQ(birth.readings.size(), 1u);
  EXPECT_EQ(birth.readings[0].tag, 0u);
  EXPECT_EQ(birth.readings[0].reading.value, Value(std::int64_t{7}));
  EXPECT_EQ(birth.readings[0].reading.status, StatusCode::good);
  ASSERT_EQ(birth.refused.size(), 1u) << "the template itself is no value, and its tag hears of it";
  EXPECT_EQ(birth.refused[0].first, 1u);

  Payload by_alias(2);  // alias 6 alone, a member by its name
  auto& udt = by_alias.metric("", 6, sparkplug::TEMPLATE);
  auto& member = *udt.mutable_template_value()->add_metrics();
  member.set_name("temp");
  member.set_int_value(9);
  const auto data = host.heard("spBv1.0/g/DDATA/n/d", std::string(by_alias), kNow);
  ASSERT_EQ(data.readings.size(), 1u);
  EXPECT_EQ(data.readings[0].reading.value, Value(std::int64_t{9}));

  Payload gone(3);
  gone.metric("", 6, sparkplug::TEMPLATE).set_is_null(true);
  const auto none = host.heard("spBv1.0/g/DDATA/n/d", std::string(gone), kNow);
  ASSERT_EQ(none.readings.size(), 2u) << "its member, and the template itself";
  EXPECT_EQ(none.readings[0].reading.status, StatusCode::bad_no_data);

  Payload nested(4);
  auto& motor = nested.metric("Motor", 7, sparkplug::TEMPLATE);
  auto& bearing = *motor.mutable_template_value()->add_metrics();
  bearing.set_name("Bearing");
  auto& amps = *bearing.mutable_template_value()->add_metrics();
  amps.set_name("amps");
  amps.set_datatype(sparkplug::DOUBLE);
  amps.set_double_value(4.5);
  EXPECT_EQ(host.heard("spBv1.0/g/DDATA/n/d", std::string(nested), kNow).readings.at(0).reading.value, Value(4.5));

  Payload definition(5);
  auto& type = *definition.metric("UDT", 6, sparkplug::TEMPLATE).mutable_template_value();
  type.set_is_definition(true);
  auto& fallback = *type.add_metrics();
  fallback.set_name("temp");
  fallback.set_int_value(0);
  EXPECT_TRUE(host.heard("spBv1.0/g/DDATA/n/d", std::string(definition), kNow).readings.empty())
      << "a definition has no readings";

  Payload endless(6);
  auto* inside = &endless.metric("UDT", 6, sparkplug::TEMPLATE);
  for (int k = 0; k < 60; ++k) {
    inside = inside->mutable_template_value()->add_metrics();
    inside->set_name("temp");
  }
  EXPECT_GE(host.heard("spBv1.0/g/DDATA/n/d", std::string(endless), kNow).rejected, 1u);
}

TEST_F(SparkplugTest, AMetricWithNeitherValueNorNullHasNoValue) {
  born();
  Payload p(2);
  p.metric("temp", -1, sparkplug::DOUBLE);
  const auto out = hear("NDATA", p);
  ASSERT_EQ(out.readings.size(), 1u);
  EXPECT_EQ(out.readings[0].reading.status, StatusCode::bad_no_data);
}

TEST_F(SparkplugTest, ATimestampBeyondAllYearsIsRefusedAndNotTheTimeOfArrival) {
  born();
  int seq = 2;
  for (const std::uint64_t ms : {9'214'646'400'000U, 253'402'300'800'000U, ~std::uint64_t{0}}) {
    Payload late(seq++);
    late.real("temp", -1, 1.0);
    late.p.set_timestamp(ms);
    const auto out = hear("NDATA", late);
    EXPECT_TRUE(out.readings.empty()) << ms;
    ASSERT_EQ(out.refused.size(), 1u) << ms;
    EXPECT_NE(out.refused[0].second.find("is outside the years 1678 to 2261"), std::string::npos);
  }
}

TEST_F(SparkplugTest, ATimestampInSecondsIsRefusedAndItsTagTold) {
  born();
  Payload own(2);
  auto& m = own.metric("temp", -1, sparkplug::DOUBLE);
  m.set_timestamp(1'795'046'400);
  m.set_double_value(1.0);
  auto out = hear("NDATA", own);
  EXPECT_TRUE(out.readings.empty());
  ASSERT_EQ(out.refused.size(), 1u);
  EXPECT_NE(out.refused[0].second.find("1795046400 is 1970-01-21T18:37:26.400Z in ms"), std::string::npos);
  for (const std::uint64_t none : {0U, 5U, 12'345'678U}) {  // a device that has no clock
    own.p.set_seq(own.p.seq() + 1);
    own.p.mutable_metrics(0)->set_timestamp(none);
    out = hear("NDATA", own);
    EXPECT_TRUE(out.readings.empty());
    ASSERT_EQ(out.refused.size(), 1u);
    EXPECT_NE(out.refused[0].second.find("is 1970-01-01T0"), std::string::npos);
  }
  Payload whole(6);
  whole.real("temp", -1, 1.0);
  whole.p.set_timestamp(1'795'046'400);
  EXPECT_EQ(hear("NDATA", whole).rejected, 1u) << "of the whole message";
  EXPECT_EQ(hear("NDATA", Payload(7).real("temp", -1, 1.0)).readings.size(), 1u);
}

TEST_F(SparkplugTest, ATextThatIsNotUtf8IsRefused) {
  born();
  Payload p(2);
  p.metric("temp", -1, sparkplug::STRING).set_string_value("\xFF");
  EXPECT_EQ(hear("NDATA", p).refused.size(), 1u);
}

class SparkplugSourceTest : public ::testing::Test {
 protected:
  std::unique_ptr<Source> run(bool rebirth) {
    SourceSettings s{.name = "edge", .kind = "sparkplug", .url = broker_.url(), .timeout = 1s};
    s.options = {{"retry_limit", "50 ms"}, {"rebirth", rebirth}};
    s.tags = {{.name = "T", .address = "G/N/temp"}, {.name = "F", .address = "G/N/D/flow", .scale = 0.5}};
    return delivered_.started(s);
  }
  TestBroker broker_;
  Delivered delivered_;
};

TEST_F(SparkplugSourceTest, FollowsANodeThroughBirthDataAndDeath) {
  const auto source = run(false);
  broker_.publish("spBv1.0/G/NBIRTH/N", Payload(0).bdseq(0).real("temp", 1, 80.0));
  broker_.publish("spBv1.0/G/DBIRTH/N/D", Payload(1).real("flow", 2, 3.0));
  ASSERT_TRUE(within(5s, [&] { return delivered_.of("F").size() == 1; }));
  EXPECT_EQ(delivered_.of("F")[0].value, Value(1.5)) << "scaled";
  EXPECT_EQ(source->health().health, Health::ok);
  Payload stale(2);
  auto& metric = stale.metric("", 2, sparkplug::DOUBLE);
  metric.set_double_value(5.0);
  metric.mutable_properties()->add_keys("Quality");
  metric.mutable_properties()->add_values()->set_int_value(500);
  broker_.publish("spBv1.0/G/DDATA/N/D", stale);
  ASSERT_TRUE(within(5s, [&] { return delivered_.of("F").size() == 2; }));
  EXPECT_EQ(delivered_.of("F")[1].value, Value(2.5)) << "scaled, whatever its quality";
  EXPECT_EQ(delivered_.of("F")[1].status, StatusCode::uncertain_last_usable_value);
  broker_.publish("spBv1.0/G/NDEATH/N", Payload(-1).bdseq(0));
  ASSERT_TRUE(within(5s, [&] { return source->health().tags.at("F").health == Health::down; }));
  EXPECT_EQ(delivered_.of("F").back().status, StatusCode::bad_not_connected);
  broker_.publish("spBv1.0/G/NBIRTH/N", Payload(0).bdseq(1).real("temp", 1, 81.0));
  EXPECT_TRUE(within(5s, [&] { return source->health().tags.at("T").health == Health::ok; })) << "data flow again";
}

TEST_F(SparkplugSourceTest, ATextOfATagWithAUnitIsANumberOrRefused) {
  SourceSettings s{.name = "edge", .kind = "sparkplug", .url = broker_.url(), .timeout = 1s};
  s.options = {{"retry_limit", "50 ms"}};
  s.tags = {{.name = "T", .address = "G/N/temp", .unit = "degC", .no_data = {std::int64_t{-9999}}}};
  const auto source = delivered_.started(s);
  const auto say = [&](int seq, const char* text) {
    Payload p(seq);
    p.metric("temp", -1, sparkplug::STRING).set_string_value(text);
    broker_.publish(seq == 0 ? "spBv1.0/G/NBIRTH/N" : "spBv1.0/G/NDATA/N", p);
  };
  say(0, "23.5");
  ASSERT_TRUE(within(5s, [&] { return delivered_.of("T").size() == 1; }));
  EXPECT_EQ(delivered_.of("T")[0].value, Value(23.5));
  say(1, "Bad");
  EXPECT_TRUE(within(5s, [&] { return source->health().tags.at("T").last_error == "\"Bad\" is no number"; }));
  EXPECT_EQ(source->health().rejected, 1u);
  say(2, "-9999");
  ASSERT_TRUE(within(5s, [&] { return delivered_.of("T").size() == 2; }));
  EXPECT_EQ(delivered_.of("T")[1].status, StatusCode::bad_no_data);
}

TEST_F(SparkplugSourceTest, AsksForARebirthOnlyWhereItMayAndOnlyOnce) {
  for (const bool may : {false, true}) {
    const auto before = broker_.published().size();
    delivered_.clear();
    const auto source = run(may);
    for (int k = 0; k < 5; ++k) broker_.publish("spBv1.0/G/NDATA/N", Payload(20 + 2 * k).real("temp", -1, 80.0));
    ASSERT_TRUE(within(5s, [&] { return delivered_.of("T").size() >= 5; }));
    EXPECT_TRUE(within(5s, [&] { return broker_.published().size() == before + (may ? 1u : 0u); }));
    std::this_thread::sleep_for(50ms);
    EXPECT_EQ(broker_.published().size(), before + (may ? 1u : 0u)) << "one request a minute and node";
  }
  const std::string body = broker_.published().back();
  EXPECT_EQ(body.substr(2, 16), "spBv1.0/G/NCMD/N");
  sparkplug::Payload payload;
  ASSERT_TRUE(payload.ParseFromString(body.substr(18)));
  ASSERT_EQ(payload.metrics_size(), 1);
  EXPECT_EQ(payload.metrics(0).name(), "Node Control/Rebirth");
  EXPECT_TRUE(payload.metrics(0).boolean_value());
}

TEST_F(SparkplugSourceTest, SendsNothingButWhatAListenerMustWithoutRebirth) {
  auto source = run(false);
  for (int k = 0; k < 3; ++k) broker_.publish("spBv1.0/G/NDATA/N", Payload(20 + 2 * k).real("", 5, 80.0));
  ASSERT_TRUE(within(5s, [&] { return broker_.acknowledged().size() == 3; }));
  source.reset();
  EXPECT_TRUE(within(5s, [&] { return broker_.types().contains(MqttType::disconnect); }));
  EXPECT_FALSE(broker_.types().contains(MqttType::publish));
}

TEST_F(SparkplugSourceTest, ASubscriptionThatTheBrokerRefusesEndsTheTagsOfItsNodeAlone) {
  SourceSettings s{.name = "edge", .kind = "sparkplug", .url = broker_.url(), .timeout = 1s};
  s.tags = {{.name = "N1", .address = "G/N1/temp"},
            {.name = "N10", .address = "G/N10/temp"},
            {.name = "other", .address = "G2/N10/temp"}};
  broker_.refuse_filter("spBv1.0/G/DDATA/N10/+");
  const auto source = delivered_.started(s);
  const std::string why = "the broker refuses the subscription to \"spBv1.0/G/DDATA/N10/+\"";
  ASSERT_TRUE(within(5s, [&] { return source->health().tags.at("N10").last_error == why; }));
  const auto health = source->health();
  EXPECT_EQ(health.tags.at("N10").health, Health::down);
  EXPECT_EQ(health.tags.at("N1").health, Health::late) << "its name only begins so";
  EXPECT_EQ(health.tags.at("other").health, Health::late) << "a node of that name in another group";
}

}  // namespace
}  // namespace castner::sources

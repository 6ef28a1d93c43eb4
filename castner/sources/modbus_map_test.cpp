// SPDX-License-Identifier: Apache-2.0
#include "castner/sources/modbus_map.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <bit>
#include <cmath>
#include <set>

namespace castner::sources {
namespace {

using readings::Value;

ModbusAddress at(std::string_view address, std::string_view type = "") {
  const auto a = read_modbus_address(address, type, 1, WordOrder::abcd);
  EXPECT_TRUE(a.has_value()) << address << ": " << (a ? "" : a.error().text());
  return a.value_or(ModbusAddress{});
}

TEST(ModbusAddress, CountsAsManualsDo) {
  EXPECT_EQ(at("holding:40001").first, 0);
  EXPECT_EQ(at("holding:40108").first, 107);
  EXPECT_EQ(at("holding:1").first, 0);
  EXPECT_EQ(at("holding:400001").first, 0);
  EXPECT_EQ(at("holding:465536").first, 65535);
  EXPECT_EQ(at("input:30010").first, 9);
  EXPECT_EQ(at("discrete:10001").first, 0);
  EXPECT_EQ(at("coil:1").first, 0);
  EXPECT_EQ(at("coil:10001").first, 10000) << "coils have no leading digit";
  EXPECT_EQ(at("holding:0x006B").first, 107) << "hexadecimal is what goes over the wire";
  EXPECT_EQ(at("holding:40001@7").unit, 7);
  EXPECT_EQ(at("holding:40001.15@7").bit, 15);
  EXPECT_EQ(at("holding:40001.15@7").type, ModbusType::boolean);
  EXPECT_EQ(at("holding:40001", "float32 cdab").order, WordOrder::cdab);
  EXPECT_EQ(at("holding:40001", "float64").count, 4);
}

TEST(ModbusAddress, RefusesWhatCouldMeanTwoThings) {
  for (const auto& [address, type] : std::vector<std::pair<const char*, const char*>>{{"holding:30001", ""},
                                                                                      {"holding:0", ""},
                                                                                      {"holding:40000", ""},
                                                                                      {"holding:", ""},
                                                                                      {"40001", ""},
                                                                                      {"register:1", ""},
                                                                                      {"holding:-1", ""},
                                                                                      {"holding:40001.16", ""},
                                                                                      {"coil:1.0", ""},
                                                                                      {"coil:1", "float32"},
                                                                                      {"holding:40001.3", "uint16"},
                                                                                      {"holding:465536", "uint32"},
                                                                                      {"holding:0x10000", ""},
                                                                                      {"holding:40001", "real"},
                                                                                      {"holding:40001@256", ""},
                                                                                      {"holding:99999999999", ""}}) {
    const auto a = read_modbus_address(address, type, 1, WordOrder::abcd);
    ASSERT_FALSE(a.has_value()) << address << " " << type;
    EXPECT_FALSE(a.error().problems.front().cure.empty());
  }
}

/// The four orders of 0x12345678 as bytes on the wire: what each name says.
TEST(DecodeRegisters, ReadsEachOrderAsItsNameSays) {
  const std::vector<std::pair<const char*, std::vector<std::uint16_t>>> cases = {{"uint32 abcd", {0x1234, 0x5678}},
                                                                                 {"uint32 cdab", {0x5678, 0x1234}},
                                                                                 {"uint32 badc", {0x3412, 0x7856}},
                                                                                 {"uint32 dcba", {0x7856, 0x3412}}};
  for (const auto& [type, registers] : cases)
    EXPECT_EQ(decode_registers(at("holding:1", type), registers), Value(std::int64_t{0x12345678})) << type;
}

TEST(DecodeRegisters, KeepsTheSignAndTheBits) {
  EXPECT_EQ(decode_registers(at("holding:1", "int16"), std::vector<std::uint16_t>{0xFFFE}), Value(std::int64_t{-2}));
  EXPECT_EQ(decode_registers(at("holding:1", "uint16"), std::vector<std::uint16_t>{0xFFFE}),
            Value(std::int64_t{65534}));
  EXPECT_EQ(decode_registers(at("holding:1", "int32"), std::vector<std::uint16_t>{0xFFFF, 0xFFFE}),
            Value(std::int64_t{-2}));
  EXPECT_EQ(decode_registers(at("holding:1", "int64"), std::vector<std::uint16_t>{0xFFFF, 0xFFFF, 0xFFFF, 0xFFFD}),
            Value(std::int64_t{-3}));
  EXPECT_EQ(decode_registers(at("holding:1", "uint64"), std::vector<std::uint16_t>{0x8000, 0, 0, 0}), Value(0x1p63));
  EXPECT_EQ(decode_registers(at("holding:1", "float32"), std::vector<std::uint16_t>{0x3FC0, 0x0000}), Value(1.5));
  EXPECT_EQ(decode_registers(at("holding:1", "float64"), std::vector<std::uint16_t>{0x3FF8, 0, 0, 0}), Value(1.5));
  EXPECT_EQ(decode_registers(at("holding:1.3"), std::vector<std::uint16_t>{0x0008}), Value(true));
  EXPECT_EQ(decode_registers(at("holding:1.4"), std::vector<std::uint16_t>{0x0008}), Value(false));
}

TEST(DecodeRegisters, ReadsRegistersOfFourDigits) {
  EXPECT_EQ(decode_registers(at("holding:1", "mod10000 cdab"), std::vector<std::uint16_t>{9999, 1}),
            Value(std::int64_t{19999}));
  EXPECT_EQ(decode_registers(at("holding:1", "mod10000"), std::vector<std::uint16_t>{1, 9999}),
            Value(std::int64_t{19999}));
  EXPECT_EQ(decode_registers(at("holding:1", "mod10000x4"), std::vector<std::uint16_t>{1, 2, 3, 4}),
            Value(std::int64_t{1'0002'0003'0004}));
  EXPECT_TRUE(std::isnan(
      std::get<double>(decode_registers(at("holding:1", "mod10000x3"), std::vector<std::uint16_t>{0, 10000, 0}))));
}

/// Every pattern of bits is "no data" of exactly those numbers that stand for it.
RC_GTEST_PROP(NoData, IsTheNumberOrItsBitsAndNothingElse, (std::uint16_t bits, std::uint16_t other)) {
  RC_PRE(bits != other);
  const auto is = [&](const char* type, std::int64_t n, std::uint16_t says) {
    return bits_say_no_data(at("holding:1", type), says, std::vector<NoData>{n});
  };
  for (const char* type : {"int16", "uint16"}) {
    RC_ASSERT(is(type, bits, bits));
    RC_ASSERT(!is(type, other, bits));
  }
  const auto negative = static_cast<std::int16_t>(bits);
  RC_ASSERT(is("int16", negative, bits));
  RC_ASSERT(is("uint16", negative, bits) == (negative >= 0));
  RC_ASSERT(!is("int32", bits, 0xFFFF & ~bits));
}

RC_GTEST_PROP(DecodeRegisters, GivesBackWhatWasPutInWhateverTheOrder, (std::uint64_t raw)) {
  const std::vector<std::uint16_t> abcd = {static_cast<std::uint16_t>(raw >> 48), static_cast<std::uint16_t>(raw >> 32),
                                           static_cast<std::uint16_t>(raw >> 16), static_cast<std::uint16_t>(raw)};
  const auto swapped = [](std::uint16_t w) { return static_cast<std::uint16_t>(w << 8 | w >> 8); };
  const std::vector<std::uint16_t> cdab(abcd.rbegin(), abcd.rend());
  std::vector<std::uint16_t> badc, dcba;
  for (const auto w : abcd) badc.push_back(swapped(w));
  for (const auto w : cdab) dcba.push_back(swapped(w));
  const Value expected = static_cast<std::int64_t>(raw);
  RC_ASSERT(decode_registers(at("holding:1", "int64 abcd"), abcd) == expected);
  RC_ASSERT(decode_registers(at("holding:1", "int64 cdab"), cdab) == expected);
  RC_ASSERT(decode_registers(at("holding:1", "int64 badc"), badc) == expected);
  RC_ASSERT(decode_registers(at("holding:1", "int64 dcba"), dcba) == expected);
}

/// Every tag is in exactly one request that covers it, none is longer than allowed, and all are of one table and unit.
RC_GTEST_PROP(PlanRequests, ReadsEveryTagWithinTheLimits, ()) {
  std::vector<ModbusAddress> addresses;
  const auto n = *rc::gen::inRange<std::size_t>(0, 60);
  for (std::size_t k = 0; k < n; ++k) {
    ModbusAddress a;
    a.table = static_cast<ModbusTable>(*rc::gen::inRange(1, 5));
    a.unit = *rc::gen::inRange(1, 3);
    a.count = a.bits() ? 1 : 1 << *rc::gen::inRange(0, 3);
    a.first = *rc::gen::inRange(0, 400);
    addresses.push_back(a);
  }
  const ModbusLimits limits{
      .registers = *rc::gen::inRange(4, 126), .bits = *rc::gen::inRange(1, 200), .gap = *rc::gen::inRange(0, 20)};
  auto requests = plan_requests(addresses, limits);
  // Splitting until nothing can be split keeps the same promises.
  for (std::size_t round = 0; round < 2; ++round) {
    std::multiset<std::size_t> seen;
    for (const auto& r : requests) {
      RC_ASSERT(r.count >= 1);
      RC_ASSERT(r.count <=
                (r.table == ModbusTable::coil || r.table == ModbusTable::discrete ? limits.bits : limits.registers));
      for (const auto k : r.tags) {
        seen.insert(k);
        RC_ASSERT(addresses[k].table == r.table && addresses[k].unit == r.unit);
        RC_ASSERT(addresses[k].first >= r.first && addresses[k].first + addresses[k].count <= r.first + r.count);
      }
    }
    for (std::size_t k = 0; k < n; ++k) RC_ASSERT(seen.count(k) == 1u);
    std::vector<ModbusRequest> halves;
    for (const auto& r : requests)
      for (auto& half : split_request(r, addresses)) halves.push_back(std::move(half));
    requests = std::move(halves);
  }
}

TEST(PlanRequests, BridgesGapsUpToTheStatedSize) {
  const std::vector<ModbusAddress> two = {at("holding:1"), at("holding:10")};  // eight registers between them
  EXPECT_EQ(plan_requests(two, {.gap = 8}).size(), 1u);
  EXPECT_EQ(plan_requests(two, {.gap = 7}).size(), 2u);
}

TEST(SplitRequest, EndsWithTheOneBadAddressAlone) {
  std::vector<ModbusAddress> addresses;
  for (int k = 1; k <= 100; ++k) addresses.push_back(at("holding:" + std::to_string(k)));
  std::vector<ModbusRequest> asking = plan_requests(addresses, {});
  int asked = 0;
  std::vector<std::size_t> silent;
  while (!asking.empty()) {
    const ModbusRequest r = asking.back();
    asking.pop_back();
    ++asked;
    const bool refused = r.first <= 37 && 37 < r.first + r.count;
    if (!refused) continue;
    const auto parts = split_request(r, addresses);
    if (parts.size() == 1)
      silent.insert(silent.end(), r.tags.begin(), r.tags.end());
    else
      asking.insert(asking.end(), parts.begin(), parts.end());
  }
  EXPECT_EQ(silent, std::vector<std::size_t>{37});
  EXPECT_LE(asked, 15) << "two questions a halving of 100, not one a tag";
}

}  // namespace
}  // namespace castner::sources

// SPDX-License-Identifier: Apache-2.0
#include "castner/sources/modbus_client.h"

#include <gtest/gtest.h>

#include <array>
#include <random>

namespace castner::sources {
namespace {

using Is = ModbusAnswer::Is;

struct Room {
  std::array<std::uint16_t, 125> registers{};
  std::array<std::uint8_t, 2000> bits{};
  ModbusAnswer read(const std::string& bytes, const ModbusRequest& r, std::uint16_t transaction = 0x0102) {
    return read_modbus_answer(bytes, r, transaction, registers, bits);
  }
};

std::string bytes_of(std::initializer_list<int> all) {
  std::string s;
  for (const int b : all) s += static_cast<char>(b);
  return s;
}

const ModbusRequest kTwoRegisters{3, ModbusTable::holding, 16, 2, {}};
const std::string kGoodAnswer = bytes_of({1, 2, 0, 0, 0, 7, 3, 3, 4, 0x12, 0x34, 0x56, 0x78});

// The frames of the Modbus messaging guide: header of seven bytes, function, data.
TEST(ModbusClient, AsksAndReadsAsTheStandardHasIt) {
  EXPECT_EQ(modbus_question(kTwoRegisters, 0x0102), bytes_of({1, 2, 0, 0, 0, 6, 3, 3, 0, 16, 0, 2}));
  Room room;
  ASSERT_EQ(room.read(kGoodAnswer, kTwoRegisters).is, Is::good);
  EXPECT_EQ(room.registers[0], 0x1234);
  EXPECT_EQ(room.registers[1], 0x5678);
  const ModbusRequest ten_bits{1, ModbusTable::discrete, 0, 10, {}};
  ASSERT_EQ(room.read(bytes_of({1, 2, 0, 0, 0, 5, 1, 2, 2, 0x05, 0x02}), ten_bits).is, Is::good);
  EXPECT_EQ(room.bits[0] + room.bits[2] + room.bits[9], 3);
  EXPECT_EQ(room.bits[1] + room.bits[8], 0);
  const auto refused = room.read(bytes_of({1, 2, 0, 0, 0, 3, 3, 0x83, 2}), kTwoRegisters);
  EXPECT_EQ(refused.is, Is::exception);
  EXPECT_EQ(refused.exception, 2);
  EXPECT_EQ(refused.why, "Illegal data address");
}

TEST(ModbusClient, WhatAnswersSomethingElseIsNoAnswer) {
  Room room;
  for (const std::size_t at : {0u, 1u, 6u, 7u, 8u}) {  // transaction, unit, function, length
    auto other = kGoodAnswer;
    other[at] = static_cast<char>(other[at] + 1);
    EXPECT_EQ(room.read(other, kTwoRegisters).is, Is::broken) << at;
  }
  EXPECT_EQ(room.read(bytes_of({1, 2, 0, 0, 0, 3, 3, 0x84, 2}), kTwoRegisters).is, Is::broken)
      << "refuses another function";
}

TEST(ModbusClient, NoBytesMakeItReadBeyondThem) {
  std::mt19937 random(17);
  Room room;
  for (int k = 0; k < 200'000; ++k) {
    auto bytes = kGoodAnswer;
    for (int n = static_cast<int>(random() % 4); n >= 0; --n)
      bytes[random() % bytes.size()] = static_cast<char>(random());
    bytes.resize(random() % (bytes.size() + 1));
    const auto answer = room.read(bytes, kTwoRegisters);
    EXPECT_TRUE(answer.is != Is::good || bytes.substr(0, 9) == kGoodAnswer.substr(0, 9));
  }
}

}  // namespace
}  // namespace castner::sources

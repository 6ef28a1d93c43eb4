// SPDX-License-Identifier: Apache-2.0
/// Where a Modbus device keeps each tag, in which requests they are read, and what the registers say.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "castner/base/error.h"
#include "castner/readings/reading.h"
#include "castner/sources/source.h"

namespace castner::sources {

/// The four tables of a device; the number is the function code that reads it.
enum class ModbusTable { coil = 1, discrete = 2, holding = 3, input = 4 };

enum class ModbusType {
  boolean,
  int16,
  uint16,
  int32,
  uint32,
  int64,
  uint64,
  float32,
  float64,
  mod10000,  ///< each register four decimal digits, 0 to 9999
};

/// The order in which the bytes of a number arrive, `a` the most significant: abcd as the standard has it, cdab words swapped,
/// badc bytes swapped within words, dcba both. Of 64 bits likewise: the words reversed, the bytes swapped, both.
enum class WordOrder { abcd, cdab, badc, dcba };

/// One tag within the device.
struct ModbusAddress {
  int unit = 1;  ///< of a gateway; 1 where the device answers for itself
  ModbusTable table = ModbusTable::holding;
  int first = 0;  ///< as it goes over the wire, from 0
  int count = 1;  ///< registers, or 1 for a bit of the bit tables
  int bit = -1;   ///< of the register, 0 the least significant; -1: the whole
  ModbusType type = ModbusType::uint16;
  WordOrder order = WordOrder::abcd;
  bool bits() const { return table == ModbusTable::coil || table == ModbusTable::discrete; }
};

/// Reads "holding:40001", "input:30001", "coil:1", "discrete:10001", "holding:7" (the table says it already), "holding:0x0006"
/// (hexadecimal: as it goes over the wire, from 0), "holding:40001.3" (a bit), "holding:40001@5" (unit 5 behind a gateway).
/// Decimal numbers count from 1, as manuals do: 40001 is the first holding register; six digits (400001) reach all 65536.
/// @param type  "float32", "uint16", "float32 cdab", ...; "" is bool for bits and uint16 for registers
/// Errors: bad_input without a place, `what` and `cure` only.
[[nodiscard]] Result<ModbusAddress> read_modbus_address(std::string_view address, std::string_view type, int unit,
                                                        WordOrder order);
std::optional<WordOrder> read_word_order(std::string_view text);

/// One question to the device.
struct ModbusRequest {
  int unit = 1;
  ModbusTable table = ModbusTable::holding;
  int first = 0, count = 0;
  std::vector<std::size_t> tags;  ///< places in the list of addresses, by first register
};

struct ModbusLimits {
  int registers = 125;  ///< of one answer (Modbus application protocol V1.1b3, 6.3)
  int bits = 2000;      ///< likewise, 6.1
  int gap = 8;          ///< registers, or 16 times as many bits, that are read along rather than asking twice
};

/// The fewest requests that read all addresses, each within the limits.
[[nodiscard]] std::vector<ModbusRequest> plan_requests(std::span<const ModbusAddress>, const ModbusLimits&);

/// The same tags in two requests, so that what the device refuses is found; one request where it has one address only.
[[nodiscard]] std::vector<ModbusRequest> split_request(const ModbusRequest&, std::span<const ModbusAddress>);

/// The bits of a tag in the order of its settings, the most significant first.
/// @param registers  as many as address.count, from address.first
[[nodiscard]] std::uint64_t bits_of_registers(const ModbusAddress&, std::span<const std::uint16_t> registers);

/// What they say, before scaling: 64 bits without a sign above the largest int64 become the nearest double, four digits that are more
/// than 9999 no number.
[[nodiscard]] readings::Value value_of_bits(const ModbusAddress&, std::uint64_t bits);

[[nodiscard]] inline readings::Value decode_registers(const ModbusAddress& a,
                                                      std::span<const std::uint16_t> registers) {
  return value_of_bits(a, bits_of_registers(a, registers));
}

/// Whether the bits are one of these numbers, which may stand as the number or, of integers, as its bits: 0x8000 of an int16.
[[nodiscard]] bool bits_say_no_data(const ModbusAddress&, std::uint64_t bits, std::span<const NoData>);
/// Whether a tag of this type can say the number at all.
[[nodiscard]] bool can_say(const ModbusAddress&, const NoData&);

}  // namespace castner::sources

// SPDX-License-Identifier: Apache-2.0
// Whatever a device answers and whatever an address says: registers become a reading, requests stay within the limits.
#include <cmath>
#include <cstdint>
#include <cstring>

#include "castner/base/check.h"
#include "castner/sources/modbus_client.h"
#include "castner/sources/modbus_map.h"
#include "castner/sources/scaled_reading.h"

using namespace castner;
using namespace castner::sources;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto bar = std::min(text.find('|'), text.size());
  const auto type = bar < text.size() ? text.substr(bar + 1) : std::string_view();
  if (const auto a = read_modbus_address(text.substr(0, bar), type, 1, WordOrder::abcd)) {
    check(a->first >= 0 && a->count >= 1 && a->first + a->count <= 65536, "an address is within its table");
    check(a->bit >= -1 && a->bit <= 15, "a register has 16 bits");
  } else {
    check(!a.error().problems.front().cure.empty(), "a refusal says what to write instead");
  }
  std::uint16_t registers[4] = {};
  std::memcpy(registers, data, std::min(size, sizeof registers));
  std::vector<ModbusAddress> addresses;
  for (std::size_t k = 0; k + 3 <= size && k < 300; k += 3) {
    ModbusAddress a;
    a.table = static_cast<ModbusTable>(1 + data[k] % 4);
    a.type = static_cast<ModbusType>(data[k] / 4 % 9);
    a.order = static_cast<WordOrder>(data[k] / 36 % 4);
    static constexpr int kCounts[] = {1, 1, 1, 2, 2, 4, 4, 2, 4};
    a.count = a.bits() ? 1 : kCounts[static_cast<std::size_t>(a.type)];
    a.first = (data[k + 1] << 8 | data[k + 2]) % (65536 - 4);
    const auto r = scaled_reading(decode_registers(a, std::span(registers).first(static_cast<std::size_t>(a.count))),
                                  0.1, 1.0, Time{});
    if (const auto* number = std::get_if<double>(&r.value))
      check(std::isfinite(*number) || r.status != readings::StatusCode::good, "no number is no good reading");
    addresses.push_back(a);
  }
  std::uint16_t answered[125] = {};
  std::uint8_t bits[2000] = {};
  for (const auto& request : plan_requests(addresses, {})) {
    const auto answer = read_modbus_answer(text, request, 0, answered, bits);
    check(answer.is == ModbusAnswer::Is::good || !answer.why.empty(), "what is no answer says why");
  }
  std::size_t planned = 0;
  for (const auto& request : plan_requests(addresses, {})) {
    check(request.count <= (request.table == ModbusTable::coil || request.table == ModbusTable::discrete ? 2000 : 125),
          "a request is within the protocol's limit");
    planned += request.tags.size();
    std::size_t split = 0;
    for (const auto& part : split_request(request, addresses)) split += part.tags.size();
    check(split == request.tags.size(), "a split loses no tag");
  }
  check(planned == addresses.size(), "every tag is read once");
  return 0;
}

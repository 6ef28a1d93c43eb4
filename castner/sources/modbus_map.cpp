// SPDX-License-Identifier: Apache-2.0
// Addresses, requests and values of Modbus; nothing here opens a socket:
//  1. read_modbus_address: "holding:40001.3@5" is taken apart into table, number, bit and unit. Manuals count from 1
//     and put the table's digit before five- or six-digit numbers; on the wire registers count from 0.
//  2. plan_requests: addresses are sorted by unit, table and number; neighbours join one request while the registers
//     between them are at most `gap` and the whole is at most the limit of one request.
//  3. split_request: a request that the device refuses is cut in the middle, never between tags of one register, so
//     that halving finds the address that it does not have.
//  4. bits_of_registers and value_of_bits: words and bytes in the order of the settings become one integer of 16 to 64 bits, then the
//     tag's type.
#include "castner/sources/modbus_map.h"

#include <algorithm>
#include <bit>
#include <charconv>
#include <limits>
#include <tuple>
#include <utility>

#include "castner/base/check.h"
#include "castner/base/suggest.h"
#include "castner/sources/scaled_reading.h"

namespace castner::sources {
namespace {

using readings::Value;

struct Table {
  std::string_view word;
  ModbusTable table;
  int digit;  ///< that manuals put before the number
};
constexpr Table kTables[] = {{"coil", ModbusTable::coil, 0},
                             {"discrete", ModbusTable::discrete, 1},
                             {"input", ModbusTable::input, 3},
                             {"holding", ModbusTable::holding, 4}};

struct Type {
  std::string_view word;
  ModbusType type;
  int registers;
};
constexpr Type kTypes[] = {{"bool", ModbusType::boolean, 1},        {"int16", ModbusType::int16, 1},
                           {"uint16", ModbusType::uint16, 1},       {"int32", ModbusType::int32, 2},
                           {"uint32", ModbusType::uint32, 2},       {"int64", ModbusType::int64, 4},
                           {"uint64", ModbusType::uint64, 4},       {"float32", ModbusType::float32, 2},
                           {"float64", ModbusType::float64, 4},     {"mod10000", ModbusType::mod10000, 2},
                           {"mod10000x3", ModbusType::mod10000, 3}, {"mod10000x4", ModbusType::mod10000, 4}};

std::optional<int> integer(std::string_view text, int base = 10) {
  int value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value, base);
  if (text.empty() || text.front() == '-' || error != std::errc{} || end != text.data() + text.size())
    return std::nullopt;
  return value;
}

/// The number as it goes over the wire, from what a person wrote after the table's name.
std::optional<int> wire_number(std::string_view text, int digit) {
  if (text.starts_with("0x") || text.starts_with("0X")) return integer(text.substr(2), 16);
  const auto n = integer(text);
  if (!n) return std::nullopt;
  int number = *n;
  if (digit != 0 && text.size() == 6 && text[0] - '0' == digit)
    number -= digit * 100'000;
  else if (digit != 0 && text.size() == 5 && text[0] - '0' == digit)
    number -= digit * 10'000;
  else if (digit != 0 && number > 9999)
    return std::nullopt;  // 30001 among the holding registers: which one is meant?
  return number - 1;
}

/// Takes "@5" or ".3" off the end.
bool take_suffix(std::string_view& text, char mark, std::optional<int>& number) {
  const auto at = text.rfind(mark);
  if (at == std::string_view::npos) return true;
  number = integer(text.substr(at + 1));
  text = text.substr(0, at);
  return number.has_value();
}

bool read_type(std::string_view text, ModbusAddress& a) {
  const auto blank = text.find(' ');
  if (blank != std::string_view::npos) {
    const auto order = read_word_order(text.substr(blank + 1));
    if (!order) return false;
    a.order = *order;
    text = text.substr(0, blank);
  }
  const auto type = std::find_if(std::begin(kTypes), std::end(kTypes), [&](const Type& t) { return t.word == text; });
  if (type == std::end(kTypes)) return false;
  a.type = type->type;
  a.count = a.bits() ? 1 : type->registers;
  return true;
}

bool same_device_table(const ModbusRequest& r, const ModbusAddress& a) {
  return r.unit == a.unit && r.table == a.table;
}

}  // namespace

std::optional<WordOrder> read_word_order(std::string_view text) {
  if (text == "abcd") return WordOrder::abcd;
  if (text == "cdab") return WordOrder::cdab;
  if (text == "badc") return WordOrder::badc;
  if (text == "dcba") return WordOrder::dcba;
  return std::nullopt;
}

Result<ModbusAddress> read_modbus_address(std::string_view text, std::string_view type, int unit, WordOrder order) {
  ModbusAddress a{.unit = unit, .order = order};
  const std::string said = in_quotes(text);
  const char* cure = "write it as \"holding:40001\", \"input:30001\", \"coil:1\" or \"discrete:10001\"";
  const auto colon = text.find(':');
  const auto table = std::find_if(std::begin(kTables), std::end(kTables),
                                  [&](const Table& t) { return t.word == text.substr(0, colon); });
  if (colon == std::string_view::npos || table == std::end(kTables))
    return bad_input("", "address " + said + " names no table of the device", cure);
  a.table = table->table;

  std::string_view rest = text.substr(colon + 1);
  std::optional<int> at_unit, bit;
  if (!take_suffix(rest, '@', at_unit) || (at_unit && *at_unit > 255))
    return bad_input("", "address " + said + ": the unit after @ is not a number from 0 to 255",
                     "write it as \"holding:40001@1\"");
  if (!take_suffix(rest, '.', bit) || (bit && (*bit > 15 || a.bits())))
    return bad_input("", "address " + said + ": what stands after the point is no bit of a register",
                     "write \"holding:40001.0\" for the least significant bit, .15 for the most");
  a.unit = at_unit.value_or(unit);
  a.bit = bit.value_or(-1);
  const auto number = wire_number(rest, table->digit);
  if (!number || *number < 0) return bad_input("", "address " + said + " is no number of this table", cure);
  a.first = *number;

  if (type.empty()) type = a.bits() || bit ? "bool" : "uint16";
  if (!read_type(type, a))
    return bad_input("", "type " + in_quotes(type) + " is not known",
                     "one of bool, int16, uint16, int32, uint32, int64, uint64, float32, float64, mod10000, "
                     "mod10000x3, mod10000x4, with \" cdab\" behind "
                     "it where its words are swapped");
  const bool one_bit = a.bits() || bit.has_value();
  if (one_bit != (a.type == ModbusType::boolean) && !(a.type == ModbusType::boolean && a.bit < 0))
    return bad_input("", "type " + in_quotes(type) + " does not fit one bit", "write type = \"bool\", or leave it out");
  if (a.first + a.count > 65536)
    return bad_input("", "address " + said + " reaches beyond the last register", "a table has 65536");
  return a;
}

std::vector<ModbusRequest> plan_requests(std::span<const ModbusAddress> addresses, const ModbusLimits& limits) {
  std::vector<std::size_t> order(addresses.size());
  for (std::size_t k = 0; k < order.size(); ++k) order[k] = k;
  const auto key = [&](std::size_t k) {
    const ModbusAddress& a = addresses[k];
    return std::tuple(a.unit, a.table, a.first, k);
  };
  std::sort(order.begin(), order.end(), [&](auto x, auto y) { return key(x) < key(y); });

  std::vector<ModbusRequest> requests;
  for (const std::size_t k : order) {
    const ModbusAddress& a = addresses[k];
    const int most = a.bits() ? limits.bits : limits.registers;
    const int gap = a.bits() ? 16 * limits.gap : limits.gap;
    const int end = a.first + a.count;
    const bool joins = !requests.empty() && same_device_table(requests.back(), a) &&
                       a.first - (requests.back().first + requests.back().count) <= gap &&
                       end - requests.back().first <= most;
    if (!joins) requests.push_back({a.unit, a.table, a.first, 0, {}});
    ModbusRequest& r = requests.back();
    r.count = std::max(r.count, end - r.first);
    r.tags.push_back(k);
  }
  return requests;
}

std::vector<ModbusRequest> split_request(const ModbusRequest& r, std::span<const ModbusAddress> addresses) {
  // Between two tags in the middle, but never between tags of the same register: those share their fate.
  std::size_t cut = r.tags.size() / 2;
  const auto first = [&](std::size_t i) { return addresses[r.tags[i]].first; };
  while (cut < r.tags.size() && cut > 0 && first(cut) == first(cut - 1)) ++cut;
  if (cut >= r.tags.size())
    for (cut = r.tags.size() / 2; cut > 0 && first(cut) == first(cut - 1);) --cut;
  std::vector<ModbusRequest> parts;
  const auto part = [&](std::size_t from, std::size_t to) {
    if (from == to) return;
    ModbusRequest half{r.unit, r.table, first(from), 0, {}};
    for (std::size_t i = from; i < to; ++i) {
      const ModbusAddress& a = addresses[r.tags[i]];
      half.count = std::max(half.count, a.first + a.count - half.first);
      half.tags.push_back(r.tags[i]);
    }
    parts.push_back(std::move(half));
  };
  part(0, cut);
  part(cut, r.tags.size());
  return parts;
}

std::uint64_t bits_of_registers(const ModbusAddress& a, std::span<const std::uint16_t> registers) {
  check(std::cmp_equal(registers.size(), a.count), "a tag is decoded from its own registers");
  const bool swap_words = a.order == WordOrder::cdab || a.order == WordOrder::dcba;
  const bool swap_bytes = a.order == WordOrder::badc || a.order == WordOrder::dcba;
  std::uint64_t raw = 0;
  for (std::size_t i = 0; i < registers.size(); ++i) {
    std::uint16_t word = registers[swap_words ? registers.size() - 1 - i : i];
    if (swap_bytes) word = static_cast<std::uint16_t>(word << 8 | word >> 8);
    raw = raw << 16 | word;
  }
  return raw;
}

Value value_of_bits(const ModbusAddress& a, std::uint64_t raw) {
  switch (a.type) {
    case ModbusType::boolean: return a.bit < 0 ? raw != 0 : (raw >> a.bit & 1) != 0;
    case ModbusType::int16: return std::int64_t{static_cast<std::int16_t>(raw)};
    case ModbusType::uint16:
    case ModbusType::uint32: return static_cast<std::int64_t>(raw);
    case ModbusType::int32: return std::int64_t{static_cast<std::int32_t>(raw)};
    case ModbusType::int64: return static_cast<std::int64_t>(raw);
    case ModbusType::uint64:
      if (raw > static_cast<std::uint64_t>(INT64_MAX)) return static_cast<double>(raw);
      return static_cast<std::int64_t>(raw);
    case ModbusType::float32: return double{std::bit_cast<float>(static_cast<std::uint32_t>(raw))};
    case ModbusType::float64: return std::bit_cast<double>(raw);
    case ModbusType::mod10000: break;
  }
  std::int64_t value = 0;
  for (int word = a.count - 1; word >= 0; --word) {
    const auto digits = static_cast<std::int64_t>(raw >> 16 * word & 0xFFFF);
    if (digits > 9999) return std::numeric_limits<double>::quiet_NaN();
    value = 10'000 * value + digits;
  }
  return value;
}

bool can_say(const ModbusAddress& a, const NoData& number) {
  if (a.type == ModbusType::boolean) return false;
  if (a.type == ModbusType::float32 || a.type == ModbusType::float64) return true;
  const auto* n = std::get_if<std::int64_t>(&number);
  if (!n) return false;
  const int bits = 16 * a.count;
  const bool is_signed = a.type == ModbusType::int16 || a.type == ModbusType::int32 || a.type == ModbusType::int64;
  if (bits == 64) return true;  // -1 is every bit, for TOML writes no larger number
  return *n < std::int64_t{1} << bits && (*n >= 0 || (is_signed && *n >= -(std::int64_t{1} << (bits - 1))));
}

bool bits_say_no_data(const ModbusAddress& a, std::uint64_t bits, std::span<const NoData> no_data) {
  if (a.type == ModbusType::float32 || a.type == ModbusType::float64)
    return says_no_data(value_of_bits(a, bits), no_data);
  const auto mask = a.count == 4 ? ~std::uint64_t{0} : (std::uint64_t{1} << 16 * a.count) - 1;
  return std::any_of(no_data.begin(), no_data.end(), [&](const NoData& n) {
    return can_say(a, n) && (static_cast<std::uint64_t>(std::get<std::int64_t>(n)) & mask) == bits;
  });
}

}  // namespace castner::sources

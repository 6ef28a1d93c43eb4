// SPDX-License-Identifier: Apache-2.0
#include "castner/sources/modbus_client.h"

#include <poll.h>
#include <sys/socket.h>

#include <cerrno>
#include <cstring>

namespace castner::sources {
namespace {

using std::chrono::nanoseconds;
using Is = ModbusAnswer::Is;

constexpr std::size_t kHeader = 7;  ///< transaction, protocol, length of what follows, unit

/// Modbus application protocol V1.1b3, 7.
std::string exception_text(int code) {
  switch (code) {
    case 1: return "Illegal function";
    case 2: return "Illegal data address";
    case 3: return "Illegal data value";
    case 4: return "Slave device or server failure";
    case 5: return "Acknowledge";
    case 6: return "Slave device or server is busy";
    case 8: return "Memory parity error";
    case 10: return "Gateway path unavailable";
    case 11: return "Target device failed to respond";
    default: return "exception " + std::to_string(code);
  }
}

int byte_at(std::string_view s, std::size_t i) { return static_cast<unsigned char>(s[i]); }
int word_at(std::string_view s, std::size_t i) { return byte_at(s, i) << 8 | byte_at(s, i + 1); }
void append_word(std::string& s, int word) { (s += static_cast<char>(word >> 8)) += static_cast<char>(word); }

ModbusAnswer broken_answer(std::string why) { return {.is = Is::broken, .why = std::move(why)}; }

/// How many bytes follow the first six; 0 for a header that no Modbus device sends.
std::size_t length_said(std::string_view bytes) {
  const auto length = static_cast<std::size_t>(word_at(bytes, 4));
  return word_at(bytes, 2) == 0 && length >= 3 && length <= 254 ? length : 0;
}

}  // namespace

std::string modbus_question(const ModbusRequest& r, std::uint16_t transaction) {
  std::string q;
  for (const int word : {int{transaction}, 0, 6}) append_word(q, word);
  (q += static_cast<char>(r.unit)) += static_cast<char>(r.table);
  append_word(q, r.first);
  append_word(q, r.count);
  return q;
}

ModbusAnswer read_modbus_answer(std::string_view bytes, const ModbusRequest& r, std::uint16_t transaction,
                                std::span<std::uint16_t> registers, std::span<std::uint8_t> bits) {
  if (bytes.size() < kHeader + 2 || length_said(bytes) + 6 != bytes.size())
    return broken_answer("an answer of the wrong length");
  if (word_at(bytes, 0) != transaction) return broken_answer("an answer to another question");
  if (byte_at(bytes, 6) != r.unit)
    return broken_answer("an answer of unit " + std::to_string(byte_at(bytes, 6)) + "; unit " + std::to_string(r.unit) +
                         " was asked");
  const int function = byte_at(bytes, 7), asked = static_cast<int>(r.table), first_data = byte_at(bytes, 8);
  if (function == (asked | 0x80) && bytes.size() == kHeader + 2)
    return {.is = Is::exception, .exception = first_data, .why = exception_text(first_data)};
  if (function != asked) return broken_answer("an answer to another question");
  const bool of_bits = r.table == ModbusTable::coil || r.table == ModbusTable::discrete;
  const auto count = static_cast<std::size_t>(r.count);
  const std::size_t size = of_bits ? (count + 7) / 8 : 2 * count;
  if (bytes.size() != kHeader + 2 + size || std::cmp_not_equal(first_data, size))
    return broken_answer("an answer of the wrong length");
  const auto data = bytes.substr(kHeader + 2);
  for (std::size_t i = 0; i < count; ++i)
    if (of_bits)
      bits[i] = static_cast<std::uint8_t>(byte_at(data, i / 8) >> i % 8 & 1);
    else
      registers[i] = static_cast<std::uint16_t>(word_at(data, 2 * i));
  return {.is = Is::good};
}

tl::expected<void, std::string> ModbusClient::open(const std::stop_token& stop) {
  auto socket = tcp_connect(device_, timeout_, stop);
  if (!socket) return tl::unexpected(socket.error());
  socket_ = std::move(*socket);
  return {};
}

bool ModbusClient::wait(short events, Clock::time_point until) {
  pollfd p{socket_.get(), events, 0};
  for (;;) {
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(until - Clock::now()).count();
    const int ready = poll(&p, 1, static_cast<int>(std::max<std::int64_t>(left, 0)));
    if (ready >= 0 || errno != EINTR) return ready == 1;
  }
}

/// Adds bytes until so many are there.
bool ModbusClient::receive(std::size_t size, Clock::time_point until, ModbusAnswer& answer) {
  while (received_.size() < size) {
    if (!wait(POLLIN, until)) return answer = {.why = std::strerror(ETIMEDOUT), .timed_out = true}, false;
    char some[260];
    const auto got = recv(socket_.get(), some, size - received_.size(), 0);
    if (got == 0) return answer = broken_answer(std::strerror(ECONNRESET)), false;
    if (got < 0 && errno != EINTR && errno != EAGAIN) return answer = broken_answer(std::strerror(errno)), false;
    if (got > 0) received_.append(some, static_cast<std::size_t>(got));
  }
  return true;
}

ModbusAnswer ModbusClient::ask(const ModbusRequest& r, std::span<std::uint16_t> registers,
                               std::span<std::uint8_t> bits) {
  const auto until = Clock::now() + timeout_;
  const auto question = modbus_question(r, ++transaction_);
  // Twelve bytes fit into the buffer of any socket whose last question was answered.
  if (send(socket_.get(), question.data(), question.size(), MSG_NOSIGNAL) !=
      static_cast<std::ptrdiff_t>(question.size()))
    return broken_answer(std::strerror(errno));
  received_.clear();
  ModbusAnswer answer;
  if (!receive(kHeader, until, answer)) return answer;
  const auto length = length_said(received_);
  if (length == 0) return broken_answer("an answer that is not Modbus");
  if (!receive(6 + length, until, answer)) return answer;
  return read_modbus_answer(received_, r, transaction_, registers, bits);
}

}  // namespace castner::sources

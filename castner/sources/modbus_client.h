// SPDX-License-Identifier: Apache-2.0
/// Asks a Modbus TCP device with function codes 1 to 4, the ones that read. It can send no other.
#pragma once

#include <chrono>
#include <cstdint>
#include <span>
#include <stop_token>
#include <string>
#include <string_view>

#include "castner/base/error.h"
#include "castner/sources/modbus_map.h"
#include "castner/sources/tcp_connect.h"

namespace castner::sources {

/// What a device says to one question.
struct ModbusAnswer {
  enum class Is {
    good,
    exception,  ///< the device refuses, and `exception` says why
    broken,  ///< no answer, or one to something else: the connection must be closed, a late answer would be taken for the next one
  } is = Is::broken;
  int exception = 0;
  std::string why;  ///< of the two others, as a sentence
  bool timed_out = false;
};

/// The question as it goes over the wire: MBAP header and PDU [modbus-tcp].
[[nodiscard]] std::string modbus_question(const ModbusRequest&, std::uint16_t transaction);

/// Reads a whole answer to that question: its transaction, its unit, its function and its length must be those that were asked for.
/// @param registers, bits  where the data of its table go; as long as the request asks for, or longer
[[nodiscard]] ModbusAnswer read_modbus_answer(std::string_view bytes, const ModbusRequest&, std::uint16_t transaction,
                                              std::span<std::uint16_t> registers, std::span<std::uint8_t> bits);

/// One connection. Its name for an exception is that of the standard: "Illegal data address".
class ModbusClient {
 public:
  ModbusClient(const Endpoint& device, std::chrono::nanoseconds timeout) : device_(device), timeout_(timeout) {}

  [[nodiscard]] tl::expected<void, std::string> open(const std::stop_token&);
  /// Sends one question and waits for the whole answer, at most the timeout.
  [[nodiscard]] ModbusAnswer ask(const ModbusRequest&, std::span<std::uint16_t> registers,
                                 std::span<std::uint8_t> bits);

 private:
  using Clock = std::chrono::steady_clock;
  bool wait(short events, Clock::time_point until);
  bool receive(std::size_t size, Clock::time_point until, ModbusAnswer&);

  const Endpoint& device_;
  const std::chrono::nanoseconds timeout_;
  Fd socket_;
  std::uint16_t transaction_ = 0;
  std::string received_;
};

}  // namespace castner::sources

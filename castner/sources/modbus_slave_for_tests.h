// SPDX-License-Identifier: Apache-2.0
/// A Modbus TCP device for tests that writes down every function code it was ever sent, and can be slow, odd or dead.
#pragma once

#include <array>
#include <chrono>
#include <map>
#include <mutex>
#include <set>

#include "castner/sources/tcp_for_tests.h"

namespace castner::sources {

class TestSlave {
 public:
  TestSlave() : server_([this](TestPeer& peer) { serve(peer); }) {}
  std::string url() const { return "tcp://127.0.0.1:" + std::to_string(server_.port()); }
  void stop() { server_.stop(); }
  void start() { server_.start(); }
  int connections() const { return server_.connections(); }

  void set(int number, std::uint16_t value) {
    const std::lock_guard lock(mutex_);
    registers_[static_cast<std::size_t>(number)] = value;
  }
  /// Any question that touches this register gets exception 2, illegal address.
  void forbid(int number) {
    const std::lock_guard lock(mutex_);
    forbidden_.insert(number);
  }
  void delay(std::chrono::milliseconds how_long) { delay_ms_ = static_cast<int>(how_long.count()); }
  /// Every question gets this exception; 0: none.
  void fail_with(int code) { failure_ = code; }
  /// Answers in the name of another unit; -1: of the one that was asked.
  void answer_as(int unit) { unit_ = unit; }
  /// How many registers the last question asked for.
  int last_count() const { return last_count_; }
  /// Answers with bytes that are no Modbus.
  void talk_rubbish(bool yes) { rubbish_ = yes; }
  std::map<int, int> functions() const {
    const std::lock_guard lock(mutex_);
    return functions_;
  }

 private:
  void serve(TestPeer& peer) {
    std::string header, body;
    while (peer.read(header, 7)) {
      const auto length = static_cast<std::size_t>(byte(header, 4) << 8 | byte(header, 5));
      if (length < 2 || length > 254 || !peer.read(body, length - 1)) return;
      for (int waited = 0; waited < delay_ms_ && !peer.stopped(); waited += 5)
        std::this_thread::sleep_for(std::chrono::milliseconds(5));
      if (peer.stopped()) return;
      if (!peer.write(rubbish_ ? std::string(64, '\xA5') : framed(header, answer(body)))) return;
    }
  }
  static int byte(const std::string& s, std::size_t i) { return static_cast<unsigned char>(s[i]); }
  std::string framed(const std::string& header, const std::string& pdu) const {
    std::string all = header.substr(0, 4);
    const auto length = pdu.size() + 1;
    all += static_cast<char>(length >> 8);
    all += static_cast<char>(length);
    return all + (unit_ < 0 ? header[6] : static_cast<char>(unit_)) + pdu;
  }
  std::string answer(const std::string& pdu) {
    const std::lock_guard lock(mutex_);
    const int function = byte(pdu, 0);
    ++functions_[function];
    const auto exception = [&](char code) { return std::string{static_cast<char>(function | 0x80), code}; };
    if (function < 1 || function > 4 || pdu.size() != 5) return exception(1);
    const int first = byte(pdu, 1) << 8 | byte(pdu, 2), count = byte(pdu, 3) << 8 | byte(pdu, 4);
    last_count_ = count;
    if (failure_ != 0) return exception(static_cast<char>(failure_));
    for (int n = first; n < first + count; ++n)
      if (forbidden_.contains(n) || n > 65535) return exception(2);
    std::string data;
    if (function >= 3) {
      for (int n = first; n < first + count; ++n) {
        data += static_cast<char>(registers_[static_cast<std::size_t>(n)] >> 8);
        data += static_cast<char>(registers_[static_cast<std::size_t>(n)]);
      }
    } else {
      data.assign(static_cast<std::size_t>((count + 7) / 8), '\0');
      for (int k = 0; k < count; ++k)
        if (registers_[static_cast<std::size_t>(first + k)] != 0)
          data[static_cast<std::size_t>(k / 8)] = static_cast<char>(data[static_cast<std::size_t>(k / 8)] | 1 << k % 8);
    }
    return std::string{static_cast<char>(function), static_cast<char>(data.size())} + data;
  }

  mutable std::mutex mutex_;
  std::array<std::uint16_t, 65536> registers_{};
  std::set<int> forbidden_;
  std::map<int, int> functions_;
  std::atomic<int> delay_ms_ = 0;
  std::atomic<bool> rubbish_ = false;
  std::atomic<int> failure_ = 0, unit_ = -1, last_count_ = 0;
  TestServer server_;  // last: its threads use the rest
};

}  // namespace castner::sources

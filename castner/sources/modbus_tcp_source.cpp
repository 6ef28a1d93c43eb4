// SPDX-License-Identifier: Apache-2.0
// Reads one Modbus TCP device, one request at a time:
//  1. The tags' addresses are joined to as few requests as the limits allow (modbus_map.h).
//  2. At each beat of `period` every request is sent; a beat that was missed is left out, so that a slow device is not
//     asked ever faster.
//  3. A good answer becomes one reading a tag, of the moment of the answer. Readings wait in the outbox until the
//     historian takes them.
//  4. An exception may concern one address of many: the request is halved until that one is alone; it is asked for once
//     a minute.
//  5. A timeout or a broken connection ends the connection, since a late answer would be taken for the next one. Each
//     tag that was well gets one bad reading, so that no curve goes on. Then the device is tried again after a growing
//     pause (back_off.h).
#include <modbus/modbus.h>

#include <cerrno>
#include <limits>
#include <thread>

#include "castner/base/check.h"
#include "castner/sources/back_off.h"
#include "castner/sources/health_board.h"
#include "castner/sources/kinds.h"
#include "castner/sources/modbus_map.h"
#include "castner/sources/outbox.h"
#include "castner/sources/scaled_reading.h"
#include "castner/sources/settings_check.h"

namespace castner::sources {
namespace {

using readings::Reading;
using readings::StatusCode;
using readings::TagReading;
using std::chrono::nanoseconds;
using std::chrono::seconds;

struct ModbusPlan {
  Endpoint device;
  std::vector<ModbusAddress> addresses;  ///< as the tags
  ModbusLimits limits;
  nanoseconds retry_limit{};
  std::size_t buffer = 0;
};

/// One connection. libmodbus reports errors by errno; this class turns them into text.
class Connection {
 public:
  enum class Outcome { good, exception, broken };

  Connection(const Endpoint& device, nanoseconds timeout) {
    context_ = modbus_new_tcp_pi(device.host.c_str(), std::to_string(device.port).c_str());
    check(context_ != nullptr, "libmodbus takes a host and a port, which the settings have");
    const auto us = std::chrono::duration_cast<std::chrono::microseconds>(timeout).count();
    modbus_set_response_timeout(context_, static_cast<std::uint32_t>(us / 1'000'000),
                                static_cast<std::uint32_t>(us % 1'000'000));
    // The whole answer within the same time, not only its first byte: 0, 0 counts the response timeout for all of it.
    modbus_set_byte_timeout(context_, 0, 0);
  }
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;
  ~Connection() {
    modbus_close(context_);
    modbus_free(context_);
  }

  bool open() { return note(modbus_connect(context_)) != -1; }

  Outcome read(const ModbusRequest& r, std::span<std::uint16_t> registers, std::span<std::uint8_t> bits) {
    modbus_set_slave(context_, r.unit);
    int got = -1;
    switch (r.table) {
      case ModbusTable::coil: got = modbus_read_bits(context_, r.first, r.count, bits.data()); break;
      case ModbusTable::discrete: got = modbus_read_input_bits(context_, r.first, r.count, bits.data()); break;
      case ModbusTable::holding: got = modbus_read_registers(context_, r.first, r.count, registers.data()); break;
      case ModbusTable::input: got = modbus_read_input_registers(context_, r.first, r.count, registers.data()); break;
    }
    note(got);
    if (got == r.count) return Outcome::good;
    return got == -1 && error_ > MODBUS_ENOBASE && error_ <= EMBXGTAR ? Outcome::exception : Outcome::broken;
  }

  int error() const { return error_; }
  std::string error_text() const { return error_ == 0 ? "an answer of the wrong length" : modbus_strerror(error_); }
  bool timed_out() const { return error_ == ETIMEDOUT; }

 private:
  int note(int result) {
    error_ = result == -1 ? errno : 0;
    return result;
  }
  modbus_t* context_;
  int error_ = 0;
};

class ModbusSource final : public Source {
 public:
  ModbusSource(const SourceSettings& settings, Clock& clock, ModbusPlan plan)
      : settings_(settings),
        plan_(std::move(plan)),
        clock_(clock),
        board_(settings, clock),
        outbox_(plan_.buffer),
        back_off_(std::min<nanoseconds>(settings.period, seconds(1)), plan_.retry_limit) {}

  void start(Deliver deliver) override {
    deliver_ = std::move(deliver);
    thread_ = std::jthread([this](const std::stop_token& stop) { run(stop); });
  }
  SourceHealth health() const override { return board_.health(); }

 private:
  struct Poll {
    ModbusRequest request;
    nanoseconds next{};  ///< uptime before which it is not sent: a refused address is asked for once a minute
  };
  static constexpr nanoseconds kRefusedAgain = seconds(60);

  void run(const std::stop_token& stop) {
    while (!stop.stop_requested()) {
      std::string why;
      {
        Connection device(plan_.device, settings_.timeout);
        if (device.open()) {
          board_.connected();
          poll_until_broken(device, stop);
        }
        why = settings_.url + ": " + device.error_text();
        status_ = device.timed_out() ? StatusCode::bad_timeout : StatusCode::bad_not_connected;
      }
      if (stop.stop_requested()) break;
      give_up(why);
      const auto again = clock_.uptime() + back_off_.failed();
      while (clock_.uptime() < again && !stop.stop_requested()) {
        outbox_.flush(deliver_);
        clock_.sleep_until(std::min(again, clock_.uptime() + seconds(1)), stop);
      }
    }
    outbox_.finish(deliver_);
    board_.lost(outbox_.take_lost());
  }

  /// Polls at a steady beat; a beat that was missed is left out, so that a slow device is not asked ever faster.
  void poll_until_broken(Connection& device, const std::stop_token& stop) {
    polls_.clear();  // a device that comes back may have changed: everything is asked for in full again
    for (auto& r : plan_requests(plan_.addresses, plan_.limits)) polls_.push_back({std::move(r), {}});
    auto beat = clock_.uptime();
    do {
      const auto begin = clock_.uptime();
      for (std::size_t k = 0; k < polls_.size();) {
        if (stop.stop_requested()) return;
        const Next next = polls_[k].next > begin ? Next::onward : poll(device, k);
        if (next == Next::broken) return;
        if (next == Next::onward) ++k;
      }
      outbox_.flush(deliver_);
      board_.lost(outbox_.take_lost());
      const auto took = clock_.uptime() - begin;
      if (took > settings_.period)
        board_.error("slow: reading everything took " +
                     std::to_string(std::chrono::duration_cast<std::chrono::milliseconds>(took).count()) +
                     " ms, longer than the period");
      beat += settings_.period * (1 + (clock_.uptime() - beat) / settings_.period);
    } while (clock_.sleep_until(beat, stop));
  }

  enum class Next {
    onward,
    again,   ///< the request was halved; this index holds the first half
    broken,  ///< the connection must be closed: a late answer would be taken for the next one
  };

  /// Sends one request.
  Next poll(Connection& device, std::size_t k) {
    const ModbusRequest& r = polls_[k].request;
    registers_.resize(125);
    bits_.resize(2000);
    switch (device.read(r, registers_, bits_)) {
      case Connection::Outcome::broken: return Next::broken;
      case Connection::Outcome::exception: return refused(device, k);
      case Connection::Outcome::good: break;
    }
    back_off_.worked();
    polls_[k].next = {};
    take(r);
    return Next::onward;
  }

  void take(const ModbusRequest& r) {
    // Modbus carries no time: the moment of the answer, to the millisecond.
    const Time now = std::chrono::floor<std::chrono::milliseconds>(clock_.now());
    std::vector<TagReading> readings;
    readings.reserve(r.tags.size());
    for (const std::size_t tag : r.tags) {
      const ModbusAddress& a = plan_.addresses[tag];
      const auto at = static_cast<std::size_t>(a.first - r.first);
      const readings::Value raw =
          a.bits() ? readings::Value(bits_[at] != 0)
                   : decode_registers(a, std::span(registers_).subspan(at, static_cast<std::size_t>(a.count)));
      Reading reading = scaled_reading(raw, settings_.tags[tag].scale, settings_.tags[tag].offset, now);
      const bool good = reading.status == StatusCode::good;
      readings.push_back({settings_.tags[tag].name, std::move(reading)});
      board_.read(tag, now);
      if (!good) board_.tag_late(tag, "the device gives no number (NaN or infinite)");
    }
    outbox_.add(std::move(readings));
  }

  /// The device answered with an exception, perhaps for one address of many: the request is halved until that one is found.
  Next refused(const Connection& device, std::size_t k) {
    back_off_.worked();  // it answers
    const ModbusRequest r = polls_[k].request;
    const int code = device.error() - MODBUS_ENOBASE;
    const std::string why = device.error_text();
    board_.error(settings_.url + ": " + why);
    // Codes 1 to 4 (function, address, value, failure) may concern one address; busy and the gateway's codes concern the device.
    auto parts = code >= 1 && code <= 4 ? split_request(r, plan_.addresses) : std::vector<ModbusRequest>{r};
    if (parts.size() > 1) {
      polls_[k] = {std::move(parts[0]), {}};
      polls_.insert(polls_.begin() + static_cast<std::ptrdiff_t>(k) + 1, Poll{std::move(parts[1]), {}});
      return Next::again;
    }
    if (code <= 4) polls_[k].next = clock_.uptime() + kRefusedAgain;
    for (const std::size_t tag : r.tags) mark(tag, StatusCode::bad_device_failure, why, false);
    return Next::onward;
  }

  void give_up(const std::string& why) {
    board_.disconnected(why);
    for (std::size_t tag = 0; tag < plan_.addresses.size(); ++tag) mark(tag, status_, why, true);
    outbox_.flush(deliver_);
    board_.lost(outbox_.take_lost());
  }

  /// Ends the curve of a tag that was well with one bad reading.
  void mark(std::size_t tag, StatusCode status, const std::string& why, bool down) {
    if (board_.well(tag))
      outbox_.add(
          {{settings_.tags[tag].name, Reading{.time = std::chrono::floor<std::chrono::milliseconds>(clock_.now()),
                                              .value = std::numeric_limits<double>::quiet_NaN(),
                                              .status = status}}});
    down ? board_.tag_down(tag, why) : board_.tag_late(tag, why);
  }

  const SourceSettings settings_;
  const ModbusPlan plan_;
  Clock& clock_;
  HealthBoard board_;
  Deliver deliver_;
  Outbox outbox_;
  BackOff back_off_;
  StatusCode status_ = StatusCode::bad_not_connected;
  std::vector<Poll> polls_;
  std::vector<std::uint16_t> registers_;
  std::vector<std::uint8_t> bits_;
  std::jthread thread_;  // last: it ends before what it uses
};

Result<std::unique_ptr<Source>> make_modbus_tcp(const SourceSettings& settings, Clock& clock) {
  SettingsCheck check(settings);
  ModbusPlan plan;
  plan.device = check.endpoint({"tcp"}, 502, "tcp://192.168.1.10:502");
  const int unit = static_cast<int>(check.integer("unit_id", 0, 255, 1));
  const auto order = read_word_order(check.one_of("word_order", {"abcd", "cdab", "badc", "dcba"}, "abcd"));
  plan.limits.gap = static_cast<int>(check.integer("gap", 0, 124, 8));
  plan.limits.registers = static_cast<int>(check.integer("max_registers", 4, 125, 125));
  plan.limits.bits = static_cast<int>(check.integer("max_bits", 1, 2000, 2000));
  plan.retry_limit = check.time("retry_limit", seconds(30));
  plan.buffer = static_cast<std::size_t>(check.integer("buffer", 1, 10'000'000, 100'000));
  for (const auto& tag : settings.tags) {
    auto address = read_modbus_address(tag.address, tag.type, unit, order.value_or(WordOrder::abcd));
    if (address)
      plan.addresses.push_back(*address);
    else
      for (auto& p : address.error().problems) check.problem(tag, p.what, p.cure);
  }
  CASTNER_TRY(check.finish());
  return std::make_unique<ModbusSource>(settings, clock, std::move(plan));
}

}  // namespace

/// Reads a Modbus TCP device at a steady beat, and only reads: function codes 1 to 4. url "tcp://host:502".
/// Options: unit_id (1), word_order (abcd), gap (8 registers), max_registers (125), max_bits (2000), retry_limit ("30 s"), buffer
/// (100000 readings while the historian does not take them).
SourceKind modbus_tcp_source() { return {"modbus_tcp", {}, make_modbus_tcp}; }

}  // namespace castner::sources

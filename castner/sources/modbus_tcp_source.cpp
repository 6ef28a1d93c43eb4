// SPDX-License-Identifier: Apache-2.0
// Reads one Modbus TCP device, one request at a time:
//  1. The tags' addresses are joined to as few requests as the limits allow (modbus_map.h).
//  2. At each beat of `period` every request is sent; a beat that was missed is left out, so that a slow device is not
//     asked ever faster.
//  3. A good answer becomes one reading a tag, of the moment of the answer. Readings wait in the outbox until the
//     historian takes them.
//  4. An exception may concern one address of many: the request is halved until that one is alone; it is asked for once
//     a minute. One that concerns the device (busy, failed, not reached) is followed by the same question at the next beat.
//  5. A timeout or a broken connection ends the connection, since a late answer would be taken for the next one. Each
//     tag that was well gets one bad reading, so that no curve goes on. Then the device is tried again after a growing
//     pause (back_off.h).
#include <algorithm>
#include <limits>
#include <thread>

#include "castner/base/survive.h"
#include "castner/sources/back_off.h"
#include "castner/sources/health_board.h"
#include "castner/sources/kinds.h"
#include "castner/sources/modbus_client.h"
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
  std::vector<ModbusAddress> addresses;      ///< as the tags
  std::vector<std::vector<NoData>> no_data;  ///< likewise
  ModbusLimits limits;
  nanoseconds retry_limit{};
  std::size_t buffer = 0;
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
    std::optional<nanoseconds> failing{};  ///< uptime since when the device says that it failed
  };
  static constexpr nanoseconds kRefusedAgain = seconds(60);
  /// After so long of "failure" (4) the question may be what fails: some devices say so of an address that they do not have.
  static constexpr nanoseconds kFailurePatience = seconds(30);

  void run(const std::stop_token& stop) {
    while (!stop.stop_requested()) {
      if (!survive(settings_.url, [&] { connect_and_poll(stop); })) {
        answer_ = {};
        status_ = StatusCode::bad_not_connected;
        (void)survive("saying so", [&] { answer_.why = kSurvived; });
      }
      if (stop.stop_requested()) break;
      (void)survive("giving up a device", [&] { give_up(settings_.url + ": " + answer_.why); });
      const auto again = clock_.uptime() + back_off_.failed();
      while (clock_.uptime() < again && !stop.stop_requested()) {
        (void)survive("handing over readings", [&] { outbox_.flush(deliver_); });
        clock_.sleep_until(std::min(again, clock_.uptime() + seconds(1)), stop);
      }
    }
    (void)survive("handing over the last readings", [&] {
      outbox_.finish(deliver_);
      board_.lost(outbox_.take_lost());
    });
  }

  void connect_and_poll(const std::stop_token& stop) {
    ModbusClient device(plan_.device, settings_.timeout);
    answer_ = {};
    if (const auto open = device.open(stop)) {
      board_.connected();
      poll_until_broken(device, stop);
    } else {
      answer_.why = open.error();
    }
    status_ = answer_.timed_out ? StatusCode::bad_timeout : StatusCode::bad_not_connected;
  }

  /// Polls at a steady beat; a beat that was missed is left out, so that a slow device is not asked ever faster.
  void poll_until_broken(ModbusClient& device, const std::stop_token& stop) {
    plan_polls();  // a device that comes back may have changed: everything is asked for in full again
    split_by_failure_ = joined_again_ = false;
    auto beat = clock_.uptime();
    do {
      const auto begin = clock_.uptime();
      for (std::size_t k = 0; k < polls_.size();) {
        if (stop.stop_requested()) return;
        const Next next = polls_[k].next > begin ? Next::onward : poll(device, k);
        if (next == Next::broken) return;
        if (next == Next::onward) ++k;
      }
      if (split_by_failure_ && !joined_again_ && all_answered()) {
        plan_polls();  // it was the device, not an address; once, lest a device that minds long questions be asked them for ever
        joined_again_ = true;
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

  void plan_polls() {
    polls_.clear();
    for (auto& r : plan_requests(plan_.addresses, plan_.limits)) polls_.push_back({std::move(r)});
  }
  bool all_answered() const {
    return std::none_of(polls_.begin(), polls_.end(),
                        [](const Poll& p) { return p.failing || p.next > nanoseconds(0); });
  }

  enum class Next {
    onward,
    again,   ///< the request was halved; this index holds the first half
    broken,  ///< the connection must be closed: a late answer would be taken for the next one
  };

  /// Sends one request.
  Next poll(ModbusClient& device, std::size_t k) {
    const ModbusRequest& r = polls_[k].request;
    registers_.resize(125);
    bits_.resize(2000);
    answer_ = device.ask(r, registers_, bits_);
    switch (answer_.is) {
      case ModbusAnswer::Is::broken: return Next::broken;
      case ModbusAnswer::Is::exception: return refused(k);
      case ModbusAnswer::Is::good: break;
    }
    back_off_.worked();
    polls_[k].next = {};
    polls_[k].failing.reset();
    take(r);
    return Next::onward;
  }

  /// @param first  register of the answer  @param why  set where it is not good
  Reading reading_of(std::size_t tag, std::size_t first, Time now, std::string& why) const {
    const ModbusAddress& a = plan_.addresses[tag];
    const TagSettings& t = settings_.tags[tag];
    const auto at = static_cast<std::size_t>(a.first) - first;
    if (a.bits()) return scaled_reading(bits_[at] != 0, t.scale, t.offset, now);
    const auto bits = bits_of_registers(a, std::span(registers_).subspan(at, static_cast<std::size_t>(a.count)));
    Reading reading = scaled_reading(value_of_bits(a, bits), t.scale, t.offset, now);
    if (reading.status != StatusCode::good) {
      why = "the device gives no number (NaN or infinite)";
    } else if (bits_say_no_data(a, bits, plan_.no_data[tag])) {
      reading.value = std::numeric_limits<double>::quiet_NaN();
      reading.status = StatusCode::bad_no_data;
      why = "the device says that it has no value";
    } else if (a.type == ModbusType::uint64 && !double_holds(bits)) {
      reading.status = StatusCode::uncertain;
      why = "an integer beyond 2^63 that no number here holds exactly";
    }
    return reading;
  }

  void take(const ModbusRequest& r) {
    // Modbus carries no time: the moment of the answer, to the millisecond.
    const Time now = std::chrono::floor<std::chrono::milliseconds>(clock_.now());
    std::vector<TagReading> readings;
    readings.reserve(r.tags.size());
    for (const std::size_t tag : r.tags) {
      std::string why;
      readings.push_back({settings_.tags[tag].name, reading_of(tag, static_cast<std::size_t>(r.first), now, why)});
      board_.read(tag, now);
      board_.shown(tag, readings.back().reading);
      if (!why.empty()) board_.tag_late(tag, why);
    }
    outbox_.add(std::move(readings));
  }

  /// The device answered with an exception, perhaps for one address of many: the request is halved until that one is found.
  Next refused(std::size_t k) {
    back_off_.worked();  // it answers
    Poll& poll = polls_[k];
    const ModbusRequest r = poll.request;
    const int code = answer_.exception;
    board_.error(settings_.url + ": " + answer_.why);
    // Codes 1 to 3 (function, address, value) concern the question; busy, failure and the gateway's codes the device.
    const bool of_question = code >= 1 && code <= 3;
    if (code == 4 && !poll.failing) poll.failing = clock_.uptime();
    const bool too_long = code == 4 && clock_.uptime() - *poll.failing >= kFailurePatience;
    auto parts = of_question || too_long ? split_request(r, plan_.addresses) : std::vector<ModbusRequest>{r};
    if (parts.size() > 1) {
      split_by_failure_ |= too_long;
      const auto failing = poll.failing;
      poll = {std::move(parts[0]), {}, failing};
      polls_.insert(polls_.begin() + static_cast<std::ptrdiff_t>(k) + 1, Poll{std::move(parts[1]), {}, failing});
      return Next::again;
    }
    if (of_question) poll.next = clock_.uptime() + kRefusedAgain;
    for (const std::size_t tag : r.tags) mark(tag, StatusCode::bad_device_failure, answer_.why, false);
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
  bool split_by_failure_ = false, joined_again_ = false;  ///< of this connection
  ModbusAnswer answer_;                                   ///< the newest
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
    if (!address) {
      for (auto& p : address.error().problems) check.problem(tag, p.what, p.cure);
      continue;
    }
    for (const NoData& n : tag.no_data)
      if (!can_say(*address, n))
        check.problem(tag, "no_data: a tag of this type never says " + no_data_text(n),
                      "write the number as the registers hold it, before scaling: no_data = 0x8000");
    plan.addresses.push_back(*address);
    plan.no_data.push_back(no_data_of(settings, tag));
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

// SPDX-License-Identifier: Apache-2.0
// The one place of Castner that answers Modbus, and part of castner-virtual-plant only.
#include <fmt/format.h>
#include <modbus/modbus.h>
#include <netinet/in.h>
#include <sys/select.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <limits>
#include <mutex>
#include <thread>

#include "castner/base/check.h"
#include "castner/base/log.h"
#include "castner/virtual_plant/link.h"

namespace castner::virtual_plant {
namespace {

constexpr int kHeader = 7;  // MBAP, after which the function code stands
constexpr int kMostClients = 32;

/// The registers of one value.
class RegisterType {
 public:
  explicit RegisterType(const LinkSettings& s) : type_(s.type), low_first_(s.word_order == "cdab"), scale_(s.scale) {}
  int width() const { return type_ == "float32" ? 2 : 1; }

  void write(const TagValue& v, std::uint16_t* at) const {
    const bool bad = !v.sent || readings::quality_of(v.status) == readings::Quality::bad;
    const double raw = bad ? std::numeric_limits<double>::quiet_NaN() : v.value / scale_;
    if (type_ == "float32") {
      const auto bits = std::bit_cast<std::uint32_t>(static_cast<float>(raw));
      at[low_first_ ? 1 : 0] = static_cast<std::uint16_t>(bits >> 16);
      at[low_first_ ? 0 : 1] = static_cast<std::uint16_t>(bits);
    } else if (type_ == "int16") {
      at[0] = static_cast<std::uint16_t>(
          static_cast<std::int16_t>(std::isnan(raw) ? 32767.0 : std::clamp(std::round(raw), -32768.0, 32767.0)));
    } else {
      at[0] = static_cast<std::uint16_t>(std::isnan(raw) ? 65535.0 : std::clamp(std::round(raw), 0.0, 65535.0));
    }
  }

 private:
  std::string type_;
  bool low_first_;
  double scale_;
};

class ModbusLink final : public Link {
 public:
  ModbusLink(const LinkSettings& settings, std::vector<LinkTag> tags)
      : settings_(settings),
        type_(settings),
        count_(tags.size()),
        port_(settings.port),
        registers_(std::max<std::size_t>(1, tags.size() * static_cast<std::size_t>(type_.width())), 0) {}
  ~ModbusLink() override { down(); }

  void publish(Time, const std::vector<TagValue>& values) override {
    check(values.size() == count_, "a link is given a value for each of its tags");
    const std::lock_guard lock(mutex_);
    for (std::size_t i = 0; i < count_; ++i)
      type_.write(values[i], &registers_[i * static_cast<std::size_t>(type_.width())]);
    if (rubbish_)
      for (auto& r : registers_) r = static_cast<std::uint16_t>(chance_.bits());
  }

  Result<void> up() override {
    if (thread_.joinable()) return {};
    modbus_t* context = modbus_new_tcp("127.0.0.1", port_);
    const int listening = context ? modbus_tcp_listen(context, kMostClients) : -1;
    if (listening < 0) {
      const std::string why = modbus_strerror(errno);
      modbus_free(context);
      return world_refused("", fmt::format("link \"{}\" cannot listen at 127.0.0.1:{}: {}", settings_.name, port_, why),
                           "give it another port in virtual.toml, or 0");
    }
    sockaddr_in own{};
    socklen_t size = sizeof own;
    if (getsockname(listening, reinterpret_cast<sockaddr*>(&own), &size) == 0) port_ = ntohs(own.sin_port);
    if (pipe(wake_.data()) != 0) {
      close(listening);
      modbus_free(context);
      return world_refused("", "no file descriptor is left", "raise the limit: ulimit -n");
    }
    modbus_set_indication_timeout(context, 0,
                                  500000);  // a client that sends half a question keeps nobody waiting longer
    thread_ = std::thread([this, context, listening] { serve(context, listening); });
    return {};
  }

  void down() override {
    if (!thread_.joinable()) return;
    const char end = 0;
    while (write(wake_[1], &end, 1) < 0 && errno == EINTR) {
    }
    thread_.join();
    close(wake_[0]);
    close(wake_[1]);
  }

  void rubbish(bool on) override {
    const std::lock_guard lock(mutex_);
    rubbish_ = on;
  }
  std::string address() const override { return fmt::format("tcp://127.0.0.1:{}", port_); }

 private:
  void serve(modbus_t* context, int listening) {
    std::vector<int> clients;
    for (bool more = true; more;) {
      fd_set ready;
      FD_ZERO(&ready);
      FD_SET(wake_[0], &ready);
      int last = wake_[0];
      if (clients.size() < kMostClients) FD_SET(listening, &ready), last = std::max(last, listening);
      for (const int c : clients) FD_SET(c, &ready), last = std::max(last, c);
      if (select(last + 1, &ready, nullptr, nullptr, nullptr) < 0) continue;
      more = !FD_ISSET(wake_[0], &ready);
      std::erase_if(clients, [&](int c) {
        if (!FD_ISSET(c, &ready) || answer(context, c)) return false;
        close(c);
        return true;
      });
      if (!FD_ISSET(listening, &ready)) continue;
      const int c = accept(listening, nullptr, nullptr);
      if (c >= FD_SETSIZE)
        close(c);
      else if (c >= 0)
        clients.push_back(c);
    }
    for (const int c : clients) close(c);
    close(listening);
    modbus_free(context);
  }

  /// One question of a client; false where it is gone.
  bool answer(modbus_t* context, int client) {
    modbus_set_socket(context, client);
    std::array<std::uint8_t, MODBUS_TCP_MAX_ADU_LENGTH> query{};
    const int length = modbus_receive(context, query.data());
    if (length < 0) return false;
    if (length == 0) return true;
    const int function = query[kHeader];
    if (function < 1 || function > 4) {
      log_event(LogLevel::warning, "modbus_refused",
                {{"link", settings_.name}, {"function", std::to_string(function)}});
      return modbus_reply_exception(context, query.data(), MODBUS_EXCEPTION_ILLEGAL_FUNCTION) >= 0;
    }
    const std::lock_guard lock(mutex_);
    const int n = static_cast<int>(registers_.size());
    modbus_mapping_t mapping{};
    if (settings_.table == "input")
      mapping.nb_input_registers = n, mapping.tab_input_registers = registers_.data();
    else
      mapping.nb_registers = n, mapping.tab_registers = registers_.data();
    return modbus_reply(context, query.data(), length, &mapping) >= 0;
  }

  LinkSettings settings_;
  RegisterType type_;
  std::size_t count_;
  int port_;
  std::mutex mutex_;
  std::vector<std::uint16_t> registers_;
  bool rubbish_ = false;
  Chance chance_{0, "rubbish"};
  std::array<int, 2> wake_{};
  std::thread thread_;
};

}  // namespace

std::unique_ptr<Link> make_modbus_link(const LinkSettings& settings, std::vector<LinkTag> tags) {
  return std::make_unique<ModbusLink>(settings, std::move(tags));
}

std::string tag_address(const LinkSettings& l, const std::string& tag, std::size_t index) {
  if (l.kind != LinkSettings::Kind::modbus_tcp) return fmt::format("{}/{}/{}/{}", l.group, l.node, l.device, tag);
  const auto place = index * static_cast<std::size_t>(RegisterType(l).width());
  return fmt::format("{}:{}", l.table, (l.table == "input" ? 30001 : 40001) + place);
}

}  // namespace castner::virtual_plant

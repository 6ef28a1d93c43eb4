// SPDX-License-Identifier: Apache-2.0
#include <fcntl.h>
#include <fmt/format.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <cmath>
#include <cstring>

#include "castner/base/check.h"
#include "castner/virtual_plant/link.h"

namespace castner::virtual_plant {
namespace {

std::string utc_text(Time t) {
  using namespace std::chrono;
  const auto whole = floor<milliseconds>(t);
  const auto day = floor<days>(whole);
  const year_month_day date(day);
  const hh_mm_ss clock(whole - day);
  return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}.{:03}Z", static_cast<int>(date.year()),
                     static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()), clock.hours().count(),
                     clock.minutes().count(), clock.seconds().count(), clock.subseconds().count());
}

/// Serves from publish(): no thread. A client that reads too slowly to keep up is let go.
class JsonLink final : public Link {
 public:
  JsonLink(const LinkSettings& settings, std::vector<LinkTag> tags)
      : settings_(settings), tags_(std::move(tags)), port_(settings.port) {}
  ~JsonLink() override { down(); }

  void publish(Time now, const std::vector<TagValue>& values) override {
    check(values.size() == tags_.size(), "a link is given a value for each of its tags");
    if (listening_ < 0) return;
    for (int c = accept4(listening_, nullptr, nullptr, SOCK_NONBLOCK | SOCK_CLOEXEC); c >= 0;
         c = accept4(listening_, nullptr, nullptr, SOCK_NONBLOCK | SOCK_CLOEXEC))
      clients_.push_back(c);
    const std::string line =
        rubbish_ ? "{\"t\":\"yesterday\",\"values\":{\"" + tags_.front().name + "\":1e999}\n" : text(now, values);
    std::erase_if(clients_, [&](int c) {
      const bool sent = send(c, line.data(), line.size(), MSG_NOSIGNAL) == static_cast<ssize_t>(line.size());
      if (!sent) close(c);
      return !sent;
    });
  }

  Result<void> up() override {
    if (listening_ >= 0) return {};
    listening_ = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    const int yes = 1;
    sockaddr_in own{};
    own.sin_family = AF_INET;
    own.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    own.sin_port = htons(static_cast<std::uint16_t>(port_));
    socklen_t size = sizeof own;
    auto* address = reinterpret_cast<sockaddr*>(&own);
    setsockopt(listening_, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
    if (bind(listening_, address, size) != 0 || listen(listening_, 8) != 0 ||
        getsockname(listening_, address, &size) != 0) {
      const std::string why = std::strerror(errno);
      down();
      return world_refused("", fmt::format("link \"{}\" cannot listen at 127.0.0.1:{}: {}", settings_.name, port_, why),
                           "give it another port in virtual.toml, or 0");
    }
    port_ = ntohs(own.sin_port);
    return {};
  }

  void down() override {
    for (const int c : clients_) close(c);
    clients_.clear();
    if (listening_ >= 0) close(listening_);
    listening_ = -1;
  }
  void rubbish(bool on) override { rubbish_ = on; }
  std::string address() const override { return fmt::format("tcp://127.0.0.1:{}", port_); }

 private:
  std::string text(Time now, const std::vector<TagValue>& values) const {
    std::string good, bad;
    for (std::size_t i = 0; i < tags_.size(); ++i) {
      if (!values[i].sent) continue;
      if (std::isfinite(values[i].value))
        good += fmt::format("{}\"{}\":{}", good.empty() ? "" : ",", tags_[i].name, values[i].value);
      if (values[i].status != readings::StatusCode::good)
        bad += fmt::format("{}\"{}\":{}", bad.empty() ? "" : ",", tags_[i].name,
                           static_cast<std::uint32_t>(values[i].status));
    }
    return fmt::format("{{\"t\":\"{}\",\"values\":{{{}}},\"status\":{{{}}}}}\n", utc_text(now), good, bad);
  }

  LinkSettings settings_;
  std::vector<LinkTag> tags_;
  int port_, listening_ = -1;
  bool rubbish_ = false;
  std::vector<int> clients_;
};

}  // namespace

std::unique_ptr<Link> make_json_link(const LinkSettings& settings, std::vector<LinkTag> tags) {
  return std::make_unique<JsonLink>(settings, std::move(tags));
}

}  // namespace castner::virtual_plant

// SPDX-License-Identifier: Apache-2.0
/// A TCP server on a free loopback port, for the other side of a source in tests; can be stopped and started on its port.
#pragma once

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <atomic>
#include <cstdint>
#include <functional>
#include <string>
#include <thread>
#include <vector>

#include "castner/base/check.h"

namespace castner::sources {

/// What the other side of one connection sees; every wait ends with the server.
class TestPeer {
 public:
  TestPeer(int fd, const std::atomic<bool>& stop) : fd_(fd), stop_(stop) {}
  /// Exactly n bytes; false where the connection or the server ended before.
  bool read(std::string& into, std::size_t n) {
    into.clear();
    while (into.size() < n) {
      if (!readable()) return false;
      char buffer[4096];
      const auto got = recv(fd_, buffer, std::min(sizeof buffer, n - into.size()), 0);
      if (got <= 0) return false;
      into.append(buffer, static_cast<std::size_t>(got));
    }
    return true;
  }
  bool readable() const {
    pollfd p{fd_, POLLIN, 0};
    while (!stop_)
      if (poll(&p, 1, 20) != 0) return true;
    return false;
  }
  /// True at once where something waits to be read.
  bool has_input() const {
    pollfd p{fd_, POLLIN, 0};
    return poll(&p, 1, 10) != 0;
  }
  bool write(std::string_view bytes) {
    while (!bytes.empty()) {
      const auto sent = send(fd_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
      if (sent <= 0) return false;
      bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
    return true;
  }
  bool stopped() const { return stop_; }

 private:
  int fd_;
  const std::atomic<bool>& stop_;
};

class TestServer {
 public:
  using Serve = std::function<void(TestPeer&)>;
  explicit TestServer(Serve serve) : serve_(std::move(serve)) { start(); }
  ~TestServer() { stop(); }

  int port() const { return port_; }
  int connections() const { return connections_; }

  /// As if the device had been switched off: every connection ends, the port answers no more.
  void stop() {
    if (listening_ < 0) return;
    stop_ = true;
    accepting_.join();
    close(listening_);
    listening_ = -1;
  }
  void start() {
    stop_ = false;
    listening_ = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    const int yes = 1;
    setsockopt(listening_, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    address.sin_port = htons(static_cast<std::uint16_t>(port_));
    check(bind(listening_, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0,
          "a test may listen on loopback");
    check(listen(listening_, 16) == 0, "a test may listen on loopback");
    socklen_t size = sizeof address;
    getsockname(listening_, reinterpret_cast<sockaddr*>(&address), &size);
    port_ = ntohs(address.sin_port);
    accepting_ = std::thread([this] { accept_all(); });
  }

 private:
  void accept_all() {
    std::vector<std::jthread> serving;
    pollfd p{listening_, POLLIN, 0};
    while (!stop_) {
      if (poll(&p, 1, 20) <= 0) continue;
      const int fd = accept(listening_, nullptr, nullptr);
      if (fd < 0) continue;
      ++connections_;
      serving.emplace_back([this, fd] {
        TestPeer peer(fd, stop_);
        serve_(peer);
        shutdown(fd, SHUT_RDWR);
        close(fd);
      });
    }
  }

  Serve serve_;
  std::atomic<bool> stop_ = false;
  std::atomic<int> connections_ = 0;
  int listening_ = -1, port_ = 0;
  std::thread accepting_;
};

}  // namespace castner::sources

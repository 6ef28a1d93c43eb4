// SPDX-License-Identifier: Apache-2.0
/// Connects to a device or a broker over TCP, as client.
#pragma once

#include <chrono>
#include <stop_token>
#include <string>
#include <utility>

#include "castner/base/error.h"
#include "castner/sources/settings_check.h"

namespace castner::sources {

/// A file descriptor that is closed with its owner; -1: none.
class Fd {
 public:
  explicit Fd(int fd = -1) : fd_(fd) {}
  Fd(Fd&& from) noexcept : fd_(std::exchange(from.fd_, -1)) {}
  Fd& operator=(Fd from) noexcept {
    std::swap(fd_, from.fd_);
    return *this;
  }
  ~Fd();
  int get() const { return fd_; }

 private:
  int fd_;
};

/// Tries each address of the host in turn, for at most `timeout` each, until one takes the connection or a stop is requested.
/// The socket never blocks, and sends small packets at once. An error is why the last address failed: "Connection refused".
[[nodiscard]] tl::expected<Fd, std::string> tcp_connect(const Endpoint&, std::chrono::nanoseconds timeout,
                                                        const std::stop_token&);

}  // namespace castner::sources

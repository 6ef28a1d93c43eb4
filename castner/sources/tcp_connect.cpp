// SPDX-License-Identifier: Apache-2.0
#include "castner/sources/tcp_connect.h"

#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <memory>

namespace castner::sources {
namespace {

using std::chrono::nanoseconds;

/// 0, or the errno that says why not.
int connect_within(nanoseconds timeout, int socket, const addrinfo& to) {
  if (::connect(socket, to.ai_addr, to.ai_addrlen) == 0) return 0;
  if (errno != EINPROGRESS) return errno;
  pollfd p{socket, POLLOUT, 0};
  if (poll(&p, 1, static_cast<int>(std::chrono::ceil<std::chrono::milliseconds>(timeout).count())) != 1)
    return ETIMEDOUT;
  int error = 0;
  socklen_t size = sizeof error;
  getsockopt(socket, SOL_SOCKET, SO_ERROR, &error, &size);
  return error;
}

}  // namespace

Fd::~Fd() {
  if (fd_ >= 0) close(fd_);
}

tl::expected<Fd, std::string> tcp_connect(const Endpoint& to, nanoseconds timeout, const std::stop_token& stop) {
  addrinfo hints{}, *found = nullptr;
  hints.ai_socktype = SOCK_STREAM;
  const int code = getaddrinfo(to.host.c_str(), std::to_string(to.port).c_str(), &hints, &found);
  if (code != 0) return tl::unexpected(std::string(gai_strerror(code)));
  const std::unique_ptr<addrinfo, decltype(&freeaddrinfo)> addresses(found, freeaddrinfo);
  std::string why = "no address";
  for (const addrinfo* a = found; a != nullptr && !stop.stop_requested(); a = a->ai_next) {
    Fd socket(::socket(a->ai_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
    const int error = socket.get() < 0 ? errno : connect_within(timeout, socket.get(), *a);
    const int yes = 1;
    if (error == 0) setsockopt(socket.get(), IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
    if (error == 0) return socket;
    why = std::strerror(error);
  }
  return tl::unexpected(why);
}

}  // namespace castner::sources

// SPDX-License-Identifier: Apache-2.0
/// Listens, speaks HTTP/1.1 with or without TLS, and lets nobody take more than their share.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <string>

#include "castner/base/error.h"
#include "castner/http/http.h"

namespace castner::http {

struct HttpLimits {
  std::size_t header_bytes = 16 * 1024;
  std::size_t connections = 1000;                ///< together; the next is closed at once
  std::size_t connections_per_address = 500;     ///< one address cannot take all
  std::size_t requests_waiting = 256;            ///< for a worker; the next is answered 503
  std::size_t body_bytes_together = 256u << 20;  ///< of bodies being read or worked on; the next is answered 503
  std::size_t stream_backlog = 1u << 20;  ///< bytes a slow reader of a stream may lag behind before it is dropped
  std::chrono::milliseconds header_time{30'000};  ///< for the headers of a request, waiting for it included
  std::chrono::milliseconds body_time{30'000};    ///< for a body, and for taking an answer; longer by what follows
  std::size_t slowest_bytes_per_second = 16 * 1024;
  std::chrono::milliseconds stop_time{5'000};  ///< for requests under way when the server stops
  int workers = 8;
};

struct HttpOptions {
  std::string address = "127.0.0.1";
  int port = 0;                          ///< 0: the system chooses
  std::string tls_certificate, tls_key;  ///< PEM files, read again when they change; "": no TLS
  HttpLimits limits;
};

struct HttpCounts {
  std::uint64_t connections = 0;  ///< open now
  std::uint64_t accepted = 0, refused = 0, requests = 0, bytes_in = 0, bytes_out = 0, streams_dropped = 0;
};

/// One thread moves bytes, a few workers answer. From listen() to its destruction, which stops gracefully: no new connections,
/// requests under way are answered, streams end.
class HttpServer {
 public:
  /// world_refused where the address is taken; bad_input for a certificate that does not fit. The handler must outlive it.
  [[nodiscard]] static Result<std::unique_ptr<HttpServer>> listen(const HttpOptions&, HttpHandler&);
  virtual ~HttpServer() = default;
  virtual int port() const = 0;
  virtual HttpCounts counts() const = 0;
  /// Before files that change are noticed by themselves. With a problem the certificate before stays, and the log says so too.
  [[nodiscard]] virtual Result<void> read_certificate_again() = 0;
};

/// Whether an address (text) is this machine only: 127.0.0.0/8 or ::1. Names are not.
bool is_loopback(const std::string& address);

}  // namespace castner::http

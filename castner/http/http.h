// SPDX-License-Identifier: Apache-2.0
/// Requests and answers as plain structs, and answers that go on (server-sent events).
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace castner::http {

using Headers = std::vector<std::pair<std::string, std::string>>;

struct Request {
  std::string method;  ///< "GET"
  std::string target;  ///< as sent, starts with "/"
  Headers headers;
  std::string body;
  std::string address;  ///< of the client: "192.0.2.7"
  bool tls = false;
  std::function<bool()> gone = [] {
    return false;
  };  ///< who asked has closed the connection, or the server ends; only while it is answered

  /// The first header of this name, in any case; "" where there is none.
  std::string_view header(std::string_view name) const;
};

/// An answer that goes on. Any thread; never waits.
class EventStream {
 public:
  virtual ~EventStream() = default;
  /// False once the reader is gone, or was dropped because it did not keep up.
  virtual bool send(std::string_view bytes) = 0;
  virtual void close() = 0;
};

struct Response {
  int status = 200;
  Headers headers;
  std::string body;
  std::shared_ptr<const std::string> shared;  ///< a body that many answers have in common; then `body` is empty
  /// Where set, the answer goes on: called once, after the headers went out; no body.
  std::function<void(std::shared_ptr<EventStream>)> stream;

  Response& with(std::string name, std::string value) {
    headers.emplace_back(std::move(name), std::move(value));
    return *this;
  }
};

/// Who answers.
class HttpHandler {
 public:
  virtual ~HttpHandler() = default;
  struct Admission {
    std::size_t body_limit = 0;         ///< of a body as sent [bytes]
    std::unique_ptr<Response> refusal;  ///< where set, the body is not even read
  };
  /// Asked when the headers are there and the body is not. On the thread that serves every connection: must be quick.
  virtual Admission admit(const Request& head) = 0;
  /// On a worker; may wait for the disk.
  virtual Response answer(Request&) = 0;
  /// An answer for what never became a request: 400, 408, 413, 431, 503.
  virtual Response complaint(int status, std::string_view detail) = 0;
};

/// "Too Many Requests" for 429.
std::string_view reason_of(int status);

}  // namespace castner::http

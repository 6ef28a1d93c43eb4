// SPDX-License-Identifier: Apache-2.0
/// Everything a client can ask of Castner (api/openapi.yaml), over a backend: give it to an HttpServer.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "castner/api/backend.h"
#include "castner/http/http.h"
#include "castner/http/http_server.h"
#include "castner/http/static_files.h"
#include "castner/readings/newest.h"
#include "castner/service/awaited_work.h"

namespace castner::api {

struct ApiOptions {
  std::string address = "127.0.0.1";  ///< where the server listens: decides whether it is open
  bool tls = false;
  http::StaticFiles pages;
  people::Role open_role = people::Role::viewer;  ///< what everyone may do while the server is open
  std::size_t body_limit = 64u << 20;             ///< of a body with readings [bytes]
  std::size_t unpacked_limit = 64u << 20;         ///< of such a body when unpacked [bytes]
  std::size_t unpacked_together = 128u << 20;     ///< of all that are unpacked at once; the next is answered 503
  std::size_t tags_limit = 100'000;               ///< of tags in the history; writing to more is refused
  std::chrono::nanoseconds clock_tolerance =
      readings::kAhead;       ///< a reading further ahead of its arrival is from the future
  std::size_t streams = 200;  ///< open event streams
  std::chrono::nanoseconds stream_pace{std::chrono::seconds(1)};  ///< how often readers of a stream hear of changes
  std::chrono::nanoseconds stream_heartbeat{std::chrono::seconds(15)};
  service::AwaitedOptions awaited = {};
};

class Api final : public http::HttpHandler {
 public:
  /// The backend's parts must outlive it.
  Api(Backend, ApiOptions);
  ~Api() override;

  Admission admit(const http::Request& head) override;
  http::Response answer(http::Request&) override;
  http::Response complaint(int status, std::string_view detail) override;

  /// For /metrics; the server must outlive the last request.
  void count_with(const http::HttpServer&);

  /// "GET /api/v1/tags" and so on: what openapi.yaml must hold.
  std::vector<std::string> routes() const;

 private:
  struct Inside;
  std::unique_ptr<Inside> in_;
};

}  // namespace castner::api

// SPDX-License-Identifier: Apache-2.0
/// Asks another server over HTTP, with a limit on how long it waits.
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "castner/base/error.h"

namespace castner::store_victoria {

using Parameters = std::vector<std::pair<std::string, std::string>>;

/// Thread safe; keeps connections open between requests. An answer that is not 2xx, a refused connection and a time-out are
/// world_refused, with the server's own words.
class HttpClient {
 public:
  /// @param base  "http://127.0.0.1:8428", without a slash at its end
  explicit HttpClient(std::string base, std::chrono::milliseconds timeout = std::chrono::seconds(30));
  ~HttpClient();
  HttpClient(const HttpClient&) = delete;
  HttpClient& operator=(const HttpClient&) = delete;

  [[nodiscard]] Result<std::string> get(const std::string& path, const Parameters& = {}) const;
  [[nodiscard]] Result<std::string> post(const std::string& path, std::string_view body,
                                         const char* content_type) const;
  /// Gives each line of the answer, without its end, as it comes; where `each` says false, the rest is not asked for.
  [[nodiscard]] Result<void> get_lines(const std::string& path, const Parameters&,
                                       const std::function<bool(std::string_view)>& each) const;

 private:
  struct Handle;
  struct Borrowed;
  Result<void> perform(Handle&, const std::string& path, const Parameters&) const;

  const std::string base_;
  const std::chrono::milliseconds timeout_;
  mutable std::mutex mutex_;
  mutable std::vector<std::unique_ptr<Handle>> idle_;
};

}  // namespace castner::store_victoria

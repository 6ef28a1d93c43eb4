// SPDX-License-Identifier: Apache-2.0
/// The server's TLS certificate and key, read again when their files change, so that a renewal needs no restart.
#pragma once

#include <array>
#include <chrono>
#include <memory>
#include <mutex>
#include <string>

#include "castner/base/error.h"

struct ssl_ctx_st;  // OpenSSL's SSL_CTX

namespace castner::http {

class Certificate {
 public:
  /// @param chain, key  PEM files; the server's own certificate stands first in the chain
  [[nodiscard]] static Result<std::unique_ptr<Certificate>> read(const std::string& chain, const std::string& key);
  ~Certificate();

  /// For the next connection, of the newest pair that fits; the caller owns this reference. The files are looked at once a
  /// second at most. A pair that cannot be used is logged, once, and the one before stays. Thread safe.
  ssl_ctx_st* context();

  /// Reads the files now, changed or not. With a problem, which is logged too, the pair before stays. Thread safe.
  [[nodiscard]] Result<void> read_again();

 private:
  /// How the two files look from outside; another one is written over them, or put in their place.
  struct Stamp {
    std::array<long long, 8> marks{};
    friend bool operator==(const Stamp&, const Stamp&) = default;
  };
  Certificate(std::string chain, std::string key);
  Stamp stamp() const;
  Result<void> renew();
  Result<void> renew_and_say();

  const std::string chain_, key_;
  std::mutex mutex_;  ///< guards what follows
  ssl_ctx_st* context_ = nullptr;
  Stamp seen_;
  std::chrono::steady_clock::time_point looked_{};
};

}  // namespace castner::http

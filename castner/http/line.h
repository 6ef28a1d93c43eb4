// SPDX-License-Identifier: Apache-2.0
/// What any thread says to the reader of a stream, until the connection takes it.
#pragma once

#include <functional>
#include <mutex>
#include <string>
#include <utility>

#include "castner/http/http.h"

namespace castner::http {

/// A stream's way from any thread to the session. Outlives the session and the server.
class Line final : public EventStream {
 public:
  Line(std::size_t limit, std::function<void()> wake) : limit_(limit), wake_(std::move(wake)) {}

  bool send(std::string_view bytes) override {
    const std::lock_guard lock(mutex_);
    if (!wake_ || ended_) return false;
    // One message may be larger than the limit: it is what waits before it that tells a slow reader.
    if (pending_.size() > limit_) {
      too_slow_ = true;
      wake_();
      wake_ = nullptr;
      return false;
    }
    pending_ += bytes;
    if (!woken_) wake_();
    woken_ = true;
    return true;
  }
  void close() override {
    const std::lock_guard lock(mutex_);
    ended_ = true;
    if (wake_) wake_();
  }
  /// The session's side: what to send now.
  std::string take(bool& ended) {
    const std::lock_guard lock(mutex_);
    woken_ = false;
    ended = ended_;
    return std::exchange(pending_, {});
  }
  bool too_slow() {
    const std::lock_guard lock(mutex_);
    return too_slow_;
  }
  void gone() {
    const std::lock_guard lock(mutex_);
    wake_ = nullptr;
  }

 private:
  const std::size_t limit_;
  std::mutex mutex_;
  std::function<void()> wake_;
  std::string pending_;
  bool woken_ = false, ended_ = false, too_slow_ = false;
};

}  // namespace castner::http

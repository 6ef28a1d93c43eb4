// SPDX-License-Identifier: Apache-2.0
/// Starts a source and takes its deliveries, as the historian would, or refuses them when a test says so.
#pragma once

#include <gtest/gtest.h>

#include <chrono>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <thread>

#include "castner/base/clock.h"
#include "castner/sources/kinds.h"

namespace castner::sources {

class Delivered {
 public:
  /// A source of these settings that delivers to this; null, and a failure of the test, where the settings are refused.
  std::unique_ptr<Source> started(const SourceSettings& settings) {
    auto made = make_source(settings, system_clock());
    EXPECT_TRUE(made.has_value()) << (made ? "" : made.error().text());
    if (!made) return nullptr;
    (*made)->start(taker());
    return std::move(*made);
  }
  Deliver taker() {
    return [this](Delivery d) {
      const std::lock_guard lock(mutex_);
      if (refusing_ && !(room_for_last_ && d.last)) {
        ++refusals_;
        return false;
      }
      readings_.insert(readings_.end(), d.readings.begin(), d.readings.end());
      if (!d.durable) return true;
      if (keep_)
        kept_.push_back(std::move(d.durable));
      else
        d.durable();
      return true;
    };
  }
  void refuse(bool yes) {
    const std::lock_guard lock(mutex_);
    refusing_ = yes;
  }
  /// While refusing, what cannot be tried again is taken, as by a server that goes on.
  void keep_room_for_last() {
    const std::lock_guard lock(mutex_);
    room_for_last_ = true;
  }
  /// Readings are taken but not made durable until make_durable().
  void hold_back() {
    const std::lock_guard lock(mutex_);
    keep_ = true;
  }
  void make_durable() {
    const std::lock_guard lock(mutex_);
    keep_ = false;
    for (auto& durable : kept_) durable();
    kept_.clear();
  }
  std::vector<readings::TagReading> all() const {
    const std::lock_guard lock(mutex_);
    return readings_;
  }
  std::vector<readings::Reading> of(const std::string& tag) const {
    std::vector<readings::Reading> found;
    for (const auto& r : all())
      if (r.tag == tag) found.push_back(r.reading);
    return found;
  }
  std::size_t refusals() const {
    const std::lock_guard lock(mutex_);
    return refusals_;
  }
  void clear() {
    const std::lock_guard lock(mutex_);
    readings_.clear();
  }

 private:
  mutable std::mutex mutex_;
  bool refusing_ = false, room_for_last_ = false, keep_ = false;
  std::size_t refusals_ = 0;
  std::vector<readings::TagReading> readings_;
  std::vector<std::function<void()>> kept_;
};

/// Waits until `done`, at most so long; true where it came.
inline bool within(std::chrono::milliseconds limit, const std::function<bool()>& done) {
  const auto end = std::chrono::steady_clock::now() + limit;
  while (std::chrono::steady_clock::now() < end) {
    if (done()) return true;
    std::this_thread::sleep_for(std::chrono::milliseconds(2));
  }
  return done();
}

}  // namespace castner::sources

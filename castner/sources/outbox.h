// SPDX-License-Identifier: Apache-2.0
/// Keeps readings while nobody takes them, up to a limit; beyond it the oldest go, and are counted.
#pragma once

#include <cstdint>
#include <deque>
#include <utility>
#include <vector>

#include "castner/sources/source.h"

namespace castner::sources {

/// For protocols whose other side does not send a reading again. Used by one thread.
class Outbox {
 public:
  explicit Outbox(std::size_t most_readings) : most_(most_readings) {}

  void add(std::vector<readings::TagReading> readings) {
    if (readings.empty()) return;
    const auto count = readings.size();
    batches_.push_back(std::move(readings));
    waiting_ += count;
    while (waiting_ > most_) {
      waiting_ -= batches_.front().size();
      lost_ += batches_.front().size();
      batches_.pop_front();
    }
  }
  /// Hands over the waiting batches, oldest first, until one is refused. True if none waits any more.
  bool flush(const Deliver& deliver) {
    while (!batches_.empty()) {
      if (!deliver({batches_.front(), {}})) return false;  // a copy: a refusal may have eaten it
      waiting_ -= batches_.front().size();
      batches_.pop_front();
    }
    return true;
  }
  /// At the end: one more try for every waiting batch; a refused one is lost.
  void finish(const Deliver& deliver) {
    for (auto& batch : std::exchange(batches_, {})) {
      const auto count = batch.size();
      if (!deliver({.readings = std::move(batch), .durable = {}, .last = true})) lost_ += count;
    }
    waiting_ = 0;
  }
  std::size_t waiting() const { return waiting_; }
  /// Readings lost since the last call.
  std::uint64_t take_lost() { return std::exchange(lost_, 0); }

 private:
  const std::size_t most_;
  std::deque<std::vector<readings::TagReading>> batches_;
  std::size_t waiting_ = 0;
  std::uint64_t lost_ = 0;
};

}  // namespace castner::sources

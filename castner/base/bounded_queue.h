// SPDX-License-Identifier: Apache-2.0
/// A queue with a limit that counts what it refused: nothing waits in silence, nothing is dropped in silence.
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <mutex>
#include <stop_token>
#include <utility>
#include <vector>

namespace castner {

/// Any number of threads push, any number take.
template <class T>
class BoundedQueue {
 public:
  explicit BoundedQueue(std::size_t limit) : limit_(limit) {}

  /// False where full: the item is not taken, and counted.
  bool push(T item) {
    {
      const std::lock_guard lock(mutex_);
      if (items_.size() >= limit_) {
        ++refused_;
        return false;
      }
      items_.push_back(std::move(item));
    }
    filled_.notify_one();
    return true;
  }

  /// Everything that waits, oldest first; waits for the first item as long as asked, or until stopped.
  std::vector<T> take_all(std::chrono::nanoseconds wait, const std::stop_token& stop = {}) {
    std::unique_lock lock(mutex_);
    filled_.wait_for(lock, stop, wait, [&] { return !items_.empty(); });
    std::vector<T> all(std::make_move_iterator(items_.begin()), std::make_move_iterator(items_.end()));
    items_.clear();
    return all;
  }

  std::size_t size() const {
    const std::lock_guard lock(mutex_);
    return items_.size();
  }
  std::uint64_t refused() const {
    const std::lock_guard lock(mutex_);
    return refused_;
  }

 private:
  const std::size_t limit_;
  mutable std::mutex mutex_;
  std::condition_variable_any filled_;
  std::deque<T> items_;
  std::uint64_t refused_ = 0;
};

}  // namespace castner

// SPDX-License-Identifier: Apache-2.0
/// A queue with a limit that counts what it refused: nothing waits in silence, nothing is dropped in silence.
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <iterator>
#include <mutex>
#include <stop_token>
#include <utility>
#include <vector>

namespace castner {

/// Any number of threads push, any number take.
template <class T>
class BoundedQueue {
 public:
  /// @param limit   how much may wait
  /// @param weight  of an item; by default they are counted
  explicit BoundedQueue(
      std::size_t limit, std::function<std::size_t(const T&)> weight = [](const T&) { return std::size_t{1}; })
      : limit_(limit), weight_(std::move(weight)) {}

  /// False if there is no room: the item is not taken, and the refusal is counted. An empty queue has room for any item, or an
  /// item beyond the limit would be tried for ever.
  bool push(T item) { return push_within(limit_, std::move(item)); }
  /// Pushes the last item of a caller that cannot try again; as much room again as the limit is reserved for these.
  bool push_last(T item) { return push_within(2 * limit_, std::move(item)); }

  /// Takes all waiting items, oldest first; waits for the first one as long as asked, or until stopped.
  std::vector<T> take_all(std::chrono::nanoseconds wait, const std::stop_token& stop = {}) {
    std::unique_lock lock(mutex_);
    filled_.wait_for(lock, stop, wait, [&] { return !items_.empty(); });
    std::vector<T> all(std::make_move_iterator(items_.begin()), std::make_move_iterator(items_.end()));
    items_.clear();
    waiting_ = 0;
    return all;
  }

  std::size_t waiting() const {  ///< by weight
    const std::lock_guard lock(mutex_);
    return waiting_;
  }
  std::uint64_t refused() const {  ///< tries, not items: one item may be tried often
    const std::lock_guard lock(mutex_);
    return refused_;
  }

 private:
  bool push_within(std::size_t limit, T item) {
    const std::size_t weight = weight_(item);
    {
      const std::lock_guard lock(mutex_);
      if (!items_.empty() && waiting_ + weight > limit) {
        ++refused_;
        return false;
      }
      waiting_ += weight;
      items_.push_back(std::move(item));
    }
    filled_.notify_one();
    return true;
  }

  const std::size_t limit_;
  const std::function<std::size_t(const T&)> weight_;
  mutable std::mutex mutex_;
  std::condition_variable_any filled_;
  std::deque<T> items_;
  std::size_t waiting_ = 0;
  std::uint64_t refused_ = 0;
};

}  // namespace castner

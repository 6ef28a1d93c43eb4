// SPDX-License-Identifier: Apache-2.0
/// Limits how many HTTP workers wait for long work at once, so that others stay free: kMost in all, and one fewer for one person.
#pragma once

#include <map>
#include <mutex>
#include <string>
#include <utility>

namespace castner::api {

/// Thread safe.
class WaitingWorkers {
 public:
  static constexpr int kMost = 4;

  /// Held while a worker waits; false where it may not.
  class Place {
   public:
    Place(WaitingWorkers& of, std::string who) : of_(of), who_(std::move(who)), has_(of_.enter(who_)) {}
    ~Place() {
      if (has_) of_.leave(who_);
    }
    Place(const Place&) = delete;
    Place& operator=(const Place&) = delete;
    explicit operator bool() const { return has_; }

   private:
    WaitingWorkers& of_;
    const std::string who_;
    const bool has_;
  };

 private:
  bool enter(const std::string& who) {
    const std::lock_guard lock(mutex_);
    const auto mine = of_.find(who);
    if (all_ >= kMost || (mine != of_.end() && mine->second + 1 >= kMost)) return false;
    ++of_[who], ++all_;
    return true;
  }
  void leave(const std::string& who) {
    const std::lock_guard lock(mutex_);
    --all_;
    if (--of_[who] == 0) of_.erase(who);
  }
  std::mutex mutex_;
  int all_ = 0;
  std::map<std::string, int> of_;
};

}  // namespace castner::api

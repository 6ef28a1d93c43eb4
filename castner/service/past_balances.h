// SPDX-License-Identifier: Apache-2.0
/// Balances of windows in the past: of readings that were there before the server, such as an export of a year, and of times
/// in which the server did not run.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <span>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "castner/base/clock.h"
#include "castner/historian/store.h"
#include "castner/plant/plant.h"
#include "castner/service/whole_windows.h"
#include "castner/sources/source.h"

namespace castner::service {

/// How far a request for balances of the past has come.
struct PastProgress {
  enum class State { none, running, done, stopped, failed };
  State state = State::none;
  Time from, to;                     ///< as asked, at most up to now
  std::uint64_t windows = 0;         ///< in all
  std::uint64_t looked_at = 0;       ///< of them, the newest first
  std::uint64_t had_one = 0;         ///< had a balance before
  std::uint64_t balanced = 0;        ///< have one now
  std::uint64_t without_answer = 0;  ///< no readings, not steady, or the solver found none
  std::string error;                 ///< why it failed
};
const char* past_state_name(PastProgress::State);

struct PastOptions {
  std::chrono::nanoseconds stretch{std::chrono::hours(6)};  ///< windows that are read and solved together
  double share = 0.5;  ///< of one core at most: after each stretch it rests as long as the rest takes
  std::chrono::nanoseconds nap{std::chrono::milliseconds(200)};  ///< between two looks at whether live work is waiting
};

/// One request at a time, on a thread of its own that has the lowest priority (nice 19) and exists only while there is one.
/// A window that has a balance keeps it, so a request that was cut short is simply made again. Thread safe.
class PastBalances {
 public:
  /// @param busy  live work is waiting: the past rests meanwhile. All must outlive this.
  PastBalances(historian::Store&, Clock&, std::function<bool()> busy, PastOptions = {});

  /// The plant whose balances are made from now on, null for none. A request that runs begins anew with it.
  void watch(std::shared_ptr<const plant::Plant>, std::vector<sources::TagSettings>);

  /// Begins; bad_input without a plant, with a span that is empty or too long, or while another request runs.
  [[nodiscard]] Result<void> ask(Time from, Time to);
  /// Ends a request, which is still written down: after a restart it goes on.
  void stop();
  /// Ends a request for good.
  [[nodiscard]] Result<void> give_up();

  /// Where a request is written down while it lasts. One begins or ends at a time, and each is called before anyone sees that.
  struct Notes {
    std::function<Result<void>(Time from, Time to)> keep = [](Time, Time) {
      return Result<void>();
    };                                                                     ///< or it is refused
    std::function<Result<void>()> forget = [] { return Result<void>(); };  ///< done, failed or given up
  };
  void write_down(Notes notes) { notes_ = std::move(notes); }  ///< before the first request

  PastProgress progress() const;

 private:
  struct Job;
  [[nodiscard]] Result<Job> job(Time from, Time to) const;
  void begin(Job);
  void run(const Job&, const std::stop_token&);
  void end(PastProgress::State, std::string_view error);
  [[nodiscard]] Result<void> balance(const Job&, std::span<const WholeWindow>, const std::stop_token&);
  bool has_balance(const Job&, const WholeWindow&) const;
  void count(const std::function<void(PastProgress&)>&);

  historian::Store& store_;
  Clock& clock_;
  const std::function<bool()> busy_;
  const PastOptions options_;
  Notes notes_;
  mutable std::mutex mutex_;  ///< guards what follows, for moments
  PastProgress progress_;
  std::mutex ask_mutex_;  ///< one begins or ends at a time; taken before the other
  std::shared_ptr<const plant::Plant> plant_;
  std::vector<sources::TagSettings> tags_;
  std::jthread thread_;
};

}  // namespace castner::service

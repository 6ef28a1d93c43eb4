// SPDX-License-Identifier: Apache-2.0
/// The loop of a running server: readings become durable, every minute the newest window becomes a balance, silences are
/// written down.
#pragma once

#include <atomic>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <thread>
#include <vector>

#include "castner/base/bounded_queue.h"
#include "castner/base/clock.h"
#include "castner/historian/store.h"
#include "castner/readings/newest.h"
#include "castner/service/live_assess.h"
#include "castner/service/live_state.h"
#include "castner/service/past_balances.h"
#include "castner/service/server_file.h"

namespace castner::service {

/// The plant, sources, tags and rules that a server watches; replaced completely or not at all.
struct Watched {
  std::shared_ptr<const plant::Plant> plant;  ///< null: no model, values and trends only
  std::vector<sources::SourceSettings> sources;
  std::vector<sources::TagSettings> tags;
  std::vector<historian::Retention> retention;
  bool made_up = false;  ///< the data come from no real plant
};

struct RuntimeOptions {
  std::chrono::nanoseconds look{std::chrono::seconds(1)};       ///< how often sources are asked how they are
  std::chrono::nanoseconds reconcile{std::chrono::minutes(1)};  ///< how often the newest window is reconciled
  std::chrono::nanoseconds first{std::chrono::minutes(5)};  ///< for so long the first balance is tried at every look
  std::chrono::nanoseconds patience{
      std::chrono::seconds(5)};                            ///< how long a tag may be unwell before it counts as silent
  std::chrono::nanoseconds forget{std::chrono::hours(1)};  ///< how often what is too old is dropped
  std::chrono::nanoseconds proof{
      std::chrono::hours(24 * 7)};  ///< for so long an unusual deletion waits for a person; then the clock is believed
  std::chrono::nanoseconds retry{std::chrono::seconds(1)};  ///< after the historian refused
  std::chrono::nanoseconds clock_tolerance =
      readings::kAhead;         ///< a reading further ahead of its arrival is from the future
  std::size_t queue = 200'000;  ///< readings that may wait for the historian, about 100 bytes each
  /// Builds each source; a server gives sources::make_source.
  std::function<Result<std::unique_ptr<sources::Source>>(const sources::SourceSettings&, Clock&)> make_source;
};

/// Two threads of its own: one makes readings durable, one looks, reconciles and publishes; a third while balances of the past
/// are made. Every method is thread safe.
class Runtime {
 public:
  /// Store and clock must outlive this.
  Runtime(historian::Store&, Clock&, RuntimeOptions);
  ~Runtime();  ///< stops the sources, makes durable what they delivered

  /// Watches this from now on. With any problem nothing changes, and what was watched before goes on; only names of tags may
  /// be known to the store already. What the sources of before still hold is taken over.
  [[nodiscard]] Result<void> watch(Watched);

  /// The newest picture; never null.
  std::shared_ptr<const LiveState> live() const;

  /// Tells the sources of readings that came in by HTTP and are in the store already. Waits neither for a balance nor for
  /// the ledger nor for a device: those who write are waiting.
  void pushed(std::span<const sources::Pushed>);

  /// Deletes what waits for a person's word (Store::forget); how many readings.
  [[nodiscard]] Result<std::uint64_t> delete_what_waits();

  /// Reconciles the newest window now and returns the picture with it.
  std::shared_ptr<const LiveState> reconcile_now();

  /// Balances of the past, which give way to the live one.
  PastBalances& past() { return past_; }

 private:
  using Sources = std::vector<std::unique_ptr<sources::Source>>;
  Result<Sources> make_sources(const Watched&) const;
  Result<std::vector<historian::TagId>> adopt(const Watched&);
  void expect_from(const std::vector<historian::TagId>&);
  void note_time_away_again();
  void pay_what_is_owed();
  void takes_again();
  void replace_sources(Sources);
  void start_sources();
  bool deliver(const std::string& source, sources::Delivery);
  void count_ahead(const std::string& source, std::uint64_t count);
  void store_readings(const std::stop_token&);
  bool try_to_store(const std::vector<sources::Delivery>&);
  bool store(const std::vector<sources::Delivery>&);
  /// Readings that the historian can never keep, and why the first of them.
  struct LeftOut {
    std::uint64_t count = 0;
    Error why;
    void note(const Error& e) {
      if (count++ == 0) why = e;
    }
  };
  Result<void> append(std::span<const historian::TaggedReading>, LeftOut&);
  void look_and_reconcile(const std::stop_token&);
  void look();
  void reconcile_if_due();
  bool past_has_ended();
  void forget_if_due();
  void note_gaps();
  Result<void> note_time_away();
  void look_at_units();
  void reconcile();
  void try_to_reconcile();
  void publish();
  void check_clock();
  Result<std::uint64_t> drop_old(historian::Deletion);

  historian::Store& store_;
  Clock& clock_;
  const RuntimeOptions options_;
  BoundedQueue<sources::Delivery> queue_;

  std::mutex watch_mutex_;  ///< guards what is watched and what the looking thread remembers; may be held for seconds
  Watched watched_;
  std::optional<LiveMemory> memory_;  ///< of the plant that is watched; none before its first balance
  std::mutex sources_mutex_;          ///< held for moments; taken after watch_mutex_
  Sources sources_;                   ///< changed under both, read under either
  std::map<std::string, std::string, std::less<>> source_of_;  ///< by tag; likewise
  std::set<std::size_t> not_started_;                          ///< sources for which no thread could start yet
  std::shared_ptr<const LiveAssessment> last_, last_good_;
  std::string not_reconciled_ = "no_data";
  struct Silence {
    historian::TagId id{};
    Time since;  ///< where one begins that this watch met: the newest reading there was, else the start of the watch
    std::optional<std::chrono::nanoseconds> unwell_since;  ///< uptime
    bool written = false;                                  ///< its gap is open in the ledger
  };
  std::map<std::string, Silence> silences_;  ///< by tag
  bool watching_ = false;
  bool owes_ = false;                          ///< the historian had no room for the tags and rules of the start
  std::vector<historian::Gap> away_;           ///< of the time before the start, which the ledger had no room for
  std::optional<historian::Forgotten> waits_;  ///< a deletion that a person should confirm
  std::chrono::nanoseconds waits_since_{0};    ///< uptime
  const Time started_;
  std::chrono::nanoseconds watching_since_{0};  ///< uptime
  std::chrono::nanoseconds clock_offset_{0};    ///< of the wall clock against uptime

  mutable std::mutex state_mutex_;  ///< guards the pointer below, for as long as it takes to copy it
  std::shared_ptr<const LiveState> state_;

  std::mutex count_mutex_;
  std::uint64_t stored_ = 0, refused_ = 0;
  std::map<std::string, std::uint64_t> ahead_;  ///< readings from the future, by source; "": pushed, and no source's
  std::string storage_error_;

  std::map<std::string, historian::TagId> ids_;  ///< of the storing thread alone

  std::chrono::nanoseconds next_reconcile_{0}, next_forget_{0};  ///< uptime; of the looking thread alone

  std::atomic<bool> first_awaited_{false};  ///< readings have begun to come and are too few yet
  PastBalances past_;
  PastProgress past_seen_;  ///< at the last look; of the looking thread alone

  std::jthread storing_, looking_;
};

}  // namespace castner::service

// SPDX-License-Identifier: Apache-2.0
/// Long work that somebody waits for, such as the balance of a file on the page Start: a few pieces at once, the rest in a fair line. A
/// piece that nobody waits for any more is stopped.
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <functional>
#include <list>
#include <memory>
#include <mutex>
#include <stop_token>
#include <string>
#include <thread>

namespace castner::service {

struct AwaitedOptions {
  std::size_t at_once = 4;   ///< pieces that are worked on; one person has all but one of these places
  std::size_t in_line = 16;  ///< pieces in all, those that are worked on among them; one person half of them
  std::size_t bytes_in_line = 256u << 20;  ///< of what came with all of them; one person half
  std::size_t bytes_at_once = 96u << 20;   ///< of what came with those that are worked on: of two large ones one waits
  std::chrono::milliseconds look_every{500};  ///< whether somebody still waits, and at what is to be told
  /// What they throw is as if the system had no thread left, and as if the work threw.
  std::function<void()> before_a_thread = [] {}, before_a_work = [] {};
};

/// Each piece has a thread of its own that gives way to what is live (nice 5). Thread safe.
class AwaitedWork {
 public:
  explicit AwaitedWork(AwaitedOptions = {});
  ~AwaitedWork();  ///< asks all to stop, and waits until they have

  struct Progress {
    bool running = false;                    ///< false: in line
    std::size_t before = 0;                  ///< in line before it
    std::size_t looked_at = 0, windows = 0;  ///< once the work counts
    bool operator==(const Progress&) const = default;
  };
  /// Told every look; answers whether somebody still waits. Must be quick.
  using Tell = std::function<bool(const Progress&)>;
  using Count = std::function<void(std::size_t looked_at, std::size_t windows)>;
  /// The work; hands its answer over by itself. Asked to stop, it ends soon.
  using Work = std::function<void(const std::stop_token&, const Count&)>;
  enum class Failure { threw, no_thread };
  /// Called instead of, or in the middle of, a work that threw or for which no thread could start. Must be quick.
  using Failed = std::function<void(Failure)>;

  class Place;
  /// A place in the line; null where there is none. It is given back where nothing is begun with it.
  [[nodiscard]] std::shared_ptr<Place> reserve(const std::string& who, std::size_t bytes);
  void begin(const std::shared_ptr<Place>&, Work, Tell, Failed);

 private:
  struct Piece;
  void run(const std::stop_token&);
  void work(Piece&, const std::stop_token&);
  void wake();
  void look();
  void start_those_that_may();

  const AwaitedOptions options_;
  std::mutex mutex_;  ///< guards what follows
  std::condition_variable_any changed_;
  std::list<std::shared_ptr<Piece>> line_;  ///< in the order in which they came
  bool woken_ = false;
  std::jthread looker_;
};

}  // namespace castner::service

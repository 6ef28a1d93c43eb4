// SPDX-License-Identifier: Apache-2.0
// One thread looks after all pieces:
//  1. reserve and begin put a piece at the end of the line.
//  2. look: who waits for a piece is told how far it is. Where nobody is there, a piece in line leaves it, one that is worked on is
//     asked to stop. One that has ended leaves.
//  3. start_those_that_may: while a place is free, of the pieces that fit beside the others the one whose owner has fewest at work, the
//     oldest first.
// What a work throws, or the system where it has no thread left, ends that piece alone: whoever waits for it is told by `failed`.
#include "castner/service/awaited_work.h"

#include <algorithm>
#include <map>

#include "castner/base/survive.h"
#include "castner/service/low_priority.h"

namespace castner::service {

struct AwaitedWork::Piece {
  std::string who;
  std::size_t bytes = 0;
  Work work = {};  ///< empty: reserved only
  Tell tell = {};
  Failed failed = {};
  Progress progress = {};
  bool ended = false;
  std::jthread thread = {};
};

class AwaitedWork::Place {
 public:
  Place(AwaitedWork& of, std::shared_ptr<Piece> piece) : of_(of), piece_(std::move(piece)) {}
  ~Place() {
    const std::lock_guard lock(of_.mutex_);
    if (!piece_->tell) of_.line_.remove(piece_);
  }
  Place(const Place&) = delete;
  Place& operator=(const Place&) = delete;

 private:
  friend class AwaitedWork;
  AwaitedWork& of_;
  const std::shared_ptr<Piece> piece_;
};

AwaitedWork::AwaitedWork(AwaitedOptions options)
    : options_(options), looker_([this](const std::stop_token& stop) { run(stop); }) {}

AwaitedWork::~AwaitedWork() {
  looker_.request_stop();
  looker_.join();
  for (const auto& piece : line_) piece->thread.request_stop();
  for (const auto& piece : line_)
    if (piece->thread.joinable()) piece->thread.join();
}

std::shared_ptr<AwaitedWork::Place> AwaitedWork::reserve(const std::string& who, std::size_t bytes) {
  const std::lock_guard lock(mutex_);
  std::size_t mine = 0, all_bytes = bytes, my_bytes = bytes;
  for (const auto& piece : line_) {
    all_bytes += piece->bytes;
    if (piece->who == who) ++mine, my_bytes += piece->bytes;
  }
  if (line_.size() >= options_.in_line || mine >= (options_.in_line + 1) / 2) return nullptr;
  if (all_bytes > options_.bytes_in_line || my_bytes > options_.bytes_in_line / 2) return nullptr;
  line_.push_back(std::make_shared<Piece>(Piece{.who = who, .bytes = bytes}));
  return std::make_shared<Place>(*this, line_.back());
}

void AwaitedWork::begin(const std::shared_ptr<Place>& place, Work work, Tell tell, Failed failed) {
  const std::lock_guard lock(mutex_);
  place->piece_->work = std::move(work);
  place->piece_->tell = std::move(tell);
  place->piece_->failed = std::move(failed);
  wake();
}

void AwaitedWork::wake() {
  woken_ = true;
  changed_.notify_all();
}

void AwaitedWork::run(const std::stop_token& stop) {
  std::unique_lock lock(mutex_);
  const auto woken = [&] { return woken_; };
  while (!stop.stop_requested()) {
    woken_ = false;
    (void)survive("looking after awaited work", [&] {  // else the next look does it
      look();
      start_those_that_may();
    });
    if (line_.empty())
      changed_.wait(lock, stop, woken);
    else
      changed_.wait_for(lock, stop, options_.look_every, woken);
  }
}

void AwaitedWork::look() {
  std::size_t before = 0;
  for (auto it = line_.begin(); it != line_.end();) {
    Piece& piece = **it;
    const bool at_work = piece.thread.joinable();
    if (piece.ended) {  // the thread does nothing more
      it = line_.erase(it);
      continue;
    }
    if (piece.tell && !at_work) piece.progress.before = before++;
    bool awaited = true;
    if (piece.tell) (void)survive("telling how far awaited work is", [&] { awaited = piece.tell(piece.progress); });
    if (!awaited && !at_work) {
      it = line_.erase(it);
      continue;
    }
    if (!awaited) piece.thread.request_stop();
    ++it;
  }
}

void AwaitedWork::start_those_that_may() {
  for (;;) {
    // However large one is, there is room for small ones beside it.
    const auto weight = [&](const Piece& p) { return std::min(p.bytes, options_.bytes_at_once / 3 * 2); };
    std::size_t at_work = 0, bytes = 0;
    std::map<std::string, std::size_t> of;
    for (const auto& piece : line_)
      if (piece->thread.joinable()) ++at_work, ++of[piece->who], bytes += weight(*piece);
    if (at_work >= options_.at_once) return;
    std::shared_ptr<Piece> next;
    for (const auto& piece : line_) {
      if (piece->thread.joinable() || !piece->work) continue;  // one at work has it for itself
      if (of[piece->who] + 1 >= options_.at_once) continue;
      if (bytes + weight(*piece) > options_.bytes_at_once) continue;
      if (!next || of[piece->who] < of[next->who]) next = piece;
    }
    if (!next) return;
    next->progress = {.running = true};
    const bool started = survive("starting a thread for awaited work", [&] {
      options_.before_a_thread();
      next->thread = std::jthread([this, piece = next.get()](const std::stop_token& stop) { work(*piece, stop); });
    });
    if (started) continue;
    next->work = {};
    next->ended = woken_ = true;
    (void)survive("telling that awaited work failed", [&] { next->failed(Failure::no_thread); });
  }
}

void AwaitedWork::work(Piece& piece, const std::stop_token& stop) {
  lower_priority(kBehindLive);
  const bool done = survive("awaited work", [&] {
    options_.before_a_work();
    piece.work(stop, [&](std::size_t looked_at, std::size_t windows) {
      const std::lock_guard lock(mutex_);
      piece.progress.looked_at = looked_at;
      piece.progress.windows = windows;
    });
  });
  if (!done) (void)survive("telling that awaited work failed", [&] { piece.failed(Failure::threw); });
  piece.work = {};  // gives back what came with it, before its place
  const std::lock_guard lock(mutex_);
  piece.ended = true;
  wake();
}

}  // namespace castner::service

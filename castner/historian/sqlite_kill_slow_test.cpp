// SPDX-License-Identifier: Apache-2.0
// A program that writes is killed (SIGKILL) at random moments, again and again, on one and the same file: whatever it had
// acknowledged is there afterwards, bit for bit, and nothing that is there is wrong. Some of it comes late, into holes left
// for it, some twice, some is corrected; what a killed program owed, the next one sends.
//   CASTNER_KILLS=1000 CASTNER_SEED=7 historian_test --gtest_filter='SqliteKill.*'    what `make soak` does
#include <gtest/gtest.h>
#include <poll.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <cstdlib>
#include <deque>
#include <random>
#include <thread>

#include "castner/historian/known_readings_test.h"
#include "castner/historian/sqlite_care.h"
#include "castner/historian/sqlite_store.h"
#include "tests/support/scratch_folder.h"

namespace castner::historian {
namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

// So that much of the time it is flushing, a tag at a time, and commits come in between.
constexpr SqliteOptions kKillOptions{.flush_step = milliseconds(0), .memtable_readings = 500};
constexpr std::uint32_t kThreads = 3;  // two append readings, the third columns; each has a tag of its own
constexpr Time kFirst{std::chrono::seconds(1'700'000'000)};

int from_environment(const char* name, int otherwise) {
  const char* text = std::getenv(name);
  return text ? std::atoi(text) : otherwise;
}

// ---- what is written ---------------------------------------------------------------------------------------------------

/// Readings go in blocks of neighbours, a second apart.
std::int64_t block_size(std::uint32_t thread) { return thread == 2 ? 110 : 8; }
Time begin_of(std::uint32_t thread, std::int64_t block) {
  return kFirst + std::chrono::seconds(block * block_size(thread));
}

/// A block as it is right, or as a wrong reading of it that arrived a millisecond earlier: where both are there, right counts.
struct Piece {
  std::int64_t block;
  bool right;
  std::uint8_t bit() const { return right ? 2 : 1; }
};

/// Blocks whose wrong reading and the right one come in one append, as a body that says one time of one tag twice: the later counts. Their
/// arrival is the same, but of columns, which have one arrival for all.
bool is_twice_in_one(std::uint32_t thread, std::int64_t n) { return thread != 2 && n / block_size(thread) % 16 == 13; }

readings::Reading reading_of(std::uint32_t thread, std::int64_t n, bool right) {
  readings::Reading r =
      thread == 2 ? readings::Reading{kFirst + std::chrono::seconds(n), 2.5 + static_cast<double>(n % 997) * 1e-4,
                                      readings::StatusCode::uncertain, Time(std::chrono::seconds(1'790'000'000))}
                  : known_reading(thread, n);
  if (!right) {
    r.value = -1.0;
    if (!is_twice_in_one(thread, n)) r.arrival -= milliseconds(1);
  }
  return r;
}
std::int64_t place(std::uint32_t thread, const readings::Reading& r) {
  return thread == 2 ? (r.time - kFirst) / std::chrono::seconds(1) : place_of(r);
}

// Of 1024 blocks the first half has much that is late, all mixed; the second half, of 64 blocks each, an outage of eight that is
// filled a while afterwards by nothing else, as a logger does when its line is back.
constexpr std::int64_t kOutage = 56, kPeriod = 64;
bool has_outages(std::int64_t block) { return block / 512 % 2 == 1; }

/// What is sent of a block when its turn comes, and what is held back to be sent later.
void plan(std::int64_t block, std::vector<Piece>& now, std::deque<Piece>& later) {
  const Piece right{block, true}, wrong{block, false};
  const auto kind = !has_outages(block) ? block % 16 : block % kPeriod < kOutage ? 0 : 3;
  if (kind == 5 || block % 16 == 13) now.push_back(wrong);           // corrected later, or in the same append
  if (kind != 3 && kind != 5) now.push_back(right);                  // 3: a hole, filled later
  if (kind == 3 || kind == 5 || kind == 11) later.push_back(right);  // 11: sent twice
  if (kind == 8) later.push_back(wrong);                             // overtaken by its correction
}

/// Where the append that begins with this block ends: often where an outage begins.
std::int64_t end_of_append(std::uint32_t thread, std::int64_t block) {
  const auto end = block + (thread == 2 ? 10 : 1 + block % 20), outage = block / kPeriod * kPeriod + kOutage;
  return has_outages(block) && block < outage ? std::min(end, outage) : end;
}

/// How many pieces are still held back when this block's turn comes: up to more than an hour, as time goes in the readings.
std::size_t most_held(std::uint32_t thread, std::int64_t block) {
  if (!has_outages(block)) return static_cast<std::size_t>(3 + block % (thread == 2 ? 15 : 60));
  const auto place = block % kPeriod;
  return place >= 8 + block / kPeriod % 5 * 8 && place < kOutage ? 0 : 64;
}

Result<void> append_some(Store& store, std::uint32_t thread, const std::vector<Piece>& pieces) {
  const auto tag = store.find("tag " + std::to_string(thread))->id;
  const auto size = block_size(thread);
  std::vector<TaggedReading> some;
  for (const auto& p : pieces)
    for (auto n = p.block * size; n < (p.block + 1) * size; ++n) some.push_back({tag, reading_of(thread, n, p.right)});
  if (thread != 2) return store.append(some);
  std::vector<Time> times[2];
  std::vector<double> values[2];
  for (const auto& [_, r] : some) {
    const auto right = std::get<double>(r.value) > 0.0;
    times[right].push_back(r.time);
    values[right].push_back(std::get<double>(r.value));
  }
  std::vector<Numbers> columns;
  for (const bool right : {false, true})
    columns.push_back(
        {tag, times[right], values[right], readings::StatusCode::uncertain, reading_of(2, 0, right).arrival});
  return store.append(columns);
}

/// What one thread has to write, and what came of it, over all kills.
struct Load {
  std::int64_t next = 0;                   ///< the block whose turn it is
  std::deque<Piece> held;                  ///< pieces of earlier blocks that have still to be sent
  std::vector<std::uint8_t> acknowledged;  ///< by block: bits of the pieces said to be durable
  std::vector<std::uint8_t> there;         ///< by block: bits of the pieces found in the file
};

/// "This piece of this thread's tag is durable": what the writer says through its pipe.
struct Acknowledgement {
  std::int64_t block;
  std::uint32_t thread;
  std::uint32_t bit;
};

/// The program that will be killed: writes without end, and says what is durable.
[[noreturn]] void write_for_ever(const std::string& path, const Load (&loads)[kThreads], int pipe) {
  auto store = SqliteStore::open(path, kKillOptions);
  if (!store) _exit(3);
  for (std::uint32_t t = 0; t < kThreads; ++t)
    if (!(*store)->define("tag " + std::to_string(t), "V")) _exit(4);
  std::vector<std::thread> threads;
  for (std::uint32_t t = 0; t < kThreads; ++t)
    threads.emplace_back([&, t] {
      auto held = loads[t].held;
      for (auto block = loads[t].next;;) {
        std::vector<Piece> pieces;
        for (const auto end = end_of_append(t, block); block < end; ++block) plan(block, pieces, held);
        for (; held.size() > most_held(t, block); held.pop_front()) pieces.push_back(held.front());
        if (pieces.empty()) continue;
        if (!append_some(**store, t, pieces)) _exit(5);
        std::vector<Acknowledgement> said;
        for (const auto& p : pieces) said.push_back({p.block, t, p.bit()});
        const auto bytes = said.size() * sizeof said[0];
        if (write(pipe, said.data(), bytes) != static_cast<ssize_t>(bytes)) _exit(6);
        if (t == 2) std::this_thread::sleep_for(milliseconds(20));
      }
    });
  for (auto& t : threads) t.join();
  _exit(0);
}

/// Starts the writer, kills it after so long, and returns what it had acknowledged.
std::vector<Acknowledgement> run_and_kill(const std::string& path, const Load (&loads)[kThreads], milliseconds after) {
  int ends[2];
  if (pipe(ends) != 0) return {};
  const auto child = fork();
  if (child == 0) {
    prctl(PR_SET_PDEATHSIG, SIGKILL);  // should the test itself be killed
    close(ends[0]);
    write_for_ever(path, loads, ends[1]);
  }
  close(ends[1]);
  std::vector<Acknowledgement> heard;
  Acknowledgement a;
  bool alive = true;
  for (const auto end = steady_clock::now() + after;;) {
    const auto left = std::chrono::duration_cast<milliseconds>(end - steady_clock::now()).count();
    if (alive && left <= 0) {
      kill(child, SIGKILL);
      alive = false;
    }
    pollfd p{ends[0], POLLIN, 0};
    poll(&p, 1, alive ? static_cast<int>(left) : -1);
    if (p.revents == 0) continue;
    const auto n = read(ends[0], &a, sizeof a);  // whole: a pipe does not divide so little
    if (n <= 0) break;
    heard.push_back(a);
  }
  int status = 0;
  waitpid(child, &status, 0);
  EXPECT_TRUE(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL) << "it ended by itself with " << WEXITSTATUS(status);
  close(ends[0]);
  return heard;
}

// ---- what is found -----------------------------------------------------------------------------------------------------

void mark(std::vector<std::uint8_t>& bits, std::int64_t block, std::uint8_t bit) {
  const auto at = static_cast<std::size_t>(block);
  if (bits.size() <= at) bits.resize(at + 1);
  bits[at] |= bit;
}

/// Blocks [from, to) of a thread's tag: every reading one of those that were written, none twice, blocks whole, the right one
/// counting; notes which are there.
void look(const Store& store, TagId tag, std::uint32_t thread, std::int64_t from, std::int64_t to, Load& load) {
  const auto size = block_size(thread);
  const Range range{tag, begin_of(thread, from), begin_of(thread, to)};
  const auto all = store.versions(range, std::size_t{1} << 30), counting = store.read(range, std::size_t{1} << 30);
  ASSERT_TRUE(all && counting) << (all ? counting : all).error().text();
  std::vector<std::uint8_t> bits(static_cast<std::size_t>((to - from) * size));
  for (const auto& r : *all) {
    const auto n = place(thread, r);
    const Piece piece{n / size, readings::same_reading(r, reading_of(thread, n, true))};
    ASSERT_TRUE(piece.right || readings::same_reading(r, reading_of(thread, n, false))) << "corrupt: reading " << n;
    auto& b = bits[static_cast<std::size_t>(n - from * size)];
    ASSERT_FALSE(b & piece.bit()) << "seen twice: reading " << n;
    b |= piece.bit();
  }
  std::size_t seen = 0;
  for (const auto& r : *counting) {
    const auto n = place(thread, r);
    const auto b = bits[static_cast<std::size_t>(n - from * size)];
    ASSERT_TRUE(b != 0 && readings::same_reading(r, reading_of(thread, n, (b & 2) != 0)))
        << "the wrong one counts: " << n;
    ++seen;
  }
  ASSERT_EQ(seen, bits.size() - static_cast<std::size_t>(std::count(bits.begin(), bits.end(), 0)));
  for (auto block = from; block < to; ++block) {
    const auto first = bits.begin() + (block - from) * size;
    ASSERT_EQ(std::count(first, first + size, *first), size) << "taken in part: block " << block;
    mark(load.there, block, *first);
    const auto was = static_cast<std::size_t>(block) < load.acknowledged.size()
                         ? load.acknowledged[static_cast<std::size_t>(block)]
                         : std::uint8_t{0};
    ASSERT_EQ(was & ~*first, 0) << "lost: block " << block;
  }
}

/// The same a little at a time: whatever a question begins with, all of it is to be seen.
void look_at_all(const Store& store, TagId tag, std::uint32_t thread, std::int64_t from, std::int64_t to, Load& load) {
  constexpr std::int64_t kTogether = 61;
  for (; from < to; from += kTogether)
    ASSERT_NO_FATAL_FAILURE(look(store, tag, thread, from, std::min(from + kTogether, to), load));
}

/// After a kill: looks at what it can have touched, and at what is owed now.
void take_stock(const Store& store, std::uint32_t thread, Load& load) {
  const auto tag = store.find("tag " + std::to_string(thread));
  if (!tag) {
    ASSERT_TRUE(load.acknowledged.empty());
    return;
  }
  auto from = load.next;
  for (const auto& p : load.held) from = std::min(from, p.block);
  from = std::max<std::int64_t>(0, from - 4000 / block_size(thread));
  const auto newest = store.latest(std::span(&tag->id, 1));
  ASSERT_TRUE(newest);
  const auto known = static_cast<std::int64_t>(load.acknowledged.size());
  const auto found = newest->front() ? place(thread, *newest->front()) / block_size(thread) + 1 : 0;
  load.next = std::max({load.next, known, found});
  ASSERT_NO_FATAL_FAILURE(look_at_all(store, tag->id, thread, from, load.next, load));
  std::vector<Piece> planned;
  load.held.clear();
  for (auto block = from; block < load.next; ++block) {
    std::deque<Piece> later;
    planned.clear();
    plan(block, planned, later);
    planned.insert(planned.end(), later.begin(), later.end());
    for (const auto& p : planned)
      if (!(load.there[static_cast<std::size_t>(block)] & p.bit())) load.held.push_back(p);
  }
}

std::size_t readings_in(const std::vector<std::uint8_t>& bits, std::uint32_t thread) {
  std::size_t pieces = 0;
  for (const auto b : bits) pieces += (b & 1u) + (b >> 1);
  return pieces * static_cast<std::size_t>(block_size(thread));
}

}  // namespace

TEST(SqliteKill, NothingAcknowledgedIsLostAndNothingIsCorrupt) {
  const int kills = from_environment("CASTNER_KILLS", 25);
  const int seed = from_environment("CASTNER_SEED", 20'261'123);
  std::printf("%d kills, seed %d\n", kills, seed);
  std::mt19937 random(static_cast<unsigned>(seed));
  const ScratchFolder folder;
  const auto path = folder.path() + "/a.db";
  Load loads[kThreads];
  std::uint64_t memtable_readings = 0;

  for (int k = 0; k < kills; ++k) {
    const milliseconds after(std::uniform_int_distribution(2, 250)(random));
    for (const auto& a : run_and_kill(path, loads, after))
      mark(loads[a.thread].acknowledged, a.block, static_cast<std::uint8_t>(a.bit));
    if (!std::filesystem::exists(path)) continue;
    const auto store = SqliteStore::open(path, kKillOptions);
    ASSERT_TRUE(store) << "after kill " << k << ": " << store.error().text();
    memtable_readings = std::max(memtable_readings, (*store)->health().waiting);
    for (std::uint32_t t = 0; t < kThreads; ++t) {
      SCOPED_TRACE("after kill " + std::to_string(k) + ", thread " + std::to_string(t));
      ASSERT_NO_FATAL_FAILURE(take_stock(**store, t, loads[t]));
    }
  }

  std::size_t total = 0, there = 0, late = 0;
  {
    const auto store = SqliteStore::open(path, kKillOptions).value();
    for (std::uint32_t t = 0; t < kThreads; ++t) {
      SCOPED_TRACE("in the end, thread " + std::to_string(t));
      auto& load = loads[t];
      const auto tag = store->find("tag " + std::to_string(t));
      ASSERT_TRUE(tag);
      ASSERT_NO_FATAL_FAILURE(look_at_all(*store, tag->id, t, 0, load.next, load));
      EXPECT_FALSE(load.acknowledged.empty());
      total += readings_in(load.acknowledged, t);
      there += readings_in(load.there, t);
      for (std::size_t block = 3; block < load.acknowledged.size(); block += 16)
        late += load.acknowledged[block] != 0 && !has_outages(static_cast<std::int64_t>(block));
    }
  }
  const auto found = verify_file(path);
  ASSERT_TRUE(found);
  EXPECT_TRUE(found->problems.empty()) << found->problems.front();
  EXPECT_GT(found->chunks, 0u);
  EXPECT_GT(late, 0u) << "nothing came late, which is what it is about as well";
  EXPECT_GT(memtable_readings, 0u) << "no kill came while readings waited, which is what it is about";
  std::printf(
      "%zu readings acknowledged, %zu blocks of them late, 0 lost; %zu more had become durable without the word "
      "getting out\n",
      total, late, there - total);
}

}  // namespace castner::historian

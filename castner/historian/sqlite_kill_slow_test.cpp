// SPDX-License-Identifier: Apache-2.0
// A program that writes is killed (SIGKILL) at random moments, again and again, on one and the same file: whatever it had
// acknowledged is there afterwards, bit for bit, and nothing that is there is wrong.
//   CASTNER_KILLS=1000 CASTNER_SEED=7 historian_test --gtest_filter='SqliteKill.*'    what `make soak` does
#include <gtest/gtest.h>
#include <poll.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstdlib>
#include <random>
#include <set>
#include <thread>

#include "castner/historian/known_readings_test.h"
#include "castner/historian/sqlite_care.h"
#include "castner/historian/sqlite_store.h"
#include "tests/support/scratch_folder.h"

namespace castner::historian {
namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

// So that much of the time it is sealing, a tag at a time, and commits come in between.
constexpr SqliteOptions kOptions{.seal_step = milliseconds(0), .most_waiting = 500};
constexpr std::uint32_t kThreads = 3;  // two append readings, the third long columns

int from_environment(const char* name, int otherwise) {
  const char* text = std::getenv(name);
  return text ? std::atoi(text) : otherwise;
}

/// "Readings [first, first + count) of this thread's tag are durable": what the writer says through its pipe.
struct Acknowledgement {
  std::uint32_t thread;
  std::uint32_t count;
  std::int64_t first;
};

double long_value(std::int64_t n) { return 2.5 + static_cast<double>(n % 997) * 1e-4; }
Reading long_reading(std::int64_t n) {
  const auto t = Time(std::chrono::seconds(1'700'000'000 + n));
  return {t, long_value(n), Status::uncertain, Time(std::chrono::seconds(1'800'000'000))};
}
Reading expected(std::uint32_t thread, std::int64_t n) {
  return thread == 2 ? long_reading(n) : known_reading(thread, n);
}
std::int64_t place(std::uint32_t thread, const Reading& r) {
  return thread == 2 ? (r.time - Time(std::chrono::seconds(1'700'000'000))) / std::chrono::seconds(1) : place_of(r);
}

Result<void> append_some(Store& store, std::uint32_t thread, std::int64_t first, std::uint32_t count) {
  const auto tag = store.find("tag " + std::to_string(thread))->id;
  if (thread == 2) {
    std::vector<Time> times;
    std::vector<double> values;
    for (auto n = first; n < first + count; ++n) {
      times.push_back(long_reading(n).time);
      values.push_back(long_value(n));
    }
    const Numbers column[] = {{tag, times, values, Status::uncertain, long_reading(0).arrival}};
    return store.append(column);
  }
  std::vector<TaggedReading> some;
  for (auto n = first; n < first + count; ++n) some.push_back({tag, known_reading(thread, n)});
  return store.append(some);
}

/// The program that will be killed: writes without end, and says what is durable.
[[noreturn]] void write_for_ever(const std::string& path, const std::int64_t (&first)[kThreads], int pipe) {
  auto store = SqliteStore::open(path, kOptions);
  if (!store) _exit(3);
  for (std::uint32_t t = 0; t < kThreads; ++t)
    if (!(*store)->define("tag " + std::to_string(t), "V")) _exit(4);
  std::vector<std::thread> threads;
  for (std::uint32_t t = 0; t < kThreads; ++t)
    threads.emplace_back([&, t] {
      for (auto n = first[t];;) {
        const auto count = static_cast<std::uint32_t>(t == 2 ? 1100 : 8 * (1 + n / 8 % 20));
        if (!append_some(**store, t, n, count)) _exit(5);
        const Acknowledgement a{t, count, n};
        if (write(pipe, &a, sizeof a) != sizeof a) _exit(6);
        n += count;
        if (t == 2) std::this_thread::sleep_for(milliseconds(20));
      }
    });
  for (auto& t : threads) t.join();
  _exit(0);
}

/// Starts the writer, kills it after so long, and returns what it had acknowledged.
std::vector<Acknowledgement> run_and_kill(const std::string& path, const std::int64_t (&first)[kThreads],
                                          milliseconds after) {
  int ends[2];
  if (pipe(ends) != 0) return {};
  const auto child = fork();
  if (child == 0) {
    prctl(PR_SET_PDEATHSIG, SIGKILL);  // should the test itself be killed
    close(ends[0]);
    write_for_ever(path, first, ends[1]);
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

}  // namespace

TEST(SqliteKill, NothingAcknowledgedIsLostAndNothingIsCorrupt) {
  const int kills = from_environment("CASTNER_KILLS", 25);
  const int seed = from_environment("CASTNER_SEED", 20'261'123);
  std::printf("%d kills, seed %d\n", kills, seed);
  std::mt19937 random(static_cast<unsigned>(seed));
  const ScratchFolder folder;
  const auto path = folder.path() + "/a.db";
  std::set<std::int64_t> acknowledged[kThreads];
  std::int64_t first[kThreads] = {};
  std::uint64_t not_acknowledged = 0, most_waiting = 0;

  for (int k = 0; k < kills; ++k) {
    const milliseconds after(std::uniform_int_distribution(2, 250)(random));
    const auto heard = run_and_kill(path, first, after);
    for (const auto& a : heard)
      for (auto n = a.first; n < a.first + a.count; ++n) acknowledged[a.thread].insert(n);

    if (!std::filesystem::exists(path)) continue;
    const auto store = SqliteStore::open(path, kOptions);
    ASSERT_TRUE(store) << "after kill " << k << ": " << store.error().text();
    most_waiting = std::max(most_waiting, (*store)->health().waiting);
    for (std::uint32_t t = 0; t < kThreads; ++t) {
      const auto tag = (*store)->find("tag " + std::to_string(t));
      if (!tag) {
        ASSERT_TRUE(acknowledged[t].empty());
        continue;
      }
      // Long files: only what this kill can have touched, and everything after the last one.
      const auto from = k + 1 == kills ? Time::min() : Time(std::chrono::seconds(1'700'000'000 + first[t] - 4000));
      const auto all = (*store)->read({tag->id, from}, std::size_t{1} << 30);
      ASSERT_TRUE(all) << all.error().text();
      std::set<std::int64_t> there;
      for (const auto& r : *all) {
        const auto n = place(t, r);
        ASSERT_TRUE(same_reading(r, expected(t, n)))
            << "corrupt after kill " << k << ": thread " << t << ", reading " << n;
        ASSERT_TRUE(there.insert(n).second);
      }
      for (auto it = acknowledged[t].lower_bound(k + 1 == kills ? 0 : first[t]); it != acknowledged[t].end(); ++it)
        ASSERT_TRUE(there.contains(*it)) << "lost by kill " << k << ": thread " << t << ", reading " << *it;
      for (const auto n : there) not_acknowledged += !acknowledged[t].contains(n) && n >= first[t];
      const auto last =
          std::max(there.empty() ? -1 : *there.rbegin(), acknowledged[t].empty() ? -1 : *acknowledged[t].rbegin());
      first[t] = std::max(first[t], (last / 8 + 1) * 8);
    }
  }
  const auto found = verify_file(path);
  ASSERT_TRUE(found);
  EXPECT_TRUE(found->problems.empty()) << found->problems.front();
  std::size_t total = 0;
  for (const auto& a : acknowledged) {
    EXPECT_FALSE(a.empty());
    total += a.size();
  }
  EXPECT_GT(found->chunks, 0u);
  EXPECT_GT(most_waiting, 0u) << "no kill came while readings waited, which is what it is about";
  std::printf("%zu readings acknowledged, 0 lost; %llu more had become durable without the word getting out\n", total,
              static_cast<unsigned long long>(not_acknowledged));
}

}  // namespace castner::historian

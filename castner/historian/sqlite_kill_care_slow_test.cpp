// SPDX-License-Identifier: Apache-2.0
// A program is killed in the middle of a backup or of a deletion: the copy is whole or not there, the readings that were to stay
// are all there, and the next program goes on. CASTNER_KILLS and CASTNER_SEED as in sqlite_kill_slow_test.cpp.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <random>

#include "castner/historian/known_readings_test.h"
#include "castner/historian/sqlite_care.h"
#include "castner/historian/sqlite_store.h"
#include "tests/support/killed_child.h"
#include "tests/support/scratch_folder.h"

namespace castner::historian {
namespace {

using std::chrono::hours;
using std::chrono::microseconds;
using std::chrono::seconds;
using std::chrono::steady_clock;

class Kills {
 public:
  Kills() : random_(static_cast<unsigned>(setting("CASTNER_SEED", 20'261'129))) {}
  int count() const { return setting("CASTNER_KILLS", 25); }
  /// Some time up to a little more than what the work takes.
  microseconds moment_in(steady_clock::duration work) {
    const auto most = std::chrono::duration_cast<microseconds>(work).count() * 5 / 4;
    return microseconds(std::uniform_int_distribution<std::int64_t>(0, most)(random_));
  }

 private:
  static int setting(const char* name, int otherwise) {
    const char* text = std::getenv(name);
    return text ? std::atoi(text) : otherwise;
  }
  std::mt19937 random_;
};

Time after(std::chrono::nanoseconds age) { return Time(seconds(1'700'000'000)) + age; }

constexpr seconds kStep{60};
constexpr hours kKept{24 * 10}, kSeldom{24};

/// What a tag says at a time; the laboratory's value is wrong at first, and corrected two days later.
TaggedReading fast_one(TagId tag, Time t) {
  return {tag, {t, static_cast<double>(t.time_since_epoch() / kStep % 997), readings::StatusCode::good, t}};
}
TaggedReading seldom_one(TagId tag, Time t, bool right) {
  return {tag, {t, right ? 1.0 : -1.0, readings::StatusCode::good, right ? t + hours(48) : t}};
}

/// An hour of both tags, the n-th.
void append_hour(Store& store, TagId fast, TagId seldom, std::int64_t n) {
  std::vector<TaggedReading> some;
  for (auto t = after(hours(n)); t < after(hours(n + 1)); t += kStep) some.push_back(fast_one(fast, t));
  if (n % 24 == 0) {
    some.push_back(seldom_one(seldom, after(hours(n)), false));
    if (n >= 48) some.push_back(seldom_one(seldom, after(hours(n - 48)), true));
  }
  if (!store.append(some)) _exit(3);
}

/// What is not older than this hour is there, from some moment on without a hole, and a correction counts where it came.
void expect_nothing_missing(const Store& store, TagId fast, TagId seldom, std::int64_t limit) {
  const auto all = store.read({fast}, 1 << 20).value(), days = store.read({seldom}, 1 << 20).value();
  ASSERT_FALSE(all.empty());
  EXPECT_LE(all.front().time, after(hours(std::max<std::int64_t>(0, limit)))) << "more is gone than was to go";
  for (std::size_t k = 1; k < all.size(); ++k) ASSERT_EQ(all[k].time - all[k - 1].time, kStep) << k;
  for (std::size_t k = 0; k < days.size(); ++k) {
    if (k > 0) {
      ASSERT_EQ(days[k].time - days[k - 1].time, kSeldom) << k;
    }
    const bool corrected = days[k].time + hours(48) <= days.back().time;
    ASSERT_EQ(days[k].value, readings::Value(corrected ? 1.0 : -1.0)) << k;
  }
}

}  // namespace

TEST(SqliteKill, ABackupIsWholeOrNotThere) {
  Kills kills;
  const ScratchFolder folder;
  const auto path = folder.path() + "/a.db", copy = folder.path() + "/copy.db";
  constexpr std::int64_t kReadings = 60'000;
  {
    const auto store = SqliteStore::open(path).value();
    const auto tag = store->define("x", "").value();
    std::vector<TaggedReading> some;
    for (std::int64_t n = 0; n < kReadings; ++n) some.push_back({tag, known_reading(1, n)});
    ASSERT_TRUE(store->append(some) && store->settle());
  }
  const auto began = steady_clock::now();
  ASSERT_TRUE(backup_file(path, copy));
  const auto takes = steady_clock::now() - began;
  std::filesystem::remove(copy);
  int killed = 0;
  for (int k = 0; k < kills.count(); ++k) {
    killed += runs_until_killed([&] { (void)backup_file(path, copy); }, kills.moment_in(takes));
    if (!std::filesystem::exists(copy)) continue;
    const auto found = verify_file(copy);
    ASSERT_TRUE(found) << found.error().text();
    EXPECT_TRUE(found->problems.empty()) << found->problems.front();
    EXPECT_EQ(found->readings, static_cast<std::uint64_t>(kReadings));
    std::filesystem::remove(copy);
  }
  EXPECT_GT(killed, 0) << "no kill came while it was being made, which is what it is about";
  ASSERT_TRUE(backup_file(path, copy)) << "a part that was left behind is in nobody's way";
  EXPECT_FALSE(std::filesystem::exists(copy + ".part"));
  EXPECT_EQ(verify_file(copy)->readings, static_cast<std::uint64_t>(kReadings));
}

TEST(SqliteKill, ADeletionTakesNothingElseAndGoesOn) {
  Kills kills;
  const ScratchFolder folder;
  const auto path = folder.path() + "/a.db";
  const historian::Retention rule[] = {{"*", kKept}};
  TagId fast, seldom;
  {
    const auto store = SqliteStore::open(path).value();
    fast = store->define("FI-1", "").value();
    seldom = store->define("LAB-1", "").value();
    ASSERT_TRUE(store->set_retention(rule));
  }
  // Hour by hour, each with its deletion; chunks are small and many, and much of the time one is being deleted.
  constexpr SqliteOptions kSmall{.flush_step = std::chrono::milliseconds(0), .memtable_readings = 300};
  std::int64_t hour = 0;
  int killed = 0;
  const auto run = [&](std::int64_t until) {
    const auto store = SqliteStore::open(path, kSmall).value();
    for (auto n = hour; n < until; ++n) {
      append_hour(*store, fast, seldom, n);
      if (!store->forget(after(hours(n + 1)), Deletion::usual)) _exit(4);
    }
  };
  for (int k = 0; k < kills.count(); ++k) {
    killed += runs_until_killed([&] { run(hour + 10'000); },
                                microseconds(15'000) + kills.moment_in(std::chrono::milliseconds(150)));
    const auto store = SqliteStore::open(path, kSmall).value();
    const auto newest = store->latest(std::span(&fast, 1)).value().front();
    if (!newest) continue;
    hour = (newest->time - after({})) / hours(1) + 1;
    SCOPED_TRACE("after kill " + std::to_string(k) + ", hour " + std::to_string(hour));
    ASSERT_NO_FATAL_FAILURE(expect_nothing_missing(*store, fast, seldom, hour - kKept.count()));
  }
  EXPECT_EQ(killed, kills.count());
  const auto end = std::max<std::int64_t>(hour, kKept.count()) + 24 * 5;
  run(end);
  const auto store = SqliteStore::open(path).value();
  ASSERT_NO_FATAL_FAILURE(expect_nothing_missing(*store, fast, seldom, end - kKept.count()));
  for (const auto tag : {fast, seldom})
    EXPECT_GE(store->read({tag}, 1)->front().time, after(hours(end) - kKept - hours(50))) << "what is old goes";
  const auto found = verify_file(path).value();
  EXPECT_TRUE(found.problems.empty()) << found.problems.front();
}

}  // namespace castner::historian

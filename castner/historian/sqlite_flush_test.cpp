// SPDX-License-Identifier: Apache-2.0
// Readings come, are flushed, read and forgotten all at once: each is seen once, before, while and after it is flushed.
#include <gtest/gtest.h>

#include <atomic>
#include <set>
#include <thread>

#include "castner/historian/sqlite_care.h"
#include "castner/historian/sqlite_db.h"
#include "castner/historian/sqlite_store.h"
#include "tests/support/scratch_folder.h"

namespace castner::historian {
namespace {

using std::chrono::seconds;

constexpr int kWriters = 3, kBatches = 60, kTogether = 40;
// A tag at a time, and often: so that forgetting meets readings that are being flushed.
constexpr SqliteOptions kFlushOften{.flush_step = std::chrono::milliseconds(0), .memtable_readings = 300};

Time second(std::int64_t s) { return Time(seconds(1'800'000'000 + s)); }
double value_at(Time t) { return static_cast<double>(t.time_since_epoch().count() / 1'000'000'000 % 1000) / 10; }

/// Ascending, none twice, each with its value and what it was corrected from in the same moment; how many times.
std::size_t count_of(const Store& store, TagId tag) {
  const auto all = store.versions({tag}, 1 << 20);
  EXPECT_TRUE(all);
  if (!all) return 0;
  EXPECT_EQ(all->size() % 2, 0u);
  for (std::size_t i = 0; i + 1 < all->size(); i += 2) {
    const auto &wrong = (*all)[i], &right = (*all)[i + 1];
    EXPECT_EQ(wrong.value, readings::Value(-1.0));
    EXPECT_EQ(right.value, readings::Value(value_at(right.time)));
    EXPECT_EQ(wrong.time, right.time);
    EXPECT_TRUE(i == 0 || (*all)[i - 1].time < wrong.time) << "seen twice, or out of order";
  }
  return all->size() / 2;
}

TEST(SqliteFlush, EveryReadingIsSeenOnceWhileItIsFlushedAndOldOnesAreForgotten) {
  const ScratchFolder folder;
  const auto path = folder.path() + "/a.db";
  constexpr std::int64_t kAll = kWriters * kBatches * kTogether;
  std::vector<TagId> kept, forgotten;
  {
    const auto store = SqliteStore::open(path, kFlushOften).value();
    for (int i = 0; i < 4; ++i) {
      kept.push_back(store->define("kept" + std::to_string(i), "").value());
      forgotten.push_back(store->define("old" + std::to_string(i), "").value());
    }
    const Retention rules[] = {{"old*", seconds(kAll / 4)}};
    ASSERT_TRUE(store->set_retention(rules));
    std::atomic<bool> over{false};
    std::atomic<std::uint64_t> gone{0};
    std::thread reader([&] {
      for (std::size_t before = 0; !over;) {
        const auto now = count_of(*store, kept[0]);
        EXPECT_GE(now, before) << "what was there stays there";
        before = now;
        count_of(*store, forgotten[0]);
      }
    });
    std::thread forgetter([&] {
      while (!over) {
        const auto n = store->forget(second(kAll), Deletion::usual);
        EXPECT_TRUE(n);
        gone += n.value_or(Forgotten{}).gone;
        EXPECT_EQ(n.value_or(Forgotten{}).waiting, 0u);
        std::this_thread::sleep_for(std::chrono::milliseconds(2));  // for so long chunks grow and are merged
      }
    });
    std::vector<std::thread> writers;
    for (int w = 0; w < kWriters; ++w)
      writers.emplace_back([&, w] {
        // Each writer has every third batch, so that they come out of order.
        for (int b = 0; b < kBatches; ++b) {
          std::vector<TaggedReading> batch;
          for (int i = 0; i < kTogether; ++i) {
            const auto t = second((b * kWriters + w) * kTogether + i);
            for (const auto* tags : {&kept, &forgotten})
              for (const auto tag : *tags)
                for (const auto value : {-1.0, value_at(t)})
                  batch.push_back({tag, {t, value, readings::StatusCode::good, t}});
          }
          EXPECT_TRUE(store->append(batch));
        }
      });
    for (auto& w : writers) w.join();
    over = true;
    reader.join();
    forgetter.join();
    for (const auto tag : kept) EXPECT_EQ(count_of(*store, tag), static_cast<std::size_t>(kAll));
    EXPECT_GT(gone, 0u) << "nothing was forgotten while readings came, which is what it is about";
    std::size_t left = 0;
    for (const auto tag : forgotten) left += 2 * count_of(*store, tag);
    EXPECT_EQ(gone + left, 2 * forgotten.size() * kAll) << "what is forgotten goes once and does not come back";
    ASSERT_TRUE(store->settle());
    ASSERT_TRUE(store->forget(second(kAll), Deletion::usual));
  }
  const auto store = SqliteStore::open(path, kFlushOften).value();
  for (const auto tag : kept) EXPECT_EQ(count_of(*store, tag), static_cast<std::size_t>(kAll));
  for (const auto tag : forgotten) {
    EXPECT_EQ(store->read({tag, second(kAll - kAll / 4)}, 1 << 20)->size(), static_cast<std::size_t>(kAll / 4));
    EXPECT_LT(count_of(*store, tag), static_cast<std::size_t>(kAll)) << "old ones are gone";
  }
  EXPECT_TRUE(verify_file(path)->problems.empty());
}

/// Chunks in the file, all of whose readings are sound.
std::uint64_t chunks_in(const std::string& path) {
  const auto found = verify_file(path);
  EXPECT_TRUE(found && found->problems.empty());
  return found ? found->chunks : 0;
}

TEST(SqliteFlush, SettlingMakesOneOfSmallChunksThoughNothingWaits) {
  const ScratchFolder folder;
  const auto path = folder.path() + "/a.db";
  const auto store = SqliteStore::open(path, {.memtable_readings = 300}).value();
  const auto tags = store->define_all(std::vector<TagName>{{"a", ""}, {"b", ""}}).value();
  const auto flush_once = [&](int round) {  // so many that they are flushed, and none is left over
    std::vector<TaggedReading> batch;
    for (int i = 0; i < 150; ++i)
      for (const auto tag : tags)
        batch.push_back({tag, {second(150 * round + i), 0.5 * i, readings::StatusCode::good, second(150 * round + i)}});
    ASSERT_TRUE(store->append(batch));
    while (store->health().waiting > 0) std::this_thread::sleep_for(std::chrono::milliseconds(1));
  };
  for (int round = 0; round < 3; ++round) flush_once(round);
  EXPECT_EQ(chunks_in(path), 6u) << "so few are not merged at once";
  ASSERT_TRUE(store->settle());
  EXPECT_EQ(chunks_in(path), 2u);
  ASSERT_TRUE(store->settle());
  EXPECT_EQ(chunks_in(path), 2u);
  flush_once(3);
  ASSERT_TRUE(store->settle());
  EXPECT_EQ(chunks_in(path), 2u);
  for (const auto tag : tags) {
    const auto all = store->read({tag}, 1000);
    ASSERT_TRUE(all && all->size() == 600u);
    for (int i = 0; i < 600; ++i) EXPECT_EQ((*all)[static_cast<std::size_t>(i)].time, second(i));
  }
}

TEST(SqliteFlush, ReadingsOvertakenByOthersEndInTheSameChunks) {
  const ScratchFolder folder;
  const auto inventory = [&](const std::string& name, bool overtaking) {
    const auto path = folder.path() + name;
    const auto store = SqliteStore::open(path, kFlushOften).value();
    const auto tag = store->define("a", "").value();
    for (int b = 0; b < 200; ++b) {
      // One overtakes another where ten bodies, 300 readings, become chunks.
      const bool overtaken = overtaking && b > 0 && b < 199;
      const auto k = overtaken && b % 10 == 9 ? b + 1 : overtaken && b % 10 == 0 ? b - 1 : b;
      std::vector<TaggedReading> body;
      for (int i = 0; i < 30; ++i) {
        const auto t = second(k * 30 + i);
        body.push_back({tag, {t, value_at(t), readings::StatusCode::good, second(10'000 + b)}});
      }
      EXPECT_TRUE(store->append(body));
    }
    EXPECT_TRUE(store->settle());
    const auto all = store->read({tag}, 1 << 20);
    EXPECT_EQ(all->size(), 6000u);
    for (const auto& r : *all) EXPECT_EQ(r.value, readings::Value(value_at(r.time)));
    return verify_file(path).value();
  };
  const auto straight = inventory("/straight.db", false), crossed = inventory("/crossed.db", true);
  EXPECT_TRUE(crossed.problems.empty());
  EXPECT_EQ(crossed.readings, straight.readings);
  EXPECT_LE(crossed.chunks, straight.chunks + 1) << "late ones that stay by themselves cost a row each";
}

TEST(SqliteFlush, LateReadingsAreMergedWithWhatIsCompactedAndNothingElse) {
  const ScratchFolder folder;
  const auto path = folder.path() + "/a.db";
  const auto store = SqliteStore::open(path, {.memtable_readings = 1000}).value();
  const auto tags = store->define_all(std::vector<TagName>{{"across", ""}, {"within", ""}}).value();
  std::vector<TaggedReading> batch;
  const auto say = [&](TagId tag, int from, int to, double value) {
    for (int i = from; i < to; ++i)
      batch.push_back({tag, {second(i), value, readings::StatusCode::good, second(100'000)}});
  };
  const auto flush = [&] {
    ASSERT_TRUE(store->append(batch));
    batch.clear();
    while (store->health().waiting > 0) std::this_thread::sleep_for(std::chrono::milliseconds(1));
  };
  for (const auto tag : tags) say(tag, 0, 11'500, 1.0);  // a full chunk, which is not packed again
  flush();
  for (const auto tag : tags) say(tag, 11'500, 12'100, 1.0);
  flush();
  EXPECT_EQ(chunks_in(path), 4u);
  say(tags[0], 11'200, 11'800, 2.0);  // reaches into both
  say(tags[1], 11'500, 12'100, 2.0);
  flush();
  EXPECT_EQ(chunks_in(path), 6u);
  for (const auto tag : tags) {
    say(tag, 10'700, 11'100, 3.0);  // late for the full one
    say(tag, 12'100, 12'120, 1.0);
  }
  ASSERT_TRUE(store->append(batch));
  ASSERT_TRUE(store->settle());
  const auto found = verify_file(path).value();
  EXPECT_TRUE(found.problems.empty()) << found.problems.front();
  EXPECT_EQ(found.readings, 2u * (11'500 + 600 + 600 + 400 + 20)) << "each is there once, corrected ones too";
  EXPECT_EQ(found.chunks, 6u) << "of `within` the late ones became one with the newest chunk";
  const auto value_of = [&](TagId tag, int i) {
    return store->read({tag, second(i), second(i + 1)}, 1)->front().value;
  };
  for (const auto tag : tags) {
    EXPECT_EQ(store->read({tag}, 1 << 20)->size(), 12'120u);
    EXPECT_EQ(value_of(tag, 10'800), readings::Value(3.0));
    EXPECT_EQ(value_of(tag, 11'700), readings::Value(2.0));
    EXPECT_EQ(value_of(tag, 12'110), readings::Value(1.0));
  }
  EXPECT_EQ(value_of(tags[0], 11'300), readings::Value(2.0));
}

TEST(SqliteFlush, ALongColumnBecomesSeveralRowsOfTheLog) {
  const ScratchFolder folder;
  const auto path = folder.path() + "/a.db";
  constexpr int kInBlock = 131'072, kAll = 2 * kInBlock + 1000;
  std::vector<Time> times;
  std::vector<double> values;
  for (int i = 0; i < kAll; ++i) {
    times.push_back(second(i));
    values.push_back(i % 1000);
  }
  {
    const auto store = SqliteStore::open(path).value();
    const auto tags = store->define_all(std::vector<TagName>{{"a", ""}, {"b", ""}}).value();
    const auto few = std::span(times).first(500);
    const Numbers columns[] = {{tags[0], few, std::span<const double>(values).first(500)}, {tags[1], times, values}};
    ASSERT_TRUE(store->append(columns));
  }
  EXPECT_EQ(Db::open(path, Db::Mode::read_write)->number("SELECT count(*) FROM journal"), 3);
  const auto store = SqliteStore::open(path).value();
  EXPECT_EQ(store->read({store->find("a")->id}, 1 << 20)->size(), 500u);
  const auto all = store->read({store->find("b")->id}, 1 << 20).value();
  ASSERT_EQ(all.size(), static_cast<std::size_t>(kAll));
  for (std::size_t i = 0; i < all.size(); ++i) ASSERT_EQ(all[i].value, readings::Value(values[i])) << i;
}

}  // namespace
}  // namespace castner::historian

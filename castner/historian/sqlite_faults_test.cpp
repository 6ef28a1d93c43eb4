// SPDX-License-Identifier: Apache-2.0
// Full, dying and read-only disks: what was acknowledged stays, what was not says so, and the store goes on afterwards.
#include <gtest/gtest.h>

#include <map>
#include <thread>

#include "castner/historian/known_readings_test.h"
#include "castner/historian/sqlite_care.h"
#include "castner/historian/sqlite_db.h"
#include "castner/historian/sqlite_store.h"
#include "tests/support/refusing_vfs.h"
#include "tests/support/scratch_folder.h"

namespace castner::historian {
namespace {

constexpr SqliteOptions kOptions{
    .flush_step = std::chrono::milliseconds(0), .vfs = RefusingVfs::kName, .memtable_readings = 60};

Result<void> append(Store& store, TagId tag, std::int64_t first, std::int64_t n) {
  std::vector<TaggedReading> some;
  for (auto i = first; i < first + n; ++i) some.push_back({tag, known_reading(1, i)});
  return store.append(some);
}

/// Every acknowledged reading is there, and none that is there is wrong.
void expect_all(const Store& store, TagId tag, const std::map<std::int64_t, bool>& acknowledged) {
  const auto all = store.read({tag}, 1 << 20);
  ASSERT_TRUE(all) << all.error().text();
  std::map<std::int64_t, int> there;
  for (const auto& r : *all) {
    const auto n = place_of(r);
    ++there[n];
    ASSERT_TRUE(readings::same_reading(r, known_reading(1, n))) << n;
  }
  for (const auto& [n, yes] : acknowledged)
    if (yes) {
      ASSERT_EQ(there[n], 1) << n;
    }
}

/// The disk refuses from its n-th write on, for a while. True where it came to that.
bool run_with_refusal(std::int64_t n, int code) {
  auto& disk = RefusingVfs::get();
  disk.allow();
  const ScratchFolder folder;
  const auto path = folder.path() + "/a.db";
  std::map<std::int64_t, bool> acknowledged;
  bool refused = false;
  {
    const auto store = SqliteStore::open(path, kOptions);
    EXPECT_TRUE(store);
    const auto tag = (*store)->define("x", "").value();
    std::int64_t next = 0;
    const auto round = [&] {
      const auto done = append(**store, tag, next, 8);
      if (!done) {
        refused = true;
        EXPECT_EQ(done.error().code, ErrorCode::world_refused);
        EXPECT_NE((*store)->health().last_error, "");
      }
      for (auto i = next; i < next + 8; ++i) acknowledged[i] = done.has_value();
      next += 8;
    };
    disk.refuse_from(n, code);
    for (int i = 0; i < 30; ++i) round();
    refused |= disk.refused() > 0 && !(*store)->settle();
    expect_all(**store, tag, acknowledged);
    disk.allow();
    const bool before = refused;
    refused = false;
    for (int i = 0; i < 10; ++i) round();
    EXPECT_FALSE(refused) << "the disk is well again";
    refused = before;
    expect_all(**store, tag, acknowledged);
    EXPECT_TRUE((*store)->settle());
    expect_all(**store, tag, acknowledged);
  }
  const auto store = SqliteStore::open(path, kOptions);
  EXPECT_TRUE(store);
  expect_all(**store, (*store)->find("x")->id, acknowledged);
  const auto found = verify_file(path);
  EXPECT_TRUE(found);
  EXPECT_TRUE(found->problems.empty()) << found->problems.front();
  return refused;
}

}  // namespace

// Between one append and thirty with their flushing lie some hundred writes; every one of them may be the first refused.
TEST(SqliteFaults, AFullDiskLosesNothingAcknowledgedAndIsOvercome) {
  int refusals = 0;
  for (std::int64_t n = 1; n < 120; n += 7) refusals += run_with_refusal(n, SQLITE_FULL);
  EXPECT_GE(refusals, 15);
}

TEST(SqliteFaults, ADyingDiskLosesNothingAcknowledgedAndIsOvercome) {
  for (std::int64_t n = 2; n < 60; n += 9) EXPECT_TRUE(run_with_refusal(n, SQLITE_IOERR_WRITE)) << n;
}

TEST(SqliteFaults, AReadOnlyDiskRefusesWithACure) {
  RefusingVfs::get().allow();
  const ScratchFolder folder;
  const auto store = SqliteStore::open(folder.path() + "/a.db", kOptions);
  ASSERT_TRUE(store);
  const auto tag = (*store)->define("x", "").value();
  ASSERT_TRUE(append(**store, tag, 0, 8));
  RefusingVfs::get().refuse_from(1, SQLITE_READONLY);
  const auto done = append(**store, tag, 8, 8);
  ASSERT_FALSE(done);
  EXPECT_NE(done.error().text().find("let the server's account write"), std::string::npos) << done.error().text();
  EXPECT_FALSE((*store)->define("y", ""));
  EXPECT_FALSE((*store)->open_gaps(std::vector<Gap>{{tag, Time(), {}, "why"}}));
  EXPECT_EQ((*store)->read({tag}, 100)->size(), 8u);
  RefusingVfs::get().allow();
  EXPECT_TRUE((*store)->define("y", ""));
  EXPECT_TRUE((*store)->gaps(Time::min(), Time::max())->empty());
}

TEST(SqliteFaults, AFullDiskAtTheStartIsSaid) {
  const ScratchFolder folder;
  RefusingVfs::get().refuse_from(1, SQLITE_FULL);
  const auto store = SqliteStore::open(folder.path() + "/a.db", kOptions);
  RefusingVfs::get().allow();
  ASSERT_FALSE(store);
  EXPECT_EQ(store.error().code, ErrorCode::world_refused);
}

/// A disk that takes the log but no chunks, as one with a few free pages left.
class ChunksRefused : public ::testing::Test {
 protected:
  explicit ChunksRefused(SqliteOptions options = {.memtable_readings = 60}) {
    store_ = SqliteStore::open(path_, options).value();
    tag_ = store_->define("x", "").value();
    sql("CREATE TRIGGER refuses BEFORE INSERT ON chunks BEGIN SELECT RAISE(ABORT, 'no room for a chunk'); END");
  }
  void take_chunks_again() const { sql("DROP TRIGGER refuses"); }
  bool is_told() const { return store_->health().last_error.find("no room for a chunk") != std::string::npos; }
  void wait_until_told() const {
    for (int k = 0; k < 500 && !is_told(); ++k) std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }

  std::unique_ptr<SqliteStore> store_;
  TagId tag_{};

 private:
  void sql(const std::string& text) const {
    auto db = Db::open(path_, Db::Mode::read_write).value();
    const auto done = db.run(text);
    EXPECT_TRUE(done) << done.error().text();
  }
  const ScratchFolder folder_;
  const std::string path_ = folder_.path() + "/a.db";
};

TEST_F(ChunksRefused, IsToldThoughAppendsSucceedUntilAFlushSucceeds) {
  ASSERT_TRUE(append(*store_, tag_, 0, 64));
  wait_until_told();
  for (int i = 64; i < 100; ++i) {
    ASSERT_TRUE(append(*store_, tag_, i, 1));
    EXPECT_TRUE(is_told()) << i;
  }
  take_chunks_again();
  EXPECT_TRUE(store_->settle());
  EXPECT_EQ(store_->health().last_error, "");
  EXPECT_EQ(store_->read({tag_}, 1000)->size(), 100u);
}

TEST_F(ChunksRefused, BoundsTheReadingsInMemory) {
  std::int64_t n = 0;
  while (n < 1000 && append(*store_, tag_, n, 8)) n += 8;
  EXPECT_GE(n, 60);
  EXPECT_LE(n, 2 * 60 + 8);
  take_chunks_again();
  EXPECT_TRUE(append(*store_, tag_, n, 8));
  EXPECT_EQ(store_->read({tag_}, 1000)->size(), static_cast<std::size_t>(n + 8));
}

class ChunksOfTextRefused : public ChunksRefused {
 protected:
  ChunksOfTextRefused() : ChunksRefused(SqliteOptions()) {}
};
TEST_F(ChunksOfTextRefused, BoundsTheTextsInMemory) {
  constexpr std::size_t kTogether = 64, kMiB = std::size_t{1} << 20;
  const std::string text(Store::kMostText, 'x');
  std::size_t n = 0;
  const auto append_some = [&] {
    std::vector<TaggedReading> some;
    for (std::size_t i = 0; i < kTogether; ++i) {
      const Time t(std::chrono::seconds(n + i));
      some.push_back({tag_, {t, text, readings::StatusCode::good, t}});
    }
    if (!store_->append(some)) return false;
    n += kTogether;
    return true;
  };
  while (n * text.size() < 200 * kMiB && append_some()) continue;
  EXPECT_GE(n * text.size(), 32 * kMiB);
  EXPECT_LE(n * text.size(), 2 * 32 * kMiB + kTogether * text.size());
  take_chunks_again();
  EXPECT_TRUE(append_some());
  EXPECT_EQ(store_->read({tag_}, 1 << 20)->size(), n);
}

}  // namespace castner::historian

// SPDX-License-Identifier: Apache-2.0
#include "castner/historian/sqlite_care.h"

#include <gtest/gtest.h>
#include <sqlite3.h>
#include <sys/stat.h>

#include <filesystem>
#include <fstream>
#include <thread>

#include "castner/historian/known_readings_test.h"
#include "castner/historian/sqlite_db.h"
#include "castner/historian/sqlite_store.h"
#include "tests/support/scratch_folder.h"

namespace castner::historian {
namespace {

class Care : public ::testing::Test {
 protected:
  /// Two tags; of each 12000 readings in chunks and 40 that wait.
  void fill() {
    auto store = SqliteStore::open(path_).value();
    for (std::uint32_t t = 1; t <= 2; ++t) {
      const auto tag = store->define("tag " + std::to_string(t), "V").value();
      put(*store, tag, t, 0, 12000);
    }
    ASSERT_TRUE(store->settle());
    for (std::uint32_t t = 1; t <= 2; ++t) put(*store, store->find("tag " + std::to_string(t))->id, t, 12000, 12040);
    ASSERT_TRUE(store->open_gaps(std::vector<Gap>{{TagId(1), Time(), {}, "device died"}}));
    ASSERT_TRUE(store->set_retention(std::vector<Retention>{{"*", std::chrono::hours(24 * 3650)}}));
  }
  static void put(Store& store, TagId tag, std::uint32_t t, std::int64_t from, std::int64_t to) {
    std::vector<TaggedReading> some;
    for (auto n = from; n < to; ++n) some.push_back({tag, known_reading(t, n)});
    ASSERT_TRUE(store.append(some));
  }
  static void expect_whole(const std::string& path, std::uint32_t t, std::size_t n) {
    const auto store = SqliteStore::open(path).value();
    const auto all = store->read({store->find("tag " + std::to_string(t))->id}, 1 << 20).value();
    EXPECT_EQ(all.size(), n);
    for (const auto& r : all) ASSERT_TRUE(readings::same_reading(r, known_reading(t, place_of(r))));
  }
  void sql(const std::string& text) const {
    sqlite3* db = nullptr;
    ASSERT_EQ(sqlite3_open(path_.c_str(), &db), SQLITE_OK);
    char* error = nullptr;
    EXPECT_EQ(sqlite3_exec(db, text.c_str(), nullptr, nullptr, &error), SQLITE_OK) << error;
    sqlite3_close(db);
  }

  ScratchFolder folder_;
  const std::string path_ = folder_.path() + "/a.db", copy_ = folder_.path() + "/copy.db";
};

}  // namespace

TEST_F(Care, ASoundFileIsSound) {
  fill();
  const auto found = verify_file(path_).value();
  EXPECT_TRUE(found.problems.empty()) << found.problems.front();
  EXPECT_EQ(found.tags, 2u);
  EXPECT_EQ(found.readings, 24080u);
  EXPECT_EQ(found.waiting, 80u);
  EXPECT_EQ(found.gaps, 1u);
}

TEST_F(Care, TheFileHasThePagesThatChunksAreCutFor) {
  fill();
  sqlite3* db = nullptr;
  ASSERT_EQ(sqlite3_open(path_.c_str(), &db), SQLITE_OK);
  const auto ask = [&](const char* what) {
    std::string answer;
    const auto note = [](void* to, int, char** text, char**) { return *static_cast<std::string*>(to) = text[0], 0; };
    sqlite3_exec(db, what, note, &answer, nullptr);
    return answer;
  };
  EXPECT_EQ(ask("PRAGMA page_size"), "8192");
  EXPECT_EQ(ask("PRAGMA auto_vacuum"), "2");  // incremental
  EXPECT_EQ(ask("PRAGMA journal_mode"), "wal");
  sqlite3_close(db);
}

TEST_F(Care, OpeningAndReadingWritesNothing) {
  fill();
  const auto read_it = [&] {
    const auto store = SqliteStore::open(path_).value();
    EXPECT_TRUE(store->read({TagId(1)}, 1));
    return std::filesystem::file_size(path_ + "-wal");
  };
  EXPECT_EQ(read_it(), 0u) << "a full disk has no room for a page";
  // What it needs when it is opened again is there already.
  EXPECT_EQ(std::filesystem::file_size(path_ + "-shm"), 32768u);
  EXPECT_TRUE(verify_file(path_)) << "a program that reads beside it must not take the log away either";
  EXPECT_TRUE(std::filesystem::exists(path_ + "-wal"));
  EXPECT_EQ(read_it(), 0u);
}

TEST_F(Care, ABackupMadeWhileWritingIsAWholeFile) {
  fill();
  {
    const auto store = SqliteStore::open(path_, {.memtable_readings = 50}).value();
    std::jthread writer([&](const std::stop_token& stop) {
      for (std::int64_t n = 12040; !stop.stop_requested(); n += 8) put(*store, TagId(1), 1, n, n + 8);
    });
    const auto found = backup_file(path_, copy_);
    ASSERT_TRUE(found) << found.error().text();
    EXPECT_TRUE(found->problems.empty()) << found->problems.front();
    EXPECT_GE(found->readings, 24080u);
  }
  expect_whole(copy_, 2, 12040);
  EXPECT_FALSE(std::filesystem::exists(copy_ + ".part"));
  EXPECT_EQ(backup_file(path_, copy_).error().code, ErrorCode::bad_input);
}

TEST_F(Care, NobodyElseReadsTheFileItsLogsOrItsCopies) {
  const auto mode = [](const std::string& path) {
    struct stat info {};
    return ::stat(path.c_str(), &info) == 0 ? static_cast<int>(info.st_mode & 07777) : -1;
  };
  const auto before = ::umask(0);  // as careless as it can be
  {
    const auto store = SqliteStore::open(path_).value();
    put(*store, store->define("tag 1", "V").value(), 1, 0, 40);
    for (const char* suffix : {"", "-wal", "-shm", "-writer"}) EXPECT_EQ(mode(path_ + suffix), 0600) << suffix;
    ASSERT_TRUE(backup_file(path_, copy_));
    EXPECT_EQ(mode(copy_), 0600);
  }
  ASSERT_TRUE(repair_file(path_, copy_ + ".repaired"));
  EXPECT_EQ(mode(copy_ + ".repaired"), 0600);
  // A file of an earlier Castner: others lose it, the service's group keeps what it was given.
  for (const auto& [was, is] : {std::pair{0644, 0640}, {0666, 0660}, {0640, 0640}, {0600, 0600}}) {
    ASSERT_EQ(::chmod(path_.c_str(), static_cast<mode_t>(was)), 0);
    const auto store = SqliteStore::open(path_).value();
    put(*store, TagId(1), 1, 40, 41);
    for (const char* suffix : {"", "-wal", "-shm"}) EXPECT_EQ(mode(path_ + suffix), is) << suffix;
  }
  ::umask(before);
}

TEST_F(Care, AnotherProgramsFileKeepsItsMode) {
  const auto other = folder_.path() + "/other.db";
  ASSERT_TRUE(Db::open(other, Db::Mode::create)->run("CREATE TABLE chunks(a); CREATE TABLE account(b)"));
  ASSERT_EQ(::chmod(other.c_str(), 0644), 0);
  EXPECT_FALSE(SqliteStore::open(other));
  struct stat info {};
  ASSERT_EQ(::stat(other.c_str(), &info), 0);
  EXPECT_EQ(info.st_mode & 07777, 0644u);
}

TEST_F(Care, AMistypedPathLeavesNothingBehindAndIsToldWhatIsThere) {
  fill();
  const auto nothing = folder_.path() + "/nosuch.db";
  for (const auto& refused :
       {repair_file(nothing, copy_).error(), verify_file(nothing).error(), backup_file(nothing, copy_).error()}) {
    EXPECT_EQ(refused.code, ErrorCode::world_refused);
    EXPECT_EQ(refused.text(), nothing + ": there is no such file; databases there: \"" + path_ +
                                  "\"; castner.toml names the history under [historian], as url = \"sqlite:PATH\"\n");
  }
  for (const auto& file : std::filesystem::directory_iterator(folder_.path()))
    EXPECT_TRUE(file.path().filename().string().starts_with("a.db")) << file.path();
  // Accounts are a database of the same program.
  sql("ALTER TABLE chunks RENAME TO account");
  EXPECT_NE(verify_file(path_).error().text().find("is not a historian's file"), std::string::npos);
}

TEST_F(Care, EveryKindOfDamageToAChunkIsFound) {
  fill();
  for (const char* damage :
       {"UPDATE chunks SET block=substr(block, 1, length(block) - 1) WHERE id=1", "UPDATE chunks SET tag=2 WHERE tag=1",
        "UPDATE chunks SET count=count+1 WHERE id=1", "UPDATE chunks SET ends=ends+1 WHERE id=1",
        "UPDATE chunks SET summary=x'00' WHERE id=1", "UPDATE chunks SET tag=77 WHERE id=1",
        "DELETE FROM tags WHERE id=2", "UPDATE journal SET block=x'28b52ffd' WHERE id=(SELECT max(id) FROM journal)"}) {
    std::filesystem::copy_file(path_, copy_, std::filesystem::copy_options::overwrite_existing);
    sql(damage);
    EXPECT_FALSE(verify_file(path_)->problems.empty()) << damage;
    std::filesystem::remove(path_ + "-wal");
    std::filesystem::copy_file(copy_, path_, std::filesystem::copy_options::overwrite_existing);
  }
  EXPECT_TRUE(verify_file(path_)->problems.empty());
}

TEST_F(Care, RepairKeepsAllButTheBrokenChunkAndNamesIt) {
  fill();
  sql("UPDATE chunks SET block=zeroblob(100) WHERE id=(SELECT id FROM chunks WHERE tag=1 ORDER BY begins LIMIT 1)");
  const auto repair = repair_file(path_, copy_);
  ASSERT_TRUE(repair) << repair.error().text();
  ASSERT_EQ(repair->lost.size(), 1u);
  EXPECT_NE(repair->lost[0].find("readings of tag 1 from 2023-11-14T22:13:20Z"), std::string::npos) << repair->lost[0];
  EXPECT_TRUE(repair->saved.problems.empty()) << repair->saved.problems.front();
  EXPECT_TRUE(verify_file(copy_)->problems.empty());
  EXPECT_GT(repair->saved.readings, 12080u);
  EXPECT_LT(repair->saved.readings, 24080u);
  EXPECT_EQ(repair->saved.gaps, 1u);
  expect_whole(copy_, 2, 12040);
}

TEST_F(Care, RepairPutsChunksThatOverlapInOrder) {
  fill();
  sql("INSERT INTO chunks(tag, late, begins, ends, count, summary, block)"
      " SELECT tag, 0, begins, ends, count, summary, block FROM chunks WHERE tag=1 ORDER BY begins LIMIT 1");
  EXPECT_FALSE(verify_file(path_)->problems.empty());
  const auto repair = repair_file(path_, copy_);
  ASSERT_TRUE(repair) << repair.error().text();
  EXPECT_TRUE(repair->lost.empty());
  EXPECT_TRUE(repair->saved.problems.empty()) << repair->saved.problems.front();
  expect_whole(copy_, 1, 12040);
}

TEST_F(Care, RepairLetsTheLogsIdsGoOnAfterThoseThatTagsReferTo) {
  fill();
  ASSERT_TRUE(repair_file(path_, copy_));
  auto db = Db::open(copy_, Db::Mode::read_write).value();
  EXPECT_EQ(db.number("SELECT count(*) FROM sqlite_sequence WHERE name='journal'"), 1);
  EXPECT_EQ(db.number("SELECT seq >= (SELECT max(sealed) FROM tags) FROM sqlite_sequence WHERE name='journal'"), 1);
}

TEST_F(Care, RepairGoesRoundBrokenPages) {
  fill();
  const auto before = verify_file(path_)->readings;
  // One page after the other is overwritten; the first holds the list of tables, without which nothing can be found.
  const auto pages = std::filesystem::file_size(path_) / 8192;
  int saved_some = 0;
  for (std::size_t page = 1; page < pages; ++page) {
    const auto broken = folder_.path() + "/broken.db";
    std::filesystem::copy_file(path_, broken, std::filesystem::copy_options::overwrite_existing);
    std::fstream file(broken, std::ios::in | std::ios::out | std::ios::binary);
    file.seekp(static_cast<std::streamoff>(page * 8192));
    file << std::string(8192, '\x55');
    file.close();
    const auto found = verify_file(broken);
    std::filesystem::remove(copy_);
    const auto repair = repair_file(broken, copy_);
    if (!repair) continue;
    if (found && !found->problems.empty() && repair->saved.readings > 0) ++saved_some;
    EXPECT_LE(repair->saved.readings, before);
    EXPECT_TRUE(verify_file(copy_)->problems.empty())
        << "page " << page << ": " << verify_file(copy_)->problems.front();
    EXPECT_TRUE(SqliteStore::open(copy_));
  }
  EXPECT_GT(saved_some, 3);
}

TEST_F(Care, RepairWaitsForNoOneWhoWrites) {
  fill();
  const auto store = SqliteStore::open(path_).value();
  EXPECT_EQ(repair_file(path_, copy_).error().code, ErrorCode::world_refused);
}

TEST_F(Care, NoFileAndOtherFilesAreSaid) {
  EXPECT_EQ(verify_file(folder_.path() + "/none.db").error().code, ErrorCode::world_refused);
  EXPECT_FALSE(std::filesystem::exists(folder_.path() + "/none.db"));
  sql("CREATE TABLE theirs(x)");
  EXPECT_EQ(verify_file(path_).error().code, ErrorCode::bad_input);
}

}  // namespace castner::historian

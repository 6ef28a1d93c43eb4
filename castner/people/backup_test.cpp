// SPDX-License-Identifier: Apache-2.0
#include "castner/people/backup.h"

#include <gtest/gtest.h>
#include <sqlite3.h>
#include <sys/stat.h>

#include <filesystem>
#include <fstream>
#include <thread>

#include "castner/base/manual_clock.h"
#include "castner/people/records.h"
#include "tests/support/killed_child.h"
#include "tests/support/scratch_folder.h"

namespace castner::people {
namespace {

constexpr const char* kSentence = "a sentence for tests";

class RecordsBackup : public ::testing::Test {
 protected:
  [[nodiscard]] std::unique_ptr<Records> open(const std::string& path) const {
    return Records::open(path, clock_, HashCost::tests).value();
  }
  void sql(const std::string& path, const char* text) const {
    sqlite3* db = nullptr;
    ASSERT_EQ(sqlite3_open(path.c_str(), &db), SQLITE_OK);
    EXPECT_EQ(sqlite3_exec(db, text, nullptr, nullptr, nullptr), SQLITE_OK) << sqlite3_errmsg(db);
    sqlite3_close(db);
  }

  ScratchFolder folder_;
  const std::string path_ = folder_.path() + "/records.db", copy_ = folder_.path() + "/copy.db";
  ManualClock clock_{Time(std::chrono::sys_days(std::chrono::year(2026) / 11 / 23))};
};

TEST_F(RecordsBackup, OneAtATimeWritesAFile) {
  const auto records = open(path_);
  ASSERT_TRUE(records->accounts.add("li.wei", Role::administrator, kSentence));
  for (int round = 0; round < 5; ++round) {
    std::filesystem::remove(copy_);
    std::ofstream(copy_ + ".part") << "left by one that was killed";
    std::vector<Result<RecordsContents>> all(6, bad_input("", ""));
    {
      std::vector<std::jthread> threads;
      for (auto& one : all) threads.emplace_back([&] { one = backup_records(path_, copy_); });
    }
    int made = 0;
    for (const auto& one : all) {
      made += one.has_value();
      if (!one) {
        const auto why = one.error().text();
        EXPECT_TRUE(why.find("another backup is writing it") != why.npos || why.find("is there already") != why.npos)
            << why;
      }
    }
    EXPECT_EQ(made, 1);
    EXPECT_FALSE(std::filesystem::exists(copy_ + ".part"));
    EXPECT_TRUE(sqlite::Db::open(copy_, sqlite::Db::Mode::read_only)->number("SELECT count(*) FROM account"));
  }
}

TEST_F(RecordsBackup, HoldsWhatIsInTheLogOnly) {
  const auto records = open(path_);
  ASSERT_TRUE(records->accounts.add("li.wei", Role::administrator, kSentence));
  const auto removed = records->tokens.add("old", Role::viewer, {}).value();
  const auto kept = records->tokens.add("new", Role::engineer, {}).value();
  ASSERT_TRUE(records->tokens.remove(removed.token.id).value());
  ASSERT_TRUE(records->audit.note("li.wei", "token.removed", "old", ""));
  // What cp would take: the main file, to which the log has not come back yet.
  std::filesystem::copy_file(path_, copy_ + ".cp");
  sqlite3* torn = nullptr;
  ASSERT_EQ(sqlite3_open((copy_ + ".cp").c_str(), &torn), SQLITE_OK);
  EXPECT_NE(sqlite3_exec(torn, "SELECT * FROM account", nullptr, nullptr, nullptr), SQLITE_OK);
  sqlite3_close(torn);

  const auto found = backup_records(path_, copy_);
  ASSERT_TRUE(found) << found.error().text();
  EXPECT_TRUE(found->problems.empty()) << found->problems.front();
  EXPECT_EQ(found->accounts, 1);
  EXPECT_EQ(found->tokens, 1);
  EXPECT_EQ(found->entries, 1);
  struct stat info {};
  ASSERT_EQ(::stat(copy_.c_str(), &info), 0);
  EXPECT_EQ(info.st_mode & 07777, 0600u);
  EXPECT_FALSE(std::filesystem::exists(copy_ + ".part"));
  EXPECT_FALSE(std::filesystem::exists(copy_ + "-wal"));

  ASSERT_TRUE(records->accounts.add("after", Role::viewer, kSentence));
  const auto restored = open(copy_);
  EXPECT_TRUE(restored->accounts.sign_in("li.wei", kSentence)->has_value());
  EXPECT_FALSE(restored->accounts.sign_in("after", kSentence)->has_value());
  EXPECT_FALSE(restored->tokens.find(removed.secret)->has_value());
  EXPECT_TRUE(restored->tokens.find(kept.secret)->has_value());
  EXPECT_TRUE(restored->audit.intact().value());
  EXPECT_EQ(backup_records(path_, copy_).error().code, ErrorCode::bad_input) << "never onto a file";
}

TEST_F(RecordsBackup, IsWholeOrNotThereWhereItIsKilled) {
  constexpr int kEntries = 300;
  {
    const auto records = open(path_);
    ASSERT_TRUE(records->accounts.add("li.wei", Role::administrator, kSentence));
    for (int k = 0; k < kEntries; ++k) ASSERT_TRUE(records->audit.note("li.wei", "mark.added", std::to_string(k), ""));
  }
  const auto began = std::chrono::steady_clock::now();
  ASSERT_TRUE(backup_records(path_, copy_));
  const auto takes = std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::steady_clock::now() - began);
  std::filesystem::remove(copy_);
  int killed = 0;
  for (int k = 0; k < 25; ++k) {
    killed += runs_until_killed([&] { (void)backup_records(path_, copy_); }, takes * k / 20);
    if (!std::filesystem::exists(copy_)) continue;
    const auto found = backup_records(copy_, copy_ + ".again").value();
    EXPECT_TRUE(found.problems.empty()) << found.problems.front();
    EXPECT_EQ(std::pair(found.accounts, found.entries), std::pair(std::int64_t{1}, std::int64_t{kEntries}));
    for (const char* suffix : {"", "-wal", "-shm", ".again"}) std::filesystem::remove(copy_ + suffix);
  }
  EXPECT_GT(killed, 0) << "no kill came while it was being made, which is what it is about";
  ASSERT_TRUE(backup_records(path_, copy_)) << "a part that was left behind is in nobody's way";
  EXPECT_FALSE(std::filesystem::exists(copy_ + ".part"));
}

TEST_F(RecordsBackup, IsOfOneMomentWhileOthersWrite) {
  const auto records = open(path_);
  std::atomic<int> noted = 0;
  std::jthread writer([&](const std::stop_token& stop) {
    while (!stop.stop_requested() && records->audit.note("li.wei", "account.changed", "", "")) ++noted;
  });
  while (noted < 3) std::this_thread::yield();
  for (int k = 0; k < 5; ++k) {
    const int before = noted;
    const auto found = backup_records(path_, copy_ + std::to_string(k));
    ASSERT_TRUE(found) << found.error().text();
    EXPECT_TRUE(found->problems.empty()) << found->problems.front();
    EXPECT_GE(found->entries, before);
  }
}

TEST_F(RecordsBackup, SaysWhatIsDamaged) {
  {
    const auto records = open(path_);
    for (const char* who : {"li.wei", "wang.fang"}) ASSERT_TRUE(records->audit.note(who, "account.changed", "", ""));
  }
  sql(path_, "DROP TRIGGER audit_stays; UPDATE audit SET who = 'nobody' WHERE number = 1");
  const auto found = backup_records(path_, copy_);
  ASSERT_TRUE(found) << found.error().text();
  EXPECT_EQ(found->problems, std::vector<std::string>{"audit trail: an entry was changed or is missing"});
}

TEST_F(RecordsBackup, RefusesWhatIsNoRecordsFileAndLeavesNothing) {
  open(path_).reset();
  EXPECT_EQ(backup_records(folder_.path() + "/record.db", copy_).error().text(),
            folder_.path() + "/record.db: there is no such file; databases there: \"" + path_ +
                "\"; castner.toml names the records under [server], as records = \"PATH\"\n");
  const auto other = folder_.path() + "/history";
  // A history has the same application id, and other tables.
  sql(other, "CREATE TABLE chunks(id); PRAGMA application_id = 1128354644; PRAGMA user_version = 1");
  EXPECT_EQ(backup_records(other, copy_).error().code, ErrorCode::world_refused);
  std::ofstream(other + ".txt") << "no database at all, but a long enough text to be taken for one by its size\n";
  EXPECT_EQ(backup_records(other + ".txt", copy_).error().code, ErrorCode::world_refused);
  EXPECT_FALSE(std::filesystem::exists(copy_));
  EXPECT_FALSE(std::filesystem::exists(copy_ + ".part"));
  EXPECT_FALSE(std::filesystem::exists(folder_.path() + "/record.db"));
}

}  // namespace
}  // namespace castner::people

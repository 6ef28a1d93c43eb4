// SPDX-License-Identifier: Apache-2.0
/// Records in a folder of their own, which a test may tamper with.
#pragma once

#include <gtest/gtest.h>
#include <sqlite3.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <memory>
#include <string>

#include "castner/base/manual_clock.h"
#include "castner/people/records.h"

namespace castner::people {

using namespace std::chrono_literals;

inline constexpr const char* kPassword = "a sentence for tests";

struct RecordsTest : ::testing::Test {
  std::filesystem::path folder =
      std::filesystem::temp_directory_path() / ("castner_ledger_" + std::to_string(::getpid()) + "_" +
                                                ::testing::UnitTest::GetInstance()->current_test_info()->name());
  std::string path = (folder / "records.db").string();
  ManualClock clock{Time(std::chrono::sys_days(std::chrono::year(2026) / 11 / 23))};
  std::unique_ptr<Records> records;

  void SetUp() override {
    std::filesystem::remove_all(folder);
    std::filesystem::create_directories(folder);
    reopen();
  }
  void TearDown() override {
    records.reset();
    std::filesystem::remove_all(folder);
  }
  void reopen() {
    records.reset();
    auto opened = Records::open(path, clock, HashCost::tests);
    ASSERT_TRUE(opened) << opened.error().text();
    records = std::move(*opened);
  }
  Account add(const std::string& name, Role role) {
    auto made = records->accounts.add(name, role, kPassword);
    EXPECT_TRUE(made) << made.error().text();
    return *made;
  }
  /// Changes the file behind the program's back.
  void tamper(const std::string& sql) const {
    sqlite3* db = nullptr;
    ASSERT_EQ(sqlite3_open(path.c_str(), &db), SQLITE_OK);
    EXPECT_EQ(sqlite3_exec(db, sql.c_str(), nullptr, nullptr, nullptr), SQLITE_OK) << sqlite3_errmsg(db);
    sqlite3_close(db);
  }
};

/// What the disk says while it is full.
inline std::string full_for(const char* change) {
  std::string name(change);
  std::replace(name.begin(), name.end(), ' ', '_');
  return "CREATE TRIGGER full_" + name + " BEFORE " + change + " BEGIN SELECT RAISE(ABORT, 'disk is full'); END;";
}
inline std::string room_for(const char* change) {
  std::string name(change);
  std::replace(name.begin(), name.end(), ' ', '_');
  return "DROP TRIGGER full_" + name + ";";
}

}  // namespace castner::people

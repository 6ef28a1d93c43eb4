// SPDX-License-Identifier: Apache-2.0
#include "castner/people/audit.h"

#include <thread>

#include "castner/people/records_for_tests.h"

namespace castner::people {
namespace {

using AuditTest = RecordsTest;

TEST_F(AuditTest, ShowsAChangeAHoleAndASwap) {
  for (int i = 0; i < 5; ++i) {
    ASSERT_TRUE(records->audit.note("li.wei", "session.signed_in", std::to_string(i), "192.0.2.7"));
    clock.advance(1s);
  }
  ASSERT_TRUE(*records->audit.intact());
  const auto newest = *records->audit.entries(2);
  ASSERT_EQ(newest.size(), 2u);
  EXPECT_EQ(newest[0].number, 5);
  EXPECT_EQ(records->audit.entries(10, 3)->front().number, 2);

  tamper("DROP TRIGGER audit_stays; UPDATE audit SET who = 'wang.fang' WHERE number = 3");
  EXPECT_FALSE(*records->audit.intact());
  tamper("UPDATE audit SET who = 'li.wei' WHERE number = 3");
  EXPECT_TRUE(*records->audit.intact());
  tamper("DROP TRIGGER audit_keeps; DELETE FROM audit WHERE number = 2");
  EXPECT_FALSE(*records->audit.intact());
}

TEST_F(AuditTest, WaitsForRoomInOrderAndTellsWhatWasLost) {
  tamper(full_for("INSERT ON audit"));
  const auto began = clock.now();
  for (std::size_t i = 0; i < Audit::kMostWaiting + 7; ++i) {
    EXPECT_FALSE(records->audit.note("root", "token.removed", std::to_string(i), "192.0.2.7"));
    clock.advance(10ms);
  }
  EXPECT_EQ(records->audit.waiting(), Audit::kMostWaiting);
  EXPECT_EQ(records->audit.lost(), 7u);
  EXPECT_TRUE(records->audit.entries(10)->empty());
  tamper(room_for("INSERT ON audit"));
  clock.advance(1min);
  records->write_what_waits();
  EXPECT_EQ(records->audit.waiting(), 0u);
  const auto all = records->audit.entries(5000).value();
  ASSERT_EQ(all.size(), Audit::kMostWaiting + 1);
  EXPECT_EQ(all.back().detail, "0");
  EXPECT_EQ(all.back().time, began) << "of then, not of now";
  EXPECT_EQ(all.front().what, "trail.lost");
  EXPECT_EQ(all.front().detail, "7");
  EXPECT_TRUE(*records->audit.intact());
  EXPECT_TRUE(records->audit.note("root", "token.removed", "", ""));
  EXPECT_EQ(records->audit.entries(1)->front().what, "token.removed") << "told once";
}

TEST_F(AuditTest, CountsWhoSignsInOverAndOver) {
  const auto sign_in = [&](const char* who, int times) {
    for (int i = 0; i < times; ++i) EXPECT_TRUE(records->audit.note(who, "session.signed_in", "", "192.0.2.7"));
  };
  sign_in("viewer", 500);
  sign_in("root", 1);
  EXPECT_EQ(records->audit.entries(5000)->size(), Audit::kRepeats + 1u);
  clock.jump(-1000h);
  clock.advance(Audit::kWindow);
  records->write_what_waits();
  const auto counted = records->audit.entries(1)->front();
  EXPECT_EQ(counted.who, "viewer");
  EXPECT_EQ(counted.what, "session.signed_in");
  EXPECT_EQ(counted.detail, "+490");
  for (int i = 0; i < 400; ++i)
    EXPECT_TRUE(
        records->audit.note("name" + std::to_string(i), "session.refused", "", "192.0.2." + std::to_string(i % 200)));
  sign_in("viewer", Audit::kRepeats + 1);
  EXPECT_EQ(records->audit.entries(5000)->size(), Audit::kRepeats + 2u + Audit::kRefused + Audit::kRepeats);
  reopen();  // a stop writes the counts
  const auto last = records->audit.entries(2).value();
  EXPECT_EQ(last[0].what + last[0].who + last[0].detail, "session.signed_inviewer+1");
  EXPECT_EQ(last[1].what + last[1].who + last[1].detail, "session.refused+300");
  for (int i = 0; i < 50; ++i) EXPECT_TRUE(records->audit.note("root", "account.changed", std::to_string(i), ""));
  EXPECT_EQ(records->audit.entries(50)->back().detail, "0") << "changes are never counted together";
  EXPECT_TRUE(*records->audit.intact());
}

TEST_F(AuditTest, IsOnlyAddedTo) {
  ASSERT_TRUE(records->audit.note("li.wei", "x", "", ""));
  sqlite3* db = nullptr;
  ASSERT_EQ(sqlite3_open(path.c_str(), &db), SQLITE_OK);
  EXPECT_NE(sqlite3_exec(db, "DELETE FROM audit", nullptr, nullptr, nullptr), SQLITE_OK);
  EXPECT_NE(sqlite3_exec(db, "UPDATE audit SET who = ''", nullptr, nullptr, nullptr), SQLITE_OK);
  sqlite3_close(db);
}

TEST_F(AuditTest, ManyThreadsMakeOneChain) {
  std::vector<std::jthread> threads;
  for (int t = 0; t < 4; ++t)
    threads.emplace_back([&, t] {
      for (int i = 0; i < 10; ++i) EXPECT_TRUE(records->audit.note("t" + std::to_string(t), "x", "", ""));
    });
  threads.clear();
  EXPECT_EQ(records->audit.entries(100)->size(), 40u);
  EXPECT_TRUE(*records->audit.intact());
}

}  // namespace
}  // namespace castner::people

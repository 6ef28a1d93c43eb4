// SPDX-License-Identifier: Apache-2.0
#include "castner/people/owed.h"

#include <fcntl.h>
#include <sys/stat.h>

#include "castner/people/records_for_tests.h"

namespace castner::people {
namespace {

using OwedTest = RecordsTest;

TEST_F(OwedTest, AnAccountIsDisabledAtOnceWithoutRoomAndInTheFileOnceThereIs) {
  add("root", Role::administrator);
  for (const bool removed : {false, true}) {
    SCOPED_TRACE(removed ? "removed" : "disabled");
    const auto li = add("li.wei", Role::engineer);
    const auto id = records->sessions.open(li).value();
    tamper(full_for("INSERT ON session"));
    const auto in_memory = records->sessions.open(li).value();
    tamper(full_for("UPDATE ON account") + full_for("DELETE ON account"));
    const auto done =
        removed ? records->accounts.remove("li.wei") : records->accounts.change("li.wei", {.disabled = true});
    ASSERT_TRUE(done) << done.error().text();
    EXPECT_EQ(*done, Accounts::Refusal::none);
    for (const auto& one : {id, in_memory}) {
      EXPECT_FALSE(*records->sessions.find(one));
      EXPECT_FALSE(*records->sessions.find(one, false));
    }
    EXPECT_FALSE(*records->accounts.sign_in("li.wei", kPassword));
    const auto seen = records->accounts.find("li.wei").value();
    EXPECT_EQ(seen.has_value(), !removed);
    EXPECT_TRUE(removed || seen->disabled);
    EXPECT_EQ(records->accounts.all()->size(), removed ? 1u : 2u);
    EXPECT_NE(records->error().find(kHoldsInMemory), std::string::npos) << records->error();
    if (removed) {
      EXPECT_EQ(*records->accounts.remove("li.wei"), Accounts::Refusal::no_such_account);
    } else {
      EXPECT_FALSE(records->accounts.change("li.wei", {.disabled = false})) << "refused as any other change";
    }
    EXPECT_FALSE(*records->accounts.sign_in("li.wei", kPassword));
    clock.jump(-100h);  // nobody waits for a clock that was set back
    clock.advance(1min);
    tamper(room_for("UPDATE ON account") + room_for("DELETE ON account") + room_for("INSERT ON session"));
    records->write_what_waits();
    EXPECT_EQ(records->error(), "");
    clock.jump(100h);
    reopen();
    const auto now = records->accounts.find("li.wei").value();
    EXPECT_EQ(now.has_value(), !removed);
    EXPECT_TRUE(removed || now->disabled);
    EXPECT_FALSE(*records->sessions.find(id));
    if (!removed) {
      ASSERT_TRUE(records->accounts.remove("li.wei"));
    }
  }
  EXPECT_TRUE(records->accounts.add("li.wei", Role::viewer, kPassword)) << "the name is free";
}

TEST_F(OwedTest, TheLogOwnsRoomForItThatNobodyElseTakes) {
  const auto owns = [&](const char* when) {
    struct stat info {};
    ASSERT_EQ(stat((path + "-wal").c_str(), &info), 0) << when;
    EXPECT_GE(info.st_blocks * 512L, info.st_size + kLogReserve) << when;
  };
  const int file = ::open((folder / "probe").c_str(), O_RDWR | O_CREAT, 0600);
  const bool known = fallocate(file, FALLOC_FL_KEEP_SIZE, 0, 4096) == 0;
  ::close(file);
  if (!known) GTEST_SKIP() << "this file system reserves nothing";
  owns("of a new file");
  for (int i = 0; i < 300; ++i) ASSERT_TRUE(records->audit.note("root", "account.changed", std::string(4000, 'x'), ""));
  owns("of a long log");
  records.reset();
  owns("while it is closed");
  reopen();
  EXPECT_TRUE(*records->audit.intact());
  owns("at the next start");
}

TEST_F(OwedTest, ASessionInMemoryEndsWithAnyChangeOfItsAccountAsOneInTheFileDoes) {
  add("root", Role::administrator);
  const auto li = add("li.wei", Role::engineer);
  const AccountChange shut{.role = {}, .password = {}, .disabled = true},
      open{.role = {}, .password = {}, .disabled = false};
  for (const bool full : {false, true}) {
    SCOPED_TRACE(full ? "a full disk" : "room");
    tamper(full_for("INSERT ON session"));
    const auto stolen = records->sessions.open(li).value();
    ASSERT_TRUE(*records->sessions.find(stolen));
    if (full) tamper(full_for("UPDATE ON account"));
    ASSERT_EQ(*records->accounts.change("li.wei", shut), Accounts::Refusal::none);
    if (full) tamper(room_for("UPDATE ON account"));
    tamper(room_for("INSERT ON session"));
    // Nobody has used it meanwhile.
    ASSERT_EQ(*records->accounts.change("li.wei", open), Accounts::Refusal::none);
    EXPECT_FALSE(*records->sessions.find(stolen));
    EXPECT_TRUE(*records->sessions.find(records->sessions.open(li).value())) << "a new one opens";
  }
}

TEST_F(OwedTest, TheLastAdministratorStaysWithoutRoomToo) {
  add("root", Role::administrator);
  add("second", Role::administrator);
  tamper(full_for("UPDATE ON account") + full_for("DELETE ON account"));
  EXPECT_EQ(*records->accounts.change("second", {.disabled = true}), Accounts::Refusal::none);
  EXPECT_EQ(*records->accounts.change("root", {.disabled = true}), Accounts::Refusal::last_administrator);
  EXPECT_EQ(*records->accounts.remove("root"), Accounts::Refusal::last_administrator);
  EXPECT_TRUE(*records->accounts.sign_in("root", kPassword));
}

TEST_F(OwedTest, ARemovedTokenOpensNothingWithoutRoomAndIsGoneOnceThereIs) {
  const auto made = records->tokens.add("telegraf", Role::engineer, {}).value();
  const auto other = records->tokens.add("script", Role::viewer, {}).value();
  tamper(full_for("DELETE ON token"));
  EXPECT_TRUE(*records->tokens.remove(made.token.id));
  EXPECT_FALSE(*records->tokens.find(made.secret));
  EXPECT_FALSE(*records->tokens.find(made.secret, false));
  EXPECT_TRUE(*records->tokens.find(other.secret));
  EXPECT_EQ(records->tokens.all()->size(), 1u);
  EXPECT_FALSE(*records->tokens.remove(made.token.id)) << "there is none";
  EXPECT_FALSE(*records->tokens.remove(99));
  tamper(room_for("DELETE ON token"));
  reopen();  // a stop writes what it can
  EXPECT_FALSE(*records->tokens.find(made.secret));
  EXPECT_TRUE(*records->tokens.find(other.secret));
}

}  // namespace
}  // namespace castner::people

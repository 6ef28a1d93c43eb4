// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>
#include <sqlite3.h>
#include <sys/stat.h>

#include <filesystem>
#include <thread>

#include "castner/base/file.h"
#include "castner/people/backup.h"
#include "castner/people/records_for_tests.h"
#include "tests/support/refusing_vfs.h"

namespace castner::people {
namespace {

using AccountsTest = RecordsTest;
using SessionsTest = RecordsTest;
using TokensTest = RecordsTest;

TEST(Role, EachMayWhatTheOnesBeforeMay) {
  EXPECT_TRUE(may(Role::engineer, Role::operates));
  EXPECT_FALSE(may(Role::operates, Role::engineer));
  for (const auto name : kRoleNames) EXPECT_EQ(role_name(*role_named(name)), name);
  EXPECT_FALSE(role_named("root"));
}

TEST(Secrets, AreLongAndNeverTheSame) {
  EXPECT_EQ(random_secret().size(), 64u);
  EXPECT_NE(random_secret(), random_secret());
  // FIPS 180-2, appendix B.1
  EXPECT_EQ(digest_of("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_TRUE(same_secret("abc", "abc"));
  EXPECT_FALSE(same_secret("abc", "abd"));
  EXPECT_FALSE(same_secret("abc", "abcd"));
}

TEST(Secrets, PasswordsAreKeptAsArgon2idWithASaltEach) {
  const auto hash = password_hash(kPassword, HashCost::people);
  EXPECT_TRUE(hash.starts_with("$argon2id$v=19$m=65536,t=2,p=1$")) << hash;
  EXPECT_NE(password_hash(kPassword, HashCost::tests), password_hash(kPassword, HashCost::tests));
  EXPECT_TRUE(password_fits(kPassword, hash));
  EXPECT_FALSE(password_fits("another sentence", hash));
}

TEST_F(AccountsTest, SurviveARestartAndTheFileHoldsNoPassword) {
  add("li.wei", Role::engineer);
  reopen();
  const auto in = records->accounts.sign_in("li.wei", kPassword);
  ASSERT_TRUE(in && *in);
  EXPECT_EQ((*in)->role, Role::engineer);
  EXPECT_EQ((*in)->last_sign_in, clock.now());
  for (const auto& file : std::filesystem::directory_iterator(folder)) {
    EXPECT_EQ(read_file(file.path().string())->find(kPassword), std::string::npos) << file.path();
    struct stat info {};
    ASSERT_EQ(stat(file.path().c_str(), &info), 0);
    EXPECT_EQ(info.st_mode & 077, 0u) << file.path() << " can be read by others";
  }
}

TEST_F(AccountsTest, WrongPasswordUnknownNameAndDisabledAccountDoNotSignIn) {
  add("li.wei", Role::viewer);
  EXPECT_FALSE(*records->accounts.sign_in("li.wei", "another sentence"));
  EXPECT_FALSE(*records->accounts.sign_in("li.we", kPassword));
  EXPECT_FALSE(*records->accounts.sign_in("li.wei' OR '1'='1", kPassword));
  ASSERT_EQ(*records->accounts.change("li.wei", {.role = {}, .password = {}, .disabled = true}),
            Accounts::Refusal::none);
  EXPECT_FALSE(*records->accounts.sign_in("li.wei", kPassword));
}

TEST_F(AccountsTest, EveryProblemOfANewOneIsNamed) {
  const auto made = records->accounts.add("../x", Role::viewer, "short");
  ASSERT_FALSE(made);
  EXPECT_EQ(made.error().problems.size(), 2u);
  EXPECT_FALSE(records->accounts.add("aaaaaaaaaaaa", Role::viewer, "aaaaaaaaaaaa"));
  EXPECT_FALSE(records->accounts.add("x", Role::viewer, std::string(257, 'p') + "q"));
  add("li.wei", Role::viewer);
  const auto twice = records->accounts.add("li.wei", Role::administrator, kPassword);
  ASSERT_FALSE(twice);
  EXPECT_EQ((*records->accounts.find("li.wei"))->role, Role::viewer);
}

TEST_F(AccountsTest, TheLastAdministratorStays) {
  add("root", Role::administrator);
  EXPECT_EQ(*records->accounts.remove("root"), Accounts::Refusal::last_administrator);
  EXPECT_EQ(*records->accounts.change("root", {.role = Role::viewer, .password = {}, .disabled = {}}),
            Accounts::Refusal::last_administrator);
  EXPECT_EQ(*records->accounts.change("root", {.role = {}, .password = {}, .disabled = true}),
            Accounts::Refusal::last_administrator);
  EXPECT_EQ(*records->accounts.change("root", {.role = {}, .password = "another sentence", .disabled = {}}),
            Accounts::Refusal::none);
  add("second", Role::administrator);
  EXPECT_EQ(*records->accounts.remove("root"), Accounts::Refusal::none);
  EXPECT_EQ(*records->accounts.remove("root"), Accounts::Refusal::no_such_account);
}

TEST_F(SessionsTest, LastWhileUsedAndEndAtTheirTime) {
  const auto account = add("li.wei", Role::operates);
  const auto id = *records->sessions.open(account);
  for (int i = 0; i < 20; ++i) {  // 20 times 8 h is just under 7 days
    clock.advance(8h);
    ASSERT_TRUE(*records->sessions.find(id)) << i;
  }
  clock.advance(8h);  // 7 days, although used
  EXPECT_FALSE(*records->sessions.find(id));

  const auto idle = *records->sessions.open(account);
  clock.advance(12h);
  EXPECT_FALSE(*records->sessions.find(idle));
}

TEST_F(SessionsTest, EachSignInHasItsOwnAndOnlyHashesAreKept) {
  const auto account = add("li.wei", Role::viewer);
  const auto one = *records->sessions.open(account), two = *records->sessions.open(account);
  EXPECT_NE(one, two);
  EXPECT_NE((*records->sessions.find(one))->csrf, (*records->sessions.find(two))->csrf);
  records->sessions.close(one);
  EXPECT_FALSE(*records->sessions.find(one));
  EXPECT_TRUE(*records->sessions.find(two));
  EXPECT_FALSE(*records->sessions.find(digest_of(two)));  // what the file holds opens nothing
  for (const auto& file : std::filesystem::directory_iterator(folder))
    EXPECT_EQ(read_file(file.path().string())->find(two), std::string::npos);
}

TEST_F(SessionsTest, AreKeptInMemoryWithoutRoomAndInTheFileOnceThereIs) {
  const auto account = add("root", Role::administrator);
  EXPECT_EQ(records->last_error(), "");
  tamper("CREATE TRIGGER no_room BEFORE INSERT ON session BEGIN SELECT RAISE(ABORT, 'disk is full'); END");
  const auto id = records->sessions.open(account).value(), other = records->sessions.open(account).value();
  EXPECT_NE(records->last_error().find("disk is full"), std::string::npos) << records->last_error();
  clock.advance(1min);
  EXPECT_EQ(records->sessions.find(id).value()->account, "root");
  EXPECT_NE(records->last_error(), "") << "it was tried again";
  tamper("DROP TRIGGER no_room");
  clock.advance(30s);
  EXPECT_TRUE(*records->sessions.find(id));
  EXPECT_NE(records->last_error(), "") << "not at every request";
  clock.advance(30s);
  EXPECT_TRUE(*records->sessions.find(id, false));
  EXPECT_NE(records->last_error(), "") << "a look does not wait for the disk";
  EXPECT_TRUE(*records->sessions.find(id));
  EXPECT_EQ(records->last_error(), "");
  reopen();
  EXPECT_EQ(records->sessions.find(id).value()->account, "root");
  EXPECT_FALSE(*records->sessions.find(other)) << "was in memory alone";
}

TEST_F(SessionsTest, OfTheTimeWithoutRoomEndWithTheAccountsPassword) {
  const auto account = add("root", Role::administrator);
  tamper("CREATE TRIGGER no_room BEFORE INSERT ON session BEGIN SELECT RAISE(ABORT, 'disk is full'); END");
  const auto id = records->sessions.open(account).value();
  tamper("DROP TRIGGER no_room");
  ASSERT_TRUE(records->accounts.change("root", {.password = "another sentence for tests"}));
  clock.advance(2min);
  EXPECT_FALSE(*records->sessions.find(id));
  reopen();
  EXPECT_FALSE(*records->sessions.find(id));
}

TEST_F(SessionsTest, EndAtOnceWithoutRoomAndInTheFileOnceThereIs) {
  const auto account = add("root", Role::administrator);
  const auto id = records->sessions.open(account).value(), other = records->sessions.open(account).value();
  tamper("CREATE TRIGGER no_room BEFORE DELETE ON session BEGIN SELECT RAISE(ABORT, 'disk is full'); END");
  records->sessions.close(id);
  EXPECT_NE(records->last_error(), "");
  EXPECT_FALSE(*records->sessions.find(id));
  EXPECT_FALSE(*records->sessions.find(id, false));
  EXPECT_TRUE(*records->sessions.find(other)) << "the other stays";
  clock.advance(2min);
  EXPECT_FALSE(*records->sessions.find(id)) << "tried again, and there is no room";
  tamper("DROP TRIGGER no_room");
  clock.advance(2min);
  EXPECT_TRUE(*records->sessions.find(other));
  reopen();
  EXPECT_FALSE(*records->sessions.find(id)) << "gone from the file too";
  EXPECT_TRUE(*records->sessions.find(other));
}

TEST_F(SessionsTest, OfOneAccountAreBoundedAndTheIdleEndFirst) {
  const auto wall = add("wall", Role::viewer);
  for (const bool full : {false, true}) {
    const auto others = records->sessions.open(add(full ? "two" : "one", Role::operates)).value();
    if (full) tamper(full_for("INSERT ON session"));
    std::vector<std::string> ids;
    for (int i = 0; i < Sessions::kMost; ++i) {
      ids.push_back(records->sessions.open(wall).value());
      clock.advance(1s);
    }
    clock.advance(2min);
    ASSERT_TRUE(*records->sessions.find(ids[0])) << "in use";
    clock.advance(1s);
    for (int i = 0; i < 3; ++i) ids.push_back(records->sessions.open(wall).value());
    int open = 0;
    for (const auto& id : ids) open += records->sessions.find(id, false)->has_value();
    EXPECT_EQ(open, Sessions::kMost) << full;
    EXPECT_TRUE(*records->sessions.find(ids[0])) << full;
    EXPECT_FALSE(*records->sessions.find(ids[1])) << full;
    EXPECT_TRUE(*records->sessions.find(others)) << full;
  }
}

TEST_F(SessionsTest, InUseOutliveThoseOfBeforeTheClockWasSetBack) {
  const auto wall = add("wall", Role::viewer);
  for (const bool full : {false, true}) {
    if (full) tamper(full_for("INSERT ON session"));
    std::vector<std::string> ids;
    for (int i = 0; i < Sessions::kMost; ++i) {
      ids.push_back(records->sessions.open(wall).value());
      clock.advance(1s);
    }
    clock.jump(-24h);
    clock.advance(2min);
    ASSERT_TRUE(*records->sessions.find(ids[0])) << "in use";
    for (int i = 0; i < 30; ++i) {
      clock.advance(1s);
      ids.push_back(records->sessions.open(wall).value());
    }
    int open = 0;
    for (const auto& id : ids) open += records->sessions.find(id, false)->has_value();
    EXPECT_EQ(open, Sessions::kMost) << full;
    EXPECT_TRUE(*records->sessions.find(ids[0], false)) << full;
    for (std::size_t k = Sessions::kMost; k < ids.size(); ++k)
      EXPECT_TRUE(*records->sessions.find(ids[k], false)) << full << " " << k;
  }
}

TEST_F(SessionsTest, OpenForNobodyWhosePasswordWasChangedMeanwhile) {
  add("li.wei", Role::operates);
  const auto in = records->accounts.sign_in("li.wei", kPassword).value();
  ASSERT_TRUE(in);
  ASSERT_TRUE(records->accounts.change("li.wei", {.password = "another sentence for tests"}));
  EXPECT_FALSE(records->sessions.open(*in)) << "with a password that was right a moment ago";
  tamper(full_for("INSERT ON session"));
  const auto kept = records->sessions.open(*in);
  EXPECT_FALSE(kept && *records->sessions.find(*kept)) << "nor in memory";
}

TEST_F(SessionsTest, EndWithTheRoleTheyHadBeen) {
  add("root", Role::administrator);
  const auto id = *records->sessions.open(add("li.wei", Role::engineer));
  ASSERT_EQ(*records->accounts.change("li.wei", {.role = Role::viewer, .password = {}, .disabled = {}}),
            Accounts::Refusal::none);
  EXPECT_FALSE(*records->sessions.find(id));
  const auto again = *records->sessions.open(**records->accounts.find("li.wei"));
  ASSERT_EQ(*records->accounts.remove("li.wei"), Accounts::Refusal::none);
  EXPECT_FALSE(*records->sessions.find(again));
}

TEST_F(TokensTest, OpenUntilTheirEndOrTheirRemoval) {
  const auto made = *records->tokens.add("telegraf", Role::engineer, clock.now() + 24h);
  EXPECT_TRUE(made.secret.starts_with("castner_"));
  const auto found = *records->tokens.find(made.secret);
  ASSERT_TRUE(found);
  EXPECT_EQ(found->role, Role::engineer);
  EXPECT_EQ(records->tokens.all()->front().last_used, clock.now());
  clock.advance(24h);
  EXPECT_FALSE(*records->tokens.find(made.secret));

  const auto second = *records->tokens.add("script", Role::viewer, {});
  ASSERT_TRUE(*records->tokens.find(second.secret));
  EXPECT_TRUE(*records->tokens.remove(second.token.id));
  EXPECT_FALSE(*records->tokens.find(second.secret));
  EXPECT_FALSE(*records->tokens.remove(second.token.id));
}

TEST_F(TokensTest, NeverAdministratorNeverNamelessNeverOver) {
  const auto bad = records->tokens.add("", Role::administrator, clock.now());
  ASSERT_FALSE(bad);
  EXPECT_EQ(bad.error().problems.size(), 3u);
  for (const char* name : {"two\nlines", "\xff", "\xe6\xb3", "\xc0\x80", "\xed\xa0\x80", "a\xc2\x85"})
    EXPECT_FALSE(records->tokens.add(name, Role::viewer, {})) << name;
  EXPECT_TRUE(records->tokens.add("\xe6\xb3\xb5", Role::viewer, {})) << "a name in Chinese";
}

TEST_F(RecordsTest, RefuseAFileThatIsNotTheirs) {
  records.reset();
  std::filesystem::remove_all(folder);
  std::filesystem::create_directories(folder);
  tamper("CREATE TABLE other (x)");
  ASSERT_EQ(::chmod(path.c_str(), 0644), 0);
  EXPECT_FALSE(Records::open(path, clock, HashCost::tests));
  struct stat info {};
  ASSERT_EQ(::stat(path.c_str(), &info), 0);
  EXPECT_EQ(info.st_mode & 07777, 0644u) << "nor is it touched";
  ASSERT_TRUE(write_file(path, std::string(4096, 'x')));
  EXPECT_FALSE(Records::open(path, clock, HashCost::tests));
  EXPECT_FALSE(Records::open((folder / "none" / "x.db").string(), clock, HashCost::tests));
}

/// SQLite's own file system is the one that refuses, while this lasts.
struct EveryFileRefuses {
  RefusingVfs& vfs = RefusingVfs::get();
  sqlite3_vfs* machine = sqlite3_vfs_find(nullptr);
  EveryFileRefuses() { sqlite3_vfs_register(sqlite3_vfs_find(RefusingVfs::kName), 1); }
  EveryFileRefuses(const EveryFileRefuses&) = delete;
  EveryFileRefuses& operator=(const EveryFileRefuses&) = delete;
  ~EveryFileRefuses() {
    vfs.allow();
    sqlite3_vfs_register(machine, 1);
  }
};

constexpr const char* kAsOfTheFirstVersion =
    "DROP TABLE device; DROP TABLE view; DROP TABLE mark; DROP TABLE asked_past; DROP TABLE cell_service; PRAGMA "
    "user_version = 1";

TEST_F(RecordsTest, AreWholeOrNotThereWhereverTheDiskGetsFull) {
  for (const bool upgraded : {false, true}) {
    int refused = 0;
    for (int n = 1; n < 200; ++n) {
      SCOPED_TRACE(std::to_string(n) + (upgraded ? " of an earlier version" : ""));
      records.reset();
      std::filesystem::remove_all(folder);
      std::filesystem::create_directories(folder);
      if (upgraded) {
        reopen();
        records.reset();
        tamper(kAsOfTheFirstVersion);
      }
      bool opened = false;
      {
        EveryFileRefuses disk;
        disk.vfs.refuse_from(n, SQLITE_FULL);
        opened = Records::open(path, clock, HashCost::tests).has_value();
      }
      refused += !opened;
      reopen();
      EXPECT_EQ(records->damage(), "");
      add("li.wei", Role::operates);
      EXPECT_TRUE(records->devices.remember("li.wei", ""));
      EXPECT_TRUE(records->tokens.add("x", Role::viewer, {}));
      EXPECT_TRUE(records->audit.note("li.wei", "x", "", ""));
      EXPECT_TRUE(records->asked.keep({clock.now(), clock.now()}));
      if (opened) break;
      ASSERT_LT(n, 199) << "it opens some time";
    }
    EXPECT_GT(refused, 2);
  }
}

TEST_F(RecordsTest, ThatCallThemselvesFinishedAndAreNotAreCompleted) {
  for (const char* part : {"TABLE session", "TABLE device", "TABLE token", "TABLE audit", "TABLE view", "TABLE mark",
                           "TABLE asked_past", "INDEX mark_by_time", "TRIGGER audit_stays", "TRIGGER audit_keeps"}) {
    SCOPED_TRACE(part);
    const std::string name = std::string(part).substr(std::string(part).find(' ') + 1);
    tamper("DROP " + std::string(part));
    if (std::string(part).starts_with("TABLE")) {
      EXPECT_NE(records->damage().find(name + " is missing"), std::string::npos) << records->damage();
      EXPECT_NE(records->error(), "");
      records.reset();
      const auto copied = backup_records(path, path + ".copy");
      ASSERT_FALSE(copied);
      EXPECT_NE(copied.error().text().find(name + " is missing"), std::string::npos) << copied.error().text();
    }
    reopen();
    EXPECT_EQ(records->damage(), "");
    EXPECT_EQ(records->error(), "");
  }
  ASSERT_TRUE(records->audit.note("li.wei", "x", "", ""));
  sqlite3* db = nullptr;
  ASSERT_EQ(sqlite3_open(path.c_str(), &db), SQLITE_OK);
  EXPECT_NE(sqlite3_exec(db, "DELETE FROM audit", nullptr, nullptr, nullptr), SQLITE_OK) << "its triggers are back";
  sqlite3_close(db);
}

TEST_F(RecordsTest, WithoutAccountsAreRefusedRatherThanOpenToAll) {
  add("root", Role::administrator);
  records.reset();
  tamper("DROP TABLE account");
  EXPECT_FALSE(Records::open(path, clock, HashCost::tests));
}

TEST(SignInLimits, EachFailureDoublesTheWait) {
  ManualClock clock{Time{}};
  clock.advance(100h);
  SignInLimits limits(clock);
  const SignInLimits::Attempt li{"li.wei", "192.0.2.1"};
  for (int i = 0; i < 5; ++i) EXPECT_EQ(limits.begin(li), 0s) << i;
  EXPECT_EQ(limits.wait(li), 1s);
  EXPECT_EQ(limits.begin(li), 1s);
  clock.advance(1s);
  EXPECT_EQ(limits.begin(li), 0s);
  EXPECT_EQ(limits.begin(li), 2s);
  clock.advance(2s);
  limits.succeeded(li);
  EXPECT_EQ(limits.begin(li), 0s);
}

TEST(SignInLimits, StrangersWhoChangeAddressesLockNobodyOut) {
  ManualClock clock{Time{}};
  SignInLimits limits(clock);
  for (int i = 0; i < 200; ++i)
    for (int k = 0; k < 50; ++k) limits.begin({"li.wei", "127.0.1." + std::to_string(i)});
  EXPECT_EQ(limits.wait({"li.wei", "127.0.0.1"}), 0s);
  EXPECT_GT(limits.wait({"li.wei", "127.0.1.7"}), 0s);
  EXPECT_EQ(limits.wait({"li.wei", "127.0.1.7", "a device of his"}), 0s) << "behind the strangers' own address";
}

TEST(SignInLimits, AnAddressThatTriesManyNamesWaitsToo) {
  ManualClock clock{Time{}};
  clock.advance(100h);
  SignInLimits limits(clock);
  for (int i = 0; i < 10; ++i) EXPECT_EQ(limits.begin({"name" + std::to_string(i), "192.0.2.7"}), 0s);
  EXPECT_EQ(limits.failures("192.0.2.7"), 10);
  EXPECT_GT(limits.begin({"another", "192.0.2.7"}), 0s);
  EXPECT_EQ(limits.begin({"another", "192.0.2.8"}), 0s);
  clock.advance(2h);
  EXPECT_EQ(limits.failures("192.0.2.7"), 0);
  EXPECT_EQ(limits.begin({"another", "192.0.2.7"}), 0s);
  for (int i = 0; i < 10; ++i) limits.begin({"six" + std::to_string(i), "2001:db8:1:2::" + std::to_string(i)});
  EXPECT_GT(limits.wait({"another", "2001:db8:1:2:ffff::1"}), 0s) << "of one /64";
  EXPECT_EQ(limits.wait({"another", "2001:db8:1:3::1"}), 0s);
}

TEST(SignInLimits, ASuccessLowersTheCount) {
  ManualClock clock{Time{}};
  SignInLimits limits(clock);
  for (int i = 0; i < 9; ++i) limits.begin({"name" + std::to_string(i), "192.0.2.7"});
  const SignInLimits::Attempt own{"li.wei", "192.0.2.7"};
  EXPECT_EQ(limits.begin(own), 0s);
  limits.succeeded(own);
  EXPECT_EQ(limits.failures("192.0.2.7"), 8);
  for (int i = 0; i < 20; ++i) {  // an office behind one address, where people mistype and sign in
    EXPECT_EQ(limits.begin({"person" + std::to_string(i), "192.0.2.7"}), 0s) << i;
    EXPECT_EQ(limits.begin(own), 0s) << i;
    limits.succeeded(own);
  }
}

using DevicesTest = RecordsTest;

TEST_F(DevicesTest, AreKnownForTheAccountsThatSignedInThere) {
  add("li.wei", Role::operates);
  const auto own = records->devices.remember("li.wei", "");
  ASSERT_TRUE(own);
  EXPECT_EQ(own->size(), 64u);
  EXPECT_TRUE(*records->devices.known("li.wei", *own));
  EXPECT_FALSE(*records->devices.known("wang.fang", *own));
  EXPECT_FALSE(*records->devices.known("li.wei", ""));
  EXPECT_EQ(*records->devices.remember("wang.fang", *own), *own) << "one browser, two people";
  EXPECT_TRUE(*records->devices.known("wang.fang", *own));
  const auto planted = records->devices.remember("li.wei", std::string(64, 'a'));
  EXPECT_NE(*planted, std::string(64, 'a')) << "a secret that is not ours is not made one";
  reopen();
  EXPECT_TRUE(*records->devices.known("li.wei", *own));
  for (int k = 0; k < Devices::kMost; ++k) {
    clock.advance(1s);
    ASSERT_TRUE(records->devices.remember("li.wei", ""));
  }
  EXPECT_FALSE(*records->devices.known("li.wei", *own)) << "the oldest goes";
  EXPECT_TRUE(*records->devices.known("wang.fang", *own));
  ASSERT_TRUE(records->accounts.remove("wang.fang"));
}

TEST(SignInLimits, NetworksAreSlash24AndSlash64) {
  EXPECT_EQ(network_of("127.0.1.17"), "127.0.1");
  EXPECT_EQ(network_of("2001:db8:1:2:3:4:5:6"), network_of("2001:db8:1:2::1"));
  EXPECT_EQ(network_of("2001:db8::7"), network_of("2001:db8::8"));
  EXPECT_NE(network_of("2001:db8:1:2::7"), network_of("2001:db8:1:3::7"));
  EXPECT_EQ(network_of("::1"), network_of("::2"));
}

TEST(SignInLimits, AFloodOfNamesTakesNoMoreMemory) {
  ManualClock clock{Time{}};
  SignInLimits limits(clock);
  for (std::size_t i = 0; i < 2 * SignInLimits::kMost; ++i) {
    clock.advance(1ms);
    limits.begin({"n" + std::to_string(i), "a" + std::to_string(i)});
  }
  EXPECT_EQ(limits.remembered(), 2 * SignInLimits::kMost);
}

}  // namespace
}  // namespace castner::people

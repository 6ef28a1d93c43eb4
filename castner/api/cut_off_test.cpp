// SPDX-License-Identifier: Apache-2.0
// A disk that is full: who has authority cuts off at once, and hears how far that holds.
#include <sqlite3.h>

#include "castner/api/server_for_tests.h"

namespace castner::api::testing {
namespace {

using people::Role;

class CutOff : public ServerTest {
 protected:
  /// Every change of these tables is refused as by a full disk, or no more.
  void disk(bool full) const {
    sqlite3* db = nullptr;
    ASSERT_EQ(sqlite3_open((folder / "records.db").c_str(), &db), SQLITE_OK);
    for (const char* table : {"account", "session", "token", "audit", "device"})
      for (const char* change : {"INSERT", "UPDATE", "DELETE"}) {
        const auto name = std::string("full_") + table + "_" + change;
        const auto sql = full ? "CREATE TRIGGER " + name + " BEFORE " + change + " ON " + table +
                                    " BEGIN SELECT RAISE(ABORT, 'disk is full'); END"
                              : "DROP TRIGGER " + name;
        EXPECT_EQ(sqlite3_exec(db, sql.c_str(), nullptr, nullptr, nullptr), SQLITE_OK) << sqlite3_errmsg(db);
      }
    sqlite3_close(db);
  }
};

TEST_F(CutOff, HoldsAtOnceAndSaysHowFarAndIsWrittenOnceThereIsRoom) {
  add("root", Role::administrator);
  add("leaves", Role::engineer);
  add("left", Role::viewer);
  serve();
  const auto token = with_token(Role::engineer);
  const auto root = signed_in("root"), leaves = signed_in("leaves"), left = signed_in("left");
  const auto json = root + "Content-Type: application/json\r\n";
  ASSERT_EQ(ask("POST", "/api/v1/write", token, "a value=1\n").status, 204);
  disk(true);
  for (const auto& answer : {ask("DELETE", "/api/v1/tokens/1", root), ask("DELETE", "/api/v1/accounts/left", root),
                             ask("PATCH", "/api/v1/accounts/leaves", json, R"({"disabled":true})")}) {
    EXPECT_EQ(answer.status, 202) << answer.body;
    EXPECT_EQ(answer.json()["detail"], people::kHoldsInMemory);
  }
  EXPECT_EQ(ask("PATCH", "/api/v1/accounts/root", json, R"({"disabled":true})").status, 409)
      << "the last administrator";
  EXPECT_EQ(ask("PATCH", "/api/v1/accounts/leaves", json, R"({"role":"viewer","disabled":true})").status, 503)
      << "a role waits for no room, and nothing is half-applied";
  const auto cut_off = [&] {
    EXPECT_EQ(ask("POST", "/api/v1/write", token, "a value=1\n").status, 401);
    EXPECT_EQ(get("/api/v1/overview", leaves).status, 401);
    EXPECT_EQ(get("/api/v1/overview", left).status, 401);
    for (const char* name : {"leaves", "left"})
      EXPECT_EQ(post_json("/api/v1/session", {{"name", name}, {"password", kPassword}}).status, 401) << name;
    EXPECT_EQ(get("/api/v1/tokens", root).json()["tokens"].size(), 0u);
    const auto accounts = get("/api/v1/accounts", root).json()["accounts"];
    ASSERT_EQ(accounts.size(), 2u);
    EXPECT_EQ(accounts[0]["disabled"], true);
  };
  cut_off();
  const std::string said = get("/api/v1/overview", root).json()["storage"]["records_error"];
  EXPECT_NE(said.find(people::kHoldsInMemory), std::string::npos) << said;
  EXPECT_NE(get("/metrics", root).body.find("castner_cut_off_waiting 3\n"), std::string::npos);
  disk(false);
  clock.advance(1min);
  records->write_what_waits();
  cut_off();
  EXPECT_TRUE(get("/api/v1/overview", root).json()["storage"]["records_error"].is_null());
  std::string trail;
  const auto audit = get("/api/v1/audit", root);
  ASSERT_EQ(audit.status, 200) << audit.body;
  const auto document = audit.json();
  for (const auto& e : document["entries"])
    trail = e["what"].get<std::string>() + " " + e["detail"].get<std::string>() + "\n" + trail;
  for (const char* of : {"token.removed 1\n", "account.removed left\n", "account.changed leaves: disabled\n"})
    EXPECT_NE(trail.find(of), std::string::npos) << of << " in " << trail;
  server.reset();
  api.reset();
  records.reset();
  records = people::Records::open((folder / "records.db").string(), clock, people::HashCost::tests).value();
  EXPECT_TRUE(records->tokens.all()->empty());
  EXPECT_TRUE(records->accounts.find("leaves").value()->disabled);
  EXPECT_FALSE(records->accounts.find("left").value());
}

}  // namespace
}  // namespace castner::api::testing

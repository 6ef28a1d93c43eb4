// SPDX-License-Identifier: Apache-2.0
// Balances of the past over HTTP: who may ask, what is told, what is refused.
#include <thread>

#include "castner/api/past_asked.h"
#include "castner/api/server_for_tests.h"

namespace castner::api::testing {
namespace {

using people::Role;

class PastRoutes : public ServerTest {
 protected:
  nlohmann::json ended() const {
    for (int k = 0; k < 500; ++k, std::this_thread::sleep_for(10ms))
      if (auto p = get("/api/v1/balances").json(); p.value("state", "") != "running") return p;
    return nullptr;
  }
};

TEST_F(PastRoutes, AnEngineerAsksAndEveryoneSees) {
  run_plant();
  serve();
  EXPECT_EQ(get("/api/v1/balances").json().value("state", ""), "none");
  const auto engineer = with_token(Role::engineer);
  const auto asked = ask("POST", "/api/v1/balances?from=2026-11-23T00:00:00Z", engineer);
  ASSERT_EQ(asked.status, 202) << asked.body;
  EXPECT_EQ(asked.json().value("windows", 0), 1);  // three minutes of readings, windows of two
  const auto done = ended();
  EXPECT_EQ(done.value("state", ""), "done") << done;
  EXPECT_EQ(done.value("balanced", 0), 1) << done;
  EXPECT_EQ(done.value("to", ""), "2026-11-23T00:03:00Z");
  const auto again = ask("POST", "/api/v1/balances?from=now-1h", engineer);
  ASSERT_EQ(again.status, 202) << again.body;
  EXPECT_EQ(ended().value("had_one", 0), 1);
  EXPECT_EQ(ask("DELETE", "/api/v1/balances", engineer).status, 200);
}

TEST_F(PastRoutes, OthersMayNotAndBadSpansAreRefused) {
  run_plant();
  serve();
  EXPECT_EQ(ask("POST", "/api/v1/balances?from=now-1h").status, 401);
  EXPECT_EQ(ask("POST", "/api/v1/balances?from=now-1h", with_token(Role::viewer)).status, 403);
  const auto engineer = with_token(Role::engineer);
  EXPECT_EQ(ask("POST", "/api/v1/balances", engineer).status, 400);
  EXPECT_EQ(ask("POST", "/api/v1/balances?from=yesterday", engineer).status, 400);
  const auto empty = ask("POST", "/api/v1/balances?from=now-10s", engineer);
  EXPECT_EQ(empty.status, 400);
  EXPECT_NE(empty.body.find("there is no whole window"), std::string::npos) << empty.body;
}

TEST_F(PastRoutes, WhatIsAskedForStandsInTheRecordsUntilItIsDoneOrStopped) {
  run_plant();
  go_on_with_the_past(past, records->asked);
  serve();
  const auto engineer = with_token(Role::engineer);
  EXPECT_EQ(ask("POST", "/api/v1/balances?from=now-10s", engineer).status, 400);
  EXPECT_FALSE(records->asked.past()->has_value());
  ASSERT_EQ(ask("POST", "/api/v1/balances?from=2026-11-23T00:00:00Z", engineer).status, 202);
  EXPECT_EQ(ended().value("state", ""), "done");
  for (int k = 0; k < 500 && records->asked.past()->has_value(); ++k) std::this_thread::sleep_for(10ms);
  EXPECT_FALSE(records->asked.past()->has_value());
  ASSERT_TRUE(records->asked.keep({clock.now() - 1h, clock.now()}));
  EXPECT_EQ(records->asked.past()->value().to, clock.now());
  EXPECT_EQ(ask("DELETE", "/api/v1/balances", engineer).status, 200);
  EXPECT_FALSE(records->asked.past()->has_value());
}

TEST_F(PastRoutes, ThePagesKnowThatDataAreMadeUp) {
  serve();
  EXPECT_EQ(get("/api/v1/overview").json()["made_up"], false);
  auto virtual_one = std::make_shared<service::LiveState>(*state);
  virtual_one->made_up = true;
  state = virtual_one;
  EXPECT_EQ(get("/api/v1/overview").json()["made_up"], true);
}

}  // namespace
}  // namespace castner::api::testing

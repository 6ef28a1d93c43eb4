// SPDX-License-Identifier: Apache-2.0
// How the server and its sources are, as the pages and Prometheus are told.
#include <gtest/gtest.h>

#include "castner/api/server_for_tests.h"
#include "castner/base/sqlite.h"

namespace castner::api::testing {
namespace {

class Health : public ServerTest {};

TEST_F(Health, WhatASourceGaveUpIsShownAndCounted) {
  state->sources["plc"].readings = 120'000;
  state->sources["plc"].rejected = 3;
  state->sources["plc"].lost = 41;
  state->stored = 119'000;
  state->refused = 2;
  state->waiting = 17;
  state->turned_away = 5;
  serve();
  const auto plc = get("/api/v1/sources").json()["sources"][0];
  EXPECT_EQ(plc["readings"], 120'000);
  EXPECT_EQ(plc["rejected"], 3);
  EXPECT_EQ(plc["lost"], 41);
  EXPECT_EQ(get("/api/v1/overview").json()["storage"], nlohmann::json({{"stored", 119'000},
                                                                       {"refused", 2},
                                                                       {"error", nullptr},
                                                                       {"records_error", nullptr},
                                                                       {"deletion_waits", nullptr}}));
  const auto metrics = get("/metrics").body;
  for (const char* line :
       {"castner_source_readings_total{source=\"plc\"} 120000", "castner_source_rejected_total{source=\"plc\"} 3",
        "castner_source_lost_total{source=\"plc\"} 41", "castner_readings_refused_total 2",
        "castner_readings_waiting 17", "castner_deliveries_turned_away_total 5"})
    EXPECT_NE(metrics.find(std::string("\n") + line + "\n"), metrics.npos) << line << "\n" << metrics;
}

TEST_F(Health, IsNotOkWhileATableOfTheRecordsIsMissing) {
  serve();
  EXPECT_EQ(get("/healthz").status, 200);
  ASSERT_TRUE(sqlite::Db::open((folder / "records.db").string(), sqlite::Db::Mode::read_write)->run("DROP TABLE view"));
  const auto health = get("/healthz");
  EXPECT_EQ(health.status, 503);
  EXPECT_EQ(health.json()["status"], "records");
  EXPECT_NE(get("/metrics").body.find("\ncastner_records_well 0\n"), std::string::npos);
  const auto why = get("/api/v1/overview").json()["storage"]["records_error"].get<std::string>();
  EXPECT_NE(why.find("view is missing"), std::string::npos) << why;
}

}  // namespace
}  // namespace castner::api::testing

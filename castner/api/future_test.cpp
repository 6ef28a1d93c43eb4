// SPDX-License-Identifier: Apache-2.0
// Pushed readings from the future: kept as uncertain, told, and never the newest.
#include "castner/api/server_for_tests.h"

namespace castner::api::testing {
namespace {

using people::Role;

class Future : public ServerTest {};

TEST_F(Future, APushedReadingFromTheFutureIsKeptAsUncertainAndIsNeverTheNewest) {
  std::vector<std::pair<std::string, std::uint64_t>> told;
  add("root", Role::administrator);
  pushed = [&](std::span<const sources::Pushed> all) {
    for (const auto& p : all) {
      EXPECT_LE(p.newest, clock.now() + 5min);
      if (p.ahead > 0) told.emplace_back(std::string(p.tag), p.ahead);
    }
  };
  serve();
  const auto token = with_token(Role::engineer);
  const auto seconds = std::chrono::floor<std::chrono::seconds>(start).time_since_epoch().count();
  const auto line = [&](const char* tag, const char* value, std::int64_t after) {
    return std::string(tag) + " value=" + value + " " + std::to_string(seconds + after) + "\n";
  };
  const std::int64_t ten_years = 315'360'000;
  ASSERT_EQ(ask("POST", "/api/v1/write?precision=s", token,
                line("a", "99", ten_years) + line("a", "1.5", -10) + line("a", "2.5", 299) +
                    line("b", "\"on\"", ten_years) + line("b", "3", -5) + line("c", "9i", 301))
                .status,
            204);
  const auto newest = get("/api/v1/latest?tags=a,b,c", token).json()["values"];
  EXPECT_EQ(newest[0]["value"], 2.5);
  EXPECT_EQ(newest[1]["value"], 3.0);
  EXPECT_TRUE(newest[2]["value"].is_null());
  const auto all =
      get("/api/v1/history?from=2026-11-22T00:00:00Z&to=2040-01-01T00:00:00Z&tags=a,b,c", token).json()["series"];
  EXPECT_EQ(all[0]["values"], nlohmann::json({1.5, 2.5, 99.0}));
  EXPECT_EQ(all[0]["quality"], nlohmann::json({"good", "good", "uncertain"}));
  EXPECT_EQ(all[1]["quality"], nlohmann::json({"good", "uncertain"}));
  EXPECT_EQ(all[2]["quality"], nlohmann::json({"uncertain"}));
  std::sort(told.begin(), told.end());
  EXPECT_EQ(told, (std::vector<std::pair<std::string, std::uint64_t>>{{"a", 1}, {"b", 1}, {"c", 1}}));
}

}  // namespace
}  // namespace castner::api::testing

// SPDX-License-Identifier: Apache-2.0
// Saved views and marks over HTTP: who may keep, share and remove them.
#include "castner/api/server_for_tests.h"

namespace castner::api::testing {
namespace {

using people::Role;

class NotesOverHttp : public ServerTest {};

TEST_F(NotesOverHttp, AnOpenServerKeepsNone) {
  serve();
  EXPECT_EQ(get("/api/v1/views").status, 200);
  EXPECT_EQ(post_json("/api/v1/views", {{"name", "a"}, {"query", "tag=A"}}).status, 401);
  EXPECT_EQ(ask("DELETE", "/api/v1/views/1").status, 401);
  EXPECT_EQ(post_json("/api/v1/marks", {{"time", "2026-11-29T10:00:00Z"}, {"kind", "note"}, {"text", "x"}}).status,
            401);
}

TEST_F(NotesOverHttp, AViewerKeepsHisOwnAndSharesNone) {
  add("root", Role::administrator);
  add("looks", Role::viewer);
  add("runs", Role::operates);
  serve();
  const auto looks = signed_in("looks"), runs = signed_in("runs");
  EXPECT_EQ(post_json("/api/v1/views", {{"name", "mine"}, {"query", "tag=A"}}, looks).status, 201);
  EXPECT_EQ(post_json("/api/v1/views", {{"name", "ours"}, {"query", "tag=A"}, {"shared", true}}, looks).status, 403);
  const auto ours = post_json("/api/v1/views", {{"name", "ours"}, {"query", "tag=B"}, {"shared", true}}, runs);
  EXPECT_EQ(ours.status, 201);
  const auto seen = get("/api/v1/views", looks).json()["views"];
  ASSERT_EQ(seen.size(), 2u);
  EXPECT_EQ(seen[0]["name"], "mine");
  EXPECT_TRUE(seen[0]["mine"]);
  EXPECT_EQ(seen[1]["owner"], "runs");
  EXPECT_FALSE(seen[1]["mine"]);
  const std::string path = "/api/v1/views/" + std::to_string(ours.json()["id"].get<int>());
  EXPECT_EQ(ask("DELETE", path, looks).status, 404);
  EXPECT_EQ(ask("DELETE", path, runs).status, 204);
  EXPECT_EQ(get("/api/v1/views", runs).json()["views"].size(), 0u);
}

TEST_F(NotesOverHttp, MarksAreWrittenByOperatorsAndCarryTheirName) {
  add("root", Role::administrator);
  add("looks", Role::viewer);
  add("runs", Role::operates);
  serve();
  const auto looks = signed_in("looks"), runs = signed_in("runs");
  const nlohmann::json mark = {{"time", "2026-11-29T10:00:00Z"}, {"kind", "exchange"}, {"text", "FI-2004 换表"}};
  EXPECT_EQ(post_json("/api/v1/marks", mark, looks).status, 403);
  EXPECT_EQ(post_json("/api/v1/marks", mark, runs).status, 201);
  auto wrong = mark;
  wrong["time"] = "yesterday";
  EXPECT_EQ(post_json("/api/v1/marks", wrong, runs).status, 400);
  wrong = mark;
  wrong["kind"] = "party";
  EXPECT_EQ(post_json("/api/v1/marks", wrong, runs).status, 400);
  const auto all = get("/api/v1/marks?from=2026-11-29T00:00:00Z&to=2026-11-30T00:00:00Z", looks).json()["marks"];
  ASSERT_EQ(all.size(), 1u);
  EXPECT_EQ(all[0]["text"], "FI-2004 换表");
  EXPECT_EQ(all[0]["who"], "runs");
  EXPECT_EQ(ask("DELETE", "/api/v1/marks/" + std::to_string(all[0]["id"].get<int>()), runs).status, 204);
  EXPECT_EQ(get("/api/v1/marks?from=2026-11-28T00:00:00Z&to=2026-11-29T00:00:00Z", looks).json()["marks"].size(), 0u);
}

TEST_F(NotesOverHttp, EveryChangeStandsInTheAuditTrail) {
  add("root", Role::administrator);
  add("runs", Role::operates);
  serve();
  const auto runs = signed_in("runs");
  const auto before = records->audit.entries(1000)->size();
  const auto view = post_json("/api/v1/views", {{"name", "my view"}, {"query", "tag=A"}}, runs);
  const auto shared = post_json("/api/v1/views", {{"name", "ours"}, {"query", "tag=B"}, {"shared", true}}, runs);
  const auto mark =
      post_json("/api/v1/marks", {{"time", "2026-11-29T10:00:00Z"}, {"kind", "stop"}, {"text", "停车"}}, runs);
  const auto path = [](const char* of, const Answer& a) { return of + std::to_string(a.json()["id"].get<int>()); };
  EXPECT_EQ(ask("DELETE", path("/api/v1/views/", view), runs).status, 204);
  EXPECT_EQ(ask("DELETE", path("/api/v1/views/", shared), runs).status, 204);
  EXPECT_EQ(ask("DELETE", path("/api/v1/marks/", mark), runs).status, 204);
  // What was refused or is gone already leaves no entry.
  EXPECT_EQ(ask("DELETE", path("/api/v1/marks/", mark), runs).status, 404);
  EXPECT_EQ(post_json("/api/v1/views", {{"name", ""}, {"query", "tag=A"}}, runs).status, 400);
  std::vector<std::string> told;
  const auto entries = *records->audit.entries(1000);
  for (std::size_t k = 0; k + before < entries.size(); ++k) {
    EXPECT_EQ(entries[k].who, "runs");
    told.insert(told.begin(), entries[k].what + " " + entries[k].detail);  // newest first
  }
  EXPECT_EQ(told, (std::vector<std::string>{"view.kept my view", "view.shared ours",
                                            "mark.added 2026-11-29T10:00:00Z stop: 停车", "view.removed my view",
                                            "view.removed ours", "mark.removed 2026-11-29T10:00:00Z stop: 停车"}));
}

}  // namespace
}  // namespace castner::api::testing

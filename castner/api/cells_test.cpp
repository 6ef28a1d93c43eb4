// SPDX-License-Identifier: Apache-2.0
// Single cells over HTTP: the picture, a moment of the past, one cell, and the service record.
#include <atomic>
#include <thread>

#include "castner/api/cells_for_tests.h"
#include "castner/base/rfc3339.h"

namespace castner::api::testing {
namespace {

using people::Role;

TEST_F(CellsOverHttp, WithoutACellsFileThereAreNone) {
  serve();
  EXPECT_EQ(get("/api/v1/cells").status, 404);
  EXPECT_EQ(get("/api/v1/cells").json()["code"], "no_cells");
  EXPECT_TRUE(get("/api/v1/overview").json()["cells"].is_null());
  EXPECT_EQ(get("/api/v1/cells/one?cell=E1/001").status, 404);
}

TEST_F(CellsOverHttp, ShowTheRoomTheSickCellAndWhatItCosts) {
  watch();
  serve();
  run(3 * 3600, 0.0);
  run(180, -0.9);
  const auto room = get("/api/v1/cells?lang=en").json();
  ASSERT_EQ(room["cells"].size(), 20u) << room;
  EXPECT_EQ(room["name"], "Room 1");
  const auto& sick = room["cells"][6];
  EXPECT_EQ(sick["cell"], "E1/007");
  EXPECT_EQ(sick["state"], "sick");
  EXPECT_NEAR(sick["voltage"]["value"].get<double>(), 2.112, 0.01);
  ASSERT_EQ(room["findings"].size(), 1u);
  EXPECT_EQ(room["findings"][0]["cause"], "short");
  EXPECT_EQ(room["findings"][0]["code"], "cell_sick");
  EXPECT_FALSE(room["findings"][0]["title"].get<std::string>().empty());
  EXPECT_EQ(room["electrolysers"][0]["states"]["sick"], 1);
  const auto overview = get("/api/v1/overview").json();
  EXPECT_EQ(overview["attention"][0]["path"], "E1/007");
  EXPECT_EQ(overview["cells"]["states"]["sick"], 1);
  EXPECT_EQ(overview["cells"]["worst"]["cell"], "E1/007");
}

TEST_F(CellsOverHttp, AScannerThatHangsIsSaidOnTheOverviewToo) {
  watch();
  serve();
  run(3600, 0.0);
  for (int k = 0; k < 12; ++k) run(10, 0.0);  // the same ten seconds again and again
  const auto room = get("/api/v1/cells?lang=en").json();
  ASSERT_EQ(room["notes"].size(), 1u) << room["notes"];
  const auto& note = room["notes"][0];
  EXPECT_EQ(note["code"], "scanner_hangs");
  EXPECT_EQ(note["electrolyser"], "E1");
  EXPECT_EQ(note["cells"], 20);
  EXPECT_TRUE(note["ended"].is_null());
  EXPECT_FALSE(note["advice"].get<std::string>().empty());
  EXPECT_EQ(room["electrolysers"][0]["states"]["unseen"], 20);
  EXPECT_EQ(get("/api/v1/overview?lang=en").json()["cells"]["note"], note["title"]);
  run(600, 0.0);
  EXPECT_FALSE(get("/api/v1/cells").json()["notes"][0]["ended"].is_null());
  EXPECT_TRUE(get("/api/v1/overview").json()["cells"]["note"].is_null());
}

/// A warning of the plant that costs so much a day [CNY/d].
insight::Finding dear(double cost, const std::string& path) {
  insight::Finding f;
  f.code = "test.only";
  f.severity = insight::Finding::Severity::warning;
  f.path = path;
  f.cost_per_day = {cost, 1.0, "CNY/d"};
  return f;
}

TEST_F(CellsOverHttp, ASickCellStandsAmongThePlantsFindingsByMoneyAndFirstOnItsFirstDay) {
  run_plant();
  find({dear(2200.0, "dear"), dear(1.0, "cheap")});
  watch();
  serve();
  run(26 * 3600, 0.0);
  run(600, 0.12);  // 0.12 V x 13.5 kA: 17.5 CNY a day
  const auto paths = [&] {
    std::vector<std::string> all;
    const auto overview = get("/api/v1/overview").json();
    for (const auto& f : overview["attention"]) all.push_back(f["path"]);
    return all;
  };
  EXPECT_EQ(paths(), (std::vector<std::string>{"E1/007", "dear", "cheap"}));
  run(26 * 3600, 0.12);
  EXPECT_EQ(paths(), (std::vector<std::string>{"dear", "E1/007", "cheap"}));
}

TEST_F(CellsOverHttp, OneCellHasItsPointsAndNeighbours) {
  watch();
  serve();
  run(3 * 3600, 0.0);
  const auto one = get("/api/v1/cells/one?cell=E1/001").json();
  EXPECT_EQ(one["cell"], "E1/001");
  ASSERT_EQ(one["neighbours"].size(), 2u);
  EXPECT_EQ(one["neighbours"][1]["cell"], "E1/003");
  ASSERT_GT(one["points"].size(), 10u) << one;
  EXPECT_NEAR(one["points"][5]["current_density"].get<double>(), 5000.0, 1.0);
  EXPECT_NEAR(one["points"][5]["voltage"].get<double>(), 3.0, 0.005);
  EXPECT_FALSE(one["curve"].empty());
  // It was read at one load: what it would do at a tenth of it is known less well.
  const auto width = [&](std::size_t at) {
    return one["curve"][at]["high"].get<double>() - one["curve"][at]["low"].get<double>();
  };
  EXPECT_GT(width(18), 0.0);
  EXPECT_GT(width(0), 2.0 * width(18));
  EXPECT_EQ(get("/api/v1/cells/one?cell=E1/021").status, 404);
  EXPECT_EQ(get("/api/v1/cells/one").status, 400);
}

TEST_F(CellsOverHttp, TagsInMillivoltsAreShownInVolts) {
  room.volt = "mV";
  watch();
  serve();
  run(3600, 0.0);
  EXPECT_NEAR(get("/api/v1/cells").json()["cells"][0]["voltage"]["value"].get<double>(), 3.0, 0.01);
  EXPECT_NEAR(get("/api/v1/cells/map?at=now").json()["values"][0].get<double>(), 3.0, 0.01);
  EXPECT_NEAR(get("/api/v1/cells/one?cell=E1/001").json()["points"][2]["voltage"].get<double>(), 3.0, 0.01);
}

TEST_F(CellsOverHttp, PointsLieOnTheLineWhereTemperatureAndCurrentAreConstants) {
  std::string text = room.kFile;
  text.replace(text.find("\"II-1\""), 6, "\"13.5 kA\"\ntemperature = \"80 degC\"");
  watch(cell_room::read_cell_room(text, "cells.toml").value());
  serve();
  run(3 * 3600, 0.0);
  const auto one = get("/api/v1/cells/one?cell=E1/001").json();
  ASSERT_GT(one["points"].size(), 10u);
  EXPECT_NEAR(one["points"][5]["current_density"].get<double>(), 5000.0, 1.0);
  EXPECT_NEAR(one["points"][5]["voltage"].get<double>(), one["standard_voltage"]["value"].get<double>(), 0.005);
}

/// What a page reads while SIGHUP takes cells away and brings others is of one file, whichever.
TEST_F(CellsOverHttp, AReloadWhilePagesAreRead) {
  auto two = room.file();
  two.electrolysers.push_back(two.electrolysers[0]);
  two.electrolysers[1].name = "E2";
  watch(two);
  serve();
  std::atomic<bool> done = false;
  std::thread reloads([&] {
    for (int k = 0; !done; ++k)
      (void)watcher->watch(k % 3 == 0   ? std::nullopt
                           : k % 3 == 1 ? std::optional(two)
                                        : std::optional(room.file()),
                           std::to_string(k), room.settings(), {});
  });
  for (int k = 0; k < 300; ++k) {
    EXPECT_LT(get("/api/v1/cells/one?cell=E2/001").status, 500);
    EXPECT_LT(get("/api/v1/overview").status, 500);
  }
  done = true;
  reloads.join();
}

TEST_F(CellsOverHttp, AMomentOfThePast) {
  watch();
  serve();
  run(3600, 0.0);
  const auto then = clock.now();
  run(3600, 0.3);
  const auto map = [&](Time at, const char* of) {
    return get("/api/v1/cells/map?of=" + std::string(of) + "&at=" + rfc3339(at)).json()["values"];
  };
  EXPECT_NEAR(map(then, "voltage")[6].get<double>(), 3.012, 0.01);
  EXPECT_NEAR(map(clock.now(), "voltage")[6].get<double>(), 3.312, 0.01);
  EXPECT_TRUE(map(start - 24h, "voltage")[6].is_null());
  EXPECT_EQ(get("/api/v1/cells/map?at=now&of=colour").status, 400);
  EXPECT_EQ(get("/api/v1/cells/map").status, 400);
}

TEST_F(CellsOverHttp, AnEngineerEntersAnExchangeAndTheCellBeginsAnew) {
  add("root", Role::administrator);
  add("runs", Role::operates);
  add("builds", Role::engineer);
  watch();
  serve();
  const auto runs = signed_in("runs"), builds = signed_in("builds");
  run(3 * 3600, 0.0);
  run(600, -0.9);
  ASSERT_EQ(get("/api/v1/cells", builds).json()["cells"][6]["state"], "sick");
  const nlohmann::json exchange = {
      {"cell", "E1/007"}, {"what", "membrane"}, {"when", rfc3339(clock.now())}, {"note", "两次检漏"}};
  EXPECT_EQ(post_json("/api/v1/cells/service", exchange, runs).status, 403);
  auto wrong = exchange;
  wrong["cell"] = "E1/999";
  EXPECT_EQ(post_json("/api/v1/cells/service", wrong, builds).status, 404);
  wrong = exchange;
  wrong["when"] = "2036-01-01T00:00:00Z";
  EXPECT_EQ(post_json("/api/v1/cells/service", wrong, builds).status, 400);
  wrong["when"] = "1700-01-01T00:00:00Z";
  EXPECT_EQ(post_json("/api/v1/cells/service", wrong, builds).status, 400);
  const auto made = post_json("/api/v1/cells/service", exchange, builds);
  EXPECT_EQ(made.status, 201) << made.body;
  EXPECT_EQ(made.json()["by"], "builds");
  EXPECT_EQ(post_json("/api/v1/cells/service", exchange, builds).status, 409);
  EXPECT_EQ(get("/api/v1/cells/service", runs).json().size(), 1u);
  run(3600, 0.0);
  const auto one = get("/api/v1/cells/one?cell=E1/007", runs).json();
  EXPECT_EQ(one["state"], "healthy");
  EXPECT_EQ(one["service"][0]["note"], "两次检漏");
  EXPECT_FALSE(one["findings"][0]["ended"].is_null());
  const auto audit = records->audit.entries(5).value();
  EXPECT_EQ(audit[0].what, "cell.serviced");
}

TEST_F(CellsOverHttp, AnExchangeBeforeWhatCellsTomlSaysIsRefusedWithTheDate) {
  add("root", Role::administrator);
  add("builds", Role::engineer);
  std::string text = room.kFile;
  text.replace(text.find("current ="), 0, "membrane_installed = 2026-10-05\n");
  watch(cell_room::read_cell_room(text, "cells.toml").value());
  serve();
  const auto builds = signed_in("builds");
  const auto post = [&](const char* what, const char* when) {
    return post_json("/api/v1/cells/service", {{"cell", "E1/007"}, {"what", what}, {"when", when}, {"note", ""}},
                     builds);
  };
  const auto refused = post("membrane", "2026-09-30T08:00:00Z");
  EXPECT_EQ(refused.status, 400);
  EXPECT_NE(refused.body.find("2026-10-05"), std::string::npos) << refused.body;
  EXPECT_EQ(post("anode_coating", "2026-09-30T08:00:00Z").status, 201) << "of which cells.toml says nothing";
  EXPECT_EQ(post("membrane", "2026-10-05T08:00:00Z").status, 201);
}

}  // namespace
}  // namespace castner::api::testing

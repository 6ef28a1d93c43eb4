// SPDX-License-Identifier: Apache-2.0
// The page Start over HTTP: what is read, sketched, assessed and kept, and the same words as on the command line.
#include <algorithm>
#include <set>

#include "castner/api/server_for_tests.h"
#include "castner/assess/assess.h"
#include "castner/base/file.h"
#include "castner/tables/table_reader.h"
#include "tests/support/root.h"

namespace castner::api::testing {
namespace {

using Json = nlohmann::json;
using people::Role;

/// Two hours of minutes; FI-2 and FI-3 make FI-1, but FI-3 reads 0.5 t/h too high.
std::string newcomers_csv() {
  std::string csv = "time;FI-1 (t/h);FI-2 (t/h);FI-3 (t/h);TI-1 (degC);XI-9\n";
  for (int k = 0; k < 120; ++k) {
    const auto n = [&](double v, int salt) {
      std::string s = std::to_string(v + 0.001 * v * ((k * 7 + salt * 5) % 11 - 5) / 5);
      return s.replace(s.find('.'), 1, ",");
    };
    const std::string minute = std::to_string(k % 60);
    csv += "2026-11-23 0" + std::to_string(k / 60) + ":" + (minute.size() < 2 ? "0" : "") + minute + ";" + n(10, 1) +
           ";" + n(6, 2) + ";" + n(4.5, 3) + ";" + n(55, 4) + ";Bad\n";
  }
  return csv;
}

const Json kSketch = {{"name", "Mine"},
                      {"window", "30 min"},
                      {"max_gap", "5 min"},
                      {"min_rows", 20},
                      {"units", {{{"name", "N1"}, {"model", "node"}}}},
                      {"pipes",
                       {{{"name", "S1"}, {"from", ""}, {"to", "N1"}},
                        {{"name", "S2"}, {"from", "N1"}, {"to", ""}},
                        {{"name", "S3"}, {"from", "N1"}, {"to", ""}}}},
                      {"meters",
                       {{{"tag", "FI-1"}, {"of", "S1.flow_mass"}, {"unit", "t/h"}, {"sd", "0.5 %"}},
                        {{"tag", "FI-2"}, {"of", "S2.flow_mass"}, {"unit", "t/h"}, {"sd", "0.5 %"}},
                        {{"tag", "FI-3"}, {"of", "S3.flow_mass"}, {"unit", "t/h"}, {"sd", "0.5 %"}}}}};

class StartRoutes : public ServerTest {
 protected:
  Answer send(const std::string& target, const std::string& body, const std::string& headers = "") const {
    return ask("POST", target, "Content-Type: application/octet-stream\r\n" + headers, body);
  }
};

TEST_F(StartRoutes, SaysWhatAFileWasTakenForAndGuessesAsTheCommandLineDoes) {
  serve();
  const auto a = send("/api/v1/start/read?name=C%3A%5Cdata%5Cmine.csv&timezone=Asia/Shanghai", newcomers_csv());
  ASSERT_EQ(a.status, 200) << a.body;
  const auto read = a.json();
  EXPECT_EQ(read["file"], "mine.csv");
  EXPECT_EQ(read["taken_as"], "CSV, UTF-8, delimiter semicolon, decimal comma, one column a tag") << read["taken_as"];
  EXPECT_EQ(read["rows"], 120);
  EXPECT_EQ(read["step_seconds"], 60.0);
  EXPECT_EQ(read["clock"], "Asia/Shanghai");
  EXPECT_EQ(read["from"], "2026-11-23T00:00:00+08:00");
  EXPECT_EQ(read["windows"]["window"], "30 min");
  EXPECT_EQ(read["bad_texts"], 120);
  ASSERT_EQ(read["columns"].size(), 5u);
  EXPECT_EQ(read["columns"][0]["guess"]["quantity"], "flow_mass");
  EXPECT_EQ(read["columns"][0]["guess"]["name"], "S1");
  EXPECT_EQ(read["columns"][3]["guess"]["quantity"], "temperature");
  EXPECT_EQ(read["columns"][4]["readings"], 0);
  EXPECT_EQ(read["columns"][4]["mean"], nullptr);
  for (const auto& m : read["models"])
    if (m["name"] == "heat_exchanger") {
      EXPECT_GE(m["quantities"].size(), 1u);
    } else if (m["name"] == "electrolyser") {
      EXPECT_EQ(m["required"].size(), 2u);
      EXPECT_GE(m["quantities"].size(), 4u);
    }
  const auto zh = send("/api/v1/start/read?name=mine.csv&timezone=%2B08%3A00&lang=zh", newcomers_csv()).json();
  EXPECT_NE(zh["taken_as"], read["taken_as"]);
}

// Range, gaps and label are of one clock, that of the file: a zone in its header before the one that a browser sends along.
TEST_F(StartRoutes, TimesStandOnTheClockThatIsSaid) {
  serve();
  const auto read = [&](const std::string& zone, const std::string& head, const std::string& offset) {
    std::string csv = head + ",FI-1 (t/h)\n";
    for (const char* at : {"2026-11-28 00:00", "2026-11-28 00:01", "2026-11-28 00:02", "2026-11-28 06:00"})
      csv += at + offset + ",1\n";
    return send("/api/v1/start/read?name=a.csv&timezone=" + zone, csv).json();
  };
  struct Case {
    const char *zone, *head, *offset, *clock, *from, *taken_by;
  };
  for (const Case& c :
       {Case{"Europe/Berlin", "time", "", "Europe/Berlin", "2026-11-28T00:00:00+01:00", "Europe/Berlin"},
        {"America/Chicago", "time", "", "America/Chicago", "2026-11-28T00:00:00-06:00", ""},
        {"Asia/Shanghai", "time (UTC)", "", "UTC", "2026-11-28T00:00:00+00:00", ""},
        {"", "time", "+08:00", "+08:00", "2026-11-28T00:00:00+08:00", "offsets in the file"},
        {"UTC", "time", "+08:00", "UTC", "2026-11-27T16:00:00+00:00", "offsets in the file"}}) {
    const auto json = read(c.zone, c.head, c.offset);
    EXPECT_EQ(json["clock"], c.clock) << json;
    EXPECT_EQ(json["from"], c.from);
    const std::string_view offset = std::string_view(c.from).substr(19);
    EXPECT_TRUE(json["to"].get<std::string>().ends_with(offset)) << json["to"];
    EXPECT_TRUE(json["gaps"][0]["from"].get<std::string>().ends_with(offset)) << json["gaps"];
    if (*c.taken_by) {
      EXPECT_EQ(json["time_zone"], c.taken_by);
    }
  }
  EXPECT_EQ(send("/api/v1/start/read?name=a.csv&timezone=UTC", "tag,value,unit\nFI-1,1,t/h\n").json()["clock"],
            nullptr);
}

TEST_F(StartRoutes, WhatAColumnMayMeasureIsWhatHasItsUnit) {
  serve();
  const auto read = send("/api/v1/start/read?name=a.csv",
                         "time,FI-1 (t/h),FI-2 (Nm3/h),PI-3 (MPa),PI-4 (kPa(a)),PI-5 (bar(g)),TI-6 (degC),X-7\n"
                         "2026-11-23T00:00:00Z,1,2,0.3,130,2,80,5\n");
  ASSERT_EQ(read.status, 200) << read.body;
  const Json json = read.json(), &columns = json["columns"];
  const auto may_be = [&](std::size_t k) {
    const auto names = columns[k]["may_be"].get<std::vector<std::string>>();
    return std::set<std::string>(names.begin(), names.end());
  };
  EXPECT_TRUE(may_be(0).contains("flow_mass") && may_be(0).contains("flow_mass.NaOH")) << columns[0];
  EXPECT_FALSE(may_be(0).contains("temperature") || may_be(0).contains("flow_vol_normal"));
  EXPECT_TRUE(may_be(1).contains("flow_vol_normal") && may_be(1).contains("flow_mol.Cl2")) << columns[1];
  for (const std::size_t pressure : {2u, 3u, 4u})
    EXPECT_EQ(may_be(pressure), (std::set<std::string>{"pressure", "pressure_sat"})) << columns[pressure];
  EXPECT_TRUE(may_be(5).contains("temperature") && may_be(5).contains("boiling_point_elevation")) << columns[5];
  EXPECT_TRUE(may_be(6).empty()) << "without a unit nobody knows";
  for (std::size_t k = 0; k < columns.size(); ++k)
    EXPECT_EQ(columns[k]["absolute"], k == 3) << "only its header says so";
}

TEST_F(StartRoutes, WhatIsLikelyStandsFirstAndElectrolysersAreProposed) {
  serve();
  const auto read = send("/api/v1/start/read?name=a.csv",
                         "time,II-1 (kA),EI-1 (V),JI-1 (kW),AI-2 (%),FI-3 (Nm3/h),AI-3 H2 (%),AI-4 NaCl (g/L)\n"
                         "2026-11-23T00:00:00Z,14,450,6500,32,1800,99.9,300\n")
                        .json();
  const auto first = [&](std::size_t k) { return read["columns"][k]["may_be"][0]; };
  EXPECT_EQ(first(3), "mass_frac.NaOH");
  EXPECT_EQ(first(4), "flow_vol_normal_dry");
  EXPECT_EQ(first(5), "mole_frac_dry.H2");
  EXPECT_EQ(first(6), "conc_mass.NaCl");
  EXPECT_EQ(read["columns"][4]["may_be"][1], "flow_vol_normal");
  EXPECT_EQ(read["units"], Json::parse(R"([{"name":"E1","model":"electrolyser","feeds":[]},
                                           {"name":"R1","model":"rectifier","feeds":["E1"]}])"));
  for (const auto& m : read["models"]) {
    EXPECT_EQ(m["feeds"], m["name"] == "rectifier" ? Json("electrolyser") : Json()) << m["name"];
    if (m["name"] == "electrolyser") {
      EXPECT_GE(m["optional"].size(), 3u);
      for (const auto& p : m["optional"]) EXPECT_FALSE(p["about"].get<std::string>().empty()) << p;
    }
  }
}

TEST_F(StartRoutes, PipesThatMeetAndARectifierBecomeThePlantFile) {
  serve();
  const Json sketch = {
      {"name", "A"},
      {"between", "hold"},
      {"window", "2 h"},
      {"max_gap", "1 h"},
      {"units",
       {{{"name", "E1"}, {"model", "electrolyser"}, {"parameters", {{"cells", "150"}, {"cell_area", "2.7 m2"}}}},
        {{"name", "E2"}, {"model", "electrolyser"}, {"parameters", {{"cells", "150"}, {"cell_area", "2.7 m2"}}}},
        {{"name", "R1"}, {"model", "rectifier"}, {"feeds", {"E1", "E2"}}}}},
      {"pipes", {{{"name", "S1"}, {"from", "every electrolyser.chlorine"}, {"to", ""}}}},
      {"meters", {{{"tag", "FI-1"}, {"of", "S1.flow_vol_normal_dry"}, {"unit", "Nm3/h"}, {"sd", "2 %"}}}}};
  const auto made = send("/api/v1/start/plant", sketch.dump()).json();
  EXPECT_EQ(made["problems"], Json::array()) << made;
  const auto text = made["plant"].get<std::string>();
  for (const char* line : {"between = \"hold\"", "name = \"join_S1\"\nmodel = \"mixer\"",
                           "residual = \"R1.dc_power - E1.dc_power - E2.dc_power\"", "of = \"S1.flow_vol_normal_dry\""})
    EXPECT_NE(text.find(line), std::string::npos) << line << '\n' << text;
}

TEST_F(StartRoutes, APipeThatMayBeWaterIsAskedAboutAndWhatATagSaysIsSaid) {
  serve();
  const auto made = [&](const char* tag) {
    const Json sketch = {{"name", "A"},
                         {"currency", "EUR"},
                         {"economics", {{"electricity", "0.1"}, {"steam", ""}}},
                         {"units", {{{"name", "MX1"}, {"model", "mixer"}}}},
                         {"pipes",
                          {{{"name", "S1"}, {"from", ""}, {"to", "MX1"}, {"contents", "caustic"}},
                           {{"name", "S2"}, {"from", ""}, {"to", "MX1"}},
                           {{"name", "S3"}, {"from", "MX1"}, {"to", ""}}}},
                         {"meters", {{{"tag", tag}, {"of", "S2.flow_mass"}, {"unit", "t/h"}, {"sd", "2 %"}}}}};
    return send("/api/v1/start/plant?lang=zh", sketch.dump()).json();
  };
  const auto asked = made("FI-2");
  EXPECT_NE(asked["problems"], Json::array());
  EXPECT_EQ(asked["pipes"][1]["contents"], nullptr);
  ASSERT_EQ(asked["pipes"][1]["may_be"].size(), 2u) << asked["pipes"];
  EXPECT_EQ(asked["pipes"][1]["may_be"][0]["title"], "水");
  const auto said = made("FI-2 dilution water");
  EXPECT_EQ(said["problems"], Json::array()) << said;
  EXPECT_EQ(said["pipes"][1]["by"], "tags");
  EXPECT_EQ(said["pipes"][0]["by"], "picked");
  EXPECT_EQ(said["pipes"][2]["by"], "ends");
  EXPECT_NE(said["plant"].get<std::string>().find("[economics]\nelectricity = \"0.1 EUR/(kW.h)\"\n"), std::string::npos)
      << said["plant"];
}

TEST_F(StartRoutes, AGasFlowThatIsDryAndTakenAsMoistHasItsCureInTheAnswer) {
  serve();
  const std::string folder = castner::testing::root() + "/tests/cases/assess/start_assumes_clean/";
  auto plant = read_file(folder + "plant.toml").value(), data = read_file(folder + "data.csv").value();
  const std::string dry = "HY.flow_vol_normal_dry";
  plant.replace(plant.find(dry), dry.size(), "HY.flow_vol_normal");
  for (std::size_t k = 0, at = 0; k < 7; ++k) {
    at = data.find('\n', at) + 1;
    if (k == 6) data.resize(at);
  }
  for (const bool chinese : {false, true}) {
    const auto answer =
        send("/api/v1/start/assess?name=a.csv&timezone=Europe/Berlin&plant=" + std::to_string(plant.size()) +
                 (chinese ? "&lang=zh" : ""),
             plant + data)
            .json();
    const auto cures = std::count_if(answer["findings"].begin(), answer["findings"].end(), [&](const Json& f) {
      return f["instead"] == Json{{"tag", "FI-170"},
                                  {"quantity", "flow_vol_normal_dry"},
                                  {"title", chinese ? "标准体积流量（干）" : "volume flow (normal, dry)"}};
    });
    EXPECT_EQ(cures, 1) << answer["findings"];
  }
}

TEST_F(StartRoutes, AStopHasItsTimesAndTheListNamesWhatWasNotUsed) {
  serve();
  const std::string folder = castner::testing::root() + "/tests/cases/assess/stopped_and_started_again/";
  const auto plant = read_file(folder + "plant.toml").value(), data = read_file(folder + "data.csv").value();
  for (const bool chinese : {false, true}) {
    const auto answer =
        send("/api/v1/start/assess?name=a.csv&plant=" + std::to_string(plant.size()) + (chinese ? "&lang=zh" : ""),
             plant + data)
            .json();
    const auto stops = [&](const char* title) {
      for (const auto& f : answer["findings"])
        if (f["title"].get<std::string>().starts_with(title)) return f["stops"];
      return Json();
    };
    EXPECT_EQ(stops(chinese ? "18 个时段中有 3 个全厂停运" : "The whole plant stood still in 3 of 18 windows"),
              chinese ? "E1 停运：2026-11-29 11:00 至 12:30（1 小时 30 分钟）。"
                      : "E1 stopped 2026-11-29 11:00 to 12:30 (1 h 30 min).");
    std::map<std::string, std::string> verdicts;
    for (const auto& i : answer["instruments"]) verdicts[i["tag"]] = i["verdict_words"];
    EXPECT_EQ(verdicts["U2"], chinese ? "无法核对，停运未使用：13 个时段中 6 个"
                                      : "not checked, out of service and not used in 6 of 13 windows");
    EXPECT_TRUE(answer["findings"].back()["stops"].is_null());
  }
}

TEST_F(StartRoutes, EveryQuantityHasChineseWords) {
  serve();
  const auto read = send("/api/v1/start/read?name=a.csv&lang=zh", "time,FI-1 (t/h)\n2026-11-23T00:00:00Z,1\n").json();
  std::size_t count = 0;
  for (const auto* list : {&read["models"], &read["contents"]})
    for (const auto& of : *list)
      for (const auto& q : of["quantities"]) {
        const auto title = q["title"].get<std::string>();
        EXPECT_TRUE(std::any_of(title.begin(), title.end(), [](char c) { return (c & 0x80) != 0; })) << of["name"] << q;
        ++count;
      }
  EXPECT_GT(count, 50u);
}

TEST_F(StartRoutes, CoarseDataGetWindowsThatHoldThem) {
  serve();
  std::string hourly = "time,FI-1 (t/h)\n";
  for (int k = 0; k < 48; ++k)
    hourly += "2026-11-" + std::to_string(23 + k / 24) + "T" + (k % 24 < 10 ? "0" : "") + std::to_string(k % 24) +
              ":00:00Z," + std::to_string(10 + k % 3) + "\n";
  const auto read = send("/api/v1/start/read", hourly).json();
  EXPECT_EQ(read["step_seconds"], 3600.0);
  EXPECT_EQ(read["windows"]["window"], "6 h") << "as castner new writes it";
  EXPECT_EQ(read["windows"]["min_rows"], 4);
  EXPECT_EQ(read["windows"]["max_gap"], "2 h");
  EXPECT_EQ(read["windows"]["between"], "");
  EXPECT_EQ(read["gap_count"], 0);
}

TEST_F(StartRoutes, ABadFileSaysWhatTheCommandLineSays) {
  serve();
  for (const std::string bad : {"time,FI-1,FI-1\n2026-11-23T00:00:00Z,1,2\n", "time,FI-1\n2026-11-23 00:00,1\n", "",
                                "PK\x03\x04nothing", "time,FI-1\n31/02/2026 00:00,1\n"}) {
    const auto a = send("/api/v1/start/read?name=mine.csv", bad);
    EXPECT_EQ(a.status, 400) << a.body;
    const auto expected = tables::read_table(bad, "mine.csv");
    ASSERT_FALSE(expected);
    const auto told = a.json()["problems"];
    ASSERT_EQ(told.size(), expected.error().problems.size()) << a.body;
    for (std::size_t k = 0; k < told.size(); ++k) {
      EXPECT_EQ(told[k]["where"], expected.error().problems[k].where);
      EXPECT_EQ(told[k]["what"], expected.error().problems[k].what);
      EXPECT_EQ(told[k]["cure"], expected.error().problems[k].cure);
    }
  }
}

TEST_F(StartRoutes, TakesTheOptionsOfTheCommandLine) {
  serve();
  const std::string counted = "hour,FI-1 (t/h)\n0,10\n1,-777\n2,11\n3,12\n";
  EXPECT_EQ(send("/api/v1/start/read?name=a.csv", counted).status, 400);
  const auto read = send(
      "/api/v1/start/read?name=a.csv&start=2026-11-03T00:00&step=1%20h&timezone=Asia/Shanghai&no_data=-777", counted);
  ASSERT_EQ(read.status, 200) << read.body;
  EXPECT_EQ(read.json()["from"], "2026-11-03T00:00:00+08:00");
  EXPECT_EQ(read.json()["to"], "2026-11-03T03:00:00+08:00");
  EXPECT_EQ(read.json()["columns"][0]["readings"], 3);
  EXPECT_EQ(read.json()["columns"][0]["low"], 10.0);
  const auto wrong =
      send("/api/v1/start/read?name=a.csv&start=2026-11-03T00:00&no_data=none&decimal=dot&dates=day", counted);
  EXPECT_EQ(wrong.status, 400);
  ASSERT_EQ(wrong.json()["problems"].size(), 4u)
      << wrong.body;  // the start has no offset, no number, no mark, no order
}

TEST_F(StartRoutes, DatesOfOneDayAreAskedAbout) {
  serve();
  const std::string data = "time,FI-1\n01/02/2026 10:00,10\n01/02/2026 10:01,11\n";
  const auto asked = send("/api/v1/start/read?name=a.csv&timezone=UTC", data);
  EXPECT_EQ(asked.status, 400);
  const Json choices = {{{"of", "dates"}, {"name", ""}, {"options", {"dmy", "mdy", "ymd"}}}};
  EXPECT_EQ(asked.json()["choices"], choices) << asked.body;
  for (const auto& [order, from] : {std::pair{"dmy", "2026-02-01"}, std::pair{"mdy", "2026-01-02"}}) {
    const auto read = send("/api/v1/start/read?name=a.csv&timezone=UTC&dates=" + std::string(order), data);
    EXPECT_EQ(read.json()["from"].get<std::string>().substr(0, 10), from) << read.body;
  }
}

TEST_F(StartRoutes, AMeterOfAcidThatTheBalanceCannotUseSaysSoAndStopsNothing) {
  serve();
  const Json sketch = {
      {"name", "A"},
      {"units",
       {{{"name", "E1"}, {"model", "electrolyser"}, {"parameters", {{"cells", "150"}, {"cell_area", "2.7 m2"}}}}}},
      {"pipes", {{{"name", "S480"}, {"from", ""}, {"to", "E1.brine"}, {"contents", ""}}}},
      {"meters",
       {{{"tag", "FI-480 HCl"}, {"of", "S480.flow_vol"}, {"unit", "m3/h"}, {"sd", "1 %"}},
        {{"tag", "TI-480"}, {"of", "S480.temperature"}, {"unit", "degC"}, {"sd", "0.5"}}}}};
  for (const bool chinese : {false, true}) {
    const auto made = send(chinese ? "/api/v1/start/plant?lang=zh" : "/api/v1/start/plant", sketch.dump()).json();
    EXPECT_EQ(made["problems"], Json::array()) << made;
    ASSERT_EQ(made["meter_notes"].size(), 1u) << made;
    EXPECT_EQ(made["meter_notes"][0]["tag"], "TI-480");
    EXPECT_EQ(made["meter_notes"][0]["text"].get<std::string>().find(chinese ? "不使用" : "not used"), 0u);
  }
}

TEST_F(StartRoutes, AWorkbookSaysItsSheetsAndAsksWhichIsMeant) {
  serve();
  const auto book = read_file(castner::testing::root() + "/tests/cases/assess/sheet_by_name/two_shifts.xlsx").value();
  const auto first = send("/api/v1/start/read?name=two.xlsx", book).json();
  EXPECT_EQ(first["sheet"], "Day");
  EXPECT_EQ(first["sheets"], Json({"Cover", "Day", "Night"}));
  const auto night = send("/api/v1/start/read?name=two.xlsx&sheet=night", book).json();
  EXPECT_EQ(night["sheet"], "Night");
  EXPECT_NEAR(night["columns"][0]["mean"].get<double>(), 7.0, 0.05);
  const auto cover = send("/api/v1/start/read?name=two.xlsx&sheet=Cover", book);
  EXPECT_EQ(cover.status, 400);
  const Json asked = {{{"of", "sheet"}, {"name", ""}, {"options", {"Cover", "Day", "Night"}}}};
  EXPECT_EQ(cover.json()["choices"], asked) << cover.body;
  const auto none = send("/api/v1/start/read?name=mine.csv&sheet=Day", newcomers_csv());
  EXPECT_EQ(none.status, 400);
  EXPECT_FALSE(none.json().contains("choices"));
}

TEST_F(StartRoutes, AUnitThatMayBeASlipIsAskedBackWithItsTwoAnswers) {
  serve();
  std::string csv = "time,FI-1 (t/h),FI-2 (kg/h),PI-1 (kPa)\n";
  for (int k = 0; k < 60; ++k)
    csv += "2026-11-23T00:" + std::to_string(100 + k).substr(1) + ":00Z,10.0" + std::to_string(k % 7) + ",10.0" +
           std::to_string(k % 5) + ",20.0" + std::to_string(k % 3) + "\n";
  const Json meters = {{{"tag", "FI-1"}, {"of", "S1.flow_mass"}, {"unit", "t/h"}, {"sd", "0.5 %"}},
                       {{"tag", "FI-2"}, {"of", "S2.flow_mass"}, {"unit", "t/h"}, {"sd", "0.5 %"}},
                       {{"tag", "PI-1"}, {"of", "S1.pressure"}, {"unit", "kPa(g)"}, {"sd", "1 kPa"}}};
  Json sketch = {{"name", "Mine"},
                 {"units", {{{"name", "N1"}, {"model", "node"}}}},
                 {"pipes",
                  {{{"name", "S1"}, {"from", ""}, {"to", "N1"}, {"contents", "steam"}},
                   {{"name", "S2"}, {"from", "N1"}, {"to", ""}, {"contents", "steam"}}}},
                 {"meters", meters}};
  const auto balance = [&] {
    const std::string plant = post_json("/api/v1/start/plant", sketch).json()["plant"];
    return send("/api/v1/start/assess?name=mine.csv&plant=" + std::to_string(plant.size()), plant + csv);
  };
  const auto asked = balance();
  EXPECT_EQ(asked.status, 400) << asked.body.substr(0, 500);
  const Json choices = {{{"of", "data_unit"}, {"name", "FI-2"}, {"options", {"kg/h", "t/h"}}},
                        {{"of", "data_unit"}, {"name", "PI-1"}, {"options", {"kPa", "kPa(g)"}}}};
  EXPECT_EQ(asked.json()["choices"], choices) << asked.body;
  sketch["meters"][1]["data_unit"] = "t/h";
  sketch["meters"][2]["data_unit"] = "kPa(g)";
  const auto answered = balance();
  ASSERT_EQ(answered.status, 200) << answered.body.substr(0, 500);
  EXPECT_TRUE(answered.json()["instruments"][2]["measured"]["value"].get<std::string>().starts_with("20.0"))
      << answered.json()["instruments"][2];
}

TEST_F(StartRoutes, ASketchBecomesAPlantFileAndTheFileABalance) {
  serve();
  const auto sketched = post_json("/api/v1/start/plant", kSketch);
  ASSERT_EQ(sketched.status, 200) << sketched.body;
  const auto plant_answer = sketched.json();
  EXPECT_EQ(plant_answer["problems"].size(), 0u) << sketched.body;
  EXPECT_EQ(plant_answer["redundancy"], 1);
  EXPECT_EQ(plant_answer["unchecked_words"], nullptr);
  const std::string plant = plant_answer["plant"];
  const auto csv = newcomers_csv();
  const auto a = send("/api/v1/start/assess?timezone=Asia/Shanghai&name=mine.csv&plant=" + std::to_string(plant.size()),
                      plant + csv);
  ASSERT_EQ(a.status, 200) << a.body.substr(0, 2000);
  const auto answer = a.json();
  EXPECT_EQ(answer["windows"], 4);
  EXPECT_EQ(answer["reconciled"], 4);
  ASSERT_EQ(answer["instruments"].size(), 3u);
  EXPECT_EQ(answer["sentences"].size(), 5u);
  EXPECT_NE(answer["report"].get<std::string>().find("FI-3"), std::string::npos);
  // The same answer as the same files give on the command line.
  const auto by_hand = assess::assess(*plant_file::read_plant(plant, "plant.toml"),
                                      *tables::read_table(csv, "mine.csv", {.time_zone = "Asia/Shanghai"}), "mine.csv",
                                      {.time_zone = "Asia/Shanghai"});
  ASSERT_TRUE(by_hand);
  // One balance tells none of three meters from the others: of each stands what the others say.
  const auto& state = *by_hand->windows[0].state;
  const auto& errors = state.reconciliation.gross_errors;
  ASSERT_FALSE(errors.empty());
  ASSERT_EQ(errors[0].index, state.instruments[0].reading);
  EXPECT_NEAR(std::stod(answer["instruments"][0]["reconciled"]["value"].get<std::string>()),
              (*state.instruments[0].measured - errors[0].size) * 3.6, 0.02);
  EXPECT_EQ(answer["unknown_columns"].size(), 2u);
}

TEST_F(StartRoutes, WhatNothingElseChecksIsSaidInTheWordsOfTheBalance) {
  serve();
  auto sketch = kSketch;
  sketch["pipes"].push_back({{"name", "S4"}, {"from", "N1"}, {"to", ""}});
  sketch["units"].push_back({{"name", "N2"}, {"model", "node"}});
  sketch["pipes"].push_back({{"name", "S5"}, {"from", ""}, {"to", "N2"}});
  sketch["pipes"].push_back({{"name", "S6"}, {"from", "N2"}, {"to", ""}});
  sketch["meters"].push_back({{"tag", "FI-5"}, {"of", "S5.flow_mass"}, {"unit", "t/h"}, {"sd", "1 %"}});
  sketch["meters"].push_back({{"tag", "FI-6"}, {"of", "S6.flow_mass"}, {"unit", "t/h"}, {"sd", "1 %"}});
  const auto answer = post_json("/api/v1/start/plant", sketch).json();
  EXPECT_EQ(answer["redundancy"], 1) << answer;  // N2 closes; S4 takes up whatever N1 leaves
  EXPECT_EQ(answer["unchecked_words"], "Not checked, so no error would be seen in FI-1, FI-2, FI-3");
  EXPECT_EQ(post_json("/api/v1/start/plant?lang=zh", sketch).json()["unchecked_words"],
            "无法核对，误差不会被发现：FI-1, FI-2, FI-3");
}

TEST_F(StartRoutes, WhatIsWrongWithASketchIsToldWithThePlantFilesLine) {
  serve();
  auto wrong = kSketch;
  wrong["pipes"][0]["contents"] = "soup";
  wrong["meters"][1]["of"] = "S2.temprature";
  const auto answer = post_json("/api/v1/start/plant", wrong).json();
  ASSERT_GE(answer["problems"].size(), 2u) << answer;
  EXPECT_TRUE(answer["problems"][0]["where"].get<std::string>().starts_with("plant.toml:"));
  EXPECT_EQ(answer["redundancy"], nullptr);
  EXPECT_EQ(post_json("/api/v1/start/plant", Json::array()).status, 400);
  auto typed = kSketch;
  typed["units"][0]["name"] = 7;
  typed["meters"] = "none";
  const auto refused = post_json("/api/v1/start/plant", typed);
  EXPECT_EQ(refused.status, 400);
  EXPECT_EQ(refused.json()["problems"].size(), 2u) << refused.body;
}

/// A sketch with one thing wrong: a pointer into it, and what is put there.
struct Slip {
  const char* where;
  Json value;
};

TEST_F(StartRoutes, WhatIsWrongWithASketchIsSaidInChinese) {
  serve();
  const std::vector<Slip> slips{
      {"/meters/0/unit", "tph"},
      {"/meters/0/unit", "vol%"},
      {"/meters/0/unit", "psi"},
      {"/meters/0/unit", "t /h"},
      {"/meters/0/unit", "t/"},
      {"/meters/0/unit", "degC"},
      {"/meters/0/sd", "x"},
      {"/meters/0/sd", "0 %"},
      {"/meters/0/sd", "-1 t/h"},
      {"/meters/0/sd", "1 bar"},
      {"/meters/0/sd", ""},
      {"/meters/0/data_unit", "bar"},
      {"/meters/0/of", "S1.temprature"},
      {"/meters/0/of", "S9.flow_mass"},
      {"/meters/0/of", "N1.power"},
      {"/meters/0/of", "N1"},
      {"/meters/0/of", "S1"},
      {"/meters/0/of", ""},
      {"/meters/0/tag", ""},
      {"/meters/0/tag", "FI-2"},
      {"/pipes/0/contents", "soup"},
      {"/pipes/0/to", ""},
      {"/pipes/0/from", "N1"},
      {"/pipes/0/name", "1 x"},
      {"/pipes/0/name", "N1"},
      {"/pipes/1/name", "S3"},
      {"/units/0/name", ""},
      {"/units/0/model", "noode"},
      {"/units/0/model", ""},
      {"/units/0/parameters", {{"cells", "150"}}},
      {"/units/1",
       {{"name", "E1"}, {"model", "electrolyser"}, {"parameters", {{"cells", "0"}, {"cell_area", "2 m2"}}}}},
      {"/units/1",
       {{"name", "E1"}, {"model", "electrolyser"}, {"parameters", {{"cells", "1 m"}, {"cell_area", "1 V"}}}}},
      {"/units/1", {{"name", "H1"}, {"model", "heat_exchanger"}}},
      {"/units/1", {{"name", "M1"}, {"model", "mixer"}}},
      {"/window", "30 m"},
      {"/window", "half an hour"},
      {"/window", "0.1 s"},
      {"/currency", "yuan"},
      {"/units", Json::array()}};
  for (const auto& slip : slips) {
    auto sketch = kSketch;
    sketch[Json::json_pointer(slip.where)] = slip.value;
    const auto told = post_json("/api/v1/start/plant?lang=zh", sketch).json()["problems"];
    EXPECT_GE(told.size(), 1u) << slip.where << slip.value;
    const auto chinese = [](const Json& text) {
      const auto& t = text.get_ref<const std::string&>();
      return std::any_of(t.begin(), t.end(), [](char c) { return (c & 0x80) != 0; });
    };
    for (const auto& p : told) EXPECT_TRUE(chinese(p["what"]) && chinese(p["cure"])) << slip.where << ": " << p;
  }
}

TEST_F(StartRoutes, LengthsThatLieAreRefused) {
  serve();
  for (const char* length : {"", "-1", "x", "999999", "99999999999999999999"})
    EXPECT_EQ(send(std::string("/api/v1/start/assess?plant=") + length, "[plant]\n").status, 400) << length;
  EXPECT_EQ(send("/api/v1/start/assess", "[plant]\n").status, 400);
}

TEST_F(StartRoutes, WindowsThatWouldTakeForEverAreRefused) {
  serve();
  const std::string plant =
      "[[unit]]\nname = \"N\"\nmodel = \"node\"\ninlets = [\"S1\"]\noutlets = [\"S2\"]\n[[measurement]]\ntag = "
      "\"FI-1\"\n"
      "of = \"S1.flow_mass\"\nunit = \"t/h\"\nsd = 0.1\n[assess]\nwindow = \"1 s\"\n";
  const auto a = send("/api/v1/start/assess?plant=" + std::to_string(plant.size()),
                      plant + "time,FI-1 (t/h)\n2026-11-23T00:00:00Z,1\n2026-11-24T00:00:00Z,2\n");
  EXPECT_EQ(a.status, 400) << a.body.substr(0, 500);
  EXPECT_NE(a.body.find("more than 20000"), std::string::npos) << a.body.substr(0, 500);
}

TEST_F(StartRoutes, EveryoneMayTryAndAnEngineerMayKeep) {
  serve();
  const std::string plant = post_json("/api/v1/start/plant", kSketch).json()["plant"];
  EXPECT_EQ(send("/api/v1/start/plants?name=mine", plant).status, 401);
  EXPECT_EQ(send("/api/v1/start/plants?name=mine", plant, with_token(Role::viewer)).status, 403);
  const auto engineer = "Authorization: Bearer " + records->tokens.add("engineer", Role::engineer, {})->secret + "\r\n";
  const auto kept = send("/api/v1/start/plants?name=mine", plant, engineer);
  EXPECT_EQ(kept.status, 201) << kept.body;
  EXPECT_EQ(kept.json()["path"], "/etc/castner/mine.toml");
  for (const char* name : {"", "../mine", "a/b", "mine.toml", "%E4%BD%A0"})
    EXPECT_EQ(send(std::string("/api/v1/start/plants?name=") + name, plant, engineer).status, 400) << name;
  EXPECT_EQ(send("/api/v1/start/plants?name=mine", "[plant\n", engineer).status, 400);
}

TEST_F(StartRoutes, AFileBeyondTheLimitIsRefusedBeforeItIsRead) {
  options.body_limit = 1000;
  serve();
  EXPECT_EQ(send("/api/v1/start/read", newcomers_csv()).status, 413);
}

}  // namespace
}  // namespace castner::api::testing

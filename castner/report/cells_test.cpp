// SPDX-License-Identifier: Apache-2.0
#include "castner/report/cells.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <pugixml.hpp>

#include "castner/report/cell_words.h"
#include "castner/report/cells_summary.h"

namespace castner::report {
namespace {

using Kind = cells::Clue::Kind;

constexpr int kKinds = static_cast<int>(Kind::factor) + 1, kTests = static_cast<int>(cells::Test::wait) + 1;

/// Two electrolysers of 30 cells, with a finding of every cause; names that a page must escape.
struct Example {
  cell_room::CellRoomFile file = cell_room::read_cell_room(
                                     "[[electrolyser]]\nname = \"E<1>\"\ncells = 30\ncell_area = \"2.7 m2\"\n"
                                     "voltages = \"V&-{01..30}\"\ncurrent = \"I\"\n"
                                     "[[electrolyser]]\nname = \"E2\"\ncells = 30\ncell_area = \"2.7 m2\"\n"
                                     "voltages = \"W-{01..30}\"\ncurrent = \"J\"\n"
                                     "[economics]\nelectricity = \"0.5 CNY/(kW.h)\"\nmembrane = \"9000 CNY\"\n",
                                     "cells.toml")
                                     .value();
  cell_room::RoomAnswer answer;

  Example() {
    answer.name = "Room & <more>";
    answer.currency = "CNY";
    answer.from = Time(std::chrono::seconds(1772323200)), answer.to = *answer.from + std::chrono::hours(24);
    answer.rows = 1441;
    for (std::size_t e = 0; e < 2; ++e) {
      answer.electrolysers.push_back({.name = file.electrolysers[e].name,
                                      .healthy = 30,
                                      .standard_voltage = {2.95, 0.006},
                                      .ohmic = {0.54, 0.01},
                                      .electrode = {0.16, 0.01},
                                      .hydrogen = {3e-4, 2e-5},
                                      .hydrogen_time = cells::Figure{7200.0, 600.0},
                                      .current = 13500.0});
      for (std::size_t i = 0; i < 30; ++i) {
        cell_room::CellLine c{.name = cell_room::cell_name(file.electrolysers[e].name, i + 1),
                              .tag = file.electrolysers[e].cells[i].voltage,
                              .electrolyser = e,
                              .number = i + 1,
                              .age = 400.0};
        c.watch = {.state = cells::Standing::healthy,
                   .standard_voltage = {2.95 + 2e-3 * static_cast<double>(i), 6e-3},
                   .u0 = {2.43, 0.01},
                   .k = {1.05e-4, 2e-6},
                   .excess_power = {100.0, 20.0},
                   .own_level = i > 5};
        c.cost_per_day = {1.2, 0.24};
        answer.cells.push_back(c);
      }
    }
  }
  cell_room::CellFinding& add(cells::Cause cause) {
    const std::size_t line = answer.findings.size();
    cell_room::CellFinding f{.cell = answer.cells[line].name,
                             .tag = answer.cells[line].tag,
                             .line = line,
                             .since = *answer.from + std::chrono::hours(1),
                             .detected = *answer.from + std::chrono::hours(2)};
    f.what.cause = cause;
    f.what.probability = 0.83;
    f.what.severity = cells::Severity::warning;
    f.what.alternatives = {{cells::Cause::short_circuit, 0.1}};
    if (!f.what.instrument()) f.cost_per_day = {12.0, 1.0};
    answer.cells[line].finding = line;
    answer.cells[line].watch.state = f.what.instrument() ? cells::Standing::unseen : cells::Standing::sick;
    answer.findings.push_back(f);
    return answer.findings.back();
  }
  CellsReport report() const {
    return {.file = file,
            .answer = answer,
            .time_zone = "+08:00",
            .cells_file = "c.toml",
            .data_file = "d<a>.csv",
            .castner_version = "1",
            .notes = {}};
  }
};

constexpr std::array kLanguages{words::Language::en, words::Language::zh};

/// A sentence was made of a row: no code shows through, no blank is left, and it is in the language asked for.
void expect_said(const std::string& text, words::Language language, const std::string& of) {
  EXPECT_FALSE(text.empty()) << of;
  EXPECT_EQ(text.find("cell."), std::string::npos) << of << ": " << text;
  EXPECT_EQ(text.find('{'), std::string::npos) << of << ": " << text;
  EXPECT_EQ(text.find("  "), std::string::npos) << of << ": " << text;
  const bool chinese =
      std::any_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) >= 0xE3; });
  EXPECT_EQ(chinese, language == words::Language::zh) << of << ": " << text;
}

TEST(CellsSummary, NamesCellsThatAreFarFromTheOthersFirst) {
  Example room;
  room.answer.cells[7].watch.state = cells::Standing::suspect;
  --room.answer.electrolysers[0].healthy, ++room.answer.electrolysers[0].suspect;
  const auto s = summarise(room.report(), words::Words(words::Language::en));
  EXPECT_EQ(s.health, PlantHealth::look);
  EXPECT_EQ(
      s.answer,
      "No cell has left the level that it had when the data begin, but far from the others since then: E<1>/008.");
  EXPECT_TRUE(tells(room.report()));
}

TEST(CellsSummary, CallsNoCellRightThatHasNoOthers) {
  Example room;
  const auto keep = [&](std::size_t e, std::size_t n) {
    room.file.electrolysers[e].cells.resize(n);
    room.answer.electrolysers[e].healthy = static_cast<int>(n);
    std::erase_if(room.answer.cells, [&](const auto& c) { return c.electrolyser == e && c.number > n; });
  };
  const words::Words words(words::Language::en);
  keep(0, 2);
  auto s = summarise(room.report(), words);
  EXPECT_EQ(s.health, PlantHealth::ok);
  EXPECT_EQ(s.answer.find("All right as far as it is seen: none of the 30 cells that could be judged, of 32,"), 0u)
      << s.answer;
  EXPECT_TRUE(std::any_of(s.limits.begin(), s.limits.end(),
                          [](const std::string& l) { return l.find("E<1>: fewer than five cells") == 0; }));
  keep(1, 1);
  s = summarise(room.report(), words);
  EXPECT_EQ(s.health, PlantHealth::cannot_tell);
  EXPECT_EQ(s.answer.find("Cannot tell: a cell is judged beside others"), 0u) << s.answer;
  EXPECT_FALSE(tells(room.report()));
  keep(1, 4);
  EXPECT_TRUE(tells(room.report()));
}

TEST(CellWords, SayWhatBefellAScannerAndManyCells) {
  for (const auto language : kLanguages) {
    const words::Words words(language);
    Example room;
    using Kind = cells::RoomWide::Kind;
    for (const auto kind :
         {Kind::hangs, Kind::moved_together, Kind::live, Kind::bypassed, Kind::silent, Kind::hydrogen})
      for (const bool over : {false, true}) {
        if (over && (kind == Kind::moved_together || kind == Kind::silent)) continue;
        cell_room::RoomNote note{.since = *room.answer.from, .detected = *room.answer.from + std::chrono::hours(1)};
        note.what = {.kind = kind, .cells = 7, .number = 0.1};
        if (over) note.ended = *room.answer.from + std::chrono::hours(1);
        const RoomNoteText text = describe(words, room.answer, note);
        expect_said(text.title, language, "title");
        EXPECT_EQ(text.advice.empty(), over);
        room.answer.notes = {note};
        const CellsSummary s = summarise(room.report(), words);
        EXPECT_EQ(s.limits[0].find(text.title), 0u) << s.limits[0];
        EXPECT_EQ(s.answer.find(text.title) != std::string::npos, !over) << s.answer;
      }
  }
}

TEST(CellWords, SayEveryCauseEvidenceTestAndTime) {
  for (const auto language : kLanguages) {
    const words::Words words(language);
    for (int c = 0; c < cells::kCauses; ++c) {
      const auto cause = static_cast<cells::Cause>(c);
      for (const double deviation : {-0.2, 0.2})
        for (int t = 0; t < kTests; ++t) {
          Example x;
          auto& f = x.add(cause);
          f.what.test = static_cast<cells::Test>(t);
          f.what.evidence = {{Kind::deviation, {deviation, 0.01}}};
          if (cause == cells::Cause::swapped) f.with = "V&-02";
          if (cause == cells::Cause::unknown && t == 0)
            continue;  // of what the data cannot tell there is always a test
          const auto text = describe(words, x.answer, f);
          const std::string of(cells::name_of(cause));
          expect_said(text.title, language, of);
          expect_said(text.advice, language, of);
        }
    }
    for (int k = 0; k < kKinds; ++k)
      for (const double value : {-0.03, 0.03}) {
        Example x;
        auto& f = x.add(cells::Cause::pinhole);
        f.with = "V&-02";
        f.what.evidence = {{static_cast<Kind>(k), {value, 0.004}}};
        const auto text = describe(words, x.answer, f);
        expect_said(text.evidence.at(0).text, language, std::string(name_of(static_cast<Kind>(k))));
      }
    for (int w = 0; w < 4; ++w)
      expect_said(
          when_words(words,
                     {.when = static_cast<cell_room::Exchange::When>(w), .saving_per_day = {1.0, 0.1}, .price = 1.0}),
          language, "when");
  }
}

TEST(CellWords, SayWhatThePersonIsToDo) {
  const words::Words words(words::Language::en);
  Example x;
  auto& f = x.add(cells::Cause::unknown);
  f.what.test = cells::Test::low_current;
  f.what.alternatives = {{cells::Cause::pinhole, 0.4}, {cells::Cause::short_circuit, 0.3}};
  const auto text = describe(words, x.answer, f);
  EXPECT_EQ(text.title,
            "E<1>/001: has left its own level, and the data cannot tell why (pinhole in the membrane 40 %, short "
            "circuit 30 %)");
  EXPECT_EQ(
      text.advice,
      "Hold 0.2 kA/m² for two minutes at the next start and compare the cells: a leaking cell stays below 2.2 V.");
  f.what.severity = cells::Severity::critical;
  f.what.evidence = {{Kind::level, {1.6, 0.001}}};
  EXPECT_TRUE(describe(words, x.answer, f).advice.starts_with("At load a cell this low may be shorted"));
  f.what.cause = cells::Cause::dry_out;
  EXPECT_TRUE(describe(words, x.answer, f).advice.starts_with("Cut the load and stop this electrolyser now"));
}

TEST(CellWords, ShowSignsSharesAndSpans) {
  const words::Words words(words::Language::en);
  Example x;
  auto& f = x.add(cells::Cause::anode_coating);
  x.answer.cells[0].watch.own_level = true;
  f.what.evidence = {{Kind::deviation, {-0.0312, 0.004}},
                     {Kind::ohmic_share, {-0.007, 0.014}},
                     {Kind::rising, {8.1e-3 / 86400.0, 2.4e-3 / 86400.0}},
                     {Kind::hydrogen, {1.545e-3, 1.6e-5}},
                     {Kind::chloride, {12e-6, 2e-6}},
                     {Kind::frozen, {2820.0, 60.0}}};
  const auto text = describe(words, x.answer, f);
  EXPECT_EQ(text.evidence[0].text, "at load it reads 31.2 ± 4.0 mV below its own level");
  EXPECT_TRUE(text.evidence[1].text.starts_with("−0.7 ± 1.4 % of the change grows with current"))
      << text.evidence[1].text;
  EXPECT_EQ(text.evidence[2].text, "it still grows, by 8.1 ± 2.4 mV/d");
  EXPECT_TRUE(text.evidence[3].text.find("risen by 0.1545 ± 0.0016 %,") != std::string::npos);
  EXPECT_TRUE(text.evidence[4].text.find("risen by 12.0 ± 2.0 ppm,") != std::string::npos) << text.evidence[4].text;
  EXPECT_EQ(text.evidence[5].text, "the reading has not changed for 47 min");
  EXPECT_EQ(share_words(0.999), "99 %");
  EXPECT_EQ(span_words(words, 12600.0), "3 h 30 min");
  EXPECT_EQ(span_words(words, 9.0 * 86400.0), "9 d");
}

TEST(CellsSummary, SaysFirstWhatEndangersPeople) {
  const words::Words words(words::Language::en);
  Example x;
  EXPECT_EQ(summarise(x.report(), words).health, PlantHealth::ok);
  x.add(cells::Cause::offset).what.evidence = {{Kind::deviation, {0.1, 0.001}}};
  EXPECT_TRUE(summarise(x.report(), words).answer.starts_with("No cell is found sick; look at one reading."));
  x.add(cells::Cause::anode_coating);
  EXPECT_TRUE(summarise(x.report(), words).answer.starts_with("Look at one cell."));
  EXPECT_EQ(summarise(x.report(), words).money,
            "The sick cells cost more than they should: 12.0 ± 1.0 CNY a day at load.");
  auto& hole = x.add(cells::Cause::pinhole);
  hole.what.severity = cells::Severity::critical;
  hole.cost_per_day = {-3.0, 0.1};  // it draws less: no reason to name a price
  std::rotate(x.answer.findings.begin(), x.answer.findings.begin() + 2, x.answer.findings.end());
  EXPECT_EQ(summarise(x.report(), words).health, PlantHealth::act);
  EXPECT_EQ(summarise(x.report(), words).answer, "Not all right: E<1>/003: probably a pinhole in the membrane (83 %).");
  EXPECT_EQ(summarise(x.report(), words).money,
            "The sick cells cost more than they should: 12.0 ± 1.0 CNY a day at load.");
  for (auto& f : x.answer.findings) f.ended = x.answer.to;
  EXPECT_EQ(summarise(x.report(), words).health, PlantHealth::ok);
}

TEST(CellsHtml, IsWellFormedFetchesNothingAndShowsEveryCell) {
  Example x;
  for (int c = 0; c < cells::kCauses; ++c) x.add(static_cast<cells::Cause>(c));
  x.answer.findings[2].ended = x.answer.to;
  x.answer.exchanges = {{.line = 0, .saving_per_day = {10.0, 1.0}, .price = 9000.0, .payback = {900.0, 90.0}},
                        {.line = 1}};
  for (const auto language : kLanguages) {
    const std::string html = cells_html(x.report(), language);
    pugi::xml_document doc;
    const auto result = doc.load_buffer(html.data(), html.size(), pugi::parse_full, pugi::encoding_utf8);
    ASSERT_TRUE(result) << result.description() << " near " << html.substr(static_cast<std::size_t>(result.offset), 80);
    EXPECT_EQ(html.find("://"), std::string::npos);
    EXPECT_EQ(html.find("<script"), std::string::npos);
    EXPECT_EQ(doc.select_nodes("//svg[@role='img']//rect").size(), 2u * 60u);
    EXPECT_EQ(doc.select_nodes("//section[@id='cells']//tbody/tr").size(), 60u);
    EXPECT_EQ(doc.select_nodes("//article").size(), static_cast<std::size_t>(cells::kCauses) - 1u);
    for (const char* code : {"cell.", "cells.", "section."})
      EXPECT_EQ(html.find(std::string(">") + code), std::string::npos);
  }
}

TEST(CellsHtml, GivesEachStateASignBesideItsColour) {
  Example x;
  x.answer.cells[0].watch.state = cells::Standing::suspect;
  x.answer.cells[1].watch.state = cells::Standing::sick;
  x.answer.cells[2].watch = {};
  const std::string html = cells_html(x.report(), words::Language::en);
  pugi::xml_document doc;
  doc.load_buffer(html.data(), html.size());
  for (const auto& node : doc.select_nodes("//svg[@role='img']//rect")) {
    const std::string css = node.node().attribute("class").value();
    EXPECT_EQ(css == "cell", !node.node().next_sibling("text")) << css;
  }
}

TEST(CellsJson, KeepsItsKeys) {
  Example x;
  x.add(cells::Cause::pinhole);
  auto& reading = x.add(cells::Cause::swapped);
  reading.with = "V&-07";
  x.answer.cells[9].watch = {};
  x.answer.cells[9].cost_per_day = {};
  const auto doc = nlohmann::json::parse(cells_json(x.report()));
  EXPECT_EQ(doc["from"], "2026-03-01T08:00:00+08:00");
  EXPECT_EQ(doc["rows"], 1441);
  EXPECT_EQ(doc["cells"][7]["excess_power"]["against"], "own");
  EXPECT_EQ(doc["cells"][3]["excess_power"]["against"], "median");
  EXPECT_EQ(doc["cells"][9]["state"], "unseen");
  EXPECT_TRUE(doc["cells"][9]["standard_voltage"]["value"].is_null());
  EXPECT_TRUE(doc["cells"][9]["excess_power"]["against"].is_null());
  EXPECT_EQ(doc["cells"][0]["age"]["unit"], "d");
  EXPECT_EQ(doc["findings"][0]["code"], "cell_sick");
  EXPECT_EQ(doc["findings"][0]["cause"], "pinhole");
  EXPECT_EQ(doc["findings"][1]["code"], "cell_instrument");
  EXPECT_EQ(doc["findings"][1]["fault"], "swapped");
  EXPECT_EQ(doc["findings"][1]["with"], "V&-07");
  EXPECT_FALSE(doc["findings"][1].contains("cause"));
  EXPECT_EQ(doc["electrolysers"][0]["hydrogen_in_chlorine"]["time_to_limit"]["unit"], "s");
  x.answer.electrolysers[0].hydrogen_time.reset();
  EXPECT_TRUE(nlohmann::json::parse(cells_json(x.report()))["electrolysers"][0]["hydrogen_in_chlorine"]["time_to_limit"]
                  .is_null());
}

TEST(CellsCsv, HasARowForEachCellAndAHeaderWithUnits) {
  Example x;
  x.add(cells::Cause::pinhole);
  const std::string csv = cells_csv(x.report());
  EXPECT_TRUE(
      csv.starts_with("\xEF\xBB\xBF"
                      "cell,tag,state,standard_voltage (V),"))
      << csv.substr(0, 60);
  EXPECT_EQ(std::count(csv.begin(), csv.end(), '\n'), 61);
  EXPECT_NE(csv.find("\r\nE<1>/001,V&-01,sick,"), std::string::npos);
  EXPECT_NE(csv.find(",pinhole,83,2026-03-01T09:00:00+08:00,2026-03-01T10:00:00+08:00,"), std::string::npos);
}

}  // namespace
}  // namespace castner::report

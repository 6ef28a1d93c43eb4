// SPDX-License-Identifier: Apache-2.0
// The page Start: a first balance of somebody's own file. Nothing is kept: the browser sends the file again with each question.
//  1. read: the file through the same reader as `castner assess`; what it was taken for, its columns, and what each may measure.
//  2. plant: a sketch picked from lists becomes a plant.toml; its problems, and what its meters could tell.
//  3. assess: plant.toml and file through the same assess() and report as the command line.
//  4. save: the plant file onto the server, under a new name, by an engineer.
// Reading and assessing take memory and a core: both are awaited() work, a few files at once.
#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <utility>

#include "castner/api/awaited.h"
#include "castner/api/call.h"
#include "castner/api/sketch_json.h"
#include "castner/api/start_lists.h"
#include "castner/assess/assess.h"
#include "castner/assess/file_unit.h"
#include "castner/assess/sampling.h"
#include "castner/assess/structure_check.h"
#include "castner/base/decimal.h"
#include "castner/base/quantity.h"
#include "castner/base/suggest.h"
#include "castner/base/time_span.h"
#include "castner/insight/findings.h"
#include "castner/plant_file/new_plant.h"
#include "castner/plant_file/plant_file.h"
#include "castner/readings/time_zone.h"
#include "castner/report/digest.h"
#include "castner/report/finding_text.h"
#include "castner/report/html.h"
#include "castner/report/summary.h"
#include "castner/tables/data_options.h"
#include "castner/tables/date_order.h"
#include "castner/tables/xlsx.h"
#include "castner/words/units_for_people.h"

namespace castner::api {
namespace {

using people::Role;

constexpr double kMostWindows = 20'000;        // a year of half hours
constexpr std::size_t kMostCells = 1u << 24;   // of a table: 400 MB; a file of 64 MiB has about as many at most
constexpr std::size_t kMostSketch = 1u << 20;  // [bytes] of a sketch, and of a plant file

/// A data file and what was said about it.
struct Sent {
  std::string name, time_zone, body;
  tables::DataOptions options;
  std::size_t plant_bytes = 0;  ///< of the body, before the data
  std::string_view plant() const { return std::string_view(body).substr(0, plant_bytes); }
  std::string_view data() const { return std::string_view(body).substr(plant_bytes); }
};
/// Takes the body out of the request.
std::shared_ptr<Sent> sent(Call& call, std::size_t plant_bytes = 0) {
  const auto said = [&](const char* name) { return call.target.one(name).value_or(""); };
  const auto name = said("name");
  return std::make_shared<Sent>(
      Sent{.name = name.empty() ? "data" : name.substr(name.find_last_of("/\\") + 1).substr(0, 200),
           .time_zone = said("timezone"),
           .body = std::move(call.request.body),
           .options = {.sheet = said("sheet"),
                       .start = said("start"),
                       .step = said("step"),
                       .no_data = said("no_data"),
                       .decimal = said("decimal"),
                       .dates = said("dates")},
           .plant_bytes = plant_bytes});
}

/// @param plant  null where there is none yet
Result<tables::Table> read_data(const Sent& sent, const plant::Plant* plant, const std::stop_token& stop) {
  const auto& zone = sent.time_zone;
  if (!zone.empty()) CASTNER_TRY(readings::check_time_zone(zone));
  auto options = CASTNER_TRY(tables::table_options(sent.options, zone.empty() ? std::nullopt : std::optional(zone)));
  options.most_cells = kMostCells;
  options.stop = stop;
  if (plant) assess::as_the_plant_says(options, *plant);
  return tables::read_table(sent.data(), sent.name, options);
}

/// What is wrong is said in English; the page says it in its language.
InWords refused(http::Response response) {
  return [response = std::move(response)](words::Language) { return response; };
}

/// Why the file cannot be read, and the sheets or the orders of dates that may be meant.
InWords not_read(const Sent& sent, const Error& error) {
  std::vector<http::Choice> choices;
  if (tables::is_zip(sent.data()))
    if (const auto workbook = tables::Workbook::open(sent.data(), sent.name)) {
      auto& sheets = choices.emplace_back(http::Choice{.of = "sheet", .name = "", .options = {}}).options;
      for (const auto& s : workbook->sheets()) sheets.push_back(s.name);
    }
  if (std::any_of(error.problems.begin(), error.problems.end(),
                  [](const Problem& p) { return p.cure == tables::kSayOrder; }))
    choices.push_back({.of = "dates", .name = "", .options = {"dmy", "mdy", "ymd"}});
  return refused(http::problem(error, choices));
}

/// Why no balance was made of the file, and for each tag whose unit is asked back the two that may be meant.
InWords not_assessed(const plant::Plant& plant, const tables::Table& table, const Error& error) {
  std::vector<http::Choice> choices;
  const auto ask = [&](const auto& column) {
    for (const auto& m : plant.measurements) {
      if (m.tag != column.tag) continue;
      auto given = assess::file_unit(plant, m, assess::header_unit(column), false);
      if (!given.may_be.empty())
        choices.push_back({.of = "data_unit", .name = m.tag, .options = std::move(given.may_be)});
    }
  };
  for (const auto& s : table.series) ask(s);
  for (const auto& row : table.snapshot) ask(row);
  return refused(http::problem(error, choices));
}

// ---- 1. what the file is

/// The usual time between two rows, and the silences beyond five of it.
struct Rhythm {
  std::optional<Time> from, to;
  std::optional<double> step;  // [s]
  std::vector<std::pair<Time, Time>> gaps;
};

Rhythm rhythm_of(const tables::Table& table) {
  std::vector<Time> times;
  const auto same_time = [](const auto& l, const auto& r) { return l.time == r.time; };
  for (std::size_t k = 0; k < table.series.size(); ++k) {
    const auto& samples = table.series[k].samples;
    // The tags of a row have its time: they need not all be sorted.
    if (k > 0 && std::equal(samples.begin(), samples.end(), table.series[k - 1].samples.begin(),
                            table.series[k - 1].samples.end(), same_time))
      continue;
    for (const auto& sample : samples) times.push_back(sample.time);
  }
  std::sort(times.begin(), times.end());
  times.erase(std::unique(times.begin(), times.end()), times.end());
  Rhythm r;
  if (times.empty()) return r;
  r.from = times.front();
  r.to = times.back();
  std::vector<std::chrono::nanoseconds> steps;
  constexpr auto kFar =
      static_cast<std::uint64_t>(std::chrono::nanoseconds::max().count() / 5);  // five times it is told
  for (std::size_t i = 1; i < times.size(); ++i)
    steps.emplace_back(static_cast<std::int64_t>(std::min(ns_between(times[i - 1], times[i]), kFar)));
  if (steps.empty()) return r;
  auto middle = steps;
  std::nth_element(middle.begin(), middle.begin() + static_cast<std::ptrdiff_t>(middle.size() / 2), middle.end());
  const auto usual = middle[middle.size() / 2];
  r.step = std::chrono::duration<double>(usual).count();
  for (std::size_t i = 1; i < times.size(); ++i)
    if (steps[i - 1] > 5 * usual) r.gaps.emplace_back(times[i - 1], times[i]);
  return r;
}

struct Column {
  plant_file::DataColumn data;
  int count = 0, bad = 0;
  double low = std::numeric_limits<double>::infinity(), high = -low;
};
std::vector<Column> columns_of(const tables::Table& table) {
  std::vector<Column> all;
  for (const auto& s : table.series) {
    Column c{.data = {s.tag, s.unit, {}, s.absolute}};
    double sum = 0.0;
    for (const auto& v : s.samples) {
      if (v.quality == readings::Quality::bad || !std::isfinite(v.value)) {
        ++c.bad;
        continue;
      }
      ++c.count;
      sum += v.value;
      c.low = std::min(c.low, v.value);
      c.high = std::max(c.high, v.value);
    }
    if (c.count > 0) c.data.mean = sum / c.count;
    all.push_back(std::move(c));
  }
  for (const auto& row : table.snapshot) {
    Column c{.data = {row.tag, row.unit, {}, row.absolute}};
    if (std::isfinite(row.value)) {
      c.data.mean = c.low = c.high = row.value;
      c.count = 1;
    } else {
      c.bad = 1;
    }
    all.push_back(std::move(c));
  }
  return all;
}

void write_columns(JsonWriter& json, const std::vector<Column>& columns) {
  std::vector<plant_file::DataColumn> all;
  for (const auto& c : columns) all.push_back(c.data);
  json.key("columns").array();
  for (std::size_t k = 0; k < columns.size(); ++k) {
    const auto& c = columns[k];
    const auto guess = plant_file::guess_meter(all, k);
    json.object().field("tag", c.data.tag).text_or_null("unit", c.data.unit);
    json.field("unit_known", !c.data.unit.empty() && parse_unit(c.data.unit).has_value());
    json.field("absolute", c.data.absolute).field("readings", c.count).field("bad", c.bad).field("mean", c.data.mean);
    json.field("low", c.low).field("high", c.high).key("guess").object();
    json.field("name", guess.name).field("of_unit", guess.of_unit).field("quantity", guess.quantity);
    json.field("sd", guess.sd);
    using From = plant_file::MeterGuess::From;
    json.field("by", guess.from == From::unit     ? "unit"
                     : guess.from == From::name   ? "name"
                     : guess.from == From::letter ? "letter"
                                                  : "nothing");
    json.end_object().key("may_be").array();
    for (const auto& name : quantities_in(c.data.unit, guess.quantity)) json.value(name);
    json.end_array().end_object();
  }
  json.end_array().key("units").array();
  for (const auto& unit : plant_file::guess_units(all)) {
    json.object().field("name", unit.name).field("model", unit.model).key("feeds").array();
    for (const auto& fed : unit.feeds) json.value(fed);
    json.end_array().end_object();
  }
  json.end_array();
}

/// All that is told of a file that was read.
struct FileRead {
  std::string name;
  tables::TableFacts facts;
  Rhythm rhythm;
  plant::AssessSettings settings;  ///< that fit it
  std::vector<Column> columns;
};

http::Response file_in_words(const FileRead& file, words::Language language) {
  const auto& [name, facts, rhythm, settings, columns] = file;
  const words::Words words(language);
  insight::Judged taken;
  taken.table = facts;
  JsonWriter json;
  json.object().field("file", name).field("taken_as", report::taken_as(taken, words));
  // Its times stand on the clock that it shows, as a person sees them in it.
  const auto at = [&](Time t) { return readings::time_text(t, facts.clock); };
  const auto at_or_null = [&](const char* key, const std::optional<Time>& t) {
    json.text_or_null(key, t ? at(*t) : std::string());
  };
  json.text_or_null("time_zone", words.said(facts.time_zone));
  json.text_or_null("clock", rhythm.from ? facts.clock.value_or("UTC") : "").field("rows", facts.rows);
  json.field("bad_texts", facts.bad_texts).key("notes").array();
  for (const auto& note : facts.notes) json.value(words.said(note));
  json.end_array().text_or_null("sheet", facts.sheet).key("sheets").array();
  for (const auto& sheet : facts.sheets) json.value(sheet);
  json.end_array();
  at_or_null("from", rhythm.from);
  at_or_null("to", rhythm.to);
  json.field("step_seconds", rhythm.step);
  json.field("gap_count", static_cast<int>(rhythm.gaps.size())).key("gaps").array();
  for (std::size_t k = 0; k < std::min<std::size_t>(rhythm.gaps.size(), 20); ++k)
    json.object().field("from", at(rhythm.gaps[k].first)).field("to", at(rhythm.gaps[k].second)).end_object();
  json.end_array().key("windows").object();
  json.field("window", assess::duration_text(settings.window));
  json.field("max_gap", assess::duration_text(settings.max_gap)).field("min_rows", settings.min_rows);
  json.field("between", settings.between == Between::hold ? "hold" : "");
  json.end_object();
  write_columns(json, columns);
  write_choices(json, words);
  json.end_object();
  return json_response(std::move(json));
}

http::Response read_file_sent(Call& call) {
  const auto file = sent(call);
  return awaited(call, file->body.size(), [file](const std::stop_token& stop, const auto&) -> InWords {
    const auto table = read_data(*file, nullptr, stop);
    if (stop.stop_requested()) return {};
    if (!table) return not_read(*file, table.error());
    const auto settings = assess::first_assess(table->series).value_or(plant::AssessSettings{});
    return [read = FileRead{file->name, table->facts, rhythm_of(*table), settings, columns_of(*table)}](
               words::Language language) { return file_in_words(read, language); };
  });
}

// ---- 2. the plant file

/// As the balance will say it.
std::string unchecked_words(const words::Words& words, const std::string& tags) {
  return report::title_words(words, insight::kUnchecked, "", {{"tags", tags}});
}

struct Sketched {
  std::vector<plant_file::Sketch::Assumed> assumed;
  std::string text;
  Result<plant::Plant> plant;
  std::optional<assess::StructureCheck> structure;  ///< where there is a plant with meters
};

/// The plant file, and in it what its meters do not tell of its parameters, so far as that may be assumed. One that is assumed may
/// tell another, and few rounds do.
Sketched completed(plant_file::Sketch sketch) {
  for (int rounds = 4;; --rounds) {
    Sketched made{.assumed = plant_file::assumed_in(sketch),
                  .text = plant_file::sketched_plant(sketch),
                  .plant = {},
                  .structure = {}};
    made.plant = plant_file::read_plant(made.text, "plant.toml");
    if (!made.plant || sketch.meters.empty()) return made;
    if (sketch.starts.empty() && !(sketch.starts = plant_file::starts_in(sketch, *made.plant)).empty()) continue;
    made.structure = assess::check_structure(*made.plant);
    auto more = plant_file::assumable(sketch, made.structure->untold);
    if (more.empty() || rounds == 0) return made;
    sketch.assumed.insert(sketch.assumed.end(), more.begin(), more.end());
  }
}

std::string assumed_words(const words::Words& words, const plant::Plant& plant, const plant_file::Sketch::Assumed& a) {
  const auto unit = words::unit_for(plant, plant.flowsheet->find(a.of).value_or(0));
  const auto sd = a.sd > 0.0 ? std::optional(a.sd) : std::nullopt;
  return words("check.assumed", {{"of", a.of},
                                 {"value", words::sentence_number(words::shown_in(unit, a.value, sd))},
                                 {"about", words.said(a.about)}});
}

/// What flows in each pipe and who says so, so that nobody takes for picked what was guessed.
void write_pipes(JsonWriter& json, const words::Words& words, const plant_file::Sketch& sketch) {
  using By = plant_file::PipeContents::By;
  const auto title = [&](const std::string& contents) {
    const std::string code = "contents." + contents;
    return words.has(code) ? words(code) : contents;
  };
  json.key("pipes").array();
  for (const auto& p : plant_file::contents_in(sketch)) {
    json.object().field("name", p.pipe).text_or_null("contents", p.contents);
    json.text_or_null("title", p.contents.empty() ? "" : title(p.contents));
    json.text_or_null("by", p.by == By::picked ? "picked" : p.by == By::ends ? "ends" : p.by == By::tags ? "tags" : "");
    json.key("may_be").array();
    for (const auto& c : p.may_be) json.object().field("name", c).field("title", title(c)).end_object();
    json.end_array().end_object();
  }
  json.end_array();
}

/// What a person should know of a meter where its place is picked.
void write_meter_notes(JsonWriter& json, const words::Words& words, const plant_file::Sketch& sketch) {
  using Note = plant_file::MeterNote;
  json.key("meter_notes").array();
  for (const auto& n : plant_file::meter_notes(sketch))
    json.object()
        .field("tag", n.tag)
        .field("text", n.what == Note::as_hcl                ? words("meter.as_hcl", {{"tag", n.tag}})
                       : n.what == Note::no_quantity_of_acid ? words("meter.no_quantity_of_acid")
                                                             : words("meter.acid_elsewhere"))
        .end_object();
  json.end_array();
}

/// How feeds divide over electrolysers that only the headers' meters tell of, and what is taken for it.
void write_divisions(JsonWriter& json, const words::Words& words, const plant_file::Sketch& sketch) {
  json.key("divisions").array();
  for (const auto& d : plant_file::divisions_in(sketch)) {
    const std::string code =
        sketch.divided == plant_file::Sketch::Divided::unknown ? "division.unknown" : "division.by_current";
    json.object().field("feed", d.port).key("units").array();
    for (const auto& u : d.units) json.value(u);
    json.end_array();
    json.field("text", words(code, {{"feed", words("contents." + d.port)}, {"units", words.list(d.units)}}))
        .end_object();
  }
  json.end_array();
}

http::Response plant_sent(Call& call) {
  const auto language = language_of(call.target);
  if (!language) return http::problem(language.error());
  const words::Words words(*language);
  const auto sketch = read_sketch(call.request.body);
  if (!sketch) return http::problem(sketch.error());
  const Sketched made = completed(*sketch);
  const auto& [assumed, text, plant, structure] = made;
  JsonWriter json;
  json.object().field("plant", text).key("problems").array();
  if (!plant)
    for (const auto& p : plant.error().problems)
      json.object()
          .field("where", p.where)
          .field("what", words.said(p.what))
          .field("cure", words.said(p.cure))
          .end_object();
  json.end_array();
  if (structure) {
    std::string tags;
    if (structure->reconciliation == solve::Status::converged)
      json.field("redundancy", structure->degrees_of_redundancy);
    else
      json.null_field("redundancy");
    json.key("unchecked").array();
    for (const auto& i : structure->instruments) {
      if (i.kind == solve::Class::redundant) continue;
      json.value(i.tag);
      tags += (tags.empty() ? "" : ", ") + i.tag;
    }
    json.end_array().text_or_null("unchecked_words", tags.empty() ? "" : unchecked_words(words, tags));
    const auto& untold = structure->untold;
    json.text_or_null("advice", !untold.empty() ? words("check.untold", {{"paths", words.list(untold)}})
                                                : words.said(structure->advice.text));
  } else {
    json.null_field("redundancy").key("unchecked").array().end_array();
    json.null_field("unchecked_words").null_field("advice");
  }
  json.key("assumed").array();
  if (plant)
    for (const auto& a : assumed) json.value(assumed_words(words, *plant, a));
  json.end_array();
  write_pipes(json, words, *sketch);
  write_meter_notes(json, words, *sketch);
  write_divisions(json, words, *sketch);
  json.end_object();
  return json_response(std::move(json));
}

// ---- 3. the balance

void write_shown(JsonWriter& json, const char* name, const words::Shown& s) {
  json.key(name).object().text_or_null("value", s.value).text_or_null("sd", s.sd);
  json.field("unit", words::pretty_unit(s.unit)).end_object();
}

std::string answer_json(const plant::Plant& plant, const insight::Judged& a, words::Language language) {
  const words::Words words(language);
  const auto digest = report::digest(plant, a);
  const auto summary = report::summarise(plant, a, digest, words);
  JsonWriter json;
  json.object().field("health", report::health_name(summary.health));
  json.field("period", report::period(a, digest, words)).field("windows", digest.windows);
  json.field("steady", digest.steady).field("reconciled", digest.reconciled).key("unsteady_tags").array();
  std::vector<std::string> unsteady;
  for (const auto& w : a.windows) unsteady.insert(unsteady.end(), w.unsteady_tags.begin(), w.unsteady_tags.end());
  std::sort(unsteady.begin(), unsteady.end());
  unsteady.erase(std::unique(unsteady.begin(), unsteady.end()), unsteady.end());
  for (const auto& tag : unsteady) json.value(tag);
  json.end_array().key("unknown_columns").array();
  for (const auto& tag : a.unknown_columns) json.value(tag);
  json.end_array().key("sentences").array();
  for (const auto& s : summary.sentences) json.value(s.text);
  json.end_array().key("findings").array();
  for (const auto& f : a.findings) {
    const auto text = report::describe(plant, words, f, a.time_zone);
    json.object().field("severity", insight::severity_name(f.severity)).field("title", text.title);
    json.text_or_null("stops", text.stops)
        .field("next", text.next)
        .text_or_null("price", f.blanks.contains("price") ? f.blanks.at("price") : "");
    if (const auto instead = f.blanks.find("instead"); instead != f.blanks.end()) {
      const auto quantity = instead->second.substr(instead->second.rfind('.') + 1);
      json.key("instead").object().field("tag", f.path).field("quantity", quantity);
      json.field("title", quantity_words(words, quantity)).end_object();
    } else {
      json.null_field("instead");
    }
    json.end_object();
  }
  json.end_array().key("instruments").array();
  for (const auto& i : digest.instruments) {
    json.object().field("tag", i.tag).field("path", i.path).field("verdict", report::verdict_name(i.verdict));
    json.field("verdict_words", report::verdict_words(words, i, digest));
    write_shown(json, "measured", i.measured);
    write_shown(json, "reconciled", i.reconciled);
    write_shown(json, "adjustment", i.adjustment);
    json.field("in_sd", i.in_sd);
    write_shown(json, "smallest_seen", i.smallest_seen);
    json.end_object();
  }
  json.end_array().field("report", report::html_report(plant, a, language)).end_object();
  return json.take();
}

/// Plant file and data to the balance, as `castner assess` does it.
InWords balance_of(const Sent& sent, const std::stop_token& stop, const service::AwaitedWork::Count& count) {
  auto read = plant_file::read_plant(sent.plant(), "plant.toml");
  if (!read) return refused(http::problem(read.error()));
  const auto plant = std::make_shared<const plant::Plant>(std::move(*read));
  const auto table = read_data(sent, plant.get(), stop);
  if (stop.stop_requested()) return {};
  if (!table) return not_read(sent, table.error());
  const auto rhythm = rhythm_of(*table);
  if (rhythm.from &&
      static_cast<double>(ns_between(*rhythm.from, *rhythm.to)) * 1e-9 > kMostWindows * plant->assess.window)
    return refused(http::problem(Error{ErrorCode::bad_input,
                                       {{"plant.toml", "its windows cut this file into more than 20000",
                                         "give a longer window in [assess], or a shorter file"}}}));
  // On the file's own clock, as its times are shown: a header that names its zone wins over the one sent along.
  const assess::AssessOptions options{.stop = stop, .count = count};
  auto made = assess::assess(*plant, *table, sent.name, options);
  if (!made) return not_assessed(*plant, *table, made.error());
  if (stop.stop_requested()) return {};
  // Each column stood before the person who left it out: that it is none of the plant's is no finding.
  auto left_out = std::exchange(made->unknown_columns, {});
  const auto judged = std::make_shared<insight::Judged>(insight::judged(*plant, std::move(*made)));
  judged->unknown_columns = std::move(left_out);
  judged->plant_file = "plant.toml";
  judged->castner_version = CASTNER_VERSION;
  return [plant, judged](words::Language language) {
    return http::Response{.status = 200,
                          .headers = {{"Content-Type", "application/json"}},
                          .body = answer_json(*plant, *judged, language),
                          .shared = {},
                          .stream = {}};
  };
}

http::Response assess_sent(Call& call) {
  const std::size_t size = call.request.body.size();
  const auto length = call.target.one("plant").value_or("");
  const auto plant_bytes = plain_number<std::size_t>(length);
  if (!plant_bytes || *plant_bytes > std::min(size, kMostSketch))
    return http::problem(Error{ErrorCode::bad_input,
                               {{"plant", in_quotes(length.substr(0, 40)) + " is not possible",
                                 "the bytes of the plant file, with which the body begins"}}});
  return awaited(call, size, [file = sent(call, *plant_bytes)](const std::stop_token& stop, const auto& count) {
    return balance_of(*file, stop, count);
  });
}

// ---- 4. onto the server

http::Response save(Call& call) {
  if (!call.backend.save_plant) return http::problem(503, "this server keeps no plant files");
  const auto name = call.target.one("name").value_or("");
  const bool fine = !name.empty() && name.size() <= 64 && std::all_of(name.begin(), name.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
  });
  if (!fine)
    return http::problem(Error{
        ErrorCode::bad_input, {{"name", "is not a name for a plant file", "1 to 64 letters A to Z, digits, _ and -"}}});
  if (const auto plant = plant_file::read_plant(call.request.body, name + ".toml"); !plant)
    return http::problem(plant.error());
  const auto path = call.backend.save_plant(name, call.request.body);
  if (!path) return http::problem(path.error());
  note(call, "plant.saved", *path);
  JsonWriter json;
  json.object().field("path", *path).end_object();
  return json_response(std::move(json), 201);
}

}  // namespace

void add_start_routes(Router& router, const ApiOptions& options) {
  router.add("POST", "/api/v1/start/read", {Role::viewer, read_file_sent, options.body_limit});
  router.add("POST", "/api/v1/start/plant", {Role::viewer, plant_sent, kMostSketch});
  router.add("POST", "/api/v1/start/assess", {Role::viewer, assess_sent, options.body_limit});
  router.add("POST", "/api/v1/start/plants", {Role::engineer, save, kMostSketch});
}

}  // namespace castner::api

// SPDX-License-Identifier: Apache-2.0
// Routes of single cells.
//  1. cells: the newest picture of the whole cell room, from one LiveCells.
//  2. map: one number of every cell at a moment of the past, from the history.
//  3. one: a cell with all that was found of it, its neighbours, its service record, and its voltage over load: ten-minute
//     means of the last week, brought to the reference temperature and strength, beside its own line and the middle cell's.
//  4. service: the record of what was exchanged; who enters an exchange makes the cell begin anew.
#include <algorithm>
#include <cmath>

#include "castner/api/call.h"
#include "castner/api/history_request.h"
#include "castner/api/json_read.h"
#include "castner/report/cell_words.h"
#include "castner/report/cells_summary.h"
#include "castner/service/live_cells.h"

namespace castner::api {
namespace {

using cell_room::RoomAnswer;
using cells::Figure;
using people::Role;
using service::LiveCells;

constexpr std::size_t kSmallService = 4000;
constexpr const char* kNoCells = "no cells are watched: castner.toml has no [cells] file";

std::string per_day(const RoomAnswer& a) { return a.currency.empty() ? "" : a.currency + "/d"; }

/// `{"value","sd","unit"}`, or null where nothing is known.
void write_estimate(JsonWriter& json, const char* key, const Figure& e, std::string_view unit) {
  json.key(key);
  if (!e.known()) {
    json.null();
    return;
  }
  json.object().field("value", e.value).field("sd", e.sd).text_or_null("unit", unit).end_object();
}
void write_value(JsonWriter& json, const char* key, double value, std::string_view unit) {
  json.key(key);
  if (!std::isfinite(value)) {
    json.null();
    return;
  }
  json.object().field("value", value).text_or_null("unit", unit).end_object();
}

/// The fields of a cell, into an object that is open.
void write_cell(JsonWriter& json, const LiveCells& live, std::size_t i) {
  const RoomAnswer& a = live.answer;
  const auto& c = a.cells[i];
  json.field("cell", c.name).field("electrolyser", a.electrolysers[c.electrolyser].name);
  json.field("number", static_cast<std::int64_t>(c.number))
      .field("tag", c.tag)
      .field("state", report::name_of(c.watch.state));
  write_value(json, "voltage", live.voltages[i], "V");
  write_estimate(json, "standard_voltage", c.watch.standard_voltage, "V");
  write_estimate(json, "u0", c.watch.u0, "V");
  write_estimate(json, "k", c.watch.k, "Ohm.m2");
  json.key("excess_power");
  if (c.watch.excess_power.known())
    json.object()
        .field("value", c.watch.excess_power.value)
        .field("sd", c.watch.excess_power.sd)
        .field("unit", "W")
        .field("against", c.watch.own_level ? "own" : "median")
        .end_object();
  else
    json.null();
  write_estimate(json, "cost_per_day", c.cost_per_day, per_day(a));
  write_estimate(json, "above_best", c.above_best, "W");
  write_value(json, "age", c.age.value_or(std::nan("")), "d");
  constexpr double kYear = 365.25 * 86400.0;
  write_estimate(json, "ageing", {c.watch.ageing.value * kYear, c.watch.ageing.sd * kYear}, "V/a");
  json.key("finding");
  c.finding ? json.value(static_cast<std::int64_t>(*c.finding)) : json.null();
}

void write_finding(JsonWriter& json, const RoomAnswer& a, const words::Words& words, std::size_t i) {
  const auto& f = a.findings[i];
  const auto text = report::describe(words, a, f);
  const bool instrument = f.what.instrument();
  json.object().field("id", static_cast<std::int64_t>(i)).field("code", instrument ? "cell_instrument" : "cell_sick");
  json.field("severity", report::name_of(f.what.severity)).field("cell", f.cell).field("tag", f.tag);
  json.field("electrolyser", a.electrolysers[a.cells[f.line].electrolyser].name);
  const std::string_view cause = cells::name_of(f.what.cause);
  json.text_or_null("cause", instrument ? "" : cause).text_or_null("fault", instrument ? cause : "");
  json.field("cause_text", words("cell.cause." + std::string(cause))).text_or_null("with", f.with);
  json.field("title", text.title).field("since", f.since).field("detected", f.detected).field("ended", f.ended);
  json.field("probability", f.what.probability).key("alternatives").array();
  for (const auto& other : f.what.alternatives)
    json.object()
        .field("cause", cells::name_of(other.cause))
        .field("text", words("cell.cause." + std::string(cells::name_of(other.cause))))
        .field("probability", other.probability)
        .end_object();
  json.end_array().key("evidence").array();
  for (const auto& e : text.evidence)
    json.object()
        .field("text", e.text)
        .field("value", e.of->number.value)
        .field("sd", e.of->number.sd)
        .field("unit", report::evidence_unit(e.of->kind))
        .end_object();
  const std::string test(report::name_of(f.what.test));
  json.end_array().text_or_null("test", test).field("test_text", test.empty() ? "" : words("cell.test." + test));
  json.field("advice", text.advice);
  write_estimate(json, "cost_per_day", f.cost_per_day, per_day(a));
  json.end_object();
}

void write_electrolysers(JsonWriter& json, const RoomAnswer& a) {
  json.key("electrolysers").array();
  for (std::size_t e = 0; e < a.electrolysers.size(); ++e) {
    const auto& line = a.electrolysers[e];
    json.object().field("name", line.name).field("cells", line.healthy + line.suspect + line.sick + line.unseen);
    json.key("states").object().field("healthy", line.healthy).field("suspect", line.suspect);
    json.field("sick", line.sick).field("unseen", line.unseen).end_object();
    write_estimate(json, "standard_voltage", line.standard_voltage, "V");
    write_estimate(json, "ohmic", line.ohmic, "V");
    write_estimate(json, "electrode", line.electrode, "V");
    write_estimate(json, "excess_power", line.excess_power, "W");
    double cost = 0.0, variance = 0.0;
    for (const auto& c : a.cells)
      if (c.electrolyser == e && c.cost_per_day.known())
        cost += c.cost_per_day.value, variance += c.cost_per_day.sd * c.cost_per_day.sd;
    write_estimate(json, "cost_per_day", variance > 0.0 ? Figure{cost, std::sqrt(variance)} : Figure{}, per_day(a));
    write_value(json, "current", line.current, "A");
    json.key("hydrogen_in_chlorine");
    if (line.hydrogen.known()) {
      json.object().field("value", line.hydrogen.value).field("sd", line.hydrogen.sd).field("unit", "1");
      write_estimate(json, "time_to_limit", line.hydrogen_time.value_or(Figure{}), "s");
      json.end_object();
    } else {
      json.null();
    }
    json.end_object();
  }
  json.end_array();
}

void write_replacement(JsonWriter& json, const RoomAnswer& a) {
  json.key("replacement").array();
  for (const auto& x : a.exchanges) {
    const auto& c = a.cells[x.line];
    json.object().field("cell", c.name).field("electrolyser", a.electrolysers[c.electrolyser].name);
    json.field("what", cell_room::name_of(x.what)).field("when", report::name_of(x.when));
    write_estimate(json, "saving", x.saving_per_day, per_day(a));
    write_value(json, "cost", x.price, a.currency);
    write_value(json, "standstill", x.standstill, a.currency);
    write_estimate(json, "payback", x.payback, "d");
    write_estimate(json, "payback_in_a_stop", x.payback_in_a_stop, "d");
    write_estimate(json, "cost_of_waiting", x.saving_per_day, per_day(a));
    json.end_object();
  }
  json.end_array();
}

/// What befell a scanner, or many cells at once.
void write_notes(JsonWriter& json, const RoomAnswer& a, const words::Words& words) {
  json.key("notes").array();
  for (const auto& n : a.notes) {
    const auto text = report::describe(words, a, n);
    json.object().field("code", report::name_of(n.what.kind));
    json.field("electrolyser", a.electrolysers[n.electrolyser].name).field("cells", n.what.cells);
    json.field("title", text.title).field("since", n.since).field("detected", n.detected).field("ended", n.ended);
    json.field("advice", text.advice).end_object();
  }
  json.end_array();
}

/// The newest picture, or the answer that there is none.
tl::expected<std::shared_ptr<const LiveCells>, http::Response> picture(const Call& call) {
  if (call.backend.cells)
    if (auto live = call.backend.cells->live()) return live;
  return tl::unexpected(http::problem(404, kNoCells, "no_cells"));
}

http::Response cells_now(Call& call) {
  const auto language = language_of(call.target);
  if (!language) return http::problem(language.error());
  const auto live = picture(call);
  if (!live) return live.error();
  const RoomAnswer& a = (*live)->answer;
  const words::Words words(*language);
  JsonWriter json;
  json.object().field("name", a.name).field("currency", a.currency);
  json.key("reference").object().field("current_density", a.reference.current_density);
  json.field("temperature", a.reference.temperature).field("caustic", a.reference.caustic).end_object();
  json.field("from", a.from)
      .field("to", a.to)
      .field("rows", static_cast<std::int64_t>(a.rows))
      .field("learning", (*live)->learning);
  json.key("missing").array();
  for (const auto& tag : (*live)->missing) json.value(tag);
  json.end_array().key("cells").array();
  for (std::size_t i = 0; i < a.cells.size(); ++i) {
    json.object();
    write_cell(json, **live, i);
    json.end_object();
  }
  json.end_array().key("findings").array();
  for (std::size_t i = 0; i < a.told().size(); ++i) write_finding(json, a, words, i);
  json.end_array();
  write_electrolysers(json, a);
  write_replacement(json, a);
  write_notes(json, a, words);
  json.end_object();
  return json_response(std::move(json));
}

/// One number of every cell at a moment of the past: the newest there was within the two hours, or ten minutes, before it.
http::Response cells_map(Call& call) {
  const auto live = picture(call);
  if (!live) return live.error();
  const auto asked = call.target.one("at");
  if (!asked) return http::problem(Error{ErrorCode::bad_input, {{"at", "is missing", "at=now-24h"}}});
  const auto at = read_moment(*asked, call.backend.clock.now());
  if (!at) return http::problem(at.error());
  const std::string of = call.target.one("of").value_or("voltage");
  const bool voltage = of == "voltage";
  if (!voltage && of != "standard_voltage" && of != "excess_power")
    return http::problem(
        Error{ErrorCode::bad_input, {{"of", "is no number of a cell", "voltage, standard_voltage or excess_power"}}});
  const auto window =
      voltage ? std::chrono::nanoseconds(std::chrono::minutes(10)) : std::chrono::nanoseconds(std::chrono::hours(2));
  JsonWriter json;
  json.object().field("at", *at).field("of", of).field("unit", of == "excess_power" ? "W" : "V").key("values").array();
  for (std::size_t i = 0; i < (*live)->answer.cells.size(); ++i) {
    const auto& c = (*live)->answer.cells[i];
    const auto tag = call.backend.store.find(voltage ? c.tag : service::cell_tag(c.name, of.c_str()));
    double value = std::nan("");
    if (tag)
      if (const auto b = call.backend.store.aggregate({tag->id, *at - window, *at + std::chrono::nanoseconds(1)},
                                                      window + std::chrono::nanoseconds(1));
          b && !b->empty())
        value = voltage ? (*live)->conversions->cells[i](b->back().last) : b->back().last;
    json.value(value);
  }
  json.end_array().end_object();
  return json_response(std::move(json));
}

struct TenMinutes {
  double mean, sd;  ///< the sd of its readings, from their range where they are few; of no use beyond a drawing
};
/// Means of ten minutes by the time at which they begin.
std::map<Time, TenMinutes> means(const historian::Store& store, const std::string& name, Time from, Time to) {
  std::map<Time, TenMinutes> all;
  const auto tag = name.empty() ? std::nullopt : store.find(name);
  if (!tag) return all;
  const auto buckets = store.aggregate({tag->id, from, to}, std::chrono::minutes(10));
  if (!buckets) return all;
  for (const auto& b : *buckets)
    if (b.usable > 0) all[b.from] = {b.mean, (b.max - b.min) / 4.0};
  return all;
}

/// The cell's voltage over load since its last renewal, at most a week: at the reference temperature and strength.
void write_points(JsonWriter& json, const Call& call, const LiveCells& live, std::size_t i, Time renewed) {
  using cell_room::RoomQuantity;
  constexpr std::size_t kMostPoints = 200;
  const auto& c = live.answer.cells[i];
  const auto& e = live.answer.electrolysers[c.electrolyser];
  const auto& entry = live.file->electrolysers[c.electrolyser];
  const Time to = std::chrono::floor<std::chrono::minutes>(call.backend.clock.now()),
             from = std::max(renewed, to - std::chrono::hours(24 * 7));
  const auto& reference = live.answer.reference;
  const auto& conversions = live.conversions->known[c.electrolyser];
  const auto known = [&](RoomQuantity q) { return means(call.backend.store, entry.of(q).tag, from, to); };
  const auto current = known(RoomQuantity::current), temperature = known(RoomQuantity::temperature),
             caustic = known(RoomQuantity::caustic);
  const auto voltages = means(call.backend.store, c.tag, from, to);
  const std::size_t every = voltages.size() / kMostPoints + 1;
  std::size_t k = 0;
  json.key("points").array();
  for (const auto& [time, v] : voltages) {
    if (k++ % every != 0) continue;
    const auto there = [&](const std::map<Time, TenMinutes>& all, RoomQuantity q, double otherwise) {
      const auto found = all.find(time);
      return found == all.end() ? entry.of(q).constant.value_or(otherwise)
                                : conversions[cell_room::at(q)](found->second.mean);
    };
    const double j = there(current, RoomQuantity::current, 0.0) / entry.cell_area;
    if (j < 20.0) continue;
    const cells::Conditions now{j, there(temperature, RoomQuantity::temperature, reference.temperature),
                                there(caustic, RoomQuantity::caustic, reference.caustic)};
    const double shift =
        e.middle ? e.middle->expected(now) - e.middle->expected({j, reference.temperature, reference.caustic}) : 0.0;
    const auto& volts = live.conversions->cells[i];
    json.object()
        .field("current_density", j)
        .field("voltage", volts(v.mean) - shift)
        .field("sd", volts.scale * v.sd)
        .field("time", time)
        .end_object();
  }
  json.end_array();
}

/// Its own line with two sds to either side, and the middle cell's, at the reference temperature and strength.
void write_curves(JsonWriter& json, const LiveCells& live, std::size_t i) {
  const auto& c = live.answer.cells[i];
  const auto& e = live.answer.electrolysers[c.electrolyser];
  const auto& reference = live.answer.reference;
  for (const bool own : {true, false}) {
    json.key(own ? "curve" : "middle_curve").array();
    const bool there = e.middle && (!own || c.watch.standard_voltage.known());
    for (int step = 2; there && step <= 26; ++step) {
      const double j = reference.current_density * step / 20.0,
                   middle = e.middle->expected({j, reference.temperature, reference.caustic});
      json.object().field("current_density", j);
      if (own) {
        const double b = c.watch.k.value - e.ohmic.value / reference.current_density,
                     v = middle + c.watch.standard_voltage.value - e.standard_voltage.value +
                         b * (j - reference.current_density),
                     sd = std::hypot(c.watch.standard_voltage.sd, c.watch.k.sd * (j - reference.current_density));
        json.field("voltage", v).field("low", v - 2.0 * sd).field("high", v + 2.0 * sd);
      } else {
        json.field("voltage", middle);
      }
      json.end_object();
    }
    json.end_array();
  }
}

void write_service(JsonWriter& json, const people::CellService& s) {
  json.object().field("cell", s.cell).field("what", s.what).field("when", s.when).field("by", s.who).field("at", s.at);
  json.field("note", s.note).end_object();
}

std::optional<std::size_t> cell_named(const LiveCells& live, const std::string& name) {
  for (std::size_t i = 0; i < live.answer.cells.size(); ++i)
    if (live.answer.cells[i].name == name) return i;
  return std::nullopt;
}

/// When cells.toml says that a part was put in.
std::optional<std::chrono::sys_days> installed_by_file(const LiveCells& live, std::size_t i, cell_room::Part part) {
  const auto& c = live.answer.cells[i];
  const auto& installed = live.file->electrolysers[c.electrolyser].cells[c.number - 1].installed;
  return part == cell_room::Part::membrane        ? installed.membrane
         : part == cell_room::Part::anode_coating ? installed.anode
                                                  : installed.cathode;
}

std::string day_text(std::chrono::sys_days day) { return readings::time_text(Time(day)).substr(0, 10); }

http::Response one_cell(Call& call) {
  const auto language = language_of(call.target);
  if (!language) return http::problem(language.error());
  const auto live = picture(call);
  if (!live) return live.error();
  const auto name = call.target.one("cell");
  if (!name) return http::problem(Error{ErrorCode::bad_input, {{"cell", "is missing", "cell=E1/017"}}});
  const auto i = cell_named(**live, *name);
  if (!i) return http::problem(404, "there is no cell of this name; name it as E1/017");
  const RoomAnswer& a = (*live)->answer;
  const words::Words words(*language);
  JsonWriter json;
  json.object();
  write_cell(json, **live, *i);
  json.key("findings").array();
  for (std::size_t f = 0; f < a.told().size(); ++f)
    if (a.findings[f].line == *i || a.findings[f].other == *i) write_finding(json, a, words, f);
  json.end_array().key("neighbours").array();
  for (std::size_t k = *i < 2 ? 0 : *i - 2; k < a.cells.size() && k <= *i + 2; ++k) {
    if (k == *i || a.cells[k].electrolyser != a.cells[*i].electrolyser) continue;
    json.object().field("cell", a.cells[k].name).field("state", report::name_of(a.cells[k].watch.state));
    write_estimate(json, "standard_voltage", a.cells[k].watch.standard_voltage, "V");
    json.end_object();
  }
  json.end_array();
  const auto services = call.backend.records.cells.all(a.cells[*i].name);
  Time renewed = Time::min();
  if (services)
    for (const auto& s : *services)
      if (cell_room::part_named(s.what)) renewed = std::max(renewed, s.when);
  write_points(json, call, **live, *i, renewed);
  write_curves(json, **live, *i);
  json.key("service").array();
  if (services)
    for (const auto& s : *services) write_service(json, s);
  json.end_array().end_object();
  return json_response(std::move(json));
}

http::Response services(Call& call) {
  if (const auto live = picture(call); !live) return live.error();
  const auto all = call.backend.records.cells.all(call.target.one("cell").value_or(""));
  if (!all) return http::problem(all.error());
  JsonWriter json;
  json.array();
  for (const auto& s : *all) write_service(json, s);
  json.end_array();
  return json_response(std::move(json));
}

http::Response add_service(Call& call) {
  const auto fields = read_fields(call.request, {{"cell"}, {"what"}, {"when"}, {"note"}});
  if (!fields) return http::problem(fields.error());
  const auto live = picture(call);
  if (!live) return live.error();
  const std::string name = *fields->text("cell");
  const auto i = cell_named(**live, name);
  if (!i) return http::problem(404, "there is no cell of this name; name it as E1/017");
  const auto when = readings::parse_time(*fields->text("when"), std::nullopt);
  if (!when) return http::problem(Error{ErrorCode::bad_input, {{"when", "is not a time", "2026-11-23T14:32:05Z"}}});
  const people::CellService service{.cell = name,
                                    .what = *fields->text("what"),
                                    .when = *when,
                                    .note = *fields->text("note"),
                                    .who = call.caller.name};
  const auto part = cell_room::part_named(service.what);
  if (const auto date = part ? installed_by_file(**live, *i, *part) : std::nullopt; date && *when < Time(*date))
    return http::problem(
        Error{ErrorCode::bad_input,
              {{"when", "lies before " + day_text(*date) + ", when cells.toml says this part was put in",
                "give the time of this exchange, or correct the date in cells.toml"}}});
  const auto there = call.backend.records.cells.has(service);
  if (!there) return http::problem(there.error());
  if (*there) return http::problem(409, "this exchange is written down already; enter another part or another time");
  const auto made = call.backend.records.cells.add(service);
  if (!made) return http::problem(made.error());
  note(call, "cell.serviced", name + ": " + made->what);
  // The record stands; that the cell begins anew follows from it, after a restart too.
  if (part) (void)call.backend.cells->renew({name, *part, *when, made->id});
  JsonWriter json;
  write_service(json, *made);
  return json_response(std::move(json), 201);
}

}  // namespace

void write_urgent_cell(JsonWriter& json, const RoomAnswer& room, const words::Words& words,
                       const cell_room::CellFinding& f) {
  const auto text = report::describe(words, room, f);
  json.object().field("code", f.what.instrument() ? "cell_instrument" : "cell_sick");
  json.field("severity", report::name_of(f.what.severity))
      .field("title", text.title)
      .field("next", text.advice)
      .field("path", f.cell);
  json.key("cost_per_day").object();
  json.field("value", f.cost_per_day.value).field("sd", f.cost_per_day.sd);
  json.text_or_null("unit", per_day(room)).end_object();
  json.key("evidence").array().end_array().key("tags").array().value(f.tag);
  if (!f.with.empty()) json.value(f.with);
  json.end_array().field("follows", false).field("balances_open", false).key("rests_on").array().end_array();
  json.key("stops").array().end_array().end_object();
}

void write_cell_summary(JsonWriter& json, const Call& call, const words::Words& words) {
  json.key("cells");
  const auto live = call.backend.cells ? call.backend.cells->live() : nullptr;
  if (!live) {
    json.null();
    return;
  }
  const RoomAnswer& a = live->answer;
  int healthy = 0, suspect = 0, sick = 0, unseen = 0;
  for (const auto& e : a.electrolysers) healthy += e.healthy, suspect += e.suspect, sick += e.sick, unseen += e.unseen;
  json.object().field("cells", static_cast<std::int64_t>(a.cells.size())).key("states").object();
  json.field("healthy", healthy).field("suspect", suspect).field("sick", sick).field("unseen", unseen).end_object();
  Figure cost;
  for (const auto& f : a.told())
    if (!f.ended && report::costs(f))
      cost = cost.known() ? Figure{cost.value + f.cost_per_day.value, std::hypot(cost.sd, f.cost_per_day.sd)}
                          : f.cost_per_day;
  write_estimate(json, "cost_per_day", cost, per_day(a));
  json.key("worst");
  if (!a.findings.empty() && !a.findings[0].ended)
    write_finding(json, a, words, 0);
  else
    json.null();
  const cell_room::RoomNote* first = a.first_note();
  json.text_or_null("note", first ? report::describe(words, a, *first).title : "");
  json.field("learning", live->learning).end_object();
}

void add_cell_routes(Router& router) {
  router.add("GET", "/api/v1/cells", {Role::viewer, cells_now});
  router.add("GET", "/api/v1/cells/map", {Role::viewer, cells_map});
  router.add("GET", "/api/v1/cells/one", {Role::viewer, one_cell});
  router.add("GET", "/api/v1/cells/service", {Role::viewer, services});
  router.add("POST", "/api/v1/cells/service", {Role::engineer, add_service, kSmallService});
}

}  // namespace castner::api

// SPDX-License-Identifier: Apache-2.0
// The JSON of `castner cells --json`. Every amount is an object with value, sd and unit; what is not known is null in it.
#include <cmath>
#include <nlohmann/json.hpp>

#include "castner/report/cell_words.h"
#include "castner/report/cells.h"
#include "castner/report/plant_clock.h"

namespace castner::report {
namespace {

using Json = nlohmann::ordered_json;
using cells::Figure;

Json finite(double v) { return std::isfinite(v) ? Json(v) : Json(nullptr); }

Json estimate(const Figure& e, const Json& unit) {
  return {{"value", finite(e.value)}, {"sd", e.known() ? finite(e.sd) : Json(nullptr)}, {"unit", unit}};
}

/// "CNY/d"; null where no price says the currency.
Json money_unit(const std::string& currency, const char* per = "") {
  return currency.empty() ? Json(nullptr) : Json(currency + per);
}

Json cell_json(const cell_room::RoomAnswer& a, const cell_room::CellLine& c) {
  Json excess = estimate(c.watch.excess_power, "W");
  excess["against"] = c.watch.excess_power.known() ? Json(c.watch.own_level ? "own" : "median") : Json(nullptr);
  return {{"cell", c.name},
          {"tag", c.tag},
          {"state", name_of(c.watch.state)},
          {"standard_voltage", estimate(c.watch.standard_voltage, "V")},
          {"u0", estimate(c.watch.u0, "V")},
          {"k", estimate(c.watch.k, "Ohm.m2")},
          {"excess_power", std::move(excess)},
          {"cost_per_day", estimate(c.cost_per_day, money_unit(a.currency, "/d"))},
          {"age", c.age ? Json{{"value", *c.age}, {"unit", "d"}} : Json(nullptr)}};
}

Json cell_finding(const cell_room::RoomAnswer& a, const cell_room::CellFinding& f, const words::Words& words,
                  const PlantClock& clock) {
  const CellFindingText text = describe(words, a, f);
  const bool instrument = f.what.instrument();
  Json doc = {{"code", instrument ? "cell_instrument" : "cell_sick"},
              {"severity", name_of(f.what.severity)},
              {"cell", f.cell},
              {"tag", f.tag}};
  if (instrument) doc["fault"] = cells::name_of(f.what.cause);
  if (!f.with.empty()) doc["with"] = f.with;
  doc["title"] = text.title;
  doc["since"] = clock.rfc3339(f.since);
  doc["detected"] = clock.rfc3339(f.detected);
  doc["ended"] = f.ended ? Json(clock.rfc3339(*f.ended)) : Json(nullptr);
  if (!instrument) doc["cause"] = cells::name_of(f.what.cause);
  doc["probability"] = finite(f.what.probability);
  Json others = Json::array(), evidence = Json::array();
  for (const auto& o : f.what.alternatives)
    others.push_back({{"cause", cells::name_of(o.cause)}, {"probability", finite(o.probability)}});
  doc["alternatives"] = std::move(others);
  for (const auto& e : text.evidence)
    evidence.push_back({{"text", e.text},
                        {"code", name_of(e.of->kind)},
                        {"value", finite(e.of->number.value)},
                        {"sd", e.of->number.known() ? finite(e.of->number.sd) : Json(nullptr)},
                        {"unit", evidence_unit(e.of->kind)}});
  doc["evidence"] = std::move(evidence);
  doc["test"] = f.what.test == cells::Test::none ? Json(nullptr) : Json(name_of(f.what.test));
  doc["advice"] = text.advice;
  if (!instrument)
    doc["cost_per_day"] = estimate(f.ended ? Figure{} : a.cells[f.line].cost_per_day, money_unit(a.currency, "/d"));
  return doc;
}

Json electrolyser_json(const cell_room::ElectrolyserLine& e) {
  Json hydrogen = estimate(e.hydrogen, "1");
  hydrogen["time_to_limit"] = e.hydrogen_time ? estimate(*e.hydrogen_time, "s") : Json(nullptr);
  return {{"name", e.name},
          {"states", {{"healthy", e.healthy}, {"suspect", e.suspect}, {"sick", e.sick}, {"unseen", e.unseen}}},
          {"standard_voltage", estimate(e.standard_voltage, "V")},
          {"ohmic", estimate(e.ohmic, "V")},
          {"electrode", estimate(e.electrode, "V")},
          {"excess_power", estimate(e.excess_power, "W")},
          {"hydrogen_in_chlorine", std::move(hydrogen)}};
}

Json exchange_json(const cell_room::RoomAnswer& a, const cell_room::Exchange& x) {
  const auto days = [](const Figure& e) { return e.known() ? estimate(e, "d") : Json(nullptr); };
  return {{"cell", a.cells[x.line].name},
          {"what", name_of(x.what)},
          {"when", name_of(x.when)},
          {"payback", days(x.payback)},
          {"payback_in_a_stop", days(x.payback_in_a_stop)},
          {"cost", {{"value", finite(x.price + x.standstill)}, {"unit", money_unit(a.currency)}}},
          {"cost_of_waiting", estimate(x.saving_per_day, money_unit(a.currency, "/d"))}};
}

Json note_json(const cell_room::RoomAnswer& a, const cell_room::RoomNote& n, const words::Words& words,
               const PlantClock& clock) {
  const RoomNoteText text = describe(words, a, n);
  return {{"code", name_of(n.what.kind)},
          {"electrolyser", a.electrolysers[n.electrolyser].name},
          {"cells", n.what.cells},
          {"title", text.title},
          {"since", clock.rfc3339(n.since)},
          {"detected", clock.rfc3339(n.detected)},
          {"ended", n.ended ? Json(clock.rfc3339(*n.ended)) : Json(nullptr)},
          {"advice", text.advice}};
}

}  // namespace

std::string cells_json(const CellsReport& r, words::Language language) {
  const cell_room::RoomAnswer& a = r.answer;
  const PlantClock clock(r.time_zone);
  const words::Words words(language);
  Json cells = Json::array(), findings = Json::array(), electrolysers = Json::array(), replacement = Json::array(),
       notes = Json::array();
  for (const auto& c : a.cells) cells.push_back(cell_json(a, c));
  for (const auto& f : a.findings) findings.push_back(cell_finding(a, f, words, clock));
  for (const auto& e : a.electrolysers) electrolysers.push_back(electrolyser_json(e));
  for (const auto& n : a.notes) notes.push_back(note_json(a, n, words, clock));
  for (const auto& x : a.exchanges) replacement.push_back(exchange_json(a, x));
  const Json doc = {{"from", a.from ? Json(clock.rfc3339(*a.from)) : Json(nullptr)},
                    {"to", a.to ? Json(clock.rfc3339(*a.to)) : Json(nullptr)},
                    {"rows", a.rows},
                    {"cells", std::move(cells)},
                    {"findings", std::move(findings)},
                    {"electrolysers", std::move(electrolysers)},
                    {"replacement", std::move(replacement)},
                    {"notes", std::move(notes)}};
  // Tags are free text: bytes that are no UTF-8 must not stop an answer.
  return doc.dump(-1, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace castner::report

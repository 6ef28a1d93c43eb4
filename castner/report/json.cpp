// SPDX-License-Identifier: Apache-2.0
// The JSON of `castner assess --json` and `castner reconcile --json`; the API answers with the same document.
//  1. A number that is not finite is null. Amounts carry value, sd and unit; a path names every quantity.
//  2. estimates: one object a variable, with the reading of the instrument that speaks for it: the first in use, else
//     the first that read.
//  3. gross_errors: each with its alternatives, size, statistic, and why it was kept if it was.
//  4. window, losses, findings and data are written from the assessment, findings with their sentences in the language
//     asked for.
//  5. write: bytes that are no UTF-8 are replaced, since tags are free text.
#include "castner/report/json.h"

#include <cmath>
#include <nlohmann/json.hpp>
#include <optional>
#include <utility>

#include "castner/report/finding_text.h"
#include "castner/report/plant_clock.h"

namespace castner::report {
namespace {

using Json = nlohmann::ordered_json;
using plant::Plant;

Json number(double v) { return std::isfinite(v) ? Json(v) : Json(nullptr); }
Json number(const std::optional<double>& v) { return v ? number(*v) : Json(nullptr); }

/// Appends without looking whether the key is there already, which ordered_json's [] does key by key.
void append(Json& object, const std::string& key, Json value) {
  object.get_ref<Json::object_t&>().emplace_back(key, std::move(value));
}

std::string write(const Json& document) {
  // Tags are free text: bytes that are not UTF-8 must not stop an answer.
  return document.dump(-1, ' ', false, Json::error_handler_t::replace) + "\n";
}

Json money_or_amount(const assess::Amount& a) {
  const bool of_no_currency = a.unit.starts_with('/');  // a plant file without a currency, and so without a price
  return {{"value", number(a.value)}, {"sd", number(a.sd)}, {"unit", of_no_currency ? Json(nullptr) : Json(a.unit)}};
}

/// @param covers  of each the windows that it is the mean of
Json amounts(const std::map<std::string, assess::Amount>& all, const std::map<std::string, int>* covers = nullptr) {
  Json object = Json::object();
  for (const auto& [path, amount] : all) {
    Json one = money_or_amount(amount);
    if (covers) {
      const auto n = covers->find(path);
      append(one, "windows", n == covers->end() ? 0 : n->second);
    }
    append(object, path, std::move(one));
  }
  return object;
}

Json text_or_null(const std::string& text) { return text.empty() ? Json(nullptr) : Json(text); }

Json warnings(const Plant& plant, const solve::Report& report) {
  Json list = Json::array();
  for (const auto& w : report.warnings)
    list.push_back({{"path", text_or_null(w.path)},
                    {"value", number(w.value)},
                    {"unit", plant.as_published && !w.path.empty() ? Json("1") : text_or_null(w.unit)},
                    {"limit", number(w.limit)},
                    {"source", text_or_null(w.source)},
                    {"text", w.text}});
  return list;
}

Json advice(const solve::Report& report) {
  if (report.status == solve::Status::converged) return nullptr;
  const auto& a = report.advice;
  return {{"text", a.text}, {"unit", a.unit}, {"equation", a.equation}, {"variable", a.variable}};
}

std::string unit_of(const Plant& plant, const Variable& v) { return plant.as_published ? "1" : v.unit; }

/// The instrument that speaks for each variable: the first in use, else the first that read anything; -1 for none.
std::vector<int> instrument_of(const assess::State& state, std::size_t variables) {
  std::vector<int> of(variables, -1);
  const auto used = [&](int i) {
    const int reading = state.instruments[static_cast<std::size_t>(i)].reading;
    const auto& all = state.reconciliation.used;
    return reading >= 0 && static_cast<std::size_t>(reading) < all.size() && all[static_cast<std::size_t>(reading)];
  };
  for (std::size_t k = 0; k < state.instruments.size(); ++k) {
    const auto& i = state.instruments[k];
    if (!i.measured || i.variable < 0) continue;
    int& mine = of[static_cast<std::size_t>(i.variable)];
    if (mine < 0 || (!used(mine) && used(static_cast<int>(k)))) mine = static_cast<int>(k);
  }
  return of;
}

Json estimates(const Plant& plant, const assess::State& state) {
  Json object = Json::object();
  const auto& r = state.reconciliation;
  const bool solved = r.report.status == solve::Status::converged;
  const auto variables = plant.flowsheet->variables();
  const auto speaks = instrument_of(state, variables.size());
  for (std::size_t v = 0; v < variables.size(); ++v) {
    const assess::Instrument* i = speaks[v] < 0 ? nullptr : &state.instruments[static_cast<std::size_t>(speaks[v])];
    const solve::Estimate* e = solved && v < r.estimates.size() ? &r.estimates[v] : nullptr;
    const bool known = e != nullptr && e->kind != solve::Class::unobservable;
    const Json value = known ? number(e->value) : Json(nullptr);
    const bool used = i != nullptr && i->reading >= 0 && static_cast<std::size_t>(i->reading) < r.used.size() &&
                      r.used[static_cast<std::size_t>(i->reading)];
    Json estimate = {{"value", value},
                     {"sd", known ? number(e->sd) : Json(nullptr)},
                     {"unit", unit_of(plant, variables[v])},
                     {"measured", i ? number(i->measured) : Json(nullptr)},
                     {"adjustment", known && i ? number(e->value - *i->measured) : Json(nullptr)},
                     {"class", e ? Json(solve::class_name(e->kind)) : Json(nullptr)},
                     {"used", used}};
    if (i != nullptr) append(estimate, "smallest_seen", number(assess::smallest_seen(state, *i)));
    if (known && !state.assumed.empty() && state.assumed[v]) append(estimate, "assumed", true);
    append(object, variables[v].name, std::move(estimate));
  }
  return object;
}

/// A candidate for a gross error, by the name users know it by.
Json candidate(const Plant& plant, const assess::State& state, solve::GrossError::Kind kind, int index) {
  const auto at = static_cast<std::size_t>(index);
  if (kind == solve::GrossError::Kind::leak)
    return {
        {"tag", nullptr}, {"of", plant.units[static_cast<std::size_t>(state.leak_units[at])].name}, {"kind", "leak"}};
  for (const auto& i : state.instruments)
    if (i.reading == index)
      return {{"tag", i.tag},
              {"of", plant.flowsheet->variables()[static_cast<std::size_t>(i.variable)].name},
              {"kind", "bias"}};
  return {{"tag", nullptr}, {"of", nullptr}, {"kind", "bias"}};
}

Json gross_errors(const Plant& plant, const assess::State& state) {
  Json list = Json::array();
  for (const auto& g : state.reconciliation.gross_errors) {
    Json entry = candidate(plant, state, g.kind, g.index);
    entry["size"] = number(g.size);
    entry["size_sd"] = number(g.size_sd);
    entry["statistic"] = number(g.statistic);
    entry["critical"] = number(g.critical);
    entry["removed"] = g.removed;
    Json others = Json::array();
    for (const auto& other : g.alternatives) others.push_back(candidate(plant, state, other.kind, other.index));
    entry["alternatives"] = std::move(others);
    Json possible = Json::array();
    for (const auto& other : g.also_possible) {
      Json one = candidate(plant, state, other.kind, other.index);
      one["size"] = number(other.size);
      one["size_sd"] = number(other.size_sd);
      one["statistic"] = number(other.statistic);
      possible.push_back(std::move(one));
    }
    entry["also_possible"] = std::move(possible);
    list.push_back(std::move(entry));
  }
  return list;
}

Json passed(const solve::GlobalTest& t) { return t.passed ? Json(*t.passed) : Json(nullptr); }

Json unit_names(const Plant& plant, const std::vector<int>& units) {
  Json names = Json::array();
  for (const int u : units) names.push_back(plant.units[static_cast<std::size_t>(u)].name);
  return names;
}

Json reconciliation(const Plant& plant, const assess::State& state, bool robust) {
  const auto& r = state.reconciliation;
  const bool solved = r.report.status == solve::Status::converged;
  const auto& g = r.global_test;
  Json doc = {{"status", solve::status_name(r.report.status)},
              {"advice", advice(r.report)},
              {"objective", solved ? number(g.statistic) : Json(nullptr)},
              {"degrees_of_freedom", solved ? Json(g.degrees_of_freedom) : Json(nullptr)}};
  if (robust) doc["estimator"] = "huber";
  doc["global_test"] = {{"statistic", solved ? number(g.statistic) : Json(nullptr)},
                        {"critical", solved ? number(g.critical) : Json(nullptr)},
                        {"alpha", number(g.alpha)},
                        {"passed", solved ? passed(g) : Json(nullptr)}};
  doc["after_elimination"] = nullptr;
  if (solved && r.after_elimination) {
    const auto& a = *r.after_elimination;
    doc["after_elimination"] = {{"objective", number(a.statistic)},
                                {"degrees_of_freedom", a.degrees_of_freedom},
                                {"critical", number(a.critical)},
                                {"passed", passed(a)}};
  }
  doc["estimates"] = estimates(plant, state);
  doc["gross_errors"] = solved ? gross_errors(plant, state) : Json::array();
  doc["warnings"] = warnings(plant, r.report);
  doc["idle"] = unit_names(plant, state.idle);
  return doc;
}

Json window(const Plant& plant, const assess::AssessedWindow& w, const PlantClock& clock) {
  Json doc = {{"from", w.from ? Json(clock.rfc3339(*w.from)) : Json(nullptr)},
              {"to", w.to ? Json(clock.rfc3339(*w.to)) : Json(nullptr)},
              {"rows", w.rows},
              {"steady", w.steady},
              {"unsteady_tags", w.unsteady_tags},
              {"reconciliation", w.state ? reconciliation(plant, *w.state, false) : Json(nullptr)},
              {"indicators", w.state ? amounts(w.state->indicators) : Json::object()}};
  doc["drifting_tags"] = w.drifting_tags;
  doc["switched"] = unit_names(plant, w.switched);
  if (!w.at_rest.empty()) doc["at_rest"] = unit_names(plant, w.at_rest);
  doc["unread_tags"] = w.unread_tags;
  return doc;
}

Json finding(const Plant& plant, const insight::Finding& f, const words::Words& words) {
  const FindingText text = describe(plant, words, f);
  Json evidence = Json::array();
  for (const auto& line : text.evidence)
    evidence.push_back({{"path", line.of->path},
                        {"value", number(line.of->amount.value)},
                        {"sd", number(line.of->amount.sd)},
                        {"unit", line.of->amount.unit},
                        {"text", line.what}});
  return {{"code", f.code},
          {"severity", insight::severity_name(f.severity)},
          {"title", text.title},
          {"path", f.path},
          {"evidence", std::move(evidence)},
          {"cost_per_day", money_or_amount(text.cost_per_day)},
          {"follows", f.follows},
          {"rests_on", f.rests_on},
          {"balances_open", f.open}};
}

Json data_quality(const insight::Judged& a, const PlantClock& clock) {
  Json gaps = Json::array(), stuck = Json::array();
  for (const auto& g : a.gaps) gaps.push_back({{"from", clock.rfc3339(g.from)}, {"to", clock.rfc3339(g.to)}});
  for (const auto& s : a.stuck_tags)
    stuck.push_back({{"tag", s.tag}, {"from", clock.rfc3339(s.from)}, {"to", clock.rfc3339(s.to)}});
  return {
      {"rows", a.rows}, {"gaps", std::move(gaps)}, {"bad_quality", a.bad_quality}, {"stuck_tags", std::move(stuck)}};
}

}  // namespace

std::string reconcile_json(const Plant& plant, const assess::State& state, bool robust) {
  return write(reconciliation(plant, state, robust));
}

std::string simulate_json(const Plant& plant, const assess::PlantSimulation& simulation) {
  const auto& s = simulation.result;
  const bool solved = s.report.status == solve::Status::converged;
  Json values = Json::object(), worst = Json::array();
  const auto variables = plant.flowsheet->variables();
  std::vector<bool> open(variables.size(), false);
  Json undetermined = Json::array();
  for (const int v : s.undetermined.variables) {
    open[static_cast<std::size_t>(v)] = true;
    undetermined.push_back(variables[static_cast<std::size_t>(v)].name);
  }
  for (std::size_t v = 0; v < variables.size(); ++v)
    append(values, variables[v].name,
           {{"value", solved && v < s.x.size() && !open[v] ? number(s.x[v]) : Json(nullptr)},
            {"unit", unit_of(plant, variables[v])}});
  for (const auto& w : s.report.worst_residuals)
    worst.push_back({{"equation", w.equation}, {"value", number(w.value)}, {"scaled", number(w.scaled)}});
  Json doc = {{"status", solve::status_name(s.report.status)},
              {"advice", advice(s.report)},
              {"iterations", s.report.iterations},
              {"values", std::move(values)},
              {"undetermined", std::move(undetermined)},
              {"indicators", amounts(solved ? simulation.indicators : std::map<std::string, assess::Amount>{})},
              {"warnings", warnings(plant, s.report)},
              {"worst_residuals", std::move(worst)}};
  doc["idle"] = unit_names(plant, simulation.idle);
  return write(doc);
}

std::string assess_json(const Plant& plant, const insight::Judged& a, words::Language language) {
  const PlantClock clock(a.time_zone);
  const words::Words words(language);
  Json windows = Json::array(), losses = Json::array(), findings = Json::array();
  for (const auto& w : a.windows) windows.push_back(window(plant, w, clock));
  const auto rests_on = [&](const std::string& path) {
    const auto it = a.rests_on.find(path);
    return it == a.rests_on.end() ? std::vector<std::string>() : it->second;
  };
  for (const auto& l : a.losses)
    losses.push_back({{"path", l.path},
                      {"kind", l.kind},
                      {"reference", l.reference},
                      {"power", money_or_amount(l.power)},
                      {"cost_per_year", money_or_amount(l.cost_per_year)},
                      {"rests_on", rests_on(l.path + "." + l.kind)},
                      {"balances_open", a.open}});
  for (const auto& f : a.findings) findings.push_back(finding(plant, f, words));
  Json stops = Json::array();
  for (const auto& s : a.stops)
    stops.push_back({{"unit", plant.units[static_cast<std::size_t>(s.unit)].name},
                     {"from", s.from ? Json(clock.rfc3339(*s.from)) : Json(nullptr)},
                     {"to", s.to ? Json(clock.rfc3339(*s.to)) : Json(nullptr)}});
  return write({{"windows", std::move(windows)},
                {"indicators", amounts(a.indicators, &a.covers)},
                {"losses", std::move(losses)},
                {"findings", std::move(findings)},
                {"data", data_quality(a, clock)},
                {"stops", std::move(stops)}});
}

}  // namespace castner::report

// SPDX-License-Identifier: Apache-2.0
// Routes of the plant's present state: overview, picture, energy, the newest balance, sources.
//  1. Each answer is written from one LiveState, so that its parts belong to the same moment.
//  2. overview: the counts of health, the last good balance and its most urgent findings.
//  3. energy: prices, indicators, their means a day before (from the store), losses, and the parts of the cells'
//     voltages.
//  4. reconciliation: the document of `castner assess --json` for the last good window or for the newest attempt, with
//     an ETag, so that an unchanged one is not sent again.
//  5. assess asks for a balance now, one at a time; a second request meanwhile is refused.
//  6. sources: each source and tag with health, last reading and last error.
#include <algorithm>
#include <cmath>
#include <span>

#include "castner/api/balance_parts.h"
#include "castner/api/call.h"
#include "castner/api/plant_picture.h"
#include "castner/base/rfc3339.h"
#include "castner/insight/rests_on.h"
#include "castner/people/secrets.h"
#include "castner/plant/assumed.h"
#include "castner/report/digest.h"
#include "castner/report/finding_text.h"
#include "castner/report/json.h"
#include "castner/service/live_cells.h"

namespace castner::api {
namespace {

using people::Role;
using service::LiveState;

constexpr std::size_t kMostAttention = 10;  ///< of the overview; at most half of them cells

double seconds(std::chrono::nanoseconds t) { return std::chrono::duration<double>(t).count(); }

std::string not_reconciled(const LiveState& s) { return s.plant ? s.not_reconciled : "no_plant"; }

/// Means of the plant's indicators from 48 to 24 hours ago, as the server wrote them into the history.
void write_day_before(JsonWriter& json, const Backend& backend, const LiveState& s) {
  using std::chrono::hours;
  json.key("day_before").object();
  const Time now = backend.clock.now();
  if (s.last_good)
    for (const auto& [path, amount] : s.last_good->assessment.indicators) {
      if (path.find('.') != std::string::npos) continue;
      const auto tag = backend.store.find(service::indicator_tag(path));
      if (!tag) continue;
      const auto mean = backend.store.aggregate({tag->id, now - hours(48), now - hours(24)}, hours(24));
      if (!mean || mean->empty() || mean->front().usable == 0) continue;
      json.key(path).object().field("value", mean->front().time_weighted_mean).field("unit", amount.unit).end_object();
    }
  json.end_object();
}

/// The tags that show what a finding says: instruments of its paths, else what the server computes there.
std::vector<std::string> tags_of(const Backend& backend, const plant::Plant& plant, const insight::Finding& f) {
  constexpr std::size_t kMostTags = 8;  // of a trend
  std::vector<std::string> tags;
  const auto add = [&](const std::string& tag) {
    if (tags.size() < kMostTags && std::find(tags.begin(), tags.end(), tag) == tags.end() && backend.store.find(tag))
      tags.push_back(tag);
  };
  const auto add_path = [&](const std::string& path) {
    if (path.empty()) return;
    bool measured = false;
    for (const auto& m : plant.measurements)
      if (m.tag == path || m.of == path) {
        add(m.tag);
        measured = true;
      }
    if (measured) return;  // a trend has the reconciled value beside it
    add(service::reconciled_tag(path));
    add(service::indicator_tag(path));
  };
  if (const auto tag = f.blanks.find("tag"); tag != f.blanks.end()) add_path(tag->second);
  add_path(f.path);
  for (const auto& e : f.evidence) add_path(e.path);
  for (const auto& m : plant.measurements)  // of a unit: what is measured in it
    if (!f.path.empty() && m.of.starts_with(f.path + ".")) add(m.tag);
  return tags;
}

void write_finding(JsonWriter& json, const Backend& backend, const plant::Plant& plant, const words::Words& words,
                   const insight::Finding& f) {
  const auto text = report::describe(plant, words, f);
  json.object().field("code", f.code).field("severity", insight::severity_name(f.severity)).field("title", text.title);
  json.field("next", text.next).field("path", f.path).key("cost_per_day");
  write_amount(json, text.cost_per_day);
  json.key("evidence").array();
  for (const auto& line : text.evidence)
    json.object()
        .field("path", line.of->path)
        .field("value", line.of->amount.value)
        .field("sd", line.of->amount.sd)
        .field("unit", line.of->amount.unit)
        .field("text", line.what)
        .end_object();
  json.end_array().key("tags").array();
  for (const auto& tag : tags_of(backend, plant, f)) json.value(tag);
  json.end_array().field("follows", f.follows).field("balances_open", f.open).key("rests_on").array();
  for (const auto& name : f.rests_on) json.value(name);
  json.end_array().key("stops");
  write_stops(json, plant, f.stops);
  json.end_object();
}

/// Of the last good balance, worst money first.
std::span<const insight::Finding> findings_of(const LiveState& s) {
  if (!s.last_good || !s.plant) return {};
  return s.last_good->assessment.findings;
}

/// What follows from a warning stays behind it.
insight::Finding::Severity urgency_of(const insight::Finding& f) {
  return f.follows ? insight::Finding::Severity::warning : f.severity;
}

/// What someone must act on before notes; of one severity the most money first.
std::vector<insight::Finding> most_urgent(std::span<const insight::Finding> all, std::size_t most) {
  std::vector<insight::Finding> some(all.begin(), all.end());
  std::stable_sort(some.begin(), some.end(),
                   [](const auto& l, const auto& r) { return urgency_of(l) > urgency_of(r); });
  if (some.size() > most) some.resize(most);
  return some;
}

void write_findings(JsonWriter& json, const Backend& backend, const LiveState& s, words::Language language,
                    std::span<const insight::Finding> findings) {
  const words::Words words(language);
  json.array();
  for (const auto& f : findings) write_finding(json, backend, *s.plant, words, f);
  json.end_array();
}

/// A cell before a finding of the plant: of one severity where it went bad within a day, or by money.
bool before(const cell_room::CellFinding& cell, const insight::Finding& f) {
  const int urgent = static_cast<int>(cell.what.severity) - static_cast<int>(urgency_of(f));
  if (urgent != 0) return urgent > 0;
  return cell.fresh || (cell.cost_per_day.known() && cell.cost_per_day.value >= f.cost_per_day.value.value_or(0.0));
}

/// The plant's findings and the cells that someone must act on, each in its own order, as one list.
void write_attention(JsonWriter& json, const Backend& backend, const LiveState& s, const words::Words& words) {
  const auto live = backend.cells ? backend.cells->live() : nullptr;
  std::vector<const cell_room::CellFinding*> cells;
  if (live)
    for (const auto& f : live->answer.findings)
      if (!f.ended && f.what.severity != cells::Severity::info && cells.size() < kMostAttention / 2)
        cells.push_back(&f);
  const auto found = most_urgent(findings_of(s), kMostAttention);
  auto cell = cells.begin();
  auto own = found.begin();
  json.key("attention").array();
  for (std::size_t n = 0; n < kMostAttention && (cell != cells.end() || own != found.end()); ++n)
    if (own == found.end() || (cell != cells.end() && before(**cell, *own)))
      write_urgent_cell(json, live->answer, words, **cell++);
    else
      write_finding(json, backend, *s.plant, words, *own++);
  json.end_array();
}

/// What all findings with a price add up to that rest on no suspicion, their uncertainties as independent.
void write_avoidable(JsonWriter& json, const LiveState& s) {
  assess::Amount sum{{}, {}, s.plant && !s.plant->currency.empty() ? s.plant->currency + "/d" : ""};
  for (const auto& f : findings_of(s)) {
    if (!f.cost_per_day.value || f.follows || insight::doubtful(f)) continue;
    sum.value = sum.value.value_or(0.0) + *f.cost_per_day.value;
    sum.sd = std::hypot(sum.sd.value_or(0.0), f.cost_per_day.sd.value_or(0.0));
  }
  json.key("avoidable_per_day");
  write_amount(json, sum);
}

void write_balance(JsonWriter& json, const Backend& backend, const LiveState& s) {
  const auto* state = good_state(s);
  json.key("balance").object();
  if (state)
    json.field("status", solve::status_name(state->reconciliation.report.status));
  else
    json.null_field("status");
  write_times(json, s.last_good.get());
  json.field("age_seconds",
             s.last_good ? std::optional(seconds(backend.clock.now() - s.last_good->made)) : std::nullopt);
  json.text_or_null("not_reconciled", not_reconciled(s));
  json.key("idle").array();
  if (state)
    for (const int u : state->idle) json.value(s.plant->units[static_cast<std::size_t>(u)].name);
  json.end_array();
  if (state) {
    const auto& r = state->reconciliation;
    const auto digest = report::digest(*s.plant, s.last_good->assessment);
    json.field("closes", (r.after_elimination ? *r.after_elimination : r.global_test).passed);
    const auto& all = s.plant->measurements;
    json.field("instruments",
               std::count_if(all.begin(), all.end(), [](const auto& m) { return !plant::assumed(m.tag); }));
    json.field("checked", digest.checkable).field("hardly_checked", static_cast<std::int64_t>(digest.hardly.size()));
    json.field("accused", digest.wrong + digest.groups);
    json.field("warnings", static_cast<std::int64_t>(r.report.warnings.size()));
  } else {
    for (const char* unknown : {"closes", "instruments", "checked", "hardly_checked", "accused", "warnings"})
      json.null_field(unknown);
  }
  json.end_object();
}

/// Those that are out of service, or were within the last day.
void write_stopped(JsonWriter& json, const LiveState& s, Time now) {
  const Time day_ago = now - std::chrono::hours(24);
  json.key("stopped").array();
  for (std::size_t u = 0; u < s.units.size(); ++u)
    if (const auto& state = s.units[u];
        state.idle || (!state.stops.empty() && state.stops.back().to.value_or(now) > day_ago))
      write_unit_state(json, s, u);
  json.end_array();
}

http::Response overview(Call& call) {
  const auto language = language_of(call.target);
  if (!language) return http::problem(language.error());
  const auto s = call.backend.live();
  JsonWriter json;
  json.object().field("time", call.backend.clock.now()).text_or_null("plant", s->plant ? s->plant->name : "");
  json.field("made_up", s->made_up).field("castner", CASTNER_VERSION).key("load");
  const auto* indicators = s->last_good ? &s->last_good->assessment.indicators : nullptr;
  const auto load = indicators ? indicators->find("load") : std::map<std::string, assess::Amount>::const_iterator();
  write_amount(json, indicators && load != indicators->end() ? load->second : assess::Amount{{}, {}, "1"});
  const auto counts = health_counts(*s);  // an object: its fields go in here
  json.raw(std::string_view(counts).substr(1, counts.size() - 2));
  write_balance(json, call.backend, *s);
  write_stopped(json, *s, call.backend.clock.now());
  json.key("indicators").object();
  if (indicators)
    for (const auto& [path, amount] : *indicators)
      if (path.find('.') == std::string::npos) {
        json.key(path);
        write_amount(json, amount);
      }
  json.end_object();
  write_day_before(json, call.backend, *s);
  write_avoidable(json, *s);
  const words::Words words(*language);
  write_attention(json, call.backend, *s, words);
  write_cell_summary(json, call, words);
  json.key("storage").object().field("stored", s->stored).field("refused", s->refused);
  json.text_or_null("error", s->storage_error.empty() ? call.backend.store.health().last_error : s->storage_error);
  json.text_or_null("records_error", call.backend.records.error());
  json.key("deletion_waits");
  if (const auto& waits = s->deletion_waits)
    json.object()
        .field("readings", waits->waiting)
        .field("oldest", waits->oldest)
        .field("before", waits->before)
        .end_object();
  else
    json.null();
  json.end_object().end_object();
  return json_response(std::move(json));
}

http::Response plant(Call& call) {
  const auto language = language_of(call.target);
  if (!language) return http::problem(language.error());
  return {.status = 200,
          .headers = {{"Content-Type", "application/json"}},
          .body = plant_picture(*call.backend.live(), *language),
          .shared = {},
          .stream = {}};
}

void write_price(JsonWriter& json, const char* name, std::optional<double> value, const std::string& unit) {
  json.key(name).object().field("value", value).field("unit", unit).end_object();
}

void write_voltages(JsonWriter& json, const LiveState& s) {
  json.key("voltages").array();
  if (s.last_good && s.plant)
    for (const auto& line : report::digest(*s.plant, s.last_good->assessment).electrolysers) {
      const auto volts = [&](const report::Known& k) {
        write_amount(json, {k.value, k.value ? std::optional(k.sd) : std::nullopt, "V"});
      };
      json.object().field("unit", line.name).key("total");
      volts(line.total);
      json.key("parts").object();
      for (const auto& [part, known] : line.parts) {
        json.key(part);
        volts(known);
      }
      json.end_object().end_object();
    }
  json.end_array();
}

http::Response energy(Call& call) {
  const auto language = language_of(call.target);
  if (!language) return http::problem(language.error());
  const auto s = call.backend.live();
  const std::string currency = s->plant ? s->plant->currency : "";
  JsonWriter json;
  json.object();
  write_times(json, s->last_good.get());
  json.text_or_null("currency", currency).key("prices").object();
  const auto economics = s->plant ? s->plant->economics : plant::Economics{};
  write_price(json, "electricity", economics.electricity, currency + "/J");
  write_price(json, "steam", economics.steam, currency + "/kg");
  json.field("hours_per_year", s->plant ? std::optional(economics.hours_per_year) : std::nullopt).end_object();
  json.key("indicators");
  write_amounts(json, s->last_good ? s->last_good->assessment.indicators : std::map<std::string, assess::Amount>{});
  write_day_before(json, call.backend, *s);
  json.key("losses").array();
  if (s->last_good)
    for (const auto& l : s->last_good->assessment.losses) {
      json.object().field("path", l.path).field("kind", l.kind).field("reference", l.reference).key("power");
      write_amount(json, l.power);
      json.key("cost_per_year");
      write_amount(json, l.cost_per_year);
      json.end_object();
    }
  json.end_array();
  write_voltages(json, *s);
  write_avoidable(json, *s);
  json.key("findings");
  write_findings(json, call.backend, *s, *language, findings_of(*s));
  json.end_object();
  return json_response(std::move(json));
}

/// @param which  the newest good one or the newest attempt; may be null
http::Response balance_document(const Call& call, const LiveState& s, const service::LiveAssessment* which,
                                words::Language language) {
  const Time now = call.backend.clock.now();
  JsonWriter json;
  json.object().field("time", now);
  write_times(json, which);
  json.field("age_seconds", which ? std::optional(seconds(now - which->made)) : std::nullopt);
  json.text_or_null("not_reconciled", not_reconciled(s)).key("assessment");
  if (which && s.plant) {
    auto document = report::assess_json(*s.plant, which->assessment, language);
    document.pop_back();  // its newline
    json.raw(document);
  } else {
    json.null();
  }
  json.end_object();
  return json_response(std::move(json));
}

http::Response reconciliation(Call& call) {
  const auto language = language_of(call.target);
  if (!language) return http::problem(language.error());
  const auto which = call.target.one("which").value_or("good");
  if (which != "good" && which != "last")
    return http::problem(Error{ErrorCode::bad_input, {{"which", "\"" + which + "\" is not possible", "good or last"}}});
  const auto s = call.backend.live();
  const auto* chosen = which == "good" ? s->last_good.get() : s->last.get();
  const std::string what =
      (chosen ? rfc3339(chosen->made) : "none") + which + not_reconciled(*s) + call.target.one("lang").value_or("");
  const std::string etag = "\"" + people::digest_of(what).substr(0, 32) + "\"";
  if (call.request.header("If-None-Match") == etag)
    return {.status = 304,
            .headers = {{"ETag", etag}, {"Cache-Control", "no-cache"}},
            .body = {},
            .shared = {},
            .stream = {}};
  auto response = balance_document(call, *s, chosen, *language);
  return response.with("ETag", etag).with("Cache-Control", "no-cache");
}

http::Response assess(Call& call) {
  const auto language = language_of(call.target);
  if (!language) return http::problem(language.error());
  // One at a time: each takes the solver for a while, and all would tell the same.
  const std::unique_lock only(call.services.assessing, std::try_to_lock);
  if (!only) return http::problem(503, "a balance is being made already");
  const auto s = call.backend.reconcile_now();
  note(call, "balance.asked", not_reconciled(*s));
  return balance_document(call, *s, s->last.get(), *language);
}

http::Response sources(Call& call) {
  const auto s = call.backend.live();
  JsonWriter json;
  json.object().field("time", s->at).key("sources").array();
  for (const auto& [name, source] : s->sources) {
    json.object().field("name", name).field("health", sources::health_name(source.health)).field("last", source.last);
    json.text_or_null("last_error", source.last_error).field("last_error_at", source.last_error_at);
    json.text_or_null("assumed", source.assumed);
    json.field("readings", source.readings).field("rejected", source.rejected).field("lost", source.lost);
    json.field("ahead", source.ahead);
    json.key("tags").array();
    for (const auto& [tag, t] : source.tags)
      json.object()
          .field("name", tag)
          .field("health", sources::health_name(t.health))
          .field("last", t.last)
          .text_or_null("last_error", t.last_error)
          .end_object();
    json.end_array().end_object();
  }
  json.end_array().end_object();
  return json_response(std::move(json));
}

}  // namespace

void add_plant_routes(Router& router) {
  router.add("GET", "/api/v1/overview", {Role::viewer, overview});
  router.add("GET", "/api/v1/plant", {Role::viewer, plant});
  router.add("GET", "/api/v1/energy", {Role::viewer, energy});
  router.add("GET", "/api/v1/reconciliation", {Role::viewer, reconciliation});
  router.add("POST", "/api/v1/assess", {Role::operates, assess});
  router.add("GET", "/api/v1/sources", {Role::viewer, sources});
}

}  // namespace castner::api

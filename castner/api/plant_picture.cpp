// SPDX-License-Identifier: Apache-2.0
// The plant as JSON for the page that draws it:
//  1. Picture draws the plant (drawing) with the flows of the last good balance and finds the instrument of each
//     variable.
//  2. Numbers come from the last good balance and are null without one. Without a plant every list is empty.
//  3. by_owner sorts the variables by the unit or the stream that their path begins with.
//  4. write_unit: a unit's box, its numbers, and its mass in and out, by the balance and by the instruments.
//  5. write_stream: a stream's line, contents and numbers. write_instruments: each reading beside its estimate.
//  6. write_warnings: what the balance is outside of, with its limits.
#include "castner/api/plant_picture.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <set>
#include <unordered_map>

#include "castner/api/balance_parts.h"
#include "castner/base/json_writer.h"
#include "castner/drawing/plant_drawing.h"
#include "castner/drawing/text_width.h"
#include "castner/report/digest.h"
#include "castner/report/vague.h"
#include "castner/words/names.h"

namespace castner::api {
namespace {

using plant::Plant;

constexpr double kUnknown = std::numeric_limits<double>::quiet_NaN();  // written as null

/// The estimate of a variable in the last good balance.
struct Told {
  std::optional<double> value, sd;
  const char* kind = nullptr;
  bool assumed = false;
};

/// What the page writes on a stream's line, at its longest: the name, a flow, what an instrument reads where it is wrong.
double label_width(const words::Names& names, const words::Words& words, const plant::StreamEntry& s,
                   const plant::Measurement* meter) {
  const auto pixels = [](const std::string& text) { return drawing::pixels_of(text, drawing::kPictureFont); };
  double width = std::max(drawing::label_of(names.short_stream(s), s.name).width, pixels("8,888.88 ± 8.88"));
  if (meter) {
    const auto reads = words("picture.reads", {{"value", "8,888.88 " + meter->unit.text}});
    width = std::max(width, pixels("◆ " + drawing::cut(meter->tag, 14) + " " + reads));
  }
  return width;
}

/// Room in either language and whatever is read, so that the picture stays where it is.
std::vector<drawing::StreamRoom> rooms_for_words(const Plant& plant) {
  std::unordered_map<int, const plant::Measurement*> meters;
  for (const auto& m : plant.measurements) meters.emplace(m.variable, &m);
  std::vector<drawing::StreamRoom> rooms(plant.streams.size(), {.label_width = 0.0});
  for (const auto language : {words::Language::en, words::Language::zh}) {
    const words::Names names(plant, language);
    const words::Words words(language);
    for (std::size_t k = 0; k < rooms.size(); ++k) {
      const auto flow = plant.flowsheet->find(plant.streams[k].name + ".flow_mass");
      const auto meter = flow ? meters.find(*flow) : meters.end();
      const bool metered = meter != meters.end();
      const double width = label_width(names, words, plant.streams[k], metered ? meter->second : nullptr);
      rooms[k].label_width = std::max(rooms[k].label_width, width);
      rooms[k].label_height = metered ? drawing::kThreeLines : drawing::kTwoLines;
    }
  }
  return rooms;
}

struct Picture {
  Picture(const service::LiveState& s, words::Language language)
      : live(s), plant(*s.plant), state(good_state(s)), names(plant, language) {
    for (std::size_t i = 0; i < plant.measurements.size(); ++i) instrument.emplace(plant.measurements[i].variable, i);
    thickness = drawing::line_thicknesses(flows());
  }
  const service::LiveState& live;
  const Plant& plant;
  const assess::State* state;
  const words::Names names;
  drawing::PlantDrawing drawing = drawing::draw_plant(plant, rooms_for_words(plant));
  std::vector<double> thickness;                    ///< shape (streams)
  std::unordered_map<int, std::size_t> instrument;  ///< the first of each variable

  /// What the balances tell, however vaguely.
  Told estimate(int variable) const {
    if (!state) return {};
    const auto& all = state->reconciliation.estimates;
    if (static_cast<std::size_t>(variable) >= all.size()) return {};
    const auto& e = all[static_cast<std::size_t>(variable)];
    Told t{.value = {}, .sd = {}, .kind = solve::class_name(e.kind)};
    if (e.kind == solve::Class::unobservable) return t;
    t.assumed = !state->assumed.empty() && state->assumed[static_cast<std::size_t>(variable)];
    t.value = e.value, t.sd = e.sd;
    return t;
  }
  /// What is shown of it: not what says nothing.
  Told told(int variable) const {
    const Told t = estimate(variable);
    if (!t.value || t.assumed || instrument.contains(variable)) return t;
    const auto& v = plant.flowsheet->variables()[static_cast<std::size_t>(variable)];
    if (!report::too_vague(v.unit, *t.value, t.sd.value_or(0.0), v.nominal)) return t;
    return {.value = {}, .sd = {}, .kind = solve::class_name(solve::Class::unobservable)};
  }
  /// Out of service in the last good balance.
  bool idle(std::size_t unit) const {
    return state && std::find(state->idle.begin(), state->idle.end(), static_cast<int>(unit)) != state->idle.end();
  }
  std::vector<std::optional<double>> flows() const {
    std::vector<std::optional<double>> all;
    for (const auto& s : plant.streams) {
      const auto variable = plant.flowsheet->find(s.name + ".flow_mass");
      all.push_back(variable ? told(*variable).value : std::nullopt);
    }
    return all;
  }
  const assess::Instrument* read(int variable) const {
    const auto it = instrument.find(variable);
    if (!state || it == instrument.end() || it->second >= state->instruments.size()) return nullptr;
    return &state->instruments[it->second];
  }
  bool used(const assess::Instrument& i) const {
    const auto& all = state->reconciliation.used;
    return i.reading >= 0 && static_cast<std::size_t>(i.reading) < all.size() &&
           all[static_cast<std::size_t>(i.reading)];
  }
  const std::string& unit(int variable) const {
    static const std::string one = "1";
    return plant.as_published ? one : plant.flowsheet->variables()[static_cast<std::size_t>(variable)].unit;
  }
};

void plain(JsonWriter& json, std::string_view name, std::optional<double> value, std::string_view unit) {
  json.key(name).object().field("value", value).field("unit", unit).end_object();
}

void write_told(JsonWriter& json, const Picture& p, std::string_view name, int variable) {
  const auto t = p.told(variable);
  json.key(name).object().field("value", t.value).field("sd", t.sd).field("unit", p.unit(variable)).end_object();
}

/// Mass in and out of a unit, by the balance and by the instruments; unknown where one of the streams is.
void write_closure(JsonWriter& json, const Picture& p, const plant::UnitEntry& u) {
  struct Sum {
    double value = 0.0;
    std::vector<std::pair<int, double>> flows;  // as a gradient
    bool known = true;
    void add(int variable, std::optional<double> v) {
      flows.emplace_back(variable, 1.0);
      known &= v.has_value();
      value += v.value_or(0.0);
    }
    std::optional<double> all() const { return known && !flows.empty() ? std::optional(value) : std::nullopt; }
  } in, out, measured_in, measured_out;
  // Errors of the streams of one unit go together: in all they are as sure as their sum, which is that of the other side.
  const auto sd_of = [&](const Sum& sum) -> std::optional<double> {
    if (!sum.all() || !p.state || !p.state->reconciliation.covariance) return {};
    const auto variance = p.state->reconciliation.covariance->variance(sum.flows);
    return variance ? std::optional(std::sqrt(std::max(0.0, *variance))) : std::nullopt;
  };
  std::set<std::string> seen;
  for (const auto& c : u.connections) {
    const auto variable = p.plant.flowsheet->find(c.stream + ".flow_mass");
    if (!variable || !seen.insert(c.port + "/" + c.stream).second) continue;
    const auto* i = p.read(*variable);
    const auto told = p.estimate(*variable);  // a small stream may be vague where the sum is not
    (c.inlet ? in : out).add(*variable, told.value);
    (c.inlet ? measured_in : measured_out).add(*variable, i ? i->measured : std::nullopt);
  }
  const std::string unit = p.plant.as_published ? "1" : "kg/s";
  json.key("closure").object();
  json.key("in").object().field("value", in.all()).field("sd", sd_of(in)).field("unit", unit).end_object();
  json.key("out").object().field("value", out.all()).field("sd", sd_of(out)).field("unit", unit).end_object();
  plain(json, "measured_in", measured_in.all(), unit);
  plain(json, "measured_out", measured_out.all(), unit);
  json.end_object();
}

/// Variables by the unit or stream that their path starts with.
using Owned = std::unordered_map<std::string, std::vector<int>>;
Owned by_owner(const Plant& plant) {
  Owned all;
  const auto variables = plant.flowsheet->variables();
  for (std::size_t v = 0; v < variables.size(); ++v)
    all[variables[v].name.substr(0, variables[v].name.find('.'))].push_back(static_cast<int>(v));
  return all;
}

/// What follows "NAME." in `path`; "" where it does not begin so.
std::string_view after_name(std::string_view path, std::string_view name) {
  if (path.size() <= name.size() + 1 || !path.starts_with(name) || path[name.size()] != '.') return {};
  return path.substr(name.size() + 1);
}

void write_values(JsonWriter& json, const Picture& p, const Owned& owned, const std::string& name,
                  std::string_view except) {
  json.key("values").object();
  if (const auto mine = owned.find(name); mine != owned.end())
    for (const int v : mine->second) {
      const auto rest = after_name(p.plant.flowsheet->variables()[static_cast<std::size_t>(v)].name, name);
      if (!rest.empty() && rest != except) write_told(json, p, rest, v);
    }
  json.end_object();
}

void write_unit(JsonWriter& json, const Picture& p, const Owned& owned, std::size_t k) {
  const auto& u = p.plant.units[k];
  json.object().field("name", u.name).field("model", u.model).field("idle", p.idle(k));
  json.field("title", p.names.unit(u)).field("named", !u.title.empty()).field("area", p.names.area(u));
  json.key("state");
  write_unit_state(json, p.live, k);
  const auto& drawn = p.drawing.units[k];
  if (!drawn) {
    json.null_field("level").null_field("box");
  } else {
    const auto& b = drawn->box;
    json.field("level", drawn->level).key("box").object().field("x", b.x).field("y", b.y);
    json.field("width", b.width).field("height", b.height).key("lines").array();
    for (const auto& line : drawing::lines_in_box(u.title.empty() ? u.name : p.names.unit(u))) json.value(line);
    json.end_array().end_object();
  }
  json.key("ports").array();
  for (const auto& c : u.connections)
    json.object().field("name", c.port).field("inlet", c.inlet).field("stream", c.stream).end_object();
  json.end_array();
  write_closure(json, p, u);
  write_values(json, p, owned, u.name, {});
  json.key("indicators").object();
  if (p.live.last_good)
    for (const auto& [path, amount] : p.live.last_good->assessment.indicators)
      if (const auto rest = after_name(path, u.name); !rest.empty()) {
        json.key(rest);
        write_amount(json, amount);
      }
  json.end_object().end_object();
}

void write_flow(JsonWriter& json, const Picture& p, const plant::StreamEntry& s) {
  const std::string path = s.name + ".flow_mass";
  const auto variable = p.plant.flowsheet->find(path);
  json.key("flow").object().field("path", path);
  const Told t = variable ? p.told(*variable) : Told{};
  const auto* i = variable ? p.read(*variable) : nullptr;
  const bool measured = i && i->measured;
  json.field("value", t.value).field("sd", t.sd).field("unit", variable ? p.unit(*variable) : "kg/s");
  json.field("measured", i ? i->measured : std::nullopt);
  json.field("adjustment", measured ? t.value.value_or(kUnknown) - *i->measured : kUnknown);
  json.text_or_null("class", t.kind ? t.kind : "");
  json.field("assumed", t.assumed).field("used", i && p.used(*i));
  const auto known = variable ? p.instrument.find(*variable) : p.instrument.end();
  json.text_or_null("tag", known == p.instrument.end() ? "" : p.plant.measurements[known->second].tag).end_object();
}

void write_stream(JsonWriter& json, const Picture& p, const Owned& owned, std::size_t k) {
  const auto& s = p.plant.streams[k];
  json.object().field("name", s.name).field("contents", plant::contents_info(s.contents).name);
  json.field("title", p.names.stream(s)).field("short_title", p.names.short_stream(s));
  json.text_or_null("from", s.from).text_or_null("to", s.to);
  write_flow(json, p, s);
  write_values(json, p, owned, s.name, "flow_mass");
  const auto& line = p.drawing.lines[k];
  json.key("line").object().key("points").array();
  for (const auto& at : line.points) json.array().value(at.x).value(at.y).end_array();
  json.end_array().key("label").array().value(line.label.x).value(line.label.y).end_array();
  const auto label = drawing::label_of(p.names.short_stream(s), s.name);
  json.field("name", label.name).field("code", label.code);
  json.field("thickness", p.thickness[k]).field("backwards", line.backwards).end_object().end_object();
}

void write_instruments(JsonWriter& json, const Picture& p) {
  json.key("instruments").array();
  std::vector<report::InstrumentLine> lines;
  if (p.live.last_good) lines = report::digest(p.plant, p.live.last_good->assessment).instruments;
  for (std::size_t k = 0; k < p.plant.measurements.size(); ++k) {
    const auto& m = p.plant.measurements[k];
    const auto t = p.told(m.variable);
    const assess::Instrument* i = p.state && k < p.state->instruments.size() ? &p.state->instruments[k] : nullptr;
    const double measured = i && i->measured ? *i->measured : kUnknown;
    json.object()
        .field("tag", m.tag)
        .field("path", m.of)
        .field("description", p.names.instrument(m))
        .field("unit", m.unit.text)
        .field("si_unit", p.unit(m.variable));
    json.text_or_null("verdict", k < lines.size() ? report::verdict_name(lines[k].verdict) : "");
    const auto others_say = k < lines.size() ? lines[k].others_say : std::nullopt;
    const auto reconciled = others_say ? others_say : t.value;
    json.field("measured", measured)
        .field("sd", i && i->sd ? *i->sd : kUnknown)
        .field("reconciled", reconciled)
        .field("reconciled_sd", others_say ? lines[k].others_sd : t.sd);
    json.field("adjustment", reconciled.value_or(kUnknown) - measured);
    json.field("statistic", k < lines.size() ? lines[k].statistic : std::nullopt);
    json.field("smallest_seen", i ? assess::smallest_seen(*p.state, *i) : std::nullopt);
    json.text_or_null("why_not", i ? i->why_not : "").end_object();
  }
  json.end_array();
}

void write_warnings(JsonWriter& json, const Picture& p, const words::Words& words) {
  json.key("warnings").array();
  if (p.state)
    for (const auto& w : p.state->reconciliation.report.warnings) {
      json.object().text_or_null("path", w.path).field("value", w.value);
      json.text_or_null("unit", p.plant.as_published && !w.path.empty() ? "1" : w.unit).field("limit", w.limit);
      json.text_or_null("source", w.source).field("text", words.said(w.text)).end_object();
    }
  json.end_array();
}

}  // namespace

std::string plant_picture(const service::LiveState& live, words::Language language) {
  JsonWriter json;
  json.object();
  json.text_or_null("name", live.plant ? live.plant->name : "")
      .text_or_null("currency", live.plant ? live.plant->currency : "");
  write_times(json, live.last_good.get());
  if (!live.plant) {
    json.key("drawing").object().field("width", 0.0).field("height", 0.0).field("down", false).end_object();
    for (const char* list : {"units", "streams", "instruments", "warnings"}) json.key(list).array().end_array();
    json.end_object();
    return json.take();
  }
  const Picture p(live, language);
  const Owned owned = by_owner(p.plant);
  json.key("drawing")
      .object()
      .field("width", p.drawing.width)
      .field("height", p.drawing.height)
      .field("down", p.drawing.down)
      .end_object();
  json.key("units").array();
  for (std::size_t k = 0; k < p.plant.units.size(); ++k) write_unit(json, p, owned, k);
  json.end_array().key("streams").array();
  for (std::size_t k = 0; k < p.plant.streams.size(); ++k) write_stream(json, p, owned, k);
  json.end_array();
  write_instruments(json, p);
  write_warnings(json, p, words::Words(language));
  json.end_object();
  return json.take();
}

}  // namespace castner::api

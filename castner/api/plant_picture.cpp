// SPDX-License-Identifier: Apache-2.0
#include "castner/api/plant_picture.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <set>
#include <unordered_map>

#include "castner/base/json_writer.h"
#include "castner/drawing/flow_layout.h"
#include "castner/report/digest.h"

namespace castner::api {
namespace {

using drawing::FlowLayout;
using plant::Plant;

constexpr double kThickest = 26.0, kThinnest = 1.6;
constexpr double kLetter = 7.5;  // width of a letter in the drawing's units
constexpr double kPage = 1400.0;
constexpr double kUnknown = std::numeric_limits<double>::quiet_NaN();  // written as null

/// What the last good balance says of a variable.
struct Told {
  std::optional<double> value, sd;
  const char* kind = nullptr;
};

struct Picture {
  explicit Picture(const service::LiveState& s) : live(s), plant(*s.plant), state(good_state(s)) {
    for (std::size_t i = 0; i < plant.measurements.size(); ++i) instrument.emplace(plant.measurements[i].variable, i);
  }
  const service::LiveState& live;
  const Plant& plant;
  const assess::State* state;
  std::unordered_map<int, std::size_t> instrument;  ///< the first of each variable

  Told told(int variable) const {
    if (!state) return {};
    const auto& all = state->reconciliation.estimates;
    if (static_cast<std::size_t>(variable) >= all.size()) return {};
    const auto& e = all[static_cast<std::size_t>(variable)];
    Told t{.value = {}, .sd = {}, .kind = solve::class_name(e.kind)};
    if (e.kind != solve::Class::unobservable) t.value = e.value, t.sd = e.sd;
    return t;
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

struct Drawing {
  FlowLayout layout;
  std::vector<double> thickness;     ///< shape (streams)
  std::map<std::string, int> node;   ///< units that a pipe touches
  std::map<std::string, int> level;  ///< of each, along the flow
};

Drawing draw(const Picture& p) {
  Drawing d;
  drawing::FlowGraph graph;
  std::set<std::string> touched;
  for (const auto& s : p.plant.streams) touched.insert({s.from, s.to});
  for (const auto& u : p.plant.units)
    if (touched.contains(u.name)) {
      d.node.emplace(u.name, static_cast<int>(graph.nodes.size()));
      graph.nodes.push_back(
          {.width = std::max(44.0, kLetter * static_cast<double>(std::min<std::size_t>(u.name.size(), 16)) + 20.0)});
    }
  const auto node_of = [&](const std::string& unit) {
    if (const auto it = d.node.find(unit); it != d.node.end()) return it->second;
    graph.nodes.push_back({.width = 0.0, .end = true});
    return static_cast<int>(graph.nodes.size()) - 1;
  };
  std::vector<double> flows;
  for (const auto& s : p.plant.streams) {
    const auto variable = p.plant.flowsheet->find(s.name + ".flow_mass");
    flows.push_back(variable ? std::abs(p.told(*variable).value.value_or(0.0)) : 0.0);
  }
  const double most = flows.empty() ? 0.0 : *std::max_element(flows.begin(), flows.end());
  for (std::size_t k = 0; k < flows.size(); ++k) {
    const auto& s = p.plant.streams[k];
    d.thickness.push_back(std::max(kThinnest, most > 0.0 ? kThickest * flows[k] / most : 0.0));
    // Always the same place, whatever flows: a picture that jumps every minute cannot be read.
    const int from = node_of(s.from), to = node_of(s.to);
    graph.edges.push_back({.from = from, .to = to, .thickness = 8.0, .label_width = 90.0});
  }
  d.layout = drawing::lay_out_for(graph, {.row_gap = 30.0, .label_height = 30.0, .down = false}, kPage);
  std::set<long> places;
  const auto place = [&](int node) {
    const auto& b = d.layout.boxes[static_cast<std::size_t>(node)];
    return std::lround(d.layout.down ? b.y + b.height / 2 : b.x + b.width / 2);
  };
  for (const auto& [name, node] : d.node) places.insert(place(node));
  for (const auto& [name, node] : d.node)
    d.level[name] = static_cast<int>(std::distance(places.begin(), places.find(place(node))));
  return d;
}

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
    bool known = true, any = false;
    void add(std::optional<double> v) {
      any = true;
      known &= v.has_value();
      value += v.value_or(0.0);
    }
    std::optional<double> all() const { return known && any ? std::optional(value) : std::nullopt; }
  } in, out, measured_in, measured_out;
  std::set<std::string> seen;
  for (const auto& c : u.connections) {
    const auto variable = p.plant.flowsheet->find(c.stream + ".flow_mass");
    if (!variable || !seen.insert(c.port + "/" + c.stream).second) continue;
    const auto* i = p.read(*variable);
    (c.inlet ? in : out).add(p.told(*variable).value);
    (c.inlet ? measured_in : measured_out).add(i ? i->measured : std::nullopt);
  }
  const std::string unit = p.plant.as_published ? "1" : "kg/s";
  json.key("closure").object();
  plain(json, "in", in.all(), unit);
  plain(json, "out", out.all(), unit);
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

void write_unit(JsonWriter& json, const Picture& p, const Drawing& d, const Owned& owned, const plant::UnitEntry& u) {
  json.object().field("name", u.name).field("model", u.model);
  const auto level = d.level.find(u.name);
  if (level == d.level.end()) {
    json.null_field("level").null_field("box");
  } else {
    const auto& b = d.layout.boxes[static_cast<std::size_t>(d.node.at(u.name))];
    json.field("level", level->second).key("box").object().field("x", b.x).field("y", b.y);
    json.field("width", b.width).field("height", b.height).end_object();
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
  json.text_or_null("class", t.kind ? t.kind : "").field("used", i && p.used(*i));
  const auto known = variable ? p.instrument.find(*variable) : p.instrument.end();
  json.text_or_null("tag", known == p.instrument.end() ? "" : p.plant.measurements[known->second].tag).end_object();
}

void write_stream(JsonWriter& json, const Picture& p, const Drawing& d, const Owned& owned, std::size_t k) {
  const auto& s = p.plant.streams[k];
  json.object().field("name", s.name).field("contents", plant::contents_info(s.contents).name);
  json.text_or_null("from", s.from).text_or_null("to", s.to);
  write_flow(json, p, s);
  write_values(json, p, owned, s.name, "flow_mass");
  const auto& line = d.layout.lines[k];
  json.key("line").object().key("points").array();
  for (const auto& at : line.points) json.array().value(at.x).value(at.y).end_array();
  json.end_array().key("label").array().value(line.label.x).value(line.label.y).end_array();
  json.field("thickness", d.thickness[k]).field("backwards", line.backwards).end_object().end_object();
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
        .field("unit", m.unit.text)
        .field("si_unit", p.unit(m.variable));
    json.text_or_null("verdict", k < lines.size() ? report::verdict_name(lines[k].verdict) : "");
    json.field("measured", measured)
        .field("sd", i && i->sd ? *i->sd : kUnknown)
        .field("reconciled", t.value)
        .field("reconciled_sd", t.sd);
    json.field("adjustment", t.value.value_or(kUnknown) - measured);
    json.field("statistic", k < lines.size() ? lines[k].statistic : std::nullopt);
    json.text_or_null("why_not", i ? i->why_not : "").end_object();
  }
  json.end_array();
}

}  // namespace

std::string_view after_name(std::string_view path, std::string_view name) {
  if (path.size() <= name.size() + 1 || !path.starts_with(name) || path[name.size()] != '.') return {};
  return path.substr(name.size() + 1);
}

void write_amount(JsonWriter& json, const assess::Amount& a) {
  json.object().field("value", a.value).field("sd", a.sd).field("unit", a.unit).end_object();
}

void write_amounts(JsonWriter& json, const std::map<std::string, assess::Amount>& all) {
  json.object();
  for (const auto& [path, amount] : all) {
    json.key(path);
    write_amount(json, amount);
  }
  json.end_object();
}

const assess::State* good_state(const service::LiveState& s) {
  if (!s.last_good || s.last_good->assessment.windows.empty()) return nullptr;
  const auto& state = s.last_good->assessment.windows.back().state;
  return state ? &*state : nullptr;
}

void write_times(JsonWriter& json, const service::LiveAssessment* made) {
  if (made)
    json.field("made", made->made).field("from", made->from).field("to", made->to);
  else
    json.null_field("made").null_field("from").null_field("to");
}

std::string plant_picture(const service::LiveState& live) {
  JsonWriter json;
  json.object();
  json.text_or_null("name", live.plant ? live.plant->name : "")
      .text_or_null("currency", live.plant ? live.plant->currency : "");
  write_times(json, live.last_good.get());
  if (!live.plant) {
    json.key("drawing").object().field("width", 0.0).field("height", 0.0).field("down", false).end_object();
    for (const char* list : {"units", "streams", "instruments"}) json.key(list).array().end_array();
    json.end_object();
    return json.take();
  }
  const Picture p(live);
  const Drawing d = draw(p);
  const Owned owned = by_owner(p.plant);
  json.key("drawing")
      .object()
      .field("width", d.layout.width)
      .field("height", d.layout.height)
      .field("down", d.layout.down)
      .end_object();
  json.key("units").array();
  for (const auto& u : p.plant.units) write_unit(json, p, d, owned, u);
  json.end_array().key("streams").array();
  for (std::size_t k = 0; k < p.plant.streams.size(); ++k) write_stream(json, p, d, owned, k);
  json.end_array();
  write_instruments(json, p);
  json.end_object();
  return json.take();
}

}  // namespace castner::api

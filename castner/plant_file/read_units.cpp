// SPDX-License-Identifier: Apache-2.0
// [[unit]] and [[stream]]: which units there are, what joins them, what flows there.
//
// Every problem is reported once, so the file is read in passes over all units (UnitReader::read):
// 1. begin_unit: its name and its model; a unit with a problem is marked broken.
// 2. declare_stream: what the [[stream]] tables say of contents.
// 3. connect: which unit each stream leaves and enters; a stream not declared before joins the list.
// 4. check_connections: every port has a stream, and takes what flows in it.
// 5. add_stream: the variables of each stream join the flowsheet.
// 6. read_parameters, read_idle, build: the model makes the unit, whose ports share the variables of their streams.
#include <algorithm>

#include "castner/plant_file/plant_reader.h"
#include "castner/unit_models/models.h"

namespace castner::plant_file {
namespace {

using plant::Contents;
using plant::ModelInfo;
using plant::ParameterInfo;
using plant::PortInfo;

/// A unit while it is read.
struct Draft {
  Section section;
  const ModelInfo* model = nullptr;
  std::size_t index = 0;   ///< into Plant::units
  std::vector<int> lines;  ///< of its connections
  std::vector<const PortInfo*> ports;
  struct Given {
    std::string name;
    double value;  ///< [SI]
    double least;  ///< [SI]
    const ConfigNode* node;
  };
  std::vector<Given> given;  ///< parameters that are variables
  bool broken = false;
};

std::string quoted_list(const std::vector<PortInfo>& ports, bool inlet) {
  std::vector<std::string> names;
  for (const PortInfo& p : ports)
    if (p.inlet == inlet) names.push_back(p.name);
  return names.empty() ? "none" : listed(names);
}

class UnitReader {
 public:
  UnitReader(PlantReader& r, const ConfigNode& root) : r_(r), root_(root) {}

  void read() {
    for (const ConfigNode* node : tables(r_, root_, "unit")) begin_unit(*node);
    for (const ConfigNode* node : tables(r_, root_, "stream")) declare_stream(*node);
    for (Draft& d : drafts_) connect(d);
    for (Draft& d : drafts_) check_connections(d);
    for (std::size_t i = 0; i < r_.plant.streams.size(); ++i) add_stream(i);
    for (Draft& d : drafts_) {
      read_parameters(d);
      read_idle(d);
      d.section.finish();
      r_.unit_broken[d.index] = d.broken || !build(d);
    }
  }

 private:
  UnitEntry& entry(const Draft& d) { return r_.plant.units[d.index]; }
  void problem(Draft& d, int line, const std::string& what, std::string cure) {
    d.section.problem(line, what, std::move(cure));
    d.broken = true;
  }

  void begin_unit(const ConfigNode& node) {
    Draft d{Section(node, "[[unit]]", r_.problems), nullptr, r_.plant.units.size(), {}, {}, {}, false};
    UnitEntry e;
    e.name = read_name(r_, d.section, {Named::Kind::unit, d.index, 0});
    if (!e.name.empty()) d.section.call("unit " + in_quotes(e.name));
    d.broken = e.name.empty();
    e.title = read_title(d.section, "title");
    e.area = read_title(d.section, "area");
    if (const auto model = d.section.text("model", "\"node\"")) {
      e.model = *model;
      d.model = unit_models::model_named(*model);
      std::vector<std::string> known;
      for (const ModelInfo& m : unit_models::all_models()) known.push_back(m.name);
      if (!d.model)
        problem(d, d.section.line_of("model"), "there is no model " + in_quotes(*model),
                did_you_mean(*model, known, "models are " + listed(known, 40)));
    } else if (!node.find("model")) {
      problem(d, node.line, "it has no model", "add model = \"node\", or another of castner check --models");
    }
    d.broken = d.broken || !d.model;
    r_.plant.units.push_back(std::move(e));
    r_.unit_broken.push_back(true);  // until it is built
    drafts_.push_back(std::move(d));
  }

  void declare_stream(const ConfigNode& node) {
    Section s(node, "[[stream]]", r_.problems);
    StreamEntry e;
    e.name = read_name(r_, s, {Named::Kind::stream, r_.plant.streams.size(), 0});
    if (!e.name.empty()) s.call("stream " + in_quotes(e.name));
    e.title = read_title(s, "title");
    bool broken = false;
    if (const auto contents = s.text("contents", "\"caustic\"")) {
      std::vector<std::string> known;
      for (const auto& c : plant::all_contents()) known.emplace_back(c.name);
      if (const auto c = plant::contents_named(*contents))
        e.contents = *c;
      else {
        s.problem(s.line_of("contents"), "there are no contents " + in_quotes(*contents),
                  did_you_mean(*contents, known, "contents are " + listed(known)));
        broken = true;
      }
    }
    s.finish();
    if (!e.name.empty()) add_entry(std::move(e), broken, true);
  }

  void add_entry(StreamEntry e, bool broken, bool declared) {
    r_.plant.streams.push_back(std::move(e));
    r_.stream_broken.push_back(broken);
    declared_.push_back(declared);
  }

  // --- connections
  void connect(Draft& d) {
    connect(d, "inlets", true);
    connect(d, "outlets", false);
  }

  /// Lists for models with many alike ports, tables of named ports for the others. Of an unknown model either is taken,
  /// so that its streams exist.
  void connect(Draft& d, const char* key, bool inlet) {
    const ConfigNode* node = d.section.find(key);
    if (!node) return;
    const bool list = node->kind == ConfigNode::Kind::array;
    if (!list && node->kind != ConfigNode::Kind::table)
      return problem(d, node->line, std::string(key) + " is " + node->kind_name(), form_cure(d.model, key, inlet));
    if (d.model && d.model->many != list)
      return problem(d, node->line,
                     std::string(key) + " is " + node->kind_name() + ", which " + d.model->name + " does not take",
                     form_cure(d.model, key, inlet));
    int count = 0;
    for (const ConfigNode& item : node->items)
      join(d, (inlet ? "in_" : "out_") + std::to_string(++count), item, inlet, nullptr);
    for (const auto& [port, item] : node->members) {
      const PortInfo* info = d.model ? port_named(d, port, item.line, inlet) : nullptr;
      if (info || !d.model) join(d, port, item, inlet, info);
    }
  }

  std::string form_cure(const ModelInfo* model, const char* key, bool inlet) {
    if (!model || model->many) return std::string("write ") + key + " = [\"S1\", \"S2\"]";
    const auto first =
        std::find_if(model->ports.begin(), model->ports.end(), [&](const PortInfo& p) { return p.inlet == inlet; });
    if (first == model->ports.end()) return "leave it out";
    return std::string("write ") + key + " = { " + first->name + " = \"S1\" }; ports are " +
           quoted_list(model->ports, inlet);
  }

  const PortInfo* port_named(Draft& d, const std::string& name, int line, bool inlet) {
    std::vector<std::string> known;
    for (const PortInfo& p : d.model->ports) {
      if (p.inlet == inlet) known.push_back(p.name);
      if (p.name != name) continue;
      if (p.inlet == inlet) return &p;
      problem(d, line, in_quotes(name) + (p.inlet ? " is an inlet of " : " is an outlet of ") + d.model->name,
              std::string("move it to ") + (p.inlet ? "inlets" : "outlets"));
      return nullptr;
    }
    problem(d, line, d.model->name + (inlet ? " has no inlet " : " has no outlet ") + in_quotes(name),
            did_you_mean(name, known, known.empty() ? "leave it out" : "it has " + listed(known)));
    return nullptr;
  }

  void join(Draft& d, std::string port, const ConfigNode& item, bool inlet, const PortInfo* info) {
    const char* key = inlet ? "inlets" : "outlets";
    if (item.kind != ConfigNode::Kind::text)
      return problem(d, item.line, std::string(key) + " holds " + item.kind_name() + ", not the name of a stream",
                     "write it in quotes: \"S1\"");
    if (!name_is_good(d.section, item.text, item.line)) return void(d.broken = true);
    const auto [it, is_new] =
        r_.names.emplace(item.text, Named{Named::Kind::stream, r_.plant.streams.size(), item.line});
    if (it->second.kind != Named::Kind::stream)
      return problem(d, item.line,
                     in_quotes(item.text) + " is " + kind_text(it->second.kind) + " (line " +
                         std::to_string(it->second.line) + "), not a stream",
                     "connect units by streams");
    if (is_new) add_entry({item.text, Contents::mass, "", ""}, false, false);
    StreamEntry& stream = r_.plant.streams[it->second.index];
    std::string& end = inlet ? stream.to : stream.from;
    const std::string& name = entry(d).name.empty() ? entry(d).model : entry(d).name;
    if (!end.empty())
      return problem(
          d, item.line,
          "stream " + in_quotes(item.text) + (inlet ? " already flows into " : " already comes from ") + in_quotes(end),
          std::string("a stream has one ") +
              (inlet ? "destination; split it with a splitter" : "origin; join streams with a mixer"));
    end = name;
    if (stream.from == stream.to)
      return problem(d, item.line, "stream " + in_quotes(item.text) + " leaves and enters the same unit",
                     "take it out, or put a unit between");
    entry(d).connections.push_back({std::move(port), inlet, item.text});
    d.lines.push_back(item.line);
    d.ports.push_back(info);
  }

  void check_connections(Draft& d) {
    if (!d.model) return;
    const auto connected = [&](bool inlet) {
      return std::any_of(entry(d).connections.begin(), entry(d).connections.end(),
                         [&](const auto& c) { return c.inlet == inlet; });
    };
    if (d.model->many) {
      // A connection that is wrong was reported; a unit without one is not right either.
      if (!connected(true) && !d.broken)
        problem(d, d.section.line_of("inlets"), "nothing flows into it", "add inlets = [\"S1\"]");
      if (!connected(false) && !d.broken)
        problem(d, d.section.line_of("outlets"), "nothing flows out of it", "add outlets = [\"S2\"]");
    }
    for (std::size_t i = 0; i < entry(d).connections.size(); ++i) check_contents(d, i);
    if (d.model->many) return;
    for (const PortInfo& p : d.model->ports) {
      const bool there = std::find(d.ports.begin(), d.ports.end(), &p) != d.ports.end();
      if (!there && !p.optional && !d.broken)
        problem(d, d.section.line_of(p.inlet ? "inlets" : "outlets"),
                std::string(p.inlet ? "its inlet " : "its outlet ") + in_quotes(p.name) + " has no stream",
                std::string("add it: ") + (p.inlet ? "inlets" : "outlets") + " = { " + p.name + " = \"S1\" }");
    }
  }

  /// What flows in another stream of a mixer or a splitter, as an example of what may flow in this one.
  std::string said_beside(const Draft& d) {
    for (const auto& c : entry(d).connections)
      if (const auto contents = r_.plant.streams[r_.names.at(c.stream).index].contents; contents != Contents::mass)
        return std::string(plant::contents_info(contents).name);
    return "water";
  }

  /// The stream at a port: what it holds has been said, and the port takes it.
  void check_contents(Draft& d, std::size_t i) {
    const auto& connection = entry(d).connections[i];
    const std::size_t index = r_.names.at(connection.stream).index;
    StreamEntry& stream = r_.plant.streams[index];
    const PortInfo* port = d.ports[i];
    if (d.model->many)
      for (const PortInfo& p : d.model->ports)
        if (p.inlet == connection.inlet) port = &p;
    if (r_.stream_broken[index] || !port) return void(d.broken = true);
    if (!d.model->contents_matter) return;
    const std::string usual(plant::contents_info(port->contents.front()).name);
    if (!declared_[index]) {
      problem(d, d.lines[i], "what flows in stream " + in_quotes(stream.name) + " is not said",
              "add a [[stream]] with name = " + in_quotes(stream.name) +
                  " and contents = " + in_quotes(d.model->many ? said_beside(d) : usual));
      declared_[index] = true;  // said once; go on with what is usual
      if (!d.model->many) stream.contents = port->contents.front();
      return;
    }
    if (std::find(port->contents.begin(), port->contents.end(), stream.contents) != port->contents.end()) return;
    std::vector<std::string> takes;
    for (Contents c : port->contents) takes.emplace_back(plant::contents_info(c).name);
    problem(d, d.lines[i],
            "stream " + in_quotes(stream.name) + " is " + std::string(plant::contents_info(stream.contents).name) +
                ", which port " + in_quotes(connection.port) + " of " + d.model->name + " does not take",
            "it takes " + listed(takes));
  }

  void add_stream(std::size_t index) {
    const StreamEntry& stream = r_.plant.streams[index];
    if (r_.stream_broken[index]) return;
    const int line = r_.names.at(stream.name).line;
    if (r_.plant.as_published && stream.contents != Contents::mass)
      r_.problems.add(line,
                      "stream " + in_quotes(stream.name) + " is " +
                          std::string(plant::contents_info(stream.contents).name) +
                          " in a plant with units = \"as_published\"",
                      "such a plant has pure numbers and streams of mass only");
    if (stream.from.empty() && stream.to.empty())
      r_.warn(line, "stream " + in_quotes(stream.name) + " is connected to no unit");
    for (Variable v : plant::stream_variables(stream.contents)) {
      v.name = stream.name + "." + v.name;
      if (r_.plant.as_published) v.unit = "1";
      r_.plant.flowsheet->add_variable(std::move(v));
    }
  }

  // --- parameters
  void read_parameters(Draft& d) {
    const ConfigNode* node = d.section.find("parameters", ConfigNode::Kind::table, "{ area = \"166.2 m2\" }");
    if (!d.model) return;
    if (node) {
      Section s(*node, d.section.what() + ": parameters", r_.problems);
      std::vector<std::string> known;
      for (const ParameterInfo& p : d.model->parameters) known.push_back(p.name);
      for (const auto& [key, value] : node->members)
        if (std::find(known.begin(), known.end(), key) == known.end())
          problem(d, value.line, d.model->name + " has no parameter " + in_quotes(key),
                  did_you_mean(key, known, known.empty() ? "it takes none" : "it has " + listed(known)));
      for (const ParameterInfo& p : d.model->parameters) {
        if (!node->find(p.name)) continue;
        const auto value = read_number(r_, s, p.name, r_.plant.as_published ? Measure{} : *parse_unit(p.unit));
        if (!value)
          d.broken = true;
        else if (p.kind == ParameterInfo::Kind::constant)
          entry(d).constants[p.name] = *value;
        else
          d.given.push_back({p.name, *value, p.least, node->find(p.name)});
      }
    }
    for (const ParameterInfo& p : d.model->parameters) {
      if (p.kind != ParameterInfo::Kind::constant || entry(d).constants.contains(p.name) || d.broken) continue;
      if (p.default_value)
        entry(d).constants[p.name] = *p.default_value;
      else
        problem(d, d.section.line(), "its parameter " + in_quotes(p.name) + " (" + p.about + ") is missing",
                "add it to parameters" + (p.unit == "1" ? "" : ", in " + p.unit));
    }
  }

  // --- out of service
  /// idle = true, idle = false, or idle = { tag = "XS-101", when = 0 }.
  void read_idle(Draft& d) {
    const ConfigNode* node = d.section.find("idle");
    if (!node) return;
    static const std::string cure = "write idle = true, or idle = { tag = \"XS-101\", when = 0 }";
    plant::IdleRule& rule = entry(d).idle;
    rule.line = node->line;
    if (node->kind == ConfigNode::Kind::boolean) {
      rule.kind = node->boolean ? plant::IdleRule::Kind::always : plant::IdleRule::Kind::never;
      return;
    }
    if (node->kind != ConfigNode::Kind::table)
      return problem(d, node->line, std::string("idle is ") + node->kind_name(), cure);
    rule.kind = plant::IdleRule::Kind::by_tag;
    Section s(*node, d.section.what() + ": idle", r_.problems);
    const auto before = r_.problems.size();
    rule.tag = s.text("tag", "\"XS-101\"").value_or("");
    const auto number = [&](const char* key) -> std::optional<double> {
      const ConfigNode* value = s.find(key, ConfigNode::Kind::number, "0");
      return value ? std::optional(value->number) : std::nullopt;
    };
    if (const ConfigNode* when = s.find("when"); when && when->kind == ConfigNode::Kind::text)
      rule.words = {when->text};
    else if (when && when->kind == ConfigNode::Kind::array)
      for (const auto& word : s.texts("when", "[\"Stopped\"]")) rule.words.push_back(word.text);
    else
      rule.when = number("when");
    rule.below = number("below");
    s.finish();
    if (r_.problems.size() > before) return void(d.broken = true);
    if (rule.tag.empty()) return problem(d, node->line, "idle has no tag", cure);
    const auto empty = [](const std::string& word) { return word.find_first_not_of(" \t") == std::string::npos; };
    if ((rule.when || !rule.words.empty()) == rule.below.has_value() ||
        std::any_of(rule.words.begin(), rule.words.end(), empty))
      problem(d, node->line, "idle needs either when or below",
              "write when = 0 for a tag that reads 0 while the unit is out of service, when = \"Stopped\" for one that "
              "reads "
              "that text, or below = 0.5 for a current or a flow, in the tag's own unit");
  }

  // --- the unit itself
  bool build(Draft& d) {
    plant::UnitSpec spec{entry(d).name, {}, entry(d).constants};
    // Ports in the model's order where they are named, file order where they are alike, inlets first.
    std::vector<std::size_t> order(entry(d).connections.size());
    for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return d.ports[a] < d.ports[b]; });
    for (std::size_t i : order) {
      const auto& c = entry(d).connections[i];
      spec.ports.push_back({c.port, c.inlet, c.stream, r_.plant.streams[r_.names.at(c.stream).index].contents});
    }
    auto unit = d.model->make(spec);
    if (!unit) {
      for (const Problem& p : unit.error().problems) problem(d, d.section.line(), p.what, p.cure);
      return false;
    }
    const auto all = paths(d, **unit);
    r_.plant.flowsheet->add_unit(spec.name, std::move(*unit), all);
    for (const auto& c : entry(d).connections)
      for (const auto& v : plant::stream_variables(r_.plant.streams[r_.names.at(c.stream).index].contents))
        r_.plant.flowsheet->alias(spec.name + "." + c.port + "." + v.name,
                                  *r_.plant.flowsheet->find(c.stream + "." + v.name));
    for (const auto& g : d.given) hold(d, g);
    const auto& idle = entry(d).idle;
    const bool can = r_.plant.flowsheet->units().back().unit->idle_form().has_value();
    if (!can && idle.kind != plant::IdleRule::Kind::by_itself)
      problem(d, idle.line, d.model->name + " cannot be idle: it does nothing that could stop",
              "leave idle out, and put it at the apparatus that stops");
    return !d.broken;
  }

  /// "feed.flow_mass" is the stream's; anything else is the unit's own.
  std::vector<std::string> paths(const Draft& d, const plant::Unit& unit) {
    std::vector<std::string> all;
    for (const Variable& v : unit.variables()) {
      const auto port = v.name.substr(0, v.name.find('.'));
      const auto& connections = entry(d).connections;
      const auto c =
          std::find_if(connections.begin(), connections.end(), [&](const auto& x) { return x.port == port; });
      const bool own = c == connections.end() || port.size() == v.name.size();
      all.push_back(own ? entry(d).name + "." + v.name : c->stream + v.name.substr(port.size()));
    }
    return all;
  }

  void hold(Draft& d, const Draft::Given& given) {
    const std::string name = "parameter " + in_quotes(given.name);
    const auto index = r_.plant.flowsheet->find(entry(d).name + "." + given.name);
    if (!index) return problem(d, given.node->line, name + " has no use with these connections", "leave it out");
    Variable v = r_.variable(*index);
    v.low = std::max(v.low, given.least);
    if (!possible(d.section, *given.node, name, given.value, v)) return void(d.broken = true);
    r_.plant.parameters.emplace_back(*index, given.value);
    entry(d).held_parameters.push_back(*index);
    r_.held.emplace(*index, given.node->line);
  }

  PlantReader& r_;
  const ConfigNode& root_;
  std::vector<Draft> drafts_;
  std::vector<bool> declared_;  ///< of Plant::streams: its contents were said
};

}  // namespace

void read_units(PlantReader& r, const ConfigNode& root) { UnitReader(r, root).read(); }

}  // namespace castner::plant_file

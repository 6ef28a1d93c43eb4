// SPDX-License-Identifier: Apache-2.0
// Joints of a sketch:
//  1. "Every electrolyser, brine": a joint for the model and port. The pipes that say so meet there; the other way the pipe of each of
//     its units does that is at the port and ends outside, or a new one.
//  2. Several pipes at one named port: a joint before it, and a pipe between them.
//  3. Acid alone is no brine, and water alone no caustic where a meter shows the caustic: what they are added to gets a pipe from outside.
//  4. Electrolysers of whose brine or caustic nobody picked a pipe, nor meters what it tells, have it from one header.
//  5. Each joint becomes a mixer, a splitter or both, by how many pipes come and go, and is called after these pipes, whose names
//     stand in front of the person who picked them: split_S101, join_S400.
#include "castner/plant_file/sketch_joints.h"

#include <algorithm>
#include <set>

#include "castner/plant_file/sketch_acid.h"
#include "castner/plant_file/sketch_division.h"

namespace castner::plant_file {
namespace {

constexpr const char *kBrine = "brine", *kCaustic = "caustic";  // ports of an electrolyser, and what flows into them

struct Joiner {
  Sketch sketch;
  std::vector<std::string> joints;  ///< units without a model yet
  std::set<std::string> taken;      ///< names

  explicit Joiner(Sketch s) : sketch(std::move(s)) {
    for (const auto& u : sketch.units) taken.insert(u.name);
    for (const auto& p : sketch.pipes) taken.insert(p.name);
  }

  std::string free_name(const std::string& wanted) {
    std::string name = wanted;
    for (int n = 2; !taken.insert(name).second; ++n) name = wanted + "_" + std::to_string(n);
    return name;
  }
  std::string new_joint() { return joints.emplace_back(free_name("join")); }
  static SketchEnd& end_of(Sketch::Pipe& p, bool inlet) { return inlet ? p.to : p.from; }

  /// @param inlet  pipes end there
  void every(bool inlet) {
    for (std::size_t k = 0; k < sketch.pipes.size(); ++k) {
      const SketchEnd all = end_of(sketch.pipes[k], inlet);
      if (!all.every) continue;
      const std::string joint = new_joint();
      for (auto& p : sketch.pipes)
        if (const auto& e = end_of(p, inlet); e.every && e.unit == all.unit && e.port == all.port)
          end_of(p, inlet) = {joint, ""};
      for (const auto& u : sketch.units) {
        if (u.model != all.unit) continue;
        bool has_one = false;
        for (auto& p : sketch.pipes) {
          const auto& e = end_of(p, inlet);
          if (e.unit != u.name || e.port != all.port) continue;
          has_one = true;
          if (auto& other = end_of(p, !inlet); other.unit.empty()) other = {joint, ""};
        }
        if (has_one) continue;
        Sketch::Pipe branch{.name = free_name(u.name + "_" + all.port), .contents = {}, .from = {}, .to = {}};
        end_of(branch, inlet) = {u.name, all.port};
        end_of(branch, !inlet) = {joint, ""};
        sketch.pipes.push_back(std::move(branch));
      }
      if (inlet) complete(joint, all.port);
    }
  }

  void add_header(const SketchEnd& to, const std::string& contents, const std::string& name) {
    sketch.pipes.push_back({.name = free_name(name + "_header"), .contents = contents, .from = {}, .to = to});
  }
  void add_header(const SketchEnd& to, const char* contents) { add_header(to, contents, contents); }
  /// What acid or water is added to at a joint, where nobody picked a pipe for it.
  void complete(const std::string& joint, const std::string& port) {
    bool acid = false, metered = false;
    for (const auto& p : sketch.pipes) {
      if (p.to.unit == joint) {
        const std::string added = additive_in(sketch, p);
        if (added.empty()) return;
        acid = acid || added == kAcid;
      }
      metered = metered ||
                (p.from.unit == joint && std::any_of(sketch.meters.begin(), sketch.meters.end(),
                                                     [&](const auto& m) { return m.of.starts_with(p.name + "."); }));
    }
    if (acid && port == kBrine) add_header({joint, ""}, kBrine);
    if (!acid && metered && port == kCaustic) add_header({joint, ""}, kCaustic);
  }

  void common() {
    for (const auto& [port, units] : untold_divisions(sketch)) {
      const auto picked = [&, &to = port, &them = units](const Sketch::Pipe& p) {
        return p.to.port == to && std::find(them.begin(), them.end(), p.to.unit) != them.end();
      };
      if (std::any_of(sketch.pipes.begin(), sketch.pipes.end(), picked)) continue;
      const std::string joint = new_joint();
      add_header({joint, ""}, "", port);
      for (const auto& u : units)
        sketch.pipes.push_back(
            {.name = free_name(u + "_" + port), .contents = {}, .from = {joint, ""}, .to = {u, port}});
    }
  }

  void one_a_port(bool inlet) {
    for (std::size_t k = 0; k < sketch.pipes.size(); ++k) {
      const SketchEnd port = end_of(sketch.pipes[k], inlet);
      const auto meets = [&](Sketch::Pipe& p) {
        const auto& e = end_of(p, inlet);
        return e.unit == port.unit && e.port == port.port;
      };
      if (port.unit.empty() || port.port.empty()) continue;
      if (inlet && port.port == kBrine && additive_in(sketch, sketch.pipes[k]) == kAcid &&
          std::count_if(sketch.pipes.begin(), sketch.pipes.end(), meets) == 1)
        add_header(port, kBrine);
      if (std::count_if(sketch.pipes.begin(), sketch.pipes.end(), meets) < 2) continue;
      const std::string joint = new_joint();
      for (auto& p : sketch.pipes)
        if (meets(p)) end_of(p, inlet) = {joint, ""};
      Sketch::Pipe between{.name = free_name(port.unit + "_" + port.port), .contents = {}, .from = {}, .to = {}};
      end_of(between, inlet) = port;
      end_of(between, !inlet) = {joint, ""};
      sketch.pipes.push_back(std::move(between));
    }
  }

  /// The pipes that end or begin there.
  std::vector<std::string> pipes_at(const std::string& joint, bool inlet) {
    std::vector<std::string> names;
    for (auto& p : sketch.pipes)
      if (end_of(p, inlet).unit == joint) names.push_back(p.name);
    return names;
  }
  /// "S214_S224"; of many the first and the last.
  static std::string in_a_name(const std::vector<std::string>& pipes) {
    if (pipes.size() > 3) return pipes.front() + "_to_" + pipes.back();
    std::string all;
    for (const auto& p : pipes) all += (all.empty() ? "" : "_") + p;
    return all;
  }
  static std::string listed(const std::vector<std::string>& pipes, const char* comma, const char* last) {
    std::string all;
    for (std::size_t k = 0; k < pipes.size(); ++k)
      all += (k == 0 ? "" : k + 1 == pipes.size() ? last : comma) + pipes[k];
    return all;
  }
  void add(const std::string& name, const char* model, plant::Title title) {
    sketch.units.push_back({.name = name, .model = model, .parameters = {}, .title = std::move(title)});
  }

  void make(const std::string& joint) {
    const auto in = pipes_at(joint, true), out = pipes_at(joint, false);
    const bool divides = out.size() > 1, mixes = in.size() > 1 || !divides;
    const std::string en = listed(in, ", ", " and "), zh = listed(in, "、", "与");
    const std::string mixer = !mixes                   ? ""
                              : divides || out.empty() ? free_name("join_" + in_a_name(in))
                                                       : free_name("join_" + out[0]);
    const std::string splitter = divides ? free_name("split_" + in_a_name(in.empty() ? out : in)) : "";
    for (auto& p : sketch.pipes) {
      if (p.to.unit == joint) p.to.unit = mixes ? mixer : splitter;
      if (p.from.unit == joint) p.from.unit = divides ? splitter : mixer;
    }
    if (mixes) add(mixer, "mixer", {"junction of " + en, zh + "汇合处"});
    if (!divides) return;
    add(splitter, "splitter", {"division of " + en, zh + (mixes ? "汇合后的分流处" : "分流处")});
    if (mixes) sketch.pipes.push_back({free_name(in_a_name(in) + "_mixed"), "", {mixer, ""}, {splitter, ""}});
  }
};

}  // namespace

Sketch joined(Sketch sketch) {
  Joiner j(std::move(sketch));
  for (const bool inlet : {true, false}) j.every(inlet);
  j.common();
  for (const bool inlet : {true, false}) j.one_a_port(inlet);
  for (const auto& joint : j.joints) j.make(joint);
  return std::move(j.sketch);
}

}  // namespace castner::plant_file

// SPDX-License-Identifier: Apache-2.0
// Joints of a sketch:
//  1. "Every electrolyser, brine": a joint for the model and port. The pipes that say so meet there; the other way the pipe of each of
//     its units does that is at the port and ends outside, or a new one.
//  2. Several pipes at one named port: a joint before it, and a pipe between them.
//  3. Each joint becomes a mixer, a splitter or both, by how many pipes come and go.
#include "castner/plant_file/sketch_joints.h"

#include <algorithm>
#include <set>

namespace castner::plant_file {
namespace {

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
  std::string new_joint(const std::string& name) { return joints.emplace_back(free_name(name)); }
  static SketchEnd& end_of(Sketch::Pipe& p, bool inlet) { return inlet ? p.to : p.from; }

  /// @param inlet  pipes end there
  void every(bool inlet) {
    for (std::size_t k = 0; k < sketch.pipes.size(); ++k) {
      const SketchEnd all = end_of(sketch.pipes[k], inlet);
      if (!all.every) continue;
      const std::string joint = new_joint("J_" + all.port);
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
    }
  }

  void one_a_port(bool inlet) {
    for (std::size_t k = 0; k < sketch.pipes.size(); ++k) {
      const SketchEnd port = end_of(sketch.pipes[k], inlet);
      const auto meets = [&](Sketch::Pipe& p) {
        const auto& e = end_of(p, inlet);
        return e.unit == port.unit && e.port == port.port;
      };
      if (port.unit.empty() || port.port.empty() || std::count_if(sketch.pipes.begin(), sketch.pipes.end(), meets) < 2)
        continue;
      const std::string joint = new_joint("J_" + port.unit + "_" + port.port);
      for (auto& p : sketch.pipes)
        if (meets(p)) end_of(p, inlet) = {joint, ""};
      Sketch::Pipe between{.name = free_name(port.unit + "_" + port.port), .contents = {}, .from = {}, .to = {}};
      end_of(between, inlet) = port;
      end_of(between, !inlet) = {joint, ""};
      sketch.pipes.push_back(std::move(between));
    }
  }

  void make(const std::string& joint) {
    const auto count = [&](bool inlet) {
      return std::count_if(sketch.pipes.begin(), sketch.pipes.end(),
                           [&](Sketch::Pipe& p) { return end_of(p, inlet).unit == joint; });
    };
    const bool divides = count(false) > 1, mixes = count(true) > 1 || !divides;
    if (mixes) sketch.units.push_back({.name = joint, .model = "mixer", .parameters = {}});
    if (!divides) return;
    const std::string splitter = mixes ? free_name(joint + "_out") : joint;
    sketch.units.push_back({.name = splitter, .model = "splitter", .parameters = {}});
    if (!mixes) return;
    for (auto& p : sketch.pipes)
      if (p.from.unit == joint) p.from.unit = splitter;
    sketch.pipes.push_back({free_name(joint + "_mixed"), "", {joint, ""}, {splitter, ""}});
  }
};

}  // namespace

Sketch joined(Sketch sketch) {
  Joiner j(std::move(sketch));
  for (const bool inlet : {true, false}) j.every(inlet);
  for (const bool inlet : {true, false}) j.one_a_port(inlet);
  for (const auto& joint : j.joints) j.make(joint);
  return std::move(j.sketch);
}

}  // namespace castner::plant_file

// SPDX-License-Identifier: Apache-2.0
// Acid as plants meter it, to the HCl that the plant file has:
//  1. A volume, and a mass beside a meter of the strength, is acid as it flows; a mass alone is HCl as 100 %.
//  2. HCl = mass x strength, mass = volume x density, density = 998 + 500 strength [kg/m3]: within 0.2 % of 1048, 1098, 1149 and 1179 at 10, 20, 30
//     and 36 % and 20 degC (remembered). A strength that nobody meters is 31 %, as acid is sold and made.
//  3. The water of the acid is left out: about 0.4 % of the brine that it joins.
#include "castner/plant_file/sketch_acid.h"

#include <fmt/format.h>

#include <algorithm>

#include "castner/base/quantity.h"
#include "castner/plant/stream.h"
#include "castner/plant_file/tag_words.h"
#include "castner/unit_models/models.h"

namespace castner::plant_file {
namespace {

using plant::Contents;

constexpr double kUsualStrength = 0.31,
                 kUsualStrengthSd = 0.02;  // sold as 30 to 33 %, made as 31 to 36 % (docs/domain/gases.md 4.3)
constexpr const char* kAboutStrength =
    "HCl in the acid: sold as 30 to 33 %, made as 31 to 36 %; give its analyser a place on the pipe of the acid";

std::string name_of(Contents c) { return std::string(plant::contents_info(c).name); }

/// What the meter measures of the pipe; "" where it is elsewhere.
std::string quantity_on(const Sketch::Meter& m, const std::string& pipe) {
  return m.of.starts_with(pipe + ".") ? m.of.substr(pipe.size() + 1) : "";
}

/// Acid goes into brine that electrolysers take, or nobody has said yet where.
bool has_a_use(const Sketch& sketch, const Sketch::Pipe& acid) {
  const auto u =
      std::find_if(sketch.units.begin(), sketch.units.end(), [&](const auto& x) { return x.name == acid.to.unit; });
  if (u == sketch.units.end() || unit_models::model_named(u->model) != mixer_model()) return true;
  return std::all_of(sketch.pipes.begin(), sketch.pipes.end(), [&](const Sketch::Pipe& p) {
    return p.from.unit != u->name || p.contents.empty() || p.contents == name_of(Contents::acid_brine);
  });
}

class Acid {
 public:
  Acid(Sketch& sketch, const std::string& pipe, AcidTables& out) : sketch_(sketch), pipe_(pipe), out_(out) {}

  void take() {
    const auto of = [&](const char* quantity) {
      return std::any_of(sketch_.meters.begin(), sketch_.meters.end(),
                         [&](const auto& m) { return quantity_on(m, pipe_) == quantity; });
    };
    const bool share = of("mass_frac.HCl"), content = of("conc_mass.HCl"), volume = of("flow_vol");
    if (share || content || volume) variable("strength", "1", "");
    if (content) variable("content", "kg/m3", "{content} - {strength} * (998 kg/m3 + 500 kg/m3 * {strength})");
    if (volume) variable("volume", "m3/s", "{HCl} - {volume} * {strength} * (998 kg/m3 + 500 kg/m3 * {strength})");
    const bool mass = (share || content) && of("flow_mass");
    if (mass) variable("mass", "kg/s", "{HCl} - {mass} * {strength}");
    if (volume && !share && !content)
      out_.assumed.push_back({named("strength"), kUsualStrength, kUsualStrengthSd, kAboutStrength});
    for (const auto& m : sketch_.meters) start(m, mass);
    std::erase_if(sketch_.meters, [&](Sketch::Meter& m) { return !turn(m, mass); });
  }

 private:
  std::string named(const std::string& what) const { return pipe_ + "_acid_" + what; }

  /// A quantity of the plant file's own, and the equation that it is in.
  void variable(const std::string& what, const std::string& unit, std::string residual) {
    out_.text += "\n[[variable]]\nname = \"" + named(what) + "\"\nunit = \"" + unit + "\"\nlow = 0\n";
    if (what == "strength") out_.text += "high = 0.45\nstart = 0.31\n";
    if (residual.empty()) return;
    for (const char* known : {"strength", "content", "volume", "mass"})
      replace(residual, "{" + std::string(known) + "}", named(known));
    replace(residual, "{HCl}", pipe_ + ".flow_mass");
    out_.text += "\n[[equation]]\nname = \"" + named(what) + "\"\nresidual = \"" + residual + "\"\n";
  }
  static void replace(std::string& text, const std::string& what, const std::string& by) {
    for (auto at = text.find(what); at != text.npos; at = text.find(what)) text.replace(at, what.size(), by);
  }

  /// A solver begins with the HCl that the meter means, which is far less than other flows.
  void start(const Sketch::Meter& m, bool mass) {
    const std::string quantity = quantity_on(m, pipe_);
    const auto unit = parse_unit(m.unit);
    if (started_ || !unit || !m.mean || !(quantity == "flow_vol" || (quantity == "flow_mass" && mass))) return;
    const double density = quantity == "flow_vol" ? 998.0 + 500.0 * kUsualStrength : 1.0;
    const double hcl = unit->to_si(*m.mean) * density * kUsualStrength;
    if (!(hcl > 0.0 && hcl < 1e3)) return;
    out_.text += "\n[[start]]\nof = \"" + pipe_ + ".flow_mass\"\nvalue = " + fmt::format("{:.5g}", hcl) + "\n";
    started_ = true;
  }

  /// False of a meter of which the plant file has nothing.
  bool turn(Sketch::Meter& m, bool mass) {
    const std::string quantity = quantity_on(m, pipe_);
    if (quantity.empty()) return true;
    if (quantity == "mass_frac.HCl") m.of = named("strength");
    if (quantity == "conc_mass.HCl") m.of = named("content");
    if (quantity == "flow_vol") m.of = named("volume");
    if (quantity == "flow_mass" && mass) m.of = named("mass");
    if (quantity == "flow_mass" && !mass) out_.notes.push_back({m.tag, MeterNote::as_hcl});
    if (m.of != pipe_ + "." + quantity || quantity == "flow_mass") return true;
    out_.notes.push_back({m.tag, MeterNote::no_quantity_of_acid});
    return false;
  }

  Sketch& sketch_;
  const std::string pipe_;
  AcidTables& out_;
  bool started_ = false;
};

}  // namespace

const plant::ModelInfo* mixer_model() { return unit_models::model_named("mixer"); }

std::string additive_in(const Sketch& sketch, const Sketch::Pipe& pipe) {
  if (pipe.contents == kAcid || pipe.contents == name_of(Contents::water)) return pipe.contents;
  if (!pipe.contents.empty() || !pipe.from.unit.empty()) return "";
  for (const auto& m : sketch.meters) {
    if (!quantity_on(m, pipe.name).starts_with("flow_")) continue;
    if (says_acid(m.tag)) return kAcid;
    if (says_only_water(m.tag)) return name_of(Contents::water);
  }
  return "";
}

AcidTables take_acid(Sketch& sketch) {
  AcidTables out;
  std::vector<std::string> acid, useless;
  for (const auto& p : sketch.pipes)
    if (p.contents == kAcid) (has_a_use(sketch, p) ? acid : useless).push_back(p.name);
  for (const auto& pipe : acid) Acid(sketch, pipe, out).take();
  for (const auto& pipe : useless) {
    std::erase_if(sketch.meters, [&](const Sketch::Meter& m) {
      const bool on = !quantity_on(m, pipe).empty();
      if (on) out.notes.push_back({m.tag, MeterNote::acid_elsewhere});
      return on;
    });
    std::erase_if(sketch.pipes, [&](const Sketch::Pipe& p) { return p.name == pipe; });
  }
  return out;
}

}  // namespace castner::plant_file

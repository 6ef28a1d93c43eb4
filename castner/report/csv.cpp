// SPDX-License-Identifier: Apache-2.0
#include "castner/report/csv.h"

#include "castner/report/digest.h"
#include "castner/report/plant_clock.h"
#include "castner/words/units_for_people.h"

namespace castner::report {
namespace {

using plant::Plant;

class Lines {
 public:
  /// Free text: quoted where it must be, and never a formula.
  void text(std::string_view t) {
    std::string safe;
    if (!t.empty() && std::string_view("=+-@\t\r").find(t.front()) != std::string_view::npos) safe = "'";
    safe += t;
    if (safe.find_first_of(",\"\r\n") == std::string::npos) return cell(safe);
    std::string quoted = "\"";
    for (const char c : safe) quoted += c == '"' ? "\"\"" : std::string(1, c);
    cell(quoted + "\"");
  }
  /// A number as shown(): digits, a point, a minus.
  void number(const std::string& n) { cell(n); }
  void end() {
    out_ += "\r\n";
    first_ = true;
  }
  std::string take() { return std::move(out_); }

 private:
  void cell(const std::string& c) {
    if (!first_) out_ += ',';
    first_ = false;
    out_ += c;
  }
  std::string out_ = "\xEF\xBB\xBF";
  bool first_ = true;
};

std::string with_unit(const std::string& name, const std::string& code) {
  return code == "1" ? name : name + " (" + code + ")";
}

void snapshot(const Plant& plant, const Digest& d, Lines& out) {
  for (const char* heading : {"path", "tag", "unit", "measured", "reconciled", "sd", "adjustment", "class", "used"})
    out.text(heading);
  out.end();
  const auto variables = plant.flowsheet->variables();
  for (std::size_t v = 0; v < d.variables.size(); ++v) {
    const auto& known = d.variables[v];
    const auto unit = words::unit_for(plant, static_cast<int>(v));
    bool measured = false;
    const auto row = [&](const InstrumentLine* i) {
      const words::Shown value = known.value ? words::shown_in(unit, known.value, known.sd) : words::Shown{};
      out.text(variables[v].name);
      out.text(i ? i->tag : "");
      out.text(unit.code);
      out.number(i ? i->measured.value : "");
      out.number(value.value);
      out.number(value.sd);
      out.number(i ? i->adjustment.value : "");
      out.text(solve::class_name(known.kind));
      out.text(i == nullptr ? "" : i->verdict == Verdict::not_used || i->accused > 0 ? "no" : "yes");
      out.end();
    };
    for (const auto& i : d.instruments)
      if (i.variable == static_cast<int>(v)) row(&i), measured = true;
    if (!measured) row(nullptr);
  }
}

void windows(const Plant& plant, const insight::Judged& a, Lines& out) {
  const PlantClock clock(a.time_zone);
  const auto variables = plant.flowsheet->variables();
  std::vector<words::PeopleUnit> units;
  out.text("from");
  out.text("to");
  for (std::size_t v = 0; v < variables.size(); ++v) {
    units.push_back(words::unit_for(plant, static_cast<int>(v)));
    out.text(with_unit(variables[v].name, units[v].code));
    out.text(with_unit(variables[v].name + " sd", units[v].difference));
  }
  for (const auto& m : plant.measurements)
    out.text(with_unit(m.tag + " measured", units[static_cast<std::size_t>(m.variable)].code));
  out.end();
  for (const auto& w : a.windows) {
    if (!reconciled(w) || !w.from || !w.to) continue;
    out.text(clock.rfc3339(*w.from));
    out.text(clock.rfc3339(*w.to));
    const auto& estimates = w.state->reconciliation.estimates;
    for (std::size_t v = 0; v < variables.size(); ++v) {
      const bool known = v < estimates.size() && estimates[v].kind != solve::Class::unobservable;
      const words::Shown value =
          known ? words::shown_in(units[v], estimates[v].value, estimates[v].sd) : words::Shown{};
      out.number(value.value);
      out.number(value.sd);
    }
    for (std::size_t k = 0; k < plant.measurements.size(); ++k) {
      const bool there = k < w.state->instruments.size() && w.state->instruments[k].measured;
      const auto& unit = units[static_cast<std::size_t>(plant.measurements[k].variable)];
      out.number(there ? words::shown_in(unit, w.state->instruments[k].measured, w.state->instruments[k].sd).value
                       : "");
    }
    out.end();
  }
}

}  // namespace

std::string reconciled_csv(const Plant& plant, const insight::Judged& a) {
  const Digest d = digest(plant, a);
  Lines out;
  if (d.snapshot || a.windows.empty())
    snapshot(plant, d, out);
  else
    windows(plant, a, out);
  return out.take();
}

}  // namespace castner::report

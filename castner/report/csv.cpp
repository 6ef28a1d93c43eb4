// SPDX-License-Identifier: Apache-2.0
#include "castner/report/csv.h"

#include "castner/report/csv_lines.h"
#include "castner/report/digest.h"
#include "castner/report/plant_clock.h"
#include "castner/words/units_for_people.h"

namespace castner::report {
namespace {

using plant::Plant;

std::string with_unit(const std::string& name, const std::string& code) {
  return code == "1" ? name : name + " (" + code + ")";
}

void snapshot(const Plant& plant, const Digest& d, CsvLines& out) {
  for (const char* heading : {"path", "tag", "unit", "measured", "reconciled", "sd", "adjustment", "class", "used"})
    out.text(heading);
  out.end();
  const auto variables = plant.flowsheet->variables();
  std::vector<words::Shown> values;
  std::vector<words::InColumn> column;
  for (std::size_t v = 0; v < d.variables.size(); ++v) {
    const auto& known = d.variables[v];
    const auto unit = words::unit_for(plant, static_cast<int>(v));
    values.push_back(words::shown_in(unit, known.value, known.value ? std::optional(known.sd) : std::nullopt));
  }
  for (std::size_t v = 0; v < values.size(); ++v) column.push_back({words::quantity_of(variables[v].name), &values[v]});
  words::align(column);
  for (std::size_t v = 0; v < values.size(); ++v) {
    bool measured = false;
    const auto row = [&](const InstrumentLine* i) {
      const words::Shown& value = i ? i->reconciled : values[v];
      out.text(variables[v].name);
      out.text(i ? i->tag : "");
      out.text(values[v].unit);
      out.number(i ? i->measured.value : "");
      out.number(value.value);
      out.number(value.sd);
      out.number(i ? i->adjustment.value : "");
      out.text(solve::class_name(d.variables[v].kind));
      out.text(i == nullptr ? "" : i->verdict == Verdict::not_used || i->accused > 0 ? "no" : "yes");
      out.end();
    };
    for (const auto& i : d.instruments)
      if (i.variable == static_cast<int>(v)) row(&i), measured = true;
    if (!measured) row(nullptr);
  }
}

void windows(const Plant& plant, const insight::Judged& a, CsvLines& out) {
  const PlantClock clock(a.time_zone);
  const auto variables = plant.flowsheet->variables();
  std::vector<const assess::AssessedWindow*> rows;
  for (const auto& w : a.windows)
    if (reconciled(w) && w.from && w.to) rows.push_back(&w);
  out.text("from");
  out.text("to");
  std::vector<std::vector<words::Shown>> columns;
  const auto column = [&](const std::string& heading, const auto& number_in) {
    out.text(heading);
    auto& numbers = columns.emplace_back();
    std::vector<words::InColumn> cells;
    for (const auto* w : rows) numbers.push_back(number_in(*w->state));
    for (auto& n : numbers) cells.push_back({"", &n});
    words::align(cells);
  };
  for (std::size_t v = 0; v < variables.size(); ++v) {
    const auto unit = words::unit_for(plant, static_cast<int>(v));
    column(with_unit(variables[v].name, unit.code), [&](const assess::State& s) {
      const auto& estimates = s.reconciliation.estimates;
      const bool known = v < estimates.size() && estimates[v].kind != solve::Class::unobservable;
      return known ? words::shown_in(unit, estimates[v].value, estimates[v].sd) : words::Shown{};
    });
    out.text(with_unit(variables[v].name + " sd", unit.difference));
  }
  const std::size_t estimated = columns.size();  // two cells each, the value and its sd
  for (std::size_t k = 0; k < plant.measurements.size(); ++k) {
    const auto unit = words::unit_for(plant, plant.measurements[k].variable);
    column(with_unit(plant.measurements[k].tag + " measured", unit.code), [&](const assess::State& s) {
      const bool there = k < s.instruments.size() && s.instruments[k].measured;
      return there ? words::shown_in(unit, s.instruments[k].measured, s.instruments[k].sd) : words::Shown{};
    });
  }
  out.end();
  for (std::size_t row = 0; row < rows.size(); ++row) {
    out.text(clock.rfc3339(*rows[row]->from));
    out.text(clock.rfc3339(*rows[row]->to));
    for (std::size_t c = 0; c < columns.size(); ++c) {
      out.number(columns[c][row].value);
      if (c < estimated) out.number(columns[c][row].sd);
    }
    out.end();
  }
}

}  // namespace

std::string reconciled_csv(const Plant& plant, const insight::Judged& a) {
  const Digest d = digest(plant, a);
  CsvLines out;
  if (d.snapshot || a.windows.empty())
    snapshot(plant, d, out);
  else
    windows(plant, a, out);
  return out.take();
}

}  // namespace castner::report

// SPDX-License-Identifier: Apache-2.0
// A row a cell, in the order of the electrolysers; what is not known is an empty cell.
#include <deque>

#include "castner/report/cell_words.h"
#include "castner/report/cells.h"
#include "castner/report/cells_summary.h"
#include "castner/report/csv_lines.h"
#include "castner/report/plant_clock.h"

namespace castner::report {

std::string cells_csv(const CellsReport& r, words::Language language) {
  const auto& a = r.answer;
  const words::Words words(language);
  const PlantClock clock(r.time_zone);
  struct Column {
    std::string heading, sd;
    std::vector<words::Shown> numbers;
  };
  std::deque<Column> columns;
  const auto column = [&](const std::string& name, const std::string& unit, const auto& number_of) {
    Column& c = columns.emplace_back(Column{name + " (" + unit + ")", name + " sd (" + unit + ")", {}});
    std::vector<words::InColumn> cells;
    for (const auto& line : a.cells) c.numbers.push_back(number_of(line));
    for (auto& n : c.numbers) cells.push_back({"", &n});
    words::align(cells);
  };
  column("standard_voltage", "V", [](const auto& c) { return shown_as(c.watch.standard_voltage, 1.0, "V"); });
  column("u0", "V", [](const auto& c) { return shown_as(c.watch.u0, 1.0, "V"); });
  column("k", "V.m2/kA", [](const auto& c) { return shown_as(c.watch.k, 1e3, "V.m2/kA"); });
  column("excess_power", "W", [](const auto& c) { return shown_as(c.watch.excess_power, 1.0, "W"); });
  if (!a.currency.empty())
    column("cost_per_day", a.currency + "/d", [&](const auto& c) { return money_per_day(r, c.cost_per_day); });

  CsvLines out;
  for (const char* heading : {"cell", "tag", "state"}) out.text(heading);
  for (const auto& c : columns) out.text(c.heading), out.text(c.sd);
  for (const char* heading : {"excess_power against", "membrane age (d)", "finding", "probability (%)", "since",
                              "detected", "title", "advice"})
    out.text(heading);
  out.end();
  for (std::size_t i = 0; i < a.cells.size(); ++i) {
    const auto& c = a.cells[i];
    out.text(c.name);
    out.text(c.tag);
    out.text(name_of(c.watch.state));
    for (const auto& k : columns) out.number(k.numbers[i].value), out.number(k.numbers[i].sd);
    out.text(!c.watch.excess_power.known() ? "" : c.watch.own_level ? "own" : "median");
    out.number(c.age ? words::shown(std::floor(*c.age), std::nullopt, "d").value : "");
    if (c.finding) {
      const auto& f = a.findings[*c.finding];
      const CellFindingText text = describe(words, a, f);
      out.text(cells::name_of(f.what.cause));
      out.number(words::shown(std::min(99.0, 100.0 * f.what.probability), std::nullopt, "%").value);
      out.text(clock.rfc3339(f.since));
      out.text(clock.rfc3339(f.detected));
      out.text(text.title);
      out.text(text.advice);
    } else {
      for (int k = 0; k < 6; ++k) out.text("");
    }
    out.end();
  }
  return out.take();
}

}  // namespace castner::report

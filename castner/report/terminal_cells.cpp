// SPDX-License-Identifier: Apache-2.0
// Single cells on a terminal, the most urgent first: the answer, findings with their evidence, electrolysers, what to exchange, what was
// not judged.
#include <fmt/format.h>

#include <algorithm>

#include "castner/report/cell_words.h"
#include "castner/report/cells.h"
#include "castner/report/cells_summary.h"
#include "castner/report/terminal_page.h"

namespace castner::report {
namespace {

struct CellsFace {
  const CellsReport& report;
  const words::Words& words;
  Screen& screen;
};

void show_answer(const CellsFace& f, const CellsSummary& s) {
  const char* mark = s.health == PlantHealth::ok     ? "● "
                     : s.health == PlantHealth::look ? "▲ "
                     : s.health == PlantHealth::act  ? "◆ "
                                                     : "? ";
  f.screen.text(s.answer, mark);
  f.screen.text(s.cells, "  ");
  if (!s.money.empty()) f.screen.text(s.money, "  ");
}

void show_findings(const CellsFace& f) {
  constexpr std::size_t kMost = 12;  // as a screen takes; the report and JSON have all
  const auto all = f.report.answer.told();
  if (all.empty()) return;
  f.screen.heading(f.words("section.findings"));
  std::size_t number = 0;
  for (const auto& finding : all) {
    if (number == kMost) {
      f.screen.text(f.words("more", {{"n", std::to_string(all.size() - number)}}), "    ");
      return;
    }
    const CellFindingText text = describe(f.words, f.report.answer, finding);
    std::string title = text.title;
    if (costs(finding)) title += f.words("clause") + day_words(f.report, f.words, finding.cost_per_day);
    f.screen.text(title, fmt::format("{:3} ", ++number));
    f.screen.text(since_words(f.report, f.words, finding), "    ");
    if (finding.ended) continue;
    for (const auto& e : text.evidence) f.screen.text(e.text, "    - ");
    if (!text.others.empty()) f.screen.text(text.others, "    - ");
    if (!text.advice.empty()) f.screen.text(text.advice, "    " + f.words("findings.next"));
  }
}

void show_electrolysers(const CellsFace& f) {
  std::vector<std::vector<std::string>> rows;
  const auto& all = f.report.answer.electrolysers;
  const auto column = [&](const auto& number_of) {
    std::vector<words::Shown> numbers;
    std::vector<words::InColumn> cells;
    for (const auto& e : all) numbers.push_back(number_of(e));
    for (auto& n : numbers) cells.push_back({"", &n});
    words::align(cells);
    return numbers;
  };
  const auto voltage = column([](const auto& e) { return shown_as(e.standard_voltage, 1.0, "V"); });
  const auto power = column([](const auto& e) { return shown_as(e.excess_power, 1e-3, "kW"); });
  const auto hydrogen = column([](const auto& e) { return shown_as(e.hydrogen, 100.0, "%"); });
  const auto known = [&](const words::Shown& s) {
    return s.known() ? words::sentence_number(s) : f.words("key.cannot_tell");
  };
  // A column that says "cannot tell" all the way down is left out.
  const auto any = [](const auto& numbers) {
    return std::any_of(numbers.begin(), numbers.end(), [](const auto& s) { return s.known(); });
  };
  std::vector<Screen::Column> columns{{"  " + f.words("cells.electrolyser"), false, 20},
                                      {f.words("cell.state.healthy"), true},
                                      {f.words("cell.state.suspect"), true},
                                      {f.words("cell.state.sick"), true},
                                      {f.words("cell.state.unseen"), true},
                                      {f.words("cells.middle"), true}};
  if (any(power)) columns.push_back({f.words("cells.excess"), true});
  if (any(hydrogen)) columns.push_back({f.words("cells.hydrogen"), true});
  for (std::size_t k = 0; k < all.size(); ++k) {
    const auto& e = all[k];
    rows.push_back({"  " + e.name, std::to_string(e.healthy), std::to_string(e.suspect), std::to_string(e.sick),
                    std::to_string(e.unseen), known(voltage[k])});
    if (any(power)) rows.back().push_back(known(power[k]));
    if (any(hydrogen)) rows.back().push_back(known(hydrogen[k]));
  }
  f.screen.heading(f.words("section.electrolysers"));
  f.screen.table(columns, rows);
}

void show_plan(const CellsFace& f) {
  constexpr std::size_t kMost = 10;
  const auto& a = f.report.answer;
  if (a.exchanges.empty()) return;
  std::vector<std::vector<std::string>> rows;
  for (const auto& x : a.exchanges) {
    if (rows.size() == kMost) break;
    const auto shown = [&](const words::Shown& s) {
      return s.known() ? words::sentence_number(s) : f.words("key.cannot_tell");
    };
    rows.push_back({"  " + a.cells[x.line].name, f.words("cell.part." + std::string(name_of(x.what))),
                    shown(shown_as(x.payback, 1.0, "d")), waiting_words(f.report, f.words, x), when_words(f.words, x)});
  }
  f.screen.heading(f.words("section.exchanges"));
  f.screen.table({{"  " + f.words("cells.cell"), false, 20},
                  {f.words("cells.part"), false, 20},
                  {f.words("cells.payback"), true},
                  {f.words("cells.waiting"), true},
                  {f.words("cells.when"), false, 44, true}},
                 rows);
  if (a.exchanges.size() > kMost)
    f.screen.text(f.words("more", {{"n", std::to_string(a.exchanges.size() - kMost)}}), "  ");
}

}  // namespace

std::string cells_text(const CellsReport& r, const TerminalOptions& options) {
  const words::Words words(options.language);
  Screen screen(options);
  const CellsFace f{r, words, screen};
  const CellsSummary s = summarise(r, words);
  const std::string when = period(r, words);
  screen.text(r.answer.name + (when.empty() ? "" : "  ·  " + when));
  screen.blank();
  show_answer(f, s);
  show_findings(f);
  show_electrolysers(f);
  show_plan(f);
  if (!s.limits.empty()) {
    screen.heading(words("section.limits"));
    for (const auto& sentence : s.limits) screen.text(sentence, "  - ");
  }
  screen.blank();
  if (!options.html_file.empty()) screen.text(words("terminal.report", {{"file", options.html_file}}));
  screen.text(words("page.advises"));
  return screen.take();
}

}  // namespace castner::report

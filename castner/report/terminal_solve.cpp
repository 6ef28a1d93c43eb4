// SPDX-License-Identifier: Apache-2.0
// What reconcile and simulate say on the terminal:
//  1. outcome: where the solver failed, its advice and the equations that are furthest open, and nothing else.
//  2. The global test in a sentence; what is idle, with the readings that mean nothing for that.
//  3. Gross errors, worst first, each with what would explain as much.
//  4. A table of every quantity, one number of decimals in a column; warnings last.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "castner/report/digest.h"
#include "castner/report/finding_text.h"
#include "castner/report/terminal.h"
#include "castner/report/terminal_page.h"
#include "castner/report/vague.h"

namespace castner::report {
namespace {

using plant::Plant;

std::string significant(double v) { return fmt::format("{:.4g}", v); }

/// What the solver said and what to try; true where it converged.
bool outcome(Screen& screen, const words::Words& words, const solve::Report& r) {
  if (r.status == solve::Status::converged) return true;
  if (r.incredible) {
    screen.text(words.said(r.advice.text), "◆ ");
    return false;
  }
  screen.text(words(std::string("status.") + solve::status_name(r.status)), "◆ ");
  if (!r.advice.text.empty()) screen.text(words.said(r.advice.text), "  " + words("terminal.try") + words("colon"));
  const auto name = [&](const char* code, const std::string& text) {
    if (!text.empty()) screen.text(text, "  " + words(code) + words("colon"));
  };
  name("terminal.unit", words.said(r.advice.unit));
  name("terminal.equation", words.said(r.advice.equation));
  name("terminal.variable", r.advice.variable);
  if (!r.worst_residuals.empty()) {
    std::vector<std::vector<std::string>> rows;
    for (const auto& w : r.worst_residuals)
      rows.push_back({"  " + words.said(w.equation), significant(w.value), significant(w.scaled)});
    screen.heading(words("terminal.worst"));
    screen.table({{"", false, 60}, {words("terminal.residual"), true, 14}, {words("terminal.scaled"), true, 14}}, rows);
  }
  return false;
}

void warnings(Screen& screen, const words::Words& words, const std::vector<Warning>& all) {
  if (all.empty()) return;
  screen.heading(words("data.warnings"));
  for (const auto& w : all) screen.text(words.said(w.text), "  - ");
}

void test_sentence(Screen& screen, const words::Words& words, const solve::Reconciliation& r) {
  const auto sentence = [&](const char* code, const solve::GlobalTest& t) {
    return words(code, {{"statistic", significant(t.statistic)},
                        {"critical", t.critical ? significant(*t.critical) : ""},
                        {"dof", std::to_string(t.degrees_of_freedom)}});
  };
  if (!r.global_test.critical) return screen.text(words("method.untested"), "? ");
  const auto& last = r.after_elimination ? *r.after_elimination : r.global_test;
  const bool closes = last.passed.value_or(true);
  screen.text(words(closes ? (r.after_elimination ? "sure.snapshot.closes" : "sure.snapshot.closes_plain")
                           : "sure.snapshot.open"),
              closes && !r.after_elimination ? "● " : "▲ ");
  screen.text(sentence("method.balance", r.global_test), "  ");
  if (r.after_elimination) screen.text(sentence("method.after", *r.after_elimination), "  ");
}

std::string place(const Plant& plant, const assess::State& s, solve::GrossError::Kind kind, int index) {
  if (kind == solve::GrossError::Kind::leak)
    return plant.units[static_cast<std::size_t>(s.leak_units[static_cast<std::size_t>(index)])].name;
  for (const auto& i : s.instruments)
    if (i.reading == index) return i.tag;
  return {};
}

const char* kept_code(solve::GrossError::Kept kept) {
  using enum solve::GrossError::Kept;
  return kept == counts_little ? "terminal.counts_little"
         : kept == unsolvable  ? "terminal.unsolvable"
         : kept == not_asked   ? "terminal.not_asked"
                               : "terminal.not_removed";
}

/// "FI-113 reads 2.57 ± 0.37 m3/h too high".
std::string error_words(const words::Words& words, const Plant& plant, const assess::State& s,
                        solve::GrossError::Kind kind, int index, double value, double sd) {
  const bool leak = kind == solve::GrossError::Kind::leak, low = value < 0.0;
  words::PeopleUnit unit = words::unit_for(plant.as_published ? "1" : "kg/s", value);
  if (!leak)
    for (const auto& i : s.instruments)
      if (i.reading == index) unit = words::unit_for(plant, i.variable);
  const std::string name = place(plant, s, kind, index);
  const std::string size = words::sentence_number(words::difference_in(unit, std::abs(value), sd));
  return leak ? title_words(words, insight::kLeaks, low ? "low" : "", {{"unit", name}, {"leak", size}})
              : words(low ? "instruments.low" : "instruments.high", {{"tag", name}, {"size", size}});
}

void gross_errors(Screen& screen, const words::Words& words, const Plant& plant, const assess::State& s) {
  if (s.reconciliation.gross_errors.empty()) return;
  screen.heading(words("terminal.gross_errors"));
  for (const auto& g : s.reconciliation.gross_errors) {
    std::string line = error_words(words, plant, s, g.kind, g.index, g.size, g.size_sd);
    line +=
        words("clause") + words("terminal.z", {{"z", significant(g.statistic)}, {"critical", significant(g.critical)}});
    if (g.kept != solve::GrossError::Kept::no) line += words("clause") + words(kept_code(g.kept));
    screen.text(line, "  ◆ ");
    std::vector<std::string> others;
    for (const auto& o : g.alternatives) others.push_back(place(plant, s, o.kind, o.index));
    if (!others.empty()) screen.text(words("terminal.alternatives", {{"list", words.list(others)}}), "    ");
    if (g.also_possible.empty()) continue;
    for (const auto& o : g.also_possible)
      screen.text(words("terminal.or", {{"error", error_words(words, plant, s, o.kind, o.index, o.size, o.size_sd)},
                                        {"z", significant(o.statistic)}}),
                  "    ");
    screen.text(words("terminal.also_possible"), "    ");
  }
}

/// A variable as `castner reconcile` lists it.
struct EstimateLine {
  std::string_view path;
  words::Shown measured, reconciled, adjustment;
  std::string known_by;  ///< code
};

std::vector<EstimateLine> estimate_lines(const Plant& plant, const assess::State& state) {
  const auto variables = plant.flowsheet->variables();
  const auto& estimates = state.reconciliation.estimates;
  std::vector<EstimateLine> lines;
  for (std::size_t v = 0; v < variables.size() && v < estimates.size(); ++v) {
    const auto& e = estimates[v];
    const auto unit = words::unit_for(plant, static_cast<int>(v));
    const auto i = std::find_if(state.instruments.begin(), state.instruments.end(),
                                [&](const auto& x) { return x.variable == static_cast<int>(v) && x.measured; });
    const bool known = e.kind != solve::Class::unobservable, read = i != state.instruments.end();
    EstimateLine line{.path = variables[v].name, .measured = {}, .reconciled = {}, .adjustment = {}, .known_by = {}};
    const bool assumed = !state.assumed.empty() && state.assumed[v] != 0;
    const bool vague = known && !read && !assumed && too_vague(variables[v].unit, e.value, e.sd, variables[v].nominal);
    line.known_by = class_words(vague ? solve::Class::unobservable : e.kind, assumed);
    if (read) line.measured = words::shown_in(unit, i->measured, i->sd);
    if (known && !vague) line.reconciled = words::shown_in(unit, e.value, e.sd);
    if (known && read) line.adjustment = words::difference_in(unit, e.value - *i->measured, i->sd);
    lines.push_back(std::move(line));
  }
  for (const auto column : {&EstimateLine::measured, &EstimateLine::reconciled, &EstimateLine::adjustment}) {
    std::vector<words::InColumn> cells;
    for (auto& l : lines) cells.push_back({words::quantity_of(l.path), &(l.*column)});
    words::align(cells);
  }
  return lines;
}

/// Which units stand still, and which readings mean nothing for that.
void idle(Screen& screen, const words::Words& words, const Plant& plant, const std::vector<int>& units,
          const std::vector<assess::Instrument>& instruments) {
  if (units.empty()) return;
  std::vector<std::string> names, tags;
  for (const int u : units) names.push_back(plant.units[static_cast<std::size_t>(u)].name);
  for (const auto& i : instruments)
    if (i.why_not == "idle") tags.push_back(i.tag);
  screen.text(words("terminal.idle", {{"units", words.list(names)}}), "  ");
  constexpr std::size_t kMost = 12;
  if (tags.size() > kMost + 1) {
    tags[kMost] = words("more", {{"n", std::to_string(tags.size() - kMost)}});
    tags.resize(kMost + 1);
  }
  if (!tags.empty()) screen.text(words("terminal.idle_tags", {{"tags", words.list(tags)}}), "  ");
}

}  // namespace

std::string reconcile_text(const Plant& plant, const assess::State& state, const TerminalOptions& options) {
  const words::Words words(options.language);
  Screen screen(options);
  const auto& r = state.reconciliation;
  if (!outcome(screen, words, r.report)) {
    warnings(screen, words, r.report.warnings);
    return screen.take();
  }
  test_sentence(screen, words, r);
  idle(screen, words, plant, state.idle, state.instruments);
  gross_errors(screen, words, plant, state);
  std::vector<std::vector<std::string>> rows;
  for (const auto& l : estimate_lines(plant, state))
    rows.push_back({"  " + std::string(l.path), words::grouped(l.measured.value),
                    l.reconciled.known() ? words::sentence_number(l.reconciled) : words("key.cannot_tell"),
                    words::grouped(l.adjustment.value), words(l.known_by)});
  screen.heading(words("terminal.estimates"));
  screen.table({{"", false, 40},
                {words("instrument.measured"), true, 20},
                {words("instrument.reconciled"), true, 30},
                {words("instrument.adjustment"), true, 16},
                {words("stream.class"), false, 24}},
               rows);
  warnings(screen, words, r.report.warnings);
  return screen.take();
}

std::string simulate_text(const Plant& plant, const assess::PlantSimulation& simulation,
                          const TerminalOptions& options) {
  const auto& s = simulation.result;
  const words::Words words(options.language);
  Screen screen(options);
  if (!outcome(screen, words, s.report)) return screen.take();
  screen.text(words("terminal.converged", {{"n", std::to_string(s.report.iterations)}}), "● ");
  idle(screen, words, plant, simulation.idle, {});
  std::vector<std::vector<std::string>> rows;
  for (const auto& [path, amount] : simulation.indicators) {
    const std::string prefix = path.find('.') == std::string::npos ? "" : path.substr(0, path.rfind('.')) + " ";
    const std::string number = words::sentence_number(words::shown(amount, path));
    rows.push_back({"  " + prefix + indicator_words(words, path), number.empty() ? words("key.cannot_tell") : number});
  }
  if (!rows.empty()) {
    screen.heading(words("section.key_numbers"));
    screen.table({{"", false, 64}, {"", true, 30}}, rows);
  }
  rows.clear();
  const auto variables = plant.flowsheet->variables();
  std::vector<words::Shown> values;
  for (std::size_t v = 0; v < variables.size() && v < s.x.size(); ++v)
    values.push_back(words::shown_in(words::unit_for(plant, static_cast<int>(v)), s.x[v], std::nullopt));
  const auto& open = s.undetermined.variables;
  const auto told = [&](std::size_t v) { return !std::binary_search(open.begin(), open.end(), static_cast<int>(v)); };
  std::vector<words::InColumn> column;
  for (std::size_t v = 0; v < values.size(); ++v)
    if (told(v)) column.push_back({words::quantity_of(variables[v].name), &values[v]});
  words::align(column);
  for (std::size_t v = 0; v < values.size(); ++v)
    rows.push_back(
        {"  " + variables[v].name, told(v) ? words::sentence_number(values[v]) : words("terminal.undetermined")});
  screen.heading(words("terminal.values"));
  screen.table({{"", false, 64}, {"", true, 30}}, rows);
  warnings(screen, words, s.report.warnings);
  return screen.take();
}

}  // namespace castner::report

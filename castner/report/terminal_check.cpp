// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "castner/report/finding_text.h"
#include "castner/report/summary.h"
#include "castner/report/terminal.h"
#include "castner/report/terminal_page.h"
#include "castner/unit_models/models.h"

namespace castner::report {
namespace {

using plant::Plant;

std::string n(std::size_t i) { return std::to_string(i); }
std::string n(int i) { return std::to_string(i); }

/// At most this many names, then how many more there are.
std::string some(const words::Words& words, std::vector<std::string> names, std::size_t most) {
  if (names.size() > most) {
    const std::size_t left = names.size() - most;
    names.resize(most);
    names.push_back(words("more", {{"n", n(left)}}));
  }
  return words.list(names);
}

words::Shown seen_from(const Plant& plant, const assess::StructureCheck::InstrumentClass& i) {
  return words::smallest_seen_in(words::unit_for(plant, i.variable), i.smallest_seen);
}

void simulation(Screen& screen, const words::Words& words, const Plant& plant, const assess::StructureCheck& c) {
  const auto& s = c.simulation;
  screen.heading(words("check.simulation"));
  const char* code = c.missing > 0              ? "check.undetermined"
                     : !c.undetermined.empty()  ? "check.no_flow"
                     : c.surplus_agrees         ? "check.surplus"
                     : c.unsolved               ? "check.unsolved"
                     : s.square_and_solvable()  ? "check.square"
                     : s.degrees_of_freedom > 0 ? "check.free"
                     : s.degrees_of_freedom < 0 ? "check.over"
                                                : "check.singular";
  screen.text(words(code, {{"n", n(c.missing > 0 ? c.missing : std::abs(s.degrees_of_freedom))}}), "  ");
  const auto variables = plant.flowsheet->variables();
  const auto equations = plant.flowsheet->equations();
  const auto names = [&](const std::vector<int>& indices, bool of_equations, const char* what) {
    std::vector<std::string> list;
    for (const int i : indices)
      list.push_back(of_equations ? words.said(equations[static_cast<std::size_t>(i)])
                                  : variables[static_cast<std::size_t>(i)].name);
    if (!list.empty()) screen.text(some(words, list, 12), "  " + words(what) + words("colon"));
  };
  if (!c.surplus_agrees) {
    names(s.over_equations, true, "check.over_equations");
    names(s.over_variables, false, "check.over_variables");
  }
  names(c.undetermined, false, "check.under_variables");
  names(s.under_variables, false, "check.under_variables");
}

/// Whether no error of it would be seen.
bool not_checked(const assess::StructureCheck& c, const assess::StructureCheck::InstrumentClass& i) {
  return i.kind == solve::Class::nonredundant || (c.sizes_known && !i.smallest_seen);
}

/// Those that are not checked, then those that are hardly checked, the weakest check first.
void hardly_checked(Screen& screen, const words::Words& words, const Plant& plant, const assess::StructureCheck& c) {
  std::vector<const assess::StructureCheck::InstrumentClass*> weak;
  for (const auto& i : c.instruments)
    if (i.hardly_checked) weak.push_back(&i);
  std::vector<std::string> none;
  for (const auto& i : c.instruments)
    if (not_checked(c, i)) none.push_back(i.tag);
  if (!none.empty())
    screen.text(words("check.not_checked", {{"n", n(none.size())}, {"list", some(words, none, 8)}}), "  ");
  if (weak.empty()) return;
  std::stable_sort(weak.begin(), weak.end(), [](auto one, auto other) { return one->in_sds() > other->in_sds(); });
  std::vector<Unseen> list;
  for (const auto* i : weak) list.push_back({i->tag, seen_from(plant, *i)});
  screen.text(words("check.hardly", {{"n", n(list.size())}, {"list", unseen_words(words, list)}}), "  ");
}

void reconciliation(Screen& screen, const words::Words& words, const Plant& plant, const assess::StructureCheck& c) {
  screen.heading(words("check.reconciliation"));
  if (c.reconciliation != solve::Status::converged) screen.text(words.said(c.advice.text), "  ◆ ");
  screen.text(words("check.redundancy", {{"n", n(c.degrees_of_redundancy)}}), "  ");
  std::vector<std::vector<std::string>> rows;
  for (const auto& i : c.instruments) {
    rows.push_back({"  " + i.tag, i.of,
                    words(i.hardly_checked    ? std::string("class.hardly")
                          : not_checked(c, i) ? std::string("class.nonredundant")
                                              : std::string("class.") + solve::class_name(i.kind))});
    if (c.sizes_known)
      rows.back().push_back(i.smallest_seen ? words::sentence_number(seen_from(plant, i))
                                            : words("instrument.not_checked"));
  }
  std::vector<Screen::Column> columns{{"  " + words("instrument.tag"), false, 24},
                                      {words("instrument.of"), false, 40},
                                      {words("stream.class"), false, 28}};
  if (c.sizes_known) columns.push_back({words("instrument.smallest_seen"), true, 20});
  if (!rows.empty()) screen.table(columns, rows);
  hardly_checked(screen, words, plant, c);
  if (c.sizes_known && !rows.empty()) screen.text(words("check.seen_at"), "  ");
  if (!c.untold.empty()) screen.text(words("check.untold", {{"paths", words.list(c.untold)}}), "  ");
  if (!c.unobservable.empty())
    screen.text(some(words, c.unobservable, 20), "  " + words("check.unobservable") + words("colon"));
}

void suggestions(Screen& screen, const words::Words& words, const Plant& plant, const assess::StructureCheck& c) {
  if (c.suggestions.empty()) return;
  screen.heading(words("check.suggestions"));
  int number = 0;
  for (const auto& g : c.suggestions) {
    const auto unit = words::unit_for(plant, plant.flowsheet->find(g.of).value_or(0));
    std::vector<std::string> brings, known;
    for (const auto& path : g.makes_known) known.push_back(indicator_words(words, path));
    if (!known.empty()) brings.push_back(words("check.makes_known", {{"list", words.list(known)}}));
    if (g.makes_observable > 0) brings.push_back(words("check.makes_observable", {{"n", n(g.makes_observable)}}));
    if (g.makes_redundant > 0) brings.push_back(words("check.makes_redundant", {{"n", n(g.makes_redundant)}}));
    if (g.sharpens > 0.005)
      brings.push_back(words("check.sharpens", {{"percent", fmt::format("{:.0f}", 100 * g.sharpens)}}));
    const std::string sd = words::sentence_number(words::difference_in(unit, g.sd_assumed, std::nullopt));
    screen.text(
        words(g.second ? "check.second" : "check.add", {{"path", g.of}, {"sd", sd}, {"brings", words.list(brings)}}),
        fmt::format("{:3} ", std::to_string(++number)));
  }
}

}  // namespace

std::string check_text(const Plant& plant, const assess::StructureCheck& c, const TerminalOptions& options) {
  const words::Words words(options.language);
  Screen screen(options);
  screen.text(words(c.passed() ? "check.passed" : "check.failed"), c.passed() ? "● " : "◆ ");
  screen.text(words("check.counts", {{"variables", n(c.variables)},
                                     {"equations", n(c.equations)},
                                     {"parameters", n(c.parameters_held)},
                                     {"specifications", n(c.specifications)}}),
              "  ");
  simulation(screen, words, plant, c);
  reconciliation(screen, words, plant, c);
  suggestions(screen, words, plant, c);
  if (!plant.warnings.empty()) {
    screen.heading(words("data.warnings"));
    for (const auto& w : plant.warnings) screen.text(words.said(w), "  - ");
  }
  return screen.take();
}

std::string models_text(const TerminalOptions& options) {
  const words::Words words(options.language);
  Screen screen(options);
  for (const auto& m : unit_models::all_models()) {
    screen.heading(m.name);
    screen.text(words.said(m.about), "  ");
    for (const bool inlet : {true, false}) {
      std::string ports;
      for (const auto& p : m.ports) {
        if (p.inlet != inlet) continue;
        std::vector<std::string> contents;
        for (const auto c : p.contents) contents.emplace_back(plant::contents_info(c).name);
        ports += (ports.empty() ? "" : "; ") + p.name + " (" + words.list(contents) +
                 (p.optional ? words("models.optional") : "") + ")";
      }
      if (!ports.empty()) screen.text(ports, "  " + words(inlet ? "models.inlets" : "models.outlets") + words("colon"));
    }
    std::vector<std::vector<std::string>> rows;
    for (const auto& p : m.parameters) {
      const bool variable = p.kind == plant::ParameterInfo::Kind::variable;
      std::string value = variable ? words("models.free") : words("models.required");
      if (!variable && p.default_value) value = fmt::format("{:.6g}", *p.default_value);
      rows.push_back({"    " + p.name, value, p.unit, words.said(p.about)});
    }
    if (!rows.empty())
      screen.table({{"    " + words("models.parameter"), false, 40},
                    {words("models.default"), true, 14},
                    {words("models.unit"), false, 14},
                    {words("models.about"), false, 60, true}},
                   rows);
  }
  return screen.take();
}

}  // namespace castner::report

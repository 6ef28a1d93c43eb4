// SPDX-License-Identifier: Apache-2.0
// The page of castner cells:
//  1. Is it all right: a sentence, then what was found, worst first, with evidence and advice.
//  2. Every cell by position; electrolysers; what to exchange; all cells.
//  3. What the answer rests on.
// Colour never speaks alone: each state and each class of voltage has a sign of its own.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <string_view>

#include "castner/report/cell_words.h"
#include "castner/report/cells.h"
#include "castner/report/cells_summary.h"
#include "castner/report/html_parts.h"

namespace castner::report {
namespace {

struct CellsPage {
  const CellsReport& report;
  const words::Words& words;
  const CellsSummary& summary;
};

insight::Finding::Severity severity_of(cells::Severity s) {
  using enum insight::Finding::Severity;
  return s == cells::Severity::critical ? critical : s == cells::Severity::warning ? warning : info;
}

std::string answer_html(const CellsPage& p) {
  std::string out = "<section id=\"answer\" class=\"summary\" aria-label=\"" + say(p.words, "label.answer") + "\">\n";
  out += fmt::format("<p class=\"answer\">{}<span>{}</span></p>\n<dl>\n", health_shape(p.summary.health),
                     escape(p.summary.answer));
  out += fact(say(p.words, "cells.label.cells"), escape(p.summary.cells));
  if (!p.summary.money.empty()) out += fact(say(p.words, "label.money"), escape(p.summary.money));
  std::string limits;
  for (const auto& sentence : p.summary.limits) limits += (limits.empty() ? "" : "<br/>") + escape(sentence);
  if (!limits.empty()) out += fact(say(p.words, "label.sure"), limits);
  return out + "</dl>\n</section>\n";
}

std::string finding_html(const CellsPage& p, const cell_room::CellFinding& f) {
  const CellFindingText text = describe(p.words, p.report.answer, f);
  const std::string severity(name_of(f.what.severity));
  std::string out = fmt::format("<article class=\"{}\">\n<h3><span>{} {}</span>", severity,
                                severity_shape(severity_of(f.what.severity)), escape(text.title));
  out += "<span class=\"word quiet\">" + say(p.words, "severity." + severity) + "</span>";
  if (costs(f)) out += "<span class=\"cost\">" + escape(day_words(p.report, p.words, f.cost_per_day)) + "</span>";
  out += "</h3>\n<p>" + escape(since_words(p.report, p.words, f)) + "</p>\n";
  if (!text.advice.empty()) out += "<p>" + say(p.words, "findings.next") + escape(text.advice) + "</p>\n";
  out += "<ul class=\"plain small\">\n";
  for (const auto& e : text.evidence) out += "<li>" + escape(e.text) + "</li>\n";
  if (!text.others.empty()) out += "<li>" + escape(text.others) + "</li>\n";
  return out + "</ul>\n</article>\n";
}

std::string findings_html(const CellsPage& p) {
  const auto all = p.report.answer.told();
  if (all.empty()) return {};
  std::string out = open_section(p.words, "findings", "section.findings"), over;
  for (const auto& f : all) {
    if (f.ended)
      over += "<li>" + escape(describe(p.words, p.report.answer, f).title) + say(p.words, "sentence.end") + " " +
              escape(since_words(p.report, p.words, f)) + "</li>\n";
    else
      out += finding_html(p, f);
  }
  if (!over.empty()) out += "<h3>" + say(p.words, "cells.over") + "</h3>\n<ul class=\"plain\">\n" + over + "</ul>\n";
  return out + "</section>\n";
}

/// How a cell is drawn on a map: its sign, its fill, and what it says where a pointer rests.
struct Square {
  std::string_view sign, css;
  std::string words;
};

Square by_state(const CellsPage& p, const cell_room::CellLine& c) {
  constexpr std::array<std::string_view, 4> kSigns{"", "△", "◆", "–"},
      kFills{"cell", "cell hot2", "cell hot3", "cell none"};
  const auto k = static_cast<std::size_t>(c.watch.state);
  std::string words = c.name + " " + p.words("cell.state." + std::string(name_of(c.watch.state)));
  if (c.finding) words = describe(p.words, p.report.answer, p.report.answer.findings[*c.finding]).title;
  return {kSigns[k], kFills[k], words};
}

constexpr double kNear = 10e-3, kFar = 30e-3;  ///< classes of the map [V]; 30 mV is what the trade looks at

Square by_voltage(const CellsPage& p, const cell_room::CellLine& c) {
  const auto& u = c.watch.standard_voltage;
  const double above = u.value - p.report.answer.electrolysers[c.electrolyser].standard_voltage.value;
  if (!std::isfinite(above)) return {"?", "cell none", c.name + " " + p.words("key.cannot_tell")};
  const std::string words = c.name + " " + words::sentence_number(shown_as(u, 1.0, "V"));
  if (above > kFar) return {"++", "cell hot2", words};
  if (above > kNear) return {"+", "cell hot1", words};
  if (above < -kFar) return {"−−", "cell cool2", words};
  if (above < -kNear) return {"−", "cell cool1", words};
  return {"", "cell", words};
}

constexpr int kRow = 20;                                  ///< cells
constexpr double kSide = 20.0, kGap = 2.0, kLeft = 34.0;  ///< [px]

std::string square_html(double x, double y, const Square& s) {
  std::string out = fmt::format("<g><title>{}</title><rect class=\"{}\" x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\"/>",
                                escape(s.words), s.css, px(x), px(y), px(kSide), px(kSide));
  if (!s.sign.empty())
    out += fmt::format("<text class=\"t\" text-anchor=\"middle\" x=\"{}\" y=\"{}\">{}</text>", px(x + kSide / 2),
                       px(y + 14.5), s.sign);
  return out + "</g>";
}

std::string map_html(const CellsPage& p, std::size_t electrolyser, const char* caption,
                     Square (*square)(const CellsPage&, const cell_room::CellLine&)) {
  const auto& a = p.report.answer;
  const std::string name = p.words(caption, {{"name", a.electrolysers[electrolyser].name}});
  const double step = kSide + kGap;
  std::string cells;
  std::size_t count = 0;
  for (const auto& c : a.cells) {
    if (c.electrolyser != electrolyser) continue;
    const double row = static_cast<double>((c.number - 1) / kRow), place = static_cast<double>((c.number - 1) % kRow);
    if (place == 0.0)
      cells += fmt::format("<text class=\"t q\" text-anchor=\"end\" x=\"{}\" y=\"{}\">{}</text>", px(kLeft - 6.0),
                           px(row * step + 14.5), c.number);
    cells += square_html(kLeft + place * step, row * step, square(p, c));
    ++count;
  }
  const double width = kLeft + kRow * step, height = std::ceil(static_cast<double>(count) / kRow) * step;
  return fmt::format(
      "<figure><figcaption>{0}</figcaption><svg class=\"chart\" viewBox=\"0 0 {1} {2}\" role=\"img\" "
      "aria-label=\"{0}\">{3}</svg></figure>\n",
      escape(name), px(width), px(height), cells);
}

std::string legend_html(const std::vector<std::pair<Square, std::string>>& all) {
  std::string out = "<ul class=\"legend\">\n";
  for (const auto& [square, words] : all)
    out += fmt::format("<li><svg viewBox=\"0 0 {0} {0}\" aria-hidden=\"true\" class=\"key\">{1}</svg>{2}</li>\n",
                       px(kSide), square_html(0.0, 0.0, square), escape(words));
  return out + "</ul>\n";
}

std::string map_section(const CellsPage& p) {
  const auto& w = p.words;
  std::string out =
      open_section(w, "map", "section.cell_map") + "<p class=\"caption\">" + say(w, "cells.map.caption") + "</p>\n";
  out += legend_html({{{"", "cell", ""}, w("cell.state.healthy")},
                      {{"△", "cell hot2", ""}, w("cell.state.suspect")},
                      {{"◆", "cell hot3", ""}, w("cell.state.sick")},
                      {{"–", "cell none", ""}, w("cell.state.unseen")}});
  const auto mv = [&](const char* code, const char* n) { return w(code, {{"mv", n}}); };
  out += legend_html({{{"−−", "cell cool2", ""}, mv("cells.map.below", "30")},
                      {{"−", "cell cool1", ""}, mv("cells.map.below", "10")},
                      {{"", "cell", ""}, w("cells.map.within")},
                      {{"+", "cell hot1", ""}, mv("cells.map.above", "10")},
                      {{"++", "cell hot2", ""}, mv("cells.map.above", "30")},
                      {{"?", "cell none", ""}, w("key.cannot_tell")}});
  out += "<div class=\"cell-maps\">\n";
  for (std::size_t e = 0; e < p.report.answer.electrolysers.size(); ++e)
    out += map_html(p, e, "cells.map.state", by_state) + map_html(p, e, "cells.map.voltage", by_voltage);
  return out + "</div>\n</section>\n";
}

/// Columns side by side as the rows of a table; the first of them heads its row.
struct Columns {
  HtmlTable table;
  void add(std::string heading, bool number, const std::vector<std::string>& cells) {
    table.columns.push_back({std::move(heading), number});
    table.rows.resize(cells.size());
    for (std::size_t i = 0; i < cells.size(); ++i) table.rows[i].push_back(cells[i]);
  }
  /// Numbers of one unit, which the heading says, with one number of decimals.
  template <class Rows, class NumberOf>
  void add_numbers(const words::Words& words, const char* heading, const Rows& all, NumberOf number_of) {
    std::vector<words::Shown> numbers;
    std::vector<words::InColumn> beside;
    for (const auto& row : all) numbers.push_back(number_of(row));
    for (auto& n : numbers) beside.push_back({"", &n});
    words::align(beside);
    const std::string unit = numbers.empty() ? "" : words::pretty_unit(numbers.front().unit);
    std::vector<std::string> cells;
    for (auto& n : numbers) n.unit = "1", cells.push_back(number_html(words, n));
    add(say(words, heading) + (unit.empty() ? "" : " <span class=\"nowrap\">[" + escape(unit) + "]</span>"), true,
        cells);
  }
};

template <class Rows, class TextOf>
std::vector<std::string> text_column(const Rows& rows, TextOf text_of) {
  std::vector<std::string> out;
  for (const auto& row : rows) out.push_back(text_of(row));
  return out;
}

std::string electrolysers_html(const CellsPage& p) {
  const auto& all = p.report.answer.electrolysers;
  const auto& w = p.words;
  Columns t;
  t.add(say(w, "cells.electrolyser"), false, text_column(all, [](const auto& e) { return escape(e.name); }));
  const auto count = [&](const char* state, int cell_room::ElectrolyserLine::*n) {
    t.add(say(w, state), true, text_column(all, [n](const auto& e) { return std::to_string(e.*n); }));
  };
  count("cell.state.healthy", &cell_room::ElectrolyserLine::healthy);
  count("cell.state.suspect", &cell_room::ElectrolyserLine::suspect);
  count("cell.state.sick", &cell_room::ElectrolyserLine::sick);
  count("cell.state.unseen", &cell_room::ElectrolyserLine::unseen);
  const auto number = [&](const char* heading, auto number_of) { t.add_numbers(w, heading, all, number_of); };
  number("cells.middle", [](const auto& e) { return shown_as(e.standard_voltage, 1.0, "V"); });
  number("cells.ohmic", [](const auto& e) { return shown_as(e.ohmic, 1.0, "V"); });
  number("cells.electrode", [](const auto& e) { return shown_as(e.electrode, 1.0, "V"); });
  // What is known of none has no column.
  if (std::any_of(all.begin(), all.end(), [](const auto& e) { return e.excess_power.known(); }))
    number("cells.excess", [](const auto& e) { return shown_as(e.excess_power, 1e-3, "kW"); });
  if (std::any_of(all.begin(), all.end(), [](const auto& e) { return e.hydrogen.known(); })) {
    number("cells.hydrogen", [](const auto& e) { return shown_as(e.hydrogen, 100.0, "%"); });
    t.add(say(w, "cells.hydrogen.time"), false, text_column(all, [&](const auto& e) {
            if (!e.hydrogen.known()) return number_html(w, {});
            return e.hydrogen_time ? escape(span_words(w, e.hydrogen_time->value)) : say(w, "cells.no_trend");
          }));
  }
  return open_section(w, "electrolysers", "section.electrolysers") +
         scroll_box(table_html(t.table), "room", w("section.electrolysers")) + "</section>\n";
}

std::string plan_html(const CellsPage& p) {
  const auto& a = p.report.answer;
  const auto& w = p.words;
  if (a.exchanges.empty()) return {};
  Columns t;
  t.add(say(w, "cells.cell"), false,
        text_column(a.exchanges, [&](const auto& x) { return escape(a.cells[x.line].name); }));
  t.add(say(w, "cells.part"), false,
        text_column(a.exchanges, [&](const auto& x) { return say(w, "cell.part." + std::string(name_of(x.what))); }));
  t.add(say(w, "cells.when"), false, text_column(a.exchanges, [&](const auto& x) { return escape(when_words(w, x)); }));
  t.add_numbers(w, "cells.payback", a.exchanges, [](const auto& x) { return shown_as(x.payback, 1.0, "d"); });
  t.add_numbers(w, "cells.payback_in_stop", a.exchanges,
                [](const auto& x) { return shown_as(x.payback_in_a_stop, 1.0, "d"); });
  t.add_numbers(w, "cells.cost_of_it", a.exchanges,
                [&](const auto& x) { return money(p.report, x.price + x.standstill); });
  t.add(say(w, "cells.waiting"), true,
        text_column(a.exchanges, [&](const auto& x) { return escape(waiting_words(p.report, w, x)); }));
  return open_section(w, "exchange", "section.exchanges") + "<p class=\"caption\">" + say(w, "cells.plan.caption") +
         "</p>\n" + scroll_box(table_html(t.table), "room", w("section.exchanges")) + "</section>\n";
}

std::string cells_html(const CellsPage& p) {
  const auto& a = p.report.answer;
  const auto& w = p.words;
  Columns t;
  t.add(say(w, "cells.cell"), false, text_column(a.cells, [](const auto& c) {
          return escape(c.name) + " <small class=\"quiet\">" + escape(c.tag) + "</small>";
        }));
  t.add(say(w, "cells.state"), false, text_column(a.cells, [&](const auto& c) {
          return std::string(by_state(p, c).sign) + " " + say(w, "cell.state." + std::string(name_of(c.watch.state)));
        }));
  const auto number = [&](const char* heading, auto number_of) { t.add_numbers(w, heading, a.cells, number_of); };
  number("cells.voltage", [](const auto& c) { return shown_as(c.watch.standard_voltage, 1.0, "V"); });
  number("cells.u0", [](const auto& c) { return shown_as(c.watch.u0, 1.0, "V"); });
  number("cells.k", [](const auto& c) { return shown_as(c.watch.k, 1e3, "V.m2/kA"); });
  number("cells.excess", [](const auto& c) { return shown_as(c.watch.excess_power, 1.0, "W"); });
  t.add(say(w, "cells.against"), false, text_column(a.cells, [&](const auto& c) {
          if (!c.watch.excess_power.known()) return std::string();
          return say(w, c.watch.own_level ? "cells.against.own" : "cells.against.median");
        }));
  if (p.report.file.economics && p.report.file.economics->electricity)
    number("cells.cost_per_day", [&](const auto& c) { return money_per_day(p.report, c.cost_per_day); });
  t.add(say(w, "cells.age"), true, text_column(a.cells, [&](const auto& c) {
          return c.age ? escape(span_words(w, *c.age * 86400.0)) : std::string();
        }));
  return open_section(w, "cells", "section.cells") + "<details><summary>" +
         say(w, "cells.show", {{"n", std::to_string(a.cells.size())}}) + "</summary>\n" +
         scroll_box(table_html(t.table), "room", w("section.cells")) + "</details>\n</section>\n";
}

std::string method_html(const CellsPage& p) {
  const auto& w = p.words;
  const auto& ref = p.report.answer.reference;
  const auto number = [](double v, const char* unit) {
    return words::sentence_number(words::shown(v, std::nullopt, unit));
  };
  std::string out = open_section(w, "method", "section.method");
  out += "<p>" + say(w, "cells.method.line") + "</p>\n";
  out += "<p>" +
         say(w, "cells.method.reference",
             {{"density", number(ref.current_density * 1e-3, "kA/m2")},
              {"temperature", number(ref.temperature - 273.15, "degC")},
              {"caustic", number(ref.caustic * 100.0, "%")}}) +
         "</p>\n";
  out += "<p>" + say(w, "cells.method.causes") + "</p>\n";
  out += "<p>" + say(w, "cells.method.hydrogen") + "</p>\n<dl class=\"facts\">\n";
  out += fact(say(w, "cells.method.file"), escape(p.report.cells_file));
  out += fact(say(w, "method.data"), escape(p.report.data_file));
  out += fact(say(w, "data.rows"), words::grouped(std::to_string(p.report.answer.rows)));
  std::string notes;
  for (const auto& n : p.report.notes) notes += (notes.empty() ? "" : "<br/>") + prose(w.said(n));
  if (!notes.empty()) out += fact(say(w, "data.notes"), notes);
  if (!p.report.castner_version.empty()) out += fact(say(w, "method.version"), escape(p.report.castner_version));
  return out + "</dl>\n</section>\n";
}

struct CellsPart {
  const char* id;
  const char* heading;
  std::string (*write)(const CellsPage&);
};
constexpr CellsPart kCellsParts[] = {{"findings", "section.findings", findings_html},
                                     {"map", "section.cell_map", map_section},
                                     {"electrolysers", "section.electrolysers", electrolysers_html},
                                     {"exchange", "section.exchanges", plan_html},
                                     {"cells", "section.cells", cells_html},
                                     {"method", "section.method", method_html}};

}  // namespace

std::string cells_html(const CellsReport& r, words::Language language) {
  const words::Words words(language);
  const CellsSummary summary = summarise(r, words);
  const CellsPage p{r, words, summary};
  std::string body, contents;
  for (const auto& part : kCellsParts) {
    const std::string section = part.write(p);
    if (section.empty()) continue;
    body += section;
    contents += fmt::format("<a href=\"#{}\">{}</a>\n", part.id, say(words, part.heading));
  }
  return document_html(words,
                       {.title = say(words, "cells.title", {{"name", r.answer.name}}),
                        .header = header_html(words, r.answer.name, period(r, words), r.data_file, r.castner_version),
                        .contents = contents,
                        .main = answer_html(p) + body});
}

}  // namespace castner::report

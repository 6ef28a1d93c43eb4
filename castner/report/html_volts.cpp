// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "castner/drawing/text_width.h"
#include "castner/report/html_parts.h"

namespace castner::report {
namespace {

const words::PeopleUnit kVolt{"V", "V", 1.0, 0.0};
const words::PeopleUnit kMillivolt{"mV", "mV", 1e-3, 0.0};

words::Shown volts(const Known& k) { return words::shown_in(kVolt, k.value, k.sd); }
words::Shown millivolts(const Known& k) { return words::shown_in(kMillivolt, k.value, k.sd); }

std::size_t part_index(const std::string& part) {
  return static_cast<std::size_t>(std::find(std::begin(kCellVoltageParts), std::end(kCellVoltageParts), part) -
                                  std::begin(kCellVoltageParts));
}

/// Cell voltages stacked part by part, all electrolysers on one axis; in percent of the width there is.
std::string stacks_html(const Page& p) {
  const auto& all = p.digest.electrolysers;
  double most = 0.0;
  for (const auto& e : all) most = std::max(most, *e.total.value + e.total.sd);
  most *= 1.01;
  const auto at = [&](double volt) { return percent(volt / most); };
  const auto marks = ticks(0.0, most, 6);
  std::string grid, axis;
  for (const double t : marks) {
    grid += fmt::format("<line class=\"axis\" x1=\"{0}\" y1=\"0\" x2=\"{0}\" y2=\"34\"/>", at(t));
    axis += fmt::format("<text class=\"t q\" text-anchor=\"{}\" x=\"{}\" y=\"14\">{:.1f} V</text>",
                        t == 0.0          ? "start"
                        : t > 0.93 * most ? "end"
                                          : "middle",
                        at(t), t);
  }
  std::string out = "<div class=\"rows\">\n";
  for (const auto& e : all) {
    out += "<span class=\"h3\">" + escape(drawing::cut(e.name, 14)) +
           "</span><svg width=\"100%\" height=\"34\" aria-hidden=\"true\">" + grid;
    double from = 0.0;
    for (const auto& [part, known] : e.parts) {
      if (*known.value <= 0.0) continue;  // a cell better than its model: the total beside it is still right
      out += fmt::format("<rect class=\"p{}\" x=\"{}\" y=\"5\" width=\"{}\" height=\"24\"><title>{} {}</title></rect>",
                         part_index(part), at(from), at(*known.value), say(p, "volts." + part),
                         escape(words::sentence_number(volts(known))));
      from += *known.value;
    }
    out += whisker(at(*e.total.value - e.total.sd), at(*e.total.value + e.total.sd), 17) + "</svg>";
    out += "<span class=\"n\">" + escape(words::sentence_number(volts(e.total))) + "</span>\n";
  }
  return out + "<span></span><svg width=\"100%\" height=\"20\" aria-hidden=\"true\">" + axis +
         "</svg><span></span>\n</div>\n";
}

std::string stack_legend(const Page& p) {
  std::string out = "<ul class=\"legend\">\n";
  for (std::size_t k = 0; k < std::size(kCellVoltageParts); ++k)
    out += fmt::format(
        "<li><svg viewBox=\"0 0 16 12\" aria-hidden=\"true\"><rect class=\"p{}\" width=\"16\" "
        "height=\"12\"/></svg>{}</li>\n",
        k, say(p, std::string("volts.") + kCellVoltageParts[k]));
  return out + "</ul>\n";
}

const Known* part_of(const VoltLine& e, const char* part) {
  for (const auto& [name, known] : e.parts)
    if (name == part) return &known;
  return nullptr;
}

/// One part of the voltage, a dot with its whisker for each electrolyser. `span` volts from edge to edge, the same in
/// every panel, so that distances can be compared between them.
std::string panel_svg(const Page& p, const char* part, double span) {
  const auto& all = p.digest.electrolysers;
  constexpr double kLeft = 64.0, kWidth = 340.0, kRow = 20.0, kTop = 4.0, kRight = 124.0;
  double low = 1e300, high = -1e300;
  for (const auto& e : all)
    if (const Known* k = part_of(e, part))
      low = std::min(low, *k->value - k->sd), high = std::max(high, *k->value + k->sd);
  const double from = (low + high - span) / 2, scale = (kWidth - kLeft - kRight) / span;
  const double bottom = kTop + kRow * static_cast<double>(all.size());
  const auto x = [&](double v) { return kLeft + (v - from) * scale; };
  std::string out = fmt::format(
      "<figure><figcaption>{}</figcaption><svg class=\"chart\" role=\"img\" aria-label=\"{}\" viewBox=\"0 0 {} {}\">\n",
      say(p, std::string("volts.") + part), say(p, std::string("volts.") + part), px(kWidth), px(bottom + 22));
  for (const double t : ticks(from * 1e3, (from + span) * 1e3, 3)) {
    out += fmt::format("<path class=\"axis\" d=\"M{0} {1}V{2}\"/>", px(x(t / 1e3)), px(kTop), px(bottom));
    out += fmt::format("<text class=\"t q\" text-anchor=\"middle\" x=\"{}\" y=\"{}\">{}</text>\n", px(x(t / 1e3)),
                       px(bottom + 16), words::grouped(fmt::format("{:.0f}", t)));
  }
  double y = kTop + kRow / 2;
  for (const auto& e : all) {
    out += fmt::format("<text class=\"t q\" x=\"0\" y=\"{}\">{}</text>", px(y + 4.5), escape(drawing::cut(e.name, 8)));
    if (const Known* k = part_of(e, part)) {
      out += fmt::format("<path class=\"whisker\" d=\"M{} {}H{}\"/>", px(x(*k->value - k->sd)), px(y),
                         px(x(*k->value + k->sd)));
      out += fmt::format("<circle class=\"filled\" cx=\"{}\" cy=\"{}\" r=\"4\"/>", px(x(*k->value)), px(y));
      out += fmt::format("<text class=\"t\" text-anchor=\"end\" x=\"{}\" y=\"{}\">{}</text>\n", px(kWidth), px(y + 4.5),
                         escape(words::sentence_number(millivolts(*k))));
    }
    y += kRow;
  }
  return out + "</svg></figure>\n";
}

}  // namespace

std::string volts_html(const Page& p) {
  const auto& all = p.digest.electrolysers;
  if (all.empty()) return {};
  double span = 0.0;
  for (const char* part : kCellVoltageParts) {
    double low = 1e300, high = -1e300;
    for (const auto& e : all)
      if (const Known* k = part_of(e, part))
        low = std::min(low, *k->value - k->sd), high = std::max(high, *k->value + k->sd);
    if (high > low) span = std::max(span, (high - low) * 1.1);
  }
  const std::string now = when(p.digest, p.words);
  std::string out = open_section(p, "volts", "section.volts");
  out += "<p class=\"caption\">" + say(p, "volts.caption.report", {{"when", now}}) + "</p>\n" + stack_legend(p);
  out += "<figure>" + stacks_html(p) + "</figure>\n";
  if (span > 0.0) {
    out += "<p class=\"caption\">" + say(p, "volts.parts_caption") + "</p>\n<div class=\"small-multiples\">\n";
    for (const char* part : kCellVoltageParts)
      if (std::any_of(all.begin(), all.end(), [&](const auto& e) { return part_of(e, part) != nullptr; }))
        out += panel_svg(p, part, span);
    out += "</div>\n";
  }
  HtmlTable t;
  t.columns.push_back({say(p, "volts.unit"), false});
  for (const char* part : kCellVoltageParts) t.columns.push_back({say(p, std::string("volts.") + part), true});
  t.columns.push_back({say(p, "volts.total"), true});
  std::vector<std::vector<std::string>> rows;
  for (const auto& e : all) rows.push_back({escape(e.name)});
  const auto column = [&](const auto& number_of) {
    std::vector<words::Shown> numbers;
    std::vector<words::InColumn> cells;
    for (const auto& e : all) numbers.push_back(number_of(e));
    for (auto& n : numbers) cells.push_back({"", &n});
    words::align(cells);
    for (std::size_t k = 0; k < rows.size(); ++k) rows[k].push_back(number_html(p, numbers[k]));
  };
  for (const char* part : kCellVoltageParts)
    column([&](const VoltLine& e) {
      const Known* k = part_of(e, part);
      return k ? volts(*k) : words::Shown{};
    });
  column([&](const VoltLine& e) { return volts(e.total); });
  t.rows = std::move(rows);
  return out + behind_chart(p, t) + "</section>\n";
}

}  // namespace castner::report

// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "castner/ops/money.h"
#include "castner/report/html_parts.h"

namespace castner::report {
namespace {

std::string numbers(const Page& p, const LossGroup& b) {
  std::string out = sentence_number(shown(b.power));
  if (b.cost_per_year.value) {
    const auto day = ops::per_day(p.plant, b.cost_per_year);
    out += (out.empty() ? "" : " · ") + sentence_number(shown(day));
  }
  return out;
}

/// Two lines a bar, so that the same drawing works on a phone: words above, bar below, numbers at its end.
std::string bars_svg(const Page& p, const std::vector<LossGroup>& bars) {
  constexpr double kWidth = 1000.0, kRow = 46.0, kRoom = 300.0;  // room for the numbers right of the longest bar
  double most = 0.0;
  for (const auto& b : bars) most = std::max(most, std::abs(b.power.value.value_or(0.0)) + b.power.sd.value_or(0.0));
  if (most <= 0.0) most = 1.0;
  const double scale = (kWidth - kRoom) / most, height = kRow * static_cast<double>(bars.size()) + 4.0;
  std::string out = fmt::format("<svg class=\"chart wide\" role=\"img\" aria-label=\"{}\" viewBox=\"0 0 {} {}\">\n",
                                say(p, "section.losses"), px(kWidth), px(height));
  double y = 0.0;
  for (const auto& b : bars) {
    const double value = std::max(0.0, b.power.value.value_or(0.0)), sd = b.power.sd.value_or(0.0);
    out += fmt::format("<text class=\"t\" x=\"0\" y=\"{}\"><tspan class=\"h3\">{}</tspan> <tspan class=\"q\">{}</tspan></text>\n",
                       px(y + 14), escape(b.name), say(p, "loss.against") + escape(p.words("colon") + b.against));
    out += fmt::format("<rect class=\"bar\" x=\"0\" y=\"{}\" width=\"{}\" height=\"14\"/>\n", px(y + 21), px(value * scale));
    if (sd > 0.0) {
      const double from = std::max(0.0, value - sd) * scale, to = (value + sd) * scale;
      out += fmt::format("<path class=\"whisker\" d=\"M{0} {2}H{1}M{0} {3}v8M{1} {3}v8\"/>\n", px(from), px(to), px(y + 28),
                         px(y + 24));
    }
    out += fmt::format("<text class=\"t\" x=\"{}\" y=\"{}\">{}</text>\n", px((value + sd) * scale + 10), px(y + 32.5),
                       escape(numbers(p, b)));
    y += kRow;
  }
  out += fmt::format("<path class=\"zero\" d=\"M0.5 0V{}\"/>\n", px(height - 4));
  return out + "</svg>\n";
}

Table loss_table(const Page& p, const std::vector<const ops::Loss*>& losses) {
  Table t;
  for (const char* code : {"loss.path", "loss.kind", "loss.against", "loss.power", "loss.cost"})
    t.columns.push_back({say(p, code), std::string_view(code) == "loss.power" || std::string_view(code) == "loss.cost"});
  for (const auto* l : losses)
    t.rows.push_back({escape(l->path), say(p, "loss." + l->kind), escape(reference_words(p.words, *l)),
                      number_html(p, shown(l->power)), number_html(p, shown(l->cost_per_year))});
  return t;
}

std::string group(const Page& p, const char* heading, const char* note, const std::vector<LossGroup>& bars,
                  const std::vector<const ops::Loss*>& losses) {
  std::string out = "<h3>" + say(p, heading) + "</h3>\n<p class=\"caption\">" + say(p, note) + "</p>\n";
  if (!bars.empty()) out += "<figure>" + scroll_box(p, bars_svg(p, bars), "", p.words(heading)) + "</figure>\n";
  return out + behind_chart(p, loss_table(p, losses));
}

}  // namespace

std::string losses_html(const Page& p) {
  std::string out = open_section(p, "losses", "section.losses");
  std::vector<const ops::Loss*> avoid, parts;
  for (const auto& l : p.assessment.losses) (avoidable(l) ? avoid : parts).push_back(&l);
  if (avoid.empty() && parts.empty()) return out + "<p>" + say(p, "losses.none") + "</p>\n</section>\n";

  out += "<p class=\"caption\">" + say(p, "losses.caption", {{"when", when(p.digest, p.words)}}) + " ";
  out += say(p, "losses.cost_caption", {{"hours", grouped(fmt::format("{:.0f}", p.plant.economics.hours_per_year))}}) + "</p>\n";
  const LossView view = view_losses(p.assessment, p.words);
  if (!avoid.empty()) {
    out += group(p, "losses.avoidable", "losses.avoidable_note", view.avoidable, avoid);
    if (view.unclear > 0) out += "<p class=\"caption\">" + say(p, "losses.unclear", {{"n", std::to_string(view.unclear)}}) + "</p>\n";
  }
  if (!parts.empty()) out += group(p, "losses.where", "losses.where_note", view.parts, parts);
  return out + "</section>\n";
}

}  // namespace castner::report

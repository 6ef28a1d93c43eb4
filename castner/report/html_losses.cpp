// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "castner/assess/money.h"
#include "castner/report/html_parts.h"

namespace castner::report {
namespace {

/// Power and money, each kept on one line.
std::string numbers(const Page& p, const LossGroup& b) {
  const auto piece = [](const std::string& text) { return "<span class=\"nowrap\">" + escape(text) + "</span>"; };
  std::string out = piece(words::sentence_number(words::shown(b.power)));
  if (b.cost_per_year.value)
    out += " · " + piece(words::sentence_number(words::shown(assess::per_day(p.plant, b.cost_per_year))));
  return out;
}

/// Words above each bar, which is drawn in percent of the width there is: a phone's or a desk's.
std::string bars_html(const Page& p, const std::vector<LossGroup>& bars) {
  double most = 0.0;
  for (const auto& b : bars) most = std::max(most, std::abs(b.power.value.value_or(0.0)) + b.power.sd.value_or(0.0));
  if (most <= 0.0) most = 1.0;
  std::string out = "<ul class=\"bars\">\n";
  for (const auto& b : bars) {
    const double value = std::max(0.0, b.power.value.value_or(0.0)), sd = b.power.sd.value_or(0.0);
    const auto at = [&](double v) { return percent(std::max(0.0, v) / most); };
    out += fmt::format("<li><span class=\"h3\">{}</span> <span>{}</span> <span class=\"quiet\">{}</span>\n",
                       escape(b.name), numbers(p, b), say(p, "loss.against") + escape(p.words("colon") + b.against));
    out += fmt::format(
        "<svg width=\"100%\" height=\"16\" aria-hidden=\"true\"><rect class=\"bar\" y=\"1\" width=\"{}\" "
        "height=\"14\"/>",
        at(value));
    if (sd > 0.0) out += whisker(at(value - sd), at(value + sd), 8);
    out += "</svg></li>\n";
  }
  return out + "</ul>\n";
}

HtmlTable loss_table(const Page& p, const std::vector<const assess::Loss*>& losses) {
  HtmlTable t;
  for (const char* code : {"loss.path", "loss.kind", "loss.against", "loss.power", "loss.cost"})
    t.columns.push_back(
        {say(p, code), std::string_view(code) == "loss.power" || std::string_view(code) == "loss.cost"});
  std::vector<words::Shown> numbers;
  for (const auto* l : losses)
    numbers.push_back(words::shown(l->power)), numbers.push_back(words::shown(l->cost_per_year));
  std::vector<words::InColumn> column;
  for (auto& n : numbers) column.push_back({"", &n});
  words::align(column);
  for (std::size_t k = 0; k < losses.size(); ++k)
    t.rows.push_back({escape(losses[k]->path), say(p, "loss." + losses[k]->kind),
                      escape(reference_words(p.words, *losses[k])), number_html(p, numbers[2 * k]),
                      number_html(p, numbers[2 * k + 1])});
  return t;
}

std::string group(const Page& p, const char* heading, const char* note, const std::vector<LossGroup>& bars,
                  const std::vector<const assess::Loss*>& losses) {
  std::string out = "<h3>" + say(p, heading) + "</h3>\n<p class=\"caption\">" + say(p, note) + "</p>\n";
  const HtmlTable table = loss_table(p, losses);
  if (bars.empty()) return out + scroll_box(p, table_html(table), "", p.words(heading));
  return out + "<figure>" + bars_html(p, bars) + "</figure>\n" + behind_chart(p, table);
}

}  // namespace

std::string losses_html(const Page& p) {
  std::string out = open_section(p, "losses", "section.losses");
  std::vector<const assess::Loss*> avoid, parts;
  for (const auto& l : p.assessment.losses) (avoidable(l) ? avoid : parts).push_back(&l);
  if (avoid.empty() && parts.empty())
    return out + "<p>" + say(p, why_no_losses(p.plant, p.digest)) + "</p>\n</section>\n";

  out += "<p class=\"caption\">" + say(p, "losses.caption", {{"when", when(p.digest, p.words)}}) + " ";
  out += say(p, "losses.cost_caption",
             {{"hours", words::grouped(fmt::format("{:.0f}", p.plant.economics.hours_per_year))}}) +
         "</p>\n";
  if (p.assessment.open) out += "<p>" + say(p, "energy.open") + "</p>\n";
  const LossView view = view_losses(p.assessment, p.words);
  if (!avoid.empty()) {
    out += group(p, "losses.avoidable", "losses.avoidable_note", view.avoidable, avoid);
    if (view.unclear > 0)
      out += "<p class=\"caption\">" + say(p, "losses.unclear", {{"n", std::to_string(view.unclear)}}) + "</p>\n";
  }
  if (!parts.empty()) out += group(p, "losses.where", "losses.where_note", view.parts, parts);
  return out + "</section>\n";
}

}  // namespace castner::report

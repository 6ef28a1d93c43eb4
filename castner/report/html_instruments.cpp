// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "castner/report/html_parts.h"

namespace castner::report {
namespace {

constexpr double kWidth = 200.0, kHeight = 18.0, kMost = 6.0;  // px, px, sd from the middle to either edge
constexpr std::size_t kMostRows = 400;

double x_of(double sds) { return kWidth / 2 + std::clamp(sds, -kMost, kMost) * (kWidth / 2 - 10) / kMost; }

/// The reconciled value in the middle with its whisker, the measured one beside it, in the instrument's own sd.
std::string dots_svg(const InstrumentLine& i) {
  std::string out =
      fmt::format("<svg class=\"dots\" viewBox=\"0 0 {0} {1}\" width=\"{0}\" height=\"{1}\" aria-hidden=\"true\">",
                  px(kWidth), px(kHeight));
  for (const double t : {-6.0, -4.0, -2.0, 2.0, 4.0, 6.0})
    out += fmt::format("<path class=\"axis\" d=\"M{0} 3V{1}\"/>", px(x_of(t)), px(kHeight - 3));
  out += fmt::format("<path class=\"zero\" d=\"M{0} 1V{1}\"/>", px(x_of(0)), px(kHeight - 1));
  if (i.in_sd) {
    const double measured = -*i.in_sd, half = i.reconciled_sd.value_or(0.0);
    const bool bad = i.verdict == Verdict::wrong || i.verdict == Verdict::one_of_several;
    out += fmt::format("<path class=\"whisker\" d=\"M{} 9H{}\"/>", px(x_of(-half)), px(x_of(half)));
    out += fmt::format("<circle class=\"filled\" cx=\"{}\" cy=\"9\" r=\"4\"/>", px(x_of(0)));
    if (std::abs(measured) > kMost) {  // beyond the axis: an arrowhead at its end
      const double x = x_of(measured), d = measured > 0 ? 7.0 : -7.0;
      out += fmt::format("<path class=\"{}\" d=\"M{} 4.5l{} 4.5l{} 4.5z\"/>", bad ? "hollow-bad" : "hollow", px(x),
                         px(d), px(-d));
    } else {
      out += fmt::format("<circle class=\"{}\" cx=\"{}\" cy=\"9\" r=\"4\"/>", bad ? "hollow-bad" : "hollow",
                         px(x_of(measured)));
    }
  }
  return out + "</svg>";
}

/// What is wrong first; within that the order of the plant file.
int rank(Verdict v) {
  switch (v) {
    case Verdict::wrong: return 0;
    case Verdict::one_of_several: return 1;
    case Verdict::doubtful: return 2;
    case Verdict::not_used: return 3;
    case Verdict::agrees:
    case Verdict::hardly_checked:
    case Verdict::unchecked: return 4;
  }
  return 4;
}

std::string verdict_html(const Page& p, const InstrumentLine& i) {
  const char* css = rank(i.verdict) == 0 ? "bad" : rank(i.verdict) <= 2 ? "warn" : "quiet";
  return fmt::format("<span class=\"verdict {}\">{} {}</span>", css, verdict_shape(i.verdict),
                     escape(verdict_words(p.words, i, p.digest)));
}

std::string seen_from_html(const Page& p, const InstrumentLine& i) {
  if (i.smallest_seen.known()) return number_html(p, i.smallest_seen);
  const std::string words = seen_from_words(p.words, i);
  return words.empty() ? words : "<span class=\"unknown\">" + escape(words) + "</span>";
}

}  // namespace

std::string instruments_html(const Page& p) {
  std::string out = open_section(p, "instruments", "section.instruments");
  const auto& all = p.digest.instruments;
  if (all.empty()) return out + "<p>" + say(p, "instrument.none") + "</p>\n</section>\n";
  out += "<p class=\"caption\">" + say(p, "instrument.caption", {{"when", when(p.digest, p.words)}}) + "</p>\n";

  std::vector<const InstrumentLine*> order;
  for (const auto& i : all) order.push_back(&i);
  std::stable_sort(order.begin(), order.end(), [](auto a, auto b) { return rank(a->verdict) < rank(b->verdict); });

  std::string axis = fmt::format(
      "<svg class=\"dots\" viewBox=\"0 0 {0} 16\" width=\"{0}\" height=\"16\" aria-hidden=\"true\">", px(kWidth));
  for (const double t : {-6.0, -4.0, -2.0, 0.0, 2.0, 4.0, 6.0})
    axis += fmt::format("<text class=\"t q\" text-anchor=\"middle\" x=\"{}\" y=\"13\">{}</text>", px(x_of(t)),
                        words::grouped(fmt::format("{:.0f}", t)));
  axis += "</svg>";
  HtmlTable t;
  t.columns = {{say(p, "instrument.tag"), false},
               {say(p, "instrument.of"), false},
               {say(p, "instrument.measured"), true},
               {say(p, "instrument.reconciled"), true},
               {say(p, "instrument.adjustment"), true},
               {say(p, "instrument.in_sd"), true},
               {axis, false},
               {say(p, "instrument.smallest_seen"), true},
               {say(p, "instrument.verdict"), false}};
  for (const auto* i : order) {
    if (t.rows.size() == kMostRows) break;
    const auto in_sd = i->in_sd ? escape(words::in_sds(*i->in_sd)) : std::string();
    t.rows.push_back(
        {escape(i->tag),
         named_html(p.names.instrument(p.plant.measurements[static_cast<std::size_t>(i - all.data())]), i->path),
         i->measured.known() ? number_html(p, i->measured) : "",
         i->reconciled.known() ? number_html(p, i->reconciled) : number_html(p, {}),
         i->adjustment.known() ? number_html(p, {i->adjustment.value, {}, i->adjustment.unit}) : "", in_sd,
         dots_svg(*i), seen_from_html(p, *i), verdict_html(p, *i)});
  }
  std::string table = table_html(t);
  out += scroll_box(p, table, "", p.words("section.instruments"));
  if (order.size() > kMostRows)
    out += "<p class=\"caption\">" + say(p, "more", {{"n", std::to_string(order.size() - kMostRows)}}) + "</p>\n";
  return out + "</section>\n";
}

}  // namespace castner::report

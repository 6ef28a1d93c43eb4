// SPDX-License-Identifier: Apache-2.0
// Time in the HTML report: the strip of windows and the trends of indicators, as SVG.
//  1. kind_of: each window is unsteady, failed (not solved), open (balances do not close) or steady; each kind has a
//     colour and a height of its own, so that colour never speaks alone.
//  2. rows_of: a row a day while these are not too many, else one row for all time; the day begins at midnight on the
//     plant's clock.
//  3. strip_html puts each window and each gap into its row.
//  4. trend_svg: points for the reconciled windows, with a band of one sd; nothing is drawn across windows without a
//     balance.
//  5. window_table tells the same in words.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "castner/drawing/text_width.h"
#include "castner/report/html_parts.h"
#include "castner/report/plant_clock.h"

namespace castner::report {
namespace {

enum class Kind { steady, open, unsteady, failed };

Kind kind_of(const assess::AssessedWindow& w) {
  if (!w.state) return Kind::unsteady;
  if (!reconciled(w)) return Kind::failed;
  const auto& r = w.state->reconciliation;
  const auto& last = r.after_elimination ? *r.after_elimination : r.global_test;
  return last.passed && !*last.passed ? Kind::open : Kind::steady;
}

const char* code_of(Kind k) {
  switch (k) {
    case Kind::steady: return "windows.steady";
    case Kind::open: return "windows.open";
    case Kind::unsteady: return "windows.unsteady";
    case Kind::failed: return "windows.failed";
  }
  return "windows.unsteady";
}

/// Each kind has its own height too, so that it is told apart without colour. x and width are SVG lengths.
std::string block(Kind k, const std::string& x, const std::string& width, const std::string& title) {
  const auto rect = [&](const char* css, int top, int height) {
    return fmt::format("<rect class=\"{}\" x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\"><title>{}</title></rect>\n",
                       css, x, top, width, height, escape(title));
  };
  switch (k) {
    case Kind::steady: return rect("w-steady", 0, 20);
    case Kind::open: return rect("w-open", 0, 20);
    case Kind::unsteady: return rect("w-unsteady", 13, 6);
    case Kind::failed: return rect("w-failed", 6, 8);
  }
  return {};
}

double seconds(Time a, Time b) { return std::chrono::duration<double>(b - a).count(); }

/// A row of the strip: a day, or all the time there is.
struct Row {
  std::string name;
  Time start;
  double length = 86400.0;  ///< [s]
  std::string drawing;
};

std::vector<Row> rows_of(const Page& p, const PlantClock& clock) {
  constexpr std::size_t kMostDays = 62;
  std::vector<Row> rows;
  for (const auto& w : p.assessment.windows) {
    if (!w.from || (!rows.empty() && rows.back().name == clock.date(*w.from))) continue;
    // The day begins as many hours before the window as its clock shows: good to the hour a clock is changed by.
    const std::string at = clock.clock(*w.from);
    const auto minutes = std::chrono::minutes(60 * std::stoi(at.substr(0, 2)) + std::stoi(at.substr(3, 2)));
    rows.push_back({.name = clock.date(*w.from), .start = *w.from - minutes, .length = 86400.0, .drawing = {}});
  }
  if (rows.size() > kMostDays)
    rows = {{.name = clock.date(*p.digest.from),
             .start = *p.digest.from,
             .length = std::max(1.0, seconds(*p.digest.from, *p.digest.to)),
             .drawing = {}}};
  return rows;
}

/// Windows along time, a row for each day where that is not too many.
std::string strip_html(const Page& p, const PlantClock& clock) {
  auto rows = rows_of(p, clock);
  const bool days = rows.front().length == 86400.0;
  std::string grid, axis;
  for (int h = 0; days && h <= 24; h += 6) {
    grid += fmt::format("<line class=\"axis\" x1=\"{0}\" y1=\"0\" x2=\"{0}\" y2=\"28\"/>", percent(h / 24.0));
    axis += fmt::format("<text class=\"t q\" text-anchor=\"{}\" x=\"{}\" y=\"14\">{:02}:00</text>",
                        h == 0    ? "start"
                        : h == 24 ? "end"
                                  : "middle",
                        percent(h / 24.0), h);
  }
  const auto place = [&](Row& row, Time from, Time to) {
    const double a = std::clamp(seconds(row.start, from) / row.length, 0.0, 1.0),
                 b = std::clamp(seconds(row.start, to) / row.length, 0.0, 1.0);
    return std::pair(a, b - a);
  };
  const auto row_at = [&](Time t) -> Row& {
    for (auto& r : rows)
      if (seconds(r.start, t) < r.length) return r;
    return rows.back();
  };
  for (const auto& w : p.assessment.windows) {
    if (!w.from || !w.to) continue;
    Row& row = row_at(*w.from);
    const auto [x, width] = place(row, *w.from, *w.to);
    const std::string title =
        clock.rfc3339(*w.from) + " – " + clock.rfc3339(*w.to) + p.words("colon") + p.words(code_of(kind_of(w)));
    row.drawing += block(kind_of(w), percent(x), percent(0.95 * width), title);
  }
  for (const auto& g : p.assessment.gaps) {
    Row& row = row_at(g.from);
    const auto [x, width] = place(row, g.from, g.to);
    row.drawing += fmt::format("<line class=\"w-gap\" x1=\"{}\" y1=\"24\" x2=\"{}\" y2=\"24\"/>\n", percent(x),
                               percent(x + std::max(0.003, width)));
  }
  std::string out = "<div class=\"rows two\">\n<span></span><svg width=\"100%\" height=\"18\" aria-hidden=\"true\">" +
                    axis + "</svg>\n";
  for (const auto& r : rows)
    out += "<span>" + escape(r.name) + "</span><svg width=\"100%\" height=\"28\" role=\"img\" aria-label=\"" +
           escape(r.name) + "\">" + grid + r.drawing + "</svg>\n";
  return out + "</div>\n";
}

std::string legend(const Page& p) {
  std::set<Kind> present;
  for (const auto& w : p.assessment.windows) present.insert(kind_of(w));
  std::string out = "<ul class=\"legend\">\n";
  for (const Kind k : present)
    out += "<li><svg viewBox=\"0 0 16 20\" aria-hidden=\"true\">" + block(k, "0", "15", p.words(code_of(k))) +
           "</svg>" + say(p, code_of(k)) + "</li>\n";
  if (!p.assessment.gaps.empty())
    out += "<li><svg viewBox=\"0 0 16 12\" aria-hidden=\"true\"><path class=\"w-gap\" d=\"M0 6H16\"/></svg>" +
           say(p, "windows.gap") + "</li>\n";
  return out + "</ul>\n";
}

/// One indicator through time: points for the reconciled windows, a band of one sd around them.
std::string trend_svg(const Page& p, const std::string& name, const PlantClock& clock) {
  struct Point {
    double t, value, sd;
  };
  std::vector<Point> points;
  words::PeopleUnit unit;
  for (const auto& w : p.assessment.windows) {
    if (!reconciled(w) || !w.from || !w.to) continue;
    const auto it = w.state->indicators.find(name);
    if (it == w.state->indicators.end() || !it->second.value) continue;
    if (points.empty()) unit = words::unit_for(it->second.unit, *it->second.value, name);
    const auto in_unit = [&](double v) { return (v - unit.offset) / unit.scale; };
    points.push_back({seconds(*p.digest.from, *w.from) + seconds(*w.from, *w.to) / 2, in_unit(*it->second.value),
                      it->second.sd.value_or(0.0) / unit.scale});
  }
  if (points.size() < 2) return {};
  constexpr double kWidth = 380.0, kHeight = 120.0, kLeft = 52.0, kBottom = 22.0, kTop = 8.0;
  double low = 1e300, high = -1e300;
  for (const auto& q : points) low = std::min(low, q.value - q.sd), high = std::max(high, q.value + q.sd);
  if (!(high > low)) low -= 1.0, high += 1.0;
  const double all = std::max(1.0, seconds(*p.digest.from, *p.digest.to));
  const auto x = [&](double t) { return kLeft + (kWidth - kLeft - 4) * t / all; };
  const auto y = [&](double v) { return kTop + (kHeight - kTop - kBottom) * (high - v) / (high - low); };
  const std::string heading = indicator_words(p.words, name) +
                              (words::pretty_unit(unit.code).empty() ? "" : " [" + words::pretty_unit(unit.code) + "]");
  std::string out = fmt::format(
      "<figure><figcaption>{}</figcaption><svg class=\"chart\" role=\"img\" aria-label=\"{}\" viewBox=\"0 0 {} {}\">\n",
      escape(heading), escape(heading), px(kWidth), px(kHeight));
  const auto marks = ticks(low, high, 3);
  const double step = marks.size() > 1 ? marks[1] - marks[0] : 1.0;
  const int decimals = std::max(0, static_cast<int>(-std::floor(std::log10(step) + 1e-9)));
  for (const double t : marks) {
    out += fmt::format("<path class=\"axis\" d=\"M{} {}H{}\"/>", px(kLeft), px(y(t)), px(kWidth));
    out += fmt::format("<text class=\"t q\" text-anchor=\"end\" x=\"{}\" y=\"{}\">{}</text>\n", px(kLeft - 6),
                       px(y(t) + 4.5), words::grouped(fmt::format("{:.{}f}", t, decimals)));
  }
  // A hole in time is a hole in the band: nothing is drawn across windows that were not reconciled.
  const double reach = 1.5 * p.plant.assess.window;
  for (std::size_t from = 0; from < points.size();) {
    std::size_t to = from + 1;
    while (to < points.size() && points[to].t - points[to - 1].t <= reach) ++to;
    std::string upper, lower, line;
    for (std::size_t k = from; k < to; ++k) {
      upper += fmt::format("{} {} ", px(x(points[k].t)), px(y(points[k].value + points[k].sd)));
      lower = fmt::format("{} {} ", px(x(points[k].t)), px(y(points[k].value - points[k].sd))) + lower;
      line += fmt::format("{}{} {}", k == from ? "M" : "L", px(x(points[k].t)), px(y(points[k].value)));
    }
    if (to - from > 1) {
      out += "<polygon class=\"band\" points=\"" + upper + lower + "\"/>";
      out += "<path class=\"trend\" d=\"" + line + "\"/>\n";
    } else {
      const auto& q = points[from];
      out += fmt::format(
          "<path class=\"whisker\" d=\"M{0} {1}V{2}\"/><circle class=\"point\" cx=\"{0}\" cy=\"{3}\" r=\"2.5\"/>\n",
          px(x(q.t)), px(y(q.value + q.sd)), px(y(q.value - q.sd)), px(y(q.value)));
    }
    from = to;
  }
  out += fmt::format("<text class=\"t q\" x=\"{}\" y=\"{}\">{}</text>", px(kLeft), px(kHeight - 4),
                     escape(clock.minute(*p.digest.from)));
  out += fmt::format("<text class=\"t q\" text-anchor=\"end\" x=\"{}\" y=\"{}\">{}</text>\n", px(kWidth),
                     px(kHeight - 4), escape(clock.minute(*p.digest.to)));
  return out + "</svg></figure>\n";
}

HtmlTable window_table(const Page& p, const PlantClock& clock) {
  HtmlTable t;
  t.columns = {{say(p, "windows.from"), false},     {say(p, "windows.to"), false},
               {say(p, "windows.rows"), true},      {say(p, "windows.state"), false},
               {say(p, "windows.statistic"), true}, {say(p, "windows.unsteady_tags"), false}};
  constexpr std::size_t kMostTags = 8;
  for (const auto& w : p.assessment.windows) {
    if (!w.from || !w.to) continue;
    std::vector<std::string> tags(
        w.unsteady_tags.begin(),
        w.unsteady_tags.begin() + static_cast<std::ptrdiff_t>(std::min(kMostTags, w.unsteady_tags.size())));
    if (w.unsteady_tags.size() > kMostTags)
      tags.push_back(p.words("more", {{"n", std::to_string(w.unsteady_tags.size() - kMostTags)}}));
    std::string test;
    if (reconciled(w)) {
      const auto& r = w.state->reconciliation;
      const auto& last = r.after_elimination ? *r.after_elimination : r.global_test;
      if (last.critical) test = fmt::format("{:.1f} / {:.1f}", last.statistic, *last.critical);
    }
    const auto time = [&](Time at) {
      return "<span title=\"" + escape(clock.rfc3339(at)) + "\">" + escape(clock.minute(at)) + "</span>";
    };
    t.rows.push_back({time(*w.from), time(*w.to), words::grouped(std::to_string(w.rows)), say(p, code_of(kind_of(w))),
                      test, escape(p.words.list(tags))});
  }
  return t;
}

}  // namespace

std::string windows_html(const Page& p) {
  std::string out = open_section(p, "windows", "section.windows");
  if (p.digest.snapshot || !p.digest.from || !p.digest.to)
    return out + "<p>" + say(p, "windows.snapshot") + "</p>\n</section>\n";
  const PlantClock clock(p.assessment.time_zone);
  out += "<p class=\"caption\">" + say(p, "windows.caption") + " " + escape(period(p.assessment, p.digest, p.words)) +
         "</p>\n";
  out += legend(p) + "<figure>" + strip_html(p, clock) + "</figure>\n";
  std::string trends;
  for (const auto& name : indicator_order(p.assessment)) trends += trend_svg(p, name, clock);
  if (!trends.empty())
    out += "<p class=\"caption\">" + say(p, "windows.trend") + "</p>\n<div class=\"small-multiples\">\n" + trends +
           "</div>\n";
  return out + behind_chart(p, window_table(p, clock)) + "</section>\n";
}

}  // namespace castner::report

// SPDX-License-Identifier: Apache-2.0
#include "castner/report/html_parts.h"

#include <fmt/format.h>

#include <cmath>

#include "castner/base/utf8.h"

namespace castner::report {
namespace {

/// Length of the character at the front, 0 where the bytes are none that XML 1.0 allows.
std::size_t character_length(std::string_view text) {
  const auto c = utf8_character(text);
  return c.code == 0xFFFE || c.code == 0xFFFF ? 0 : c.length;
}

std::string shape(std::string_view css_class, std::string_view drawing) {
  return fmt::format("<svg class=\"shape {}\" viewBox=\"0 0 16 16\" aria-hidden=\"true\">{}</svg>", css_class, drawing);
}

constexpr std::string_view kDot = "<circle cx=\"8\" cy=\"8\" r=\"4.5\" fill=\"currentColor\"/>";
constexpr std::string_view kRing =
    "<circle cx=\"8\" cy=\"8\" r=\"4.5\" fill=\"none\" stroke=\"currentColor\" stroke-width=\"2\"/>";
constexpr std::string_view kDiamond = "<path d=\"M8 0.5 15.5 8 8 15.5 0.5 8z\" fill=\"currentColor\"/>";
constexpr std::string_view kOpenDiamond =
    "<path d=\"M8 1.5 14.5 8 8 14.5 1.5 8z\" fill=\"none\" stroke=\"currentColor\" stroke-width=\"2\"/>";
constexpr std::string_view kTriangle = "<path d=\"M8 1 15.5 14.5H0.5z\" fill=\"currentColor\"/>";
constexpr std::string_view kOpenTriangle =
    "<path d=\"M8 2.5 14 13.5H2z\" fill=\"none\" stroke=\"currentColor\" stroke-width=\"2\"/>";
constexpr std::string_view kSquare = "<path d=\"M1.5 1.5h13v13h-13z\" fill=\"currentColor\"/>";
constexpr std::string_view kDash = "<path d=\"M3 8h10\" stroke=\"currentColor\" stroke-width=\"2.5\"/>";
constexpr std::string_view kQuestion =
    "<path d=\"M1.5 1.5h13v13h-13z\" fill=\"none\" stroke=\"currentColor\" stroke-width=\"1.6\"/>"
    "<path d=\"M5.8 6.2c0-3 4.6-2.8 4.4 0-.1 1.6-2.2 1.5-2.2 3.2M8 11v1.6\" fill=\"none\" stroke=\"currentColor\" "
    "stroke-width=\"1.6\"/>";

}  // namespace

std::string escape(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    const std::size_t n = character_length(text);
    const char c = text.front();
    if (n == 0 || (n == 1 && static_cast<unsigned char>(c) < 0x20 && c != '\t' && c != '\n')) {
      out += "\xEF\xBF\xBD";
      text.remove_prefix(1);
      continue;
    }
    if (c == '&')
      out += "&amp;";
    else if (c == '<')
      out += "&lt;";
    else if (c == '>')
      out += "&gt;";
    else if (c == '"')
      out += "&quot;";
    else if (c == '\'')
      out += "&#39;";
    else
      out += text.substr(0, n);
    text.remove_prefix(n);
  }
  return out;
}

std::string prose(std::string_view text) {
  const std::string all = escape(text);
  std::string out;
  std::size_t at = 0;
  for (;;) {
    const auto begin = all.find('`', at), end = begin == std::string::npos ? begin : all.find('`', begin + 1);
    if (end == std::string::npos) return out + all.substr(at);
    out += all.substr(at, begin - at) + "<code>" + all.substr(begin + 1, end - begin - 1) + "</code>";
    at = end + 1;
  }
}

std::string say(const words::Words& words, std::string_view code, const words::Words::Blanks& blanks) {
  return escape(words(code, blanks));
}

std::string number_html(const words::Words& words, const words::Shown& s) {
  if (!s.known()) return "<span class=\"unknown\">" + say(words, "key.cannot_tell") + "</span>";
  std::string rest;
  if (!s.sd.empty()) rest += "± " + words::grouped(s.sd);
  if (const std::string unit = words::pretty_unit(s.unit); !unit.empty()) rest += (rest.empty() ? "" : " ") + unit;
  std::string out = escape(words::grouped(s.value));
  if (!rest.empty()) out += " <span class=\"sd\">" + escape(rest) + "</span>";
  return out;
}

std::string named_html(std::string_view name, std::string_view code) {
  if (name == code) return escape(code);
  return escape(name) + " <small class=\"quiet\">" + escape(code) + "</small>";
}

std::string px(double v) {
  std::string s = fmt::format("{:.2f}", v);
  while (s.back() == '0') s.pop_back();
  if (s.back() == '.') s.pop_back();
  return s == "-0" ? "0" : s;
}

std::string percent(double share) { return px(100.0 * share) + "%"; }

std::string whisker(const std::string& from, const std::string& to, double y) {
  const auto line = [](const std::string& x1, double y1, const std::string& x2, double y2) {
    return fmt::format("<line class=\"whisker\" x1=\"{}\" y1=\"{}\" x2=\"{}\" y2=\"{}\"/>", x1, px(y1), x2, px(y2));
  };
  return line(from, y, to, y) + line(from, y - 4, from, y + 4) + line(to, y - 4, to, y + 4);
}

std::string open_section(const words::Words& words, const std::string& id, std::string_view heading_code) {
  return fmt::format("<section id=\"{}\" aria-labelledby=\"{}-h\">\n<h2 id=\"{}-h\">{}</h2>\n", id, id, id,
                     say(words, heading_code));
}

std::string scroll_box(const std::string& content, const std::string& css_class, std::string_view label) {
  return fmt::format("<div class=\"scroll {}\" role=\"region\" tabindex=\"0\" aria-label=\"{}\">\n{}</div>\n",
                     css_class, escape(label), content);
}

std::string table_html(const HtmlTable& t) {
  std::string out = "<table>\n<thead><tr>";
  for (const auto& c : t.columns)
    out += fmt::format("<th scope=\"col\"{}>{}</th>", c.number ? " class=\"n\"" : "", c.heading);
  out += "</tr></thead>\n<tbody>\n";
  for (const auto& row : t.rows) {
    out += "<tr>";
    for (std::size_t i = 0; i < row.size(); ++i) {
      const char* css = i < t.columns.size() && t.columns[i].number ? " class=\"n\"" : "";
      out +=
          i == 0 ? fmt::format("<th scope=\"row\"{}>{}</th>", css, row[i]) : fmt::format("<td{}>{}</td>", css, row[i]);
    }
    out += "</tr>\n";
  }
  return out + "</tbody>\n</table>\n";
}

std::string behind_chart(const Page& p, const HtmlTable& t) {
  return "<details><summary>" + say(p, "page.table") + "</summary>\n" +
         scroll_box(p, table_html(t), "", p.words("page.table")) + "</details>\n";
}

std::string health_shape(PlantHealth h) {
  switch (h) {
    case PlantHealth::ok: return shape("ok", kDot);
    case PlantHealth::look: return shape("warn", kTriangle);
    case PlantHealth::act: return shape("bad", kDiamond);
    case PlantHealth::cannot_tell: return shape("quiet", kQuestion);
  }
  return {};
}

std::string verdict_shape(Verdict v) {
  switch (v) {
    case Verdict::agrees: return shape("quiet", kDot);
    case Verdict::wrong: return shape("bad", kDiamond);
    case Verdict::one_of_several: return shape("warn", kOpenDiamond);
    case Verdict::doubtful: return shape("warn", kOpenTriangle);
    case Verdict::hardly_checked:
    case Verdict::unchecked: return shape("quiet", kRing);
    case Verdict::not_used: return shape("quiet", kDash);
  }
  return {};
}

std::string severity_shape(insight::Finding::Severity s) {
  switch (s) {
    case insight::Finding::Severity::info: return shape("quiet", kRing);
    case insight::Finding::Severity::warning: return shape("warn", kTriangle);
    case insight::Finding::Severity::critical: return shape("bad", kSquare);
  }
  return {};
}

std::vector<double> ticks(double low, double high, int count) {
  if (!(high > low) || !std::isfinite(low) || !std::isfinite(high)) return {low};
  const double raw = (high - low) / std::max(1, count), size = std::pow(10.0, std::floor(std::log10(raw)));
  const double step = (raw / size < 1.5 ? 1.0 : raw / size < 3.5 ? 2.0 : raw / size < 7.5 ? 5.0 : 10.0) * size;
  std::vector<double> out;
  for (double k = std::ceil(low / step - 1e-9); k * step <= high + 1e-9 * step && out.size() < 50; k += 1.0)
    out.push_back(k * step + 0.0);  // + 0.0: never a negative zero
  return out;
}

}  // namespace castner::report

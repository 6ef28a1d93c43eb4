// SPDX-License-Identifier: Apache-2.0
// The picture of the plant in the HTML report, as SVG:
//  1. picture_of: line widths from the flows, a label for each stream, and the drawing with room for them (drawing).
//  2. common_unit: the unit of most flows is told once, under the heading; labels name a unit only if theirs is another
//     one.
//  3. label_of: name, flow, and the reading of an instrument that is accused, each on a line of its own.
//  4. picture_svg: lines, then boxes, then words; thick lines before thin ones, so that none is hidden.
//  5. More than 160 streams are told in a table only. The table is behind the picture in any case.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>
#include <optional>

#include "castner/drawing/plant_drawing.h"
#include "castner/drawing/text_width.h"
#include "castner/report/html_parts.h"

namespace castner::report {
namespace {

using drawing::kPictureFont;

constexpr std::size_t kMostStreams = 160;  // more are a carpet, not a picture

bool accused(const Page& p, const StreamLine& s) {
  if (s.instrument < 0) return false;
  const auto v = p.digest.instruments[static_cast<std::size_t>(s.instrument)].verdict;
  return v == Verdict::wrong || v == Verdict::one_of_several;
}

/// The stream of a line of the digest, which has them in the order of the plant.
const plant::StreamEntry& entry_of(const Page& p, const StreamLine& s) {
  return p.plant.streams[static_cast<std::size_t>(&s - p.digest.streams.data())];
}

/// The words on a line: its name, its flow, and what its instrument reads where that is wrong.
struct Label {
  std::string name, code, value, reads;
  double width = 0.0, height = drawing::kTwoLines;
};

/// The unit most flows are in: said once, under the heading.
std::string common_unit(const Page& p) {
  std::map<std::string, int> count;
  for (const auto& s : p.digest.streams)
    if (s.shown_flow.known()) ++count[s.shown_flow.unit];
  const auto most = std::max_element(count.begin(), count.end(), [](auto& a, auto& b) { return a.second < b.second; });
  return most == count.end() ? "1" : most->first;
}

Label label_of(const Page& p, const StreamLine& s, const std::string& common) {
  words::Shown flow = s.shown_flow;
  if (flow.unit == common) flow.unit = "1";
  const auto name = drawing::label_of(p.names.short_stream(entry_of(p, s)), s.name);
  Label l{.name = name.name, .code = name.code, .value = words::sentence_number(flow), .reads = {}, .width = 0.0};
  if (l.value.empty()) l.value = p.words("picture.unknown");
  if (accused(p, s)) {
    const auto& i = p.digest.instruments[static_cast<std::size_t>(s.instrument)];
    words::Shown reading = i.measured;
    reading.sd.clear();
    if (reading.unit == common) reading.unit = "1";
    l.height = drawing::kThreeLines;
    l.reads = drawing::cut(i.tag, 14) + " " + p.words("picture.reads", {{"value", words::sentence_number(reading)}});
  }
  // Markers stand before the name; a wrong reading has its own line.
  l.width = std::max({name.width, drawing::pixels_of(l.value, kPictureFont),
                      drawing::pixels_of("◆ " + l.reads, kPictureFont)}) +
            4.0;
  return l;
}

/// The drawing of the plant with what stands on its lines.
struct Picture {
  drawing::PlantDrawing drawing;
  std::vector<double> thickness;  ///< shape (streams)
  std::vector<Label> labels;      ///< shape (streams)
};

Picture picture_of(const Page& p) {
  Picture picture;
  std::vector<std::optional<double>> flows;
  for (const auto& s : p.digest.streams) flows.push_back(s.flow);
  picture.thickness = drawing::line_thicknesses(flows);
  const std::string common = common_unit(p);
  std::vector<drawing::StreamRoom> rooms;
  for (const auto& s : p.digest.streams) {
    picture.labels.push_back(label_of(p, s, common));
    const Label& label = picture.labels.back();
    rooms.push_back(
        {.thickness = picture.thickness[rooms.size()], .label_width = label.width, .label_height = label.height});
  }
  picture.drawing = drawing::draw_plant(p.plant, rooms);
  return picture;
}

std::string path(const drawing::FlowLayout::Line& line, bool down) {
  std::string out = fmt::format("M{} {}", px(line.points.front().x), px(line.points.front().y));
  for (std::size_t i = 1; i < line.points.size(); ++i) {
    const auto &a = line.points[i - 1], &b = line.points[i];
    const double x = (a.x + b.x) / 2, y = (a.y + b.y) / 2;
    out += down ? fmt::format("C{} {} {} {} {} {}", px(a.x), px(y), px(b.x), px(y), px(b.x), px(b.y))
                : fmt::format("C{} {} {} {} {} {}", px(x), px(a.y), px(x), px(b.y), px(b.x), px(b.y));
  }
  return out;
}

/// Lines lie under boxes, boxes under words.
std::string line_svg(const Page& p, const StreamLine& s, const drawing::FlowLayout::Line& line, double thickness,
                     bool down) {
  const char* css = !s.flow ? "flow-unknown" : accused(p, s) ? "flow-bad" : "flow";
  std::string out =
      fmt::format("<path class=\"{}\" stroke-width=\"{}\" d=\"{}\"/>\n", css, px(thickness), path(line, down));
  const auto &tip = line.points.back(), &before = line.points[line.points.size() - 2];
  const double back = (down ? before.y < tip.y : before.x < tip.x) ? -7.0 : 7.0;
  out += down ? fmt::format("<path class=\"arrow\" d=\"M{} {}l-4.5 {}h9z\"/>\n", px(tip.x), px(tip.y), px(back))
              : fmt::format("<path class=\"arrow\" d=\"M{} {}l{} -4.5v9z\"/>\n", px(tip.x), px(tip.y), px(back));
  return out;
}

std::string marker(double x, double y, bool measured, bool bad) {
  std::string out = fmt::format("<circle class=\"filled\" cx=\"{}\" cy=\"{}\" r=\"3.6\"/>", px(x), px(y));
  if (measured)
    out += fmt::format("<circle class=\"{}\" cx=\"{}\" cy=\"{}\" r=\"3.6\"/>", bad ? "hollow-bad" : "hollow",
                       px(x + 10), px(y));
  return out;
}

std::string label_svg(const Page& p, const StreamLine& s, const Label& l, drawing::FlowPoint at) {
  const bool bad = accused(p, s);
  const double top = at.y - (l.reads.empty() ? 3.0 : 10.0);
  const double marks = s.flow ? (s.instrument >= 0 ? 22.0 : 12.0) : s.instrument >= 0 ? 12.0 : 0.0;
  const double left = at.x - (drawing::pixels_of(l.name + " " + l.code, kPictureFont) + marks) / 2;
  std::string out = "<g>";
  if (s.flow)
    out += marker(left + 4, top - 4, s.instrument >= 0, bad);
  else if (s.instrument >= 0)
    out += fmt::format("<circle class=\"hollow\" cx=\"{}\" cy=\"{}\" r=\"3.6\"/>", px(left + 4), px(top - 4));
  out += fmt::format("<text class=\"t halo\" x=\"{}\" y=\"{}\">{} <tspan class=\"q\">{}</tspan></text>",
                     px(left + marks), px(top), escape(l.name), escape(l.code));
  out += fmt::format("<text class=\"t halo\" x=\"{}\" y=\"{}\" text-anchor=\"middle\">{}</text>", px(at.x),
                     px(top + 14), escape(l.value));
  if (!l.reads.empty())
    out += fmt::format("<text class=\"t halo bad-text\" x=\"{}\" y=\"{}\" text-anchor=\"middle\">◆ {}</text>", px(at.x),
                       px(top + 28), escape(l.reads));
  std::string title = p.names.stream(entry_of(p, s)) + " (" + s.name + "): " + l.value;
  for (const auto& [what, value] : s.state)
    title += ", " + (p.words.has("quantity." + what) ? p.words("quantity." + what) : what) + " " +
             (value.known() ? words::sentence_number(value) : p.words("picture.unknown"));
  return out + "<title>" + escape(title) + "</title></g>\n";
}

/// @param idle  grey, with the word under its name
std::string box_svg(const Page& p, const plant::UnitEntry& unit, const drawing::FlowLayout::Box& b, bool idle) {
  std::string out = fmt::format("<g><rect class=\"{}\" x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" rx=\"4\"/>",
                                idle ? "unit-box idle" : "unit-box", px(b.x), px(b.y), px(b.width), px(b.height));
  const std::string word = p.words("unit.idle");
  const bool titled = !unit.title.empty();
  const auto title = drawing::lines_in_box(titled ? p.names.unit(unit) : unit.name);
  std::vector<std::pair<const char*, std::string>> lines;
  for (const auto& line : title) lines.emplace_back("h3", line);
  if (titled || idle) lines.emplace_back("q", !titled ? word : idle ? unit.name + " · " + word : unit.name);
  double y = b.y + b.height / 2 + 4.5 - 7.2 * static_cast<double>(lines.size() - 1);
  for (const auto& [css, text] : lines) {
    out += fmt::format("<text class=\"t {}\" x=\"{}\" y=\"{}\" text-anchor=\"middle\">{}</text>", css,
                       px(b.x + b.width / 2), px(y), escape(text));
    y += 14.4;
  }
  return out + "<title>" + escape(unit.name + " (" + p.names.unit(unit) + ")") + "</title></g>\n";
}

std::string picture_svg(const Page& p, const Picture& picture) {
  const auto& d = picture.drawing;
  const auto boxes = std::count_if(d.units.begin(), d.units.end(), [](const auto& u) { return u.has_value(); });
  const std::string alt = p.words("picture.alt", {{"plant", p.plant.name},
                                                  {"units", std::to_string(boxes)},
                                                  {"streams", std::to_string(p.digest.streams.size())}});
  std::string out = fmt::format(
      "<svg role=\"img\" aria-label=\"{}\" viewBox=\"0 0 {} {}\" style=\"max-width:{}px\" width=\"{}\" "
      "height=\"{}\">\n",
      escape(alt), px(d.width), px(d.height), px(d.width * 1.15), px(d.width), px(d.height));
  // Thick lines first, so that thin ones are not hidden.
  std::vector<std::size_t> order(d.lines.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(),
                   [&](auto a, auto b) { return picture.thickness[a] > picture.thickness[b]; });
  for (const auto k : order) out += line_svg(p, p.digest.streams[k], d.lines[k], picture.thickness[k], d.down);
  for (std::size_t u = 0; u < d.units.size(); ++u)
    if (d.units[u]) out += box_svg(p, p.plant.units[u], d.units[u]->box, p.digest.always_idle(u));
  for (std::size_t k = 0; k < d.lines.size(); ++k)
    out += label_svg(p, p.digest.streams[k], picture.labels[k], d.lines[k].label);
  return out + "</svg>\n";
}

std::string legend(const Page& p, bool any_bad) {
  const auto item = [&](const std::string& drawing, const char* code) {
    return "<li><svg viewBox=\"0 0 16 12\" aria-hidden=\"true\">" + drawing + "</svg>" + say(p, code) + "</li>\n";
  };
  std::string out = "<ul class=\"legend\">\n";
  out += item("<circle class=\"filled\" cx=\"8\" cy=\"6\" r=\"4\"/>", "picture.reconciled");
  out += item("<circle class=\"hollow\" cx=\"8\" cy=\"6\" r=\"4\"/>", "picture.measured");
  if (any_bad) out += item("<circle class=\"hollow-bad\" cx=\"8\" cy=\"6\" r=\"4\"/>", "picture.accused");
  const bool unknown =
      std::any_of(p.digest.streams.begin(), p.digest.streams.end(), [](const auto& s) { return !s.flow; });
  if (unknown) out += item("<path class=\"flow-unknown\" stroke-width=\"2\" d=\"M0 6H16\"/>", "picture.unknown");
  return out + "</ul>\n";
}

HtmlTable stream_table(const Page& p) {
  HtmlTable t;
  for (const char* code : {"stream.name", "stream.from", "stream.to", "stream.flow", "stream.state", "stream.class"})
    t.columns.push_back({say(p, code), std::string_view(code) == "stream.flow"});
  for (const auto& s : p.digest.streams) {
    std::string state;
    for (const auto& [what, value] : s.state) {
      const std::string name = p.words.has("quantity." + what) ? p.words("quantity." + what) : what;
      state += (state.empty() ? "" : ", ") + escape(name + " ") + number_html(p, value);
    }
    const auto end = [&](const std::string& unit, const char* code) {
      return unit.empty() ? "<span class=\"quiet\">" + say(p, code) + "</span>" : escape(unit);
    };
    t.rows.push_back({named_html(p.names.stream(entry_of(p, s)), s.name), end(s.from, "picture.feed"),
                      end(s.to, "picture.product"), number_html(p, s.shown_flow), state,
                      say(p, class_words(s.kind, s.assumed))});
  }
  return t;
}

}  // namespace

std::string flow_html(const Page& p) {
  const auto& streams = p.digest.streams;
  std::string out = open_section(p, "picture", "section.picture");
  if (streams.empty()) return out + "<p>" + say(p, "picture.empty") + "</p>\n</section>\n";
  if (p.digest.reconciled == 0) out += "<p>" + say(p, "picture.nothing") + "</p>\n";
  const std::string common = words::pretty_unit(common_unit(p));
  out += "<p class=\"caption\">" +
         say(p, p.plant.as_published ? "picture.caption.pure" : "picture.caption.report",
             {{"unit", common.empty() ? "" : p.words("picture.unit", {{"unit", common}})},
              {"when", when(p.digest, p.words)}}) +
         "</p>\n";
  if (streams.size() > kMostStreams) {
    out += "<p>" + say(p, "picture.too_many", {{"n", std::to_string(streams.size())}}) + "</p>\n";
  } else {
    const Picture picture = picture_of(p);
    // On paper a wide picture has a sheet of its own, turned sideways; a tall one a sheet upright.
    const bool wide = picture.drawing.width > 1.25 * picture.drawing.height;
    out.replace(out.find("<section "), 9, wide ? "<section class=\"landscape\" " : "<section class=\"upright\" ");
    out += legend(p, std::any_of(streams.begin(), streams.end(), [&](const auto& s) { return accused(p, s); }));
    out += "<figure>" + scroll_box(p, picture_svg(p, picture), "picture", p.words("page.scroll")) + "</figure>\n";
  }
  const bool vague = std::any_of(streams.begin(), streams.end(), [](const auto& s) {
    return std::any_of(s.state.begin(), s.state.end(), [](const auto& named) { return !named.second.known(); });
  });
  out += behind_chart(p, stream_table(p));
  if (vague) out += "<p class=\"caption\">" + say(p, "stream.vague") + "</p>\n";
  return out + "</section>\n";
}

}  // namespace castner::report

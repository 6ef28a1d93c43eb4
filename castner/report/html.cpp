// SPDX-License-Identifier: Apache-2.0
#include "castner/report/html.h"

#include <fmt/format.h>

#include <set>

#include "castner/report/html_parts.h"

namespace castner::report {
namespace {

struct Part {
  const char* id;
  const char* heading;
  std::string (*write)(const Page&);
};
constexpr Part kParts[] = {{"key-numbers", "section.key_numbers", key_numbers_html},
                           {"picture", "section.picture", flow_html},
                           {"losses", "section.losses", losses_html},
                           {"volts", "section.volts", volts_html},
                           {"findings", "section.findings", findings_html},
                           {"changes", "section.change", changes_html},
                           {"instruments", "section.instruments", instruments_html},
                           {"windows", "section.windows", windows_html},
                           {"data", "section.data", data_html},
                           {"method", "section.method", method_html}};

/// Page numbers and the advisory line, printed at the foot of every sheet. Words of our own only: no escaping needed
/// inside a CSS string beyond what the tables hold.
std::string print_style(const Page& p) {
  const bool zh = p.words.language() == words::Language::zh;
  const std::string number = zh ? "\"第 \" counter(page) \" 页，共 \" counter(pages) \" 页\""
                                : "\"Page \" counter(page) \" of \" counter(pages)";
  const std::string foot = fmt::format(
      "@bottom-left{{content:\"{}\";font:8pt system-ui,sans-serif;color:#454e57}}"
      "@bottom-right{{content:{};font:8pt system-ui,sans-serif;color:#454e57}}",
      p.words("page.advises"), number);
  return fmt::format(
      "@page{{size:A4;margin:16mm 15mm 18mm;{}}}\n@page landscape{{size:A4 landscape;margin:14mm 15mm 16mm;{}}}\n",
      foot, foot);
}

/// `sections` are the ids on the page: a sentence whose evidence has no section of its own links to nothing.
std::string summary_html(const Page& p, const std::set<std::string>& sections) {
  const auto& sentences = p.summary.sentences;
  std::string out = "<section id=\"answer\" class=\"summary\" aria-label=\"" + say(p, "label.answer") + "\">\n";
  out += fmt::format("<p class=\"answer\">{}<span>{}</span></p>\n<dl>\n", health_shape(p.summary.health),
                     escape(sentences.front().text));
  for (std::size_t i = 1; i < sentences.size(); ++i)
    out += fmt::format("<dt>{}</dt><dd>{}</dd>\n",
                       sections.contains(sentences[i].anchor)
                           ? fmt::format("<a href=\"#{}\">{}</a>", sentences[i].anchor, say(p, sentences[i].label))
                           : say(p, sentences[i].label),
                       escape(sentences[i].text));
  return out + "</dl>\n</section>\n";
}

std::string header_html(const Page& p, const std::string& name) {
  const auto& a = p.assessment;
  std::string out = "<header>\n<h1>" + escape(name) + "</h1>\n<p class=\"meta\">";
  out += "<span>" + escape(period(a, p.digest, p.words)) + "</span>";
  if (!a.data_file.empty()) out += "<span>" + say(p, "page.data", {{"file", a.data_file}}) + "</span>";
  if (!a.castner_version.empty()) out += "<span>" + say(p, "page.made", {{"version", a.castner_version}}) + "</span>";
  return out + "</p>\n</header>\n";
}

}  // namespace

std::string html_report(const plant::Plant& plant, const insight::Judged& a, words::Language language,
                        const Comparison* changes) {
  const words::Words words(language);
  const Digest d = digest(plant, a);
  const PlantSummary summary = summarise(plant, a, d, words);
  const words::Names names(plant, words.language());
  const Page p{plant, a, d, summary, words, names, changes};
  const std::string name = plant.name.empty() ? words("page.no_name") : plant.name;

  std::string body, contents;
  std::set<std::string> sections;
  for (const auto& part : kParts) {
    const std::string section = part.write(p);
    if (section.empty()) continue;
    body += section;
    sections.insert(part.id);
    contents += fmt::format("<a href=\"#{}\">{}</a>\n", part.id, say(p, part.heading));
  }
  std::string out = "<!DOCTYPE html>\n";
  out += fmt::format("<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\"/>\n",
                     language == words::Language::zh ? "zh-CN" : "en");
  out += "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>\n";
  out += "<title>" + say(p, "page.title", {{"plant", name}}) + "</title>\n";
  out += "<style>" + std::string(style_sheet()) + print_style(p) + "</style>\n</head>\n<body>\n<div class=\"page\">\n";
  out += "<a class=\"skip\" href=\"#answer\">" + say(p, "page.skip") + "</a>\n";
  out += header_html(p, name);
  out += "<nav aria-label=\"" + say(p, "page.contents") + "\">\n" + contents + "</nav>\n<main>\n";
  out += summary_html(p, sections) + body + "</main>\n";
  out += "<footer><p>" + say(p, "page.advises") + "</p></footer>\n</div>\n</body>\n</html>\n";
  return out;
}

}  // namespace castner::report

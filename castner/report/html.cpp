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
  return document_html(words, {.title = say(p, "page.title", {{"plant", name}}),
                               .header = header_html(words, name, period(a, d, words), a.data_file, a.castner_version),
                               .contents = contents,
                               .main = summary_html(p, sections) + body});
}

}  // namespace castner::report

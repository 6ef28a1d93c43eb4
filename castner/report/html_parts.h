// SPDX-License-Identifier: Apache-2.0
/// The parts the HTML report is put together from; used by html*.cpp only.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "castner/insight/finding.h"
#include "castner/plant/plant.h"
#include "castner/report/compare.h"
#include "castner/report/digest.h"
#include "castner/report/summary.h"
#include "castner/words/names.h"
#include "castner/words/text.h"

namespace castner::report {

/// The input of every part.
struct Page {
  const plant::Plant& plant;
  const insight::Judged& assessment;
  const Digest& digest;
  const PlantSummary& summary;
  const words::Words& words;
  const words::Names& names;
  const Comparison* changes = nullptr;
};

/// Text made safe between tags and inside quoted attributes; characters XML forbids and broken UTF-8 become U+FFFD.
std::string escape(std::string_view text);
/// The same, with what a sentence has between backticks, a command or a key, as code.
std::string prose(std::string_view text);
/// Escaped words of a code.
std::string say(const words::Words&, std::string_view code, const words::Words::Blanks& = {});
inline std::string say(const Page& p, std::string_view code, const words::Words::Blanks& blanks = {}) {
  return say(p.words, code, blanks);
}
/// "2,142 <span class="sd">± 9 kWh/t</span>", escaped; "cannot tell" where unknown.
std::string number_html(const words::Words&, const words::Shown&);
inline std::string number_html(const Page& p, const words::Shown& s) { return number_html(p.words, s); }
/// "feed brine <small>BR</small>": what people call it, and its code beside it.
std::string named_html(std::string_view name, std::string_view code);
/// A coordinate: two decimals at most, no exponent.
std::string px(double);

/// A share of the width there is: "34.5%".
std::string percent(double share);
/// A horizontal error bar between two percentages, at this height [px].
std::string whisker(const std::string& from, const std::string& to, double y);

/// <section id> with its heading.
std::string open_section(const words::Words&, const std::string& id, std::string_view heading_code);
inline std::string open_section(const Page& p, const std::string& id, std::string_view heading_code) {
  return open_section(p.words, id, heading_code);
}
/// A box that scrolls sideways where its content is wider than the page, reachable by keyboard.
std::string scroll_box(const std::string& content, const std::string& css_class, std::string_view label);
inline std::string scroll_box(const Page&, const std::string& content, const std::string& css_class,
                              std::string_view label) {
  return scroll_box(content, css_class, label);
}

struct HtmlTable {
  struct Column {
    std::string heading;  ///< HTML
    bool number = false;
  };
  std::vector<Column> columns;
  std::vector<std::vector<std::string>> rows;  ///< HTML; the first cell heads its row
};
std::string table_html(const HtmlTable&);
/// "The numbers behind this chart", closed until asked for.
std::string behind_chart(const Page&, const HtmlTable&);

/// A small shape beside a word, so that colour never speaks alone.
std::string health_shape(PlantHealth);
std::string verdict_shape(Verdict);
std::string severity_shape(insight::Finding::Severity);

/// Ticks at round numbers that cover low to high, about `count` of them.
std::vector<double> ticks(double low, double high, int count);

std::string_view style_sheet();

/// The whole file around its parts, all of them HTML.
struct Document {
  std::string title, header, contents, main;
};
std::string document_html(const words::Words&, const Document&);
/// Beneath the name: the period, the data file, the version; what is empty is left out.
std::string header_html(const words::Words&, const std::string& name, const std::string& period,
                        const std::string& data_file, const std::string& version);
/// A name and a value of a list of facts.
std::string fact(const std::string& name, const std::string& value_html);

// One section each; empty where there is nothing to show.
std::string key_numbers_html(const Page&);
std::string flow_html(const Page&);
std::string losses_html(const Page&);
std::string volts_html(const Page&);
std::string findings_html(const Page&);
std::string instruments_html(const Page&);
std::string windows_html(const Page&);
std::string changes_html(const Page&);
std::string data_html(const Page&);
std::string method_html(const Page&);

}  // namespace castner::report

// SPDX-License-Identifier: Apache-2.0
// The file around the parts of a report: head, style, contents, and what is printed at the foot of every sheet.
#include <fmt/format.h>

#include "castner/report/html_parts.h"

namespace castner::report {
namespace {

/// Page numbers and the advisory line, printed at the foot of every sheet. Words of our own only: no escaping needed
/// inside a CSS string beyond what the tables hold.
std::string print_style(const words::Words& words) {
  const bool zh = words.language() == words::Language::zh;
  const std::string number = zh ? "\"第 \" counter(page) \" 页，共 \" counter(pages) \" 页\""
                                : "\"Page \" counter(page) \" of \" counter(pages)";
  const std::string foot = fmt::format(
      "@bottom-left{{content:\"{}\";font:8pt system-ui,sans-serif;color:#454e57}}"
      "@bottom-right{{content:{};font:8pt system-ui,sans-serif;color:#454e57}}",
      words("page.advises"), number);
  return fmt::format(
      "@page{{size:A4;margin:16mm 15mm 18mm;{}}}\n@page landscape{{size:A4 landscape;margin:14mm 15mm 16mm;{}}}\n",
      foot, foot);
}

}  // namespace

std::string header_html(const words::Words& words, const std::string& name, const std::string& period,
                        const std::string& data_file, const std::string& version) {
  std::string out = "<header>\n<h1>" + escape(name) + "</h1>\n<p class=\"meta\">";
  if (!period.empty()) out += "<span>" + escape(period) + "</span>";
  if (!data_file.empty()) out += "<span>" + say(words, "page.data", {{"file", data_file}}) + "</span>";
  if (!version.empty()) out += "<span>" + say(words, "page.made", {{"version", version}}) + "</span>";
  return out + "</p>\n</header>\n";
}

std::string document_html(const words::Words& words, const Document& d) {
  std::string out = "<!DOCTYPE html>\n";
  out += fmt::format("<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\"/>\n",
                     words.language() == words::Language::zh ? "zh-CN" : "en");
  out += "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>\n";
  out += "<title>" + d.title + "</title>\n";
  out +=
      "<style>" + std::string(style_sheet()) + print_style(words) + "</style>\n</head>\n<body>\n<div class=\"page\">\n";
  out += "<a class=\"skip\" href=\"#answer\">" + say(words, "page.skip") + "</a>\n";
  out += d.header;
  out += "<nav aria-label=\"" + say(words, "page.contents") + "\">\n" + d.contents + "</nav>\n<main>\n";
  out += d.main + "</main>\n";
  out += "<footer><p>" + say(words, "page.advises") + "</p></footer>\n</div>\n</body>\n</html>\n";
  return out;
}

}  // namespace castner::report

// SPDX-License-Identifier: Apache-2.0
#include "castner/report/terminal_page.h"

#include <algorithm>

#include "castner/drawing/text_width.h"

namespace castner::report {
namespace {

/// The longest start of `text` that fits, ending at a space or between Chinese characters.
std::size_t line_break(std::string_view text, int columns) {
  std::size_t at = 0, good = 0;
  int used = 0;
  while (at < text.size()) {
    std::size_t n = 1;
    while (at + n < text.size() && (static_cast<unsigned char>(text[at + n]) & 0xC0) == 0x80) ++n;
    const std::string_view c = text.substr(at, n);
    const int width = drawing::columns_of(c);
    if (c == " ")
      good = at;  // break before a space
    else if (width == 2 && used > 0 && c != "，" && c != "。" && c != "；" && c != "：" && c != "、" && c != "）")
      good = at;
    if (used + width > columns) return good > 0 ? good : at;
    used += width;
    at += n;
  }
  return text.size();
}

}  // namespace

std::string harmless(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto b = static_cast<unsigned char>(text[i]);
    // C0 and DEL, and C1 as UTF-8 writes it (C2 80 to C2 9F): escape sequences begin with these.
    if (b < 0x20 || b == 0x7F)
      out += ' ';
    else if (b == 0xC2 && i + 1 < text.size() && static_cast<unsigned char>(text[i + 1]) < 0xA0)
      out += ' ', ++i;
    else
      out += text[i];
  }
  return out;
}

Screen::Screen(const TerminalOptions& o) : columns_(std::clamp(o.columns, 60, 120)), colour_(o.colour) {}

void Screen::heading(std::string_view h) {
  out_ += "\n";
  out_ += colour_ ? "\x1b[1m" + harmless(h) + "\x1b[0m\n" : harmless(h) + "\n";
}

void Screen::text(std::string_view words, std::string_view first) {
  const std::string clean = harmless(words);
  const int indent = drawing::columns_of(first);
  std::string_view rest = clean;
  std::string start(first);
  do {
    const std::size_t n = line_break(rest, columns_ - indent);
    out_ += start + std::string(rest.substr(0, n)) + "\n";
    rest.remove_prefix(n);
    while (rest.starts_with(' ')) rest.remove_prefix(1);
    start = std::string(static_cast<std::size_t>(indent), ' ');
  } while (!rest.empty());
}

void Screen::table(const std::vector<Column>& columns, const std::vector<std::vector<std::string>>& rows) {
  std::vector<int> width;
  std::vector<std::vector<std::string>> clean;
  for (const auto& row : rows) {
    clean.emplace_back();
    for (const auto& cell : row) clean.back().push_back(harmless(cell));
  }
  for (std::size_t c = 0; c < columns.size(); ++c) {
    width.push_back(drawing::columns_of(columns[c].heading));
    for (const auto& row : clean) width[c] = std::max(width[c], std::min(drawing::columns_of(row[c]), columns[c].most));
  }
  constexpr int kGap = 2, kLeast = 8;
  int over = -columns_ - kGap;
  for (const int w : width) over += w + kGap;
  while (over > 0) {  // the widest column of words gives way, a column at a time
    std::size_t widest = columns.size();
    for (std::size_t c = 0; c < columns.size(); ++c)
      if (!columns[c].right && width[c] > kLeast && (widest == columns.size() || width[c] > width[widest])) widest = c;
    if (widest == columns.size()) break;
    --width[widest];
    --over;
  }
  const auto line = [&](const auto& cell_of) {
    std::string out;
    for (std::size_t c = 0; c < columns.size(); ++c)
      out += (c > 0 ? std::string(kGap, ' ') : "") +
             drawing::padded(drawing::cut(cell_of(c), width[c]), width[c], columns[c].right);
    while (out.ends_with(' ')) out.pop_back();
    return out + "\n";
  };
  if (std::any_of(columns.begin(), columns.end(), [](const auto& c) { return !c.heading.empty(); }))
    out_ += line([&](std::size_t c) { return columns[c].heading; });
  for (auto& row : clean) {
    std::string rest;
    do {
      if (!rest.empty()) row.assign(row.size(), ""), row.back() = rest;
      rest = columns.back().wraps ? row.back().substr(line_break(row.back(), width.back())) : "";
      row.back().resize(row.back().size() - rest.size());
      rest.erase(0, rest.find_first_not_of(' '));
      out_ += line([&](std::size_t c) { return row[c]; });
    } while (!rest.empty());
  }
}

}  // namespace castner::report

// SPDX-License-Identifier: Apache-2.0
#include "castner/tables/row_reader.h"

#include <algorithm>
#include <cstring>

#include "castner/tables/limits.h"

namespace castner::tables {
namespace {

bool blank(char c, char delimiter) { return (c == ' ' || c == '\t') && c != delimiter; }
bool line_end(char c) { return c == '\n' || c == '\r'; }

bool spreadsheet_error(std::string_view rest) {
  constexpr std::string_view kErrors[] = {"#N/A", "#VALUE!", "#DIV/0!", "#REF!", "#NAME?", "#NUM!", "#NULL!"};
  return std::any_of(std::begin(kErrors), std::end(kErrors), [&](std::string_view e) { return rest.starts_with(e); });
}

}  // namespace

void RowReader::end_line() {
  if (at_ == end_) return;
  const bool carriage = *at_++ == '\r';
  if (carriage && at_ != end_ && *at_ == '\n') ++at_;
  ++next_line_;
}

void RowReader::skip_blank_and_comments() {
  for (;;) {
    const char* p = at_;
    while (p != end_ && (blank(*p, delimiter_) || *p == '\x1A')) ++p;
    if (p == end_) {
      at_ = end_;
    } else if (line_end(*p)) {
      at_ = p;
      end_line();
      continue;
    } else if (*p == '#' && !spreadsheet_error({p, static_cast<std::size_t>(end_ - p)})) {
      while (p != end_ && !line_end(*p)) ++p;
      at_ = p;
      end_line();
      ++comments_;
      continue;
    }
    return;
  }
}

void RowReader::plain_cell() {
  const char* first = at_;
  while (at_ != end_ && *at_ != delimiter_ && *at_ != '\n' && *at_ != '\r') ++at_;
  const char* last = at_;
  while (last != first && blank(last[-1], delimiter_)) --last;
  cells_.emplace_back(first, static_cast<std::size_t>(last - first));
}

void RowReader::quoted_cell() {
  const char* first = ++at_;  // after the opening quote
  std::string* copy = nullptr;
  for (;;) {
    const auto* quote = static_cast<const char*>(std::memchr(at_, '"', static_cast<std::size_t>(end_ - at_)));
    if (!quote) {
      fault_ = "opens a quote that never closes";
      quote = end_;
    }
    for (const char* p = at_; p != quote; ++p)
      if (*p == '\n' || (*p == '\r' && (p + 1 == quote || p[1] != '\n'))) ++next_line_;
    const bool doubled = quote != end_ && quote + 1 != end_ && quote[1] == '"';
    if (doubled || copy) {
      if (!copy) copy = &unescaped_.emplace_back();
      copy->append(first, quote + (doubled ? 1 : 0));
    }
    if (!doubled) {
      if (copy)
        cells_.push_back(*copy);
      else
        cells_.emplace_back(first, static_cast<std::size_t>(quote - first));
      at_ = quote == end_ ? end_ : quote + 1;
      break;
    }
    first = at_ = quote + 2;
  }
  bool after = false;
  while (at_ != end_ && *at_ != delimiter_ && !line_end(*at_)) after = !blank(*at_++, delimiter_) || after;
  if (after) fault_ = "has text after a closing quote";
}

bool RowReader::next() {
  cells_.clear();
  if (!unescaped_.empty()) unescaped_.clear();
  fault_ = nullptr;
  skip_blank_and_comments();
  if (at_ == end_) return false;
  line_ = next_line_;
  for (;;) {
    while (at_ != end_ && blank(*at_, delimiter_)) ++at_;
    if (at_ != end_ && *at_ == '"')
      quoted_cell();
    else
      plain_cell();
    if (at_ == end_ || *at_ != delimiter_) break;
    ++at_;
    if (cells_.size() == static_cast<std::size_t>(kMostColumns)) {
      fault_ = kTooWide;
      while (at_ != end_ && !line_end(*at_)) ++at_;
      break;
    }
  }
  end_line();
  return true;
}

}  // namespace castner::tables

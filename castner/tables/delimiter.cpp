// SPDX-License-Identifier: Apache-2.0
#include "castner/tables/delimiter.h"

#include <algorithm>
#include <map>

#include "castner/tables/row_reader.h"

namespace castner::tables {
namespace {

struct Trial {
  std::size_t header = 0;  ///< cells
  std::size_t rows = 0, same = 0;
  std::size_t usual = 0;  ///< the rows of the most frequent number of cells, if that is above one
  bool consistent() const { return header > 1 && same == rows; }
  bool mostly() const { return header > 1 && 2 * same >= rows; }
};

Trial split(std::string_view text, char delimiter) {
  constexpr std::size_t kRows = 64;
  RowReader reader(text, delimiter);
  Trial t;
  if (!reader.next()) return t;
  t.header = reader.cells().size();
  std::map<std::size_t, std::size_t> rows_of{{t.header, 1}};
  while (t.rows < kRows && reader.next()) {
    ++t.rows;
    t.same += reader.cells().size() == t.header;
    ++rows_of[reader.cells().size()];
  }
  for (const auto& [cells, rows] : rows_of)
    if (cells > 1) t.usual = std::max(t.usual, rows);
  return t;
}

}  // namespace

StatedDelimiter stated_delimiter(std::string_view text) {
  if (!text.starts_with("sep=") && !text.starts_with("SEP=")) return {};
  const std::size_t end = text.find_first_of("\r\n");
  if (end != 5) return {};
  return {text[4], text.substr(5).starts_with("\r\n") ? std::size_t{7} : std::size_t{6}};
}

std::optional<char> find_delimiter(std::string_view text) {
  constexpr char kCandidates[] = {'\t', ';', ','};
  // A quote that never closes would make each trial read everything: a sample is enough.
  constexpr std::size_t kSample = 1 << 20;
  text = text.substr(0, kSample);
  std::optional<char> some;
  std::optional<char> mostly;
  std::optional<char> usual;
  std::size_t most = 0;
  for (const char c : kCandidates) {
    const Trial t = split(text, c);
    if (t.consistent()) return c;
    if (t.mostly() && !mostly) mostly = c;
    if (t.header > 1 && !some) some = c;
    // Lines of a report before the names: the rows under them have the cells.
    if (2 * t.usual > t.rows && t.usual > most) usual = c, most = t.usual;
  }
  return mostly ? mostly : usual ? usual : some;
}

const char* delimiter_name(char delimiter) {
  return delimiter == '\t' ? "tab" : delimiter == ';' ? "semicolon" : "comma";
}

}  // namespace castner::tables

// SPDX-License-Identifier: Apache-2.0
/// Splits the text of a table into rows of cells, quoted as RFC 4180 says, in one pass and without copies.
#pragma once

#include <algorithm>
#include <deque>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace castner::tables {

/// Whether no cell holds anything.
inline bool all_empty(std::span<const std::string_view> cells) {
  return std::all_of(cells.begin(), cells.end(), [](std::string_view c) { return c.empty(); });
}

/// The cell of a column; empty where the row is shorter, or the column is -1.
inline std::string_view cell_at(std::span<const std::string_view> cells, int column) {
  return column >= 0 && static_cast<std::size_t>(column) < cells.size() ? cells[static_cast<std::size_t>(column)]
                                                                        : std::string_view{};
}

/// Looks up a name of a cell in a map of strings without a copy.
struct CellHash {
  using is_transparent = void;
  std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
};

/// Rows end at \n, \r\n or \r. Blank lines and lines that start with '#' are passed over, but for the errors of a
/// spreadsheet ("#N/A,..."), which are cells. Cells are without the spaces around them and without their quotes.
class RowReader {
 public:
  /// @param text  UTF-8, must outlive the reader   @param first_line  the number of its first line
  RowReader(std::string_view text, char delimiter, int first_line = 1)
      : at_(text.data()), end_(text.data() + text.size()), delimiter_(delimiter), next_line_(first_line) {}

  /// Goes to the next row; false at the end of the text.
  bool next();
  std::span<const std::string_view> cells() const { return cells_; }  ///< valid until the next row
  int line() const { return line_; }                                  ///< where the row begins, from 1
  int comments() const { return comments_; }                          ///< lines passed over so far
  const char* position() const { return at_; }                        ///< the first byte after the row
  /// What is wrong with the row: its quotes, or more cells than kMostColumns, of which the first are kept; null if it is sound.
  const char* fault() const { return fault_; }
  const char* cure() const {
    return too_wide() ? "export fewer tags into one file" : "write a quote inside a quoted cell twice";
  }
  bool too_wide() const { return fault_ == kTooWide; }

 private:
  void skip_blank_and_comments();
  void quoted_cell();
  void plain_cell();
  void end_line();

  const char* at_;
  const char* end_;
  char delimiter_;
  int line_ = 0, next_line_, comments_ = 0;
  static constexpr char kTooWide[] = "has more than 16384 cells";  ///< one array, so that its address tells it
  const char* fault_ = nullptr;
  std::vector<std::string_view> cells_;
  std::deque<std::string> unescaped_;  ///< cells of this row that held ""; a deque, so that views stay
};

}  // namespace castner::tables

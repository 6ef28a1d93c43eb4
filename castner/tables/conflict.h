// SPDX-License-Identifier: Apache-2.0
/// Rows that give one tag in two ways, at one time or of two things: says which, and in which column they differ.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "castner/base/clock.h"
#include "castner/tables/problem_list.h"
#include "castner/tables/row_reader.h"
#include "castner/tables/table_layout.h"

namespace castner::tables {

/// The reading to be looked for, and the rows that give it.
struct Watch {
  std::string tag;
  Time time{};
  int column = -1;  ///< of the tag in a wide table
  int key = -1;     ///< a column of whole numbers of a wide table that tells the rows apart
  struct Row {
    int line = 0;
    std::vector<std::string> cells;
  };
  std::vector<Row> rows;
};

/// @param names  of the columns   @param conflicts  how many pairs of rows of the file differ
void add_conflict(const Watch&, const TableLayout&, const std::vector<std::string>& names, std::size_t conflicts,
                  ProblemList&);

/// Rows of different things under the same tags, such as two electrolysers that both have an FI-1: told once, by the columns that name
/// the thing.
class KeyWatch {
 public:
  /// @param names  of the columns   @param row  the reader at a row of this tag
  void look(std::string_view tag, const TableLayout&, const std::vector<std::string>& names, const RowReader& row,
            ProblemList&);
  bool differ() const { return differ_; }

 private:
  struct Text {
    int line = 0;
    std::string text;
  };
  std::map<std::string, std::vector<Text>, std::less<>> seen_;  ///< by tag: the first of each key
  bool differ_ = false;
};

}  // namespace castner::tables

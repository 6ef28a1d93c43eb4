// SPDX-License-Identifier: Apache-2.0
/// The rows that a program puts under its readings: WinCC's count, a sum, "end of report".
#pragma once

#include <limits>
#include <string>
#include <vector>

#include "castner/tables/problem_list.h"
#include "castner/tables/row_reader.h"
#include "castner/tables/table_layout.h"

namespace castner::tables {

class TrailerRows {
 public:
  /// Passes the row over where it looks like one of them: WinCC's own, or a text without a time. What comes after it tells it from a
  /// fault. @return whether it does
  bool pass_over(const TableLayout&, const RowReader& row);
  /// They were rows without a time: readings came after them, there are none, or they are too many.
  void refuse(const TableLayout&, ProblemList&);
  bool empty() const { return rows_.empty(); }
  bool too_many() const { return rows_.size() > 10; }  ///< for a few words under the readings
  int first_line() const { return rows_.empty() ? std::numeric_limits<int>::max() : rows_.front().line; }
  std::string note() const;

 private:
  struct Row {
    int line = 0;
    std::string text;  ///< of its first cell that is not empty
    bool of_wincc() const { return text.starts_with("$RT_"); }
  };
  std::vector<Row> rows_;
};

}  // namespace castner::tables

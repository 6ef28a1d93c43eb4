// SPDX-License-Identifier: Apache-2.0
/// What the number of a worksheet's cell stands for, by its number format.
#pragma once

#include <map>
#include <string>

namespace castner::tables {

struct NumberFormat {
  enum class Shows { number, date, percent } shows = Shows::number;
  std::string behind;  ///< the text that it writes behind a number, such as "kg/h"
  int thousands = 0;   ///< how often it divides the number by 1000: a comma behind the last digit
};

/// What the formats of a sheet's numbers show.
struct SheetFormats {
  struct Rows {
    int first = 0, last = 0;
  };
  std::map<int, std::map<std::string, Rows>> behind;  ///< by column the texts behind numbers; "" behind plain ones
  void note(int column, const std::string& text, int row) {
    behind[column].try_emplace(text, Rows{row, row}).first->second.last = row;
  }
  std::map<int, int> thousands;  ///< columns whose numbers are shown, and so read, as thousandths: the first row
};

/// @param id  of one of Excel's own formats, else -1   @param code  such as `#,##0.0" kg/h"`
[[nodiscard]] NumberFormat read_number_format(int id, const std::string& code);

}  // namespace castner::tables

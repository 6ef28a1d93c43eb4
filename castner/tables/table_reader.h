// SPDX-License-Identifier: Apache-2.0
/// A table file as people have it - CSV in any encoding, or XLSX - becomes samples, and says what was assumed.
#pragma once

#include <chrono>
#include <map>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "castner/base/error.h"
#include "castner/readings/sample.h"
#include "castner/tables/limits.h"
#include "castner/tables/time_text.h"

namespace castner::tables {

enum class TableShape { wide, longer, snapshot };  ///< time,TAG,...; time,tag,value[,quality]; tag,value[,sd][,quality]

/// A reading of a snapshot, with the unit, sd and quality that its row gives.
struct SnapshotRow {
  std::string tag;
  double value = 0.0;        ///< NaN where the text was not a number
  std::string unit;          ///< from the header, "value (t/h)"; "" where none
  std::string foreign;       ///< as of a series: "psi", then in kPa; else ""
  bool absolute = false;     ///< the unit says that it counts from vacuum: "kPa(a)"
  std::string share;         ///< "vol%" or "wt%", where the unit says so
  std::optional<double> sd;  ///< in the same unit
  readings::Quality quality = readings::Quality::good;
  int line = 0;
};

/// Format and assumptions under which a file was read; shown to the user.
struct TableFacts {
  std::string format;               ///< "CSV" or "XLSX"
  std::string encoding;             ///< "UTF-8", "UTF-8 with BOM", "UTF-16LE", "UTF-16BE", "GB18030"
  std::string delimiter;            ///< "comma", "semicolon", "tab"
  std::string decimal;              ///< "point", "comma"
  std::string sheet;                ///< that was read; "" of a CSV file
  std::vector<std::string> sheets;  ///< of a workbook, those that are not hidden
  TableShape shape = TableShape::wide;
  std::string time_zone;  ///< "offsets in the file", "+08:00", "Asia/Shanghai"
  std::optional<std::string>
      clock;                       ///< the clock that the file shows: the stated zone, or the one offset of every time
  int rows = 0;                    ///< data rows
  int header_line = 1;             ///< line of the names
  int comment_lines = 0;           ///< lines starting with '#'
  int bad_texts = 0;               ///< cells such as Bad, #N/A, empty: taken as bad quality
  std::vector<std::string> notes;  ///< other assumptions: texts among numbers, rows out of order, empty columns
};

struct Table {
  TableFacts facts;
  std::vector<readings::Series> series;  ///< wide and long
  std::vector<SnapshotRow> snapshot;     ///< snapshot only
};

struct TableOptions {
  /// IANA name or +HH:MM for times without an offset; without it such times are an error.
  std::optional<std::string> time_zone;
  /// The worksheet to be read; without it the first visible one that holds readings.
  std::optional<std::string> sheet;
  /// For a table whose rows count hours or rows instead of naming times: the time of the first row, and that from one count to the next,
  /// 0 where the column says it, "Zeit [h]".
  std::optional<Time> start;
  std::chrono::nanoseconds step{};
  std::vector<double> no_data;  ///< numbers that stand for no reading
  /// '.' or ',' of numbers such as 1.234, which may mean thousands; without it the file must show it.
  std::optional<char> decimal;
  /// Of dates such as 01/02/2026 and 26/11/03, which may be read in several ways; without it the file must show it.
  std::optional<DateOrder> dates;
  /// Of tags that somebody waits for, where the header gives none: they tell decimals from thousands, which no plant has.
  std::map<std::string, std::string> units;
  /// Tags that say whether a unit is out of service, by the texts that mean so (state_text.h); none: by numbers, so texts are refused.
  std::map<std::string, std::vector<std::string>> states;
  std::size_t most_cells = kUnlimited;  ///< a larger table is refused: for files of people who are not known
  std::stop_token stop = {};            ///< asked to stop, a long table is refused in the middle
};

/// Reads a table from the content of a file. Every problem with its line (or XLSX cell), at most 50, then a count.
/// @param bytes  the whole file   @param file  its name, for messages
[[nodiscard]] Result<Table> read_table(std::string_view bytes, const std::string& file, const TableOptions& = {});

}  // namespace castner::tables

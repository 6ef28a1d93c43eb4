// SPDX-License-Identifier: Apache-2.0
/// Collects the samples and notes of one tag while its file is read.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "castner/tables/cell_text.h"
#include "castner/tables/problem_list.h"
#include "castner/tables/table_reader.h"
#include "castner/tables/time_column.h"

namespace castner::tables {

class SeriesBuilder {
 public:
  SeriesBuilder(std::string tag, std::string unit, int column) : column_(column) {
    series_.tag = std::move(tag);
    series_.unit = std::move(unit);
  }

  /// Adds one sample; a cell that is no number and no word for a bad reading is a problem, unless the whole column is text.
  void add(Time time, std::string_view text, readings::Quality quality, int line, NumberReader& numbers) {
    const Cell cell = numbers.read(text, line);
    if (cell.kind == CellKind::number) {
      ++numbers_;
      series_.samples.push_back({time, cell.value, quality});
      return;
    }
    add_other(time, cell.kind, text, line);
  }

  void reserve(std::size_t samples) { series_.samples.reserve(samples); }
  std::size_t size() const { return series_.samples.size(); }
  const std::string& tag() const { return series_.tag; }
  const std::string& unit() const { return series_.unit; }
  int bad_texts() const { return bad_texts_; }
  TimeOrder& order() { return order_; }

  /// Sorts the samples by time and keeps the last of those with the same time.
  /// @return nothing where the column holds text only, which a note says
  std::optional<readings::Series> finish(const NumberReader& numbers, ProblemList& problems,
                                         std::vector<std::string>& notes, std::size_t& out_of_order,
                                         std::size_t& repeated);

 private:
  struct Text {
    int line;
    bool malformed;
    std::string text;
  };
  void add_other(Time time, CellKind kind, std::string_view text, int line);

  int column_;
  readings::Series series_;
  TimeOrder order_;
  std::size_t numbers_ = 0;
  int bad_texts_ = 0;
  std::size_t words_ = 0, malformed_ = 0;
  std::vector<Text> texts_;  ///< the first of them
};

}  // namespace castner::tables

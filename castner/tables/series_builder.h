// SPDX-License-Identifier: Apache-2.0
/// Collects the samples and notes of one tag while its file is read.
#pragma once

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "castner/readings/no_data.h"
#include "castner/tables/cell_text.h"
#include "castner/tables/problem_list.h"
#include "castner/tables/status_count.h"
#include "castner/tables/table_reader.h"
#include "castner/tables/time_column.h"

namespace castner::tables {

class SeriesBuilder {
 public:
  SeriesBuilder(std::string tag, std::string unit, bool absolute, std::string share, int column,
                const TableOptions& options)
      : column_(column), wanted_(options.units.contains(tag)) {
    if (const auto state = options.states.find(tag); state != options.states.end()) state_words_ = state->second;
    series_.tag = std::move(tag);
    series_.unit = std::move(unit);
    series_.absolute = absolute;
    series_.share = std::move(share);
  }

  /// Adds one sample; a text is no reading, but one that is meant as a number and is none here is a problem.
  void add(Time time, std::string_view text, readings::Quality quality, int line, NumberReader& numbers) {
    if (state_words_ && !state_words_->empty()) return add_state(time, text, quality);
    const Cell cell = numbers.read(text, line);
    if (cell.kind != CellKind::number) return add_other(time, cell.kind, text, line);
    note_number(text, cell, line);
    series_.samples.push_back({time, cell.value, quality});
  }

  void reserve(std::size_t samples) { series_.samples.reserve(samples); }
  std::size_t size() const { return series_.samples.size(); }
  std::span<const readings::Sample> samples() const { return series_.samples; }  ///< one for each cell so far
  const std::string& tag() const { return series_.tag; }
  const std::string& unit() const { return series_.unit; }
  int column() const { return column_; }
  int bad_texts() const { return bad_texts_; }
  /// The largest of the numbers such as 1.002, which may mean thousands; 0 where there is none.
  double largest_in_doubt() const { return thousands_.high; }
  /// A number of 1000 and more without a separator: none are used.
  bool has_plain_thousand() const { return others_.high >= 1000.0; }
  bool percentages() const { return percents_ > 0; }
  /// Numbers such as 1.002 among 996 and 999.
  bool mixes_thousands() const;
  const StatusCount& texts() const { return status_; }
  TimeOrder& order() { return order_; }

  /// Two rows of one time that differ.
  struct Conflict {
    Time time{};
    std::size_t count = 0;  ///< times at which rows differ
  };
  struct Found {
    std::size_t out_of_order = 0, repeated = 0;
    Conflict conflict;
  };
  /// Sorts the samples by time and drops rows that say the same again; takes numbers that stand for no data out.
  /// @param no_data  numbers that the person says stand for none   @param merged  an empty cell beside a number of one time is none
  /// @return nothing where the column holds text only, which a note says
  std::optional<readings::Series> finish(const NumberReader& numbers, std::span<const double> no_data, bool merged,
                                         ProblemList& problems, std::vector<std::string>& notes, Found& found);

 private:
  struct Text {
    int line;
    std::string text;
  };
  struct Range {
    double low = std::numeric_limits<double>::infinity(), high = 0.0;
    int line = 0;
    bool whole = true;  ///< whole numbers only
    void add(double size, int at) {
      if (high == 0.0) line = at;
      low = std::min(low, size);
      high = std::max(high, size);
    }
  };

  void note_number(std::string_view text, const Cell& cell, int line) {
    if (numbers_++ == percents_ && !cell.percent) plain_line_ = line;
    if (cell.percent && percents_++ == 0) percent_line_ = line;
    const double size = std::abs(cell.value);
    if (size < 1.0) return;
    const bool may_group = text.size() > 4 && (text[text.size() - 4] == '.' || text[text.size() - 4] == ',');
    if (may_group) return thousands_.add(size, line);
    if (readings::may_be_no_data(cell.value)) return;
    others_.add(size, line);
    others_.whole = others_.whole && size == std::floor(size);
  }
  void add_other(Time time, CellKind kind, std::string_view text, int line);
  void add_state(Time time, std::string_view text, readings::Quality quality);
  void settle_states(ProblemList& problems, std::vector<std::string>& notes);
  void settle_percent(ProblemList& problems);
  void settle_booleans(std::vector<std::string>& notes);
  void drop_no_data(std::span<const double> no_data, std::vector<std::string>& notes);
  void ask_about_repeated(std::vector<std::string>& notes) const;
  void order_by_time(bool merged, Found& found);

  int column_;
  readings::Series series_;
  TimeOrder order_;
  std::size_t numbers_ = 0, percents_ = 0;
  int percent_line_ = 0, plain_line_ = 0;
  Range thousands_, others_;  ///< numbers such as 1.002, which may be 1002, and all others; above 1
  int bad_texts_ = 0;
  StatusCount status_;
  std::size_t known_ = 0, words_ = 0, malformed_ = 0, flagged_ = 0;
  std::string word_;                                     ///< the first
  std::vector<std::pair<std::size_t, bool>> states_;     ///< TRUE and FALSE, by sample
  bool wanted_;                                          ///< somebody waits for the tag
  std::optional<std::vector<std::string>> state_words_;  ///< of a tag that says whether a unit is out of service
  std::vector<std::string> seen_states_;                 ///< a few of those that it says
  std::vector<Text> texts_;                              ///< the first that are meant as numbers
  std::vector<Text> flags_;                              ///< the first numbers with a flag
};

/// Where the row's tag says whether a unit is out of service by texts, its value: 1 or 0, or none. A text where a number is waited for is
/// a problem. @return whether the row is read
bool read_state(SnapshotRow& row, std::string_view text, int column, const TableOptions& options,
                ProblemList& problems);

}  // namespace castner::tables

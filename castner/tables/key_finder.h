// SPDX-License-Identifier: Apache-2.0
/// Finds the column that tells two things of one name apart, whatever its name: "line" with 1 and 2 in turn under the tag FI-1, at times of
/// their own.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "castner/readings/sample.h"
#include "castner/tables/problem_list.h"
#include "castner/tables/table_layout.h"

namespace castner::tables {

class KeyFinder {
 public:
  /// @param first_row  of readings, to tell texts from numbers in a wide table
  /// Texts of tags that somebody waits for, by these options, are states and tell nothing apart.
  void watch(const TableLayout&, std::span<const std::string_view> first_row, const TableOptions&);
  bool watches() const { return !columns_.empty(); }
  /// Takes note of a row that brings the next sample of `series`, from 0.
  void note(std::size_t series, std::span<const std::string_view> row, int line);
  /// Before the first check: forgets columns that cannot turn from row to row in time, of which a wide table may have thousands.
  /// @param samples  of any tag, as the rows came
  void drop_the_quiet(std::span<const readings::Sample> samples);
  /// Whether in time order the samples of a tag are of several things in turn; then the problem is added, once.
  bool check(std::size_t series, const std::string& tag, std::span<const readings::Sample>,
             const std::vector<std::string>& names, ProblemList&);
  /// Of a wide table the column of whole numbers, without a unit, that differ in every two rows of one time.
  /// @param samples  of any tag, as the rows came
  std::optional<int> numbers_that_tell_rows_apart(std::span<const readings::Sample> samples) const;

 private:
  struct Label {
    std::string text;
    int line = 0;  ///< of its first row
  };
  struct Column {
    int column = 0;
    bool numbers = true;  ///< labels are whole numbers, which may be readings too
    bool dead = false;    ///< more texts than things have, or decimals
    bool states = true;   ///< all labels are letters for quality, yes or no
    std::vector<Label> labels;
    std::vector<std::vector<std::uint8_t>> of;  ///< by series: which label each sample has
  };
  bool turns(const Column&, bool named, std::span<const std::uint8_t> labels, std::span<const readings::Sample>) const;

  std::vector<Column> columns_;
  bool wide_ = false, found_ = false;
};

}  // namespace castner::tables

// SPDX-License-Identifier: Apache-2.0
/// The problems of one table, in the order of its lines: one that many rows have is one line with the first two and a count; of all
/// others the first fifty, then a count.
#pragma once

#include <algorithm>
#include <map>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "castner/base/error.h"

namespace castner::tables {

class ProblemList {
 public:
  static constexpr std::size_t kMost = 50;
  static constexpr std::size_t kMostKinds = 10'000;
  static constexpr std::size_t kOneByOne = 3;  ///< rows with the same problem that are still listed each

  /// @param cells  places are cells of a sheet, "data.xlsx:B17", not lines
  explicit ProblemList(std::string file, bool cells = false) : file_(std::move(file)), cells_(cells) {}

  /// @param line from 1; 0 where the file as a whole is meant   @param column from 0; -1 where the line as a whole is meant
  void add(int line, std::string what, std::string cure, int column = -1) {
    ++count_;
    const std::tuple key(column, without_values(what), cure);
    if (kinds_.size() == kMostKinds && !kinds_.contains(key)) return;
    last_ = &kinds_[key];
    ++last_->count;
    auto& first = last_->first;
    const Entry entry{line, column, std::move(what), std::move(cure)};
    if (first.size() == kOneByOne && !before(entry, first.back())) return;
    first.insert(std::upper_bound(first.begin(), first.end(), entry, before), entry);
    if (first.size() > kOneByOne) first.pop_back();
  }
  /// More of the last problem, which were counted elsewhere and not kept.
  void add_uncounted(std::size_t n) {
    count_ += n;
    if (last_) last_->count += n;
  }
  bool empty() const { return count_ == 0; }

  /// "data.csv:17" or "data.xlsx:B17".
  std::string place(int line, int column) const {
    if (line <= 0) return file_;
    return file_ + ":" + (cells_ && column >= 0 ? column_name(column) : "") + std::to_string(line);
  }
  Error error() const;
  /// "A" for 0, "AB" for 27.
  static std::string column_name(int column) {
    std::string name;
    for (int c = column + 1; c > 0; c = (c - 1) / 26) name.insert(name.begin(), static_cast<char>('A' + (c - 1) % 26));
    return name;
  }

 private:
  struct Entry {
    int line, column;
    std::string what, cure;
    std::size_t rows = 1;  ///< that have it
  };
  struct Kind {
    std::size_t count = 0;
    std::vector<Entry> first;
  };
  static bool before(const Entry& a, const Entry& b) { return std::tie(a.line, a.column) < std::tie(b.line, b.column); }
  /// What rows with the same problem say alike: without what stands in quotes, and without numbers.
  static std::string without_values(const std::string& what);
  static Entry one_for_all(const Kind& kind);

  std::string file_;
  bool cells_;
  std::size_t count_ = 0;
  std::map<std::tuple<int, std::string, std::string>, Kind> kinds_;
  Kind* last_ = nullptr;
};

}  // namespace castner::tables

// SPDX-License-Identifier: Apache-2.0
/// The problems of one table, in the order of its lines: the first fifty, then a count.
#pragma once

#include <algorithm>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "castner/base/error.h"

namespace castner::tables {

class ProblemList {
 public:
  static constexpr std::size_t kMost = 50;

  /// @param cells  places are cells of a sheet, "data.xlsx:B17", not lines
  explicit ProblemList(std::string file, bool cells = false) : file_(std::move(file)), cells_(cells) {}

  /// @param line from 1; 0 where the file as a whole is meant   @param column from 0; -1 where the line as a whole is meant
  void add(int line, std::string what, std::string cure, int column = -1) {
    ++count_;
    if (kept_.size() >= 2 * kMost) keep_first(kMost);
    kept_.push_back({line, column, std::move(what), std::move(cure)});
  }
  /// Problems that were counted elsewhere and not kept.
  void add_uncounted(std::size_t n) { count_ += n; }
  bool empty() const { return count_ == 0; }

  /// "data.csv:17" or "data.xlsx:B17".
  std::string place(int line, int column) const {
    if (line <= 0) return file_;
    return file_ + ":" + (cells_ && column >= 0 ? column_name(column) : "") + std::to_string(line);
  }
  Error error() const {
    auto sorted = kept_;
    std::stable_sort(sorted.begin(), sorted.end(), before);
    if (sorted.size() > kMost) sorted.resize(kMost);
    Error e;
    for (const Entry& p : sorted) e.problems.push_back({place(p.line, p.column), p.what, p.cure});
    if (const std::size_t more = count_ - sorted.size(); more > 0)
      e.problems.push_back({file_, "and " + std::to_string(more) + (more == 1 ? " more problem" : " more problems"),
                            "mend these first"});
    return e;
  }
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
  };
  static bool before(const Entry& a, const Entry& b) { return std::tie(a.line, a.column) < std::tie(b.line, b.column); }
  void keep_first(std::size_t n) {
    std::stable_sort(kept_.begin(), kept_.end(), before);
    kept_.resize(n);
  }

  std::string file_;
  bool cells_;
  std::size_t count_ = 0;
  std::vector<Entry> kept_;
};

}  // namespace castner::tables

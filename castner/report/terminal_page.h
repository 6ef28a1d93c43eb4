// SPDX-License-Identifier: Apache-2.0
/// Lines of a terminal: wrapped, aligned by columns, Chinese counted double; used by terminal*.cpp only.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "castner/report/terminal.h"

namespace castner::report {

class Screen {
 public:
  explicit Screen(const TerminalOptions&);

  int columns() const { return columns_; }
  void heading(std::string_view);
  /// Text wrapped to the screen; `first` stands before the first line, spaces of the same width before the others.
  void text(std::string_view, std::string_view first = "");
  void blank() { out_ += "\n"; }
  struct Column {
    std::string heading;
    bool right = false;
    int most = 40;       ///< columns; longer cells are cut
    bool wraps = false;  ///< goes on in the next line instead; of the last column
  };
  /// A table; where it is wider than the screen the widest columns of words give way.
  void table(const std::vector<Column>&, const std::vector<std::vector<std::string>>& rows);
  std::string take() { return std::move(out_); }

 private:
  std::string out_;
  int columns_;
  bool colour_;
};

/// Control characters taken out, so that a name from a file cannot steer the terminal.
std::string harmless(std::string_view);

}  // namespace castner::report

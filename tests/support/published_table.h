// SPDX-License-Identifier: Apache-2.0
/// Reads a table of published numbers from tests/validation: lines of `# source = ...`, a header, rows of cells.
#pragma once

#include <gtest/gtest.h>

#include <cmath>
#include <fstream>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "tests/support/root.h"

namespace castner::testing {

class PublishedTable {
 public:
  /// @param path  below tests/validation, "if97/table05_region1.csv"; the test fails where it cannot be read
  explicit PublishedTable(const std::string& path) {
    std::ifstream in(root() + "/tests/validation/" + path);
    EXPECT_TRUE(in.is_open()) << path;
    std::vector<std::string> header;
    for (std::string line; std::getline(in, line);) {
      if (line.empty() || line[0] == '#') continue;
      auto cells = split(line);
      if (header.empty()) {
        header = std::move(cells);
        continue;
      }
      EXPECT_EQ(cells.size(), header.size()) << path << ": " << line;
      auto& row = rows_.emplace_back();
      for (std::size_t k = 0; k < std::min(cells.size(), header.size()); ++k) row[header[k]] = cells[k];
    }
    EXPECT_FALSE(rows_.empty()) << path;
  }

  class Row {
   public:
    explicit Row(std::map<std::string, std::string> cells) : cells_(std::move(cells)) {}
    std::string text(const std::string& column) const { return cells_.at(column); }
    /// Nothing where the cell is empty.
    std::optional<double> number(const std::string& column) const {
      const auto cell = text(column);
      return cell.empty() ? std::nullopt : std::optional(std::stod(cell));
    }
    double operator[](const std::string& column) const { return number(column).value(); }
    /// Half a unit of the last printed digit.
    double last_digit(const std::string& column) const {
      const auto cell = text(column);
      const auto point = cell.find('.');
      const auto decimals = point == std::string::npos ? 0 : static_cast<int>(cell.size() - point - 1);
      return 0.5 * std::pow(10.0, -decimals);
    }

   private:
    std::map<std::string, std::string> cells_;  // its own copy: a row may outlive the table
  };
  std::vector<Row> rows() const { return {rows_.begin(), rows_.end()}; }

 private:
  static std::vector<std::string> split(const std::string& line) {
    std::vector<std::string> cells(1);
    for (char c : line) {
      if (c == ',') {
        cells.emplace_back();
      } else if (c != '\r') {
        cells.back() += c;
      }
    }
    return cells;
  }
  std::vector<std::map<std::string, std::string>> rows_;
};

}  // namespace castner::testing

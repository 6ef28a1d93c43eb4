// SPDX-License-Identifier: Apache-2.0
/// The sheets of an Excel workbook as text, a line a row and a tab between cells.
#pragma once

#include <map>
#include <memory>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "castner/base/error.h"
#include "castner/tables/limits.h"
#include "castner/tables/merged_cells.h"
#include "castner/tables/number_format.h"

namespace castner::tables {

struct SheetText {
  std::string name;
  std::string text;  ///< UTF-8; line n is row n of the sheet; dates as 2026-11-03T14:05:00, percentages as 32.1e0%
  std::map<int, int> uncomputed;  ///< columns with formulas that no program has computed: the row of the first
  SheetFormats formats;
  std::vector<MergedCells> merged;  ///< near the top of the sheet
};

/// The file is a zip, which an XLSX workbook is.
[[nodiscard]] inline bool is_zip(std::string_view bytes) {
  return bytes.starts_with("PK\x03\x04") || bytes.starts_with("PK\x05\x06");
}

class Workbook {
 public:
  struct Sheet {
    std::string name, part;
    bool hidden = false;
  };
  /// Errors: not a workbook, broken, encrypted, or larger inside than a workbook may be.
  /// @param bytes  must outlive the workbook   @param stop  ends a long one in the middle, as an error
  [[nodiscard]] static Result<Workbook> open(std::string_view bytes, const std::string& file,
                                             std::stop_token stop = {});
  Workbook(Workbook&&) noexcept;
  Workbook& operator=(Workbook&&) noexcept;
  ~Workbook();

  const std::vector<Sheet>& sheets() const;
  /// Reads numbers, shared and inline strings, booleans (TRUE, FALSE), errors (#N/A), and dates, times of day, percentages and thousands,
  /// which Excel keeps as numbers with a style. Every string a cell holds stands in quotes where it needs them.
  /// Errors: no sheet of that name; a sheet that is broken or larger than one may be (1,048,576 rows, 16,384 columns, 1 GiB).
  /// @param most_cells  of all the sheets that are read, empty ones too
  [[nodiscard]] Result<SheetText> read(const std::string& sheet, std::size_t most_cells = kUnlimited);

 private:
  class Reader;
  explicit Workbook(std::unique_ptr<Reader>);
  std::unique_ptr<Reader> reader_;
};

}  // namespace castner::tables

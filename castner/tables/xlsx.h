// SPDX-License-Identifier: Apache-2.0
/// The first sheet of an Excel workbook as text, a line a row and a tab between cells.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "castner/base/error.h"

namespace castner::tables {

struct SheetText {
  std::string text;                ///< UTF-8; line n is row n of the sheet; dates as 2026-11-03T14:05:00
  std::vector<std::string> notes;  ///< what was assumed: which of several sheets
};

/// The file is a zip, which an XLSX workbook is.
[[nodiscard]] inline bool is_zip(std::string_view bytes) {
  return bytes.starts_with("PK\x03\x04") || bytes.starts_with("PK\x05\x06");
}

/// Reads numbers, shared and inline strings, booleans (1, 0), errors (#N/A) and dates, which Excel keeps as numbers with a
/// style. Every string a cell holds stands in quotes where it needs them.
/// Errors: not a workbook, broken, encrypted, or larger inside than a sheet may be (1,048,576 rows, 16,384 columns, 1 GiB).
[[nodiscard]] Result<SheetText> read_xlsx(std::string_view bytes, const std::string& file);

}  // namespace castner::tables

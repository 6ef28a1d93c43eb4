// SPDX-License-Identifier: Apache-2.0
/// Reads one cell of a table: a number, a word for a bad reading, or other text; and its quality.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "castner/readings/sample.h"
#include "castner/readings/status_text.h"

namespace castner::tables {

/// The kind of a cell's content.
enum class CellKind {
  number,
  bad,        ///< Bad, #N/A, NaN, ---, No Data, 坏值, empty and their like: no reading
  malformed,  ///< meant as a number but not one here: "1,234.5", "12 t/h", "<0.5"
  flagged,    ///< a number with a flag beside it, "121.00 H": malformed in a column of numbers, else a text
  text,       ///< something else, no reading either: "Running"
};
struct Cell {
  CellKind kind = CellKind::bad;
  double value = 0.0;    ///< of a number
  bool percent = false;  ///< a number with a percent sign behind it
};

/// Reads numbers with one decimal mark for the whole file, which the first number that has a mark decides.
class NumberReader {
 public:
  /// @param comma_possible  false where the comma separates cells and the decimal mark can only be a point
  /// @param stated  the mark that somebody names; the other one then separates thousands
  explicit NumberReader(bool comma_possible, std::optional<char> stated = std::nullopt)
      : mark_(stated           ? *stated
              : comma_possible ? '\0'
                               : '.'),
        stated_(stated.has_value()),
        proven_(stated_) {}

  Cell read(std::string_view text, int line);

  /// "point" or "comma"; point where no number had a mark.
  const char* mark_name() const { return mark_ == ',' ? "comma" : "point"; }
  /// Every number with a mark was of the kind "1,234" or "1.234", which may mean thousands: the line of the first, else 0.
  int doubtful_line() const { return proven_ ? 0 : doubtful_line_; }
  bool stated() const { return stated_; }
  /// The cure of a malformed cell, given the file's mark.
  std::string cure(std::string_view text) const;

 private:
  bool plain(std::string_view text, int line, double& value);
  void note_mark(std::string_view text, std::size_t mark, int line);

  char mark_;
  bool stated_;
  bool proven_;  ///< a number such as "0,5" or "12,25", whose mark cannot group thousands
  int doubtful_line_ = 0;
};

/// Whether a cell holds a number, by either mark.
[[nodiscard]] bool holds_number(std::string_view text);

/// Reads the qualities of one file. Codes below 64 alone are ambiguous: 0 is bad in OPC DA and good in OPC UA, 1 is
/// good in other systems.
class QualityReader {
 public:
  std::optional<readings::Quality> read(std::string_view text, readings::QualityColumn column, int line);
  /// The line of the first code below 64 where no other quality shows what it means, else 0.
  int doubtful_line() const { return others_ ? 0 : low_line_; }
  /// The line of the first negative code, and its text: nobody documents what one means.
  int negative_line() const { return negative_line_; }
  const std::string& negative() const { return negative_; }

 private:
  bool others_ = false;
  int low_line_ = 0, negative_line_ = 0;
  std::string negative_;
};

/// Full-width digits, letters and signs, as Chinese and Japanese programs write them, as ASCII.
[[nodiscard]] std::string half_width(std::string_view text);

}  // namespace castner::tables

// SPDX-License-Identifier: Apache-2.0
/// Reads one cell of a table: a number, a word for a bad reading, or other text; and words and codes for quality.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "castner/readings/sample.h"

namespace castner::tables {

/// The kind of a cell's content.
enum class CellKind {
  number,
  bad,        ///< Bad, #N/A, NaN, ---, No Data, 坏值, empty and their like: no reading
  malformed,  ///< meant as a number but not one here: "1,234.5", "12 t/h", "<0.5"
  text,       ///< something else: "Running"
};
struct Cell {
  CellKind kind = CellKind::bad;
  double value = 0.0;  ///< of a number
};

/// Reads numbers with one decimal mark for the whole file, which the first number that has a mark decides.
class NumberReader {
 public:
  /// @param comma_possible  false where the comma separates cells and the decimal mark can only be a point
  explicit NumberReader(bool comma_possible) : mark_(comma_possible ? '\0' : '.') {}

  Cell read(std::string_view text, int line);

  /// "point" or "comma"; point where no number had a mark.
  const char* mark_name() const { return mark_ == ',' ? "comma" : "point"; }
  /// Every number with a mark was of the kind "1,234" or "1.234", which may mean thousands: the line of the first, else 0.
  int doubtful_line() const { return proven_ ? 0 : doubtful_line_; }
  /// The cure of a malformed cell, given the file's mark.
  std::string cure(std::string_view text) const;

 private:
  bool plain(std::string_view text, int line, double& value);
  void note_mark(std::string_view text, std::size_t mark, int line);

  char mark_;
  bool proven_ = false;  ///< a number such as "0,5" or "12,25", whose mark cannot group thousands
  int doubtful_line_ = 0;
};

/// A word that stands for "no reading", in any case; the empty text too.
[[nodiscard]] bool is_bad_text(std::string_view text);

/// good, uncertain, bad, the like in Chinese, or an OPC code 0 to 255 (192 and above good, 64 to 127 uncertain, below 64
/// bad). Empty is good. Nothing where it is none of these.
[[nodiscard]] std::optional<readings::Quality> read_quality(std::string_view text);

/// Reads the qualities of one file. Codes below 64 alone are ambiguous: 0 is bad in OPC DA and good in OPC UA, 1 is
/// good in other systems.
class QualityReader {
 public:
  /// @param one_is_good  the column holds 1 for good and 0 for bad, nothing else
  void set_one_is_good(bool one_is_good) { one_is_good_ = one_is_good; }
  std::optional<readings::Quality> read(std::string_view text, int line);
  /// The line of the first code below 64 where no other quality shows what it means, else 0.
  int doubtful_line() const { return others_ ? 0 : low_line_; }

 private:
  bool one_is_good_ = false, others_ = false;
  int low_line_ = 0;
};

/// ASCII letters in lower case.
[[nodiscard]] std::string lower_case(std::string_view text);
/// Without spaces at both ends, the unbreakable and the ideographic ones too.
[[nodiscard]] std::string_view trimmed(std::string_view text);

}  // namespace castner::tables

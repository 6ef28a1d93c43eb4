// SPDX-License-Identifier: Apache-2.0
/// Numbers that stand for "no data", such as -9999 or 9.9999E+37: those that a person lists, and those that stand out by themselves.
#pragma once

#include <limits>
#include <optional>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

namespace castner::readings {

/// Reads "-9999, 9.9999E+37, 0x8000"; hexadecimal numbers count as they stand, 0x8000 is 32768. Nothing where one is no number.
[[nodiscard]] std::optional<std::vector<double>> read_no_data(std::string_view text);

/// Whether `value` is one of `no_data`, to a float's precision.
[[nodiscard]] bool is_no_data(std::span<const double> no_data, double value);

/// Whether historians and devices are known to write this number for "no data"; it may be a reading all the same.
[[nodiscard]] bool may_be_no_data(double value);

/// The number of that kind which `value` is to a float's precision, else `value`.
[[nodiscard]] double nearest_no_data(double value);

/// Finds among the numbers of one tag those that historians and devices are known to write for "no data" and that lie far from all
/// the others. A number that the rest comes near is a reading.
class NoDataFinder {
 public:
  void add(double value);  ///< finite
  /// Ascending; empty for most tags. @param least  how often each must have come
  [[nodiscard]] std::vector<double> found(std::size_t least = 1) const;

  /// Such a number where the tag shows no other: nothing tells whether it is a reading.
  [[nodiscard]] std::optional<double> throughout() const;

 private:
  std::vector<std::pair<double, std::size_t>> candidates_;  ///< and how often each came
  double low_ = std::numeric_limits<double>::infinity(),
         high_ = -std::numeric_limits<double>::infinity();  ///< of the others
};

}  // namespace castner::readings

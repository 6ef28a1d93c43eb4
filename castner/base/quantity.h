// SPDX-License-Identifier: Apache-2.0
/// Numbers with units in text, such as "3.2 kA/m2", to SI and back; used at the edges only.
#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "castner/base/error.h"

namespace castner {

/// Exponents of m, kg, s, K, mol, A and money. Halves occur (sqrt), so they are doubles.
struct Dimension {
  std::array<double, 7> exponent{};
  friend bool operator==(const Dimension&, const Dimension&) = default;
  friend Dimension operator*(const Dimension& a, const Dimension& b);
  friend Dimension operator/(const Dimension& a, const Dimension& b);
  Dimension pow(double n) const;
  bool pure() const { return *this == Dimension{}; }
  /// For messages: the coherent SI unit, "kg/s", or "1".
  std::string si_unit() const;
};

/// A unit of measure as written: value_SI = value * scale + offset. (A Unit is a piece of plant: plant/unit.h.)
struct Measure {
  std::string text = "1";  ///< as the person wrote it
  Dimension dimension;
  double scale = 1.0;
  double offset = 0.0;   ///< degC alone, and gauge pressure (needs the plant's atmosphere)
  std::string currency;  ///< "CNY" where the unit is a price, else empty
  double to_si(double v) const { return v * scale + offset; }
  double from_si(double v) const { return (v - offset) / scale; }
  double difference_to_si(double v) const { return v * scale; }
  double difference_from_si(double v) const { return v / scale; }
  /// The unit in which a difference of two such values is stated: "K" for degC, "Pa" for Pa(g).
  std::string difference_text() const;
};

struct MeasureOptions {
  double atmosphere = 101325.0;  ///< [Pa], what (g) is counted from
  bool prices = false;           ///< a currency code is allowed
};

/// Reads a unit such as "kA/m2", "t/h", "W/(m2.K)", "degC", "bar(g)", "1", "%"; the grammar is in
/// docs/reference/plant_file.md, "Numbers".
[[nodiscard]] Result<Measure> parse_unit(std::string_view text, const MeasureOptions& = {});

struct Quantity {
  double value = 0.0;  ///< as written, in `unit`
  Measure unit;
  double si() const { return unit.to_si(value); }
};
/// Reads "3.2 kA/m2", "2 %", "12 t/h". A text without a unit is an error here; callers decide about bare numbers.
[[nodiscard]] Result<Quantity> parse_quantity(std::string_view text, const MeasureOptions& = {});

/// The number at the start of `text` in the notation of the files, "-1.5e3"; `length` is how much of it that is.
/// No number there, or one beyond the range of a double: nothing.
std::optional<double> leading_number(std::string_view text, std::size_t& length);
/// The shortest text that reads back as the same number.
std::string number_text(double value);
/// "3.2 kA/m2": parse_quantity of it gives the same value and unit.
std::string quantity_text(const Quantity&);

}  // namespace castner

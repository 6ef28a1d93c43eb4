// SPDX-License-Identifier: Apache-2.0
/// Numbers as people in a plant read them: t/h, degC, kWh/t; as many digits as the uncertainty allows, the same on
/// the screen, in the page and in the file. The rule of digits, which web/src/lib/format.ts repeats, both held to
/// shown_cases.json by test:
///  1. A figure with an sd shows two digits of the sd, and the value to the same place.
///  2. No figure has more than six digits. One whose sd would ask for more is known better than any plant is: its sd is that
///     of the arithmetic, and it shows five digits without it.
///  3. A figure without an sd shows four digits and its whole part.
///  4. Like figures in a column show one number of decimals, the fewest of theirs. Alike are those whose sd is within a factor
///     of 3 of the middle one; without sds, those whose decimals are within 1 of the middle number. Others keep their own.
///  5. A reading alone shows one digit of its instrument's sd.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "castner/assess/assessment.h"
#include "castner/plant/plant.h"

namespace castner::words {

/// A unit to show values in: shown = (SI - offset) / scale.
struct PeopleUnit {
  std::string code = "1";        ///< in the grammar of plant.toml: "t/h", "degC", "kW.h/t"; read back by Castner
  std::string difference = "1";  ///< the unit of a difference of two such values: "K" for degC
  double scale = 1.0, offset = 0.0;
};

/// The unit of a plant's variable: that of its first measurement, else the usual one of its SI unit.
/// Pure numbers where the plant file is `as_published`.
PeopleUnit unit_for(const plant::Plant&, int variable);

/// The usual unit of an amount stated in `unit` (SI or as indicators are shown) of about this size.
/// @param about  what it is, where the unit alone does not say: "current_efficiency", "S1.mass_frac.NaOH"
PeopleUnit unit_for(std::string_view unit, double typical, std::string_view about = {});

/// "t/h" as "t/h", "degC" as "°C", "kW.h/t" as "kWh/t", "m2" as "m²", "1" as "".
std::string pretty_unit(std::string_view code);

/// A number as text: ASCII, a point, no grouping, no plus sign. Both empty where the value is unknown.
struct Shown {
  std::string value, sd;
  std::string unit;                                   ///< code; pretty_unit() makes it nice
  std::optional<double> number = {}, number_sd = {};  ///< what was rounded, in that unit
  bool known() const { return !value.empty(); }
};

/// A figure by rules 1 to 3.
Shown shown(std::optional<double> value, std::optional<double> sd, std::string unit_code = "1");
/// An SI value in a people's unit.
Shown shown_in(const PeopleUnit&, std::optional<double> si, std::optional<double> sd);
/// A difference of two SI values (an adjustment, a bias) in a people's unit.
Shown difference_in(const PeopleUnit&, std::optional<double> si, std::optional<double> sd);
/// The smallest error that would be seen, to two digits.
Shown smallest_seen_in(const PeopleUnit&, std::optional<double> si);
/// An amount of an assessment in the usual unit of its kind. `about` as for unit_for.
Shown shown(const assess::Amount&, std::string_view about = {});

/// A figure in a column, and what like ones are called alike: "flow_vol" for "AB1.flow_vol".
struct InColumn {
  std::string_view like;
  Shown* shown;
};
/// Rule 4: gives the like figures of a column, which are of one unit too, one number of decimals.
void align(std::span<const InColumn> column);
/// "flow_vol" of "AB1.flow_vol"; the whole of a path without a dot.
std::string_view quantity_of(std::string_view path);
/// Rule 5: the decimals of an instrument's readings. @param typical, sd  of a reading, in the unit shown
std::optional<int> decimals_of_reading(double typical, double sd);

/// For the eye: thousands grouped, a real minus sign. "-12345.6" becomes "−12,345.6".
std::string grouped(std::string_view number);
/// How many sds: one decimal, "−5.3", never "−0.0".
std::string in_sds(double);
/// "2,142 ± 9 kWh/t"; "4.21 t/h" without an sd; empty where unknown.
std::string sentence_number(const Shown&);

}  // namespace castner::words

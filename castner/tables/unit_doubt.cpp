// SPDX-License-Identifier: Apache-2.0
#include "castner/tables/unit_doubt.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <iterator>

#include "castner/base/suggest.h"

namespace castner::tables {
namespace {

bool gauge(const Measure& unit) {
  static const Dimension kPressure = parse_unit("Pa")->dimension;
  return unit.offset != 0.0 && unit.dimension == kPressure;
}

}  // namespace

std::optional<std::string> unit_doubt(const Measure& theirs, bool absolute, const Measure& ours, bool foreign) {
  constexpr double kFactor = 1000.0 * (1.0 - 1e-9);  // kg/h against t/h too
  const double ratio = ours.scale / theirs.scale;
  const double factor = ratio < 1.0 ? 1.0 / ratio : ratio;
  if (factor >= kFactor && !foreign) return fmt::format("a factor of {:.4g} lies between the two", factor);
  if (gauge(theirs) == gauge(ours) || (absolute && gauge(ours))) return std::nullopt;
  return std::string(gauge(ours) ? "the file's counts from vacuum, the other from the atmosphere"
                                 : "the file's counts from the atmosphere, the other from vacuum");
}

bool beyond_any_plant(const Measure& unit, double value) {
  // Guesses with a wide margin, in SI. A pipe of 2 m carries 10 m3/s of water at 3 m/s and 100 m3/s of gas; rectifiers give up to
  // 500 kA, hydrogen is compressed to 400 bar, steel melts at 1800 K, and of a whole there is no more than 1, in % and ppm too.
  struct Most {
    Measure unit;
    double value;
  };
  static const auto most = [](const char* text, double size) { return Most{*parse_unit(text), size}; };
  static const Most kMost[] = {most("1", 1.0),  most("kg/s", 1e4),  most("m3/s", 1e2), most("mol/s", 5e4),
                               most("Pa", 5e7), most("K", 2.5e3),   most("A", 1e6),    most("V", 1e6),
                               most("W", 1e9),  most("kg/m3", 2e4), most("m", 1e2),    most("A/m2", 1e5),
                               most("m/s", 1e3)};
  const auto* it = std::find_if(std::begin(kMost), std::end(kMost),
                                [&](const Most& m) { return m.unit.dimension == unit.dimension; });
  const bool counted = unit.text == "1";  // a switch, a count, a pH: nothing is known of it
  return it != std::end(kMost) && !counted && std::abs(unit.to_si(value)) > it->value * (1.0 + 1e-9);
}

}  // namespace castner::tables

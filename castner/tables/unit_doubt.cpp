// SPDX-License-Identifier: Apache-2.0
#include "castner/tables/unit_doubt.h"

#include <fmt/format.h>

#include "castner/base/suggest.h"

namespace castner::tables {
namespace {

bool gauge(const Measure& unit) {
  static const Dimension kPressure = parse_unit("Pa")->dimension;
  return unit.offset != 0.0 && unit.dimension == kPressure;
}

}  // namespace

std::optional<std::string> unit_doubt(const Measure& theirs, bool absolute, const Measure& ours) {
  constexpr double kFactor = 1000.0 * (1.0 - 1e-9);  // kg/h against t/h too
  const double ratio = ours.scale / theirs.scale;
  const double factor = ratio < 1.0 ? 1.0 / ratio : ratio;
  if (factor >= kFactor) return fmt::format("a factor of {:.4g} lies between the two", factor);
  if (gauge(theirs) == gauge(ours) || (absolute && gauge(ours))) return std::nullopt;
  return std::string(gauge(ours) ? "the file's counts from vacuum, the other from the atmosphere"
                                 : "the file's counts from the atmosphere, the other from vacuum");
}

}  // namespace castner::tables

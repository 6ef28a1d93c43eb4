// SPDX-License-Identifier: Apache-2.0
#include "castner/cell_room/quantities.h"

#include "castner/base/check.h"

namespace castner::cell_room {
namespace {

// Sizes by which a unit is known are guesses, wide enough for any plant and apart from one unit to the next. As everywhere, a bare
// number is first of all in SI, where a plant could have it.
constexpr UnitBySize kTemperature[]{{"degC", 15.0, 130.0}, {"K", 285.0, 405.0}};
constexpr UnitBySize kCaustic[]{{"1", 0.05, 0.55}, {"%", 5.0, 55.0}};
// Nobody runs with half a percent of hydrogen in chlorine, and everybody has more than 0.005 %.
constexpr UnitBySize kHydrogen[]{{"1", 0.0, 0.005}, {"%", 0.005, 5.0}};
constexpr UnitBySize kOxygen[]{{"1", 0.0, 0.06}, {"%", 0.06, 20.0}};
constexpr UnitBySize kChloride[]{{"1", 0.0, 0.001}, {"%", 0.001, 1.0}, {"ppm", 1.0, 1e4}};
constexpr UnitBySize kBrine[]{{"kg/s", 0.0, 1e9}};  // no size tells it from m3/h; only its changes count

constexpr RoomQuantityInfo kInfo[kRoomQuantities]{{"current", "A", "13.5 kA", 0.0, 1e6, false, {}},
                                                  {"voltage", "V", "540 V", 0.0, 2e3, true, {}},
                                                  {"temperature", "K", "88 degC", 273.15, 405.0, false, kTemperature},
                                                  {"caustic", "1", "32 %", 0.05, 0.55, false, kCaustic},
                                                  {"hydrogen_in_chlorine", "1", "0.1 %", 0.0, 0.2, true, kHydrogen},
                                                  {"oxygen_in_chlorine", "1", "1.2 %", 0.0, 0.5, true, kOxygen},
                                                  {"chloride_in_caustic", "1", "40 ppm", 0.0, 0.05, false, kChloride},
                                                  {"brine_flow", "kg/s", "25 t/h", 0.0, 1e3, false, kBrine}};

}  // namespace

const RoomQuantityInfo& info(RoomQuantity k) { return kInfo[at(k)]; }

std::optional<ToSi> conversion(RoomQuantity k, const Measure& unit) {
  const auto own = parse_unit(info(k).si);
  check(own.has_value(), "the units of what is known of an electrolyser parse");
  if (unit.dimension == own->dimension) return ToSi{unit.scale, unit.offset};
  const auto volume = parse_unit("m3/s");
  if (k == RoomQuantity::brine_flow && volume && unit.dimension == volume->dimension)
    return ToSi{unit.scale * kBrineDensity, 0.0};
  return std::nullopt;
}

}  // namespace castner::cell_room

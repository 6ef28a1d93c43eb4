// SPDX-License-Identifier: Apache-2.0
#include "castner/cell_bank/faults.h"

#include <algorithm>
#include <cmath>

#include "castner/base/chance.h"
#include "castner/cell_bank/cell_physics.h"

namespace castner::cell_bank {
namespace {

/// Pace of a dry membrane: from the first 0.1 V, five minutes after the onset, it doubles every two. [s]
constexpr double kDryFirst = 300.0, kDryPace = 173.0, kDryFirstVoltage = 0.1;

/// Conductance [S/m2] of a short that takes so many volts at full load, by the mean cell's line U = 2.42 V + 0.108 mohm m2 j (2.3).
double shunt_of(double lost) {
  const double voltage = std::max(3.0 - lost, 0.05);
  const double electrolysis = std::max(0.0, (voltage - 2.42) / 0.108e-3);
  return (kReferenceDensity - electrolysis) / voltage;
}

/// Whether a flickering fault is off in this half minute; the same however the time is stepped.
bool is_off(const Fault& f, double time) {
  if (f.off <= 0.0) return false;
  const auto spell = static_cast<std::uint64_t>((time - f.onset) / 30.0);
  Chance chance(spell * 1000003u + static_cast<std::uint64_t>(f.cell), "flicker");
  return chance.uniform() < f.off;
}

}  // namespace

std::string_view name_of(Illness cause) {
  constexpr std::string_view kNames[kIllnesses] = {"pinhole",       "blister",         "membrane_fouling",
                                                   "anode_coating", "cathode_coating", "blocked_feed",
                                                   "dry_out",       "short",           "contact"};
  return kNames[static_cast<int>(cause)];
}

double share_at(const Fault& f, double time) {
  if (time < f.onset || time >= f.until) return 0.0;
  const double passed = time - f.onset;
  if (f.cause == Illness::dry_out) {
    const double risen = kDryFirstVoltage * std::expm1(passed / kDryPace) / std::expm1(kDryFirst / kDryPace);
    return std::min(1.0, risen / f.size);
  }
  const double gone = f.over > 0.0 ? std::min(1.0, passed / f.over) : 1.0;
  if (f.steps > 0) return std::min(1.0, (std::floor(gone * f.steps) + 1.0) / f.steps);
  if (f.cause == Illness::anode_coating) return gone * gone;
  if (f.cause == Illness::pinhole) return 0.1 * gone + 0.9 * gone * gone;
  return gone;
}

void add_to(CellCondition& c, const Fault& f, double time) {
  const double size = f.size * share_at(f, time);
  if (size == 0.0 || is_off(f, time)) return;
  switch (f.cause) {
    case Illness::pinhole: c.leak += size; break;
    case Illness::blister: c.lost_area = 1.0 - (1.0 - c.lost_area) * (1.0 - size); break;
    case Illness::membrane_fouling: c.membrane *= 1.0 + size; break;
    case Illness::anode_coating: c.anode += size; break;
    case Illness::cathode_coating: c.cathode += size; break;
    case Illness::blocked_feed: c.feed *= 1.0 - size; break;
    case Illness::dry_out:
      c.series += size / kReferenceDensity;
      c.feed *= 0.1;  // what still trickles in; a guess
      break;
    case Illness::short_circuit: c.shunt += shunt_of(size); break;
    case Illness::contact: c.series += size; break;
  }
}

}  // namespace castner::cell_bank

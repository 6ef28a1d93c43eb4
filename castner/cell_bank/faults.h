// SPDX-License-Identifier: Apache-2.0
/// What may befall a cell: every cause with its onset, size and pace, and what it changes in the cell.
///
/// Kinds, signs and sizes are those of `docs/domain/electrolyser.md` 2.7 and 2.8, all from memory of the trade there; what they do
/// not say (pace, gases of one cell) is a guess and is marked so.
#pragma once

#include <cstdint>
#include <limits>
#include <span>
#include <string_view>

namespace castner::cell_bank {

enum class Illness {
  pinhole,  ///< gases and liquors meet: little voltage at load, none at low current, a fast decay, hydrogen in chlorine
  blister,  ///< part of the membrane conducts no more
  membrane_fouling,  ///< the membrane resists more, over weeks
  anode_coating,     ///< the anode needs more overvoltage, faster and faster, and makes more oxygen
  cathode_coating,   ///< the cathode needs more: at once after reverse current in a stop, or over weeks
  blocked_feed,      ///< less brine: warm and dry within minutes
  dry_out,           ///< no brine: the voltage runs away
  short_circuit,     ///< metal touches: the voltage breaks down
  contact,           ///< a bad contact in series
};
inline constexpr int kIllnesses = 9;
/// As Castner's answers name it: "pinhole", ..., "short", "contact".
std::string_view name_of(Illness);

inline constexpr double kForever = std::numeric_limits<double>::infinity();

/// One fault of one cell. What `size` counts depends on the cause:
/// | cause | size | usual |
/// | --- | --- | --- |
/// | pinhole | current density that its crossing gases eat up, over the whole cell [A/m2] | 30 to 350: 0.6 to 6.5 % hydrogen in that cell's chlorine at full load, -4 to -50 mV there (2.7) |
/// | blister | share of the area lost | 0.05 to 0.3; k -> k/(1 - size) (2.7) |
/// | membrane_fouling | rise of the membrane's resistance, relative | 0.1 to 0.5, over days to weeks (a guess) |
/// | anode_coating | overvoltage at load [V] | 0.03 to 0.3 (2.7) |
/// | cathode_coating | likewise [V] | 0.05 to 0.25 (2.7) |
/// | blocked_feed | share of the cell's brine lost | 0.4 to 0.8 (a guess) |
/// | dry_out | voltage at full load when all is lost [V] | 1 to 2: above 3.8 V in all (2.8) |
/// | short_circuit | voltage lost at full load [V] | 0.3 to 2.5 (2.8) |
/// | contact | area resistance [ohm m2] | 5e-6 to 40e-6: 27 to 215 mV (a guess) |
struct Fault {
  Illness cause = Illness::pinhole;
  int cell = 0;        ///< from 0
  double onset = 0.0;  ///< [s]
  double size = 0.0;   ///< at its full, see above
  double over = 0.0;   ///< from onset to full size [s]; 0: at once
  int steps = 0;       ///< in so many equal steps, as after pressure reversals; 0: gradually
  double off =
      0.0;  ///< share of the time in which it is not there, in spells of half a minute: a contact that flickers
  double until = kForever;  ///< [s], repaired
};

/// What all its faults make of a cell. A sound cell is `CellCondition{}`.
struct CellCondition {
  double membrane = 1.0;   ///< factor on the membrane's resistance
  double lost_area = 0.0;  ///< of the membrane, share
  double series = 0.0;     ///< [ohm m2]
  double anode = 0.0;      ///< [V] at load
  double cathode = 0.0;    ///< [V] at load
  double leak = 0.0;       ///< [A/m2]
  double shunt = 0.0;      ///< [S/m2]
  double feed = 1.0;       ///< share of its brine that comes
};

/// How far a fault has come, from 0 to 1: in steps, or by the pace of its cause: an anode's coating goes with the square of time, a dry
/// membrane as an exponential of a few minutes, a pinhole grows as it is eaten out; others evenly.
double share_at(const Fault&, double time);

/// Joins a fault to what a cell suffers. @param time [s]
void add_to(CellCondition&, const Fault&, double time);

/// What a pinhole or a coating does to the electrolyser's analyses; all guesses but the first, which is an electron balance.
inline constexpr double kHydrogenPerLeak = 1.0;  ///< of the leak's electrons, hydrogen that leaves with the chlorine
inline constexpr double kOxygenPerLeak =
    0.32;  ///< mol O2 a mol of chlorine's electrons, as 64 % of lost current makes it (2.4)
inline constexpr double kSaltPerLeak = 0.0587;       ///< kg NaCl a kg of caustic, at a leak as large as the current
inline constexpr double kSaltPerLostArea = 60.0;     ///< times the healthy salt, a share of area lost
inline constexpr double kOxygenPerAnodeVolt = 60.0;  ///< times the healthy oxygen, a volt of anode wear

}  // namespace castner::cell_bank

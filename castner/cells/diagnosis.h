// SPDX-License-Identifier: Apache-2.0
/// What is told of a cell or of its instrument. Once told it stays, and shows the newest cause.
#pragma once

#include <optional>
#include <vector>

#include "castner/cells/cause.h"
#include "castner/cells/signs.h"

namespace castner::cells {

enum class Severity { info, warning, critical };

/// One thing that was seen; the number in SI units.
struct Clue {
  enum class Kind {
    deviation,     ///< of the voltage at load from the cell's own level [V]
    ohmic_share,   ///< of the deviation [1]
    at_once,       ///< within so many seconds
    rising,        ///< by so many volts a second
    low_current,   ///< deviation at a low current from the other cells [V]
    decay,         ///< after a stop, below the other cells [V]
    hydrogen,      ///< more hydrogen in the electrolyser's chlorine, volume fraction at the present current [1]
    oxygen,        ///< more oxygen there [1]
    chloride,      ///< more sodium chloride in its caustic, mass fraction [1]
    feed,          ///< its brine flow is lower by this share [1]
    sum_follows,   ///< the electrolyser's voltmeter moved by [V]
    sum_does_not,  ///< the cells' sum moved by this, the electrolyser's voltmeter did not [V]
    at_start,      ///< it came in a stop or at the start after it
    flickers,      ///< the deviation comes and goes; its sd [V]
    at_rest,       ///< without current the reading is off by [V]
    opposite,      ///< a neighbour moved against it by [V]
    exchanged,     ///< the other tag now reads what this one did, within [V]
    level,         ///< the voltage itself [V]
    frozen,        ///< the reading has not changed for so many seconds
    factor         ///< the reading is too large by this factor less one [1]
  };
  Kind kind;
  Figure number;
};

/// A test that would tell what the data cannot.
enum class Test {
  none,
  low_current,
  next_stop,
  move_load,
  sample_gas,
  titrate_caustic,
  hand_voltmeter,
  look_at_feed,
  wait
};

struct Diagnosis {
  int cell = 0;                 ///< from 0
  double since = 0.0;           ///< estimate of when it began [s]
  double detected = 0.0;        ///< when it was told [s]
  std::optional<double> ended;  ///< when the cell was back at its own level [s]
  Cause cause = Cause::unknown;
  double probability = 0.0;  ///< of the cause; of the likeliest one where it is unknown
  struct Alternative {
    Cause cause;
    double probability;
  };
  std::vector<Alternative> alternatives;  ///< likeliest first, those above 5 %
  Signs signs;                            ///< from which the cause was told
  std::vector<Clue> evidence;
  Severity severity = Severity::info;
  Test test = Test::none;
  int with = -1;  ///< the other cell of a swapped pair, or of two neighbours that moved against each other
  template <class A>
  void archive(A& a) {
    a(cell, since, detected, ended, cause, probability, alternatives, signs, evidence, severity, test, with);
  }
  bool instrument() const { return is_instrument(cause); }
};

/// What befell all cells of an electrolyser, or many at once: no cell's illness.
struct RoomWide {
  enum class Kind {
    hangs,           ///< every voltage repeats what it was: the scanner, or what sends its readings, stands still
    moved_together,  ///< some cells moved against the others from one row to the next, at a steady load
    live,            ///< the current reads nothing, and the cells stand as if it flowed
    bypassed,        ///< the current reads load, and the cells stand as if none flowed
    silent,          ///< no voltage comes any more
    hydrogen         ///< hydrogen in chlorine is high, or its flow has doubled and no cell is known to leak
  };
  Kind kind = Kind::hangs;
  double since = 0.0, detected = 0.0;  ///< [s]
  std::optional<double> ended;         ///< of what lasts: all but moved_together [s]
  int cells = 0;                       ///< how many moved: the lesser of the two parts
  double number =
      0.0;  ///< by how much the parts moved against each other, or where the cells stand [V]; hydrogen as it is now [1]
  template <class A>
  void archive(A& a) {
    a(kind, since, detected, ended, cells, number);
  }
};

}  // namespace castner::cells

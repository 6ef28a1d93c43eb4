// SPDX-License-Identifier: Apache-2.0
/// Which units are idle. Keys and tags say it; of the rest the readings tell:
///  1. A reading shows standstill when it is 0 within what its instrument, or a unit kept warm, reads then; it shows load when it
///     is clear of that and of its own uncertainty; otherwise, and when it is not usable, it shows nothing. What a unit kept warm
///     reads is no more than 5 % of load, where that is known, and else no more than a hint: a small unit may run there.
///  2. A unit is idle where that contradicts fewer readings of the whole plant than if it ran: readings of load where nothing
///     moves then, against readings of standstill where something runs. Those that stand level are tried together as well: where
///     all electrolysers stand still, no gas in the header says so of all, and of none alone. Readings of load below a tenth of
///     it outvote no reading of standstill then.
///  3. What contradicts the choice is named, and what reads 0 of a unit that runs is not used.
#pragma once

#include <map>
#include <span>
#include <vector>

#include "castner/plant/idle.h"

namespace castner::plant {

/// A reading that may show whether anything runs. [SI]
struct Seen {
  int variable = 0;
  double value = 0.0;
  double sd = 0.0, sd_at_zero = 0.0;  ///< of the instrument, at this reading and at 0; not of what scatters
  double at_load = 0.0;               ///< what it reads while its unit runs; 0: not known
  bool used = true;                   ///< by the balance too
  bool repeats = false;               ///< one value again and again: that shows standstill, and no load
  bool given = false;                 ///< no reading but what the user gives: 0 is standstill, all else is load
};

/// A reading that says otherwise than the choice.
struct Contradiction {
  std::size_t seen = 0;
  int unit = 0;       ///< of plant.units
  bool load = false;  ///< shows load, and the unit is idle; else it shows standstill, and the unit runs
};

struct IdleChoice {
  IdleSigns signs;
  std::vector<Contradiction> against;
  std::vector<std::size_t> standing;  ///< readings that show standstill, whatever runs
  std::vector<std::size_t> zeros;     ///< readings: flows that stand still where nothing else does
  std::vector<int> doubtful;          ///< of plant.units: one reading more would have decided otherwise
  std::vector<int>
      open;  ///< of plant.units: doubtful, level, or running where no reading shows that or one shows standstill
  std::vector<int> level;  ///< of plant.units: taken as running, for as many readings speak for that as for idle
};

class IdleChooser {
 public:
  /// The plant must outlive this. @param held  flowsheet variables whose values are given
  IdleChooser(const Plant&, std::vector<int> held);
  /// @param said  shape (plant.units), or empty: nothing is said
  [[nodiscard]] IdleChoice choose(std::span<const IdleWord> said, std::span<const Seen> readings);

 private:
  const Plant& plant_;
  std::vector<int> held_;
  std::vector<std::optional<IdleForm>> forms_;  ///< shape (plant.units)
  std::vector<int>
      flow_of_;  ///< of each variable the mass flow of its stream, where it is another measure of it; else itself
  std::vector<double> limit_;  ///< of each variable the largest value that is still standstill, by its unit's model
  std::map<IdleSigns, Standstill> known_;
  class Weighing;
};

}  // namespace castner::plant

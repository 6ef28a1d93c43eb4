// SPDX-License-Identifier: Apache-2.0
/// Tells the estimator of single cells a story it did not write, and judges what it says by what was so.
///
/// The story's cells (cell_bank) follow other physics than the estimator's (cells): other kinetics, own temperatures and
/// strengths, coloured noise, meters that are wrong all the time. Nothing of the truth reaches the estimator.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "castner/cell_bank/story.h"
#include "castner/cell_replay/peers.h"
#include "castner/cells/watch.h"

namespace castner::cell_replay {

/// What moves a reading by less is not there yet: several times what healthy cells wander [V].
inline constexpr double kVisible = 5e-3;

/// One thing that was wrong in a story, and what was said of it.
struct ReplayVerdict {
  cell_bank::Truth truth;
  int cell = 0;                                ///< a swapped or displaced pair has two verdicts
  double onset = 0.0;                          ///< when it first moved the reading by kVisible at load [s]
  std::optional<double> after;                 ///< told so long after that [s], or before it; nullopt: not at all
  std::array<double, kPeers> peers{};          ///< the same for them; infinity: not at all
  cells::Cause cause = cells::Cause::unknown;  ///< as it stood at the end
  cells::Cause first = cells::Cause::unknown;  ///< the likeliest, though the cause be unknown
  double probability = 0.0;                    ///< of the likeliest
  bool kind_right = false;                     ///< a cell called a cell, an instrument an instrument
  bool cause_right = false;                    ///< the likeliest is what it was
};
/// Something said of a cell with which nothing was wrong.
struct False {
  int cell;
  double detected;  ///< [s]
  cells::Cause cause;
  double probability;
};
/// An interval against the truth.
struct Covered {
  double truth, value, sd;
  bool sick;  ///< something had been wrong with the cell
  bool within() const { return std::abs(value - truth) <= 1.96 * sd; }
};

struct Replay {
  std::string story;
  std::uint64_t seed = 0;
  double days = 0.0;
  int cells = 0;
  std::vector<ReplayVerdict> verdicts;
  std::vector<False> wrong;
  std::array<int, kPeers> peers_wrong{};  ///< sound cells that each peer alarmed
  std::vector<Covered> excess;            ///< power over the last 24 h at load [W], own level
  std::vector<double> ohmic,
      electrode;              ///< relative errors of the middle cell's parts at the end of a story with load moves
  bool low_currents = false;  ///< it has hours at load and low currents, which tell electrodes from resistances
  std::vector<cells::Diagnosis> findings;  ///< as they stood at the end
};

Replay replay(std::string_view story, std::uint64_t seed, int cells = 180);

}  // namespace castner::cell_replay

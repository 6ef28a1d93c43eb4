// SPDX-License-Identifier: Apache-2.0
/// Tells the estimator of single cells a story it did not write, and judges what it says by what was so.
///
/// The story's cells (cell_bank) follow other physics than the estimator's (cells): other kinetics, own temperatures and
/// strengths, coloured noise, meters that are wrong all the time. Nothing of the truth reaches the estimator but the exchanges
/// that somebody would write down.
///
/// What counts, in the words of docs/validation/cells.md:
///  1. A finding is told in the row in which it opens, or opens again after it had ended. What it says then is what a person
///     reads first; what it says at the end is what stands in the record. Both are judged.
///  2. It is of a fault if its cell, or that cell's reading, was wrong by then; else it accuses a sound cell.
///  3. A fault is found in the first row in which a finding of it says the right family: a cell is sick, or an instrument is
///     wrong. A finding that was open before the onset cannot find it: it was false, and says nothing new.
///  4. A cell that is no longer read is found when the watch says that it does not see it; a finding is not asked for.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <vector>

#include "castner/cell_bank/story.h"
#include "castner/cell_replay/peers.h"
#include "castner/cells/watch.h"

namespace castner::cell_replay {

/// What moves a reading by less is not there yet: several times what healthy cells wander [V].
inline constexpr double kVisible = 5e-3;

/// What a finding says at a moment.
struct ToldCause {
  cells::Cause cause = cells::Cause::unknown;
  cells::Cause first = cells::Cause::unknown;  ///< the likeliest, though the cause be unknown
  double probability = 0.0;                    ///< of the likeliest
  /// A tap that is dead or stuck shows it without a doubt: its probability is 1 by construction.
  bool of_a_tap() const { return first == cells::Cause::dead || first == cells::Cause::stuck; }
};
/// The two moments at which a finding is judged.
enum class When { told, end };
inline constexpr int kWhens = 2;

/// A finding that opened.
struct Telling {
  int cell = 0;
  double time = 0.0;                     ///< of the row in which it was told [s]
  std::array<ToldCause, kWhens> said{};  ///< at When
  std::optional<cell_bank::Truth> of;    ///< what was wrong with the cell or its reading by then; none: it was sound
  std::array<double, 2>
      family_from{};       ///< when it first said that a cell is sick, that an instrument is wrong [s]; infinity: never
  bool right(When) const;  ///< the likeliest cause is what it was
};

/// One thing that was wrong in a story, and what was said of it.
struct ReplayVerdict {
  cell_bank::Truth truth;
  int cell = 0;                             ///< a swapped or displaced pair has two verdicts
  double onset = 0.0;                       ///< when it first moved the reading by kVisible at load [s]
  std::optional<double> after;              ///< found so long after that [s], or before it; nullopt: not at all
  std::array<double, kPeers> peers{};       ///< the same for them; infinity: not at all
  bool alarmed_before = false;              ///< a finding of the cell was open when the fault came
  std::array<bool, kPeers> peers_before{};  ///< the same of their alarms
  std::array<ToldCause, kWhens> said{};     ///< of the finding that found it
  std::array<bool, kWhens> right{};         ///< the likeliest is what it was
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
  std::vector<Telling> tellings;
  std::array<int, kPeers> peers_wrong{};  ///< sound cells that each peer alarmed
  std::vector<Covered> excess;            ///< power over the last 24 h at load [W], own level
  std::vector<double> ohmic,
      electrode;                  ///< relative errors of the middle cell's parts at the end of a story with load moves
  bool low_currents = false;      ///< it has hours at load and low currents, which tell electrodes from resistances
  int hangs = 0, hangs_told = 0;  ///< of the scanner, and those told while they lasted
  std::vector<cells::Diagnosis> findings;  ///< as they stood at the end
  std::vector<cells::RoomWide> room_wide;  ///< likewise
  int sound_accused() const;               ///< findings of sound cells
};

Replay replay(std::string_view story, std::uint64_t seed, int cells = 180);

}  // namespace castner::cell_replay

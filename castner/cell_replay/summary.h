// SPDX-License-Identifier: Apache-2.0
/// What many replays say together, as the tables of docs/validation/cells.md.
#pragma once

#include <array>
#include <string>
#include <vector>

#include "castner/cell_replay/replay.h"

namespace castner::cell_replay {

/// Counts of findings at one moment.
struct AtMoment {
  int right_cause = 0;  ///< of what could be told and was found
  int sure = 0, sure_and_wrong =
                    0;  ///< findings over 0.6, false ones too; no dead or stuck taps, which are certain by construction
  int taps = 0, taps_wrong = 0;  ///< those
};

struct ReplaySummary {
  // Of what could be told: visible, and of one cause only.
  int told = 0, found = 0;
  std::array<AtMoment, kWhens> at{};          ///< at When
  int sound_alarmed = 0;                      ///< findings of cells with which nothing was wrong
  double cell_days = 0.0;                     ///< watched
  double fast_delay = 0.0, slow_delay = 0.0;  ///< medians [s], of sick cells
  int readings = 0, readings_first = 0;  ///< wrong instruments, and those found and never called a sick cell when told
  int hangs = 0, hangs_told = 0;         ///< of a scanner
  int intervals = 0, covered = 0, sick_intervals = 0, sick_covered = 0;
  double ohmic_error = 0.0, electrode_error = 0.0;          ///< medians of the absolute relative errors
  double ohmic_error_low = 0.0, electrode_error_low = 0.0;  ///< of stories with low currents
  const AtMoment& when(When w) const { return at[static_cast<std::size_t>(w)]; }
  /// Findings of sound cells for 30 days of eight electrolysers of 180.
  double false_a_month() const { return cell_days > 0.0 ? sound_alarmed / cell_days * 30.0 * 8.0 * 180.0 : 0.0; }
};
ReplaySummary summarise(const std::vector<Replay>&);

/// Markdown: the totals, each cause, and the peers beside.
std::string tables(const std::vector<Replay>&);

}  // namespace castner::cell_replay

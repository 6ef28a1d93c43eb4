// SPDX-License-Identifier: Apache-2.0
/// A finding about a cell in words: what it is called, what shows it, what to do. Every face takes its words from here.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "castner/cell_room/room_watch.h"
#include "castner/words/text.h"
#include "castner/words/units_for_people.h"

namespace castner::report {

// As they stand in JSON.
std::string_view name_of(cells::Standing);    ///< "healthy"
std::string_view name_of(cells::Severity);    ///< "warning"
std::string_view name_of(cells::Clue::Kind);  ///< "low_current"
std::string_view name_of(cells::Test);        ///< "low_current"; "" for none
std::string_view name_of(cell_room::Exchange::When);
/// Unit of the number of evidence; "1" for a share, "s", "V", "V/s".
std::string_view evidence_unit(cells::Clue::Kind);

struct CellEvidenceText {
  const cells::Clue* of;
  std::string text;  ///< "at load its voltage is 31 ± 4 mV below its own level"
};
/// Points into its finding.
struct CellFindingText {
  std::string title;   ///< "E1/017: probably a pinhole in the membrane (83 %)"
  std::string advice;  ///< what to do now, and what would tell more
  std::vector<CellEvidenceText> evidence;
  std::string others;  ///< "else: a short circuit 10 %"; empty where there is none, or the title has them
};
CellFindingText describe(const words::Words&, const cell_room::RoomAnswer&, const cell_room::CellFinding&);

/// What befell a scanner or many cells at once.
struct RoomNoteText {
  std::string title, advice;  ///< no advice where it is over
};
RoomNoteText describe(const words::Words&, const cell_room::RoomAnswer&, const cell_room::RoomNote&);
std::string_view name_of(cells::RoomWide::Kind);  ///< "scanner_hangs", "moved_together"

/// "83 %".
std::string share_words(double probability);
/// Longer spans of time as people say them: "40 s", "12 min", "3 h 30 min", "9 d".
std::string span_words(const words::Words&, double seconds);
/// A difference of voltages in mV.
words::Shown millivolts(const cells::Figure&);
/// Any estimate in its own unit times `scale`.
words::Shown shown_as(const cells::Figure&, double scale, const char* unit);

}  // namespace castner::report

// SPDX-License-Identifier: Apache-2.0
/// The faces of an answer about single cells: JSON for scripts, text for a terminal, one HTML page to keep, CSV for Excel.
#pragma once

#include <string>
#include <vector>

#include "castner/cell_room/room_watch.h"
#include "castner/report/terminal.h"
#include "castner/words/text.h"

namespace castner::report {

/// The answer, with what stands beside it on a page. The answer and the file must outlive it.
struct CellsReport {
  const cell_room::CellRoomFile& file;
  const cell_room::RoomAnswer& answer;
  std::string time_zone;              ///< of the times shown; "" is UTC
  std::string cells_file, data_file;  ///< names
  std::string castner_version;
  std::vector<std::string> notes;  ///< how the data were taken
};

/// Whether any cell could be judged: without a row at load, or with no others beside it, none can, unless something was found.
bool tells(const CellsReport&);

/// Keys and units as docs/formats/json.md has them. Titles, evidence and advice are sentences in `language`; all else is language-free.
std::string cells_json(const CellsReport&, words::Language = words::Language::en);

/// One row a cell, with its open finding: UTF-8 with a byte order mark, CRLF, units in the headers, the digits of the report. Codes are
/// those of JSON, the finding's title and advice in `language`.
std::string cells_csv(const CellsReport&, words::Language = words::Language::en);

std::string cells_text(const CellsReport&, const TerminalOptions& = {});

std::string cells_html(const CellsReport&, words::Language);

}  // namespace castner::report

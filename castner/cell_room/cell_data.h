// SPDX-License-Identifier: Apache-2.0
/// The columns of a data file joined to the electrolysers of a cells.toml: which series is whose, in which unit, how long it holds.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "castner/base/error.h"
#include "castner/cell_room/cell_file.h"
#include "castner/cell_room/cell_rows.h"
#include "castner/tables/table_reader.h"

namespace castner::cell_room {

struct CellDataOptions {
  std::string cells_file = "cells.toml", data_file = "the data";  ///< names for messages
  std::optional<Time> from, to;                                   ///< rows from <= time < to; what is held may be older
  std::optional<std::string> clock;  ///< zone in which messages show times; else that of the table
};

struct CellData {
  std::vector<ElectrolyserData> electrolysers;  ///< in the order of the file
  std::vector<std::string>
      notes;  ///< what was assumed, and what is missing: units that nothing but a size tells, a long hole
  std::vector<std::vector<readings::Sample>>
      mended;  ///< series of which single readings are none; electrolysers point into them too
};

/// Every problem of the data against the file at once. `table` must outlive the answer, which only points into it.
///
/// - A unit comes from the header, or from cells.toml; where both say one they must agree. Without either the size tells (A or kA by the
///   current density that it makes), and a note says so.
/// - Temperature, strength, analyses and flows hold for three of their usual intervals, at least for a day where fewer than three were read;
///   the current for one and a half, and where it is read with every scan a bad reading ends it.
/// - Good and uncertain readings are read; bad ones are none. Nor are the few readings of a current, one in a hundred at most, that are
///   in A among kA: a note says so. Where they are more, the file is refused.
/// - Of voltages without a unit, those that read a thousand times what the others do are in mV, and a note names them.
/// - Voltages that are all below zero are refused, as a current is.
[[nodiscard]] Result<CellData> join_cells(const CellRoomFile&, const tables::Table& table, const CellDataOptions& = {});

/// Adds the tags that the file waits for to what a table is read with: their units tell decimals from thousands, and a column of texts
/// among them is a tag without readings.
void as_the_cells_say(tables::TableOptions&, const CellRoomFile&);

}  // namespace castner::cell_room

// SPDX-License-Identifier: Apache-2.0
/// The units of tags from rows over and under their names, from number formats and from a column of units.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "castner/tables/number_format.h"
#include "castner/tables/problem_list.h"
#include "castner/tables/table_layout.h"

namespace castner::tables {

/// Refuses a unit of a row that contradicts the header's "value (t/h)" of a long table or a snapshot. @return whether it does
bool contradicts_header(const TableLayout&, const std::string& header, int header_line, const std::string& tag,
                        std::string_view text, int line, ProblemList& problems);

/// Takes the units out of a row under the names, where at least half of its cells are units. A unit that contradicts another one of its tag
/// is a problem.
void take_units(TableLayout&, std::span<const std::string_view> row, int line, ProblemList& problems);
/// Takes the units that number formats write behind numbers; texts that are none are passed over. Notes where formats leave thousands out.
/// @param line  of the first row of readings
void take_formats(TableLayout&, const SheetFormats&, const std::vector<std::string>& names, int line,
                  ProblemList& problems);
/// Numbers whose format writes no unit, in a column where that of others writes the tag's only one, are a problem.
/// @param line, end  of the first row of readings and of the first below them
void refuse_numbers_without_unit(const TableLayout&, const SheetFormats&, int line, int end, ProblemList& problems);
/// Takes the units out of a row above the names, where most of its cells above tags are units.
void take_units_above(TableLayout&, std::span<const std::string_view> row, int line, ProblemList& problems);

}  // namespace castner::tables

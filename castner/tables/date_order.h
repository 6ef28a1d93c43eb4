// SPDX-License-Identifier: Apache-2.0
/// Finds out from all dates of a column what one alone leaves open: 11/3/2026 is a day of November or of March, 26/11/03 begins or ends
/// with its year, 2611030000 is a count of seconds or a date without its marks.
#pragma once

#include "castner/tables/problem_list.h"
#include "castner/tables/table_parser.h"
#include "castner/tables/time_text.h"

namespace castner::tables {

/// The order of the numbers in the dates of a column; unknown where they leave no doubt, or none of them tells day from month. What
/// contradicts itself, or can be read in two ways, is a problem.
/// @param line    of the first row of readings
/// @param stated  by a person: it is taken, and dates that do not fit it are problems of their own
[[nodiscard]] DateOrder find_date_order(const TableSource&, int column, int line, std::optional<DateOrder> stated,
                                        ProblemList&);

/// The cure where nothing shows the order.
inline constexpr const char* kSayOrder =
    "say the order: --dates dmy, mdy or ymd (for a folder: dates = \"dmy\"), or write the year first: 2026-11-03 14:05";

}  // namespace castner::tables

// SPDX-License-Identifier: Apache-2.0
/// What tells decimals from thousands in a file in which every number is such as 1.234.
#pragma once

#include <span>

#include "castner/tables/series_builder.h"
#include "castner/tables/table_reader.h"

namespace castner::tables {

/// Whether a number of 1000 and more without a separator stands in a column of such numbers, or one that as thousands no plant has, by
/// the unit of its header or by TableOptions::units.
[[nodiscard]] bool decimals_shown(std::span<const SeriesBuilder>, std::span<const SnapshotRow>, const TableOptions&);

}  // namespace castner::tables

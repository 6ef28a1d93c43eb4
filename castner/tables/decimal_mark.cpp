// SPDX-License-Identifier: Apache-2.0
#include "castner/tables/decimal_mark.h"

#include <algorithm>
#include <cmath>

#include "castner/base/quantity.h"
#include "castner/tables/unit_doubt.h"

namespace castner::tables {
namespace {

bool no_thousands(const std::string& tag, std::string unit, double number, const TableOptions& options) {
  if (const auto known = options.units.find(tag); unit.empty() && known != options.units.end()) unit = known->second;
  const auto measure = parse_unit(unit);
  return measure && beyond_any_plant(*measure, 1000.0 * number);
}

}  // namespace

bool decimals_shown(std::span<const SeriesBuilder> columns, std::span<const SnapshotRow> rows,
                    const TableOptions& options) {
  const auto by_column = [&](const SeriesBuilder& b) {
    if (b.largest_in_doubt() == 0.0) return false;
    const bool percent = b.unit().empty() && b.percentages();
    return b.has_plain_thousand() || no_thousands(b.tag(), percent ? "%" : b.unit(), b.largest_in_doubt(), options);
  };
  const auto by_row = [&](const SnapshotRow& r) {
    return r.value != std::floor(r.value) && no_thousands(r.tag, r.unit, r.value, options);
  };
  return std::any_of(columns.begin(), columns.end(), by_column) || std::any_of(rows.begin(), rows.end(), by_row);
}

}  // namespace castner::tables

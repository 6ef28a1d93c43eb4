// SPDX-License-Identifier: Apache-2.0
/// Reconciled values for Excel: UTF-8 with a byte order mark, CRLF, units in the headers, the digits of the report.
#pragma once

#include <string>

#include "castner/insight/finding.h"
#include "castner/plant/plant.h"

namespace castner::report {

/// Of windows in time: a row for each reconciled window, columns `from`, `to`, then for every quantity "path (unit)"
/// and "path sd (unit)", and "tag measured (unit)" where it is measured.
/// Of a snapshot: a row for each quantity: path, tag, unit, measured, reconciled, sd, adjustment, class, used.
/// An unknown value is an empty cell. Text that a spreadsheet would run as a formula gets a leading apostrophe.
std::string reconciled_csv(const plant::Plant&, const insight::Judged&);

}  // namespace castner::report

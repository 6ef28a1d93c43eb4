// SPDX-License-Identifier: Apache-2.0
/// What deserves someone's attention, each with its evidence and, where it can be told, its cost: worst money first.
#pragma once

#include "castner/ops/assessment.h"
#include "castner/plant_file/plant_file.h"

namespace castner::ops {

/// Reads windows, indicators, losses and data quality of `a` and fills a.findings.
void add_findings(const plant_file::Plant&, Assessment& a);

}  // namespace castner::ops

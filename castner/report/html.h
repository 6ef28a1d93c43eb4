// SPDX-License-Identifier: Apache-2.0
/// The report people keep: one HTML file that needs no script and fetches nothing, on a screen, a phone and on paper.
#pragma once

#include <string>

#include "castner/insight/finding.h"
#include "castner/plant/plant.h"
#include "castner/report/compare.h"
#include "castner/words/text.h"

namespace castner::report {

/// @param changes  what changed since an earlier answer; null where there is none
std::string html_report(const plant::Plant&, const insight::Judged&, words::Language,
                        const Comparison* changes = nullptr);

}  // namespace castner::report

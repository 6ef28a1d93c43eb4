// SPDX-License-Identifier: Apache-2.0
#include "castner/insight/catalogue.h"

namespace castner::insight {

/// Times without any row.
Judgement gaps() {
  return {.rows = {{.code = "data.gap",
                    .severity = Finding::Severity::info,
                    .evidence = {"count"},
                    .words = {{.title = {"The data have gaps", "数据有中断"},
                               .next = {"see the windows below.", "见下文“时段”。"}}}}},
          .judge = [](const Subject& s) {
            // Where tags are read more seldom than windows ask, the rows between them are not missing.
            if (s.assessment.gaps.empty() || !s.assessment.better_settings.empty()) return Findings();
            const auto count = static_cast<double>(s.assessment.gaps.size());
            return Findings{{.code = "data.gap", .evidence = {number("", count, "count")}}};
          }};
}

}  // namespace castner::insight

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
            // What is read too seldom has a gap at each reading, and that is said already.
            const auto& why = s.assessment.why_none;
            if (s.assessment.gaps.empty() || why == "rows" || why == "few") return Findings();
            const auto count = static_cast<double>(s.assessment.gaps.size());
            return Findings{{.code = "data.gap", .evidence = {number("", count, "count")}}};
          }};
}

}  // namespace castner::insight

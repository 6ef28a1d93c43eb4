// SPDX-License-Identifier: Apache-2.0
#include "castner/insight/catalogue.h"
#include "castner/readings/tag_family.h"

namespace castner::insight {

/// Columns of the data that the plant file does not know.
Judgement unknown_columns() {
  return {.rows = {{.code = "data.unknown_columns",
                    .severity = Finding::Severity::info,
                    .blanks = {{"tags", BlankType::columns}},
                    .words = {{.title = {"Columns the plant file does not know: {tags}", "装置文件中没有的列：{tags}"},
                               .next = {"add a [[measurement]] for each that belongs to the balance.",
                                        "为属于平衡的列各增加一个 [[measurement]]。"}}}}},
          .judge = [](const Subject& s) {
            if (s.assessment.unknown_columns.empty()) return Findings();
            return Findings{{.code = "data.unknown_columns",
                             .blanks = {{"tags", joined(readings::counted_short(s.assessment.unknown_columns))}}}};
          }};
}

}  // namespace castner::insight

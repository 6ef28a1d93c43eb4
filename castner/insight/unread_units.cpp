// SPDX-License-Identifier: Apache-2.0
#include "castner/insight/catalogue.h"

namespace castner::insight {

/// Columns of the plant's tags that were not used, because the text behind the tag is no unit.
Judgement unread_units() {
  return {.rows = {{.code = "data.unread_units",
                    .severity = Finding::Severity::warning,
                    .blanks = {{"tags", BlankType::columns}},
                    .words = {{.title = {"Columns not used, as what stands in brackets is no unit: {tags}",
                                         "括号中的内容不是单位，因此未使用的列：{tags}"},
                               .next = {"write the unit as Castner knows it, for example t/h, kPa or degC.",
                                        "请按 Castner 的写法给出单位，例如 t/h、kPa 或 degC。"}}}}},
          .judge = [](const Subject& s) {
            if (s.assessment.unread_columns.empty()) return Findings();
            return Findings{{.code = "data.unread_units", .blanks = {{"tags", joined(s.assessment.unread_columns)}}}};
          }};
}

}  // namespace castner::insight

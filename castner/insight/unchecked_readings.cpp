// SPDX-License-Identifier: Apache-2.0
#include "castner/insight/catalogue.h"

namespace castner::insight {

/// Readings that no other reading can check.
Judgement unchecked_readings() {
  return {.rows = {{.code = kUnchecked,
                    .severity = Finding::Severity::info,
                    .blanks = {{"tags", BlankType::tags}},
                    .words = {{.title = {"Not checked, so no error would be seen in {tags}",
                                         "无法核对，误差不会被发现：{tags}"},
                               .next = {"`castner check` says which added instrument would help most.",
                                        "`castner check` 会指出增加哪台仪表最有帮助。"}}}}},
          .judge = [](const Subject& s) {
            if (s.readings.unchecked.empty()) return Findings();
            return Findings{{.code = kUnchecked, .blanks = {{"tags", joined(s.readings.unchecked)}}}};
          }};
}

}  // namespace castner::insight

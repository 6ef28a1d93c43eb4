// SPDX-License-Identifier: Apache-2.0
#include "castner/insight/catalogue.h"

namespace castner::insight {

/// Windows that count although readings drifted within them.
Judgement drifting() {
  return {
      .rows =
          {{.code = "data.drift",
            .severity = Finding::Severity::info,
            .blanks = {{"tags", BlankType::tags}},
            .evidence = {"count", "windows_named", "windows_reconciled"},
            .words = {{.title = {"{windows_named} of {windows_reconciled} windows count with a larger uncertainty, "
                                 "because tags drifted slowly in them. Such tags: {count}",
                                 "{windows_reconciled} 个时段中有 {windows_named} "
                                 "个因位号缓慢漂移而以较大的不确定度计入。此类位号：{count} 个"},
                       .next = {"nothing, if the plant follows its load; write [assess] steady = \"strict\" to "
                                "leave such windows out.",
                                "若装置跟随负荷运行，无需处理；如需剔除此类时段，请写 [assess] steady = \"strict\"。"}},
                      {.name = "one_window",
                       .title = {"Counted with a larger uncertainty, because they drift slowly: {tags}",
                                 "因缓慢漂移而以较大的不确定度计入：{tags}"}}}}},
      .judge = [](const Subject& s) {
        std::set<std::string> tags;
        int drifted = 0, reconciled = 0;
        for (const auto& w : s.assessment.windows) {
          reconciled += w.state.has_value();
          drifted += !w.drifting_tags.empty();
          tags.insert(w.drifting_tags.begin(), w.drifting_tags.end());
        }
        if (drifted == 0) return Findings();
        Finding f{.code = "data.drift", .evidence = {number("", static_cast<double>(tags.size()), "count")}};
        if (s.assessment.windows.size() == 1) {
          f.wording = "one_window";
        } else {
          f.evidence.push_back(number("", drifted, "windows_named"));
          f.evidence.push_back(number("", reconciled, "windows_reconciled"));
        }
        f.blanks["tags"] = joined(tags);
        return Findings{std::move(f)};
      }};
}

}  // namespace castner::insight

// SPDX-License-Identifier: Apache-2.0
#include "castner/insight/catalogue.h"

namespace castner::insight {

/// A window that the solver could not reconcile: one finding for each status it ended with.
Judgement unsolved() {
  return {.rows = {{.code = "solver.*",
                    .severity = Finding::Severity::critical,
                    .blanks = {{"text", BlankType::text}},
                    .words = {{.title = {"A window could not be reconciled: {text}", "有时段未能完成校正：{text}"},
                               .next = {"check the plant file at the place named.", "检查装置文件中所指的位置。"}}}}},
          .judge = [](const Subject& s) {
            std::map<std::string, std::string> failures;
            for (const auto& w : s.assessment.windows) {
              const auto* report = w.state ? &w.state->reconciliation.report : nullptr;
              if (report != nullptr && report->status != solve::Status::converged)
                failures[solve::status_name(report->status)] = report->advice.text;
            }
            Findings all;
            for (const auto& [status, text] : failures)
              all.push_back({.code = "solver." + status, .blanks = {{"text", text}}});
            return all;
          }};
}

}  // namespace castner::insight

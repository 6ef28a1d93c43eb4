// SPDX-License-Identifier: Apache-2.0
#include <map>

#include "castner/insight/catalogue.h"

namespace castner::insight {
namespace {

Findings judge_bounds(const Subject& s) {
  std::map<std::size_t, int> windows;  // in which a variable ends so
  int reconciled = 0;
  const auto variables = s.plant.flowsheet->variables();
  for (const auto& w : s.assessment.windows) {
    if (!w.state || w.state->reconciliation.report.status != solve::Status::converged) continue;
    ++reconciled;
    for (std::size_t v = 0; v < variables.size(); ++v)
      if (w.state->reconciliation.estimates[v].at_limit) ++windows[v];
  }
  std::vector<std::string> all;
  for (const auto& [v, count] : windows)
    if (2 * count > reconciled) all.push_back(variables[v].name);
  if (all.empty()) return {};
  return {{.code = "estimate.at_bound", .blanks = {{"paths", first_of(all)}}}};
}

}  // namespace

/// Estimates that end where the model does in most windows: no reading that was accused explains what drives them there.
Judgement at_bounds() {
  return {
      .rows = {{.code = "estimate.at_bound",
                .severity = Finding::Severity::warning,
                .blanks = {{"paths", BlankType::paths}},
                .words = {{.title = {"The balances close only at the limit of what is possible: {paths}",
                                     "只有取到可能值的极限，平衡才能闭合：{paths}"},
                           .next = {"something is wrong that is not found: look at the readings and the parameters "
                                    "there, and whether those meters are where the plant file says.",
                                    "仍有未找出的错误：检查相关单元的读数和参数，以及仪表位置是否与装置文件一致。"}}}}},
      .judge = judge_bounds};
}

}  // namespace castner::insight

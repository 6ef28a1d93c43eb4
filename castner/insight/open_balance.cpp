// SPDX-License-Identifier: Apache-2.0
#include "castner/insight/catalogue.h"

namespace castner::insight {
namespace {

Findings judge_open_balance(const Subject& s) {
  int open = 0, reconciled = 0;
  std::optional<solve::GlobalTest> worst;
  for (const auto& w : s.assessment.windows) {
    if (!w.state || w.state->reconciliation.report.status != solve::Status::converged) continue;
    ++reconciled;
    const auto& r = w.state->reconciliation;
    const auto& last = r.after_elimination ? *r.after_elimination : r.global_test;
    // A suspect that was kept, because nothing would check the rest without it, explains it: that is its own finding.
    const bool explained = !r.gross_errors.empty() && !r.gross_errors.back().removed;
    if (!last.passed || *last.passed || explained) continue;
    ++open;
    if (!worst || last.statistic > worst->statistic) worst = last;
  }
  if (!worst || 2 * open <= reconciled) return {};
  return {{.code = "balance.does_not_close",
           .evidence = {number("", worst->statistic, "statistic"),
                        {"", {worst->critical, std::nullopt, "1"}, "critical"}}}};
}

}  // namespace

/// The global test fails in most windows, and nothing that was named explains it.
Judgement open_balance() {
  return {
      .rows = {{.code = "balance.does_not_close",
                .severity = Finding::Severity::warning,
                .evidence = {"statistic", "critical"},
                .words = {{.title = {"The balances do not close, and no single instrument explains it",
                                     "平衡不能闭合，且无法归因于某一台仪表"},
                           .next = {"check the stated uncertainties, and look for a stream that is not in the plant "
                                    "file.",
                                    "核对所给的不确定度，并查找装置文件中缺少的物流。"}}}}},
      .judge = judge_open_balance};
}

}  // namespace castner::insight

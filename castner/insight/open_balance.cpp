// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <map>

#include "castner/insight/catalogue.h"

namespace castner::insight {
namespace {

/// Who is accused in most windows, by the largest statistics: a few of them.
std::vector<std::string> likeliest(const Subject& s) {
  constexpr std::size_t kMost = 4;
  std::map<std::string, std::pair<int, double>> all;  // windows, and the largest statistic
  for (const auto& w : s.assessment.windows) {
    if (!w.state || w.state->reconciliation.report.status != solve::Status::converged) continue;
    for (const auto& g : w.state->reconciliation.gross_errors) {
      std::string name;
      if (g.kind == solve::GrossError::Kind::leak)
        name = s.plant.units[static_cast<std::size_t>(w.state->leak_units[static_cast<std::size_t>(g.index)])].name;
      else
        for (const auto& i : w.state->instruments)
          if (i.reading == g.index) name = i.tag;
      auto& [windows, statistic] = all[name];
      ++windows;
      statistic = std::max(statistic, g.statistic);
    }
  }
  std::vector<std::string> names;
  for (const auto& [name, said] : all) names.push_back(name);
  std::stable_sort(names.begin(), names.end(), [&](const auto& l, const auto& r) { return all.at(l) > all.at(r); });
  if (names.size() > kMost) names.resize(kMost);
  return names;
}

Findings judge_open_balance(const Subject& s) {
  int open = 0, reconciled = 0;
  std::optional<solve::GlobalTest> worst;
  for (const auto& w : s.assessment.windows) {
    if (!w.state || w.state->reconciliation.report.status != solve::Status::converged) continue;
    ++reconciled;
    const auto& r = w.state->reconciliation;
    const auto& last = r.after_elimination ? *r.after_elimination : r.global_test;
    // The one suspect that was kept, because nothing would check the rest without it, explains it: that is its own finding.
    const bool explained = r.gross_errors.size() == 1 && !r.gross_errors.back().removed;
    if (!last.passed || *last.passed || explained) continue;
    ++open;
    if (!worst || last.statistic > worst->statistic) worst = last;
  }
  if (!worst || 2 * open <= reconciled) return {};
  const auto accused = likeliest(s);
  Finding f{.code = kOpenBalance,
            .evidence = {number("", open, "windows_named"),
                         number("", reconciled, "windows_reconciled"),
                         number("", worst->statistic, "statistic"),
                         {"", {worst->critical, std::nullopt, "1"}, "critical"}}};
  if (!accused.empty()) {
    f.wording = "likeliest";
    f.blanks["likeliest"] = joined(accused);
  }
  return {std::move(f)};
}

}  // namespace

/// The global test fails in most windows, and nothing that was named explains it.
Judgement open_balance() {
  return {.rows = {{.code = kOpenBalance,
                    .severity = Finding::Severity::warning,
                    .blanks = {{"likeliest", BlankType::errors}},
                    .evidence = {"windows_named", "windows_reconciled", "statistic", "critical"},
                    .words =
                        {{.title = {"The balances do not close in {windows_named} of {windows_reconciled} windows, and "
                                    "no single instrument explains it",
                                    "{windows_reconciled} 个时段中有 {windows_named} "
                                    "个平衡不能闭合，且无法归因于某一台仪表"},
                          .next = {"check the stated uncertainties, and look for a stream that is not in the plant "
                                   "file; until they close, losses and key numbers are no facts.",
                                   "核对所给的不确定度，并查找装置文件中缺少的物流；在平衡闭合之前，损失和指标都不能"
                                   "当作事实。"},
                          .first = true},
                         {.name = "likeliest",
                          .title = {"The balances do not close in {windows_named} of {windows_reconciled} windows; "
                                    "likeliest: {likeliest}",
                                    "{windows_reconciled} 个时段中有 {windows_named} "
                                    "个平衡不能闭合；最可能：{likeliest}"},
                          .next = {"check these first, then the stated uncertainties, and whether a stream is missing "
                                   "in the plant file; until they close, losses and key numbers are no facts.",
                                   "首先检查上述各项，再核对所给的不确定度，以及装置文件是否缺少物流；在平衡闭合之前"
                                   "，损失和指标都不能当作事实。"},
                          .first = true}}}},
          .judge = judge_open_balance};
}

}  // namespace castner::insight

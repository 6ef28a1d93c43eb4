// SPDX-License-Identifier: Apache-2.0
#include "castner/insight/catalogue.h"

namespace castner::insight {
namespace {

/// Indicators of the whole plant that the same share of the windows tells, and what no instrument tells in the others.
struct ToldTogether {
  std::set<std::string> indicators, paths;
};

}  // namespace

/// Indicators that are means over some of the windows only, because the others lack readings that they rest on.
Judgement told_in_part() {
  return {
      .rows =
          {{.code = "indicator.in_part",
            .severity = Finding::Severity::info,
            .blanks = {{"indicators", BlankType::indicators}, {"paths", BlankType::paths}},
            .evidence = {"windows_named", "windows_reconciled"},
            .words = {{.title = {"Mean over {windows_named} of {windows_reconciled} windows, as the others do not "
                                 "tell it: {indicators}",
                                 "{windows_reconciled} 个时段中仅 {windows_named} 个可得，取其平均值：{indicators}"},
                       .next = {"see the windows below.", "见下文“时段”。"}},
                      {.name = "instruments",
                       .next = {"in the others no instrument tells {paths}: look for gaps and for readings that "
                                "were set aside.",
                                "其余时段中没有仪表能得出 {paths}：请查看数据中断和被剔除的读数。"}}}}},
      .judge = [](const Subject& s) {
        std::map<std::pair<int, int>, ToldTogether> shares;
        for (const auto& [path, share] : s.assessment.in_part) {
          if (path.find('.') != std::string::npos) continue;
          auto& together = shares[{share.told, share.windows}];
          together.indicators.insert(path);
          together.paths.insert(share.paths.begin(), share.paths.end());
        }
        Findings all;
        for (const auto& [share, together] : shares)
          all.push_back(
              {.code = "indicator.in_part",
               .evidence = {number("", share.first, "windows_named"), number("", share.second, "windows_reconciled")},
               .blanks = {{"indicators", joined(together.indicators)}, {"paths", first_of(together.paths)}},
               .wording = together.paths.empty() ? "" : "instruments"});
        return all;
      }};
}

}  // namespace castner::insight

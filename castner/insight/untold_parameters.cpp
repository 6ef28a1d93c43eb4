// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "castner/assess/untold.h"
#include "castner/insight/catalogue.h"

namespace castner::insight {

/// Free parameters of units that nothing tells: whatever rests on them is known no better.
Judgement untold_parameters() {
  return {.rows = {{.code = "parameter.untold",
                    .severity = Finding::Severity::info,
                    .blanks = {{"paths", BlankType::paths}},
                    .words = {{.title = {"Nothing tells {paths}", "没有仪表能得出 {paths}"},
                               .next = {"give each a value in `parameters` of its unit in the plant file, or a meter "
                                        "that tells it; what rests on it is known no better.",
                                        "在装置文件中该单元的 `parameters` "
                                        "里给出它的值，或加装能得出它的仪表；依赖它的量同样无法得知。"}}}}},
          .judge = [](const Subject& s) {
            std::vector<std::string> all;
            for (const auto& w : s.assessment.windows) {
              if (!w.state) continue;
              for (auto& path : assess::untold_parameters(s.plant, w.state->reconciliation, w.state->idle))
                if (std::find(all.begin(), all.end(), path) == all.end()) all.push_back(std::move(path));
            }
            if (all.empty()) return Findings();
            return Findings{{.code = "parameter.untold", .blanks = {{"paths", first_of(all)}}}};
          }};
}

}  // namespace castner::insight

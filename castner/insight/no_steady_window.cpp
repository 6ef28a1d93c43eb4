// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "castner/insight/catalogue.h"

namespace castner::insight {

/// Nothing was reconciled, because no window was steady.
Judgement no_steady_window() {
  return {
      .rows = {{.code = "data.no_steady_window",
                .severity = Finding::Severity::critical,
                .words = {{.title = {"No window was steady, so nothing was reconciled",
                                     "没有稳态时段，因此没有进行校正"},
                           .next = {"choose a calmer period with --from and --to, or see which tags were unsteady in "
                                    "the windows below.",
                                    "用 --from 和 --to 选取更平稳的时间，或在下文“时段”中查看不稳定的位号。"}}}}},
      .judge = [](const Subject& s) {
        const auto& all = s.assessment.windows;
        if (std::any_of(all.begin(), all.end(), [](const auto& w) { return w.state.has_value(); })) return Findings();
        return Findings{{.code = "data.no_steady_window"}};
      }};
}

}  // namespace castner::insight

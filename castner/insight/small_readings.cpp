// SPDX-License-Identifier: Apache-2.0
#include <map>

#include "castner/insight/by_chance.h"
#include "castner/insight/catalogue.h"

namespace castner::insight {
namespace {

bool contradicted(const solve::Reconciliation& r) {
  return !r.gross_errors.empty() || !r.global_test.passed.value_or(true);
}

}  // namespace

/// Meters that read little and whose sd in % makes them surer than they are, where more of the windows in which they do accuse
/// somebody, or stay open, than do so by chance.
Judgement small_readings() {
  return {
      .rows =
          {{.code = "instrument.no_floor",
            .severity = Finding::Severity::warning,
            .blanks = {{"tags", BlankType::tags}},
            .words = {{.title = {"At low readings an sd in % makes these surer than meters are, so that others may be "
                                 "accused: {tags}",
                                 "低读数下以 % 给出的标准差过小，可能误指其他仪表：{tags}"},
                       .next = {"give each an sd_floor in the plant file: its share of what the meter reads at load.",
                                "在装置文件中为每台给出 sd_floor，即按负荷下读数计的标准差。"}}}}},
      .judge = [](const Subject& s) {
        std::map<std::string, std::pair<int, int>> small;  // windows in which it reads little, and those that accuse
        for (const auto& w : s.assessment.windows) {
          if (!w.state) continue;
          const int accuses = contradicted(w.state->reconciliation) ? 1 : 0;
          for (const auto& i : w.state->instruments)
            if (i.small && i.reading >= 0) {
              auto& [windows, accusing] = small[i.tag];
              ++windows;
              accusing += accuses;
            }
        }
        std::set<std::string> tags;
        for (const auto& [tag, n] : small)
          if (!by_chance(n.second, n.first)) tags.insert(tag);
        if (tags.empty()) return Findings{};
        return Findings{{.code = "instrument.no_floor", .blanks = {{"tags", joined(tags)}}}};
      }};
}

}  // namespace castner::insight

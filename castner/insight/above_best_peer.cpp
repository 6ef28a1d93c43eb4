// SPDX-License-Identifier: Apache-2.0
#include "castner/insight/clear_loss.h"

namespace castner::insight {

/// An electrolyser that draws more than it would if it were as good as the best one at the same load.
Judgement above_best_peer() {
  return {
      .rows = {{.code = "electrolyser.above_best_peer",
                .severity = Finding::Severity::warning,
                .blanks = {{"unit", BlankType::unit}, {"peer", BlankType::unit}},
                .evidence = {"power", "dc_energy_per_naoh", "current_efficiency"},
                .words = {{.title = {"{unit} draws {power} more than it would if it were as good as {peer}",
                                     "{unit} 比达到 {peer} 水平时多耗电 {power}"},
                           .next = {"compare {unit} with {peer} cell by cell at equal load; plan a look at electrodes, "
                                    "membranes and contacts at the next stop.",
                                    "在同负荷下逐槽比较 {unit} 与 {peer}；计划在下次停车时检查电极、膜和接触点。"}}}}},
      .judge = [](const Subject& s) {
        return clear_losses(s, "above_best_peer", "electrolyser.above_best_peer",
                            [&](Finding& f, const assess::Loss& loss) {
                              f.blanks["peer"] = loss.reference;
                              for (const char* indicator : {"dc_energy_per_naoh", "current_efficiency"})
                                for (const auto& unit : {loss.path, loss.reference})
                                  add_indicator(f, s.assessment, unit + "." + indicator, indicator);
                            });
      }};
}

}  // namespace castner::insight

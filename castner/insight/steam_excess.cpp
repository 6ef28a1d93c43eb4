// SPDX-License-Identifier: Apache-2.0
#include "castner/insight/clear_loss.h"

namespace castner::insight {

/// An evaporator train that uses more live steam than the same train would ideally need.
Judgement steam_excess() {
  return {
      .rows = {{.code = "evaporation.steam_excess",
                .severity = Finding::Severity::info,
                .blanks = {{"unit", BlankType::unit}},
                .evidence = {"power", "steam_per_naoh"},
                .words = {{.title = {"{unit} and the effects behind it use {power} of steam more than the same train "
                                     "would ideally need",
                                     "{unit} 及其后各效比同一系列的理想状态多耗蒸汽 {power}"},
                           .next = {"check feed temperature, vents of gas that does not condense, steam traps, heat "
                                    "losses.",
                                    "检查进料温度、不凝气排放、疏水器和散热。"}}}}},
      .judge = [](const Subject& s) {
        return clear_losses(s, "steam_excess", "evaporation.steam_excess", [&](Finding& f, const assess::Loss&) {
          add_indicator(f, s.assessment, "steam_per_naoh", "steam_per_naoh");
        });
      }};
}

}  // namespace castner::insight

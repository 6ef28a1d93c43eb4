// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "castner/insight/catalogue.h"

namespace castner::insight {

/// Losses of electricity or steam that have no cost, because the plant file gives no price; which, its key in [economics] says.
Judgement no_price() {
  return {.rows = {{.code = "no_price.electricity",
                    .severity = Finding::Severity::info,
                    .blanks = {{"price", BlankType::text}},
                    .words = {{.title = {"No price of electricity, so losses of electricity have no cost",
                                         "没有电价，电能损失无法计价"},
                               .next = {"give [economics] electricity in the plant file.",
                                        "在装置文件的 [economics] 中给出 electricity。"}}}},
                   {.code = "no_price.steam",
                    .severity = Finding::Severity::info,
                    .blanks = {{"price", BlankType::text}},
                    .words = {{.title = {"No price of steam, so losses of steam have no cost",
                                         "没有蒸汽价格，蒸汽损失无法计价"},
                               .next = {"give [economics] steam in the plant file.",
                                        "在装置文件的 [economics] 中给出 steam。"}}}}},
          .judge = [](const Subject& s) {
            const auto lost = [&](bool steam) {
              const auto& all = s.assessment.losses;
              return std::any_of(all.begin(), all.end(),
                                 [&](const auto& l) { return (l.kind == "steam_excess") == steam; });
            };
            Findings all;
            if (lost(false) && !s.plant.economics.electricity)
              all.push_back({.code = "no_price.electricity", .blanks = {{"price", "electricity"}}});
            if (lost(true) && !s.plant.economics.steam)
              all.push_back({.code = "no_price.steam", .blanks = {{"price", "steam"}}});
            return all;
          }};
}

}  // namespace castner::insight

// SPDX-License-Identifier: Apache-2.0
#include "castner/insight/catalogue.h"

namespace castner::insight {

/// A unit whose load may as well be 0 while the plant has one: what is counted by it has no value.
Judgement no_load() {
  return {
      .rows =
          {{.code = "indicator.no_load",
            .severity = Finding::Severity::info,
            .blanks = {{"unit", BlankType::unit}, {"indicators", BlankType::indicators}},
            .words = {{.title = {"{unit} shows no load to count by, so it has no value of: {indicators}",
                                 "{unit} 无可作分母的负荷，因此无值：{indicators}"},
                       .next = {"its load is 0 within its uncertainty; if it stands still, set idle in the plant "
                                "file, and it is left out.",
                                "其负荷在不确定度范围内为 0；若该设备停运，请在装置文件中设定 idle，即不再计入。"}}}}},
      .judge = [](const Subject& s) {
        const auto& missing = s.assessment.missing;
        std::map<std::string, std::set<std::string>> by_unit;
        for (const auto& [path, why] : missing) {
          const auto dot = path.rfind('.');
          if (why.what != "no_load" || dot == std::string::npos) continue;
          const std::string indicator = path.substr(dot + 1);
          if (!missing.contains(indicator)) by_unit[path.substr(0, dot)].insert(indicator);
        }
        Findings all;
        for (const auto& [unit, indicators] : by_unit)
          all.push_back({.code = "indicator.no_load",
                         .path = unit,
                         .blanks = {{"unit", unit}, {"indicators", joined(indicators)}}});
        return all;
      }};
}

}  // namespace castner::insight

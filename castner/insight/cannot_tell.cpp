// SPDX-License-Identifier: Apache-2.0
#include "castner/insight/catalogue.h"

namespace castner::insight {

/// An indicator of the whole plant that has no value, with what it lacks.
Judgement cannot_tell() {
  return {
      .rows =
          {{.code = "cannot_tell.*",
            .severity = Finding::Severity::info,
            .blanks = {{"indicator", BlankType::indicator}, {"paths", BlankType::paths}, {"price", BlankType::text}},
            .words =
                {{.title = {"Cannot tell: {indicator}", "无法判断：{indicator}"},
                  .next = {"it rests on something no instrument sees; `castner check` says which added instrument "
                           "would help most.",
                           "它取决于没有仪表测量的量；`castner check` 会指出增加哪台仪表最有帮助。"}},
                 {.name = "auxiliaries",
                  .next = {"give [economics] auxiliaries in the plant file: the electricity of pumps, chillers and "
                           "compressors per tonne.",
                           "在装置文件的 [economics] 中给出 auxiliaries：泵、冷冻机和压缩机的吨碱用电。"}},
                 {.name = "rectifier", .next = {"add the rectifiers to the plant file.", "在装置文件中加入整流器。"}},
                 {.name = "no_load",
                  .next = {"what it is counted by is 0 within its uncertainty; it has a value again at load.",
                           "其分母在不确定度范围内为 0；恢复负荷后即可得出。"}},
                 {.name = "instruments",
                  .next = {"no instrument tells {paths}; `castner check` says which added instrument would help most.",
                           "没有仪表能得出 {paths}；`castner check` 会指出增加哪台仪表最有帮助。"}}}}},
      .judge = [](const Subject& s) {
        Findings all;
        for (const auto& [path, missing] : s.assessment.missing)
          if (path.find('.') == std::string::npos) {
            all.push_back({.code = "cannot_tell." + path,
                           .path = path,
                           .blanks = {{"indicator", path}, {"paths", first_of(missing.paths)}},
                           .wording = missing.what});
            if (missing.what == "auxiliaries") all.back().blanks["price"] = missing.what;  // its key in [economics]
          }
        return all;
      }};
}

}  // namespace castner::insight

// SPDX-License-Identifier: Apache-2.0
#include "castner/insight/catalogue.h"

namespace castner::insight {

/// Measurements of the plant that no window used, by the reason, those that only some windows used, and impossible readings of any.
Judgement unused_readings() {
  const std::vector<Blank> blanks{{"tags", BlankType::tags}};
  const auto warning = Finding::Severity::warning;
  return {
      .rows = {{.code = "data.not_in_file",
                .severity = warning,
                .blanks = blanks,
                .words = {{.title = {"No data for {tags}", "没有以下位号的数据：{tags}"},
                           .next = {"check that they are read, or remove the measurements from the plant file.",
                                    "检查是否采集了这些位号，或从装置文件中删除这些测量。"}}}},
               {.code = "data.bad_quality",
                .severity = warning,
                .blanks = blanks,
                .words = {{.title = {"Only readings of bad quality: {tags}", "只有质量为坏的读数：{tags}"},
                           .next = {"check the transmitters and the links; nothing of them was used.",
                                    "检查变送器和通讯；这些读数均未使用。"}}}},
               {.code = "data.too_many_gaps",
                .severity = warning,
                .blanks = blanks,
                .words =
                    {{.title = {"Too many gaps: {tags}", "缺数过多：{tags}"},
                      .next = {"check the links, or allow longer gaps with [assess] max_gap; nothing of them was used.",
                               "检查通讯，或用 [assess] max_gap 允许更长的缺数；这些读数均未使用。"}}}},
               {.code = "instrument.no_uncertainty",
                .severity = warning,
                .blanks = blanks,
                .words = {{.title = {"An sd in % of a reading of 0 is 0, so these were not used: {tags}",
                                     "读数为 0 时按 % 给出的标准差也为 0，因此未使用：{tags}"},
                           .next = {"give each an sd_floor in the plant file.", "在装置文件中为每台给出 sd_floor。"}}}},
               {.code = "instrument.impossible",
                .severity = warning,
                .blanks = blanks,
                .words = {{.title = {"Readings outside of what is possible: {tags}", "读数超出可能范围：{tags}"},
                           .next = {"check sign, unit and range of the transmitters; these readings were not used.",
                                    "检查变送器的正负号、单位和量程；这些读数均未使用。"}}}},
               {.code = "data.partly_missing",
                .severity = Finding::Severity::info,
                .blanks = blanks,
                .words = {{.title = {"No usable readings in part of the windows: {tags}",
                                     "部分时段没有可用读数：{tags}"},
                           .next = {"check the transmitters and the links; those windows did without them.",
                                    "检查变送器和通讯；这些时段未使用它们。"}}}}},
      .judge = [](const Subject& s) {
        Findings all;
        const auto report = [&](const char* code, const std::set<std::string>& tags) {
          if (!tags.empty()) all.push_back({.code = code, .blanks = {{"tags", joined(tags)}}});
        };
        for (const auto& [why, code] :
             std::initializer_list<std::pair<const char*, const char*>>{{"no_data", "data.not_in_file"},
                                                                        {"bad_quality", "data.bad_quality"},
                                                                        {"gaps", "data.too_many_gaps"},
                                                                        {"no_uncertainty", "instrument.no_uncertainty"},
                                                                        {"impossible", "instrument.impossible"}})
          if (const auto it = s.readings.never.find(why); it != s.readings.never.end()) report(code, it->second);
        report("data.partly_missing", s.readings.sometimes);
        return all;
      }};
}

}  // namespace castner::insight

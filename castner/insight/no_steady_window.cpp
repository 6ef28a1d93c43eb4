// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "castner/assess/sampling.h"
#include "castner/insight/catalogue.h"

namespace castner::insight {

/// Nothing was reconciled, because no window was steady.
Judgement no_steady_window() {
  return {
      .rows =
          {{.code = "data.no_steady_window",
            .severity = Finding::Severity::critical,
            .blanks = {{"window", BlankType::text}, {"settings", BlankType::text}, {"gap", BlankType::text}},
            .evidence = {"rows", "min_rows"},
            .words = {{.title = {"No window was steady, so nothing was reconciled", "没有稳态时段，因此没有进行校正"},
                       .next = {"choose a calmer period with --from and --to, or see which tags were unsteady in "
                                "the windows below.",
                                "用 --from 和 --to 选取更平稳的时间，或在下文“时段”中查看不稳定的位号。"}},
                      {.name = "rows",
                       .title = {"No window counted: each {window} window holds {rows} of the {min_rows} rows that "
                                 "min_rows asks",
                                 "没有可用时段：每个 {window} 时段只有 {rows} 行，而 min_rows 要求 {min_rows} 行"},
                       .next = {"these data are read more seldom. Write in the plant file: {settings}.",
                                "这些数据的读取间隔更长。请在装置文件中写：{settings}。"}},
                      {.name = "few",
                       .title = {"No window counted: there are {rows} rows, and a window needs the {min_rows} that "
                                 "min_rows asks",
                                 "没有可用时段：共 {rows} 行，而每个时段需要 min_rows 所要求的 {min_rows} 行"},
                       .next = {"give data of a longer time.", "请提供更长时间的数据。"}},
                      {.name = "gaps",
                       .title = {"No window counted: in none does any tag have usable readings without a gap longer "
                                 "than {gap}, the max_gap",
                                 "没有可用时段：没有任何位号的可用读数间隔始终不超过 {gap}（max_gap）"},
                       .next = {"see the gaps in the windows below, and give data without them.",
                                "见下文“时段”中的中断，并提供没有这些中断的数据。"}},
                      {.name = "longer_gap",
                       .title = {"No window counted: in each, every tag is silent for longer than {gap}, the max_gap",
                                 "没有可用时段：每个时段内所有位号的读数中断都超过 {gap}（max_gap）"},
                       .next = {"if readings so far apart still tell how the plant ran, write in the plant file: "
                                "{settings}.",
                                "如果间隔更长的读数仍能反映装置的运行状况，请在装置文件中写：{settings}。"}}}}},
      .judge = [](const Subject& s) {
        const auto& all = s.assessment.windows;
        if (std::any_of(all.begin(), all.end(), [](const auto& w) { return w.state || !w.at_rest.empty(); }))
          return Findings();
        Finding f{.code = "data.no_steady_window"};
        const auto& a = s.assessment;
        f.wording = a.why_none;
        if (a.why_none == "gaps") {
          f.blanks = {{"gap", assess::duration_text(s.plant.assess.max_gap)}};
          if (!a.better_settings.empty()) f.wording = "longer_gap", f.blanks["settings"] = a.better_settings;
        }
        if (a.why_none == "few" || a.why_none == "rows")
          f.evidence = {number("", a.fullest_window, "rows"), number("", s.plant.assess.min_rows, "min_rows")};
        if (a.why_none == "rows")
          f.blanks = {{"window", assess::duration_text(s.plant.assess.window)}, {"settings", a.better_settings}};
        return Findings{f};
      }};
}

}  // namespace castner::insight

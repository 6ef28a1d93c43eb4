// SPDX-License-Identifier: Apache-2.0
#include "castner/insight/catalogue.h"

namespace castner::insight {

/// An instrument that repeats one value for too long.
Judgement stuck() {
  return {.rows = {{.code = "data.stuck",
                    .severity = Finding::Severity::warning,
                    .blanks = {{"tag", BlankType::tag}},
                    .words = {{.title = {"{tag} is stuck: the same value for too long", "{tag} 卡住：长时间数值不变"},
                               .next = {"check the transmitter and the link; its readings were not used while stuck.",
                                        "检查变送器和通讯；卡住期间的读数未被使用。"}}}}},
          .judge = [](const Subject& s) {
            std::set<std::string> tags;
            for (const auto& t : s.assessment.stuck_tags)
              if (!t.dead) tags.insert(t.tag);
            Findings all;
            for (const auto& tag : tags) all.push_back({.code = "data.stuck", .path = tag, .blanks = {{"tag", tag}}});
            return all;
          }};
}

}  // namespace castner::insight

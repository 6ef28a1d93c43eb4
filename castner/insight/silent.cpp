// SPDX-License-Identifier: Apache-2.0
#include "castner/insight/catalogue.h"

namespace castner::insight {

/// An instrument without a usable reading for too long, unless `unused_readings` has told its absence already.
Judgement silent() {
  return {.rows = {{.code = "data.silent",
                    .severity = Finding::Severity::warning,
                    .blanks = {{"tag", BlankType::tag}},
                    .words = {{.title = {"{tag} gave no usable reading for too long", "{tag} 长时间没有可用读数"},
                               .next = {"check the transmitter and the link.", "检查变送器和通讯。"}}}}},
          .judge = [](const Subject& s) {
            std::set<std::string> tags;
            for (const auto& t : s.assessment.stuck_tags)
              if (t.dead && !s.readings.sometimes.contains(t.tag)) tags.insert(t.tag);
            for (const char* why : {"no_data", "bad_quality", "gaps"})
              if (const auto told = s.readings.never.find(why); told != s.readings.never.end())
                for (const auto& tag : told->second) tags.erase(tag);
            Findings all;
            for (const auto& tag : tags) all.push_back({.code = "data.silent", .path = tag, .blanks = {{"tag", tag}}});
            return all;
          }};
}

}  // namespace castner::insight

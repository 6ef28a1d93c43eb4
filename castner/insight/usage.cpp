// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "castner/insight/catalogue.h"
#include "castner/plant/assumed.h"

namespace castner::insight {

Usage usage(const assess::Assessment& a) {
  Usage all;
  std::set<std::string> suspected;
  std::map<std::string, int> unseen;  // windows in which no error of it would be seen, less those in which one would
  for (const auto& w : a.windows) {
    if (!w.state) continue;
    const auto& r = w.state->reconciliation;
    for (const auto& i : w.state->instruments) {
      if (i.why_not == "idle") continue;  // its unit's finding tells
      if (i.reading < 0) {
        all.never[i.why_not].insert(i.tag);
        continue;
      }
      if (plant::assumed(i.tag)) continue;  // nobody expects a check of it
      all.used.insert(i.tag);
      const auto& e = r.estimates[static_cast<std::size_t>(i.variable)];
      if (r.report.status == solve::Status::converged && e.kind == solve::Class::nonredundant)
        all.unchecked.insert(i.tag);
      if (!r.smallest_seen.empty()) unseen[i.tag] += assess::smallest_seen(*w.state, i) ? -1 : 1;
      if (std::any_of(r.gross_errors.begin(), r.gross_errors.end(),
                      [&](const auto& g) { return solve::names(g, solve::GrossError::Kind::bias, i.reading); }))
        suspected.insert(i.tag);
    }
  }
  for (const auto& [tag, windows] : unseen)
    if (windows > 0) all.unchecked.insert(tag);
  // Others do check what they called doubtful, though nobody is left to once one of them is set aside.
  std::erase_if(all.unchecked, [&](const auto& tag) { return suspected.contains(tag); });
  for (const auto& w : a.windows)
    for (const auto& tag : w.unread_tags)
      if (all.used.contains(tag)) all.sometimes.insert(tag);
  for (auto& [why, tags] : all.never) {
    if (why == "impossible") continue;  // named though other windows used it: no link loses a sign
    const bool told_elsewhere = why == "stuck" || why == "unit_in_question";
    std::erase_if(tags, [&](const auto& tag) {
      if (all.used.contains(tag) && !told_elsewhere) all.sometimes.insert(tag);
      return all.used.contains(tag);
    });
  }
  return all;
}

}  // namespace castner::insight

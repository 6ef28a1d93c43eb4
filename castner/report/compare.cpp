// SPDX-License-Identifier: Apache-2.0
#include "castner/report/compare.h"

#include <algorithm>
#include <cmath>

namespace castner::report {

Comparison compare(const Earlier& earlier, const insight::Judged& now) {
  Comparison c{.from = earlier.from, .to = earlier.to, .changes = {}, .fresh = {}, .gone = {}, .still = {}};
  for (const auto& [path, a] : now.indicators) {
    const auto before = earlier.indicators.find(path);
    if (before == earlier.indicators.end() || !a.value || !before->second.value || before->second.unit != a.unit)
      continue;
    Comparison::Change change{path, before->second, a, {*a.value - *before->second.value, std::nullopt, a.unit}, false};
    if (a.sd && before->second.sd) {
      const double sd = std::hypot(*a.sd, *before->second.sd);
      change.difference.sd = sd;
      change.clear = std::abs(*change.difference.value) > 2.0 * sd;
    }
    c.changes.push_back(std::move(change));
  }
  std::stable_sort(c.changes.begin(), c.changes.end(),
                   [](const auto& a, const auto& b) { return a.clear && !b.clear; });

  const auto same = [](const auto& a, const auto& b) { return a.code == b.code && a.path == b.path; };
  for (const auto& f : now.findings) {
    const bool known =
        std::any_of(earlier.findings.begin(), earlier.findings.end(), [&](const auto& e) { return same(e, f); });
    (known ? c.still : c.fresh).push_back({f.code, f.path, {}});
  }
  for (const auto& e : earlier.findings)
    if (std::none_of(now.findings.begin(), now.findings.end(), [&](const auto& f) { return same(e, f); }))
      c.gone.push_back(e);
  return c;
}

}  // namespace castner::report

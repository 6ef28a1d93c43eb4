// SPDX-License-Identifier: Apache-2.0
#include "castner/insight/rests_on.h"

#include <algorithm>
#include <cmath>

#include "castner/insight/clear_loss.h"

namespace castner::insight {
namespace {

/// An instrument or a unit that a finding says is wrong, or may be. size: of an instrument, by which it reads too high [SI].
struct Suspicion {
  std::string name;
  double size = 0.0;
  bool leak = false;
};

std::vector<Suspicion> suspicions(const Findings& findings) {
  std::vector<Suspicion> all;
  for (const auto& f : findings) {
    if (f.code != kReadsWrong && f.code != kLeaks && f.code != kOneOfSeveral) continue;
    const auto each = f.blanks.find("each");
    std::string names = each == f.blanks.end() ? f.path : each->second;
    for (const auto& e : f.evidence) {  // one for each name, in their order
      if (e.kind != "bias" && e.kind != "leak") continue;
      const auto comma = std::min(names.find(", "), names.size());
      all.push_back({names.substr(0, comma), e.amount.value.value_or(0.0), e.kind == "leak"});
      names.erase(0, std::min(comma + 2, names.size()));
    }
  }
  return all;
}

/// What the error would have made of a mean.
double part(const assess::Follows& follows, const Suspicion& s) {
  const auto it = s.leak ? follows.end() : follows.find(s.name);
  return it == follows.end() ? 0.0 : it->second * s.size;
}

bool rests_on(const assess::Loss& loss, const Suspicion& s) {
  if (s.leak) return s.name == loss.path;
  const double made = part(loss.follows, s);
  if (loss.power.value.value_or(0.0) <= 0.0 || made == 0.0) return false;
  const double left = *loss.power.value - made;
  return left < 0.5 * *loss.power.value || (clear(loss.power) && !clear({left, loss.power.sd, loss.power.unit}));
}

bool rests_on(const assess::Amount& mean, const assess::Follows& follows, const Suspicion& s) {
  return mean.value && std::abs(part(follows, s)) > 2.0 * mean.sd.value_or(0.0);
}

}  // namespace

void find_what_rests_on_suspicions(Judged& j) {
  const auto all = suspicions(j.findings);
  for (const Suspicion& s : all) {
    for (const auto& loss : j.losses)
      if (rests_on(loss, s)) j.rests_on[loss.path + "." + loss.kind].push_back(s.name);
    for (const auto& [path, mean] : j.indicators)
      if (const auto it = j.follows.find(path); it != j.follows.end() && rests_on(mean, it->second, s))
        j.rests_on[path].push_back(s.name);
  }
  j.open = std::any_of(j.findings.begin(), j.findings.end(), [](const auto& f) { return f.code == kOpenBalance; });
  for (Finding& f : j.findings) {
    if (f.loss.empty()) continue;
    if (const auto it = j.rests_on.find(f.path + "." + f.loss); it != j.rests_on.end()) f.rests_on = it->second;
    f.open = j.open;
  }
}

bool doubtful(const Finding& f) { return f.open || !f.rests_on.empty(); }

}  // namespace castner::insight

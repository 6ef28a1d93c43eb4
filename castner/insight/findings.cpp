// SPDX-License-Identifier: Apache-2.0
#include "castner/insight/findings.h"

#include <algorithm>
#include <tuple>

#include "castner/base/check.h"
#include "castner/insight/catalogue.h"
#include "castner/insight/rests_on.h"

namespace castner::insight {

const char* severity_name(Finding::Severity s) {
  switch (s) {
    case Finding::Severity::info: return "info";
    case Finding::Severity::warning: return "warning";
    case Finding::Severity::critical: return "critical";
  }
  return "info";
}

namespace {

Findings all_of(const plant::Plant& plant, const assess::Assessment& a) {
  Findings all;
  const Subject subject{plant, a, usage(a)};
  for (const auto& judgement : judgements())
    for (auto& f : judgement.judge(subject)) {
      const Row* row = row_of(f.code);
      check(row != nullptr, "a finding's code has its row");
      f.severity = row->severity;
      all.push_back(std::move(f));
    }
  return all;
}

bool stands_first(const Finding& f) { return wording_of(*row_of(f.code), f.wording).first && !f.follows; }

bool tells_open(const Finding& f) { return f.code == kOpenBalance; }

/// Where keys or tags are contradicted: what would not be found without their word follows from that.
void find_what_follows(const plant::Plant& plant, Judged& j) {
  assess::Assessment without = j;
  bool any = false;
  for (auto& w : without.windows)
    if (w.state && w.state->without_word) {
      w.state = assess::State(*w.state->without_word);
      any = true;
    }
  if (!any) return;
  const auto remain = all_of(plant, without);
  for (Finding& f : j.findings)
    f.follows =
        (!stands_first(f) || tells_open(f)) && std::none_of(remain.begin(), remain.end(), [&](const Finding& other) {
          return f.code == other.code && f.path == other.path && (f.blanks == other.blanks || tells_open(f));
        });
}

}  // namespace

Judged judged(const plant::Plant& plant, assess::Assessment a) {
  Judged out{std::move(a), {}};
  out.findings = all_of(plant, out);
  if (std::any_of(out.findings.begin(), out.findings.end(), stands_first)) find_what_follows(plant, out);
  find_what_rests_on_suspicions(out);
  // Money that rests on a suspicion is no reason to stand before it.
  std::stable_sort(out.findings.begin(), out.findings.end(), [](const Finding& l, const Finding& r) {
    const auto key = [](const Finding& f) {
      const double cost = doubtful(f) ? 0.0 : f.cost_per_day.value.value_or(0.0);
      return std::tuple(stands_first(f), f.follows, cost, static_cast<int>(f.severity), !doubtful(f));
    };
    return key(l) > key(r);
  });
  return out;
}

}  // namespace castner::insight
